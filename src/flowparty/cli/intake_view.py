"""How an import is shown: reasons and changes for people, one object a file for programs."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from flowparty.cli.intake_reasons import Reason, reasons_of
from flowparty.cli.session import say
from flowparty.domain.errors import Problem
from flowparty.domain.identity import IdNumber
from flowparty.domain.masking import mask_column
from flowparty.errors import explain
from flowparty.intake.faults import Fault
from flowparty.language import _
from flowparty.repository import orgs
from flowparty.repository.codes import table
from flowparty.service.annotate import Around, annotate
from flowparty.service.imports import counts_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from flowparty.domain.orgs import Org
    from flowparty.intake.fields import Kind
    from flowparty.intake.lists import Doubling, Listed
    from flowparty.repository.registry import Registry
    from flowparty.service.import_rows import RowResult
    from flowparty.service.imports import Imported

_VILLAGE = re.compile(r"(?:党总支|党支部|支部委员会|支部)$")
_INNER = frozenset({"destination_place", "serial", "card_words", "card_checks"})
_MOST_NAMED = 5
_TABLES = {"card_event": "card_event", "mode": "survey_mode"}


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


def warnings_of(listed: Listed) -> list[tuple[str, str]]:
    """What somebody should know of a file that was read: a stable code and its words."""
    told = []
    if listed.hidden_rows:
        rows = _("{rows} hidden rows were read too.").format(rows=listed.hidden_rows)
        told.append(("hidden_rows", rows))
    notes = [f"{sheet}!{row}" for sheet, row, why in listed.skipped if why == "note"]
    if notes:
        where = "，".join(notes[:_MOST_NAMED]) + ("…" if notes[_MOST_NAMED:] else "")
        said = _("{rows} rows that name nobody were passed over: {where}.")
        told.append(("rows_passed_over", said.format(rows=len(notes), where=where)))
    if listed.unkept:
        kept = _("Read, but not kept: {columns}.").format(columns="，".join(listed.unkept))
        told.append(("columns_not_kept", kept))
    if not listed.rows:
        none = _("{path} has headings but no rows.").format(path=listed.source.path)
        told.append(("no_data_rows", none))
    told += [("sheet_passed_over", _passed_over(*sheet)) for sheet in listed.passed_over.items()]
    return told


def _passed_over(name: str, missing: str) -> str:
    if missing:
        said = _("Sheet {name} was passed over: it lacks {columns}.")
        return said.format(name=name, columns=missing)
    return _("Sheet {name} is no such list and was passed over.").format(name=name)


def hand_back(registry: Registry, done: Imported, *, masked: bool) -> None:
    """Write FILE.回填.xlsx beside each list with refused rows, and say where it lies.

    What was imported stays imported where the copy cannot be written.

    Args:
        registry: where the copy is journaled as a disclosure.
        done: the lists with what became of their rows.
        masked: only where the faults are and what they are, to be passed on.
    """
    for listed, rows in done.files:
        if not any(result.refused for result in rows):
            continue
        remarks = [
            _as_fault(reason) for result in rows for reason in reasons_of(result, masked=masked)
        ]
        remarks += [fault for result in rows for fault in _said_first(listed, result)]
        around = _around(listed, rows)
        try:
            copy = annotate(
                registry, listed.source, remarks, None, str, around=around, masked=masked
            )
        except Problem as problem:
            say(_("The annotated copy was not written: {why}").format(why=explain(problem).message))
            continue
        if copy is not None and masked:
            say(_("What is wrong, without personal data: {path}").format(path=copy.path))
        elif copy is not None:
            say(_("Mend it here and import it again: {path}").format(path=copy.path))
            if not copy.is_whole and not done.written and any(map(_waits, rows)):
                others = _("It has only the rows to look at; import {path} with --skip-bad too.")
                say(others.format(path=listed.source.path))


def _waits(result: RowResult) -> bool:
    """Whether a row would have been taken, had the others been good."""
    return not result.refused and result.action in ("add", "update")


def _around(listed: Listed, rows: Sequence[RowResult]) -> dict[str, Around]:
    """By sheet, what the rows that come back need around them."""
    kept: dict[str, set[int]] = {}
    for result in rows:
        if result.refused or result.flagged:
            kept.setdefault(result.row.sheet, set()).update(listed.above(result.row))
            if doubles := _doubled(listed, result):
                kept[result.row.sheet] |= listed.above(doubles.first)
    return {
        layout.sheet: Around(
            layout.bottom,
            frozenset(kept.get(layout.sheet, ())),
            listed.dittos.get(layout.sheet, {}),
        )
        for layout in reversed(listed.layouts)
    }


def _doubled(listed: Listed, result: RowResult) -> Doubling | None:
    """The earlier row of the same sheet that a row doubles; none of another file."""
    row, doubles = result.row, result.row.doubles
    if doubles is None or doubles.first.sheet != row.sheet or doubles.first.row >= row.row:
        return None
    here = any(doubles.first.layout is layout for layout in listed.layouts)
    return doubles if here else None


def _said_first(listed: Listed, result: RowResult) -> list[Fault]:
    """The row that a refused one doubles: alone, the later one would come back as a correction."""
    doubles = _doubled(listed, result)
    if doubles is None:
        return []
    words = _("row {row} has the same number: keep one of the two").format(row=result.row.row)
    return [replace(doubles.fault, code=words, level="warn", row=doubles.first.row)]


def _as_fault(reason: Reason) -> Fault:
    """A reason as a remark takes it, with its own words in place of the code."""
    level: Any = reason.level
    return Fault(
        reason.message, level, reason.sheet, reason.row, reason.column, reason.field,
        reason.heading, reason.shown,
    )  # fmt: skip


def file_object(
    registry: Registry,
    listed: Listed,
    rows: Sequence[RowResult],
    *,
    written: bool,
) -> dict[str, Any]:
    """One file for programs; values stand in full, as the file has them."""
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
        "warnings": [{"code": code, "message": told} for code, told in warnings_of(listed)],
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
                "old": mask_column(change.field, change.old),
                "new": mask_column(change.field, change.new),
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
