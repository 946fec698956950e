"""Closing a month: what its returns say is frozen, and from then on read from the frozen rows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flowparty.domain import closing as rules
from flowparty.domain.closing import Form, FrozenRow
from flowparty.domain.errors import BadValue, Conflict, WrongClock
from flowparty.domain.period import latest_closed, period_of
from flowparty.repository import closings as repository
from flowparty.repository import orgs, settings
from flowparty.service import corrections, report_status
from flowparty.service import ledger as returns
from flowparty.service.corrections import correction_cells
from flowparty.service.frozen import frozen
from flowparty.service.recorded import Recorded

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from flowparty.domain.closing import ClosedMonth
    from flowparty.domain.ids import OrgId
    from flowparty.domain.orgs import Org
    from flowparty.domain.period import Period
    from flowparty.repository.registry import Registry
    from flowparty.service.ledger import Ledger


def month(
    registry: Registry, period: Period | None, org: Org | None = None, *, today: date
) -> Ledger:
    """A month's returns: of the frozen rows if it is closed, else counted from the facts.

    Args:
        registry: where.
        period: which month; None: the latest whose cut-off has passed.
        org: whose; None: the registry's own office.
        today: the day of asking.

    Raises:
        BadValue: the period has not begun. Damaged: the frozen rows are not as they were frozen.
    """
    period = period or latest_closed(today, settings.load(registry).cutoff_day)
    found = repository.closed(registry, period)
    if found is not None:
        return frozen(registry, found, org)
    return _counted(registry, period, org, today)


def as_of(
    registry: Registry, day: date, period: Period | None = None, org: Org | None = None
) -> Ledger:
    """The returns as of any day, as known now; of the frozen rows on a closed month's last day.

    Raises:
        BadValue: ``as_of_outside`` when the day is not in the period that is named.
    """
    of_day = _period_on(registry, day)
    found = repository.closed(registry, period or of_day)
    if found is not None and found.cutoff == day:
        return frozen(registry, found, org)
    if period not in (None, of_day):
        raise BadValue("as_of_outside", period=str(period), day=day, other=str(of_day))
    return _counted(registry, of_day, org, day)


def _period_on(registry: Registry, day: date) -> Period:
    """The period of a day; one that a closed month ended with stays that month's."""
    found = period_of(day, settings.load(registry).cutoff_day)
    before = repository.closed(registry, found.before)
    return found.before if before is not None and day <= before.cutoff else found


def _counted(registry: Registry, period: Period, org: Org | None, today: date) -> Ledger:
    """Counted from the facts; who has not sent is known once the month is over."""
    ledger = returns.build(registry, period, org, today=today)
    lacking = [] if ledger.provisional else report_status.missing(registry, period, org)
    listed = corrections.to_list(registry, period, org)
    return returns.completed(ledger, listed, tuple(unit.name for unit in lacking))


def close(
    registry: Registry,
    period: Period,
    *,
    by: str | None,
    today: date,
    reason: str = "",
) -> Recorded[ClosedMonth]:
    """Freeze a month: its returns, the card events behind them, and the corrections they carry.

    Args:
        registry: where.
        period: which month.
        by: who closes it.
        today: the day of closing.
        reason: why it is closed although the machine's clock is behind the journal; journaled.

    Raises:
        WrongClock: the clock is behind the journal's last entry, and no reason is given.
        Conflict: the cut-off day is not over, or the returns do not agree.
    """
    in_force = settings.load(registry)
    rules.check_over(period, period.end(in_force.cutoff_day), today)
    with registry.write(reason):
        found = repository.closed(registry, period)
        if found is not None:
            return Recorded(found, repeated=True)
        if registry.clock_is_behind() and not reason:
            raise WrongClock("clock_behind", last=registry.last_entry().at[:19])
        ledger = month(registry, period, today=today)
        returns.require_agreement(ledger)
        closed_id = repository.close(
            registry,
            period,
            list(_rows(registry, ledger)),
            since=ledger.since,
            cutoff=ledger.on,
            settings=in_force,
            unit=ledger.unit,
            secretary=ledger.secretary,
            on=today,
            by=by,
        )
    return Recorded(repository.get(registry, closed_id))


def _rows(registry: Registry, ledger: Ledger) -> Iterator[FrozenRow]:
    known = {org.id: org for org in orgs.list_orgs(registry)}

    def branch(number: OrgId | None) -> str | None:
        return None if number is None else known[number].uuid

    for at, person in enumerate(ledger.away, start=1):
        cells = rules.away_cells(person)
        yield FrozenRow(Form.LEDGER, at, branch(person.branch_id), person.member_id, cells)
    for at, row in enumerate(ledger.rows, start=1):
        secretary = None if row.branch_id is None else known[row.branch_id].secretary
        cells = rules.branch_cells(row, secretary)
        yield FrozenRow(Form.STATISTICS, at, branch(row.branch_id), None, cells)
    yield FrozenRow(Form.TOTAL, 1, None, None, rules.branch_cells(ledger.total))
    for at, event in enumerate(ledger.events, start=1):
        cells = rules.event_cells(event)
        yield FrozenRow(Form.EVENT, at, branch(event.branch_id), event.member_id, cells)
    for at, one in enumerate(ledger.corrections, start=1):
        cells = correction_cells(one)
        yield FrozenRow(Form.CORRECTION, at, branch(one.branch_id), one.member_id, cells)
    lies_in = {org.division: org.uuid for org in known.values() if org.division}
    for at, unit in enumerate(report_status.missing(registry, ledger.period), start=1):
        cells = rules.missing_cells(unit.division, unit.name)
        yield FrozenRow(Form.MISSING, at, lies_in.get(unit.division), None, cells)


def reopen(
    registry: Registry, period: Period, *, reason: str, today: date
) -> Recorded[ClosedMonth]:
    """Open a closed month again; its frozen rows stay, the next close is the next revision.

    Once more for the same reason: it is open already, nothing is written.

    Raises:
        Conflict: the month is not closed.
    """
    with registry.write(reason):
        found = repository.closed(registry, period)
        if found is None:
            before = repository.list_closed(registry, period)
            if before and before[-1].reopen_note == reason:
                return Recorded(before[-1], repeated=True)
            raise Conflict("period_not_closed", period=str(period))
        repository.reopen(registry, found.id, on=today, note=reason)
    return Recorded(repository.get(registry, found.id))
