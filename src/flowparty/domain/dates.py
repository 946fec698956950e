"""Days as people write them, and dates known only to the month or the year."""

from __future__ import annotations

import calendar
import re
import unicodedata
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone
from functools import lru_cache

from flowparty.domain.errors import BadValue
from flowparty.domain.masking import mask_digits
from flowparty.domain.text import bare

_ISO = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")
_PARTED = re.compile(r"([0-9]{4})[-./年]([0-9]{1,2})[-./月]([0-9]{1,2})日?")
_JOINED = re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})")
_MONTH = re.compile(r"([0-9]{4})[-./年]([0-9]{1,2})月?|([0-9]{4})([0-9]{2})")
_YEAR = re.compile(r"([0-9]{4})年?")
_BETWEEN = re.compile(r"(?<=[0-9])\s+(?=[0-9])")
_RELATIVE = {"今天": 0, "today": 0, "昨天": 1, "yesterday": 1, "前天": 2}
_FIRST_YEAR = 1900
_LONGEST = len("2026-11-23")
CHINA = timezone(timedelta(hours=8))
"""The whole country, throughout the year."""
SPREADSHEETS_AGREE_FROM = "1900-03-01"
"""The first day of which spreadsheets keep one number: before it they count a 29 February 1900."""


@dataclass(frozen=True, slots=True)
class PartialDate:
    """A day, a month or a year; ISO text stops where knowledge stops."""

    year: int
    month: int | None = None
    day: int | None = None

    def __post_init__(self) -> None:
        if self.day is not None and self.month is None:
            raise ValueError(self.day)
        date(self.year, self.month or 1, self.day or 1)

    def __str__(self) -> str:
        if self.day is not None:  # nearly always
            return f"{self.year:04d}-{self.month:02d}-{self.day:02d}"
        return f"{self.year:04d}" if self.month is None else f"{self.year:04d}-{self.month:02d}"

    @property
    def is_day(self) -> bool:
        """Whether it is known to the day."""
        return self.day is not None

    @property
    def first(self) -> date:
        """The earliest day it can be."""
        return date(self.year, self.month or 1, self.day or 1)

    @property
    def last(self) -> date:
        """The latest day it can be."""
        month = self.month or 12
        return date(self.year, month, self.day or calendar.monthrange(self.year, month)[1])

    @classmethod
    @lru_cache(maxsize=50_000)
    def from_iso(cls, text: str) -> PartialDate:
        """Read back what ``str`` wrote.

        Raises:
            ValueError: it is not ISO text of a date.
        """
        found = _ISO.fullmatch(text)
        if not found:
            raise ValueError(text)
        return cls(*(int(part) if part else None for part in found.groups()))  # type: ignore[arg-type]

    @classmethod
    def of(cls, day: date) -> PartialDate:
        """A date known to the day."""
        return cls(day.year, day.month, day.day)


def is_iso(text: str, *, whole: bool = False) -> bool:
    """Whether it is a date as it is kept: ISO text of a day, and if not ``whole`` of less."""
    found = _ISO.fullmatch(text)
    if not found or (whole and found[3] is None):
        return False
    year, month, day = (int(part or 1) for part in found.groups())
    try:
        date(year, month, day)
    except ValueError:
        return False
    return year >= _FIRST_YEAR


def china_day(at: str) -> str:
    """The ISO day in China of an ISO time in UTC."""
    return datetime.fromisoformat(at).astimezone(CHINA).date().isoformat()


def china_midnight(day: str) -> datetime:
    """The moment in UTC at which an ISO day begins in China."""
    return datetime.fromisoformat(day).replace(tzinfo=CHINA).astimezone(UTC)


def parse_day(text: str, today: date) -> date:
    """Read a day: ``2026-11-23``, ``2026.11.23``, ``20261123``, ``2026年11月23日``, 今天, 昨天.

    Raises:
        BadValue: ``date_invalid``.
    """
    plain = _plain(text)
    if plain in _RELATIVE:
        return today - timedelta(days=_RELATIVE[plain])
    found = _PARTED.fullmatch(plain) or _JOINED.fullmatch(plain)
    if not found:
        raise _invalid(text)
    return _built(text, *found.groups()).first


def parse_partial(text: str, today: date) -> PartialDate:
    """Read a day, or ``2026-11``, ``2026.11``, ``202611``, ``2026年11月``, ``2026``, ``2026年``.

    Raises:
        BadValue: ``date_invalid``.
    """
    plain = _plain(text)
    if found := _YEAR.fullmatch(plain):
        return _built(text, found[1])
    if found := _MONTH.fullmatch(plain):
        return _built(text, found[1] or found[3], found[2] or found[4])
    return PartialDate.of(parse_day(text, today))


def refuse_future(day: date | PartialDate, today: date) -> None:
    """Refuse what cannot have happened yet.

    Raises:
        BadValue: ``date_future``.
    """
    first = day.first if isinstance(day, PartialDate) else day
    if first > today:
        raise BadValue("date_future", value=str(day), today=today)


def _plain(text: str) -> str:
    """A typed day without its blanks; digits that one parts stay two numbers."""
    return bare(_BETWEEN.sub(".", unicodedata.normalize("NFKC", text))).lower()


def _built(text: str, *parts: str) -> PartialDate:
    try:
        found = PartialDate(*(int(part) for part in parts))
    except ValueError:
        raise _invalid(text) from None
    if found.year < _FIRST_YEAR:
        raise _invalid(text)
    return found


def _invalid(text: str) -> BadValue:
    """The refusal; what is too long for a day may be an identity number in the wrong place."""
    return BadValue("date_invalid", value=text if len(text) <= _LONGEST else mask_digits(text))
