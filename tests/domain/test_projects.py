"""Projects: forward only, in the order of days, and not after the end."""

from __future__ import annotations

from datetime import date

import pytest

from flowparty.domain.errors import BadValue, Conflict
from flowparty.domain.ids import MemberId, OrgId, ProjectId
from flowparty.domain.projects import Project, ProjectEvent, State, check_event


def project(*states: State) -> Project:
    events = tuple(
        ProjectEvent(ProjectId(1), f"2026-03-{n:02d}", state, n * 100, n, None)
        for n, state in enumerate(states, start=1)
    )
    return Project(
        ProjectId(1), "蜂糖李", MemberId(1), "王小明", OrgId(2), "甘田", "planting", None, events
    )


@pytest.mark.parametrize("before", list(State))
@pytest.mark.parametrize("after", list(State))
def test_every_state_after_every_state(before: State, after: State) -> None:
    order = list(State)
    words = (project(before), after, date(2026, 4, 1))
    if before is State.STOPPED:
        with pytest.raises(Conflict, match="project_stopped"):
            check_event(*words)
    elif order.index(after) < order.index(before):
        with pytest.raises(Conflict, match="project_backwards"):
            check_event(*words)
    else:
        check_event(*words)


@pytest.mark.parametrize(("on", "fits"), [(1, False), (2, True), (3, True)])
def test_nothing_before_the_last_thing_known(on: int, fits: bool) -> None:
    known = project(State.PLANNED, State.AGREED)
    if fits:
        check_event(known, State.AGREED, date(2026, 3, on))
        return
    with pytest.raises(BadValue, match="project_before"):
        check_event(known, State.AGREED, date(2026, 3, on))


def test_how_it_stands_on_a_day() -> None:
    known = project(State.PLANNED, State.BUILDING, State.RUNNING)
    days = [date(2026, 2, 28), *(date(2026, 3, day) for day in range(1, 5))]
    stood = [known.on(day) for day in days]
    assert [None if one is None else (one.state, one.amount_fen, one.jobs) for one in stood] == [
        None, (State.PLANNED, 100, 1), (State.BUILDING, 200, 2), (State.RUNNING, 300, 3),
        (State.RUNNING, 300, 3),
    ]  # fmt: skip
