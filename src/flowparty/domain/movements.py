"""A movement away, or of a guest who came: 待报到 → 已报到 → 已返回, and its other endings."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache
from itertools import product
from typing import TYPE_CHECKING, Any

from dateutil.relativedelta import relativedelta

from flowparty.domain.dates import PartialDate
from flowparty.domain.errors import BadValue, Conflict

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from flowparty.domain.ids import MeetingId, MemberId, MovementId
    from flowparty.domain.masking import Masked


BEFORE_ALL = date(1921, 7, 1)
"""A day before which nobody was a member."""


Days = tuple[date, date]
"""The first day of a stretch of days, and the first after it."""


Life = tuple[str | None, str | None]
"""When a movement began and ended as ISO text; None: nobody knows since when, and open."""


class Direction(StrEnum):
    """Away from here, or here from elsewhere."""

    OUT = "out"
    IN = "in"


class State(StrEnum):
    """Where a movement stands on a day."""

    WAITING = "waiting"
    ARRIVED = "arrived"
    RETURNED = "returned"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    TRANSFERRED = "transferred"
    ENDED = "ended"
    ONWARD = "onward"


OUTCOMES = frozenset(State) - {State.WAITING, State.ARRIVED}
"""How a movement ends."""
NEVER_ARRIVED = (State.REFUSED, State.WITHDRAWN)
"""Ends of a movement that nobody took up."""


@dataclass(frozen=True, slots=True)
class NewMovement:
    """What is known of a movement when it begins; ``left_on`` None means an unknown day."""

    direction: Direction
    left_on: PartialDate | None
    destination_code: str | None = None
    destination_text: str | None = None
    unit_kind: str = "unknown"
    reason: str = "other"
    occupation: str | None = None
    fixed_place: str = "unknown"
    host_org: str | None = None
    host_contact: str | None = None
    host_phone: str | None = None
    remark: str | None = None


@dataclass(frozen=True, slots=True)
class Movement:
    """One movement as recorded; days are ISO text, ``left_on`` may stop at month or year."""

    id: MovementId
    member_id: MemberId
    member: str
    branch: str | None
    direction: Direction
    left_on: str | None
    destination_code: str | None
    destination_text: str | None
    unit_kind: str
    reason: str
    occupation: str | None
    fixed_place: str
    host_org: str | None
    host_contact: str | None
    host_phone: Masked | None
    arrived_on: str | None
    ended_on: str | None
    outcome: str | None
    end_note: str | None
    remark: str | None = None
    away_since: str | None = None
    """When who moved on left home, empty for an unknown day; None: this movement is the first."""

    @property
    def away(self) -> PartialDate | None:
        """Since when the member is away from home, wherever to; None for an unknown day."""
        since = self.left_on if self.away_since is None else self.away_since
        return PartialDate.from_iso(since) if since else None

    @property
    def left(self) -> PartialDate | None:
        """The day, month or year of leaving."""
        return PartialDate.from_iso(self.left_on) if self.left_on else None

    def state_on(self, day: date) -> State | None:
        """The state at the end of ``day``; None before it began."""
        at = day.isoformat()
        if self.left is not None and self.left.first > day:
            return None
        if self.ended_on is not None and self.outcome is not None and self.ended_on <= at:
            return State(self.outcome)
        if self.arrived_on is not None and self.arrived_on <= at:
            return State.ARRIVED
        return State.WAITING


@dataclass(frozen=True, slots=True)
class Source:
    """Where one fact of a movement was learned: at a meeting, or from the reply to a notice."""

    movement_id: MovementId
    field: str
    value: str | None
    on: str
    meeting_id: MeetingId | None
    meeting: str | None
    notice: str | None


def open_on(left_on: str | None, ended_on: str | None, day: str) -> bool:
    """Whether a movement had begun by a day and was open at its end; all as ISO text.

    A month or a year of leaving counts from its first day, an unknown one since ever.
    """
    begun = left_on is None or left_on <= day[: len(left_on)]
    return begun and (ended_on is None or ended_on > day)


def ours_by(branches: Iterable[Mapping[str, Any]], day: str) -> bool:
    """Whether somebody belonged to us by a day: from the first of his branches on.

    Who is away before that is away from elsewhere, and counts there. No branch at all is not
    hidden here: the check names who has none.
    """
    return min((str(row["since"]) for row in branches), default="") <= day


def at_once(one: Life, other: Life) -> bool:
    """Whether two movements of one member surely last at the same time, which nobody can do.

    A month or a year may be any of its days; an unknown day of leaving is before everything, as it
    counts. What was over on the day it began lasted on no day.
    """
    if any(left is not None and left == ended for left, ended in (one, other)):
        return False
    return _begins_before(one[0], other[1]) and _begins_before(other[0], one[1])


def _begins_before(left_on: str | None, ended_on: str | None) -> bool:
    if ended_on is None or left_on is None:
        return True
    return PartialDate.from_iso(left_on).last.isoformat() < ended_on


def first_together(one: Iterable[Days], other: Iterable[Days]) -> date | None:
    """The first day on which two people are away at once; None: on no day.

    Where nobody knows since when either is away, it is before everything recorded.
    """
    together = [
        max(ours[0], theirs[0])
        for ours, theirs in product(one, other)
        if max(ours[0], theirs[0]) < min(ours[1], theirs[1])
    ]
    return min(together, default=None)


def away_days(
    moves: Iterable[Movement], belonging: Iterable[tuple[str, str | None]] = (("", None),)
) -> list[Days]:
    """Of each movement away the first day on which it counts, and the first on which it is over.

    Args:
        moves: one member's.
        belonging: from which day to which the member was ours; empty: since ever, None: still.
    """
    out = [one for one in moves if one.direction is Direction.OUT]
    found = []
    for (since, until), one in product(belonging, out):
        first = date.fromisoformat(since) if since else BEFORE_ALL
        last = date.fromisoformat(until) if until else date.max
        begun = first if one.left is None else max(first, one.left.first)
        over = last if one.ended_on is None else min(last, date.fromisoformat(one.ended_on))
        found.append((begun, over))
    return found


def over_threshold(left: PartialDate | None, day: date, months: int) -> bool:
    """Whether somebody who left then has been away for ``months`` on ``day``.

    A date known to the month or year counts from its last day; an unknown one counts as over
    [2019 条例 art. 32; 2024 意见: six months running; the rest is this project's choice].
    """
    over = over_day(left, months)
    return over is None or over <= day


@lru_cache(maxsize=20_000)
def over_day(left: PartialDate | None, months: int) -> date | None:
    """From which day somebody who left then counts as over the threshold; None: since ever."""
    return None if left is None else left.last + relativedelta(months=months)


def check_out(open_movement: Movement | None) -> None:
    """Refuse a second movement while one is open.

    Raises:
        Conflict: ``move_already_open``.
    """
    if open_movement is not None:
        raise Conflict(
            "move_already_open",
            member=open_movement.member,
            since=open_movement.left_on,
            destination=open_movement.destination_text,
        )


def check_apart(
    left: PartialDate | None, others: Iterable[Movement], *, ended_on: str | None = None
) -> None:
    """Refuse a movement in the time of another one of the same member.

    What nobody took up (refused, withdrawn) may be recorded anew with its true day.

    Raises:
        Conflict: ``move_overlaps``.
    """
    life = None if left is None else str(left), ended_on
    for other in others:
        if other.outcome in NEVER_ARRIVED or not at_once(life, (other.left_on, other.ended_on)):
            continue
        raise Conflict(
            "move_overlaps",
            member=other.member,
            since=other.left_on,
            until=other.ended_on,
            began=other.left_on or "不详",
        )


def check_arrival(movement: Movement, on: date) -> None:
    """Refuse an arrival that happened already, or before leaving.

    Raises:
        Conflict: ``move_already_arrived``; BadValue: ``move_before_leaving``.
    """
    if movement.arrived_on is not None:
        raise Conflict("move_already_arrived", member=movement.member, on=movement.arrived_on)
    _check_not_before(movement, on)


def check_ending(movement: Movement, outcome: State, on: date) -> None:
    """Refuse an ending that the movement's life does not allow.

    Only a movement not yet taken up by the host may be refused or withdrawn; a return is also
    possible straight from 待报到.

    Raises:
        Conflict: ``move_taken_up``; BadValue: ``move_before_leaving``, ``move_before_arrival``.
    """
    if outcome in NEVER_ARRIVED and movement.arrived_on is not None:
        raise Conflict("move_taken_up", member=movement.member, on=movement.arrived_on)
    _check_not_before(movement, on)
    if movement.arrived_on is not None and on.isoformat() < movement.arrived_on:
        raise BadValue("move_before_arrival", on=on, arrived_on=movement.arrived_on)


def _check_not_before(movement: Movement, on: date) -> None:
    if movement.left is not None and on < movement.left.first:
        raise BadValue("move_before_leaving", on=on, left_on=movement.left_on)
