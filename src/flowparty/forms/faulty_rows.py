"""The faulty rows of a list in a workbook of their own, where the list cannot be handed back.

Its headings stand above, so that it can be mended and imported like the list it came from.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, BinaryIO

from flowparty.forms.remarks import FILLS, REASON, REASON_WIDTH, ROW, SHEET, by_row, reason
from flowparty.forms.streamed import StreamedBook
from flowparty.forms.text import cell_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from flowparty.forms.remarks import Remark

_FORBIDDEN_IN_TITLES = re.compile(r"[\[\]:*?/\\]")
_LONGEST_TITLE = 31
_LIST = (SHEET, ROW, "列", "栏目", REASON)

Cell = tuple[Any, int]
"""What stands in a cell, and the number of its colour; 0 for none."""


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
    found = by_row(remarks)
    book = StreamedBook(out, list(FILLS.values()))
    for table in tables:
        if table.name in found:
            width = _width(table, found[table.name])
            rows = _rows(table, found[table.name], width)
            book.sheet(_title(table.name), rows, wide=(width + 1, REASON_WIDTH))
    book.close()


def write_list(out: BinaryIO, remarks: Iterable[Remark]) -> None:
    """Write only where each fault is and what it is, nothing of what stood there."""
    book = StreamedBook(out)
    book.sheet(REASON, _listed(by_row(remarks)), wide=(len(_LIST), REASON_WIDTH))
    book.close()


def _listed(found: Mapping[str, Mapping[int, Sequence[Remark]]]) -> Iterator[list[Cell]]:
    yield _plain(_LIST)
    for name, rows in found.items():
        for number, said in rows.items():
            for remark in said:
                where = (name, str(number), remark.column, remark.heading)
                yield _plain((*where, remark.words))


def _width(table: Table, rows: Mapping[int, Sequence[Remark]]) -> int:
    shown = (table.rows[number - 1] for number in rows if number <= len(table.rows))
    return max(map(len, (*table.rows[: table.headings], *shown)), default=0)


def _rows(table: Table, rows: Mapping[int, Sequence[Remark]], width: int) -> Iterator[list[Cell]]:
    for number, row in enumerate(table.rows[: table.headings], start=1):
        last = [REASON, SHEET, ROW] if number == table.headings else []
        yield _plain([*_padded(row, width), *last])
    for number, said in rows.items():
        values = list(table.rows[number - 1]) if number <= len(table.rows) else []
        for column, value in enumerate(values):
            if value == "":
                values[column] = table.spread.get((number - 1, column), value)
        cells = _plain(_padded(values, width))
        _colour(cells, said)
        yield [*cells, *_plain([reason(said), table.name, str(number)])]


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
