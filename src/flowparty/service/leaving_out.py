"""Of two people or two cards with one number, the one that is not kept ends here.

It stays the record of its office, whose next packages do not undo the end.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from flowparty.domain.cards import Kind
from flowparty.domain.dates import PartialDate
from flowparty.domain.ids import CardId, MemberId
from flowparty.domain.members import EndReason
from flowparty.domain.movements import away_days, first_together
from flowparty.domain.period import parse_period
from flowparty.repository import (
    cards,
    conflicts,
    doubles,
    incoming,
    members,
    movements,
    packages,
    settings,
)

if TYPE_CHECKING:
    from datetime import date

    from flowparty.repository.conflicts import MergeConflict
    from flowparty.repository.registry import Registry


def leave_out(
    registry: Registry,
    found: MergeConflict,
    keep: str,
    *,
    by: str | None,
    today: date,
    reason: str,
) -> None:
    """End the person, or make the card void, that is not kept; what has ended stays as it is."""
    loser = int(found.row_id if keep == "theirs" else found.other_id or 0)
    if found.kind == "card":
        _void_card(registry, CardId(loser), by, today, reason)
    elif members.get(registry, MemberId(loser), on=today).ended_on is None:
        day = _first_double(registry, loser, today) or _month_of(registry, found, today)
        _end_person(registry, MemberId(loser), day, today, reason)


def _first_double(registry: Registry, loser: int, today: date) -> date | None:
    """The first day on which a record and any other of the same person's are away."""
    days = {
        one: away_days(movements.of_member(registry, MemberId(one), on=today), belonging)
        for one, belonging in doubles.records_of(registry, loser).items()
    }
    mine = days.pop(loser)
    return first_together(mine, [day for others in days.values() for day in others])


def _month_of(registry: Registry, found: MergeConflict, today: date) -> date:
    """The first day of the month whose package made one person two."""
    brought = packages.received_by_digest(registry, found.package)
    if brought is None:
        return today
    return parse_period(brought.period).start(settings.load(registry).cutoff_day)


def _end_person(registry: Registry, loser: MemberId, day: date, today: date, reason: str) -> None:
    """End a membership from the first day on which the person would count as two.

    Before it each of the two records says where the person was.
    """
    ending = {"ended_on": day.isoformat(), "end_reason": EndReason.TRANSFERRED.value}
    incoming.update(registry, "member", loser, {**ending, "end_note": reason})
    for name, value in ending.items():
        conflicts.remember(registry, "member", loser, name, value, on=today.isoformat())


def _void_card(registry: Registry, loser: CardId, by: str | None, today: date, reason: str) -> None:
    """Make a card void from its first day: its number was never its holder's.

    A number without a day of issue is void from before everything known, and not live from today.
    """
    card = cards.get(registry, loser, on=today)
    live = cards.live_of(registry, card.member_id, on=today) == card
    first = min((event.on for event in card.events), default="")
    cards.add_event(registry, loser, Kind.VOID, on=first, by=by, findings=reason)
    if live:
        day = (PartialDate.from_iso(first).first if first else today).isoformat()
        incoming.update(registry, "card", loser, {"closed_on": day})
        conflicts.remember(registry, "card", loser, "closed_on", day, on=today.isoformat())
