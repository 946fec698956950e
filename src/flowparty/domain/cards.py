"""The life of a 《流动党员活动证》: issued, verified, reviewed, lost, reissued, handed in, void.

Source: the notice of 2006-12-08, in force 2007-01-01. The county assigns the number; the town
never invents one, and none is ever used twice. One live card a person.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from flowparty.domain.errors import BadValue, Conflict

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from flowparty.domain.ids import CardId, EventId, MemberId


class Kind(StrEnum):
    """What happens to a card; ``reissue`` is written on the old card, whose end it is."""

    ISSUE = "issue"
    VERIFY = "verify"
    REVIEW = "review"
    LOST = "lost"
    REISSUE = "reissue"
    HAND_IN = "hand_in"
    VOID = "void"


class State(StrEnum):
    """Where a card stands on a day."""

    IN_USE = "in_use"
    LOST = "lost"
    REPLACED = "replaced"
    HANDED_IN = "handed_in"
    VOID = "void"


STATE_AFTER = {
    Kind.ISSUE: State.IN_USE,
    Kind.LOST: State.LOST,
    Kind.REISSUE: State.REPLACED,
    Kind.HAND_IN: State.HANDED_IN,
    Kind.VOID: State.VOID,
}
_ALLOWED_FROM = {
    Kind.VERIFY: {State.IN_USE},
    Kind.REVIEW: {State.IN_USE},
    Kind.LOST: {State.IN_USE},
    Kind.REISSUE: {State.LOST},
    Kind.HAND_IN: {State.IN_USE, State.LOST},
    Kind.VOID: {State.IN_USE, State.LOST},
}
ENDS = frozenset({Kind.REISSUE, Kind.HAND_IN, Kind.VOID})
"""After one of these the card is not live any more."""


@dataclass(frozen=True, slots=True)
class CardEvent:
    """One dated event of a card: who did it, where, and what was found."""

    id: EventId
    card_id: CardId
    card_number: str
    member_id: MemberId
    member: str
    kind: Kind
    on: str
    place: str | None
    by: str | None
    findings: str | None


@dataclass(frozen=True, slots=True)
class Card:
    """A card with its holder and its events in order, oldest first."""

    id: CardId
    number: str
    member_id: MemberId
    member: str
    branch: str | None
    replaces: str | None
    events: tuple[CardEvent, ...]

    def state_on(self, day: date) -> State | None:
        """The state at the end of ``day``; None before it was issued."""
        state = None
        for event in self.events:
            if event.on <= day.isoformat():
                state = STATE_AFTER.get(event.kind, state)
        return state

    def last(self, kind: Kind, day: date) -> str | None:
        """The ISO day of the latest event of ``kind`` up to ``day``."""
        days = [e.on for e in self.events if e.kind is kind and e.on <= day.isoformat()]
        return days[-1] if days else None


def check_event(card: Card, kind: Kind, on: date) -> None:
    """Refuse an event that the card's life does not allow on that day.

    Raises:
        Conflict: ``card_lost`` (verifying one), ``card_not_lost`` (reissuing one in use),
            ``card_state_forbids`` (anything on an ended one).
        BadValue: ``card_event_order``: before its last event.
    """
    last = card.events[-1]
    if on.isoformat() < last.on:
        raise BadValue("card_event_order", card=card.number, on=on, last=last.on, kind=last.kind)
    state = card.state_on(on)
    if state not in _ALLOWED_FROM[kind]:
        if state is State.LOST:
            raise Conflict("card_lost", card=card.number, kind=kind)
        if state is State.IN_USE:
            raise Conflict("card_not_lost", card=card.number)
        raise Conflict("card_state_forbids", card=card.number, state=state, kind=kind)


def check_issue(on: str, others: Iterable[Card]) -> None:
    """Refuse a card from a day on which another one of its holder was live: one live card a person.

    ``on`` is the last day it may be, as ISO text. A card that ended on its first day never was one.

    Raises:
        Conflict: ``card_was_live``.
    """
    for card in others:
        first, last = card.events[0], card.events[-1]
        if last.kind in ENDS and first.on != last.on and on < last.on:
            raise Conflict(
                "card_was_live", member=card.member, card=card.number, on=on, until=last.on
            )


def check_number(number: str, pattern: str) -> str:
    """Return the number as it will be kept; the county's own pattern, if set, must fit.

    Raises:
        BadValue: ``card_number_missing``, ``card_number_pattern``.
    """
    kept = number.strip()
    if not kept:
        raise BadValue("card_number_missing")
    if pattern and not re.fullmatch(pattern, kept):
        raise BadValue("card_number_pattern", number=kept, pattern=pattern)
    return kept
