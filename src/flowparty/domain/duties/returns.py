"""The monthly return: what it lacks before the cut-off, and whether it went out and was closed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from flowparty.domain.duties.duty import Ask, Duty, Kind
from flowparty.domain.period import Period, latest_closed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from flowparty.domain.ledger import Away

LACKING = {
    "ethnicity": ("member", "--ethnicity", Ask.NAME),
    "education": ("member", "--education", Ask.NAME),
    "joined_on": ("member", "--joined", Ask.DAY),
    "mobile": ("member", "--mobile", Ask.PHONE),
    "occupation": ("move", "--occupation", Ask.TEXT),
}
"""Cells of the 台账 that may be empty and that the clerk can fill, by which noun and option.

Date, place and host have duties of their own.
"""


@dataclass(frozen=True, slots=True)
class Sent:
    """Which periods' returns were exported after their cut-off, and which are closed.

    ``unit`` is the office whose return it is, ``begun_on`` since when there are records.
    """

    unit: str
    begun_on: str
    periods: frozenset[str]
    closed: frozenset[str]


def running(on: date, cutoff_day: int) -> Period:
    """The period whose cut-off is next, or today."""
    this = Period(on.year, on.month)
    after = on.replace(day=1) + timedelta(days=31)
    return this if on <= this.end(cutoff_day) else Period(after.year, after.month)


def return_lacks(
    facts: Iterable[Away], on: date, cutoff_day: int, near_days: int
) -> Iterator[Duty]:
    """Empty cells of a row of the 台账, in the days before the cut-off."""
    period = running(on, cutoff_day)
    end = period.end(cutoff_day)
    if on < end - timedelta(days=near_days):
        return
    for person in facts:
        for noun in ("member", "move"):
            empty = [c for c, how in LACKING.items() if how[0] == noun and not getattr(person, c)]
            if empty:
                label = f"M{person.member_id}"
                yield Duty(
                    Kind.RETURN_LACKS,
                    label,
                    f"{period}-{noun}",
                    person.name,
                    person.branch,
                    end - timedelta(days=near_days),
                    end,
                    (noun, "edit", label, *(word for c in empty for word in LACKING[c][1:])),
                    {"fields": ",".join(empty)},
                )


def return_unsent(facts: Iterable[Sent], on: date, cutoff_day: int) -> Iterator[Duty]:
    """The return of the latest period, not exported since its cut-off."""
    period = latest_closed(on, cutoff_day)
    end = period.end(cutoff_day)
    due = end + timedelta(days=1)
    for one in facts:
        if one.begun_on <= end.isoformat() and str(period) not in one.periods:
            words = ("ledger", "export", "--period", str(period))
            yield Duty(Kind.RETURN_UNSENT, str(period), "", one.unit, None, due, due, words)


def return_unclosed(facts: Iterable[Sent], on: date, cutoff_day: int) -> Iterator[Duty]:
    """The return of the latest period, not closed since its cut-off; nobody sets a last day."""
    period = latest_closed(on, cutoff_day)
    end = period.end(cutoff_day)
    for one in facts:
        if one.begun_on <= end.isoformat() and str(period) not in one.closed:
            words = ("report", "close", "--period", str(period))
            since = end + timedelta(days=1)
            yield Duty(Kind.RETURN_UNCLOSED, str(period), "", one.unit, None, since, None, words)
