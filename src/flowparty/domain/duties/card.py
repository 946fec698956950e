"""Cards to issue, replace, verify, review and take back.

Source: notice of 2006-12-08: handed in on return, reviewed once a year, replaced when lost.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from dateutil.relativedelta import relativedelta

from flowparty.domain.cards import Kind as Event
from flowparty.domain.cards import State
from flowparty.domain.duties.duty import Ask, Duty, Kind
from flowparty.domain.movements import over_day

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from flowparty.domain.cards import Card
    from flowparty.domain.ledger import Away


@dataclass(frozen=True, slots=True)
class HeldCard:
    """A live card, and since when its holder is home again or no member (None: neither)."""

    card: Card
    home_on: str | None


def card_not_issued(facts: Iterable[Away], on: date, threshold_months: int) -> Iterator[Duty]:
    """应持证 without a card: since the member was away for the threshold."""
    del on
    for one in facts:
        if one.lacking in ("not_issued", "pending"):
            since = over_day(one.left, threshold_months)
            yield Duty(
                Kind.CARD_NOT_ISSUED,
                f"M{one.member_id}",
                str(since or ""),
                one.name,
                one.branch,
                since,
                None,
                ("card", "issue", f"M{one.member_id}", "--number", Ask.NUMBER),
                {"left": str(one.left) if one.left else None},
            )


def card_lost(facts: Iterable[HeldCard], on: date) -> Iterator[Duty]:
    """A card reported lost, of somebody away, that was not replaced: since the day of the loss."""
    for one in facts:
        lost_on = one.card.last(Event.LOST, on)
        if one.home_on is None and lost_on and one.card.state_on(on) is State.LOST:
            yield _of(one.card, Kind.CARD_LOST, lost_on, None, "reissue", "--number", Ask.NUMBER)


def card_unverified(facts: Iterable[HeldCard], on: date, months: int) -> Iterator[Duty]:
    """A card in use that nobody has verified since its issue, so many months after it."""
    for one in facts:
        due = _after(one.card.last(Event.ISSUE, on), months)
        if _in_use(one, on) and one.card.last(Event.VERIFY, on) is None and due <= on:
            yield _of(one.card, Kind.CARD_UNVERIFIED, str(due), None, "verify")


def card_review(facts: Iterable[HeldCard], on: date, months: int) -> Iterator[Duty]:
    """A card in use whose review is due: a year after the last one, or after its issue."""
    for one in facts:
        last = one.card.last(Event.REVIEW, on) or one.card.last(Event.ISSUE, on)
        due = _after(last, months)
        if _in_use(one, on) and due <= on:
            yield _of(one.card, Kind.CARD_REVIEW, str(due), due, "review", last=last)


def card_home(facts: Iterable[HeldCard], on: date) -> Iterator[Duty]:
    """A live card whose holder came home: to be handed in since that day."""
    del on
    for one in facts:
        if one.home_on is not None:
            yield _of(one.card, Kind.CARD_HOME, one.home_on, None, "hand-in")


def _in_use(one: HeldCard, on: date) -> bool:
    return one.home_on is None and one.card.state_on(on) is State.IN_USE


def _after(day: str | None, months: int) -> date:
    return date.max if day is None else date.fromisoformat(day) + relativedelta(months=months)


def _of(
    card: Card, kind: Kind, since: str, by: date | None, *words: str, last: str | None = None
) -> Duty:
    facts: Mapping[str, str | None] = {"card": card.number, "last": last}
    verb, *more = words
    return Duty(
        kind,
        f"C{card.id}",
        since,
        card.member,
        card.branch,
        date.fromisoformat(since),
        by,
        ("card", verb, f"C{card.id}", *more),
        facts,
    )
