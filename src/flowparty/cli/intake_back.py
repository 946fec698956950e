"""Lists with refused rows come back for mending, with every reason in words."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from flowparty.cli.intake_reasons import Reason, reasons_of
from flowparty.cli.session import say
from flowparty.domain.errors import Problem
from flowparty.errors import explain
from flowparty.intake.faults import Fault
from flowparty.language import _
from flowparty.service import handed_back
from flowparty.service.annotate import Around, annotate

if TYPE_CHECKING:
    from collections.abc import Sequence

    from flowparty.intake.lists import Doubling, Listed
    from flowparty.repository.registry import Registry
    from flowparty.service.import_rows import RowResult
    from flowparty.service.imports import Imported


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
        back = {(fault.sheet, fault.row) for fault in remarks if fault.level != "note"}
        try:
            copy = annotate(
                registry,
                listed.source,
                remarks,
                str,
                around=_around(listed, rows),
                masked=masked,
                about=() if masked else handed_back.about(listed, back),
            )
        except Problem as problem:
            say(_("The annotated copy was not written: {why}").format(why=explain(problem).message))
            continue
        if copy is not None and masked:
            say(_("What is wrong, without personal data: {path}").format(path=copy.path))
        elif copy is not None:
            say(_("Mend it here and import it again: {path}").format(path=copy.path))
            if not copy.is_whole and not done.written:
                _tell_rest(listed, rows, back)


def _tell_rest(listed: Listed, rows: Sequence[RowResult], back: set[tuple[str, int]]) -> None:
    """Say how to take the rows that did not come back, if there are any."""
    if _others_wait(rows, back):
        others = _("It has only the rows to look at; import {path} with --rest too.")
        say(others.format(path=listed.source.path))


def _others_wait(rows: Sequence[RowResult], back: set[tuple[str, int]]) -> bool:
    """Whether rows that do not come back would have been taken, had the others been good."""
    return any(
        result.action in ("add", "update") and (result.row.sheet, result.row.row) not in back
        for result in rows
    )


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
