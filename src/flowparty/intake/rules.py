"""What the rows of a list are judged by; what was looked up once is remembered for the list."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from flowparty.intake.cells import read_code

if TYPE_CHECKING:
    from collections.abc import Container, Mapping
    from datetime import date

    from flowparty.domain.codes import CodeTable
    from flowparty.domain.places import Gazetteer, Match
    from flowparty.intake.branches import BranchNames
    from flowparty.intake.cells import TextReading
    from flowparty.intake.sheets import Cell


@dataclass(frozen=True, slots=True)
class Rules:
    """Branches, places and tables to look things up in, and the day of reading.

    ``people``: the name keys of everybody recorded; a cell that is one of them is no title.
    """

    branches: BranchNames
    places: Gazetteer
    tables: Mapping[str, CodeTable]
    today: date
    home: str | None
    people: Container[str] = frozenset()
    _words: dict[tuple[str, Cell], TextReading] = field(default_factory=dict, repr=False)
    _places: dict[str, Match] = field(default_factory=dict, repr=False)
    _areas: dict[str, bool] = field(default_factory=dict, repr=False)

    def word(self, table: str, cell: Cell) -> TextReading:
        """The code of a table's word."""
        key = (table, str(cell) if isinstance(cell, bool) else cell)
        if key not in self._words:
            self._words[key] = read_code(cell, self.tables[table])
        return self._words[key]

    def place(self, text: str) -> Match:
        """The place that a text names."""
        if text not in self._places:
            self._places[text] = self.places.resolve(text, home=self.home)
        return self._places[text]

    def is_area(self, code: str) -> bool:
        """Whether six digits are a county of today."""
        if code not in self._areas:
            self._areas[code] = self.places.get(code) is not None
        return self._areas[code]
