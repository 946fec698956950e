"""Rows of a roster of those away: a movement out begun, or the open one completed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flowparty.domain.errors import BadValue
from flowparty.domain.members import require_living
from flowparty.domain.movements import Direction, NewMovement, State
from flowparty.domain.remarks import says_back, says_ended
from flowparty.domain.rosters import Trip, day_back, is_back, spoken_of
from flowparty.repository import members, people
from flowparty.repository.codes import table
from flowparty.service import movements as service
from flowparty.service.import_people import People
from flowparty.service.import_rows import TELLS_WHO, Changed, Comparer, flag_over

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime

    from flowparty.domain.dates import PartialDate
    from flowparty.domain.ids import MemberId
    from flowparty.intake.lists import ListRow
    from flowparty.repository.people import Facts
    from flowparty.repository.registry import Registry
    from flowparty.service.import_rows import RowResult

_TELL_OF_RETURN = ("returned_on", "returned", "remark")
_PLACE = ("destination_text", "destination_code")


class MoveWriter:
    """Begins or completes movements, one service call a row."""

    reads_only = False
    unkept = (TELLS_WHO - {"mobile"}) | {"household_size", "attitude"}

    def __init__(self, registry: Registry, *, today: date, prefer: str | None) -> None:
        """Read everybody once."""
        self._registry = registry
        self._today = today
        self._people = People(registry, today)
        self._comparer = Comparer(registry, prefer)

    def take(self, result: RowResult, heard: datetime) -> None:
        """Begin a movement, or bring what the list knows better into the open one.

        Raises:
            Problem: nobody or several are meant, membership has ended, ``import_older``, the day of
                a return is not known, or another movement lies in the same time.
        """
        values = result.row.values
        number = result.member = self._people.meant(result.row)
        given, home, back = _given(values), is_back(values), day_back(values)
        self._people.require_once(number, result.row, "moves")
        past = people.movements_of(self._registry, number)
        place = given["destination_text"], given["destination_code"]
        move = spoken_of(Trip(given["left_on"], back, place), past)
        if back is None and home:
            _require_known(result.row, move)
        if move is None:
            self._begin(result, number, given, back, heard, past)
        elif move["ended_on"] is None:
            self._complete(result, number, move, given, heard)
            if back is not None:
                self._return(result, number, back)
        else:
            result.also("same")
            if not home and not _says_back(values):
                require_living(members.get(self._registry, number, on=heard.date()))
                flag_over(result.row, "left_on", move, heard)
        over = move is not None and move["ended_on"] is not None
        _flag_words(result.row, home=over or home)
        self._phone(result, number, heard)

    def _begin(
        self,
        result: RowResult,
        number: MemberId,
        given: Facts,
        back: date | None,
        heard: datetime,
        past: Sequence[Facts],
    ) -> None:
        """A movement that is not here, if none was over since the list was made."""
        facts = {name: value for name, value in given.items() if value is not None}
        new = NewMovement(**{"left_on": None, **facts, "direction": Direction.OUT})
        since = None if new.left_on is None else str(new.left_on)
        if back is None and not self._comparer.require_newer(past, "left_on", since, heard):
            result.also("same")
            return
        member = members.get(self._registry, number, on=self._today)
        if back is None:
            service.begin(self._registry, member, new, today=self._today)
        else:
            service.add_past(self._registry, member, new, back=back, today=self._today)
        result.also("add")

    def _complete(
        self, result: RowResult, number: MemberId, move: Facts, given: Facts, heard: datetime
    ) -> None:
        result.changes = self._changes(move, given, heard)
        result.also("update" if result.changes else "same")
        changed = {change.field: change.new for change in result.changes}
        if not changed:
            return
        if "left_on" in changed:
            changed["left_on"] = given["left_on"]
        member = members.get(self._registry, number, on=self._today)
        service.correct(self._registry, member, changed, today=self._today)

    def _return(self, result: RowResult, number: MemberId, day: date) -> None:
        member = members.get(self._registry, number, on=self._today)
        service.finish(self._registry, member, State.RETURNED, on=day, note=None, today=self._today)
        result.changes.append(Changed("ended_on", None, str(day)))
        result.also("update")

    def _changes(self, move: Facts, given: Facts, heard: datetime) -> list[Changed]:
        kept = (*_PLACE, "left_on") if move["went_on"] else _PLACE
        others = {name: value for name, value in given.items() if name not in kept}
        changes = self._comparer.changes("movement", move, others, heard)
        text, code = (given[name] for name in _PLACE)
        return changes + self._comparer.place_changes(move, text, code, heard)

    def _phone(self, result: RowResult, number: MemberId, heard: datetime) -> None:
        phone = result.row.values["mobile"]
        bad = any(fault.code == "phone_invalid" for fault in result.row.faults)
        facts = self._people.facts[number]
        if facts["ended_on"] is not None:
            return
        given = {"mobile": None if bad else phone}
        changes: list[Changed] = self._comparer.changes("member", facts, given, heard)
        for change in changes:
            members.edit(self._registry, number, {change.field: change.new})
            facts[change.field] = change.new
            result.changes.append(change)
            result.also("update")

    def finish(self) -> None:
        """Nothing is left: every row was written by itself."""


def _require_known(row: ListRow, move: Facts | None) -> None:
    """A return without its day says no more than the records, or cannot be recorded.

    Raises:
        BadValue: ``import_day_missing``: a movement ends on a day, and a month is none.
    """
    on: PartialDate | None = row.values["returned_on"]
    known = None if move is None else move["ended_on"]
    if known is None or not known.startswith("" if on is None else f"{on}-"):
        columns = [name for name in _TELL_OF_RETURN if name in row.layout.columns]
        raise BadValue("import_day_missing", field=next(iter(columns), "name"))


def _flag_words(row: ListRow, *, home: bool) -> None:
    """Flag what a row tells of somebody besides; ``home``: that he is back is told, or known."""
    values = row.values
    if values["returned"] is False and values["returned_on"] is not None:
        on = str(values["returned_on"])
        row.add_fault("value_unrecognised", "warn", "returned_on", on, why="return_denied")
    if says_ended(values["remark"]) or (not home and _says_back(values)):
        row.add_fault(
            "value_unrecognised", "warn", "remark", values["remark"], why="remark_unclear"
        )


def _says_back(values: dict[str, Any]) -> bool:
    return says_back(values["remark"], values["destination_text"])


def _given(values: dict[str, Any]) -> Facts:
    return {
        "left_on": values["left_on"],
        "destination_code": values["destination_place"],
        "destination_text": values["destination_text"],
        "reason": table("move_reason").find(values["reason"]),
        "occupation": values["occupation"],
        "host_org": values["host_org"],
        "host_contact": values["host_contact"],
        "host_phone": values["host_phone"],
        "remark": _remark(values),
    }


def _remark(values: dict[str, Any]) -> str | None:
    """What a movement has no column for: income, other words for a reason or a number, a remark."""
    income, reason = values["annual_income_yuan"], values["reason"]
    unclear, words = values["income_words"], values["contact_words"]
    denied = values["returned"] is False and values["returned_on"]
    parts = [
        None if income is None else f"年收入{income}元",
        f"收入：{unclear}" if unclear else None,
        f"流出原因：{reason}" if reason and table("move_reason").find(reason) is None else None,
        f"联系方式：{words}" if words else None,
        f"返乡时间：{denied}" if denied else None,
        values["remark"],
    ]
    return "；".join(part for part in parts if part) or None
