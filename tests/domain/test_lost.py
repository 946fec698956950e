"""Lost contact: the later of two dates, six months, two years; what people may decide when."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from flowparty.domain.errors import BadValue, Conflict
from flowparty.domain.ids import HardshipId, MemberId
from flowparty.domain.lost import (
    Clock,
    DecisionKind,
    Hardship,
    Stage,
    check_decision,
    check_term,
    judge,
)
from flowparty.domain.members import Member

CLOCK = Clock(
    MemberId(1), "王小明", None, None, None, None, suspended=False, suspended_on=None
)  # fmt: skip


def day(text: str) -> date:
    return date.fromisoformat(text)


@pytest.mark.parametrize(
    ("activity", "dues", "since"),
    [
        (None, None, None),
        ("2026-03-01", None, "2026-03-01"),
        (None, "2026-03-01", "2026-03-01"),
        ("2026-03-02", "2026-03-01", "2026-03-02"),
        ("2026-03-01", "2026-03-02", "2026-03-02"),
        ("2026-03-01", "2026-03-01", "2026-03-01"),
    ],
)
def test_the_clock_runs_from_the_later(
    activity: str | None, dues: str | None, since: str | None
) -> None:
    clock = replace(CLOCK, last_activity_on=activity, last_dues_on=dues)
    assert clock.since == since


def test_a_contact_does_not_set_it() -> None:
    clock = replace(CLOCK, last_dues_on="2026-01-01", last_reached_on="2026-11-27")
    found = judge(clock, day("2026-11-28"), 6, 2)
    assert found is not None
    assert found.stage is Stage.SUSPEND


@pytest.mark.parametrize(
    ("last", "ripe"),
    [
        ("2026-05-28", "2026-11-28"),
        ("2026-08-31", "2027-02-28"),
        ("2027-08-31", "2028-02-29"),
        ("2023-08-31", "2024-02-29"),
        ("2023-08-29", "2024-02-29"),
        ("2024-02-29", "2024-08-29"),
        ("2026-12-31", "2027-06-30"),
        ("2026-06-30", "2026-12-30"),
    ],
)
def test_six_months_the_day_before_and_the_day(last: str, ripe: str) -> None:
    clock = replace(CLOCK, last_activity_on=last)
    at = day(ripe)
    assert judge(clock, date.fromordinal(at.toordinal() - 1), 6, 2) is None
    for later in (at, date.fromordinal(at.toordinal() + 1)):
        found = judge(clock, later, 6, 2)
        assert found is not None
        assert (found.stage, found.since) == (Stage.SUSPEND, at)


@pytest.mark.parametrize(
    ("suspended", "ripe"),
    [("2024-11-28", "2026-11-28"), ("2024-02-29", "2026-02-28"), ("2026-02-28", "2028-02-28")],
)
def test_two_years_after_the_suspension(suspended: str, ripe: str) -> None:
    clock = replace(CLOCK, suspended=True, suspended_on=suspended, last_dues_on="2020-01-01")
    at = day(ripe)
    assert judge(clock, date.fromordinal(at.toordinal() - 1), 6, 2) is None
    for later in (at, date.fromordinal(at.toordinal() + 1)):
        found = judge(clock, later, 6, 2)
        assert found is not None
        assert (found.stage, found.since) == (Stage.REMOVE, at)


def test_without_any_date_nothing_is_proven() -> None:
    for clock in (CLOCK, replace(CLOCK, suspended=True, last_dues_on="2020-01-01")):
        found = judge(clock, day("2026-11-28"), 6, 2)
        assert found is not None
        assert (found.stage, found.since) == (Stage.NO_DATES, None)


# -- decisions ---------------------------------------------------------------------------------


def member(standing: str | None) -> Member:
    facts: dict[str, Any] = dict.fromkeys(Member.__dataclass_fields__)
    facts |= {"id": MemberId(1), "name": "王小明", "guest": False, "standing": standing}
    return Member(**facts)


@pytest.mark.parametrize("standing", ["normal", "suspended", None])
@pytest.mark.parametrize("kind", list(DecisionKind))
def test_every_decision_meets_every_standing(standing: str | None, kind: DecisionKind) -> None:
    suspended = standing == "suspended"
    if (kind is DecisionKind.SUSPEND) is not suspended:
        check_decision(member(standing), kind, day("2026-11-01"), None)
        return
    with pytest.raises(Conflict, match="decision_standing"):
        check_decision(member(standing), kind, day("2026-11-01"), None)


@pytest.mark.parametrize(("on", "fits"), [(9, False), (10, True), (11, True)])
def test_decisions_in_the_order_of_their_days(on: int, fits: bool) -> None:
    words = (member("suspended"), DecisionKind.RESTORE, date(2026, 3, on), "2026-03-10")
    if fits:
        check_decision(*words)
        return
    with pytest.raises(BadValue, match="decision_order"):
        check_decision(*words)


# -- hardship ----------------------------------------------------------------------------------

HARDSHIP = Hardship(
    HardshipId(1),
    MemberId(1),
    "王小明",
    None,
    "2026-01-01",
    "2026-12-31",
    "镇民政办",
    None,
    None,
    None,
)


@pytest.mark.parametrize(
    ("ended", "at", "holds"),
    [
        (None, "2025-12-31", False),
        (None, "2026-01-01", True),
        (None, "2026-12-31", True),
        (None, "2027-01-01", False),
        ("2026-06-01", "2026-05-31", True),
        ("2026-06-01", "2026-06-01", False),
        ("2026-01-01", "2026-01-01", False),
    ],
)
def test_a_recognition_holds_to_its_last_day(ended: str | None, at: str, holds: bool) -> None:
    assert replace(HARDSHIP, ended_on=ended).holds_on(day(at)) is holds


@pytest.mark.parametrize(("until", "fits"), [(9, False), (10, True), (11, True)])
def test_a_recognition_does_not_end_before_it_begins(until: int, fits: bool) -> None:
    if fits:
        check_term(date(2026, 3, 10), date(2026, 3, until))
        return
    with pytest.raises(BadValue, match="hardship_order"):
        check_term(date(2026, 3, 10), date(2026, 3, until))
