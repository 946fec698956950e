"""What a list is about to do to the registry, row by row."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol

from flowparty.domain.dates import PartialDate, china_day
from flowparty.domain.errors import Conflict, Problem
from flowparty.domain.members import Attribute
from flowparty.intake.cells import read_free
from flowparty.repository.said import Said

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

    from flowparty.domain.ids import MemberId
    from flowparty.intake.lists import ListRow
    from flowparty.repository.people import Facts
    from flowparty.repository.registry import Registry

_COUNTY = 6
_STATES = {
    "branch_id": Attribute.BRANCH,
    "category": Attribute.CATEGORY,
    "standing": Attribute.STANDING,
}
NOT_FILLED_IN = "not_filled_in"
TELLS_WHO = frozenset({"sex", "birth_date", "age", "education", "mobile", "landline"})
"""What most lists say of a person only so that one knows who is meant; members' lists keep it."""


@dataclass(frozen=True, slots=True)
class Changed:
    """One field that a row changes: what stands there, and what will."""

    field: str
    old: Any
    new: Any


@dataclass(slots=True)
class RowResult:
    """A row and what becomes of it: ``add``, ``update``, ``same``, or None where it is refused."""

    row: ListRow
    path: str
    member: MemberId | None = None
    action: str | None = None
    changes: list[Changed] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    @property
    def refused(self) -> bool:
        """Whether the row is not taken: for what it says, or for what the records say."""
        return bool(self.problems) or self.row.rejected

    @property
    def flagged(self) -> bool:
        """Whether it is taken, but somebody should look at it."""
        return not self.refused and any(f.level == "warn" for f in self.row.faults)

    @property
    def is_blank(self) -> bool:
        """Whether nobody has filled it in yet; it is neither recorded nor refused."""
        faults = self.row.faults
        return bool(faults) and any(fault.code == NOT_FILLED_IN for fault in faults)

    def also(self, action: str) -> None:
        """Take one more effect into the action: what adds anything adds, what changes updates."""
        ranks = ("same", "update", "add")
        if self.action is None or ranks.index(action) > ranks.index(self.action):
            self.action = action


class Writer(Protocol):
    """Writes the rows of one kind of list."""

    unkept: frozenset[str]
    """Fields that are read, and perhaps compared, but have no place in the records."""
    reads_only: bool
    """Whether ``take`` writes nothing, so that a dry run needs no transaction."""

    def take(self, result: RowResult, heard: datetime) -> None:
        """Decide, and write, what a row means; ``heard``: how old the list's facts are.

        Raises:
            Problem: the records forbid it.
        """

    def finish(self) -> None:
        """Write what is written for all rows together."""


class Comparer:
    """Says what a row changes of a record, and refuses what was said after the list was made."""

    def __init__(self, registry: Registry, prefer: str | None) -> None:
        """``prefer``: whose word counts in a conflict; None refuses the row."""
        self._said = Said(registry)
        self._prefer = prefer

    def changes(
        self, entity: str, stored: Facts, given: Mapping[str, Any], heard: datetime
    ) -> list[Changed]:
        """The fields of a record that a row changes; a blank cell never erases.

        A date known less exactly than the one recorded is no change.

        Args:
            entity: the table.
            stored: the record by column.
            given: column → value; dates as dates, to be told from text.
            heard: how old the list's facts are.

        Raises:
            Conflict: ``import_older``: a field was typed, or said by another list, after that.
        """
        found = [
            Changed(name, stored[name], _stored(value))
            for name, value in given.items()
            if value is not None and not _repeats(value, stored[name])
        ]
        return [
            change
            for change in found
            if change.old is None or self.may_replace(entity, stored["id"], change.field, heard)
        ]

    def may_replace(
        self, entity: str, row: int, column: str, heard: datetime, field: str | None = None
    ) -> bool:
        """Whether a list may say something else of a fact than the records.

        Args:
            entity: the table.
            row: the record.
            column: the fact.
            heard: how old the list's facts are.
            field: what the message names; None: the column.

        Raises:
            Conflict: ``import_older``: it was typed, or said by another list, after that.
        """
        if self._prefer == "file":
            return True
        said = self._said_at(entity, row, column)
        if said is None or said <= heard:
            return True
        if self._prefer is None:
            on = china_day(said.isoformat())
            raise Conflict("import_older", field=field or column, on=on)
        return False

    def _said_at(self, entity: str, row: int, column: str) -> datetime | None:
        """Since when a fact stands; a member's dated values are rows of their own."""
        attribute = _STATES.get(column) if entity == "member" else None
        if attribute is None:
            return self._said.field(entity, row, column)
        return self._said.state(row, attribute)

    def require_newer(
        self, past: Iterable[Facts], column: str, since: str | None, heard: datetime
    ) -> bool:
        """Whether a list may begin a movement beside those that have ended.

        Args:
            past: the movements of one person.
            column: the list's column that says somebody is away, for the message.
            since: the day of going away as the list has it.
            heard: how old the list's facts are.

        Returns:
            False where the registry's word counts and the row begins nothing.

        Raises:
            Conflict: ``import_older``: they came back after the list was made.
        """
        day = heard.date().isoformat()
        for move in past:
            back = move["ended_on"]
            if back is None or back <= day or self._prefer == "file" or (since and since > back):
                continue
            if self._prefer is None:
                raise Conflict("import_older", field=column, on=back)
            return False
        return True

    def may_follow(self, on: str, column: str) -> bool:
        """Whether a list may go before what happened on a later day, which is recorded.

        Raises:
            Conflict: ``import_older``.
        """
        if self._prefer is None:
            raise Conflict("import_older", field=column, on=on)
        return self._prefer == "file"

    def place_changes(
        self, stored: Facts, text: str | None, code: str | None, heard: datetime
    ) -> list[Changed]:
        """What a row changes of where somebody is; words and code are one fact.

        The same place in other words, or a province of the county recorded, is no change.

        Raises:
            Conflict: as :meth:`changes`.
        """
        known = stored["destination_code"]
        if text is None or (code and known and known.startswith(_stem(code))):
            return []
        given = {"destination_text": text, "destination_code": code}
        found = self.changes("movement", stored, given, heard)
        if code is None and known is not None and found:
            found.append(Changed("destination_code", known, None))
        return found


def attempted_on(result: RowResult) -> str:
    """When a survey's row was tried; of two attempts in a list the later must be written last."""
    return str(result.row.values.get("surveyed_on") or "")


def flag_over(row: ListRow, column: str, move: Facts, heard: datetime) -> None:
    """Flag who is away by a list and came home before it was made; the records are left."""
    if move["ended_on"] <= heard.date().isoformat():
        days = f"{move['left_on'] or ''}—{move['ended_on']}"
        row.add_fault("move_over", "warn", column, candidates=[days])


def _stem(code: str) -> str:
    """A code without the zeros that only fill it up."""
    return re.sub(r"(?:00)+$", "", code) if len(code) == _COUNTY else code


def _repeats(value: Any, stored: Any) -> bool:
    """Whether a value says no more than the one recorded.

    A date may be its beginning (1980-03 of 1980-03-05), a text may lack the blanks around it.
    """
    if isinstance(value, PartialDate):
        return stored is not None and f"{stored}-".startswith(f"{value}-")
    if value == stored or not isinstance(value, str) or not isinstance(stored, str):
        return bool(value == stored)
    return read_free(stored).value == value


def _stored(value: Any) -> Any:
    """A value as its column has it."""
    if isinstance(value, PartialDate):
        return str(value)
    return int(value) if isinstance(value, bool) else value
