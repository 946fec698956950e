"""Who has sent a month, when, and what changed since the month before; who has not."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from flowparty.repository import office_keys, packages, settings
from flowparty.service.month_rules import rules_of

if TYPE_CHECKING:
    from flowparty.domain.period import Period
    from flowparty.repository.packages import Received
    from flowparty.repository.registry import Registry

CELLS = ("away", "due", "held")


@dataclass(frozen=True, slots=True)
class UnitStatus:
    """One office below us in one month; ``state`` is a code of table ``report_state``.

    ``counts`` are its figures, ``changes`` the same less those of the month before.
    """

    division: str
    name: str
    state: str
    due: date
    on: str | None = None
    seq: int | None = None
    revision: int | None = None
    packages: int = 0
    members: int | None = None
    counts: tuple[int | None, ...] = (None, None, None)
    changes: tuple[int | None, ...] = (None, None, None)
    gap: str | None = None


def status(registry: Registry, period: Period) -> list[UnitStatus]:
    """Every office whose key is trusted below us, by division: sent, corrected, late or missing.

    An office reports by package from the day its key is trusted.
    """
    in_force, ours = settings.load(registry), settings.identity(registry).division
    end = rules_of(registry, period)[0].on
    due = end + timedelta(days=in_force.report_days)
    found = packages.list_received(registry, (str(period), str(period.before)))
    keys = office_keys.list_keys(registry)
    below = {
        key.holder: key
        for key in keys
        if key.live and key.division.startswith(ours) and key.division != ours
    }
    trusted = {key.holder for key in keys if date.fromisoformat(key.since) <= due}
    return [
        _unit(key.division, key.name, due, str(period), [p for p in found if p.sender == holder])
        for holder, key in below.items()
        if holder in trusted
    ]


def _unit(division: str, name: str, due: date, period: str, found: list[Received]) -> UnitStatus:
    now = [one for one in found if one.period == period]
    before = [one for one in found if one.period != period]
    if not now:
        return UnitStatus(division, name, "missing", due)
    first, last = now[0], now[-1]
    state = "late" if date.fromisoformat(first.on) > due else "sent"
    counts = _counts(last)
    past = _counts(before[-1]) if before else (None, None, None)
    return UnitStatus(
        division,
        name,
        "corrected" if last.revision > 1 else state,
        due,
        last.on,
        last.seq,
        last.revision,
        len(now),
        last.members,
        counts,
        tuple(None if b is None or a is None else a - b for a, b in zip(counts, past, strict=True)),
        last.gap,
    )


def _counts(received: Received) -> tuple[int | None, ...]:
    whole = received.totals["whole"]["counts"]
    return tuple(int(whole[cell]) for cell in CELLS)
