"""Rows of a register of activity cards: issued, verified, and how they ended."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from flowparty.domain.cards import ENDS, Kind, State, check_issue, check_number
from flowparty.domain.dates import PartialDate
from flowparty.domain.errors import Conflict
from flowparty.intake.card_events import names_number, read_card_remark, read_loss
from flowparty.intake.card_reader import DATED_ENDS
from flowparty.intake.cell_dates import read_date
from flowparty.repository import cards, settings
from flowparty.repository.codes import table
from flowparty.service.import_people import People
from flowparty.service.import_rows import TELLS_WHO, Changed

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date, datetime

    from flowparty.domain.cards import Card, CardEvent
    from flowparty.domain.ids import MemberId
    from flowparty.repository.registry import Registry
    from flowparty.service.import_rows import RowResult

_UNKNOWN_DAY = ""
"""An issue whose day the register does not give: before everything else that is known."""
_DAY_UNKNOWN = "（原表未写日期）"
_WITH_DAY = re.compile(r"^[0-9年月日./-]*[已于]?")


class CardWriter:
    """Issues cards and adds the events a register knows of; a day may stop at month or year."""

    reads_only = False
    unkept = TELLS_WHO | {"reason", "destination", "left_on"}

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
                another pattern; the member holds another live card, or held one then.
        """
        del heard
        values = result.row.values
        number = result.member = self._people.meant(result.row)
        text = check_number(values["card_number"] or "", self._pattern)
        card = self._issued(result, number, text)
        self._check(result, card, Kind.VERIFY, values["verified_on"], "verified_on")
        for kind, day in values["card_checks"]:
            self._check(result, card, kind, day, "remark")
        for kind, day, name in _ends(values):
            self._end(result, cards.get(self._registry, card.id, on=self._today), kind, day, name)
        self._remark(result, cards.get(self._registry, card.id, on=self._today))
        result.also("same")

    def _issued(self, result: RowResult, number: MemberId, text: str) -> Card:
        for card in cards.of_member(self._registry, number, on=self._today):
            if card.number == text:
                _flag_other_day(result, card)
                return card
        name = result.row.values["name"]
        self._require_free(number, name, text)
        issued: PartialDate | None = result.row.values["issued_on"]
        live = cards.live_of(self._registry, number, on=self._today)
        if live is not None:
            self._replace(result, live, text)
        elif issued is not None and result.row.values["card_event"] not in ENDS:
            others = cards.of_member(self._registry, number, on=self._today)
            check_issue(issued.last.isoformat(), others)
        card_id = cards.add(
            self._registry, number, text, replaces=None if live is None else live.id
        )
        cards.add_event(
            self._registry,
            card_id,
            Kind.ISSUE,
            on=_UNKNOWN_DAY if issued is None else issued,
            findings=result.row.values["card_words"],
        )
        result.also("add")
        return cards.get(self._registry, card_id, on=self._today)

    def _require_free(self, number: MemberId, name: str, text: str) -> None:
        self._people.require_living(number)
        if self._people.facts[number]["guest"]:
            raise Conflict("card_guest", member=name)
        holder = cards.number_used(self._registry, text)
        if holder is not None:
            raise Conflict("card_number_used", card=text, holder=holder)

    def _replace(self, result: RowResult, old: Card, text: str) -> None:
        """End a lost card by the one of this row, where either row says 补发.

        Raises:
            Conflict: ``card_live``: nobody says so.
        """
        values = result.row.values
        old = self._lose(result, old)
        told = any(
            event.kind is Kind.LOST and _names_next(event.findings or "", old.number, text)
            for event in old.events
        )
        lost = old.state_on(self._today) is State.LOST
        if not lost or not (told or values["card_event"] is Kind.REISSUE):
            raise Conflict("card_live", member=values["name"], card=old.number)
        issued = values["issued_on"]
        on = max(old.events[-1].on, "" if issued is None else str(issued))
        on = on or self._today.isoformat()
        cards.add_event(self._registry, old.id, Kind.REISSUE, on=on)
        cards.close(self._registry, old.id, _last_day(on))

    def _lose(self, result: RowResult, old: Card) -> Card:
        """The same card, lost if the remark on the one that takes its place says so: 原证001遗失.

        Not where more is known of the old card from after that.
        """
        values = result.row.values
        loss = read_loss(values["card_words"] or "", old.number)
        last, issued = old.events[-1].on, values["issued_on"]
        late = issued is not None and last > str(issued.last)
        lost = old.state_on(self._today) is State.LOST
        if loss is None or late or lost or values["card_event"] is not Kind.REISSUE:
            return old
        day = None if loss.on is None else read_date(loss.on, self._today).value
        findings = values["card_words"] + ("" if day else _DAY_UNKNOWN)
        on = max(last, str(day or "")) or self._today.isoformat()
        cards.add_event(self._registry, old.id, Kind.LOST, on=on, findings=findings)
        return cards.get(self._registry, old.id, on=self._today)

    def _check(
        self, result: RowResult, card: Card, kind: Kind, day: PartialDate | None, name: str
    ) -> None:
        """Add a check unless it is there, or a better known day of the same stands there."""
        on = str(day or "")
        if day is None or any(e.kind is kind and e.on.startswith(on) for e in card.events):
            return
        if on < card.events[0].on[: len(on)]:
            result.row.add_fault("date_order", "warn", name, on, why="card_before_issue")
            return
        cards.add_event(self._registry, card.id, kind, on=on)
        result.also("update")

    def _remark(self, result: RowResult, card: Card) -> None:
        """Keep words that stand at no event of the card yet, beside its issue."""
        said: str | None = result.row.values["card_words"]
        if said is None or any(_says(event, said) for event in card.events):
            return
        issue = next(event for event in card.events if event.kind is Kind.ISSUE)
        findings = "；".join(filter(None, (issue.findings, said)))
        cards.edit_findings(self._registry, issue.id, findings)
        result.changes.append(Changed("remark", issue.findings, findings))
        result.also("update")

    def _end(
        self, result: RowResult, card: Card, kind: Kind, day: PartialDate | None, name: str
    ) -> None:
        """Record a loss or an end; where the register gives no day, after all else it knows.

        A day before others that are known is flagged, and kept unless it lies before the issue.
        """
        stated = str(day or "")
        for event in card.events:
            if event.kind is kind:
                if not event.on.startswith(stated):
                    result.row.add_fault(
                        "issue_day_differs", "warn", name, stated, why="event_day_differs"
                    )
                return
        last = max(event.on for event in card.events) or self._today.isoformat()
        on = stated or last
        if on < last[: len(on)]:
            result.row.add_fault("date_order", "warn", name, stated, why="card_order")
        on = max(on, next(event.on for event in card.events if event.kind is Kind.ISSUE))
        words = result.row.values["card_words"] or ""
        findings = words if day is not None else f"{words}{_DAY_UNKNOWN}"
        cards.add_event(self._registry, card.id, kind, on=on, findings=findings or None)
        if kind in ENDS:
            cards.close(self._registry, card.id, _last_day(on))
        result.also("update")

    def finish(self) -> None:
        """Nothing is left: every row was written by itself."""


def _ends(values: dict[str, Any]) -> Iterator[tuple[Kind, PartialDate | None, str]]:
    """What ended the card of a row, with its day and the field that says so.

    First what has a column of its own. 补发 is no end: the number listed is the card in force.
    """
    ending: Kind | None = values["card_event"]
    if ending is Kind.REISSUE:
        return
    for name, kind in DATED_ENDS.items():
        if values[name] is not None:
            yield kind, values[name], name
    told = any(values[name] for name, kind in DATED_ENDS.items() if kind is ending)
    if ending is not None and not told:
        yield ending, values["card_event_on"], "remark" if values["remark"] else "card_state"


def _flag_other_day(result: RowResult, card: Card) -> None:
    """The day of issue that is recorded stays; a register that has another one is told so."""
    issued: PartialDate | None = result.row.values["issued_on"]
    recorded = next(event.on for event in card.events if event.kind is Kind.ISSUE)
    if issued is not None and not recorded.startswith(str(issued)):
        result.row.add_fault("issue_day_differs", "warn", "issued_on", str(issued))


def _says(event: CardEvent, remark: str) -> bool:
    """Whether an event says what a remark does: in its findings, or by being it (2026.9交回)."""
    is_it = table("card_event").find(_WITH_DAY.sub("", remark)) == event.kind
    return is_it or remark in (event.findings or "")


def _names_next(remark: str, number: str, following: str) -> bool:
    """Whether a remark on a card says that another one took its place."""
    said = read_card_remark(remark, number).replaced_by
    return said is not None and names_number(said, following)


def _last_day(on: str) -> date:
    return PartialDate.from_iso(on).last
