"""The readers of money: amounts in the unit of their column, incomes, a trade with an income."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from flowparty.domain.errors import BadValue
from flowparty.intake.cell_money import (
    Income,
    is_implausible,
    read_amount,
    read_income,
    read_job_income,
)
from flowparty.intake.cells import read_free
from flowparty.intake.row_cells import RowCells

if TYPE_CHECKING:
    from flowparty.intake.sheets import Cell

_CAME_BACK = re.compile(
    r"返还|退[回还款]|归还|收回|追回|取消|作废|停发|放弃|冲销|[未没](?:[有能])?(?:发|领|到账|拨付|支付|兑现)"
)


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
        if is_implausible(cell, fen, unit=self.unit):
            self.flag("money_unit_unclear", name, "warn", why="money_implausible")

    def check_aid(self) -> None:
        """What tells that money came back, or never went, has no place in the record of a grant."""
        if self.values["returned"]:
            self.flag("value_unrecognised", "returned", why="aid_came_back")
        if _CAME_BACK.search(self.values["remark"] or ""):
            self.flag("value_unrecognised", "remark", why="aid_came_back")
