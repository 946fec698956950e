"""Dates in every spelling that lists bring: text, true dates, numbers like 1980.3 or 19800301."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING

from flowparty.domain.dates import SPREADSHEETS_AGREE_FROM, PartialDate
from flowparty.domain.text import bare

if TYPE_CHECKING:
    from flowparty.intake.sheets import Cell

_SEPARATOR = r"[-./。、,·年]"
_FULL = re.compile(
    rf"([0-9]{{4}}){_SEPARATOR}([0-9]{{1,2}})(?:[-./。、,·月]([0-9]{{1,2}})[日号]?|月?份?)"
)
_SHORT_YEAR = re.compile(
    rf"([0-9]{{2}}){_SEPARATOR}([0-9]{{1,2}})(?:[-./。月]([0-9]{{1,2}})日?|月?)"
)
_DIGITS = re.compile(r"([0-9]{4})(?:([0-9]{2})([0-9]{2})?)?年?")
_SERIAL = re.compile(r"[1-9][0-9]{4}")
_TIME = re.compile(
    r"(?:\s+|T|(?<=[日号]))(?:[上下]午)?[0-9]{1,2}"
    r"(?:[时点]|[:时点][0-9]{1,2}(?:[:分][0-9]{1,2}(?:\.[0-9]+)?)?[分秒]?)\s*$"
)
_PARTED = re.compile(r"(?<=[0-9])\s+(?=[0-9])")
_TOGETHER = re.compile(r"[0-9]{2}")
_YEARLESS = re.compile(
    r"[0-9]{1,2}[月.][0-9]{0,2}[日号]?|[0-9]{1,2}月.*|(?:去|前|今|当|上|大前|本)年?.*|[0-9半几]+(?:多|几)?年(?:多|前|了|以上)*|[0-9]{2,4}年代.*"
)
_LIKE_NUMBER = re.compile(r"[0-9]{4}\.1")
_LUNAR = re.compile(r"[农阴旧古]历|正月|[冬腊]月|闰|初[0-9]")
_SOME_YEAR = re.compile(r"(?<![0-9])(?:19|20)[0-9]{2}")
_OF_TIME = re.compile(r"[年月日天春夏秋冬节前后初底末时期久代早晚]")
"""Words that tell some time (多年, 春节后); 务工 and 女 are in the wrong column."""
_WORDS = re.compile(r"[^0-9]*[\u4e00-\u9fff][^0-9]*")
_UNKNOWN = re.compile(
    r"不详|不清楚?|未知|不掌握|不知道?|不明|记不清|无|没有|(?:暂|尚)?[未无没待][\u4e00-\u9fff]{1,4}|从未.*"
)
_VAGUE = re.compile(
    rf"[约大概在]*((?:19|20)[0-9]{{2}})(?:{_SEPARATOR}([0-9]{{1,2}})月?)?(?![0-9])(.*)"
)
_WITH_WORDS = re.compile(
    rf"[约大概在于生]*((?:19|20)[0-9]{{2}}){_SEPARATOR}([0-9]{{1,2}})[-./。、,·月]([0-9]{{1,2}})(?![0-9])"
    r"[日号]?[-~至到,;(、]*(?:[\u4e00-\u9fff]|(?:19|20)[0-9]{2}).*"
)
"""A day with words (左右, 生, 转正) or another date behind it."""
_DAY_AFTER = re.compile(r"[-./月日]*[0-9]{1,2}(?![0-9])")
_NUMERALS = str.maketrans("〇零○一二三四五六七八九", "0001234567" + "89")
_CHINESE = re.compile(r"[〇零○一二三四五六七八九十]{4}年?.*")
_TENS = re.compile(r"([一二三四五六七八九]?)十([一二三四五六七八九]?)")
_ZEROS = re.compile(r"([0-9]{4})([-./年]?)(?:([0-9]{2})\2?)?00(?:\2?00)?[月日]?")
_BLANK = re.compile(r"[-—–/\\]*")

_EARLIEST = 1900
_DAY_ZERO = date(1899, 12, 30)
_JANUARY, _OCTOBER = 1, 10
_CENTURY = 100


@dataclass(frozen=True, slots=True)
class DateReading:
    """What a cell says: the value to store and what is to be said about it.

    ``code``: None, ``date_invalid``, ``date_ambiguous``, ``date_serial``,
    ``date_unknown`` or ``date_not_understood`` (words).
    ``candidates``: all that an ambiguous spelling can mean, for those who know more.
    ``why``: what is in doubt where it is not which of two: ``date_no_year``, ``date_vague``.
    """

    value: PartialDate | None = None
    code: str | None = None
    candidates: tuple[PartialDate, ...] = ()
    why: str = ""


_INVALID = DateReading(code="date_invalid")
_NO_YEAR = DateReading(code="date_ambiguous", why="date_no_year")


@lru_cache(maxsize=50_000, typed=True)
def read_date(cell: Cell, today: date, *, is_text: bool = False) -> DateReading:
    """Read a date; one in the future, before 1900, or not of the calendar is ``date_invalid``.

    ``is_text``: the file knows text only, so that a number 1980.1 stands there as text too.
    """
    try:
        reading = _number_as_text(cell, today) if is_text else None
        reading = reading or _read(cell, today)
    except (ValueError, OverflowError):
        return _INVALID
    value = reading.value
    if value is None:
        return reading
    named = 0 not in (value.month, value.day)
    return reading if named and value.year >= _EARLIEST and value.first <= today else _INVALID


def _number_as_text(cell: Cell, today: date) -> DateReading | None:
    """Read ``1980.1`` in a text file as the number it may have been; full-width it was none."""
    plain = cell.strip() if isinstance(cell, str) else ""
    return _from_number(float(plain), today) if _LIKE_NUMBER.fullmatch(plain) else None


def _read(cell: Cell, today: date) -> DateReading:
    if cell is None:
        return DateReading()
    if isinstance(cell, PartialDate):
        return DateReading(cell)
    if isinstance(cell, date):
        sure = cell.isoformat() >= SPREADSHEETS_AGREE_FROM
        return DateReading(PartialDate(cell.year, cell.month, cell.day)) if sure else _INVALID
    if isinstance(cell, str):
        return _from_text(cell, today)
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        return _from_number(float(cell), today)
    return _INVALID


def _from_text(text: str, today: date) -> DateReading:
    plain = _plain(text)
    if _BLANK.fullmatch(plain):
        return DateReading()
    if _UNKNOWN.fullmatch(plain):
        return DateReading(code="date_unknown")
    if _CHINESE.fullmatch(plain):
        plain = _TENS.sub(_ten, plain).translate(_NUMERALS)
    if found := _FULL.fullmatch(plain) or _DIGITS.fullmatch(plain):
        return _stated(found.groups(), plain)
    if found := _SHORT_YEAR.fullmatch(plain):
        return _short_year(*found.groups(), today=today)
    if _SERIAL.fullmatch(plain):
        return _from_serial(float(plain), today)
    return _vague(plain)


def _plain(text: str) -> str:
    """The day without its time and its blanks; digits that a blank parts stay two numbers.

    Unless all are parted, which only stretches the text: 1 9 8 0 年 3 月.
    """
    day = _TIME.sub("", unicodedata.normalize("NFKC", text).strip())
    return bare(_PARTED.sub(".", day) if _TOGETHER.search(day) else day).rstrip(".。")


def _stated(parts: tuple[str | None, ...], plain: str) -> DateReading:
    """Read a date with its year; ``19800300`` says that nobody knows the day."""
    if found := _ZEROS.fullmatch(plain):
        return DateReading(
            _partial(found[1], None if found[3] in (None, "00") else found[3], None), "date_unknown"
        )
    return DateReading(_partial(*parts))  # type: ignore[arg-type]


def _ten(found: re.Match[str]) -> str:
    """十 → 10, 十二 → 12, 二十 → 20, 二十三 → 23, its digits still as words."""
    return f"{found[1] or '一'}{found[2] or '〇'}"


def _vague(plain: str) -> DateReading:
    """Read what leaves the day open: of the old calendar's days the year is known, of 去年 nothing.

    Words after a date (左右, 至今, 春节后) leave the date, in doubt; digits after it make it none.
    An identity number that has the same day settles a birthday (1985年8月1日生).
    """
    if _LUNAR.search(plain):
        year = _SOME_YEAR.search(plain)
        return _doubtful(_partial(year[0], None, None)) if year else _NO_YEAR
    if found := _WITH_WORDS.fullmatch(plain):
        day = _partial(*found.groups())
        return _doubtful(day, day)
    found = _VAGUE.fullmatch(plain)
    if found and not _DAY_AFTER.match(found[3]):
        return _doubtful(_partial(found[1], found[2], None))
    words = _WORDS.fullmatch(plain)
    if _YEARLESS.fullmatch(plain) or (words and _OF_TIME.search(plain)):
        return _NO_YEAR
    if words:
        return DateReading(code="date_not_understood")
    return _INVALID


def _doubtful(value: PartialDate, *candidates: PartialDate) -> DateReading:
    """What is sure of a date that words leave open."""
    return DateReading(value, "date_ambiguous", candidates, "date_vague")


def _from_number(number: float, today: date) -> DateReading:
    """Read 19800301, 198003, 1980, a day number, or 1980.3; 1980.1 may have been 1980.10."""
    text = str(int(number)) if number.is_integer() else repr(number)
    if text == "0":
        return DateReading()
    if _SERIAL.fullmatch(text.partition(".")[0]):
        return _from_serial(number, today)
    reading = _from_text(text, today)
    if not text.endswith(".1") or reading.value is None:
        return reading
    year = reading.value.year
    months = (PartialDate(year, _JANUARY), PartialDate(year, _OCTOBER))
    return DateReading(PartialDate(year), "date_ambiguous", months)


def _from_serial(number: float, today: date) -> DateReading:
    """Read a day number; 20193 may as well be 2019.3 without its point."""
    day = PartialDate.of(_DAY_ZERO + timedelta(days=int(number)))
    year, month = divmod(int(number), 10)
    if not (month and _EARLIEST <= year <= today.year):
        return DateReading(day, "date_serial")
    return DateReading(None, "date_ambiguous", (day, PartialDate(year, month)))


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
