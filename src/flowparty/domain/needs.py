"""What a member asked for, and its way: open → assigned → acted on → answered → closed.

Source: the town's work on needs, rights and disputes (维护合法权益, 协调利益冲突).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from flowparty.domain.errors import BadValue, Conflict

if TYPE_CHECKING:
    from datetime import date

    from flowparty.domain.ids import (
        ContactId,
        DecisionId,
        EventId,
        GrantId,
        MemberId,
        NeedId,
        OrgId,
    )


class Kind(StrEnum):
    """What sort of need it is."""

    DIFFICULTY = "difficulty"
    WISH = "wish"
    SUGGESTION = "suggestion"
    RIGHTS = "rights"
    DISPUTE = "dispute"


class Step(StrEnum):
    """What happens to a need."""

    ASSIGN = "assign"
    ACT = "act"
    ANSWER = "answer"
    CLOSE = "close"


class State(StrEnum):
    """Where a need stands on a day."""

    OPEN = "open"
    ASSIGNED = "assigned"
    ACTED = "acted"
    ANSWERED = "answered"
    CLOSED = "closed"


class Result(StrEnum):
    """How a need was closed; ``withdrawn``: the member no longer asks for it."""

    SOLVED = "solved"
    PARTLY = "partly"
    UNSOLVED = "unsolved"
    WITHDRAWN = "withdrawn"


CONFIDENTIAL = frozenset({Kind.RIGHTS, Kind.DISPUTE})
"""Never on the agenda of another office, in whatever words."""

NOTHING = frozenset({"无", "没有", "无困难", "无意见", "暂无打算", "未定", "不返乡"})
"""Answers that ask for nothing."""

SECTION_KINDS = {
    "创业意愿": Kind.WISH,
    "困难问题": Kind.DIFFICULTY,
    "意见建议": Kind.SUGGESTION,
    "培训需求": Kind.WISH,
    "返乡打算": Kind.WISH,
}
"""What sort of need an answer to a usual section raises; one of the town's own: a suggestion."""

STATE_AFTER = {
    Step.ASSIGN: State.ASSIGNED,
    Step.ACT: State.ACTED,
    Step.ANSWER: State.ANSWERED,
    Step.CLOSE: State.CLOSED,
}
_ALLOWED_FROM = {
    Step.ASSIGN: {State.OPEN, State.ASSIGNED, State.ACTED, State.ANSWERED},
    Step.ACT: {State.ASSIGNED, State.ACTED},
    Step.ANSWER: {State.ASSIGNED, State.ACTED},
    Step.CLOSE: {State.ANSWERED},
}


@dataclass(frozen=True, slots=True)
class NeedEvent:
    """One step of a need; ``org`` and ``due`` of an assignment, ``result`` of the closing."""

    id: EventId
    need_id: NeedId
    member: str
    kind: Step
    on: str
    org_id: OrgId | None
    org: str | None
    due: str | None
    text: str | None
    by: str | None
    result: str | None
    decision_id: DecisionId | None
    grant_id: GrantId | None


@dataclass(frozen=True, slots=True)
class Need:
    """A need with its steps in order, oldest first; ``text`` is what the member said."""

    id: NeedId
    member_id: MemberId
    member: str
    branch: str | None
    on: str
    kind: Kind
    text: str
    answer_id: int | None
    contact_id: ContactId | None
    events: tuple[NeedEvent, ...]

    @property
    def label(self) -> str:
        """``N3``: how a command names it."""
        return f"N{self.id}"

    def state_on(self, day: date) -> State | None:
        """The state at the end of ``day``; None before it was raised."""
        if self.on > day.isoformat():
            return None
        steps = [event.kind for event in self.events if event.on <= day.isoformat()]
        return STATE_AFTER[steps[-1]] if steps else State.OPEN

    def assignment(self, day: date) -> NeedEvent | None:
        """The assignment in force at the end of ``day``."""
        made = [e for e in self.events if e.kind is Step.ASSIGN and e.on <= day.isoformat()]
        return made[-1] if made else None

    def waiting_on(self, day: date) -> bool:
        """Whether an office was asked and the member not yet answered at the end of ``day``."""
        return self.state_on(day) in (State.ASSIGNED, State.ACTED)

    def overdue_on(self, day: date) -> bool:
        """Whether its office has let the due day pass without an answer to the member."""
        assigned = self.assignment(day)
        return (
            self.waiting_on(day) and assigned is not None and (assigned.due or "") < day.isoformat()
        )


def check_step(need: Need, step: Step, on: date, result: Result | None = None) -> None:
    """Refuse a step that the need's way does not allow on that day.

    What the member withdrew may be closed from anywhere.

    Raises:
        BadValue: ``need_step_order``. Conflict: ``need_state_forbids``.
    """
    last = need.events[-1].on if need.events else need.on
    if on.isoformat() < last:
        raise BadValue("need_step_order", need=need.label, on=on, last=last)
    state = need.state_on(on)
    allowed = _ALLOWED_FROM[step]
    if result is Result.WITHDRAWN:
        allowed = set(State) - {State.CLOSED}
    if state not in allowed:
        raise Conflict("need_state_forbids", need=need.label, state=state, step=step)


def check_due(on: date, due: date) -> None:
    """Refuse to ask for something to be done before it was asked.

    Raises:
        BadValue: ``due_before``.
    """
    if due < on:
        raise BadValue("due_before", due=due, on=on)
