"""How an import is shown: reasons and changes for people, one object a file for programs."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from flowparty.cli.session import say
from flowparty.domain.errors import Problem
from flowparty.domain.identity import IdNumber
from flowparty.domain.masking import mask
from flowparty.errors import explain
from flowparty.language import N_, _
from flowparty.messages.intake import FAULTS
from flowparty.output.columns import Column, attribute
from flowparty.repository import orgs
from flowparty.repository.codes import table
from flowparty.service.imports import counts_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from flowparty.domain.orgs import Org
    from flowparty.intake.faults import Fault
    from flowparty.intake.fields import Kind
    from flowparty.intake.lists import Listed
    from flowparty.repository.registry import Registry
    from flowparty.service.import_rows import Changed, RowResult

LEVELS = {"reject": N_("refused"), "warn": N_("flagged"), "note": N_("noted")}
_RANK = ("reject", "warn", "note")
_VILLAGE = re.compile(r"(?:党总支|党支部|支部委员会|支部)$")
_INNER = frozenset({"destination_place", "serial"})
_TABLES = {"card_event": "card_event", "mode": "survey_mode"}
_PERSONAL = {"id_number": "id", "mobile": "phone", "landline": "phone", "address": "text"}


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


def reasons_of(result: RowResult) -> list[Reason]:
    """Everything said of a row, what refuses it first."""
    said = [_of_problem(result, problem) for problem in result.problems]
    said += [_of_fault(result, fault) for fault in result.row.faults]
    return sorted(said, key=lambda reason: _RANK.index(reason.level))


def _of_fault(result: RowResult, fault: Fault) -> Reason:
    several = tuple(fault.shown.split("、")) if fault.code == "member_ambiguous" else ()
    return Reason(
        fault.code, fault.level, result.path, fault.sheet, fault.row, fault.column, fault.field,
        fault.heading, _(FAULTS[fault.code]), fault.shown, several,
    )  # fmt: skip


def _of_problem(result: RowResult, problem: Problem) -> Reason:
    """What the records say against a row; it stands where the field it names stands, or the name."""
    row = result.row
    field = str(problem.params.get("field") or _FIELD_OF.get(problem.code, "name"))
    column = row.layout.columns.get(field)
    letter, heading = (column.letter, column.heading) if column else ("", "")
    told = explain(problem)
    found = problem.params.get("candidates") or ()
    candidates = tuple(map(str, found)) if isinstance(found, list | tuple) else ()
    return Reason(
        problem.code, "reject", result.path, row.sheet, row.row, letter, field, heading,
        told.message, "、".join(candidates), candidates,
    )  # fmt: skip


_FIELD_OF = {
    "id_exists": "id_number",
    "card_number_used": "card_number",
    "card_number_missing": "card_number",
    "card_number_pattern": "card_number",
    "card_live": "card_number",
    "aid_pot_not_found": "pot",
    "aid_pot_ambiguous": "pot",
    "survey_before_round": "surveyed_on",
}


def grouped(reasons: Sequence[Reason]) -> list[Reason]:
    """The same, one kind of fault after the other, the worst first."""
    order = {reason.code: at for at, reason in reversed(list(enumerate(reasons)))}
    return sorted(reasons, key=lambda r: (_RANK.index(r.level), order[r.code], r.path, r.sheet, r.row))


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


def change_columns() -> list[Column[tuple[RowResult, Changed]]]:
    """What is shown of a change: whose, and from what to what."""
    return [
        Column("row", _("Row"), lambda pair: pair[0].row.row, right=True),
        Column("member", _("No."), lambda pair: pair[0].member and f"M{pair[0].member}"),
        Column("name", _("Name"), lambda pair: pair[0].row.values["name"]),
        Column("field", _("Field"), lambda pair: pair[1].field, _field_word),
        Column("old", _("Old"), lambda pair: _masked(pair[1].field, pair[1].old), fold=True),
        Column("new", _("→ New"), lambda pair: _masked(pair[1].field, pair[1].new), fold=True),
    ]


def _field_word(field: str) -> str:
    from flowparty.words import term

    return term("field")(field)


def _masked(field: str, value: Any) -> Any:
    kind = _PERSONAL.get(field)
    return mask(str(value), kind) if kind and value is not None else value  # type: ignore[arg-type]


def tell_mapping(listed: Listed, *, quiet: bool) -> None:
    """Say how a file was read and what each heading was taken for, before anything is written."""
    if quiet:
        return
    source = listed.source
    kind = source.format if source.encoding is None else f"{source.format}, {source.encoding}"
    say(f"{source.path} ({kind})")
    fields = listed.kind.fields
    known = dict.fromkeys(
        f"{column.heading} → {fields[to].zh}"
        for _sheet, column, to in listed.mapping
        if to is not None and column.heading != fields[to].zh
    )
    left = dict.fromkeys(column.heading for _sheet, column, to in listed.mapping if to is None)
    if known:
        say(_("Read as: {columns}").format(columns="，".join(known)))
    if left:
        say(_("Left alone: {columns}").format(columns="，".join(left)))


def file_object(
    registry: Registry,
    listed: Listed,
    rows: Sequence[RowResult],
    *,
    written: bool,
    prefer: str | None,
) -> dict[str, Any]:
    """One file for programs; values stand in full, as the file has them."""
    del prefer
    by_key = {str(org.id): org for org in orgs.list_orgs(registry)}
    source = listed.source
    return {
        "file": "accepted" if listed.rows else "no_data_rows",
        "path": str(source.path),
        "kind": listed.kind.name,
        "format": source.format,
        "encoding": source.encoding,
        "written": written,
        "counts": {**counts_of(rows), "hidden_rows": listed.hidden_rows},
        "mapping": [
            {"sheet": sheet, "column": column.letter, "heading": column.heading, "field": to}
            for sheet, column, to in listed.mapping
        ],
        "skipped": [
            {"sheet": sheet, "row": row, "kind": why} for sheet, row, why in listed.skipped
        ],
        "rows": [_row_object(listed.kind, result, by_key) for result in rows],
    }


def problem_object(problem: Problem, path: Path) -> dict[str, Any]:
    """A file that could not be read at all: the reason in place of what was read."""
    return {"file": problem.code, "path": str(path), "written": False, "mapping": [], "rows": []}


def _row_object(kind: Kind, result: RowResult, by_key: dict[str, Org]) -> dict[str, Any]:
    outcome = "refused" if result.refused else "flagged" if result.flagged else "accepted"
    return {
        "sheet": result.row.sheet,
        "row": result.row.row,
        "outcome": outcome,
        "action": None if result.refused else result.action,
        "member": None if result.member is None else f"M{result.member}",
        "reasons": [_reason_object(reason) for reason in reasons_of(result)],
        "values": _values(kind, result.row.values, by_key),
        "changes": [
            {
                "field": change.field,
                "old": _masked(change.field, change.old),
                "new": _masked(change.field, change.new),
            }
            for change in result.changes
        ],
    }


def _reason_object(reason: Reason) -> dict[str, Any]:
    said: dict[str, Any] = {
        "code": reason.code,
        "level": reason.level,
        "cell": reason.cell,
        "field": reason.field,
        "message": reason.message,
    }
    return {**said, "candidates": list(reason.candidates)} if reason.candidates else said


def _values(kind: Kind, values: dict[str, Any], by_key: dict[str, Org]) -> dict[str, Any]:
    shown: dict[str, Any] = {}
    for name, value in values.items():
        if name in _INNER:
            continue
        if name == "branch":
            org = by_key.get(str(value))
            shown["branch"] = org and _VILLAGE.sub("", org.name)
            shown["org_code"] = org and org.division
        else:
            shown[name] = _plain(kind, name, value)
    return shown


def _plain(kind: Kind, name: str, value: Any) -> Any:
    """A value as a form writes it: the word of a code, ISO dates, numbers as numbers."""
    if value is None or isinstance(value, int):
        return value
    if isinstance(value, IdNumber):
        return value.value
    word = _word(kind, name)
    return str(value) if word is None else word(str(value))


def _word(kind: Kind, name: str) -> Callable[[str], str] | None:
    field = kind.fields.get(name)
    read = "" if field is None else field.read
    codes = "ethnicity" if read == "ethnicity" else read.partition("word:")[2] or _TABLES.get(name)
    return table(codes).zh if codes else None
