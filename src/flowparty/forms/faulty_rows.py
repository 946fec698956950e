"""The faulty rows of a list in a workbook of their own, where the list cannot be handed back.

Its headings stand above, so that it can be mended and imported like the list it came from.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import TYPE_CHECKING, Any, BinaryIO

from flowparty.forms.remarks import (
    FILLS,
    REASON,
    REASON_WIDTH,
    ROW,
    SHEET,
    by_row,
    reason,
    save_whole,
)
from flowparty.forms.text import cell_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from flowparty.forms.remarks import Remark

_FORBIDDEN_IN_TITLES = re.compile(r"[\[\]:*?/\\]")
_LONGEST_TITLE = 31


@dataclass(frozen=True, slots=True)
class Table:
    """One sheet of the list: all its rows, and how many at its top are titles and headings.

    ``spread``: (row, column) of cells inside a merge, both as in ``rows`` counted from 0 → what the
    merge says there.
    """

    name: str
    rows: Sequence[Sequence[Any]]
    headings: int
    spread: Mapping[tuple[int, int], Any]


def write_rows(out: BinaryIO, tables: Iterable[Table], remarks: Iterable[Remark]) -> None:
    """Write every row with a remark below its sheet's headings, then reason, sheet and row."""
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    found = by_row(remarks)
    for table in tables:
        if table.name in found:
            _write_table(book, table, found[table.name])
    save_whole(book, out)


def write_list(out: BinaryIO, remarks: Iterable[Remark]) -> None:
    """Write only where each fault is and what it is, what stood there masked: for passing on."""
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    sheet = book.create_sheet(REASON)
    sheet.append([SHEET, ROW, "列", "栏目", "原内容", REASON])
    for name, rows in by_row(remarks).items():
        for number, said in rows.items():
            for remark in said:
                words = (name, str(number), remark.column, remark.heading, remark.shown)
                sheet.append([_text(sheet, word) for word in (*words, remark.words)])
    save_whole(book, out)


def _write_table(book: Any, table: Table, rows: Mapping[int, Sequence[Remark]]) -> None:
    from openpyxl.utils import get_column_letter

    sheet = book.create_sheet(_title(table.name))
    shown = [table.rows[number - 1] for number in rows if number <= len(table.rows)]
    width = max(map(len, (*table.rows[: table.headings], *shown)), default=0)
    sheet.column_dimensions[get_column_letter(width + 1)].width = REASON_WIDTH
    for number, row in enumerate(table.rows[: table.headings], start=1):
        last = [REASON, SHEET, ROW] if number == table.headings else []
        sheet.append([_text(sheet, value) for value in (*_padded(row, width), *last)])
    for number, said in rows.items():
        values = list(table.rows[number - 1]) if number <= len(table.rows) else []
        for column, value in enumerate(values):
            if value == "":
                values[column] = table.spread.get((number - 1, column), value)
        cells = [_text(sheet, value) for value in _padded(values, width)]
        _colour(cells, said)
        last = [reason(said), table.name, str(number)]
        sheet.append([*cells, *(_text(sheet, value) for value in last)])


def _title(name: str) -> str:
    """A title that a workbook takes; it makes equal ones differ by itself."""
    return _FORBIDDEN_IN_TITLES.sub("_", cell_text(name))[:_LONGEST_TITLE] or REASON


def _padded(row: Sequence[Any], width: int) -> list[Any]:
    return [*row, *[""] * (width - len(row))]


def _text(sheet: Any, value: Any) -> Any:
    """A cell: numbers and days as they are, anything else as text that stays text."""
    from openpyxl.cell import WriteOnlyCell

    cell = WriteOnlyCell(sheet)
    if isinstance(value, bool | int | float | date):
        cell.value = value
        return cell
    text = "" if value is None or isinstance(value, Enum) else cell_text(str(value))
    cell.number_format = "@"
    if text:
        cell.value = text
        cell.data_type = "s"
    return cell


def _colour(cells: Sequence[Any], said: Sequence[Remark]) -> None:
    from openpyxl.comments import Comment
    from openpyxl.styles import PatternFill
    from openpyxl.utils import column_index_from_string

    for remark in reversed(said):  # the worst is the first, and its colour stays
        index = column_index_from_string(remark.column) - 1 if remark.column else len(cells)
        if index < len(cells):
            cells[index].fill = PatternFill("solid", fgColor=FILLS[remark.level])
            cells[index].number_format = "@"
            cells[index].comment = Comment(cell_text(remark.words), "flowparty")
