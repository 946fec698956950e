"""What the packages of other offices leave to decide."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
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


def conflict_open(facts: Iterable[OpenConflict], on: date) -> Iterator[Duty]:
    """A conflict that nobody has settled, since the package came; nobody sets a last day."""
    for one in facts:
        since = date.fromisoformat(one.since)
        if since <= on:
            words = ("conflict", "settle", one.label, "--keep", Ask.SIDE, "--reason", Ask.TEXT)
            yield Duty(Kind.CONFLICT_OPEN, one.label, "", one.member, None, since, None, words)
