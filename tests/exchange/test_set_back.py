"""An office whose registry was restored from a backup reports again, once somebody says so."""

from __future__ import annotations

import shutil
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

import pytest

from flowparty.domain.errors import BadKey, Conflict, Problem
from flowparty.domain.forks import Fork
from flowparty.domain.period import Period
from flowparty.repository import members, packages
from flowparty.repository.check import check
from flowparty.repository.registry import Registry
from flowparty.service import balance, closing, keys, receiving, report_status
from tests.conftest import ACTOR, now
from tests.exchange_cases import MONTH, TODAY, Case, add_person, go
from tests.offices import AT, CHEAP, COUNTY, PASSPHRASE, Office, introduce, make_office

if TYPE_CHECKING:
    from pathlib import Path

    from flowparty.service.report_status import UnitStatus

DECEMBER, JANUARY = Period(2026, 12), Period(2027, 1)
LOST_ON, LATER = date(2026, 12, 28), date(2027, 1, 28)
STALE = "package_fork_stale"


def sent(office: Office, period: Period, today: date) -> bytes:
    """A month closed and packed on a day."""
    office.close_month(period, today)
    return office.pack(period, today, at=noon(today))[1]


def noon(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 12, tzinfo=UTC)


def person(office: Office, name: str, number: int) -> None:
    with office.registry.write():
        go(office, add_person(office, name, number), date(2026, 12, 3))


def set_back(case: Case, backup: Path) -> bytes:
    """The village loses what it did since November, and its December package is with the town.

    Returns:
        A package of January that the lost registry made and that is still on its way.
    """
    village = case.village
    case.town.receive(case.data, TODAY)
    copied(village, backup)
    person(village, "后来人", 7)
    case.town.receive(sent(village, DECEMBER, LOST_ON), LOST_ON)
    on_its_way = sent(village, JANUARY, LATER)
    put_back(village, backup)
    return on_its_way


def copied(office: Office, backup: Path) -> None:
    office.registry.close()
    shutil.copy(office.path, backup)
    office.registry = opened(office.path)


def put_back(office: Office, backup: Path) -> None:
    office.registry.close()
    shutil.copy(backup, office.path)
    office.registry = opened(office.path)


def opened(path: Path) -> Registry:
    return Registry.open(path, actor=ACTOR, command="test", now=now, wait_seconds=5)


def names(office: Office) -> set[str]:
    return {one.name for one in members.list_members(office.registry, on=LATER)}


def refused(
    case: Case, data: bytes, code: str, kind: type[Problem] = Conflict, *, restored: bool = False
) -> None:
    before = case.town.head()
    with pytest.raises(kind) as problem:
        case.town.receive(data, LATER, restored=restored)
    assert problem.value.code == code
    assert case.town.head() == before


def of_village(case: Case, period: Period) -> UnitStatus:
    return report_status.status(case.town.registry, period)[0]


def test_a_restored_registry_goes_on_once_the_town_says_so(case: Case, tmp_path: Path) -> None:
    set_back(case, tmp_path / "backup.db")
    village, town = case.village, case.town.registry
    person(village, "后来人", 7)
    person(village, "补录人", 8)
    again = sent(village, DECEMBER, LATER)
    refused(case, again, "package_fork")
    arrived = case.town.receive(again, LATER, restored=True, reason="硬盘坏了")
    assert "硬盘坏了" in str([dict(r) for r in town.rows("SELECT * FROM journal_reason")])
    lost = packages.received_from(town, village.registry.office)[1]
    assert arrived.fork == Fork(2, lost.journal_seq, lost.journal_head)
    assert (arrived.outcome, arrived.missing) == ("merged", ())
    assert [(d.member, d.change) for d in arrived.differences] == [("补录人", "new")]
    row = town.row("SELECT * FROM package_received WHERE fork_seq IS NOT NULL")
    assert row is not None
    assert (row["seq"], row["fork_head"]) == (2, lost.journal_head)
    assert lost.given_up
    assert arrived.receipt is not None
    assert village.receive(arrived.receipt, LATER).outcome == "receipt"
    unit = of_village(case, DECEMBER)
    assert (unit.state, unit.on, unit.again_on) == ("sent", "2026-12-28", "2027-01-28")
    assert unit.fork == 2
    assert balance.check(town, closing.month(town, DECEMBER, today=LATER)) == []
    after = case.town.receive(sent(village, JANUARY, LATER), LATER)
    assert (after.outcome, after.seq, after.fork) == ("merged", 3, None)
    assert {one.code for one in check(town)} <= {"file_readable"}


def test_nothing_that_the_lost_registry_signed_is_taken_any_more(
    case: Case, tmp_path: Path
) -> None:
    on_its_way = set_back(case, tmp_path / "backup.db")
    case.town.receive(sent(case.village, DECEMBER, LATER), LATER, restored=True)
    refused(case, on_its_way, "package_fork")
    later = date(2027, 2, 28)
    case.town.receive(sent(case.village, JANUARY, later), later)
    refused(case, on_its_way, "package_fork")
    refused(case, on_its_way, STALE, restored=True)


def test_a_month_that_came_before_is_not_missing(case: Case, tmp_path: Path) -> None:
    """The restored registry may go straight on with the next month."""
    set_back(case, tmp_path / "backup.db")
    arrived = case.town.receive(sent(case.village, JANUARY, LATER), LATER, restored=True)
    assert (arrived.outcome, arrived.missing) == ("merged", ())
    assert of_village(case, DECEMBER).state == "sent"


def test_what_parts_from_nothing_gives_up_nothing(case: Case) -> None:
    case.town.receive(case.data, TODAY)
    refused(case, sent(case.village, DECEMBER, LOST_ON), "package_no_fork", restored=True)


def test_an_old_package_is_no_sign_of_a_restored_registry(case: Case) -> None:
    """Number 1 never came and turns up after number 2: it must not be laid over that."""
    newer = sent(case.village, DECEMBER, LOST_ON)
    case.town.receive(newer, LOST_ON, gap="丢了")
    refused(case, case.data, "package_older")
    refused(case, case.data, STALE, restored=True)


def test_a_state_older_than_what_both_registries_have(case: Case, tmp_path: Path) -> None:
    village, today = case.village, date(2027, 2, 28)
    case.town.receive(case.data, TODAY)
    village.close_month(DECEMBER, LATER)
    case.town.receive(sent(village, JANUARY, LATER), LATER, gap="以后补报")
    copied(village, tmp_path / "backup.db")
    case.town.receive(sent(village, Period(2027, 2), today), today)
    put_back(village, tmp_path / "backup.db")
    refused(case, sent(village, DECEMBER, today), "package_fork_older", restored=True)


def test_a_replaced_key_gives_up_nothing(case: Case, tmp_path: Path) -> None:
    """Who took a key that was replaced cannot pretend that a registry was restored."""
    set_back(case, tmp_path / "backup.db")
    again = sent(case.village, DECEMBER, LATER)
    rotated(case, tmp_path / "card.json")
    refused(case, again, "package_fork_key", BadKey, restored=True)


def rotated(case: Case, card: Path) -> None:
    """The village makes new keys, and the town trusts their card."""
    village, key = case.village, case.village.folder / "registry.key"
    keys.rotate(village.registry, key, PASSPHRASE, card, today=LATER, again=True, cost=CHEAP)
    village.keys = keys.unlock(village.registry, key, PASSPHRASE)
    told = village.keys.card.fingerprint
    keys.trust(case.town.registry, card.read_bytes(), told, today=LATER)


def test_a_registry_restored_to_before_its_keys_were_replaced(case: Case, tmp_path: Path) -> None:
    """It makes others; what leads to them from a key replaced long ago needs the call."""
    village, backup = case.village, tmp_path / "backup.db"
    case.town.receive(case.data, TODAY)
    copied(village, backup)
    rotated(case, tmp_path / "lost.json")
    case.town.receive(sent(village, DECEMBER, LOST_ON), LOST_ON)
    put_back(village, backup)
    village.keys = keys.unlock(village.registry, village.folder / "registry.key", PASSPHRASE)
    again = sent(village, DECEMBER, LATER)
    refused(case, again, "package_fork_key", BadKey, restored=True)
    rotated(case, tmp_path / "new.json")
    _, made = village.pack(DECEMBER, LATER, again=True, at=noon(LATER))
    arrived = case.town.receive(made, LATER, restored=True)
    assert (arrived.outcome, arrived.fork and arrived.fork.seq) == ("merged", 2)


def test_a_village_that_lost_everything_begins_anew(case: Case, tmp_path: Path) -> None:
    set_back(case, tmp_path / "backup.db")
    fresh = make_office(tmp_path / "fresh", case.village.division, LATER)
    introduce(fresh, case.town, LATER)
    person(fresh, "后来人", 7)
    first = sent(fresh, DECEMBER, LATER)
    refused(case, first, "package_fork")
    arrived = case.town.receive(first, LATER, restored=True)
    assert arrived.fork is not None
    assert (arrived.seq, arrived.fork.seq) == (1, 1)
    assert case.town.receive(sent(fresh, JANUARY, LATER), LATER).seq == 2
    assert arrived.receipt is not None
    assert fresh.receive(arrived.receipt, LATER).outcome == "receipt"


def test_a_look_writes_nothing(case: Case, tmp_path: Path) -> None:
    set_back(case, tmp_path / "backup.db")
    again = sent(case.village, DECEMBER, LATER)
    before = case.town.head()
    with receiving.trial(case.town.registry):
        terms = receiving.Terms(LATER, AT, dry_run=True, restored=True)
        found = receiving.receive(case.town.registry, again, case.town.keys, terms)
    assert (found.outcome, found.fork and found.fork.seq) == ("looked", 2)
    assert case.town.head() == before


def test_a_restored_town_at_its_county(case: Case, tmp_path: Path) -> None:
    """What the town had received since its backup comes again from its villages."""
    county = make_office(tmp_path / "county", COUNTY, date(2026, 1, 1))
    introduce(case.town, county, date(2026, 1, 1))
    town = case.town
    copied(town, tmp_path / "town.db")
    town.receive(case.data, TODAY)
    county.receive(sent(town, MONTH, TODAY), TODAY)
    assert "后来人" not in names(county)
    put_back(town, tmp_path / "town.db")
    town.receive(case.data, LATER)
    person(case.village, "后来人", 7)
    town.receive(sent(case.village, DECEMBER, LATER), LATER)
    town.close_month(MONTH, LATER)
    again = sent(town, DECEMBER, LATER)
    with pytest.raises(Conflict) as problem:
        county.receive(again, LATER)
    assert problem.value.code == "package_fork"
    arrived = county.receive(again, LATER, restored=True)
    assert (arrived.outcome, arrived.fork and arrived.fork.seq) == ("merged", 1)
    assert "后来人" in names(county)
