"""The faulty rows of a list in a workbook of their own, where the list cannot be handed back.

Its headings stand above, so that it can be mended and imported like the list it came from.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, BinaryIO

from flowparty.domain.handing_back import REASON, ROW, SHEET
from flowparty.forms.heights import half_widths
from flowparty.forms.remarks import FILLS, REASON_WIDTH, by_row, reason
from flowparty.forms.streamed import StreamedBook
from flowparty.forms.text import cell_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from flowparty.forms.remarks import Remark

_FORBIDDEN_IN_TITLES = re.compile(r"[\[\]:*?/\\]")
_LONGEST_TITLE = 31
_NARROWEST, _WIDEST, _MARGIN = 8, 40, 2
"""Widths of columns, in characters of half width."""
_LIST = (SHEET, ROW, "列", "栏目", REASON)

Cell = tuple[Any, int]
"""What stands in a cell, and the number of its colour; 0 for none."""


@dataclass(frozen=True, slots=True)
class Table:
    """One sheet of the list: all its rows, and how many at its top are titles and headings.

    ``kept``: further rows that say what those below them mean, 1-based: titles inside the list, and
    headings that return. ``spread``: (row, column) of cells that stand for others, both as in
    ``rows`` counted from 0 → what a merge or 同上 says there.
    """

    name: str
    rows: Sequence[Sequence[Any]]
    headings: int
    kept: frozenset[int]
    spread: Mapping[tuple[int, int], Any]


def write_rows(out: BinaryIO, tables: Iterable[Table], remarks: Iterable[Remark]) -> None:
    """Write every row with a remark below its sheet's headings, then reason, sheet and row."""
    found = by_row(remarks)
    book = StreamedBook(out, list(FILLS.values()))
    for table in tables:
        if table.name in found:
            width = _width(table, found[table.name])
            widths = [*_widths(table, found[table.name], width), REASON_WIDTH]
            rows = _rows(table, found[table.name], width)
            headings = max(table.headings, 1)
            book.sheet(_title(table.name), rows, widths=widths, headings=headings)
    book.close()


def write_list(out: BinaryIO, remarks: Iterable[Remark]) -> None:
    """Write only where each fault is and what it is, nothing of what stood there."""
    book = StreamedBook(out)
    widths = [*[_NARROWEST * 2] * (len(_LIST) - 1), REASON_WIDTH]
    book.sheet(REASON, _listed(by_row(remarks)), widths=widths, headings=1)
    book.close()


def _listed(found: Mapping[str, Mapping[int, Sequence[Remark]]]) -> Iterator[list[Cell]]:
    yield _plain(_LIST)
    for name, rows in found.items():
        for number, said in rows.items():
            for remark in said:
                where = (name, str(number), remark.column, remark.heading)
                yield _plain((*where, remark.words))


def _width(table: Table, rows: Mapping[int, Sequence[Remark]]) -> int:
    numbers = {*range(1, table.headings + 1), *table.kept, *rows}
    return max((len(table.rows[n - 1]) for n in numbers if n <= len(table.rows)), default=0)


def _widths(table: Table, rows: Iterable[int], width: int) -> list[int]:
    """How wide each column must be for its last heading and for what stands in the rows."""
    widest = [_NARROWEST] * width
    for number in {max(table.headings, 1), *rows}:
        for column, value in enumerate(table.rows[number - 1] if number <= len(table.rows) else ()):
            needed = half_widths(str(value or "")) + _MARGIN
            widest[column] = max(widest[column], min(needed, _WIDEST))
    return widest


def _rows(table: Table, rows: Mapping[int, Sequence[Remark]], width: int) -> Iterator[list[Cell]]:
    for number, row in enumerate(table.rows[: table.headings], start=1):
        last = [REASON, SHEET, ROW] if number == table.headings else []
        yield _plain([*_padded(row, width), *last])
    for number in sorted({n for n in table.kept if n > table.headings}.union(rows)):
        values = list(table.rows[number - 1]) if number <= len(table.rows) else []
        if number not in rows:
            yield _plain(_padded(values, width))
            continue
        for column in range(len(values)):
            values[column] = table.spread.get((number - 1, column), values[column])
        cells = _plain(_padded(values, width))
        _colour(cells, rows[number])
        yield [*cells, *_plain([reason(rows[number]), table.name, str(number)])]


def _plain(values: Iterable[Any]) -> list[Cell]:
    return [(value, 0) for value in values]


def _title(name: str) -> str:
    """A title that a workbook takes; it makes equal ones differ by itself."""
    return _FORBIDDEN_IN_TITLES.sub("_", cell_text(name))[:_LONGEST_TITLE] or REASON


def _padded(row: Sequence[Any], width: int) -> list[Any]:
    return [*row, *[""] * (width - len(row))]


def _colour(cells: list[Cell], said: Sequence[Remark]) -> None:
    """Colour the cells of a row that something is said of; the worst is said first, and stays."""
    from openpyxl.utils import column_index_from_string

    for remark in reversed(said):
        index = column_index_from_string(remark.column) - 1 if remark.column else len(cells)
        if index < len(cells):
            cells[index] = (cells[index][0], 1 + list(FILLS).index(remark.level))
