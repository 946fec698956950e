"""The packages of other offices: those that have not come, and what they leave to decide."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from flowparty.domain.duties.duty import Ask, Duty, Kind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


@dataclass(frozen=True, slots=True)
class OpenConflict:
    """What two offices say differently and nobody has settled: about whom, and since when."""

    label: str
    member: str
    since: str


@dataclass(frozen=True, slots=True)
class Unsent:
    """An office below that has not sent a month, and the month's last day."""

    division: str
    name: str
    period: str
    end: date


def unit_unsent(facts: Iterable[Unsent], on: date, report_days: int) -> Iterator[Duty]:
    """A month that an office below has not sent, from the day after the cut-off."""
    for one in facts:
        since = one.end + timedelta(days=1)
        if since <= on:
            due = one.end + timedelta(days=report_days)
            words = ("report", "receive", Ask.FILE)
            yield Duty(Kind.UNIT_UNSENT, one.division, one.period, one.name, None, since, due,
                       words, {"period": one.period})  # fmt: skip


def conflict_open(facts: Iterable[OpenConflict], on: date) -> Iterator[Duty]:
    """A conflict that nobody has settled, since the package came; nobody sets a last day."""
    for one in facts:
        since = date.fromisoformat(one.since)
        if since <= on:
            words = ("conflict", "settle", one.label, "--keep", Ask.SIDE, "--reason", Ask.TEXT)
            yield Duty(Kind.CONFLICT_OPEN, one.label, "", one.member, None, since, None, words)
