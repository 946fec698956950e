"""The way of a need: every state meets every step, in the order of days."""

from __future__ import annotations

from datetime import date

import pytest

from flowparty.domain.errors import BadValue, Conflict
from flowparty.domain.ids import EventId, MemberId, NeedId, OrgId
from flowparty.domain.needs import (
    Kind,
    Need,
    NeedEvent,
    Result,
    State,
    Step,
    check_due,
    check_step,
)

WAYS: dict[State, list[Step]] = {
    State.OPEN: [],
    State.ASSIGNED: [Step.ASSIGN],
    State.ACTED: [Step.ASSIGN, Step.ACT],
    State.ANSWERED: [Step.ASSIGN, Step.ANSWER],
    State.CLOSED: [Step.ASSIGN, Step.ANSWER, Step.CLOSE],
}
ALLOWED = {
    (State.OPEN, Step.ASSIGN),
    (State.ASSIGNED, Step.ASSIGN), (State.ASSIGNED, Step.ACT), (State.ASSIGNED, Step.ANSWER),
    (State.ACTED, Step.ASSIGN), (State.ACTED, Step.ACT), (State.ACTED, Step.ANSWER),
    (State.ANSWERED, Step.ASSIGN), (State.ANSWERED, Step.CLOSE),
}  # fmt: skip


def event(number: int, kind: Step, on: str, due: str | None = None) -> NeedEvent:
    assigned = kind is Step.ASSIGN
    return NeedEvent(
        EventId(number), NeedId(1), "王小明", kind, on, OrgId(9) if assigned else None, None,
        (due or "2026-03-31") if assigned else None, None, None, None, None, None,
    )  # fmt: skip


def need(*steps: Step, due: str | None = None) -> Need:
    """A need of 2026-03-01 whose steps follow on the days after."""
    events = tuple(
        event(n, step, f"2026-03-{n + 1:02d}", due) for n, step in enumerate(steps, start=1)
    )
    return Need(
        NeedId(1), MemberId(1), "王小明", None, "2026-03-01", Kind.WISH, "想养牛", None, None, events
    )  # fmt: skip


@pytest.mark.parametrize("state", list(State))
@pytest.mark.parametrize("step", list(Step))
def test_every_state_meets_every_step(state: State, step: Step) -> None:
    known = need(*WAYS[state])
    assert known.state_on(date(2026, 4, 1)) is state
    if (state, step) in ALLOWED:
        check_step(known, step, date(2026, 4, 1))
        return
    with pytest.raises(Conflict, match="need_state_forbids"):
        check_step(known, step, date(2026, 4, 1))


@pytest.mark.parametrize("state", list(State))
def test_what_was_withdrawn_may_be_closed_from_anywhere(state: State) -> None:
    if state is State.CLOSED:
        with pytest.raises(Conflict, match="need_state_forbids"):
            check_step(need(*WAYS[state]), Step.CLOSE, date(2026, 4, 1), Result.WITHDRAWN)
        return
    check_step(need(*WAYS[state]), Step.CLOSE, date(2026, 4, 1), Result.WITHDRAWN)


@pytest.mark.parametrize("result", [Result.SOLVED, Result.PARTLY, Result.UNSOLVED])
def test_no_other_outcome_without_an_answer(result: Result) -> None:
    with pytest.raises(Conflict, match="need_state_forbids"):
        check_step(need(Step.ASSIGN, Step.ACT), Step.CLOSE, date(2026, 4, 1), result)


@pytest.mark.parametrize(
    ("steps", "on", "fits"),
    [
        ((), "2026-02-28", False),
        ((), "2026-03-01", True),
        ((), "2026-03-02", True),
        ((Step.ASSIGN,), "2026-03-01", False),
        ((Step.ASSIGN,), "2026-03-02", True),
        ((Step.ASSIGN,), "2026-03-03", True),
    ],
)
def test_no_step_before_the_last_one(steps: tuple[Step, ...], on: str, fits: bool) -> None:
    if fits:
        check_step(need(*steps), Step.ASSIGN, date.fromisoformat(on))
        return
    with pytest.raises(BadValue, match="need_step_order"):
        check_step(need(*steps), Step.ASSIGN, date.fromisoformat(on))


def test_states_by_day() -> None:
    known = need(Step.ASSIGN, Step.ACT, Step.ANSWER, Step.CLOSE)
    days = [date(2026, 2, 28), *(date(2026, 3, day) for day in range(1, 7))]
    assert [known.state_on(day) for day in days] == [
        None, State.OPEN, State.ASSIGNED, State.ACTED, State.ANSWERED, State.CLOSED, State.CLOSED,
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("steps", "day", "late"),
    [
        ((), "2026-12-31", False),
        ((Step.ASSIGN,), "2026-03-30", False),
        ((Step.ASSIGN,), "2026-03-31", False),
        ((Step.ASSIGN,), "2026-04-01", True),
        ((Step.ASSIGN, Step.ACT), "2026-04-01", True),
        ((Step.ASSIGN, Step.ANSWER), "2026-04-01", False),
        ((Step.ASSIGN, Step.ANSWER, Step.CLOSE), "2026-04-01", False),
    ],
)
def test_overdue_the_day_after_its_due_day(steps: tuple[Step, ...], day: str, late: bool) -> None:
    assert need(*steps).overdue_on(date.fromisoformat(day)) is late


def test_the_latest_assignment_counts() -> None:
    first, again = event(1, Step.ASSIGN, "2026-03-02"), event(2, Step.ASSIGN, "2026-03-10",
                                                             "2026-06-30")  # fmt: skip
    known = Need(
        NeedId(1), MemberId(1), "王", None, "2026-03-01", Kind.WISH, "x", None, None, (first, again)
    )
    at = {day: known.assignment(date.fromisoformat(day)) for day in (
        "2026-03-01", "2026-03-09", "2026-03-10")}  # fmt: skip
    assert [None if one is None else one.id for one in at.values()] == [None, 1, 2]
    assert known.overdue_on(date(2026, 4, 1)) is False
    assert known.overdue_on(date(2026, 7, 1)) is True


@pytest.mark.parametrize(("due", "fits"), [(9, False), (10, True), (11, True)])
def test_not_due_before_it_is_asked(due: int, fits: bool) -> None:
    if fits:
        check_due(date(2026, 3, 10), date(2026, 3, due))
        return
    with pytest.raises(BadValue, match="due_before"):
        check_due(date(2026, 3, 10), date(2026, 3, due))
