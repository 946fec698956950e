"""One person, or one card number, in two offices: the one not kept counts nowhere and never again."""

from __future__ import annotations

from datetime import date
from itertools import product
from typing import TYPE_CHECKING, Any

import pytest

from flowparty.domain.cards import Kind
from flowparty.domain.errors import Conflict, NotFound
from flowparty.domain.identity import parse_id
from flowparty.domain.members import EndReason
from flowparty.domain.period import Period
from flowparty.repository import cards as card_rows
from flowparty.repository import conflicts, members, settings
from flowparty.repository import ledger as ledger_rows
from flowparty.repository.check import check
from flowparty.service import (
    balance,
    cards,
    closing,
    corrections,
    ledger,
    movements,
    receiving,
)
from flowparty.service import members as member_service
from tests.exchange.test_conflicts import away, send, settle, twice
from tests.exchange_cases import DAY, MONTH, TODAY, Case, add_person, go
from tests.offices import AT, COUNTY, VILLAGES, introduce, make_office
from tests.people import NAMES, id_number

if TYPE_CHECKING:
    from tests.offices import Office

__all__ = ["twice"]


def test_both_sides_name_their_branch_and_the_one_left_out_is_to_be_told(
    twice: Case, run: Any
) -> None:
    give_number(twice, "贞1")
    send(twice, twice.other)
    town = ("--db", str(twice.town.path), "conflict")
    found = run(*town, "list", "--format", "json").json
    assert [(one["kind"], one["ours"], one["theirs"]) for one in found] == [
        ("person", f"M1 {NAMES[0]} 金叶社区党支部", f"M5 {NAMES[0]} 雨柏村党支部"),
        ("card", f"C1 {NAMES[0]} 金叶社区党支部", f"C3 {NAMES[1]} 雨柏村党支部"),
    ]
    reason = ("--reason", "打电话核对过")
    said = run(*town, "settle", "K1", "--keep", "ours", *reason).err
    assert f"Tell 雨柏村党支部: {NAMES[0]} is counted elsewhere from 2026-10-05 on" in said
    said = run(*town, "settle", "K2", "--keep", "theirs", *reason).err
    assert "Tell 金叶社区党支部: the card's number is another's" in said


@pytest.mark.parametrize("keep", ["ours", "theirs"])
def test_the_level_above_hears_of_it_from_the_rows(one_number: Case, keep: str) -> None:
    go(one_number.other, add_person(one_number.other, NAMES[0], 1), DAY, "330206")
    send(one_number, one_number.other)
    town, early = one_number.town, date(2026, 1, 1)
    for number in ("K1", "K2"):
        settle(one_number, number, keep)
    county = make_office(town.folder.parent / COUNTY, COUNTY, early)
    introduce(town, county, early)
    town.close_month(MONTH, TODAY)
    assert county.receive(town.pack(MONTH, TODAY)[1], TODAY).conflicts == 0
    assert held(county) == held(town) == 1
    assert list(check(county.registry)) == []
    county.registry.close()


@pytest.mark.parametrize("keep", ["ours", "theirs"])
def test_the_person_kept_counts_and_stays_kept(twice: Case, keep: str) -> None:
    before = twice.town.head()
    with pytest.raises(Conflict, match="conflict_both"):
        settle(twice, "K1", "both")
    assert twice.town.head() == before
    settle(twice, "K1", keep)
    for office in (twice.village, twice.other):
        assert away(twice) == 4
        assert send(twice, office).conflicts == 0
    assert away(twice) == 4
    assert conflicts.list_conflicts(twice.town.registry) == []
    (settled,) = conflicts.list_conflicts(twice.town.registry, settled=True)
    assert settled.kind == "person", "the end that the settlement made is no conflict of anybody"
    assert list(check(twice.town.registry)) == []


@pytest.mark.parametrize("keep", ["ours", "theirs"])
@pytest.mark.parametrize("left", ["2026-01-10", "2026-09", None])
def test_one_person_counts_once_in_every_month(case: Case, keep: str, left: str | None) -> None:
    """Also in months before that of the package, which may be closed and opened again."""
    case.town.receive(case.data, TODAY)
    before = Period(2026, 10)
    case.town.close_month(before, TODAY)
    person = add_person(case.other, NAMES[0], 1)
    go(case.other, person, DAY, "330206")
    movements.correct(case.other.registry, person, {"left_on": left}, today=TODAY)
    send(case, case.other)
    settle(case, "K1", keep)
    closing.reopen(case.town.registry, before, reason="更正", today=TODAY)
    for period in (before, MONTH):
        month = closing.month(case.town.registry, period, today=TODAY)
        numbers = [p.id_number.reveal() for p in month.away if p.id_number is not None]
        assert numbers.count(id_number(1)) == 1
        assert {f.code for f in balance.check(case.town.registry, month)} <= {"unit_has_more"}
        case.town.close_month(period, TODAY)


@pytest.mark.parametrize("keeps", list(product(("ours", "theirs"), repeat=2)))
def test_one_person_in_three_villages_counts_once_on_every_day(
    case: Case, keeps: tuple[str, str]
) -> None:
    """Away from the three since nobody knows when, since June and since May."""
    town = case.town
    third = make_office(town.folder.parent / VILLAGES[2], VILLAGES[2], date(2026, 1, 1))
    introduce(third, town, date(2026, 1, 1))
    for office, left in ((case.village, None), (case.other, "2026-06-01"), (third, "2026-05")):
        if office is case.village:
            village = members.list_members(office.registry, on=TODAY)
            (person,) = [one for one in village if one.name == NAMES[0]]
        else:
            person = add_person(office, NAMES[0], 1)
            go(office, person, DAY)
        movements.correct(office.registry, person, {"left_on": left}, today=TODAY)
        send(case, office)
    third.registry.close()
    for keep in keeps:
        settle(case, conflicts.list_conflicts(town.registry)[0].label, keep)
    assert conflicts.list_conflicts(town.registry) == []
    in_force = settings.load(town.registry)
    for day in ("2026-04-30", "2026-05-01", "2026-05-20", "2026-06-01", "2026-11-27"):
        people = ledger_rows.away(town.registry, on=date.fromisoformat(day), settings=in_force)
        numbers = [one.id_number.reveal() for one in people if one.id_number is not None]
        assert numbers.count(id_number(1)) == 1, day


@pytest.mark.parametrize("keep", ["ours", "theirs"])
def test_who_came_over_while_away_counts_from_then_on(case: Case, keep: str) -> None:
    """The first village has not ended the membership: it holds until the second's begins."""
    case.town.receive(case.data, TODAY)
    since = date(2026, 11, 10)
    go(case.other, add_person(case.other, NAMES[0], 1, since=since), DAY)
    send(case, case.other)
    settle(case, "K1", keep)
    in_force = settings.load(case.town.registry)
    for day in (DAY, since):
        people = ledger_rows.away(case.town.registry, on=day, settings=in_force)
        numbers = [one.id_number.reveal() for one in people if one.id_number is not None]
        assert numbers.count(id_number(1)) == 1, day


def test_who_was_left_out_comes_back_once_the_number_is_mended(twice: Case) -> None:
    settle(twice, "K1", "ours")
    wrong = members.list_members(twice.other.registry, on=TODAY)[-1]
    assert wrong.id_number.reveal() == id_number(1)
    mended = parse_id(id_number(60), today=TODAY)
    facts = {"id_number": mended.value, "id_given": mended.value}
    with twice.other.registry.write():
        twice.other.registry.update("member", wrong.id, facts)
    assert send(twice, twice.other).conflicts == 2
    assert [c.field for c in conflicts.list_conflicts(twice.town.registry)] == [
        "ended_on", "end_reason",
    ]  # fmt: skip
    assert away(twice) == 5


def test_the_village_ends_the_membership_on_another_day(twice: Case) -> None:
    """Told that the person is another village's, it ends the membership too: no new conflict."""
    settle(twice, "K1", "ours")
    wrong = members.list_members(twice.other.registry, on=TODAY)[-1]
    assert wrong.id_number.reveal() == id_number(1)
    reason = EndReason.TRANSFERRED
    member_service.end(twice.other.registry, wrong, reason, on=TODAY, note=None, today=TODAY)
    assert send(twice, twice.other).conflicts == 0
    assert away(twice) == 4


def test_a_dry_run_counts_every_conflict(case: Case) -> None:
    """Of several files too, and it leaves nothing behind."""
    twice = add_person(case.other, NAMES[0], 1)
    go(case.other, twice, DAY, "330206")
    cards.issue(case.other.registry, twice, "贞1", on=DAY, by=None, place=None)
    case.other.close_month(MONTH, TODAY)
    files = (case.data, case.other.pack(MONTH, TODAY)[1])
    town = case.town
    before, terms = town.head(), receiving.Terms(TODAY, AT, dry_run=True)
    with receiving.trial(town.registry):
        looked = [receiving.receive(town.registry, one, town.keys, terms) for one in files]
    assert [one.outcome for one in looked] == ["looked", "looked"]
    assert town.head() == before
    assert list(members.list_members(town.registry, on=TODAY)) == []
    took = [town.receive(one, TODAY) for one in files]
    assert [one.conflicts for one in looked] == [one.conflicts for one in took] == [0, 2]
    assert [one.differences for one in looked] == [one.differences for one in took]
    assert list(check(town.registry)) == []


def test_two_people_with_one_number_do_not_block_the_month(case: Case) -> None:
    case.town.receive(case.data, TODAY)
    go(case.other, add_person(case.other, NAMES[7], 1), DAY, "330206")
    send(case, case.other)
    town = case.town.registry
    open_month = closing.month(town, MONTH, today=TODAY)
    assert [found.code for found in balance.check(town, open_month)] == ["counted_twice"]
    settle(case, "K1", "both")
    assert away(case) == 5
    assert balance.check(town, closing.month(town, MONTH, today=TODAY)) == []
    case.town.close_month(MONTH, TODAY)


def give_number(case: Case, number: str) -> None:
    """The second village gives a card with this number."""
    other = case.other.registry
    person = next(m for m in members.list_members(other, on=TODAY) if m.name == NAMES[1])
    cards.issue(other, person, number, on=DAY, by=None, place=None)


@pytest.fixture
def one_number(case: Case) -> Case:
    """Two villages have given one card number, to people away long enough to hold a card."""
    for office, name in ((case.village, NAMES[0]), (case.other, NAMES[1])):
        (member,) = [m for m in members.list_members(office.registry, on=TODAY) if m.name == name]
        movements.correct(office.registry, member, {"left_on": "2026-01-10"}, today=TODAY)
    give_number(case, "贞1")
    send(case)
    send(case, case.other)
    return case


def held(office: Office) -> int:
    return ledger.build(office.registry, MONTH, None, today=TODAY).total.counts["held"]


@pytest.mark.parametrize(("keep", "holder"), [("ours", NAMES[0]), ("theirs", NAMES[1])])
def test_one_card_number_in_two_villages(one_number: Case, keep: str, holder: str) -> None:
    town = one_number.town
    (found,) = conflicts.list_conflicts(town.registry)
    assert (found.kind, found.row_id, found.other_id) == ("card", 1, 3)
    with pytest.raises(NotFound, match="card_ambiguous") as refused:
        card_rows.find(town.registry, "贞1", on=TODAY)
    told = str(refused.value.params["candidates"])
    assert f"C1 {NAMES[0]}" in told
    assert f"C3 {NAMES[1]}" in told
    before = town.head()
    with pytest.raises(Conflict, match="conflict_both"):
        settle(one_number, "K1", "both")
    assert (town.head(), held(town)) == (before, 2)
    settle(one_number, "K1", keep)
    for office in (one_number.village, one_number.other):
        assert conflicts.list_conflicts(town.registry) == []
        assert held(town) == 1
        assert card_rows.find(town.registry, "贞1", on=TODAY).member == holder
        live = [card for card, _ in card_rows.live(town.registry, on=TODAY, reviewed=TODAY)]
        assert [card.member for card in live if card.number == "贞1"] == [holder]
        assert send(one_number, office).conflicts == 0
    assert list(check(town.registry)) == []


@pytest.mark.parametrize("keep", ["ours", "theirs"])
def test_the_card_not_kept_counts_as_issued_in_no_month(one_number: Case, keep: str) -> None:
    """Nor in the package's rows, which are counted anew before they leave."""
    town, issued, early = one_number.town, Period(2026, 10), date(2026, 1, 1)
    settle(one_number, "K1", keep)
    counted = closing.month(town.registry, issued, today=TODAY)
    assert counted.total.counts["issued"] == 2
    assert {event.kind for event in counted.events} == {Kind.ISSUE}
    county = make_office(town.folder.parent / COUNTY, COUNTY, early)
    introduce(town, county, early)
    town.close_month(issued, TODAY)
    assert county.receive(town.pack(issued, TODAY)[1], TODAY).outcome == "merged"
    county.registry.close()


def test_a_correction_of_the_card_not_kept_says_who_and_why(one_number: Case) -> None:
    town = one_number.town.registry
    one_number.town.close_month(Period(2026, 10), TODAY)
    settle(one_number, "K1", "ours")
    (told,) = [c for c in corrections.to_list(town, MONTH) if c.field in set(Kind)]
    assert (told.field, told.name, told.now) == (Kind.ISSUE, NAMES[1], None)
    assert told.why is not None


def test_the_village_makes_the_card_void_itself(one_number: Case) -> None:
    """What the office that was wrong does next says nothing against the settlement."""
    settle(one_number, "K1", "ours")
    other = one_number.other.registry
    wrong = card_rows.find(other, "贞1", on=TODAY)
    cards.record(other, wrong, Kind.VOID, on=MONTH.end(27), by=None)
    person = members.get(other, wrong.member_id, on=TODAY)
    cards.issue(other, person, "贞99", on=MONTH.end(27), by=None, place=None)
    assert send(one_number, one_number.other).conflicts == 0
    assert held(one_number.town) == 2
    assert list(check(one_number.town.registry)) == []


def test_numbers_of_conflicts_do_not_jump(twice: Case) -> None:
    """The ends that a settlement makes are remembered beside them and have none."""
    settle(twice, "K1", "ours")
    give_number(twice, "贞1")
    send(twice, twice.other)
    (found,) = conflicts.list_conflicts(twice.town.registry)
    assert (found.label, found.kind) == ("K2", "card")
    assert conflicts.get(twice.town.registry, "K2") == found
