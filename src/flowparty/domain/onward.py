"""Moving on: from one place to another without coming home between, so the months run on.

It is two movements: the first ends on the day (``onward``) on which the second begins, since the
host, its contact and the arrival are another's too. Whoever moves on is away since he left home
[2019 条例 art. 32: six months running].
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flowparty.domain.errors import BadValue
from flowparty.domain.movements import Movement, State

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    Row = Mapping[str, Any]


def away_since(move: Row, moves: Iterable[Row]) -> str | None:
    """When somebody left home, by one of his movements and all of them; None: nobody knows."""
    before = {one["ended_on"]: one for one in moves if one["outcome"] == State.ONWARD}
    while (earlier := before.pop(move["left_on"], None)) is not None:
        move = earlier
    left: str | None = move["left_on"]
    return left


def before(move: Movement, past: Iterable[Movement]) -> Movement | None:
    """Of one member's movements the one that went on as this one, if any."""
    return next(
        (
            one
            for one in past
            if one.outcome == State.ONWARD and one.ended_on == move.left_on and one.id != move.id
        ),
        None,
    )


def check_onward(movement: Movement, on: date) -> None:
    """Refuse moving on before the first day away is over: then the place was another.

    Raises:
        BadValue: ``move_onward_first``.
    """
    if movement.left is not None and on <= movement.left.first:
        raise BadValue("move_onward_first", member=movement.member, left_on=movement.left_on)
