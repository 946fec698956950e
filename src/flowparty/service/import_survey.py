"""Rows of a filled 摸底排查表: sheets into the open round."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from flowparty.domain.dates import PartialDate
from flowparty.domain.errors import BadValue, NotFound
from flowparty.domain.members import require_living
from flowparty.domain.outcomes import not_reached
from flowparty.domain.remarks import says_ended
from flowparty.domain.surveys import Outcome, outcome_of
from flowparty.repository import members, surveys
from flowparty.repository.codes import table
from flowparty.service import surveys as service
from flowparty.service.import_people import People
from flowparty.service.import_rows import NOT_FILLED_IN, TELLS_WHO, Changed, Comparer

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime

    from flowparty.domain.ids import MemberId
    from flowparty.domain.surveys import Round, Section, Sheet
    from flowparty.intake.lists import ListRow
    from flowparty.repository.people import Facts
    from flowparty.repository.registry import Registry
    from flowparty.service.import_rows import RowResult

_PRINTED = TELLS_WHO | {"name", "id_number", "branch", "team"}
"""What stands on a sheet before anybody is asked."""
_PARTS = re.compile(r"\n|[；;]")
_MONTH_DAY = re.compile(r"([0-9]{1,2})[月.\-/]([0-9]{1,2})[日号]?")


def round_meant(registry: Registry) -> Round | None:
    """The round a list is of: the latest open one, else the latest; None without any."""
    rounds = surveys.list_rounds(registry)
    return next((r for r in rounds if r.closed_on is None), rounds[0] if rounds else None)


def sections_of(registry: Registry, the_round: Round | None) -> dict[str, Section]:
    """The sections of a round by name."""
    if the_round is None:
        return {}
    return {section.name: section for section in surveys.sections(registry, the_round.id)}


class SurveyWriter:
    """Records one sheet a row; ``fields`` are the values that answer a section, by its name."""

    reads_only = False

    def __init__(
        self,
        registry: Registry,
        fields: dict[str, str],
        *,
        unasked: frozenset[str],
        today: date,
        prefer: str | None,
        dry_run: bool,
    ) -> None:
        """Read everybody and the round; only a dry run can do without one.

        ``unasked``: answers that the list has and the round does not ask for.
        """
        self.unkept = TELLS_WHO | {"team", "remark"} | unasked
        self._registry = registry
        self._fields = fields
        self._today = today
        self._people = People(registry, today)
        self._comparer = Comparer(registry, prefer)
        self._round = round_meant(registry)
        self._sections = sections_of(registry, self._round)
        if self._round is None and not dry_run:
            raise NotFound("survey_none")

    def take(self, result: RowResult, heard: datetime) -> None:
        """Record the sheet, and a new telephone learned; a row nobody has filled in waits.

        Raises:
            Problem: nobody or several are meant, or outside the frame; the day is unknown or before
                the round; nothing says what came of it.
        """
        number = result.member = self._people.meant(result.row)
        if _is_blank(result.row):
            result.row.add_fault(NOT_FILLED_IN, "note", "name", result.row.values["name"])
            result.also("same")
            return
        self._complete_day(result.row)
        self._people.require_once(number, result.row, "survey")
        outcome = self._outcome(result.row)
        if outcome is None:
            return
        self._flag_unkept(result.row, outcome)
        self._flag_other_phone(result.row, self._people.facts[number])
        if self._round is None:
            result.also("add")
            return
        new = service.NewSheet(
            on=_day(result.row),
            mode=result.row.values["mode"],
            outcome=outcome,
            attempts=result.row.values["attempts"] or 1,
            interviewer=result.row.values["interviewer"],
            answers=tuple(self._answers(result.row.values, outcome)),
            learned=self._learned(result, number, heard),
        )
        sheets = surveys.sheets_of(self._registry, self._round.id, number)
        if self._is_over(sheets, new, heard):
            result.changes = []
            result.also("same")
            return
        require_living(members.get(self._registry, number, on=new.on))
        member = members.get(self._registry, number, on=self._today)
        recorded = service.record(self._registry, self._round, member, new, today=self._today)
        corrected = bool(sheets) and sheets[-1].on == new.on.isoformat()
        result.also("same" if recorded.repeated else "update" if corrected else "add")

    def _is_over(self, sheets: Sequence[Sheet], new: service.NewSheet, heard: datetime) -> bool:
        """Whether a sheet is recorded already, or the registry's word on a later one counts.

        A sheet of the same day is a correction, so it must be newer than what it corrects.

        Raises:
            Conflict: ``import_older``.
        """
        if not sheets or service.same_sheet(sheets[-1:], new) is not None:
            return False
        last, on = sheets[-1], new.on.isoformat()
        if service.same_sheet(sheets, new) is not None:
            return True
        if on == last.on:
            field = "surveyed_on"
            return not self._comparer.may_replace("survey_sheet", last.id, "outcome", heard, field)
        return on < last.on and not self._comparer.may_follow(last.on, "surveyed_on")

    def _complete_day(self, row: ListRow) -> None:
        """Take 10月9日 for the one such day since the round was opened, and say so."""
        told = next((fault for fault in row.faults if fault.field == "surveyed_on"), None)
        if told is None or self._round is None or row.values["surveyed_on"] is not None:
            return
        since = self._round.since
        found = [day for day in self._without_year(told.shown) if since <= day.isoformat()]
        if len(found) == 1:
            row.values["surveyed_on"] = PartialDate.of(found[0])
            row.faults.remove(told)
            row.add_fault(told.code, told.level, told.field, told.shown, why="year_taken")

    def _without_year(self, written: str) -> list[date]:
        parted = _MONTH_DAY.fullmatch(written.strip())
        days = []
        for year in (self._today.year, self._today.year - 1) if parted else ():
            try:
                day = self._today.replace(year=year, month=int(parted[1]), day=int(parted[2]))  # type: ignore[index]
            except ValueError:
                continue
            days += [day] if day <= self._today else []
        return days

    def _outcome(self, row: ListRow) -> Outcome | None:
        """What came of it, as a column says; somebody of whom only this stands was not reached.

        Who gave an answer or a new number was talked to; a list that asks nothing tells of those
        who were. None where the row tells of somebody who has died or left: it is refused.

        Raises:
            BadValue: ``import_field_missing``: the cells that would say it are all empty.
        """
        if row.values["outcome"] is not None:
            return Outcome(row.values["outcome"])
        field = self._in_place(row.values)
        said = row.values[field] if field else None
        why = not_reached(said)
        if why is not None:
            return outcome_of(why)
        if field and says_ended(said):
            row.add_fault("word_unknown", "reject", field, said, why="nobody_visited")
            return None
        known = table("survey_outcome").find(said) if field == "remark" else None
        if known is not None:  # 已走访 tells of no answers
            return Outcome(known)
        telling = [f for f in ("outcome", *self._fields.values()) if f in row.layout.columns]
        if telling and not any(map(row.values.get, (*telling, "contact_change"))):
            raise BadValue("import_field_missing", field=telling[0])
        return Outcome.DONE

    def _in_place(self, values: dict[str, Any]) -> str | None:
        """The field that may say why there are no answers: the remark alone, or the first of them.

        None where there are answers.
        """
        answers = [v for name, v in values.items() if name in self._fields.values() and v]
        if not answers:
            return "remark"
        return "employment" if answers == [values["employment"]] else None

    def _flag_unkept(self, row: ListRow, outcome: Outcome) -> None:
        """Flag what is said of somebody who was not talked to: a sheet then has no answers.

        A sheet has no place for a remark: one that should be looked at is flagged.
        """
        if outcome is Outcome.DONE:
            if says_ended(row.values["remark"]):
                row.add_fault("value_unrecognised", "warn", "remark", row.values["remark"])
            return
        by_remark = row.values["outcome"] is None and row.values["employment"] is None
        for field in (*self._fields.values(), *(["remark"] if by_remark else [])):
            text = row.values.get(field)
            said = not_reached(text)
            if text and not (said is not None and said.surely):
                row.add_fault("answer_not_kept", "warn", field, text)

    def _flag_other_phone(self, row: ListRow, facts: Facts) -> None:
        """A sheet's phone only tells who is meant; who has another one is told that it was left."""
        if row.values["new_mobile"] is not None:
            return
        for name in ("mobile", "landline"):
            given, known = row.values[name], (facts["mobile"], facts["landline"])
            if given and given not in known and all(f.field != name for f in row.faults):
                row.add_fault("phone_differs", "warn", name, given)

    def _answers(self, values: dict[str, Any], outcome: Outcome) -> list[tuple[str, str]]:
        """The answers by section; several usual answers in one cell are several answers."""
        if outcome is not Outcome.DONE:
            return []
        given: list[tuple[str, str]] = []
        for name, section in self._sections.items():
            said = values.get(self._fields.get(name, name))
            if not said:
                continue
            usual = {text for _, text in section.choices}
            parts = [part.strip() for part in _PARTS.split(said.replace("、", "；"))]
            several = len(parts) > 1 and all(part in usual for part in parts)
            given += [(name, part) for part in (parts if several else [said])]
        return given

    def _learned(self, result: RowResult, number: MemberId, heard: datetime) -> dict[str, str]:
        given = {"mobile": result.row.values["new_mobile"]}
        facts = self._people.facts[number]
        found: list[Changed] = self._comparer.changes("member", facts, given, heard)
        result.changes = found
        return {change.field: change.new for change in found}

    def finish(self) -> None:
        """Nothing is left: every row was written by itself."""


def _day(row: ListRow) -> date:
    """The day of a sheet.

    Raises:
        BadValue: ``import_day_missing``.
    """
    given: PartialDate | None = row.values["surveyed_on"]
    if given is None or not given.is_day:
        raise BadValue("import_day_missing", field="surveyed_on")
    return given.first


def _is_blank(row: ListRow) -> bool:
    """Whether a row holds only what was printed on the sheet."""
    written = {name for name, value in row.values.items() if value is not None}
    return written | {fault.field for fault in row.faults} <= _PRINTED
