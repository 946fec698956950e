"""Files of rows as sheets of cells: told by content, opened safely, numbered as Excel does."""

from __future__ import annotations

import dataclasses
from datetime import date
from typing import TYPE_CHECKING

from flowparty.domain.dates import PartialDate
from flowparty.domain.errors import BadValue
from flowparty.intake.confined import MOST_BYTES, reading
from flowparty.intake.delimited import read_delimited
from flowparty.intake.kinds import check_ole, container
from flowparty.intake.markup import Markup, look_over
from flowparty.intake.opendocument import look_over_sheets
from flowparty.intake.package import open_package
from flowparty.intake.sheets import Cell, Format, Marker, Merge, Sheet, Source
from flowparty.intake.structure import month_styles, sheet_parts
from flowparty.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from flowparty.intake.markup import Place

__all__ = ["Cell", "Marker", "Merge", "Sheet", "Source", "read_source", "read_workbook"]

_DEFAULTS = Settings()


def read_source(path: Path, *, encoding: str | None = None, limits: Settings = _DEFAULTS) -> Source:
    """Read a file of rows, hidden sheets included; what it is, its content says.

    A date shown as year and month only becomes a :class:`PartialDate`; an error such as ``#N/A``
    is the text that is shown.

    Args:
        path: an ``.xlsx``, ``.xls`` or ``.ods`` workbook, or text with comma, tab or semicolon.
        encoding: how the text is written, if the reader should not find out; workbooks know.
        limits: how large a file may be.

    Raises:
        BadValue: ``file_missing``, ``file_empty``, ``file_not_a_workbook`` (``kind`` names what it
            is), ``file_macro``, ``file_binary_workbook``, ``file_encrypted``, ``file_unreadable``,
            ``file_with_doctype``, ``file_bomb``, ``file_too_large``, ``file_cell_too_long``,
            ``file_takes_too_long``, ``file_quotes_broken``, ``file_encoding_ambiguous``,
            ``file_encoding_wrong``, ``file_encoding_unknown``.
        Denied: ``file_not_readable``.
        UsageProblem: ``encoding_unknown``.
    """
    try:
        source = _read(path, encoding, limits)
    except MemoryError as error:
        most = MOST_BYTES >> 20
        raise BadValue("file_too_large", path=str(path), limit=most, unit="megabytes") from error
    if not any(sheet.rows for sheet in source.sheets if not sheet.hidden):
        raise BadValue("file_empty", path=str(path))
    return source


def read_workbook(path: Path) -> list[Sheet]:
    """Read the sheets that are not hidden.

    Raises:
        BadValue, Denied: as :func:`read_source`.
    """
    return [sheet for sheet in read_source(path).sheets if not sheet.hidden]


def _read(path: Path, encoding: str | None, limits: Settings) -> Source:
    kind = container(path)
    if kind == "text":
        return read_delimited(path, encoding, limits)
    if kind == "ole":
        check_ole(path)
        with reading(path, limits) as sheets:
            return Source(path, "xls", None, [_completed(path, s, Markup()) for s in sheets()])
    with reading(path, limits) as sheets:
        form, markups = _looked_over(path, limits)
        completed = [_completed(path, s, markups.get(s.name, Markup())) for s in sheets()]
    return Source(path, form, None, completed)


def _looked_over(path: Path, limits: Settings) -> tuple[Format, Mapping[str, Markup]]:
    """What the XML says of each sheet, before anything that was read elsewhere is taken in."""
    with open_package(path, limits) as package:
        if package.format == "ods":
            return "ods", look_over_sheets(package, limits)
        months = month_styles(package)
        markups = {
            name: look_over(package, part, months, limits)
            for name, part in sheet_parts(package).items()
            if part in package
        }
    return "xlsx", markups


def _completed(path: Path, sheet: Sheet, markup: Markup) -> Sheet:
    """A sheet as the fast reader gave it, with what only the XML tells."""
    rows = sheet.rows
    for row, column in _inside(markup.month_cells, rows):
        stood = rows[row - 1][column]
        if isinstance(stood, date):
            rows[row - 1][column] = PartialDate(stood.year, stood.month)
    for row, column in _inside(markup.valueless, rows):
        rows[row - 1][column] = Marker.NO_VALUE
    for row, column in _inside(markup.errors, rows):
        rows[row - 1][column] = markup.errors[row, column]
    width = max(map(len, rows), default=0)
    merges = _clipped((*sheet.merges, *markup.merges), len(rows), width)
    if sum(merge.bottom - merge.top + 1 for merge in merges) > len(rows) * width:
        raise BadValue("file_unreadable", path=str(path))  # they overlap
    return dataclasses.replace(
        sheet,
        merges=merges,
        hidden_rows=frozenset(row for row in markup.hidden_rows if row <= len(rows)),
        hidden_columns=frozenset(column for column in markup.hidden_columns if column < width),
        formulas=frozenset(markup.formulas),
    )


def _inside(places: Iterable[Place], rows: list[list[Cell]]) -> Iterator[Place]:
    return (
        (row, column)
        for row, column in places
        if 0 < row <= len(rows) and 0 <= column < len(rows[row - 1])
    )


def _clipped(merges: Iterable[Merge], rows: int, width: int) -> tuple[Merge, ...]:
    """The merges that touch the rows, cut to them: one may claim a million rows for itself."""
    return tuple(
        Merge(merge.top, min(merge.bottom, rows), merge.left, min(merge.right, width - 1))
        for merge in merges
        if merge.top <= rows and merge.left < width
    )
