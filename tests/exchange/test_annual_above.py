"""The annual forms of the level above are the sum of those below: every fact they need travels."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import TYPE_CHECKING

from flowparty.domain.dates import PartialDate
from flowparty.domain.movements import Direction, NewMovement
from flowparty.repository.check import check
from flowparty.service import annual, cards, movements
from tests.exchange.test_conflicts import send
from tests.exchange_cases import TODAY, Case, add_person
from tests.people import NAMES

if TYPE_CHECKING:
    from tests.offices import Office

LEFT = date(2026, 1, 10)
PEOPLE = (
    ("工勤岗位", "440306", "private_enterprise"), ("专业技术岗位", "520102", "institution"),
    ("农民", "522325107205", "village"), ("外出务工经商人员", "330206", "self_employed"),
    (None, None, "unknown"),
)  # fmt: skip


def fill(office: Office, first: int) -> None:
    for at, (post, place, unit) in enumerate(PEOPLE[: first // 10]):
        person = add_person(office, NAMES[at + 3], first + at, post=post)
        gone = NewMovement(Direction.OUT, PartialDate.of(LEFT), place, "某地", reason="work",
                           unit_kind=unit)  # fmt: skip
        movements.begin(office.registry, person, gone, today=TODAY)
        if at % 2:
            cards.issue(office.registry, person, f"年{first + at}", on=TODAY, by=None, place=None)


def figures(office: Office) -> Counter[tuple[str, str]]:
    found = annual.build(office.registry, 2026, None, today=TODAY)
    return Counter({
        (line.row.key, column): n
        for line in (*found.first, *found.second) for column, n in line.counts.items()
    })  # fmt: skip


def test_the_annual_forms_are_the_sum_of_the_villages(case: Case) -> None:
    for office, first in ((case.village, 30), (case.other, 50)):
        fill(office, first)
        send(case, office)
    below = figures(case.village) + figures(case.other)
    assert below["total", "worker"] == below["total", "farmer"] == 2
    assert +figures(case.town) == below
    assert list(check(case.town.registry)) == []
