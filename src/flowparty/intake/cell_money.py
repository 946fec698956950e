"""Money cells: amounts, yearly incomes, and a trade with an income in one cell."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from flowparty.domain.errors import BadValue
from flowparty.domain.money import parse_yuan
from flowparty.domain.text import bare
from flowparty.intake.cells import as_text
from flowparty.intake.money_units import FOREIGN, UNCLEAR, YUAN, is_foreign

if TYPE_CHECKING:
    from flowparty.intake.sheets import Cell

_AMOUNT = r"[0-9]+(?:,[0-9]{3})*(?:\.[0-9]+)?"
_MONEY = re.compile(
    rf"(?:年均?|全年|每年)?(?:纯|总)?(?:收入|薪)?(?:为|是|:)?({_AMOUNT})(万元|万|元|千元|千)?(?:人民币)?(?:/年|每年|一年|年)?"
)
_TRADE_AND_MONEY = re.compile(
    r"(?P<trade>.*?)[\s,，、;；:/()\[\]|-]*"
    r"(?P<money>(?:(?:约|大概|大约|近|月|日|年|全年|每月|每年|平均)*(?:均|纯|总)?(?:收入|工资|薪|入|薪水|薪资)|(?:约|大概|大约|近)?[0-9][0-9.,~至到-]*(?:[万元千]|[0-9]{3}))"
    r".*|(?:收入)?(?:不详|不清楚|不稳定|不固定|保密|未知|不明|无收入))"
)
_TRADE_AND_NUMBER = re.compile(
    r"(?P<trade>.*?)[\s,，、;；:/()\[\]|-]*(?P<money>(?:约|大概|大约|近)?(?<![0-9.])[0-9]+(?:[.~至到-][0-9]+)*)[)\]]?"
)
_NO_INCOME = re.compile(r"(?:年?收入)?(?:不详|不清楚|未知|不明|保密|无|没有|无收入|-*|—*|/)")
_OWN_UNIT = re.compile(r"[元圆块万千]")
_SIGN = re.compile(r"[¥￥]")
"""It says yuan too, and nearer than any heading."""
_SMALL = 1000
"""A yearly income below this many yuan was probably meant in 万元, so nobody can say."""
_MOST = 10_000_000
_MOST_FOR_ONE, _LEAST_FOR_ONE = 1_000_000_00, 100_00
"""In fen: a town's pots are hardly larger than the one, and nobody is given less than the other.

So 300 yuan typed below 万元 is seen.
"""


@dataclass(frozen=True, slots=True)
class Income:
    """A trade, the yearly income in yuan, and ``income_unclear`` where words hold no one amount.

    A range, a monthly wage (never multiplied by twelve) and a bare small number are unclear.
    """

    trade: str | None = None
    yuan: int | None = None
    code: str | None = None
    words: str | None = None
    """What was written where it is unclear."""
    why: str = ""
    """``money_foreign``: it is in another currency."""


def read_amount(cell: Cell, *, unit: int = YUAN) -> int:
    """An amount of money in fen; the unit beside it, if there is one, is the one meant.

    Raises:
        BadValue: ``money_invalid`` (``why``: ``money_foreign``, in another currency);
            ``money_unit_unclear``.
    """
    text = as_text(cell)
    if unit == FOREIGN or is_foreign(text):
        raise BadValue("money_invalid", value=text, why="money_foreign")
    fen = parse_yuan(text)
    if _OWN_UNIT.search(text) or _SIGN.search(text):
        return fen
    if unit == UNCLEAR:
        raise BadValue("money_unit_unclear", value=text)
    return fen * unit


def is_implausible(cell: Cell, fen: int, *, unit: int) -> bool:
    """Whether an amount for one person is so large, or small, that its unit may be another.

    Where the cell writes its unit in words it is sure; ¥1.5 below 万元 is not.
    """
    text = as_text(cell)
    if _OWN_UNIT.search(text):
        return False
    small = unit != YUAN and fen < _LEAST_FOR_ONE and _SIGN.search(text) is not None
    return small or fen > _MOST_FOR_ONE


def read_income(cell: Cell, *, unit: int = YUAN) -> Income:
    """Read a column of yearly incomes."""
    text = bare(as_text(cell))
    if not text or _NO_INCOME.fullmatch(text):
        return Income()
    if unit == FOREIGN or is_foreign(text):
        words = text if is_foreign(text) else f"{text}（外币）"
        return Income(code="income_unclear", words=words, why="money_foreign")
    found = _MONEY.fullmatch(text)
    if found is None:
        return Income(code="income_unclear", words=text)
    return _in_yuan(text, found[1].replace(",", ""), found[2], unit)


def _in_yuan(text: str, amount: str, own: str | None, unit: int) -> Income:
    """One amount; ``own``: the unit beside it."""
    if own in ("千", "千元"):
        return Income(yuan=round(float(amount) * _SMALL))
    try:
        yuan = read_amount(f"{amount}{own or ''}", unit=unit) // 100
    except BadValue as problem:
        whole = problem.code == "money_unit_unclear"
        return Income(code=problem.code if whole else "income_unclear", words=text)
    if (yuan < _SMALL and own is None) or yuan > _MOST:
        return Income(code="income_unclear", words=text)
    return Income(yuan=yuan)


def read_job_income(cell: Cell, *, unit: int = YUAN) -> Income:
    """Read a trade and an income written together: 木工，年收入4万元; 服装厂 5万; 保安(5-7万).

    A bare number behind the trade (木工 4) is an income where the headings give it a unit.
    """
    text = unicodedata.normalize("NFKC", as_text(cell)).strip()
    found = _TRADE_AND_MONEY.fullmatch(text)
    if found is None and unit != YUAN:
        found = _TRADE_AND_NUMBER.fullmatch(text)
    if is_foreign(text if found is None else found["trade"]):
        return read_income(text)
    if found is None:
        return Income(trade=_trade(text))
    money = re.sub(r"[()\[\]\s]", "", found["money"])
    trade = found["trade"]
    if not trade and (
        after := re.fullmatch(r"(.*[元万年月0-9])[,、;/\s]+([^0-9元万]+)", found["money"])
    ):
        money, trade = after[1], after[2]
    income = read_income(money, unit=unit)
    return replace(income, trade=_trade(trade))


def _trade(text: str) -> str | None:
    return text.strip(" ,，、;；:：/()（）|-") or None
