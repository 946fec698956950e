"""Activity cards: issue, the yearly checks, loss, reissue, and their end."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flowparty.domain.cards import ENDS, CardEvent, Kind, check_event, check_issue, check_number
from flowparty.domain.errors import BadValue, Conflict
from flowparty.repository import cards, members, settings
from flowparty.service.living import living
from flowparty.service.recorded import Recorded

if TYPE_CHECKING:
    from datetime import date

    from flowparty.domain.cards import Card
    from flowparty.domain.members import Member
    from flowparty.repository.registry import Registry


def issue(
    registry: Registry, member: Member, number: str, *, on: date, by: str | None, place: str | None
) -> Recorded[CardEvent]:
    """Give a member a card whose number the county assigned.

    Raises:
        BadValue: the number is empty or not of the county's pattern.
        Conflict: the number was used before, the member holds a live card or held one that day, is
            a guest or has ended.
    """
    number = check_number(number, settings.load(registry).card_number_pattern)
    with registry.write():
        member = living(registry, member, on=on)
        live = cards.live_of(registry, member.id, on=on)
        if live is not None and live.number == number and live.events[0].on == on.isoformat():
            return Recorded(live.events[0], repeated=True)
        if member.guest:
            raise Conflict("card_guest", member=member.name)
        _require_unused(registry, number)
        if live is not None:
            raise Conflict("card_live", member=member.name, card=live.number)
        check_issue(on.isoformat(), cards.of_member(registry, member.id, on=on))
        card = cards.add(registry, member.id, number)
        return Recorded(cards.add_event(registry, card, Kind.ISSUE, on=on, place=place, by=by))


def _require_unused(registry: Registry, number: str) -> None:
    holder = cards.number_used(registry, number)
    if holder is not None:
        raise Conflict("card_number_used", card=number, holder=holder)


def record(
    registry: Registry,
    card: Card,
    kind: Kind,
    *,
    on: date,
    by: str | None,
    place: str | None = None,
    findings: str | None = None,
    again: bool = False,
) -> Recorded[CardEvent]:
    """Write one event in a card's life: verify, review, lost, hand in or void.

    The same event with the same findings on the same day is not written twice, unless ``again``.

    Raises:
        Conflict, BadValue: the card's life does not allow it on that day.
    """
    with registry.write():
        card = cards.get(registry, card.id, on=on)
        same = cards.same_event(registry, card.id, kind, on=on, findings=findings)
        if same is not None and not again:
            return Recorded(same, repeated=True)
        check_event(card, kind, on)
        event = cards.add_event(
            registry, card.id, kind, on=on, place=place, by=by, findings=findings
        )
        if kind in ENDS:
            cards.close(registry, card.id, on)
        return Recorded(event)


def reissue(
    registry: Registry, card: Card, number: str, *, on: date, by: str | None, place: str | None
) -> Recorded[CardEvent]:
    """补发: the lost card ends and the new one, numbered by the county, names it.

    Returns the ``issue`` event of the new card.

    Raises:
        BadValue: the number is the old one, empty, or not of the county's pattern.
        Conflict: the old card was not reported lost, or the number was used before.
    """
    number = check_number(number, settings.load(registry).card_number_pattern)
    with registry.write():
        card = cards.get(registry, card.id, on=on)
        for other in cards.of_member(registry, card.member_id, on=on):
            if other.number == number and other.replaces is not None:
                return Recorded(other.events[0], repeated=True)
        if card.number == number:
            raise BadValue("card_number_same", card=number)
        living(registry, members.get(registry, card.member_id, on=on), on=on)
        check_event(card, Kind.REISSUE, on)
        _require_unused(registry, number)
        cards.add_event(registry, card.id, Kind.REISSUE, on=on, place=place, by=by)
        cards.close(registry, card.id, on)
        new = cards.add(registry, card.member_id, number, replaces=card.id)
        return Recorded(cards.add_event(registry, new, Kind.ISSUE, on=on, place=place, by=by))
