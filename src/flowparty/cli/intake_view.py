"""How an import is shown: reasons and changes for people, one object a file for programs."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from flowparty.cli.intake_reasons import Reason, reasons_of
from flowparty.cli.session import say
from flowparty.domain.identity import IdNumber
from flowparty.domain.masking import mask_column
from flowparty.intake.rows_passed_over import rows_passed_over
from flowparty.language import _
from flowparty.repository import orgs
from flowparty.repository.codes import table
from flowparty.service import handed_back
from flowparty.service.imports import counts_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from flowparty.domain.errors import Problem
    from flowparty.domain.orgs import Org
    from flowparty.intake.fields import Kind
    from flowparty.intake.lists import Listed
    from flowparty.repository.registry import Registry
    from flowparty.service.import_rows import RowResult

_VILLAGE = re.compile(r"(?:党总支|党支部|支部委员会|支部)$")
_INNER = frozenset({"destination_place", "serial", "card_words", "card_checks"})
_MOST_NAMED = 8
_LONGEST_NAMED = 30
_OTHER_REFUSED = "other_file_refused"
"""All files are written or none."""
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
    notes = [f"{sheet}!{row} {_cut(words)}" for sheet, row, words in rows_passed_over(listed)]
    if notes:
        where = "，".join(notes[:_MOST_NAMED]) + ("…" if notes[_MOST_NAMED:] else "")
        said = _("{rows} rows are titles or remarks and nobody: {where}.")
        told.append(("rows_passed_over", said.format(rows=len(notes), where=where)))
    if listed.unkept:
        kept = _("Read, but not kept: {columns}.").format(columns="，".join(listed.unkept))
        told.append(("columns_not_kept", kept))
    left_out = handed_back.has_left_out(listed)
    if left_out:
        told.append(("rows_left_out", _("The rows that came back in 回填 were left out.")))
    if not listed.rows and not left_out:
        told.append(("no_data_rows", _("There are headings, but no rows below them.")))
    hidden = {sheet.name for sheet in listed.source.sheets if sheet.hidden}
    for name, missing in listed.passed_over.items():
        told.append(("sheet_passed_over", _passed_over(name, missing, hidden=name in hidden)))
    return told


def _cut(words: str) -> str:
    return words if len(words) <= _LONGEST_NAMED else f"{words[:_LONGEST_NAMED]}…"


def _passed_over(name: str, missing: str, *, hidden: bool) -> str:
    if hidden:
        said = _("Sheet {name} is hidden and was passed over; it is read with  --sheet {name}")
        return said.format(name=name)
    if missing:
        said = _("Sheet {name} was passed over: it lacks {columns}.")
        return said.format(name=name, columns=missing)
    return _("Sheet {name} is no such list and was passed over.").format(name=name)


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
    said = {(sheet, row): words for sheet, row, words in rows_passed_over(listed)}
    return {
        "file": "accepted" if listed.rows or handed_back.has_left_out(listed) else "no_data_rows",
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
            {"sheet": sheet, "row": row, "kind": why, **_words(said.get((sheet, row)))}
            for sheet, row, why in listed.skipped
        ],
        "rows": [_row_object(listed.kind, result, by_key) for result in rows],
    }


def problem_objects(problem: Problem, paths: Sequence[Path], at: int) -> list[dict[str, Any]]:
    """One object a file where one of them could not be read: why none of them was taken.

    Args:
        problem: what is wrong.
        paths: all files.
        at: the place of the file that could not be read; behind the last if it was none of them.
    """
    return [
        {
            "file": problem.code if at in (place, len(paths)) else _OTHER_REFUSED,
            "path": str(path),
            "written": False,
            "mapping": [],
            "rows": [],
        }
        for place, path in enumerate(paths)
    ]


def _words(said: str | None) -> dict[str, str]:
    return {} if said is None else {"words": said}


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
