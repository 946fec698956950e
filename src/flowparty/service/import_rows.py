"""What a list is about to do to the registry, row by row, and who is meant by a row."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol

from flowparty.domain.dates import PartialDate
from flowparty.domain.errors import Conflict, NotFound, Problem
from flowparty.domain.identity import age_on
from flowparty.domain.members import Attribute
from flowparty.domain.text import name_key
from flowparty.intake.cells import read_free
from flowparty.repository import orgs, people

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date, datetime

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
_AGE_TOLERANCE = 1
"""Ages are counted in full years by some and in calendar years (虚岁) by others."""


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

    def also(self, action: str) -> None:
        """Take one more effect into the action: what adds anything adds, what changes updates."""
        ranks = ("same", "update", "add")
        if self.action is None or ranks.index(action) > ranks.index(self.action):
            self.action = action


class Writer(Protocol):
    """Writes the rows of one kind of list."""

    reads_only: bool
    """Whether ``take`` writes nothing, so that a dry run needs no transaction."""

    def take(self, result: RowResult, heard: datetime) -> None:
        """Decide, and write, what a row means; ``heard``: how old the list's facts are.

        Raises:
            Problem: the records forbid it.
        """

    def finish(self) -> None:
        """Write what is written for all rows together."""


class People:
    """Everybody recorded, found as lists name them."""

    def __init__(self, registry: Registry, today: date) -> None:
        """Read everybody once."""
        self.facts = people.everybody(registry, on=today)
        self._today = today
        self._by_number = {f["id_number"]: number for number, f in self.facts.items()}
        self._by_name: dict[str, list[MemberId]] = {}
        self._branches = {int(org.id): org.name for org in orgs.list_orgs(registry)}
        self._met: dict[MemberId, ListRow] = {}
        for number, facts in self.facts.items():
            self._by_name.setdefault(facts["name_key"], []).append(number)

    def numbered(self, id_number: str) -> MemberId | None:
        """Whoever has this 18-character identity number."""
        return self._by_number.get(id_number)

    def meant(self, row: ListRow) -> MemberId:
        """The one member a row means.

        By identity number where the row has one; else by name and branch, narrowed by birth date,
        age, sex and phone, and only if exactly one fits. Where the name and branch alone would fit
        several, the row is flagged, with all of them.

        Raises:
            NotFound: ``member_not_found``, ``member_ambiguous`` (``candidates``).
            Conflict: ``id_exists``: the number is recorded under another name.
        """
        identity = row.values.get("id_number")
        if identity is not None:
            found = self.numbered(identity.value)
            if found is None:
                raise NotFound("member_not_found", value=row.values["name"])
            self._require_name(found, row.values["name"])
            return found
        named = self._named(row.values)
        fitting = [number for number in named if self._fits(number, row.values)]
        if len(fitting) > 1:
            phone = row.values.get("mobile")
            fitting = [n for n in fitting if phone and self.facts[n]["mobile"] == phone] or fitting
        candidates = [self.label(number) for number in named]
        if not fitting:
            raise NotFound("member_not_found", value=row.values["name"])
        if len(fitting) > 1:
            raise NotFound("member_ambiguous", value=row.values["name"], candidates=candidates)
        if len(named) > 1:
            row.add_fault("member_ambiguous", "warn", "name", "、".join(candidates))
        return fitting[0]

    def _require_name(self, number: MemberId, name: str) -> None:
        """Whose row it is, its number and its name must say alike."""
        facts = self.facts[number]
        if name_key(name) != facts["name_key"]:
            raise Conflict(
                "id_exists",
                member=facts["name"],
                label=f"M{number}",
                branch=self._branches.get(facts["branch_id"]),
                ended_on=facts["ended_on"],
            )

    def require_once(self, number: MemberId, row: ListRow) -> None:
        """Of a list with one row a person, refuse a later row that says something else.

        Raises:
            Conflict: ``person_twice_in_file``: an earlier row was about the same person.
        """
        first = self._met.setdefault(number, row)
        if first.values != row.values:
            raise Conflict("person_twice_in_file", member=self.label(number), row=first.row)

    def _named(self, values: Mapping[str, Any]) -> list[MemberId]:
        branch = values.get("branch")
        return [
            number
            for number in self._by_name.get(name_key(values["name"]), ())
            if self.facts[number]["ended_on"] is None
            and (branch is None or str(self.facts[number]["branch_id"]) == branch)
        ]

    def _fits(self, number: MemberId, values: Mapping[str, Any]) -> bool:
        """Whether what else the row says of the person can be true of this member."""
        facts = self.facts[number]
        identity = facts["id_number"]
        sex, born, age = values.get("sex"), values.get("birth_date"), values.get("age")
        if sex is not None and sex not in (
            facts["sex"],
            "male" if int(identity[16]) % 2 else "female",
        ):
            return False
        if born is not None and not _overlaps(born, _birth_dates(facts)):
            return False
        return age is None or abs(age_on(identity, self._today) - age) <= _AGE_TOLERANCE

    def label(self, number: MemberId) -> str:
        """``M12 name``, as candidates are listed."""
        return f"M{number} {self.facts[number]['name']}"


def _birth_dates(facts: Facts) -> list[PartialDate]:
    number = facts["id_number"]
    found = [PartialDate(int(number[6:10]), int(number[10:12]), int(number[12:14]))]
    if facts["birth_date"]:
        found.append(PartialDate.from_iso(facts["birth_date"]))
    return found


def _overlaps(given: PartialDate, known: Iterable[PartialDate]) -> bool:
    return any(given.first <= one.last and one.first <= given.last for one in known)


class Comparer:
    """Says what a row changes of a record, and refuses what somebody typed after the list."""

    def __init__(self, registry: Registry, prefer: str | None) -> None:
        """``prefer``: whose word counts in a conflict; None refuses the row."""
        self._registry = registry
        self._prefer = prefer

    def changes(
        self, entity: str, stored: Facts, given: Mapping[str, Any], heard: datetime
    ) -> list[Changed]:
        """The fields of a record that a row changes; a blank cell never erases.

        A date known less exactly than the one recorded is no change.

        Args:
            entity: the table.
            stored: the record by column.
            given: column → value as it would be stored.
            heard: how old the list's facts are.

        Raises:
            Conflict: ``import_older``: a field was typed at the keyboard after that.
        """
        found = [
            Changed(name, stored[name], value)
            for name, value in given.items()
            if value is not None and not _repeats(value, stored[name])
        ]
        kept = []
        for change in found:
            if change.old is None or self._prefer == "file":
                kept.append(change)
                continue
            typed = self._typed_at(entity, stored["id"], change.field)
            if typed is None or typed <= heard:
                kept.append(change)
            elif self._prefer is None:
                on = typed.date().isoformat()
                raise Conflict("import_older", field=change.field, on=on)
        return kept

    def _typed_at(self, entity: str, row: int, column: str) -> datetime | None:
        """When somebody typed a fact; a member's dated values are rows of their own."""
        attribute = _STATES.get(column) if entity == "member" else None
        if attribute is None:
            return people.typed_at(self._registry, entity, row, column)
        return people.state_typed_at(self._registry, row, attribute)

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


def _stem(code: str) -> str:
    """A code without the zeros that only fill it up."""
    return re.sub(r"(?:00)+$", "", code) if len(code) == _COUNTY else code


def _repeats(value: Any, stored: Any) -> bool:
    """Whether a value says no more than the one recorded.

    A date may be its beginning (1980-03 of 1980-03-05), a text may lack the blanks around it.
    """
    if value == stored or not isinstance(value, str) or not isinstance(stored, str):
        return bool(value == stored)
    coarser = stored.startswith(f"{value}-") and len(stored) <= len("1980-03-05")
    return coarser or read_free(stored).value == value
