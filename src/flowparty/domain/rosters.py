"""What a row of a roster says of a return, and of which recorded movement it speaks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from flowparty.domain.dates import PartialDate
from flowparty.domain.movements import NEVER_ARRIVED, Direction, State

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Trip:
    """A time away as a list tells it; ``back`` None: still away, or the list does not say."""

    left: PartialDate | None
    back: date | None
    place: tuple[str | None, str | None]
    """Words and code."""


def is_back(values: Mapping[str, Any]) -> bool:
    """Whether a row says that somebody is back; 否 beside a day of return does not."""
    told: bool | None = values["returned"]
    return values["returned_on"] is not None if told is None else told


def day_back(values: Mapping[str, Any]) -> date | None:
    """The day of the return that a row tells of; None if it tells of none, or not to the day."""
    on: PartialDate | None = values["returned_on"]
    return on.first if on is not None and on.is_day and is_back(values) else None


def spoken_of(trip: Trip, moves: Sequence[Row]) -> Row | None:
    """The movement of one member that a row speaks of; None: one that is not recorded.

    A village's list goes on naming those who came home. So who is away by the list since a day on
    which a recorded movement may have begun, or since nobody says when, is away on that movement,
    be it over; only a day after its end tells of another one. A newer one that is open goes before,
    unless the row's own day is that of the older.
    """
    out = [move for move in moves if move["direction"] == Direction.OUT]
    still = next((move for move in out if move["ended_on"] is None), None)
    over = next((move for move in reversed(out) if _is_over(trip, move)), None)
    if still is None or (trip.back is not None and over is not None):
        return over
    if _ended_before(trip, still):
        return None
    return still if over is None or trip.left is None or _same_day(trip, still) else over


def _is_over(trip: Trip, move: Row) -> bool:
    """Whether a movement has ended and a row speaks of it; who moved on is away still."""
    if move["ended_on"] is None or move["outcome"] == State.ONWARD:
        return False
    if trip.back is not None:
        return (move["ended_on"], move["outcome"]) == (trip.back.isoformat(), State.RETURNED)
    if move["outcome"] in NEVER_ARRIVED:
        left = None if trip.left is None else str(trip.left)
        known = move["left_on"], (move["destination_text"], move["destination_code"])
        return known == (left, trip.place)
    begun = trip.left is None or trip.left.first.isoformat() < move["ended_on"]
    return begun and (trip.left is None or move["left_on"] is None or _same_day(trip, move))


def _same_day(trip: Trip, move: Row) -> bool:
    """Whether both may have begun on one day, as exactly as each is known."""
    if trip.left is None or move["left_on"] is None:
        return False
    known = PartialDate.from_iso(move["left_on"])
    return trip.left.first <= known.last and known.first <= trip.left.last


def _ended_before(trip: Trip, move: Row) -> bool:
    """Whether a row tells of a whole time away before a movement began."""
    if trip.left is None or trip.back is None or move["left_on"] is None:
        return False
    return trip.back <= PartialDate.from_iso(move["left_on"]).first
