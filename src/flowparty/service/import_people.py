"""Who is meant by a row of a list."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flowparty.domain.dates import PartialDate
from flowparty.domain.errors import Conflict, NotFound
from flowparty.domain.identity import age_on
from flowparty.domain.members import require_not_ended
from flowparty.domain.text import name_key
from flowparty.intake.together import are_apart
from flowparty.repository import orgs, people

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from flowparty.domain.ids import MemberId
    from flowparty.intake.lists import ListRow
    from flowparty.repository.people import Facts
    from flowparty.repository.registry import Registry

_AGE_TOLERANCE = 1
"""Ages are counted in full years by some and in calendar years (虚岁) by others."""


class People:
    """Everybody recorded, found as lists name them."""

    def __init__(self, registry: Registry, today: date) -> None:
        """Read everybody once."""
        self.facts = people.everybody(registry, on=today)
        ranked = sorted(self.facts, key=lambda n: (self._stands(n), -n))
        self._by_number = {self.facts[number]["id_number"]: number for number in ranked}
        self._by_name: dict[str, list[MemberId]] = {}
        self._branches = {int(org.id): org.name for org in orgs.list_orgs(registry)}
        self._met: dict[MemberId, list[ListRow]] = {}
        for number, facts in self.facts.items():
            self._by_name.setdefault(facts["name_key"], []).append(number)

    def _stands(self, number: MemberId) -> tuple[bool, bool]:
        """Of several records of one person the living one is meant, and a member before a guest."""
        facts = self.facts[number]
        return facts["ended_on"] is None, not facts["guest"]

    def numbered(self, id_number: str) -> MemberId | None:
        """Whoever has this 18-character identity number."""
        return self._by_number.get(id_number)

    def meant(self, row: ListRow) -> MemberId:
        """The one member a row means.

        By identity number where the row has one; else by name and branch, narrowed by birth date,
        age, sex and phone, and only if exactly one fits. Where the name and branch alone would fit
        several, the row is flagged, with all of them. Whose membership has ended is meant where no
        living member is: what the row tells may be of the time before, and the records say if not.

        Raises:
            NotFound: ``member_not_found`` (``differs``: the fields in which ``candidates`` of that
                name are unlike the row), ``member_ambiguous`` (``candidates``).
            Conflict: ``id_exists``: the number is recorded under another name.
        """
        values = row.values
        named = self._named(values)
        identity = values.get("id_number")
        if identity is not None:
            found = self.numbered(identity.value)
            if found is None:
                near = named or self._called(values["name"])
                raise self._nobody(values["name"], ["id_number"], near)
            self._require_name(found, values["name"])
            self._flag_branch(found, row)
            return found
        if not named:
            raise self._nobody(values["name"], ["branch"], self._called(values["name"]))
        return self._fitting(named, row)

    def _fitting(self, named: Sequence[MemberId], row: ListRow) -> MemberId:
        """The one of several alike by name and branch whom the rest of the row means."""
        name, phone = row.values["name"], row.values.get("mobile")
        unlike = {number: self._unlike(number, row) for number in named}
        fitting = [number for number in named if not unlike[number]]
        if not fitting:
            raise self._nobody(name, min(unlike.values(), key=len), named)
        if len(fitting) > 1:
            fitting = [n for n in fitting if phone and self.facts[n]["mobile"] == phone] or fitting
        candidates = [self.label(number) for number in named]
        if len(fitting) > 1:
            raise NotFound("member_ambiguous", value=name, candidates=candidates)
        if len(named) > 1:
            row.add_fault("member_ambiguous", "warn", "name", candidates=candidates)
        return fitting[0]

    def _nobody(self, name: str, differs: list[str], near: Iterable[MemberId]) -> NotFound:
        """The refusal of a row that fits nobody; it names those of that name and what differs."""
        candidates = [self._housed(number) for number in near]
        if not candidates:
            return NotFound("member_not_found", value=name)
        return NotFound("member_not_found", value=name, differs=differs, candidates=candidates)

    def _require_name(self, number: MemberId, name: str) -> None:
        """Whose row it is, its number and its name must say alike."""
        if name_key(name) != self.facts[number]["name_key"]:
            raise self.taken(number)

    def _flag_branch(self, number: MemberId, row: ListRow) -> None:
        """Flag another branch than the recorded one; who is meant is certain all the same."""
        here = self.facts[number]["branch_id"]
        listed = row.values.get("branch")
        if listed is not None and here is not None and listed != str(here):
            row.add_fault("branch_differs", "warn", "branch", candidates=[self._housed(number)])

    def taken(self, number: MemberId) -> Conflict:
        """The refusal of a row that has somebody else's number; it names whose it is."""
        facts = self.facts[number]
        return Conflict(
            "id_exists",
            member=facts["name"],
            label=f"M{number}",
            branch=self._branches.get(facts["branch_id"]),
            ended_on=facts["ended_on"],
        )

    def require_living(self, number: MemberId) -> None:
        """Refuse to record new facts about somebody whose membership has ended.

        Raises:
            Conflict: ``member_ended``.
        """
        facts = self.facts[number]
        require_not_ended(facts["name"], f"M{number}", facts["ended_on"], facts["end_reason"])

    def flag_namesakes(self, row: ListRow) -> None:
        """Flag a number that is new here, of somebody who may be recorded under another one.

        Whoever shares name and phone or birthday is probably the same person, in whatever branch;
        whoever shares name and branch only is noted.
        """
        named = self._living(row.values["name"])
        alike = [number for number in named if self._may_be(number, row.values)]
        branch = row.values["branch"]
        shown = alike or [n for n in named if str(self.facts[n]["branch_id"]) == branch]
        if shown:
            candidates = [self.label(number) for number in shown]
            row.add_fault("name_same", "warn" if alike else "note", "name", candidates=candidates)

    def _may_be(self, number: MemberId, values: Mapping[str, Any]) -> bool:
        """Whether somebody of the same name is told from a row by nothing but the number."""
        facts, phone = self.facts[number], values["mobile"]
        born = values["id_number"].birth_date
        same_day = any(one.first <= born <= one.last for one in _birth_dates(facts) if one.is_day)
        return same_day or (phone is not None and phone == facts["mobile"])

    def require_once(self, number: MemberId, row: ListRow, kind: str) -> None:
        """Of a list with one row a person, refuse a later row that says something else.

        Two times away, or two attempts, are two rows.

        Raises:
            Conflict: ``person_twice_in_file``: an earlier row was about the same person.
        """
        before = self._met.setdefault(number, [])
        for one in before:
            if one.values != row.values and not are_apart(kind, one.values, row.values):
                raise Conflict("person_twice_in_file", member=self.label(number), row=one.row)
        before.append(row)

    def _named(self, values: Mapping[str, Any]) -> list[MemberId]:
        """Those of a row's name and branch, the living before those whose membership has ended."""
        branch = values.get("branch")
        here = [
            number
            for number in self._by_name.get(name_key(values["name"]), ())
            if branch is None or str(self.facts[number]["branch_id"]) == branch
        ]
        return self._only_living(here) or here

    def _called(self, name: str) -> list[MemberId]:
        """Those of a name, in the same order."""
        found = self._by_name.get(name_key(name), [])
        return self._only_living(found) or found

    def _living(self, name: str) -> list[MemberId]:
        """Those of a name whose membership has not ended."""
        return self._only_living(self._by_name.get(name_key(name), ()))

    def _only_living(self, numbers: Iterable[MemberId]) -> list[MemberId]:
        return [number for number in numbers if self.facts[number]["ended_on"] is None]

    def _unlike(self, number: MemberId, row: ListRow) -> list[str]:
        """What else the row says of the person and cannot be true of this member."""
        facts, values = self.facts[number], row.values
        identity = facts["id_number"]
        sex, born, age = values.get("sex"), values.get("birth_date"), values.get("age")
        sexes = (facts["sex"], "male" if int(identity[16]) % 2 else "female")
        unlike = []
        if sex is not None and sex not in sexes:
            unlike.append("sex")
        if born is not None and not _overlaps(born, _birth_dates(facts)):
            unlike.append("birth_date")
        if age is not None and abs(age_on(identity, row.on) - age) > _AGE_TOLERANCE:
            unlike.append("age")
        return unlike

    def label(self, number: MemberId) -> str:
        """``M12 name``, as candidates are listed."""
        return f"M{number} {self.facts[number]['name']}"

    def _housed(self, number: MemberId) -> str:
        """The same with the branch, and the day on which the membership ended."""
        facts = self.facts[number]
        branch, ended = self._branches.get(facts["branch_id"]), facts["ended_on"]
        parts = (self.label(number), branch, ended and f"(—{ended})")
        return " ".join(part for part in parts if part)


def _birth_dates(facts: Facts) -> list[PartialDate]:
    number = facts["id_number"]
    found = [PartialDate(int(number[6:10]), int(number[10:12]), int(number[12:14]))]
    if facts["birth_date"]:
        found.append(PartialDate.from_iso(facts["birth_date"]))
    return found


def _overlaps(given: PartialDate, known: Iterable[PartialDate]) -> bool:
    return any(given.first <= one.last and one.first <= given.last for one in known)
