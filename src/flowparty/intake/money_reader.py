"""The readers of money: amounts in the unit of their column, incomes, a trade with an income."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flowparty.domain.errors import BadValue
from flowparty.intake.cell_money import Income, read_amount, read_income, read_job_income
from flowparty.intake.cells import read_free
from flowparty.intake.row_cells import RowCells

if TYPE_CHECKING:
    from flowparty.intake.sheets import Cell


class MoneyReader(RowCells):
    """``unit``: of the amounts that name none, as :mod:`money_units` has it."""

    unit: int

    def _read_job_income(self, name: str, cell: Cell) -> None:
        self._income(name, read_job_income(cell, unit=self.unit))

    def _read_income(self, name: str, cell: Cell) -> None:
        self._income(name, read_income(cell, unit=self.unit))

    def _income(self, name: str, income: Income) -> None:
        if name == "job_income":
            self.values["occupation"] = income.trade
        self.values["annual_income_yuan"] = income.yuan
        self.values["income_words"] = read_free(income.words).value
        self.flag(income.code, name, why=income.why)

    def _read_money(self, name: str, cell: Cell) -> None:
        try:
            fen = read_amount(cell, unit=self.unit)
        except BadValue as problem:
            self.flag(problem.code, name, "reject", why=str(problem.params.get("why", "")))
            return
        self.values["amount_fen"] = fen
