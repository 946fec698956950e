"""Who comes back, joins after being a guest, or was ended wrongly: the level above hears of it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from flowparty.domain.cards import State
from flowparty.domain.dates import PartialDate
from flowparty.domain.identity import parse_id
from flowparty.domain.members import EndReason, NewMember
from flowparty.domain.movements import Direction, NewMovement
from flowparty.domain.period import Period
from flowparty.repository import cards as card_rows
from flowparty.repository import conflicts, ledger, members, orgs, settings
from flowparty.repository.check import check
from flowparty.service import balance, cards, closing, movements, returning
from flowparty.service import members as member_service
from tests.exchange_cases import Case, go
from tests.people import NAMES, id_number

if TYPE_CHECKING:
    from flowparty.domain.members import Member
    from tests.offices import Office

AUGUST = Period(2026, 8)
LEFT, BACK, NOVEMBER = date(2026, 8, 10), date(2026, 10, 5), date(2026, 11, 28)
OUT = EndReason.TRANSFERRED


def at(office: Office, day: date) -> int:
    """How many of the person's records an office counts as away on a day."""
    people = ledger.away(office.registry, on=day, settings=settings.load(office.registry))
    return [p.id_number.reveal() for p in people if p.id_number is not None].count(id_number(1))


def person(office: Office, number: int = 1) -> Member:
    found = members.by_id_number(office.registry, id_number(number), on=NOVEMBER)
    assert found is not None
    return found


def take_up(office: Office, since: date, *, number: int = 1, name: str = NAMES[0]) -> Member:
    """The person is registered once more, from a day on."""
    identity = parse_id(id_number(number), today=NOVEMBER)
    new = NewMember(name, identity, identity.sex, None)
    branch = next(o for o in orgs.list_orgs(office.registry) if o.kind == "branch")
    return member_service.register(office.registry, new, branch=branch, category="full",
                                   standing="normal", since=since, today=NOVEMBER).record  # fmt: skip


def report(case: Case, office: Office, month: Period, *, gap: bool = False) -> list[str]:
    """Close, pack and receive a month; what is told of the person."""
    today = month.end(28)
    office.close_month(month, today)
    arrived = case.town.receive(office.pack(month, today)[1], today, "早月" if gap else None)
    return [one.change for one in arrived.differences if one.member in (NAMES[0], "陈二")]


@pytest.fixture
def gone(case: Case) -> Case:
    """The first village has ended somebody's membership in August; the town has closed August."""
    closing.reopen(case.village.registry, Period(2026, 11), reason="以后再报", today=NOVEMBER)
    one = person(case.village)
    movements.correct(
        case.village.registry, one, {"left_on": PartialDate.from_iso("2026-03-01")}, today=NOVEMBER
    )
    member_service.end(case.village.registry, one, OUT, on=LEFT, note=None, today=NOVEMBER)
    report(case, case.village, AUGUST, gap=True)
    case.town.close_month(AUGUST, date(2026, 8, 28))
    return case


def test_the_level_above_counts_who_came_back_from_that_day_on(gone: Case) -> None:
    take_up(gone.village, BACK)
    go(gone.village, person(gone.village), BACK)
    for month, told in ((Period(2026, 9), ["resumed", "went_out"]), (Period(2026, 10), [])):
        assert sorted(set(report(gone, gone.village, month)) - {"changed"}) == told
        found = closing.month(gone.town.registry, month, today=NOVEMBER)
        assert balance.check(gone.town.registry, found) == []
        assert found.corrections == []
        gone.town.close_month(month, month.end(28))
    for office in (gone.village, gone.town):
        days = (date(2026, 8, 9), LEFT, date(2026, 10, 4), BACK)
        assert [at(office, day) for day in days] == [1, 0, 0, 1]
        assert list(check(office.registry)) == []
    assert conflicts.list_conflicts(gone.town.registry) == []


def test_a_wrong_end_taken_back_is_a_correction_above(gone: Case) -> None:
    returning.reopen(gone.village.registry, person(gone.village), today=NOVEMBER, reason="误登")
    report(gone, gone.village, Period(2026, 9))
    found = closing.month(gone.town.registry, Period(2026, 9), today=NOVEMBER)
    assert [(c.field, c.name, c.months) for c in found.corrections] == [
        ("away", NAMES[0], ("2026-08",))
    ]
    assert balance.check(gone.town.registry, found) == []
    assert at(gone.town, LEFT) == 1
    assert conflicts.list_conflicts(gone.town.registry) == []


def test_who_goes_to_a_village_and_back_counts_once_on_every_day(gone: Case) -> None:
    """Each village ends the membership when the other's begins: two records, no conflict."""
    there = date(2026, 9, 20)
    one = take_up(gone.other, LEFT)
    go(gone.other, one, LEFT)
    member_service.end(gone.other.registry, one, OUT, on=there, note=None, today=NOVEMBER)
    take_up(gone.village, there)
    go(gone.village, person(gone.village), there)
    for office in (gone.other, gone.village):
        report(gone, office, Period(2026, 10), gap=True)
    for day in (date(2026, 8, 9), LEFT, date(2026, 9, 19), there, date(2026, 10, 27)):
        assert at(gone.town, day) == 1, day
    assert conflicts.list_conflicts(gone.town.registry) == []


@pytest.mark.parametrize("ends_first", [True, False])
def test_a_card_goes_along_with_its_holder(case: Case, *, ends_first: bool) -> None:
    """From one village to another: one card, whichever of the two sends first."""
    closing.reopen(case.village.registry, Period(2026, 11), reason="以后再报", today=NOVEMBER)
    first = person(case.village)
    member_service.end(case.village.registry, first, OUT, on=BACK, note=None, today=NOVEMBER)
    come = take_up(case.other, BACK)
    go(case.other, come, BACK)
    cards.issue(case.other.registry, come, "贞1", on=BACK, by=None, place=None)
    case.town.receive(case.data, NOVEMBER)
    offices = [case.village, case.other] if ends_first else [case.other, case.village]
    for office in offices:
        office.close_month(Period(2026, 11), NOVEMBER)
        case.town.receive(office.pack(Period(2026, 11), NOVEMBER)[1], NOVEMBER)
    assert conflicts.list_conflicts(case.town.registry) == []
    assert card_rows.find(case.town.registry, "贞1", on=NOVEMBER).branch == "雨柏村党支部"
    (held,) = [
        one
        for one in ledger.away(
            case.town.registry, on=NOVEMBER, settings=settings.load(case.town.registry)
        )
        if one.card_number == "贞1"
    ]
    assert (held.branch, held.card_state) == ("雨柏村党支部", State.IN_USE)


def test_a_guest_of_a_village_who_joins_it_counts_above(case: Case) -> None:
    closing.reopen(case.village.registry, Period(2026, 11), reason="以后再报", today=NOVEMBER)
    identity = parse_id(id_number(40), today=NOVEMBER)
    new = NewMember("陈二", identity, identity.sex, None, guest=True)
    branch = next(o for o in orgs.list_orgs(case.village.registry) if o.kind == "branch")
    registry = case.village.registry
    guest = member_service.register(registry, new, branch=branch, category="full",
                                    standing="normal", since=None, today=NOVEMBER).record  # fmt: skip
    came = NewMovement(Direction.IN, PartialDate.of(LEFT), "330206", "某地", reason="work")
    movements.begin(registry, guest, came, today=NOVEMBER)
    report(case, case.village, Period(2026, 9), gap=True)
    take_up(case.village, BACK, number=40, name="陈二")
    go(case.village, person(case.village, 40), BACK)
    assert "joined" in report(case, case.village, Period(2026, 10))
    held = person(case.town, 40)
    assert (held.guest, held.again_on, held.name) == (False, BACK.isoformat(), "陈二")
    found = closing.month(case.town.registry, Period(2026, 10), today=NOVEMBER)
    assert balance.check(case.town.registry, found) == []
    assert "陈二" in {one.name for one in found.away}
