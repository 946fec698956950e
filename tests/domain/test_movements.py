"""Movements: the threshold's edges, states by day, and what each life allows."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from flowparty.domain import movements as rules
from flowparty.domain.dates import PartialDate
from flowparty.domain.errors import Problem
from flowparty.domain.ids import MemberId, MovementId
from flowparty.domain.movements import Direction, Movement, State

EMPTY: dict[str, Any] = dict.fromkeys(
    ("branch", "destination_code", "destination_text", "occupation", "host_org", "host_contact",
     "host_phone", "remark", "arrived_on", "ended_on", "outcome", "end_note")
)  # fmt: skip


def movement(left: str | None = "2026-03-01", **life: Any) -> Movement:
    return Movement(
        id=MovementId(1),
        member_id=MemberId(1),
        member="王小明",
        direction=Direction.OUT,
        left_on=left,
        unit_kind="other",
        reason="work",
        fixed_place="no",
        **{**EMPTY, **life},
    )


@pytest.mark.parametrize(
    ("left", "day", "over"),
    [
        ("2026-03-01", "2026-08-31", False),
        ("2026-03-01", "2026-09-01", True),
        ("2025-08-31", "2026-02-27", False),  # six months on: the last day of a short month
        ("2025-08-31", "2026-02-28", True),
        ("2023-08-31", "2024-02-28", False),
        ("2023-08-31", "2024-02-29", True),
        ("2024-02-29", "2024-08-28", False),
        ("2024-02-29", "2024-08-29", True),
        ("2026-03", "2026-09-29", False),  # a month counts from its last day
        ("2026-03", "2026-09-30", True),
        ("2025", "2026-06-29", False),  # a year from its last day
        ("2025", "2026-06-30", True),
        (None, "2026-01-01", True),  # an unknown date counts as over
    ],
)
def test_the_threshold_of_six_months(left: str | None, day: str, over: bool) -> None:
    began = None if left is None else PartialDate.from_iso(left)
    assert rules.over_threshold(began, date.fromisoformat(day), 6) is over


@pytest.mark.parametrize(
    ("life", "day", "state"),
    [
        ({}, "2026-02-28", None),
        ({}, "2026-03-01", State.WAITING),
        ({"arrived_on": "2026-03-05"}, "2026-03-04", State.WAITING),
        ({"arrived_on": "2026-03-05"}, "2026-03-05", State.ARRIVED),
        ({"ended_on": "2026-05-01", "outcome": "returned"}, "2026-04-30", State.WAITING),
        ({"ended_on": "2026-05-01", "outcome": "returned"}, "2026-05-01", State.RETURNED),
        ({"ended_on": "2026-05-01", "outcome": "refused"}, "2026-06-01", State.REFUSED),
    ],
)
def test_the_state_on_a_day(life: dict[str, str], day: str, state: State | None) -> None:
    assert movement(**life).state_on(date.fromisoformat(day)) is state


@pytest.mark.parametrize("left", ["2026-03", "2026", None])
def test_a_movement_known_roughly_has_begun_by_its_first_day(left: str | None) -> None:
    assert movement(left).state_on(date(2026, 3, 1)) is State.WAITING


def code_of(check: Any, *arguments: Any) -> str | None:
    try:
        check(*arguments)
    except Problem as problem:
        return problem.code
    return None


ARRIVED = {"arrived_on": "2026-03-05"}


@pytest.mark.parametrize(
    ("life", "outcome", "day", "code"),
    [
        ({}, State.RETURNED, "2026-03-01", None),
        ({}, State.RETURNED, "2026-02-28", "move_before_leaving"),
        ({}, State.REFUSED, "2026-03-02", None),
        ({}, State.WITHDRAWN, "2026-03-02", None),
        (ARRIVED, State.RETURNED, "2026-03-05", None),
        (ARRIVED, State.RETURNED, "2026-03-04", "move_before_arrival"),
        (ARRIVED, State.REFUSED, "2026-04-01", "move_taken_up"),
        (ARRIVED, State.WITHDRAWN, "2026-04-01", "move_taken_up"),
    ],
)
def test_endings(life: dict[str, str], outcome: State, day: str, code: str | None) -> None:
    found = code_of(rules.check_ending, movement(**life), outcome, date.fromisoformat(day))
    assert found == code


def test_going_out_twice_and_arriving_twice() -> None:
    assert code_of(rules.check_out, None) is None
    assert code_of(rules.check_out, movement()) == "move_already_open"
    assert code_of(rules.check_arrival, movement(), date(2026, 3, 1)) is None
    assert code_of(rules.check_arrival, movement(), date(2026, 2, 28)) == "move_before_leaving"
    again = code_of(rules.check_arrival, movement(**ARRIVED), date(2026, 4, 1))
    assert again == "move_already_arrived"


@pytest.mark.parametrize(
    ("one", "other", "day"),
    [
        ([("2026-01-10", None)], [("2026-03-01", None)], "2026-03-01"),
        ([("2026-03", None)], [(None, None)], "2026-03-01"),
        ([(None, None)], [(None, None)], "1921-07-01"),
        ([("2026-01-10", "2026-02-01")], [("2026-02-01", None)], None),
        ([("2025", "2025-12-31"), ("2026-05-01", None)], [("2026-02-01", None)], "2026-05-01"),
        ([], [("2026-02-01", None)], None),
    ],
)
def test_the_first_day_away_together(one: Any, other: Any, day: str | None) -> None:
    days = [
        rules.away_days(movement(left, ended_on=ended) for left, ended in lives)
        for lives in (one, other)
    ]
    found = rules.first_together(*days)
    assert day == (found and found.isoformat())
    assert rules.first_together(*reversed(days)) == found


@pytest.mark.parametrize(
    ("since", "until", "days"),
    [
        ("", None, ("2026-03-01", "2026-10-01")),
        ("2026-02-01", "2026-11-01", ("2026-03-01", "2026-10-01")),
        ("2026-05-01", "2026-06-01", ("2026-05-01", "2026-06-01")),
    ],
)
def test_the_days_away_are_those_of_the_membership(
    since: str, until: str | None, days: tuple[str, str]
) -> None:
    (found,) = rules.away_days([movement("2026-03-01", ended_on="2026-10-01")], [(since, until)])
    assert (found[0].isoformat(), found[1].isoformat()) == days
