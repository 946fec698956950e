"""Rows of a list of members: new people in bulk, known ones corrected field by field."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flowparty.domain.errors import Conflict
from flowparty.domain.ids import MemberId, OrgId
from flowparty.domain.members import Attribute, NewMember
from flowparty.domain.movements import NEVER_ARRIVED, Direction, NewMovement
from flowparty.domain.remarks import says_back, says_ended
from flowparty.domain.text import name_key
from flowparty.repository import members, movements, people
from flowparty.repository.codes import table
from flowparty.service.import_people import People
from flowparty.service.import_rows import Changed, Comparer, flag_over

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime

    from flowparty.intake.lists import ListRow
    from flowparty.repository.people import Facts
    from flowparty.repository.registry import Registry
    from flowparty.service.import_rows import RowResult

_COLUMNS = {
    "sex": "sex",
    "birth_date": "birth_date",
    "ethnicity": "ethnicity",
    "education": "education",
    "joined_on": "joined_on",
    "full_member_on": "full_member_on",
    "post": "post",
    "mobile": "mobile",
    "landline": "landline",
    "address": "address",
    "is_lost": "lost_reported",
    "lost_on": "lost_since",
    "remark": "remark",
}
_AT_ONCE = 5_000
"""New people that are in memory twice at one time: as the list has them, and as rows."""
_PLACE = ("destination_text", "destination_code")
_DATED = (Attribute.CATEGORY, Attribute.STANDING)


class MemberWriter:
    """Adds, corrects or leaves alone; nothing is written before ``finish``."""

    reads_only = True
    unkept = frozenset({"age"})

    def __init__(self, registry: Registry, *, today: date, prefer: str | None) -> None:
        """Read everybody once."""
        self._registry = registry
        self._today = today
        self._prefer = prefer
        self._people = People(registry, today)
        self._moves = people.open_movements(registry)
        self._comparer = Comparer(registry, prefer)
        self._new: list[RowResult] = []
        self._changed: list[RowResult] = []

    def take(self, result: RowResult, heard: datetime) -> None:
        """Decide what a row does.

        Raises:
            Conflict: ``id_exists``: recorded with another name or branch; ``member_ended``;
                ``member_guest``: a list has no day from which a guest is ours; ``import_older``.
        """
        values = result.row.values
        _flag_remark(result.row)
        number = self._people.numbered(values["id_number"].value)
        if number is None:
            self._people.flag_namesakes(result.row)
            result.action = "add"
            self._new.append(result)
            return
        result.member = number
        facts = self._people.facts[number]
        self._require_same(number, facts, values)
        result.changes = self._changes(facts, values, heard)
        move = self._moves.get(number)
        if values["is_mobile"] and move is None:
            self._send_away(result, number, heard)
        elif values["is_mobile"] and move is not None:
            place = values["destination_text"], values["destination_place"]
            result.changes += self._comparer.place_changes(move, *place, heard)
        elif values["is_mobile"] is False and move is not None:
            _flag_away(result, move, heard)
        result.action = "update" if result.changes else "same"
        if result.changes:
            self._changed.append(result)

    def _send_away(self, result: RowResult, number: MemberId, heard: datetime) -> None:
        """Begin a movement; not where one is over: the list does not say who left again when."""
        past = people.movements_of(self._registry, number)
        if not self._comparer.require_newer(past, "is_mobile", None, heard):
            return
        over = [move for move in past if move["outcome"] not in NEVER_ARRIVED]
        if over:
            flag_over(result.row, "is_mobile", over[-1], heard)
        else:
            result.changes.append(Changed("is_mobile", None, "yes"))

    def _require_same(self, number: MemberId, facts: Facts, values: dict[str, Any]) -> None:
        self._people.require_living(number)
        if facts["guest"]:
            raise Conflict("member_guest", member=facts["name"], label=f"M{number}")
        another = name_key(values["name"]) != facts["name_key"]
        elsewhere = str(facts["branch_id"]) != values["branch"]
        # The registry's word on a name would leave the other facts of the row, and they may be
        # somebody else's.
        if (another and self._prefer != "file") or (elsewhere and self._prefer is None):
            raise self._people.taken(number)

    def _changes(self, facts: Facts, values: dict[str, Any], heard: datetime) -> list[Changed]:
        given = {to: values[name] for name, to in _COLUMNS.items()}
        given["remark"] = _remark(values)
        given["education"] = _education(values["education"], facts["education"])
        given |= {attribute.value: values[attribute] for attribute in _DATED}
        if self._prefer == "file":
            same_name = name_key(values["name"]) == facts["name_key"]
            given["name"] = None if same_name else values["name"]
            given["branch_id"] = int(values["branch"])
        return self._comparer.changes("member", facts, given, heard)

    def finish(self) -> None:
        """Write the new people by statements for many of them, the changes one by one."""
        for start in range(0, len(self._new), _AT_ONCE):
            self._add(self._new[start : start + _AT_ONCE])
        for result in self._changed:
            self._correct(result)

    def _add(self, new: Sequence[RowResult]) -> None:
        added = people.add_many(
            self._registry,
            [_person(result.row.values) for result in new],
            [_states(result.row.values) for result in new],
        )
        for result, number in zip(new, added, strict=True):
            result.member = number
        moving = [_movement(result) for result in new if result.row.values["is_mobile"]]
        people.add_movements(self._registry, moving)

    def _correct(self, result: RowResult) -> None:
        number = result.member
        if number is None:
            raise AssertionError("a changed row has its member")
        changed = {change.field: change.new for change in result.changes}
        if changed.pop("is_mobile", False):
            people.add_movements(self._registry, [_movement(result)])
        place = {name: changed.pop(name) for name in _PLACE if name in changed}
        if place:
            movements.edit(self._registry, self._moves[number]["id"], place)
        if "branch_id" in changed:
            branch = OrgId(changed.pop("branch_id"))
            members.set_state(self._registry, number, Attribute.BRANCH, branch, self._today)
        for attribute in _DATED:
            if attribute in changed:
                value = changed.pop(attribute)
                members.set_state(self._registry, number, attribute, value, self._today)
        if changed:
            members.edit(self._registry, number, changed)


def _flag_remark(row: ListRow) -> None:
    """Flag a remark that may tell of somebody who is no member any more, or came home."""
    remark = row.values["remark"]
    if remark is not None and (says_ended(remark) or says_back(remark)):
        row.add_fault("value_unrecognised", "warn", "remark", remark, why="remark_unclear")


def _education(written: str | None, known: str | None) -> str | None:
    """A word that the table does not know (不详, 函授大专) replaces no recorded one."""
    return None if known is not None and written not in table("education").codes else written


def _flag_away(result: RowResult, move: Facts, heard: datetime) -> None:
    """Flag who is not away by the list and is by the records; the list does not say since when."""
    left: str | None = move["left_on"]
    if left is None or left <= heard.date().isoformat():
        result.row.add_fault("mobile_conflict", "warn", "is_mobile", left or "")


def _person(values: dict[str, Any]) -> NewMember:
    return NewMember(
        name=values["name"],
        id_number=values["id_number"],
        sex=values["sex"] or values["id_number"].sex,
        birth_date=values["birth_date"],
        ethnicity=values["ethnicity"],
        education=values["education"],
        joined_on=values["joined_on"],
        full_member_on=values["full_member_on"],
        post=values["post"],
        mobile=values["mobile"],
        landline=values["landline"],
        address=values["address"],
        lost_reported=values["is_lost"],
        lost_since=values["lost_on"],
        remark=_remark(values),
    )


def _remark(values: dict[str, Any]) -> str | None:
    """The list's remark, with the destination of somebody who is not said to be away."""
    place = None if values["is_mobile"] else values["destination_text"]
    parts = (values["remark"], place and f"外出流向：{place}")
    return "；".join(part for part in parts if part) or None


def _states(values: dict[str, Any]) -> dict[Attribute, Any]:
    return {
        Attribute.BRANCH: int(values["branch"]),
        Attribute.CATEGORY: values["category"],
        Attribute.STANDING: values["standing"],
    }


def _movement(result: RowResult) -> dict[str, Any]:
    values = result.row.values
    if result.member is None:
        raise AssertionError("a person is written before the movement")
    new = NewMovement(
        direction=Direction.OUT,
        left_on=None,
        destination_code=values["destination_place"],
        destination_text=values["destination_text"],
    )
    return movements.stored_values(result.member, new)
