"""Rows of a register of activity cards: issued, verified, and how they ended."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from flowparty.domain.cards import ENDS, Kind, check_number
from flowparty.domain.dates import PartialDate, parse_partial
from flowparty.domain.errors import BadValue, Conflict
from flowparty.repository import cards, settings
from flowparty.service.import_people import People

if TYPE_CHECKING:
    from datetime import date, datetime

    from flowparty.domain.cards import Card
    from flowparty.domain.ids import MemberId
    from flowparty.repository.registry import Registry
    from flowparty.service.import_rows import RowResult

_UNKNOWN_DAY = ""
"""An issue whose day the register does not give: before everything else that is known."""
_DAY_UNKNOWN = "（原表未写日期）"


class CardWriter:
    """Issues cards and adds the events a register knows of; a day may stop at month or year."""

    reads_only = False

    def __init__(self, registry: Registry, *, today: date, prefer: str | None) -> None:
        """Read everybody once; a register has no facts in which it could be preferred."""
        del prefer
        self._registry = registry
        self._today = today
        self._people = People(registry, today)
        self._pattern = settings.load(registry).card_number_pattern

    def take(self, result: RowResult, heard: datetime) -> None:
        """Issue the card if it is new, then add the verification and the end.

        Raises:
            Problem: nobody or several are meant; the number is missing, somebody else's, or of
                another pattern; the member holds another live card.
        """
        del heard
        values = result.row.values
        number = result.member = self._people.meant(result.row)
        text = check_number(values["card_number"] or "", self._pattern)
        card = self._issued(result, number, text)
        verified: PartialDate | None = values["verified_on"]
        if verified is not None:
            self._event(result, card, Kind.VERIFY, str(verified), None)
        ending = values["card_event"]
        if ending in (Kind.LOST, Kind.HAND_IN, Kind.VOID):
            self._end(result, cards.get(self._registry, card.id, on=self._today), Kind(ending))
        result.also("same")

    def _issued(self, result: RowResult, number: MemberId, text: str) -> Card:
        for card in cards.of_member(self._registry, number, on=self._today):
            if card.number == text:
                return card
        name = result.row.values["name"]
        self._require_free(number, name, text)
        issued: PartialDate | None = result.row.values["issued_on"]
        card_id = cards.add(self._registry, number, text)
        cards.add_event(
            self._registry,
            card_id,
            Kind.ISSUE,
            on=_UNKNOWN_DAY if issued is None else issued,
            findings=result.row.values["remark"],
        )
        result.also("add")
        return cards.get(self._registry, card_id, on=self._today)

    def _require_free(self, number: MemberId, name: str, text: str) -> None:
        facts = self._people.facts[number]
        if facts["ended_on"] is not None:
            raise Conflict(
                "member_ended",
                member=name,
                label=f"M{number}",
                on=facts["ended_on"],
                reason=facts["end_reason"],
            )
        if facts["guest"]:
            raise Conflict("card_guest", member=name)
        holder = cards.number_used(self._registry, text)
        if holder is not None:
            raise Conflict("card_number_used", card=text, holder=holder)
        live = cards.live_of(self._registry, number, on=self._today)
        if live is not None:
            raise Conflict("card_live", member=name, card=live.number)

    def _event(
        self, result: RowResult, card: Card, kind: Kind, on: str, findings: str | None
    ) -> None:
        """Add an event unless it is there, or a better known day of the same stands there."""
        if any(e.kind is kind and e.on.startswith(on) for e in card.events):
            return
        if on < card.events[0].on[: len(on)]:
            result.row.add_fault("date_order", "warn", "verified_on", on)
            return
        cards.add_event(self._registry, card.id, kind, on=on, findings=findings)
        result.also("update")

    def _end(self, result: RowResult, card: Card, kind: Kind) -> None:
        """Record a loss or an end; where the register gives no day, after all else it knows."""
        if any(event.kind is kind for event in card.events):
            return
        remark: str = result.row.values["remark"]
        stated = _day_in(remark, self._today)
        last = max(event.on for event in card.events) or self._today.isoformat()
        on = last if stated is None or str(stated) < last[: len(str(stated))] else str(stated)
        findings = remark if stated is not None else f"{remark}{_DAY_UNKNOWN}"
        cards.add_event(self._registry, card.id, kind, on=on, findings=findings)
        if kind in ENDS:
            cards.close(self._registry, card.id, _last_day(on))
        result.also("update")

    def finish(self) -> None:
        """Nothing is left: every row was written by itself."""


def _last_day(on: str) -> date:
    return PartialDate.from_iso(on).last


def _day_in(remark: str, today: date) -> PartialDate | None:
    """The date a remark begins with: 2026.9交回."""
    found = re.match(r"\s*([0-9]{4}[-./年0-9月日]*)", remark)
    try:
        return None if found is None else parse_partial(found[1], today)
    except BadValue:
        return None
