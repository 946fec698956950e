"""A month of the level above counts in each office whom that office sends; who differs is named."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flowparty.domain.members import EndReason
from flowparty.service import balance, closing
from flowparty.service import members as member_service
from tests.exchange.test_conflicts import send, settle
from tests.exchange_cases import DAY, MONTH, TODAY, Case, add_person, go
from tests.people import NAMES

if TYPE_CHECKING:
    from flowparty.domain.period import Period


def findings(case: Case, period: Period = MONTH) -> list[tuple[str, tuple[str, ...]]]:
    town = case.town.registry
    found = balance.check(town, closing.month(town, period, today=TODAY))
    return [(one.code, one.people) for one in found]


def test_the_sum_of_the_packages_has_no_finding(case: Case) -> None:
    case.town.receive(case.data, TODAY)
    send(case, case.other)
    assert findings(case) == []


def test_whom_the_town_keeps_in_a_village_that_does_not_send_them(case: Case) -> None:
    kept = add_person(case.town, NAMES[5], 50)
    go(case.town, kept, DAY)
    assert findings(case) == [], "until the village sends, the town keeps its book"
    case.town.receive(case.data, TODAY)
    assert findings(case) == [("unit_lacks", (f"M1 {NAMES[5]} (金叶社区)",))]
    assert findings(case, MONTH.before) == [], "of an older month the village may know better"
    case.town.close_month(MONTH, TODAY)
    assert findings(case) == [("unit_lacks", (f"M1 {NAMES[5]} (金叶社区)",))], "nor does closing"


def test_what_a_village_corrects_after_the_close_is_the_next_return_s(case: Case) -> None:
    case.town.receive(case.data, TODAY)
    case.town.close_month(MONTH, TODAY)
    late = add_person(case.village, NAMES[5], 50)
    go(case.village, late, DAY)
    send(case)
    assert findings(case) == []


def test_who_was_left_out_is_named_until_the_village_ends_it(case: Case) -> None:
    case.town.receive(case.data, TODAY)
    twice = add_person(case.other, NAMES[0], 1)
    go(case.other, twice, DAY, "330206")
    send(case, case.other)
    settle(case, "K1", "ours")
    assert findings(case) == [("unit_has_more", (f"M5 {NAMES[0]} (雨柏村)",))]
    case.town.close_month(MONTH, TODAY)
    assert findings(case) == [("unit_has_more", (f"M5 {NAMES[0]} (雨柏村)",))]
    member_service.end(
        case.other.registry, twice, EndReason.TRANSFERRED, on=DAY, note=None, today=TODAY
    )
    send(case, case.other)
    assert findings(case) == []
