"""How tall a row must be so that no line of a wrapped text is cut off on paper."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil
from typing import TYPE_CHECKING, Any
from unicodedata import east_asian_width

if TYPE_CHECKING:
    from collections.abc import Iterator

_UNIT = 5.25 * 0.97  # points of a unit of column width (a digit at 11 points), less the padding
_LEADING = 1.3  # height of a line, in font sizes


@dataclass(frozen=True, slots=True)
class Room:
    """The room of a cell: half characters a line, and the height of a line in points."""

    characters: int
    line: float

    def needed(self, text: str) -> float:
        """The height a text needs, in points."""
        if len(text) * 2 <= self.characters and "\n" not in text:
            return self.line
        lines = (max(1, ceil(half_widths(part) / self.characters)) for part in text.split("\n"))
        return sum(lines) * self.line


def half_widths(text: str) -> int:
    """How many characters of half width a text takes; a Chinese one takes two."""
    return sum(2 if east_asian_width(character) in "WF" else 1 for character in text)


def rooms(sheet: Any, number: int) -> Iterator[tuple[Any, Room]]:
    """The cells of a row that wrap, each with its room; a cell over several rows has none."""
    spans = {merged.start_cell.coordinate: merged for merged in sheet.merged_cells.ranges}
    for cell in sheet[number]:
        span = spans.get(cell.coordinate)
        tall = span is not None and span.max_row > span.min_row
        if tall or not (cell.alignment and cell.alignment.wrap_text):
            continue
        last = cell.column if span is None else span.max_col
        wide = sum(_column(sheet, column) for column in range(cell.column, last + 1))
        size = float(cell.font.size)
        yield cell, Room(max(2, int(wide * _UNIT / (size / 2))), size * _LEADING)


def _column(sheet: Any, number: int) -> float:
    from openpyxl.utils import get_column_letter

    return float(sheet.column_dimensions[get_column_letter(number)].width)


def make_room(sheet: Any, number: int) -> None:
    """Raise a row of a fixed height that is too low for what stands in it."""
    height = sheet.row_dimensions[number].height
    if height is None:
        return
    needs = [
        room.needed(cell.value)
        for cell, room in rooms(sheet, number)
        if isinstance(cell.value, str)
    ]
    sheet.row_dimensions[number].height = max([height, *needs])
