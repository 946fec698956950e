"""Months as dues know them: ``2026-11``, in order, counted and listed."""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Self

from flowparty.domain.period import parse_period

if TYPE_CHECKING:
    from collections.abc import Iterator

_YEAR = 12
_QUARTER = 3


@dataclass(frozen=True, slots=True, order=True)
class Month:
    """One calendar month."""

    year: int
    month: int

    def __str__(self) -> str:
        return f"{self.year:04d}-{self.month:02d}"

    @classmethod
    def of(cls, day: date) -> Self:
        """The month of a day."""
        return cls(day.year, day.month)

    @classmethod
    def from_iso(cls, text: str) -> Self:
        """Read back what ``str`` wrote.

        Raises:
            ValueError: it is not written like a month.
        """
        return cls(int(text[:4]), int(text[5:7]))

    def plus(self, months: int) -> Self:
        """The month so many later."""
        ahead = self.year * _YEAR + self.month - 1 + months
        return type(self)(ahead // _YEAR, ahead % _YEAR + 1)

    @property
    def last_day(self) -> date:
        """The last day of the month."""
        return date(self.year, self.month, calendar.monthrange(self.year, self.month)[1])

    @property
    def quarter_end(self) -> Month:
        """The last month of its quarter."""
        return Month(self.year, -(-self.month // _QUARTER) * _QUARTER)


def parse_month(text: str) -> Month:
    """Read ``2026-11`` or ``202611``.

    Raises:
        BadValue: ``period_invalid``.
    """
    period = parse_period(text)
    return Month(period.year, period.month)


def span(first: Month, last: Month) -> Iterator[Month]:
    """Every month from the first to the last, both included."""
    month = first
    while month <= last:
        yield month
        month = month.plus(1)
