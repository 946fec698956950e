"""The reader of 是否返乡: yes or no in any words, or the very day of the return."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from flowparty.domain.remarks import BACK, told_back
from flowparty.intake.cell_dates import read_date
from flowparty.intake.cells import is_blank, read_free
from flowparty.intake.row_cells import RowCells

if TYPE_CHECKING:
    from flowparty.intake.sheets import Cell

_HOME = f"(?:{BACK}|返|回)"
_NOT_HOME = re.compile(rf"(?:[尚暂还]?[未没]|没有|未曾){_HOME}|(?:仍|还)?在外")
_IS_HOME = re.compile(rf"(?:是|有)?[，,]?(?:已经?|现已)?{_HOME}了?")
_BESIDE_DAY = re.compile(rf"是|于|已经?|{_HOME}了?|[（()）,，：:]")


class ReturnReader(RowCells):
    """Reads whether somebody is back; a day that stands there is the day of the return."""

    _is_text: bool

    def _read_returned(self, name: str, cell: Cell) -> None:
        word = self._rules.word("yes_no", cell)
        text = "".join((read_free(cell).value or "").split())
        if word.code is None:
            self.values[name] = None if word.value is None else word.value == "yes"
        elif _NOT_HOME.fullmatch(text):
            self.values[name] = False
        elif _IS_HOME.fullmatch(text):
            self.values[name] = True
        else:
            self._day_back(name, cell)

    def _day_back(self, name: str, cell: Cell) -> None:
        """2026.1.15, 是（2026年1月15日）, 2026.1.15已返乡; the column for it goes before."""
        written = _BESIDE_DAY.sub("", cell) if isinstance(cell, str) else cell
        reading = read_date(written, self._rules.today, is_text=self._is_text)
        if reading.value is None:
            self.flag("value_unrecognised", name)
            return
        self.values[name] = True
        if is_blank(self._cell("returned_on")):
            self.values["returned_on"] = reading.value
        self.flag(reading.code, name, why=reading.why)

    def check_return(self) -> None:
        """The day on which somebody is back who is said to be, where only the remark has it."""
        if not self.values["returned"] or self.values["returned_on"] is not None:
            return
        told = told_back(self.values["remark"])
        if len(told) != 1 or not is_blank(self._cell("returned_on")):
            return
        reading = read_date(_BESIDE_DAY.sub("", told[0]), self._rules.today)
        if reading.value is not None:
            self.values["returned_on"] = reading.value
            self.flag(reading.code, "remark", why=reading.why)
