"""A look over an OpenDocument spreadsheet's XML before the fast reader is let near it.

Here a cell or a row may stand for a million like it, and merges are told by nobody else.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from xml.parsers import expat

from flowparty.intake.markup import Markup, run
from flowparty.intake.sheets import Merge

if TYPE_CHECKING:
    from flowparty.intake.package import Package
    from flowparty.settings import Settings

_CONTENT = "content.xml"
_CELLS = ("table:table-cell", "table:covered-table-cell")
_MONTH = re.compile(r"\D*[0-9]{4}\D+[0-9]{1,2}\D*|[0-9]{2}年[0-9]{1,2}月")
_LONGEST_TEXT = 40
_WIDEST = 16_384


def look_over_sheets(package: Package, limits: Settings) -> dict[str, Markup]:
    """Measure every sheet: its extent, hidden rows and columns, formulas, merges, months.

    Raises:
        BadValue: ``file_too_large``, ``file_unreadable``, ``file_with_doctype``.
    """
    scan = _Scan()
    run(package, _CONTENT, scan.parser)
    for name, markup in scan.markups.items():
        markup.check(package.path, limits)
        for first, last in scan.hidden[name]:
            markup.hidden_rows.update(range(first, min(last, markup.rows) + 1))
    return scan.markups


class _Scan:
    """Handlers of one pass over all sheets."""

    def __init__(self) -> None:
        self.markups: dict[str, Markup] = {}
        self.hidden: dict[str, list[tuple[int, int]]] = {}
        self.parser = expat.ParserCreate()
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self._sheet = Markup()
        self._hidden: list[tuple[int, int]] = []
        self._row = self._rows = self._column = self._columns = 0
        self._cell: dict[str, str] | None = None
        self._text: list[str] = []
        self._noted = 0

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "table:table":
            name = attributes.get("table:name", "")
            self._sheet = self.markups[name] = Markup()
            self._hidden = self.hidden[name] = []
            self._row = self._rows = self._column = self._columns = 0
        elif name == "table:table-column":
            self._begin_column(attributes)
        elif name == "table:table-row":
            self._begin_row(attributes)
        elif name in _CELLS:
            self._column += self._columns
            self._columns = _repeats(attributes, "columns")
            self._cell = attributes
            self._text = []
        elif name == "office:annotation":
            self._noted += 1
        elif name == "text:p" and not self._noted:
            self.parser.CharacterDataHandler = self._characters

    def _begin_column(self, attributes: dict[str, str]) -> None:
        first = self._column
        self._column += _repeats(attributes, "columns")
        if _is_hidden(attributes):
            self._sheet.hidden_columns.update(range(first, min(self._column, _WIDEST)))

    def _begin_row(self, attributes: dict[str, str]) -> None:
        self._row += self._rows
        self._rows = _repeats(attributes, "rows")
        self._column = self._columns = 0
        if _is_hidden(attributes):
            self._hidden.append((self._row + 1, self._row + self._rows))

    def _characters(self, data: str) -> None:
        if len(self._text) < _LONGEST_TEXT:
            self._text.append(data)

    def _end(self, name: str) -> None:
        if name == "text:p":
            self.parser.CharacterDataHandler = None
        elif name == "office:annotation":
            self._noted -= 1
        elif name in _CELLS and self._cell is not None:
            self._finish(self._cell, "".join(self._text))
            self._cell = None

    def _finish(self, cell: dict[str, str], text: str) -> None:
        """Note a cell that holds something; only those count towards the extent."""
        kind = cell.get("office:value-type")
        formula = "table:formula" in cell
        self._merge(cell)
        if kind is None and not text and not formula:
            return
        sheet = self._sheet
        sheet.rows = max(sheet.rows, self._row + self._rows)
        sheet.columns = max(sheet.columns, self._column + self._columns)
        place = (self._row + 1, self._column)
        if formula:
            (sheet.valueless if kind is None else sheet.formulas).add(place)
        if cell.get("calcext:value-type") == "error":
            sheet.errors[place] = text[:_LONGEST_TEXT]
        elif kind == "date" and _MONTH.fullmatch(text):
            sheet.month_cells.add(place)

    def _merge(self, cell: dict[str, str]) -> None:
        wide = int(cell.get("table:number-columns-spanned", 1))
        high = int(cell.get("table:number-rows-spanned", 1))
        if wide > 1 or high > 1:
            top, left = self._row + 1, self._column
            self._sheet.merges.append(Merge(top, top + high - 1, left, left + wide - 1))


def _repeats(attributes: dict[str, str], what: str) -> int:
    repeats = int(attributes.get(f"table:number-{what}-repeated", 1))
    if repeats < 1:
        raise ValueError(repeats)
    return repeats


def _is_hidden(attributes: dict[str, str]) -> bool:
    return attributes.get("table:visibility") in ("collapse", "filter")
