"""Joint meetings: agendas and what is on them, decisions and their days."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from flowparty.domain.errors import BadValue, Conflict
from flowparty.domain.ids import DecisionId, MeetingId, MemberId, MovementId, OrgId
from flowparty.domain.meetings import (
    Agenda,
    Attendance,
    Decision,
    Meeting,
    check_attendance,
    check_done,
    check_held,
    check_office,
    names,
    on_agenda,
    unexplained,
)
from flowparty.domain.movements import Direction, Movement
from flowparty.domain.needs import Step
from flowparty.domain.orgs import Org, OrgKind
from tests.domain.test_needs import need

MEETING = Meeting(MeetingId(2), "2026-03-15", "联席会议", None, None, ())
DECISION = Decision(
    DecisionId(3), MeetingId(2), "2026-03-15", "联席会议", None, OrgId(9), "派出所", "核实", "2026-03-31",
    None, None,
)  # fmt: skip


@pytest.mark.parametrize(
    ("done_on", "day", "late"),
    [
        (None, "2026-03-30", False),
        (None, "2026-03-31", False),
        (None, "2026-04-01", True),
        ("2026-03-31", "2026-04-05", False),
        ("2026-04-03", "2026-04-02", True),
        ("2026-04-03", "2026-04-03", False),
    ],
)
def test_a_decision_is_overdue_the_day_after_its_due_day(
    done_on: str | None, day: str, late: bool
) -> None:
    assert replace(DECISION, done_on=done_on).overdue_on(date.fromisoformat(day)) is late


@pytest.mark.parametrize(("on", "fits"), [(14, False), (15, True), (16, True)])
def test_not_done_before_it_was_made(on: int, fits: bool) -> None:
    if fits:
        check_done(DECISION, date(2026, 3, on))
        return
    with pytest.raises(BadValue, match="decision_before"):
        check_done(DECISION, date(2026, 3, on))


def test_not_done_twice() -> None:
    with pytest.raises(Conflict, match="decision_done"):
        check_done(replace(DECISION, done_on="2026-03-20"), date(2026, 3, 21))


@pytest.mark.parametrize(("today", "held"), [(14, False), (15, True), (16, True)])
def test_no_minutes_of_a_meeting_ahead(today: int, held: bool) -> None:
    if held:
        check_held(MEETING, date(2026, 3, today))
        return
    with pytest.raises(Conflict, match="meeting_ahead"):
        check_held(MEETING, date(2026, 3, today))


@pytest.mark.parametrize("kind", list(OrgKind))
def test_only_offices_are_called(kind: OrgKind) -> None:
    org = Org(OrgId(1), "u", kind, "某处")
    if kind is OrgKind.OFFICE:
        check_office(org)
        return
    with pytest.raises(Conflict, match="meeting_not_office"):
        check_office(org)


def test_nobody_comes_for_an_absent_office() -> None:
    for came, person in ((True, "赵警官"), (True, None), (False, None)):
        check_attendance(came=came, person=person)
    with pytest.raises(BadValue, match="meeting_absent_person"):
        check_attendance(came=False, person="赵警官")


def test_who_came_office_by_office() -> None:
    called = (
        Attendance(MeetingId(2), OrgId(1), "派出所", True, "赵警官"),
        Attendance(MeetingId(2), OrgId(2), "人社中心", True, None),
        Attendance(MeetingId(2), OrgId(3), "计生办", False, None),
        Attendance(MeetingId(2), OrgId(4), "司法所", None, None),
    )
    assert names(called) == "派出所（赵警官）、人社中心"
    assert replace(MEETING, offices=called).office(OrgId(3)) == called[2]
    assert replace(MEETING, offices=called).office(OrgId(5)) is None


@pytest.mark.parametrize(
    ("steps", "day", "there"),
    [
        ((), "2026-03-05", False),
        ((Step.ASSIGN,), "2026-03-01", False),
        ((Step.ASSIGN,), "2026-03-02", True),
        ((Step.ASSIGN, Step.ACT), "2026-03-05", True),
        ((Step.ASSIGN, Step.ANSWER), "2026-03-05", False),
        ((Step.ASSIGN, Step.ANSWER, Step.CLOSE), "2026-03-05", False),
    ],
)
def test_on_the_agenda_while_it_waits(steps: tuple[Step, ...], day: str, there: bool) -> None:
    known = need(*steps)
    assert on_agenda(known, OrgId(9), date.fromisoformat(day)) is there
    assert on_agenda(known, OrgId(8), date.fromisoformat(day)) is False


@pytest.mark.parametrize(("count", "shown"), [(0, None), (1, None), (2, None), (3, 3), (4, 4)])
def test_few_withheld_matters_are_not_counted(count: int, shown: int | None) -> None:
    assert Agenda((), (), count).withheld_shown == shown


@pytest.mark.parametrize(
    ("left", "place", "arrived", "host", "missing"),
    [
        ("2026-01-01", "440306", "2026-01-03", "x", ()),
        ("2026-01-01", "440306", None, "龙岗支部", ()),
        ("2026-01-01", "440306", "2026-01-03", None, ()),
        ("2026-01-01", "440306", None, None, ("arrived",)),
        (None, "440306", "2026-01-03", None, ("left_on",)),
        ("2026-01", None, "2026-01-03", None, ("destination",)),
        (None, None, None, None, ("left_on", "destination", "arrived")),
    ],
)
def test_what_nobody_knows_of_a_movement(
    left: str | None,
    place: str | None,
    arrived: str | None,
    host: str | None,
    missing: tuple[str, ...],
) -> None:
    move = Movement(
        id=MovementId(1), member_id=MemberId(1), member="王", branch=None,
        direction=Direction.OUT, left_on=left, destination_code=place, destination_text=None,
        unit_kind="unknown", reason="work", occupation=None, fixed_place="unknown", host_org=host,
        host_contact=None, host_phone=None, remark=None, arrived_on=arrived, ended_on=None, outcome=None,
        end_note=None,
    )  # fmt: skip
    assert unexplained(move) == missing
