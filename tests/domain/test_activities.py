"""Activities: hours as people write them, results of appraisals, who came."""

from __future__ import annotations

from datetime import date

import pytest

from flowparty.domain.activities import (
    Activity,
    Hours,
    Kind,
    Participant,
    Result,
    Side,
    check_held,
    check_result,
    hours,
    parse_hours,
)
from flowparty.domain.errors import BadValue, Problem
from flowparty.domain.ids import ActivityId, MemberId, OrgId


def activity(kind: Kind = Kind.ORG_LIFE, *people: Participant) -> Activity:
    return Activity(
        ActivityId(3), OrgId(1), "金叶", "2026-03-15", kind, "主题党日", Side.HOME, None, 90, people
    )


def person(number: int, *, expected: bool, came: bool | None) -> Participant:
    return Participant(
        ActivityId(3), MemberId(number), f"某{number}", None, expected, came, None, None
    )


@pytest.mark.parametrize(
    ("typed", "minutes"),
    [("2", 120), ("1.5", 90), ("1.5小时", 90), ("0.25", 15), ("2学时", 120), ("１．５", 90),
     (" 8 ", 480), ("999", 59940), ("0.05", 3)],
)  # fmt: skip
def test_hours_are_kept_in_minutes(typed: str, minutes: int) -> None:
    assert parse_hours(typed) == minutes


@pytest.mark.parametrize(
    "typed", ["", "0", "0.0", "-1", "1000", "1.234", "0.33", "两", "1,5", "1h", "1e2", "٣"]
)
def test_what_is_no_number_of_hours(typed: str) -> None:
    with pytest.raises(BadValue, match="hours_invalid"):
        parse_hours(typed)


@pytest.mark.parametrize(
    ("minutes", "shown"), [(0, "0"), (90, "1.5"), (120, "2"), (600, "10"), (15, "0.25")]
)
def test_minutes_are_shown_as_hours(minutes: int, shown: str) -> None:
    assert hours(minutes) == shown


@pytest.mark.parametrize("kind", list(Kind))
@pytest.mark.parametrize("result", [None, *Result])
def test_an_appraisal_has_a_result_and_nothing_else_has(kind: Kind, result: Result | None) -> None:
    if (kind is Kind.APPRAISAL) is (result is not None):
        check_result(activity(kind), result)
        return
    code = "appraisal_missing" if result is None else "activity_no_appraisal"
    with pytest.raises(Problem, match=code):
        check_result(activity(kind), result)


@pytest.mark.parametrize(("today", "held"), [(14, False), (15, True), (16, True)])
def test_nobody_came_to_what_lies_ahead(today: int, held: bool) -> None:
    if held:
        check_held(activity(), date(2026, 3, today))
        return
    with pytest.raises(Problem, match="activity_ahead"):
        check_held(activity(), date(2026, 3, today))


def test_counting_who_was_expected_and_who_came() -> None:
    known = activity(
        Kind.TRAINING,
        person(1, expected=True, came=True),
        person(2, expected=True, came=False),
        person(3, expected=True, came=None),
        person(4, expected=False, came=True),
        person(5, expected=False, came=False),
    )
    assert (known.expected, known.came, known.absent) == (3, 2, ("M2 某2",))


def test_hours_of_all_kinds_add_up() -> None:
    assert Hours(MemberId(1), "王", None, 3, 90, 60, 30, None).minutes == 180
