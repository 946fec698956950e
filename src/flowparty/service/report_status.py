"""Who has sent a month, when, and what changed since the month before; who has not."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from flowparty.domain.closing import Form
from flowparty.domain.duties.exchange import Unsent
from flowparty.domain.packages import gap_left
from flowparty.domain.period import latest_closed
from flowparty.repository import closings, office_keys, orgs, packages, settings
from flowparty.service.month_rules import rules_of

if TYPE_CHECKING:
    from flowparty.domain.orgs import Org
    from flowparty.domain.period import Period
    from flowparty.repository.duties.asked import Asked
    from flowparty.repository.office_keys import OfficeKey
    from flowparty.repository.packages import Received
    from flowparty.repository.registry import Registry

CELLS = ("away", "due", "held")
_STATES = {
    (False, False): "sent",
    (True, False): "late",
    (False, True): "corrected",
    (True, True): "late_corrected",
}
"""By whether the first package was late, and whether it was corrected since."""


@dataclass(frozen=True, slots=True)
class UnitStatus:
    """One office below us in one month; ``state`` is a code of table ``report_state``.

    ``on`` is when its first package came, by which it is late or not, ``again_on`` when the newest.
    ``counts`` are its figures, ``changes`` the same less those of the month before;
    ``fork`` is the number from which on its registry, set back, took the place of another one;
    ``closed_without`` says that our own close of the month lacks it, whatever came since;
    ``key_revoked`` is the day from which nothing of it is taken until its new key is trusted.
    """

    division: str
    name: str
    state: str
    due: date
    on: str | None = None
    again_on: str | None = None
    seq: int | None = None
    revision: int | None = None
    packages: int = 0
    members: int | None = None
    counts: tuple[int | None, ...] = (None, None, None)
    changes: tuple[int | None, ...] = (None, None, None)
    gap: str | None = None
    fork: int | None = None
    key_revoked: str | None = None
    closed_without: bool = False


def status(registry: Registry, period: Period) -> list[UnitStatus]:
    """Every office below us that reports, by division: sent, corrected, late or missing.

    An office reports by package from the day a key of it is trusted, and goes on doing so when its
    key is revoked; no longer once no organization of its division lives in the month.
    """
    in_force, ours = settings.load(registry), settings.identity(registry).division
    end = rules_of(registry, period)[0].on
    due = end + timedelta(days=in_force.report_days)
    found = packages.list_received(registry, (str(period), str(period.before)))
    ended = _ended(registry, period.start(in_force.cutoff_day))
    keys = office_keys.list_keys(registry)
    trusted = {key.holder for key in keys if date.fromisoformat(key.since) <= due}
    newest = {key.holder: key for key in reversed(keys)}
    below = [
        key
        for key in sorted(newest.values(), key=lambda key: key.division)
        if key.holder in trusted
        and key.division.startswith(ours)
        and key.division not in {ours, *ended}
    ]
    units = [
        _unit(registry, key, due, str(period), [p for p in found if p.sender == key.holder])
        for key in below
    ]
    without = _closed_without(registry, period)
    return [replace(unit, closed_without=unit.division in without) for unit in units]


def _closed_without(registry: Registry, period: Period) -> set[str]:
    """The divisions of those who had not sent a month when it was closed here."""
    closed = closings.closed(registry, period)
    rows = [] if closed is None else closings.rows(registry, closed.id, form=Form.MISSING)
    return {row.cells["division"] for row in rows if row.cells is not None}


def missing(registry: Registry, period: Period, org: Org | None = None) -> list[UnitStatus]:
    """Those who have not sent a month; within an organization if it is given."""
    found = [unit for unit in status(registry, period) if unit.state == "missing"]
    if org is None:
        return found
    inside = orgs.subtree(registry, org.id)
    divisions = {one.division for one in orgs.list_orgs(registry) if one.id in inside}
    return [unit for unit in found if unit.division in divisions]


def unsent(asked: Asked) -> list[Unsent]:
    """Who has not sent the latest month whose cut-off has passed; a matter of the whole office."""
    if asked.org is not None:
        return []
    period = latest_closed(asked.on, asked.force.cutoff_day)
    end = rules_of(asked.registry, period)[0].on
    return [
        Unsent(unit.division, unit.name, str(period), end)
        for unit in missing(asked.registry, period)
    ]


def _ended(registry: Registry, on: date) -> set[str]:
    """The divisions of which there was an organization, and none on a day."""
    every = {org.division for org in orgs.list_orgs(registry) if org.division}
    return every - {org.division for org in orgs.list_orgs(registry, on=on) if org.division}


def _unit(
    registry: Registry, key: OfficeKey, due: date, period: str, found: list[Received]
) -> UnitStatus:
    now = [one for one in found if one.period == period]
    before = [one for one in found if one.period != period]
    if not now:
        return UnitStatus(key.division, key.name, "missing", due, key_revoked=key.revoked_on)
    first, last = now[0], now[-1]
    late = date.fromisoformat(first.on) > due
    counts = _counts(last)
    past = _counts(before[-1]) if before else (None, None, None)
    return UnitStatus(
        key.division,
        key.name,
        _STATES[late, last.revision > 1],
        due,
        first.on,
        last.on if len(now) > 1 else None,
        last.seq,
        last.revision,
        len(now),
        last.members,
        counts,
        tuple(None if b is None or a is None else a - b for a, b in zip(counts, past, strict=True)),
        _gap(registry, last),
        last.fork_seq,
        key.revoked_on,
    )


def _counts(received: Received) -> tuple[int | None, ...]:
    whole = received.totals["whole"]["counts"]
    return tuple(int(whole[cell]) for cell in CELLS)


def _gap(registry: Registry, last: Received) -> str | None:
    """The months passed over before it that have not come since."""
    if last.gap is None:
        return None
    return gap_left(last.gap, {one.period for one in packages.received_from(registry, last.sender)})
