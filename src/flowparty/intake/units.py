"""In what unit the amounts of a sheet are, from row to row: a second block may have its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flowparty.intake.layout import merged_texts
from flowparty.intake.money_units import YUAN, of_titles

if TYPE_CHECKING:
    from flowparty.intake.columns import Column
    from flowparty.intake.fields import Kind
    from flowparty.intake.layout import Layout
    from flowparty.intake.rows import Block
    from flowparty.intake.sheets import Sheet
    from flowparty.intake.titles import Titles


class Units:
    """What the nearest row above an amount says that gives a unit, be it a title or headings.

    Headings that say none leave it to the title above them; those that return may leave out what
    the first said. ``rows`` are those below the first headings with which another begins to hold.
    """

    def __init__(self, kind: Kind, titles: Titles, sheet: Sheet) -> None:
        self._kind = kind
        self._titles = titles
        self._sheet = sheet
        self._unit = YUAN
        self._restated: int | None = None
        self.rows: list[int] = []

    def of(self, block: Block) -> list[tuple[int, int]]:
        """From which row on which unit holds; blocks are asked from above to below."""
        column = block.layout.money(self._kind)
        if column is None:
            return [(0, self._unit)]
        self._unit = self._by_headings(block.layout)
        found = [(0, self._unit)]
        for row, why in block.skipped:
            unit = self._said(row, why, block.layout, column)
            if unit is not None and unit != self._unit:
                self._unit = unit
                self.rows.append(row)
                found.append((row, unit))
        return found

    def _said(self, row: int, why: str, layout: Layout, column: Column) -> int | None:
        """What a row that is nobody says of the unit of those below it, as no sub-total does."""
        (texts,) = merged_texts(self._sheet, row, 1)
        if why == "heading":
            again = column.index < len(texts) and texts[column.index] in column.path
            return self._by_headings(layout) if again else None
        said = None if why == "subtotal" else of_titles([texts], column.index)
        self._restated = self._restated if said is None else said
        return said

    def _by_headings(self, layout: Layout) -> int:
        return self._titles.unit(self._kind, layout, self._restated) or self._unit
