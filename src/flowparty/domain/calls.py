"""The month's calls: who is rung up first, what is told of each, and what to ask this time.

Source: the branch secretary contacts every member away once a month (联系驻外党员制度).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flowparty.domain.cards import Card, Kind
from flowparty.domain.cards import State as CardState
from flowparty.domain.meetings import unexplained
from flowparty.domain.needs import CONFIDENTIAL, Need
from flowparty.domain.needs import State as NeedState

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from flowparty.domain.contacts import Contact, Owed
    from flowparty.domain.ids import ContactId
    from flowparty.domain.masking import Masked
    from flowparty.domain.movements import Movement

WRONG_NUMBER = "wrong_number"
QUESTIONS = ("phone", "left_on", "destination", "arrived", "card", "survey")
"""What may have to be asked, in the order of asking: codes of table ``call_question``."""


@dataclass(frozen=True, slots=True)
class Call:
    """One line of the call list; ``said`` is None where nothing was said or it may not be told."""

    owed: Owed
    phone: Masked | None
    movement: Movement
    last: Contact | None
    said: str | None
    needs: tuple[Need, ...]
    questions: tuple[str, ...]


def told(needs: Iterable[Need], day: date) -> tuple[Need, ...]:
    """The needs a call list may name: not closed, and never a rights case or a dispute.

    The list lies on a desk; those two are told in person [design, purpose limits].
    """
    return tuple(
        need
        for need in needs
        if need.kind not in CONFIDENTIAL and need.state_on(day) not in (None, NeedState.CLOSED)
    )


def withheld(needs: Iterable[Need]) -> set[ContactId]:
    """The contacts whose notes a call list leaves out: rights cases and disputes arose there."""
    return {
        need.contact_id
        for need in needs
        if need.kind in CONFIDENTIAL and need.contact_id is not None
    }


def questions(
    movement: Movement,
    *,
    phone: Masked | None,
    latest: Contact | None,
    card: Card | None,
    survey_due: bool,
    on: date,
) -> tuple[str, ...]:
    """What to ask somebody this time, in the order of asking.

    Args:
        movement: the open movement; a day of leaving known to the month only is asked for too.
        phone: the number on record.
        latest: the last attempt; a wrong number calls for a new one.
        card: the latest card; one in use that nobody ever verified is to be seen.
        survey_due: whether an open survey round still lacks this person's outcome.
        on: the day of the list.
    """
    unknown = unexplained(movement)
    asked = {
        "phone": phone is None or (latest is not None and latest.outcome == WRONG_NUMBER),
        "left_on": movement.left is None or not movement.left.is_day,
        "destination": "destination" in unknown,
        "arrived": "arrived" in unknown,
        "card": _unverified(card, on),
        "survey": survey_due,
    }
    return tuple(name for name in QUESTIONS if asked[name])


def _unverified(card: Card | None, on: date) -> bool:
    in_use = card is not None and card.state_on(on) is CardState.IN_USE
    return in_use and card is not None and card.last(Kind.VERIFY, on) is None


def in_order(calls: Iterable[Call]) -> list[Call]:
    """Those owed a contact this month first; each part as it came, by branch and name."""
    return sorted(calls, key=lambda call: not call.owed.owed)
