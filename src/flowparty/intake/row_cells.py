"""The row of a list that is being read: its cells, what they say so far, and its faults."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from flowparty.intake.cells import read_free
from flowparty.intake.faults import Fault, Level, shown

if TYPE_CHECKING:
    from collections.abc import Sequence

    from flowparty.intake.columns import Column
    from flowparty.intake.layout import Layout
    from flowparty.intake.rules import Rules
    from flowparty.intake.sheets import Cell

REJECTED = frozenset({
    "name_missing", "name_unsafe", "date_invalid", "cell_masked", "formula_no_value",
    "branch_unknown", "branch_ambiguous", "money_invalid", "word_unknown",
})  # fmt: skip
NOTED = frozenset(
    {
        "name_cleaned", "text_cleaned", "text_long", "date_serial", "date_unknown",
        "destination_renamed",
    }
)  # fmt: skip


class RowCells:
    """One row after the other; ``faults`` and ``values`` are those of the row that was begun."""

    def __init__(self, layout: Layout, rules: Rules, blank: dict[str, Any]) -> None:
        """``blank``: the values that every row has, with nothing in them."""
        self._layout = layout
        self._rules = rules
        self._blank = blank
        self.begin(0, [])

    def begin(self, row: int, cells: list[Cell]) -> None:
        """Start on a row."""
        self.faults: list[Fault] = []
        self.values: dict[str, Any] = dict(self._blank)
        self._row = row
        self._cells = cells

    def flag(
        self,
        code: str | None,
        name: str,
        level: Level | None = None,
        why: str = "",
        table: str = "",
        *,
        title: str = "",
        candidates: Sequence[str] = (),
    ) -> None:
        """Note a fault of this row's cell of a field.

        Args:
            code: what is wrong; None if nothing is.
            name: the field.
            level: how bad it is; None as the code is.
            why: what tells of it more closely.
            table: the one that does not know the cell's word.
            title: what says so, where it is not the cell.
            candidates: those among whom nobody can choose.
        """
        if code is None:
            return
        if level is None:
            level = "reject" if code in REJECTED else "note" if code in NOTED else "warn"
        column = self._layout.columns.get(name)
        stood = shown(title, "branch") if title else shown(self._cell(name), name)
        fault = fault_at(self._layout, column, self._row, code, level, name, stood)
        if why or table:
            known = self._rules.tables[table].terms.values() if table else ()
            fault = replace(fault, why=why, known=tuple(term.zh for term in known))
        self.faults.append(fault.among(candidates) if candidates else fault)

    def _keep_free(self, name: str, cell: Cell) -> None:
        """Keep free text as it was written."""
        reading = read_free(cell)
        self.values[name] = reading.value
        self.flag(reading.code, name)

    def _faulty(self, name: str) -> bool:
        """Whether something is wrong with a cell; a note of it is no fault."""
        return any(fault.field == name and fault.level != "note" for fault in self.faults)

    def _cell(self, name: str) -> Cell:
        column = self._layout.columns.get(name)
        return None if column is None else self._cells[column.index]


def fault_at(
    layout: Layout, column: Column | None, row: int, code: str, level: Level, name: str, stood: str
) -> Fault:
    """A fault of a row where its column stands; without a column it stands nowhere."""
    letter, heading = (column.letter, column.heading) if column else ("", "")
    return Fault(code, level, layout.sheet, row, letter, name, heading, stood)
