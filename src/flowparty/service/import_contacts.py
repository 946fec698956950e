"""Rows of a log of contacts, and of a list of aid: one service call each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flowparty.domain.aid import Kind, Purpose
from flowparty.domain.contacts import REACHED
from flowparty.domain.errors import BadValue
from flowparty.domain.outcomes import OTHER, another_answered, not_reached
from flowparty.domain.remarks import says_ended
from flowparty.intake.fields import kind_of
from flowparty.repository import aid as pots
from flowparty.repository import members
from flowparty.repository.codes import table
from flowparty.service import aid, contacts
from flowparty.service.import_people import People
from flowparty.service.import_rows import TELLS_WHO

if TYPE_CHECKING:
    from datetime import date, datetime

    from flowparty.intake.lists import ListRow
    from flowparty.repository.registry import Registry
    from flowparty.service.import_rows import RowResult


class _Simple:
    """What both share: everybody read once, and a day that must be a day."""

    reads_only = False

    def __init__(self, registry: Registry, *, today: date, prefer: str | None) -> None:
        """Read everybody once; a log only adds, so nothing needs preferring."""
        del prefer
        self._registry = registry
        self._today = today
        self._people = People(registry, today)

    def _day(self, values: dict[str, Any], name: str) -> date:
        given = values[name]
        if given is None or not given.is_day:
            raise BadValue("import_day_missing", field=name)
        day: date = given.first
        return day

    def finish(self) -> None:
        """Nothing is left: every row was written by itself."""


class ContactWriter(_Simple):
    """Records one attempt a row."""

    unkept = TELLS_WHO

    def take(self, result: RowResult, heard: datetime) -> None:
        """Record the attempt; how it was made is 其他 where the list has no known word for it.

        Raises:
            Problem: nobody or several are meant, no day, or membership has ended.
        """
        del heard
        values = result.row.values
        result.member = self._people.meant(result.row)
        recorded = contacts.add(
            self._registry,
            members.get(self._registry, result.member, on=self._today),
            on=self._day(values, "contacted_on"),
            method=table("contact_method").find(values["method"]) or "other",
            outcome=_outcome(result.row),
            by=values["by"],
            notes=_notes(values, self._people.facts[result.member]["mobile"]),
        )
        result.also("same" if recorded.repeated else "add")


def _outcome(row: ListRow) -> str:
    """What came of it; a log without such a column tells of those who were reached.

    Unless its words say otherwise: 空号 does surely. Flagged 其他: 关机，后来回电;
    somebody else answered; the member has died.

    Raises:
        BadValue: ``import_field_missing``: the column is there, and its cell is empty.
    """
    outcome: str | None = row.values["outcome"]
    if outcome is None and "outcome" in row.layout.columns:
        raise BadValue("import_field_missing", field="outcome")
    if outcome is not None:
        return outcome
    for field in ("notes", "remark"):
        words = row.values[field]
        said = not_reached(words)
        if said is not None and said.surely:
            return said.outcome
        if said is not None or another_answered(words) or says_ended(words):
            row.add_fault("value_unrecognised", "warn", field, words, why="remark_unclear")
            return OTHER
    return REACHED


def _notes(values: dict[str, Any], phone: str | None) -> str | None:
    """What was said, the remark, and the words about it that are no code of a table.

    ``phone``: the number recorded; repeated under 联系方式 it says nothing.
    """
    method, outcome = values["method"], values["outcome_words"]
    other = method and method != phone and table("contact_method").find(method) is None
    parts = dict.fromkeys((
        values["notes"],
        values["remark"],
        f"联系方式：{method}" if other else None,
        f"联系结果：{outcome}" if outcome else None,
    ))  # fmt: skip
    return "；".join(part for part in parts if part) or None


class AidWriter(_Simple):
    """Allocates one grant a row, from the pot the row names."""

    unkept = TELLS_WHO | {"remark", "returned"}

    def take(self, result: RowResult, heard: datetime) -> None:
        """Allocate; a second allocation to the same recipient from a pot is refused.

        Raises:
            Problem: nobody or several are meant, no day or purpose, no such pot, or no money in it.
        """
        del heard
        values = result.row.values
        result.member = self._people.meant(result.row)
        if values["purpose"] is None:
            if "purpose" in result.row.layout.columns:
                raise BadValue("import_field_missing", field="purpose")
            column = kind_of("aid").fields["purpose"].zh
            raise BadValue("import_column_missing", field="purpose", column=column)
        pot = pots.find_pot(self._registry, values["pot"]) if values["pot"] else None
        recorded = aid.allocate(
            self._registry,
            members.get(self._registry, result.member, on=self._today),
            pot,
            aid.NewGrant(
                purpose=Purpose(values["purpose"]),
                kind=Kind(values["aid_kind"] or Kind.FUNDS),
                amount_fen=values["amount_fen"] or 0,
                on=self._day(values, "allocated_on"),
                provider=values["provider"],
                project=values["project"],
            ),
            again=False,
        )
        result.also("same" if recorded.repeated else "add")
