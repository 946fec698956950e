"""Of two people or two cards with one number, the one that is not kept ends here.

It stays the record of its office, whose next packages do not undo the end. Once the record that was
kept ends, there is nothing to leave out for.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from flowparty.domain.cards import Kind
from flowparty.domain.dates import PartialDate
from flowparty.domain.ids import CardId, MemberId
from flowparty.domain.members import OURS, Attribute, EndReason
from flowparty.domain.movements import away_days, first_together
from flowparty.domain.period import parse_period
from flowparty.repository import (
    cards,
    conflicts,
    doubles,
    incoming,
    left_out,
    members,
    movements,
    packages,
    settings,
)

if TYPE_CHECKING:
    from flowparty.repository.conflicts import MergeConflict
    from flowparty.repository.left_out import LeftOut
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
    loser = loser_of(found, keep)
    if found.kind == "card":
        _void_card(registry, CardId(loser), by, today, reason)
    elif members.get(registry, MemberId(loser), on=today).ended_on is None:
        day = _first_double(registry, loser, today) or _month_of(registry, found, today)
        _end_person(registry, MemberId(loser), day, today, reason)


def loser_of(found: MergeConflict, keep: str) -> int:
    """The member or card of a conflict that is not kept."""
    return int(found.row_id if keep == "theirs" else found.other_id or 0)


def keep_again(registry: Registry, loser: int, *, today: date) -> None:
    """Give a member who was left out the end again that the office says, or none."""
    known = left_out.of_member(registry, loser)
    if known is not None:
        _restore(registry, known, today)


def bring_back(registry: Registry, *, today: date) -> None:
    """Let whom we left out count again from the day on which the record that was kept has ended.

    Only where the person was transferred from there: who died or was expelled is nobody's. The
    decision has ended by itself, as an open conflict would have.
    """
    for known in left_out.everybody(registry):
        since = _nobody_else_since(registry, known.member)
        if since is None or (known.ended_on is not None and known.ended_on <= since):
            continue
        if since > known.day:
            for code, day in ((EndReason.TRANSFERRED.value, known.day), (OURS, since)):
                first = date.fromisoformat(day)
                members.set_state(registry, known.member, Attribute.MEMBERSHIP, code, first)
        _restore(registry, known, today)


def _nobody_else_since(registry: Registry, member: MemberId) -> str | None:
    """From which day no other record of the person counts; None: one does, or it went nowhere."""
    ends = {
        other: stretches[-1][1]
        for other, stretches in doubles.records_of(registry, member).items()
        if other != member and stretches
    }
    if not ends or None in ends.values():
        return None
    last = max(ends, key=lambda other: str(ends[other]))
    reason = members.get(registry, MemberId(last), on=date.max).end_reason
    return ends[last] if reason == EndReason.TRANSFERRED else None


def _restore(registry: Registry, known: LeftOut, today: date) -> None:
    ending = {"ended_on": known.ended_on, "end_reason": known.end_reason, "end_note": None}
    incoming.update(registry, "member", known.member, ending)
    left_out.forget(registry, known.member, today.isoformat())


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
