"""A reporting month: ``2026-11`` holds the facts from 10-28 to 11-27 ("before the 28th")."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from dateutil.relativedelta import relativedelta

from flowparty.domain.errors import BadValue

_FORM = re.compile(r"([0-9]{4})-?([0-9]{2})")
_MONTHS = 12


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """One month of returns; its days depend on the town's ``cutoff_day`` (1 to 28)."""

    year: int
    month: int

    def __str__(self) -> str:
        return f"{self.year:04d}-{self.month:02d}"

    def end(self, cutoff_day: int) -> date:
        """The last day: states are taken at its end."""
        return date(self.year, self.month, cutoff_day)

    def start(self, cutoff_day: int) -> date:
        """The first day: the one after the previous month's cut-off."""
        return self.end(cutoff_day) - relativedelta(months=1) + timedelta(days=1)

    @property
    def before(self) -> Period:
        """The month before."""
        return (
            Period(self.year - 1, _MONTHS) if self.month == 1 else Period(self.year, self.month - 1)
        )


def parse_period(text: str) -> Period:
    """Read ``2026-11`` or ``202611``.

    Raises:
        BadValue: ``period_invalid``.
    """
    found = _FORM.fullmatch(text.strip())
    if not found or not 1 <= int(found[2]) <= _MONTHS or int(found[1]) == 0:
        raise BadValue("period_invalid", value=text)
    return Period(int(found[1]), int(found[2]))


def latest_closed(today: date, cutoff_day: int) -> Period:
    """The latest period whose cut-off day is over on ``today``."""
    this = Period(today.year, today.month)
    if this.end(cutoff_day) < today:
        return this
    return this.before


def period_of(day: date, cutoff_day: int) -> Period:
    """The period that a day's facts belong to."""
    this = Period(day.year, day.month)
    if day <= this.end(cutoff_day):
        return this
    after = day.replace(day=1) + relativedelta(months=1)
    return Period(after.year, after.month)
