"""Correcting a movement that is over: which one is meant, and what its end may become."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flowparty.domain.errors import BadValue, Conflict
from flowparty.domain.movements import Movement, State, check_ending

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date


def last_ended(past: Iterable[Movement]) -> Movement | None:
    """Of one member's movements the one that ended last."""
    over = [one for one in past if one.ended_on is not None]
    return max(over, key=lambda one: (one.ended_on, one.id), default=None)


def began_then(past: Iterable[Movement], began: str) -> Movement | None:
    """The one recorded as begun then; empty: since nobody knows when. Of several the latest."""
    found = [one for one in past if (one.left_on or "") == began]
    return found[-1] if found else None


def never_went(movement: Movement) -> date:
    """The day on which a movement ends that never was: the day it began, so that it counts on none.

    Raises:
        BadValue: ``move_withdraw_day``: nobody knows when it began, so it counts since ever.
    """
    if movement.left is None:
        raise BadValue("move_withdraw_day", member=movement.member)
    return movement.left.first


def check_end(movement: Movement, on: date | None) -> None:
    """Refuse another day of the end, or that there was none (None), where it cannot be.

    Raises:
        Conflict: ``move_not_ended``; ``move_ended_with_member``: the membership's end ended it;
            ``move_ended_onward``: the next one begins that day.
        BadValue: ``move_before_leaving``, ``move_before_arrival``.
    """
    if movement.outcome is None:
        raise Conflict("move_not_ended", member=movement.member)
    outcome = State(movement.outcome)
    if outcome in (State.TRANSFERRED, State.ENDED):
        raise Conflict("move_ended_with_member", member=movement.member, on=movement.ended_on)
    if on is not None and outcome is State.ONWARD:
        raise Conflict("move_ended_onward", member=movement.member, on=movement.ended_on)
    if on is not None:
        check_ending(movement, outcome, on)
