"""In what unit the amounts of a sheet are, from row to row: a second block may have its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flowparty.intake.layout import merged_texts
from flowparty.intake.money_units import YUAN, of_titles

if TYPE_CHECKING:
    from flowparty.intake.fields import Kind
    from flowparty.intake.rows import Block
    from flowparty.intake.sheets import Sheet
    from flowparty.intake.titles import Titles


class Units:
    """What headings say, else the nearest row above them or the amount that gives a unit.

    Headings that return may leave out what the first said. ``rows`` are those that give one below
    the first headings.
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
        found = []
        for row in (0, *(row for row, why in block.skipped if why != "heading")):
            texts = merged_texts(self._sheet, row, 1) if row else []
            said = of_titles(texts, column.index)
            if said is not None:
                self._restated = said
                self.rows.append(row)
            if said is not None or not row:
                meant = self._titles.unit(self._kind, block.layout, self._restated)
                self._unit = meant or self._unit
                found.append((row, self._unit))
        return found
