"""Dates in every spelling that lists bring: text, true dates, numbers like 1980.3 or 19800301."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING

from flowparty.domain.dates import PartialDate
from flowparty.domain.text import bare

if TYPE_CHECKING:
    from flowparty.intake.reader import Cell

_SEPARATOR = r"[-./。、,·年]"
_FULL = re.compile(
    rf"([0-9]{{4}}){_SEPARATOR}([0-9]{{1,2}})(?:[-./。、,·月]([0-9]{{1,2}})[日号]?|月?份?)"
)
_SHORT_YEAR = re.compile(
    rf"([0-9]{{2}}){_SEPARATOR}([0-9]{{1,2}})(?:[-./。月]([0-9]{{1,2}})日?|月?)"
)
_DIGITS = re.compile(r"([0-9]{4})(?:([0-9]{2})([0-9]{2})?)?年?")
_SERIAL = re.compile(r"[1-9][0-9]{4}")
_TIME = re.compile(r"(?:T|(?<=[0-9]{2}))[0-9]{1,2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]+)?)?$")
_YEARLESS = re.compile(r"[0-9]{1,2}[月.][0-9]{1,2}[日号]?|(?:去|前|今|当)年.*")
_LUNAR = re.compile(r"([0-9]{4})年?(?:农历|阴历)?(?:正月|腊月|冬月|闰.*)")
_UNKNOWN = frozenset({"不详", "不清楚", "不清", "未知", "不掌握", "不知道", "不明", "无"})
_BLANK = re.compile(r"[-—–/\\]*")

_EARLIEST = 1900
_DAY_ZERO = date(1899, 12, 30)
_JANUARY, _OCTOBER = 1, 10
_CENTURY = 100


@dataclass(frozen=True, slots=True)
class DateReading:
    """What a cell says: the value to store and what is to be said about it.

    ``code``: None, ``date_invalid``, ``date_ambiguous``, ``date_serial`` or ``date_unknown``.
    ``candidates``: all that an ambiguous spelling can mean, for those who know more.
    """

    value: PartialDate | None = None
    code: str | None = None
    candidates: tuple[PartialDate, ...] = ()


_INVALID = DateReading(code="date_invalid")


@lru_cache(maxsize=10_000, typed=True)
def read_date(cell: Cell, today: date) -> DateReading:
    """Read a date; one in the future, before 1900, or not of the calendar is ``date_invalid``."""
    try:
        reading = _read(cell, today)
    except (ValueError, OverflowError):
        return _INVALID
    value = reading.value
    if value is not None and not (value.year >= _EARLIEST and value.first <= today):
        return _INVALID
    return reading


def _read(cell: Cell, today: date) -> DateReading:
    if cell is None:
        return DateReading()
    if isinstance(cell, PartialDate):
        return DateReading(cell)
    if isinstance(cell, date):
        return DateReading(PartialDate(cell.year, cell.month, cell.day))
    if isinstance(cell, str):
        return _from_text(cell, today)
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        return _from_number(float(cell), today)
    return _INVALID


def _from_text(text: str, today: date) -> DateReading:
    plain = _TIME.sub("", bare(text))
    if _BLANK.fullmatch(plain):
        return DateReading()
    if plain in _UNKNOWN:
        return DateReading(code="date_unknown")
    if found := _FULL.fullmatch(plain) or _DIGITS.fullmatch(plain):
        return DateReading(_partial(*found.groups()))
    if found := _SHORT_YEAR.fullmatch(plain):
        return _short_year(*found.groups(), today=today)
    if _SERIAL.fullmatch(plain):
        return _from_serial(float(plain))
    return _vague(plain)


def _vague(plain: str) -> DateReading:
    """Read what leaves the day open: 1980年正月 is known to the year, 去年 not even so."""
    if found := _LUNAR.fullmatch(plain):
        return DateReading(PartialDate(int(found[1])), "date_ambiguous")
    return DateReading(code="date_ambiguous") if _YEARLESS.fullmatch(plain) else _INVALID


def _from_number(number: float, today: date) -> DateReading:
    """Read 19800301, 198003, 1980, a day number, or 1980.3; 1980.1 may have been 1980.10."""
    text = str(int(number)) if number.is_integer() else repr(number)
    if text == "0":
        return DateReading()
    if _SERIAL.fullmatch(text.partition(".")[0]):
        return _from_serial(number)
    reading = _from_text(text, today)
    if not text.endswith(".1") or reading.value is None:
        return reading
    year = reading.value.year
    months = (PartialDate(year, _JANUARY), PartialDate(year, _OCTOBER))
    return DateReading(PartialDate(year), "date_ambiguous", months)


def _from_serial(number: float) -> DateReading:
    day = _DAY_ZERO + timedelta(days=int(number))
    return DateReading(PartialDate.of(day), "date_serial")


def _short_year(year: str, month: str, day: str | None, *, today: date) -> DateReading:
    """Read ``80.3``: the latest century that does not lie in the future, flagged."""
    found = []
    for century in (today.year // _CENTURY * _CENTURY, _EARLIEST):
        candidate = _partial(str(century + int(year)), month, day)
        if candidate.first <= today:
            found.append(candidate)
    return DateReading(found[0], "date_ambiguous", tuple(found))


def _partial(year: str, month: str | None, day: str | None) -> PartialDate:
    return PartialDate(int(year), month and int(month), day and int(day))  # type: ignore[arg-type]
