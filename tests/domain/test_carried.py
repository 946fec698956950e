"""Last month's people and what happened since make this month's, by name."""

from __future__ import annotations

from typing import Any

import pytest

from flowparty.domain.carried import Facts, carried, facts, opening
from flowparty.domain.ids import MemberId

SINCE, ON = "2026-10-27", "2026-11-27"
ONE = MemberId(1)


def known(
    *moves: tuple[str | None, str | None],
    ended: str | None = None,
    guest: int = 0,
    branches: tuple[tuple[str, int], ...] = (("", 2),),
    wanted: set[int] | None = None,
) -> Facts:
    """The facts of one member: movements by left and ended, branches by since."""
    return facts(
        [{"id": 1, "guest": guest, "ended_on": ended}],
        [
            {
                "member_id": 1,
                "direction": "out",
                "left_on": left,
                "ended_on": back,
                "outcome": back and "returned",
            }
            for left, back in moves
        ],
        [
            {"member_id": 1, "attribute": "branch", "since": since, "org_id": org}
            for since, org in branches
        ],
        wanted,
    )


def stands(before: bool, found: Facts, *, corrected: bool = False) -> bool:
    people = {ONE} if before else set()
    fixed = {ONE} if corrected else set()
    return ONE in carried(people, fixed, found, since=SINCE, on=ON)


AWAY = ("2026-03-01", None)


@pytest.mark.parametrize("before", [True, False])
@pytest.mark.parametrize(
    ("found", "after"),
    [
        (known(("2026-10-28", None)), True),
        (known(("2026-11-27", None)), True),
        (known(("2026-11", None)), True),
        (known(("2026-03-01", "2026-10-28")), False),
        (known(("2026-03-01", "2026-11-27")), False),
        (known(("2026-11-03", "2026-11-20")), False),
        (known(("2026-03-01", "2026-11-10"), ("2026-11-10", None)), True),
        (known(AWAY, ended="2026-11-10"), False),
        (known(AWAY, branches=(("", 2), ("2026-11-10", 3)), wanted={3}), True),
        (known(AWAY, branches=(("", 2), ("2026-11-10", 3)), wanted={2}), False),
        (known(("2026-11-03", None), wanted={3}), False),
        (known(("2026-11-03", None), guest=1), False),
        (known(AWAY, branches=(("2026-11-10", 3),)), True),
        (known(AWAY, branches=(("2026-11-10", 3), ("2026-11-12", 2)), wanted={2}), True),
    ],
)
def test_what_happened_decides(found: Facts, before: bool, after: bool) -> None:
    assert stands(before, found) == after


@pytest.mark.parametrize(
    "found",
    [
        known(),
        known(AWAY),
        known((None, None)),
        known(("2026", None)),
        known(("2026-03-01", "2026-10-27")),
        known(("2026-11-28", None)),
        known(("2026-12", None)),
        known(("2026-03-01", "2026-11-28")),
        known(AWAY, ended="2026-11-28"),
        known(AWAY, branches=(("", 2), ("2026-11-10", 3))),
        known(AWAY, branches=(("2026-11-28", 3),)),
    ],
)
def test_without_a_fact_in_between_one_stands_as_before(found: Facts) -> None:
    """Whatever the facts say of both days: then the figure before was wrong, or is this one."""
    assert stands(True, found)
    assert not stands(False, found)


@pytest.mark.parametrize(
    ("found", "after"), [(known(AWAY), True), (known(), False), (known(AWAY, wanted={3}), False)]
)
def test_a_corrected_figure_is_taken_as_corrected(found: Facts, after: bool) -> None:
    assert stands(True, found, corrected=True) == after
    assert stands(False, found, corrected=True) == after


def test_who_came_home_is_home_whatever_else_is_recorded_of_that_time() -> None:
    """A movement in the time of another that is over: the figure has it, what happened does not."""
    twice = known(("2024-03-05", "2026-09-01"), ("2024-03", None))
    assert opening(twice, SINCE) == set()
    assert not stands(True, twice)
    assert opening(twice, "2026-08-01") == {ONE}
    assert opening(known(("2024-03-05", "2026-09-01"), (None, None)), SINCE) == set()
    assert opening(known(("2024-03-05", "2026-09-01"), ("2026-09", None)), SINCE) == {ONE}


def test_where_no_figure_says_who_was_away_the_facts_do() -> None:
    assert opening(known(AWAY), SINCE) == {ONE}
    assert opening(known(("2026-11", None)), SINCE) == set()
    assert opening(known(AWAY, branches=(("2026-10-28", 2),)), SINCE) == set()
    assert opening(known(AWAY, branches=(("2026-10-27", 2),)), SINCE) == {ONE}


def test_somebody_of_whom_nothing_is_known_any_more_stays() -> None:
    erased: Any = facts([], [], [], None)
    assert stands(True, erased)
