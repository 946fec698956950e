"""What is said of a row of a list: faults of its cells, and what the records say against it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from flowparty.domain.masking import mask_digits, nameless
from flowparty.domain.text import visible
from flowparty.errors import explain
from flowparty.language import N_, _
from flowparty.messages.intake import FAULTS
from flowparty.output.columns import Column, attribute
from flowparty.words import term

if TYPE_CHECKING:
    from collections.abc import Sequence

    from flowparty.domain.errors import Problem
    from flowparty.intake.faults import Fault
    from flowparty.service.import_rows import RowResult

LEVELS = {"reject": N_("refused"), "warn": N_("flagged"), "note": N_("noted")}
_RANK = ("reject", "warn", "note")
_MENDED_IN_THE_LIST = frozenset({"card_live"})
_FIELD_OF = {
    "id_exists": "id_number",
    "member_ended": "id_number",
    "member_guest": "id_number",
    "card_number_used": "card_number",
    "card_number_missing": "card_number",
    "card_number_pattern": "card_number",
    "card_live": "card_number",
    "card_was_live": "issued_on",
    "aid_pot_early": "allocated_on",
    "aid_pot_period": "allocated_on",
    "aid_pot_missing": "pot",
    "aid_pot_not_found": "pot",
    "aid_pot_ambiguous": "pot",
    "move_overlaps": "left_on",
    "survey_before_round": "surveyed_on",
}
_COLUMNS = {
    "branch_id": ("branch",),
    "destination_text": ("destination",),
    "destination_code": ("destination",),
    "occupation": ("occupation", "job_income"),
    "remark": ("remark", "annual_income", "job_income", "reason", "contact"),
    "mobile": ("contact_change", "mobile", "contact"),
}
"""From which of a list's columns a recorded field may come, where they are not called alike."""


@dataclass(frozen=True, slots=True)
class Reason:
    """One thing said of a row: a fault of a cell, or what the records say."""

    code: str
    level: str
    path: str
    sheet: str
    row: int
    column: str
    field: str
    heading: str
    message: str
    shown: str
    candidates: tuple[str, ...] = ()

    @property
    def cell(self) -> str | None:
        """Where it stands, as Excel names it; None where the list has no such column."""
        return f"{self.column}{self.row}" if self.column else None


def reasons_of(result: RowResult, *, masked: bool = False) -> list[Reason]:
    """Everything said of a row, what refuses it first; ``masked``: in words that name nobody."""
    problems = [_nameless(one) for one in result.problems] if masked else result.problems
    said = [_of_problem(result, problem) for problem in problems]
    said += [_of_fault(result, fault) for fault in result.row.faults]
    return sorted(said, key=lambda reason: _RANK.index(reason.level))


def _nameless(problem: Problem) -> Problem:
    """The same problem without whom it is about."""
    return type(problem)(problem.code, **nameless(problem.params))


def _of_fault(result: RowResult, fault: Fault) -> Reason:
    words = _(FAULTS[fault.why or fault.code])
    if fault.known:
        words = _("{words} ({known})").format(words=words, known="、".join(fault.known))
    return Reason(
        fault.code, fault.level, result.path, fault.sheet, fault.row, fault.column, fault.field,
        fault.heading, words, fault.shown, fault.candidates,
    )  # fmt: skip


def _of_problem(result: RowResult, problem: Problem) -> Reason:
    """What the records say against a row, at the field it names, else at the name."""
    row = result.row
    differs: Any = problem.params.get("differs") or ()
    given = problem.params.get("field") or next(iter(differs), None)
    said = str(given or _FIELD_OF.get(problem.code, "name"))
    field = next((one for one in _COLUMNS.get(said, ()) if one in row.layout.columns), said)
    column = row.layout.columns.get(field)
    letter, heading = (column.letter, column.heading) if column else ("", "")
    message = _unlike(problem, differs) if differs else _told(problem)
    found = problem.params.get("candidates") or ()
    candidates = tuple(map(str, found)) if isinstance(found, list | tuple) else ()
    return Reason(
        problem.code, "reject", result.path, row.sheet, row.row, letter, field, heading,
        message, "、".join(candidates), candidates,
    )  # fmt: skip


def _told(problem: Problem) -> str:
    """What the records say; with the next step where it is to be taken in the list itself."""
    said = explain(problem)
    return f"{said.message} {said.hint}" if problem.code in _MENDED_IN_THE_LIST else said.message


def _unlike(problem: Problem, differs: Sequence[str]) -> str:
    """That somebody of the name is recorded, and what of the row is not true of them."""
    said = _("{value} is recorded, but with another {fields}.")
    name = visible(mask_digits(str(problem.params["value"])))
    return said.format(value=name, fields=_(", ").join(map(term("field"), differs)))


def grouped(reasons: Sequence[Reason]) -> list[Reason]:
    """The same, one kind of fault after the other, the worst first."""
    order = {reason.code: at for at, reason in reversed(list(enumerate(reasons)))}
    return sorted(
        reasons, key=lambda r: (_RANK.index(r.level), order[r.code], r.path, r.sheet, r.row)
    )


def reason_columns(*, several: bool) -> list[Column[Reason]]:
    """What is shown of a reason: where it stands, what is wrong, what stood there."""
    return [
        Column("level", _("Verdict"), attribute("level"), lambda level: _(LEVELS[level])),
        Column("file", _("File"), attribute("path"), table=several, fold=True),
        Column("sheet", _("Sheet"), attribute("sheet"), wide=True),
        Column("row", _("Row"), attribute("row"), right=True),
        Column("cell", _("Cell"), attribute("cell")),
        Column("heading", _("Column"), attribute("heading"), wide=True),
        Column("code", _("Code"), attribute("code"), table=False),
        Column("reason", _("Reason"), attribute("message"), fold=True),
        Column("shown", _("Stood there"), attribute("shown"), fold=True),
    ]
