"""Workbooks as rows of cells: opened safely, numbered as Excel shows them, merges known."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Any

from flowparty.domain.dates import PartialDate
from flowparty.domain.errors import BadValue
from flowparty.intake.markup import look_over
from flowparty.intake.package import open_package
from flowparty.intake.references import column_index
from flowparty.intake.sheets import Cell, Marker, Merge, Sheet, Source
from flowparty.intake.structure import month_styles, sheet_parts

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from flowparty.intake.markup import Markup

__all__ = ["Cell", "Marker", "Merge", "Sheet", "Source", "read_source", "read_workbook"]

_REFERENCE = re.compile(r"([A-Za-z]+)([0-9]+)")


def read_source(path: Path, *, encoding: str | None = None) -> Source:  # noqa: ARG001
    """Read a file of rows, hidden sheets included; what it is, its content says.

    A date shown as year and month only becomes a :class:`PartialDate`.

    Args:
        path: the file.
        encoding: how its text is written, if the reader should not find out; workbooks know.

    Raises:
        BadValue: ``file_missing``, ``file_empty``, ``file_not_a_workbook``, ``file_encrypted``,
            ``file_unreadable``, ``file_too_large``.
        Denied: ``file_not_readable``.
    """
    with open_package(path) as package:
        months = month_styles(package)
        markups = {
            name: look_over(package, part, months)
            for name, part in sheet_parts(package).items()
            if part in package
        }
    sheets = _read(path, markups)
    if not any(sheet.rows for sheet in sheets if not sheet.hidden):
        raise BadValue("file_empty", path=str(path))
    return Source(path, "xlsx", None, sheets)


def read_workbook(path: Path) -> list[Sheet]:
    """Read the sheets that are not hidden.

    Raises:
        BadValue, Denied: as :func:`read_source`.
    """
    return [sheet for sheet in read_source(path).sheets if not sheet.hidden]


def _read(path: Path, markups: Mapping[str, Markup]) -> list[Sheet]:
    from python_calamine import CalamineError, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

    try:
        with CalamineWorkbook.from_path(str(path)) as book:
            return [
                _sheet(
                    book.get_sheet_by_name(about.name),
                    markups[about.name],
                    hidden=about.visible != SheetVisibleEnum.Visible,
                )
                for about in book.sheets_metadata
                if about.typ == SheetTypeEnum.WorkSheet and about.name in markups
            ]
    except CalamineError as error:
        raise BadValue("file_unreadable", path=str(path)) from error


def _sheet(sheet: Any, markup: Markup, *, hidden: bool) -> Sheet:
    rows: list[list[Cell]] = [] if sheet.start is None else sheet.to_python(skip_empty_area=False)
    for number, index in _places(markup.month_cells, rows):
        stood = rows[number][index]
        if isinstance(stood, date):
            rows[number][index] = PartialDate(stood.year, stood.month)
    for number, index in _places(markup.valueless, rows):
        rows[number][index] = Marker.NO_VALUE
    merged = sheet.merged_cell_ranges or ()
    merges = tuple(Merge(top + 1, end + 1, left, right) for (top, left), (end, right) in merged)
    return Sheet(sheet.name, rows, merges, hidden)


def _places(references: Iterable[str], rows: list[list[Cell]]) -> Iterable[tuple[int, int]]:
    """Row and column (both 0-based) of each reference inside the rows."""
    for reference in references:
        found = _REFERENCE.fullmatch(reference)
        if found and int(found[2]) <= len(rows):
            number, index = int(found[2]) - 1, column_index(found[1])
            if index < len(rows[number]):
                yield number, index
