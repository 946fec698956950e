"""A decision about one person in two offices: it ends with the record kept, and may be made anew."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from flowparty.domain.errors import Conflict
from flowparty.domain.members import EndReason
from flowparty.domain.period import Period
from flowparty.repository import conflicts, ledger, members, settings
from flowparty.repository.check import check
from flowparty.service import balance, closing, returning
from flowparty.service import members as member_service
from tests.exchange.test_conflicts import send, settle, twice
from tests.exchange_cases import DAY, MONTH, TODAY, Case, add_person, go
from tests.offices import COUNTY, introduce, make_office
from tests.people import NAMES, id_number

if TYPE_CHECKING:
    from tests.offices import Office

__all__ = ["twice"]

ENDED = date(2026, 11, 10)


def branches(office: Office, day: date) -> list[str]:
    """In which branches the person counts as away on a day."""
    people = ledger.away(office.registry, on=day, settings=settings.load(office.registry))
    return [
        str(one.branch)[:2]
        for one in people
        if one.id_number is not None and one.id_number.reveal() == id_number(1)
    ]


def end(office: Office, reason: EndReason = EndReason.TRANSFERRED, on: date = ENDED) -> None:
    one = members.by_id_number(office.registry, id_number(1), on=TODAY)
    assert one is not None
    member_service.end(office.registry, one, reason, on=on, note=None, today=TODAY)


@pytest.mark.parametrize("keep", ["ours", "theirs"])
def test_once_the_one_kept_is_transferred_the_other_counts(twice: Case, keep: str) -> None:
    """From that day on; before it and in months that are closed the one kept counts."""
    town = twice.town
    settle(twice, "K1", keep)
    town.close_month(Period(2026, 10), TODAY)
    kept, other = (twice.village, twice.other) if keep == "ours" else (twice.other, twice.village)
    names = ("金叶", "雨柏") if keep == "ours" else ("雨柏", "金叶")
    send(twice, other)
    end(kept)
    assert send(twice, kept).conflicts == 0
    days = (DAY, date(2026, 11, 9), ENDED, TODAY)
    assert [branches(town, day) for day in days] == [[names[0]]] * 2 + [[names[1]]] * 2
    month = closing.month(town.registry, MONTH, today=TODAY)
    assert balance.check(town.registry, month) == []
    assert [c for c in month.corrections if c.name == NAMES[0]] == []
    for office in (twice.village, twice.other):
        assert send(twice, office).conflicts == 0
    assert conflicts.list_conflicts(town.registry) == []
    assert [branches(town, day) for day in days] == [[names[0]]] * 2 + [[names[1]]] * 2
    end(other, on=date(2026, 11, 20))
    assert send(twice, other).conflicts == 0
    assert branches(town, TODAY) == []
    assert list(check(town.registry)) == []


def test_the_level_above_hears_of_it(twice: Case) -> None:
    town, early = twice.town, date(2026, 1, 1)
    settle(twice, "K1", "ours")
    end(twice.village)
    send(twice)
    county = make_office(town.folder.parent / COUNTY, COUNTY, early)
    introduce(town, county, early)
    town.close_month(MONTH, TODAY)
    county.receive(town.pack(MONTH, TODAY)[1], TODAY)
    for day in (DAY, ENDED):
        assert branches(county, day) == branches(town, day) != []
    county.registry.close()


def test_who_died_does_not_count_in_the_other_office(twice: Case) -> None:
    settle(twice, "K1", "ours")
    end(twice.village, EndReason.DIED)
    send(twice)
    assert branches(twice.town, TODAY) == []


def test_once_both_live_again_it_is_asked_again(twice: Case) -> None:
    settle(twice, "K1", "ours")
    end(twice.village)
    send(twice)
    one = members.by_id_number(twice.village.registry, id_number(1), on=TODAY)
    assert one is not None
    returning.reopen(twice.village.registry, one, today=TODAY, reason="误登")
    assert send(twice).conflicts == 1
    (again,) = conflicts.list_conflicts(twice.town.registry)
    settle(twice, again.label, "ours")
    assert [branches(twice.town, day) for day in (DAY, ENDED, TODAY)] == [["金叶"]] * 3


def test_a_wrong_end_of_the_town_s_own_is_a_conflict_once_taken_back(case: Case) -> None:
    """Meanwhile a village sends the person as its member: one of the two is right."""
    town = case.town
    with town.registry.write():
        go(town, add_person(town, NAMES[0], 1), DAY)
    end(town, on=ENDED)
    case.town.receive(case.data, TODAY)
    assert conflicts.list_conflicts(town.registry) == []
    one = members.by_id_number(town.registry, id_number(1), on=TODAY, office=town.registry.office)
    assert one is not None
    returning.reopen(town.registry, one, today=TODAY, reason="误登")
    (found,) = conflicts.list_conflicts(town.registry)
    assert (found.label, found.kind) == ("K1", "person")
    settle(case, "K1", "theirs")
    assert len(branches(town, TODAY)) == 1
    assert send(case).conflicts == 0


@pytest.mark.parametrize("keep", ["ours", "theirs"])
def test_a_wrong_decision_is_made_anew(twice: Case, keep: str) -> None:
    wrong = "theirs" if keep == "ours" else "ours"
    settle(twice, "K1", wrong)
    settle(twice, "K1", keep)
    name = "金叶" if keep == "ours" else "雨柏"
    for office in (twice.village, twice.other):
        assert [branches(twice.town, day) for day in (DAY, TODAY)] == [[name]] * 2
        assert send(twice, office).conflicts == 0
    with pytest.raises(Conflict, match="conflict_both"):
        settle(twice, "K1", "both")
    assert list(check(twice.town.registry)) == []


def test_whom_we_left_out_is_not_reopened_but_settled_anew(twice: Case) -> None:
    settle(twice, "K1", "ours")
    left = next(m for m in members.list_members(twice.town.registry, on=TODAY, ended=True))
    with pytest.raises(Conflict, match="member_left_out"):
        returning.reopen(twice.town.registry, left, today=TODAY, reason="误登")
