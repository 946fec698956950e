"""The monthly returns: the facts of a period, the check that they add up, and the workbooks."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import TYPE_CHECKING, BinaryIO

from flowparty.domain import cells
from flowparty.domain import ledger as rules
from flowparty.domain.errors import BadValue, Conflict
from flowparty.domain.findings import disagreements
from flowparty.domain.period import Period, latest_closed
from flowparty.files import make_folder
from flowparty.forms import notes, returns
from flowparty.repository import blanks, closings, doubles, orgs, settings
from flowparty.repository import ledger as repository
from flowparty.repository.codes import load_tables
from flowparty.repository.divisions import load_gazetteer
from flowparty.service.disclosure import disclosing

if TYPE_CHECKING:
    from contextlib import AbstractContextManager
    from datetime import date
    from pathlib import Path

    from flowparty.domain.closing import ClosedMonth
    from flowparty.domain.corrections import Correction
    from flowparty.domain.ids import OrgId
    from flowparty.domain.ledger import Away, BranchRow, EventFact
    from flowparty.domain.orgs import Org
    from flowparty.repository.registry import Registry


@dataclass(frozen=True, slots=True)
class Ledger:
    """One period's returns for one organization: people, rows by branch, and the totals.

    ``closed`` is the close they were read from, None when they were counted from the facts;
    ``corrections`` are those of closed months before that this return carries; ``missing`` are the
    offices below whose month is not in it; ``apart`` are the pairs of members of whom it was
    settled that they are two people with one identity number.
    """

    period: Period
    unit: str
    secretary: str | None
    since: date
    on: date
    provisional: bool
    threshold_months: int
    away: list[Away]
    events: list[EventFact]
    rows: list[BranchRow]
    total: BranchRow
    closed: ClosedMonth | None = None
    corrections: list[Correction] = field(default_factory=list)
    missing: tuple[str, ...] = ()
    apart: frozenset[frozenset[int]] = frozenset()


def completed(
    ledger: Ledger, corrections: list[Correction], missing: tuple[str, ...] = ()
) -> Ledger:
    """The same returns with what was corrected in closed months before, and who is not in them."""
    return replace(ledger, corrections=corrections, missing=missing)


def build(registry: Registry, period: Period | None, org: Org | None, *, today: date) -> Ledger:
    """Gather a period's returns; before its cut-off as of today, and marked provisional (预报).

    Args:
        registry: where.
        period: which month; None: the latest whose cut-off has passed.
        org: whose; None: the registry's own office.
        today: the day of asking.

    Raises:
        BadValue: the period has not begun.
    """
    in_force = settings.load(registry)
    period = period or latest_closed(today, in_force.cutoff_day)
    require_begun(registry, period, today=today)
    since, end = days_of(registry, period, in_force.cutoff_day)
    on = min(end, today)
    whose: OrgId | None = None if org is None else org.id
    away = repository.away(registry, on=on, settings=in_force, org=whose)
    events = repository.events(registry, since=since, on=on, org=whose)
    top = orgs.top(registry) if org is None else org
    return Ledger(
        period=period,
        unit=top.name,
        secretary=top.secretary,
        since=since,
        on=on,
        provisional=today <= end,
        threshold_months=in_force.threshold_months,
        away=away,
        events=events,
        rows=rules.tabulate(repository.branches(registry, on=on, org=whose), away, events),
        total=rules.totals(away, events),
        apart=doubles.told_apart(registry),
    )


def require_begun(registry: Registry, period: Period, *, today: date) -> None:
    """Refuse a month of which nothing can be known yet.

    Raises:
        BadValue: ``period_future``.
    """
    since, _ = days_of(registry, period, settings.load(registry).cutoff_day)
    if since > today:
        raise BadValue("period_future", period=str(period), begins=since)


def days_of(registry: Registry, period: Period, cutoff_day: int) -> tuple[date, date]:
    """A period's first and last day: it goes on where the closed month before it ended.

    So a cut-off day that is changed counts no day twice and leaves none out.
    """
    before = closings.closed(registry, period.before)
    since = period.start(cutoff_day) if before is None else before.cutoff + timedelta(days=1)
    return since, period.end(cutoff_day)


def require_agreement(ledger: Ledger) -> None:
    """Refuse returns whose totals do not agree.

    Raises:
        Conflict: ``ledger_disagrees``, with each finding and its people in ``findings``.
    """
    found = disagreements(ledger.rows, ledger.away, ledger.events, ledger.apart)
    if found:
        raise Conflict("ledger_disagrees", period=str(ledger.period), findings=found)


def export(
    registry: Registry,
    ledger: Ledger,
    folder: Path,
    *,
    today: date,
    prepared_by: str | None,
    masked: bool,
) -> list[Path]:
    """Write the 台账 and the 统计表 of a period; both are named disclosures and are journaled.

    A closed month's carry the day and the name of its close, so that they are the same bytes
    whenever they are written.

    Raises:
        Conflict: the totals do not agree. Denied, Storage: the files cannot be written.
    """
    if ledger.closed is None:
        require_agreement(ledger)
    head = _head(ledger, today, prepared_by)
    tables, places = load_tables(), load_gazetteer()
    corrected = notes.corrections(ledger.corrections, tables, places, masked=masked)
    make_folder(folder)
    paths = [
        folder / returns.file_name(title, ledger.period)
        for title in (returns.LEDGER, returns.STATISTICS)
    ]
    away, rows = len(ledger.away), len(ledger.rows)
    with (
        _disclosing(registry, ledger, paths[0], "ledger", away, masked=masked) as everybody,
        _disclosing(registry, ledger, paths[1], "card_statistics", rows, masked=masked) as counts,
    ):
        returns.write_ledger(
            everybody,
            blanks.in_force(registry, "ledger"),
            head,
            ledger.away,
            tables=tables,
            places=places,
            masked=masked,
            notes=[notes.meanings(cells.of_form(cells.LEDGER_FORM), head.seal), *corrected],
        )
        meanings = notes.meanings(cells.of_form(cells.STATISTICS_FORM), head.seal)
        blank = blanks.in_force(registry, "card_statistics")
        returns.write_statistics(counts, blank, head, ledger.rows, ledger.total, [meanings])
    return paths


def _head(ledger: Ledger, today: date, prepared_by: str | None) -> returns.Head:
    """What stands around the rows; of a closed month the day and the hand of its close."""
    closed = ledger.closed
    return returns.Head(
        unit=ledger.unit,
        period=ledger.period,
        filled_on=today if closed is None else closed.closed_on,
        prepared_by=prepared_by if closed is None else closed.by,
        secretary=ledger.secretary,
        provisional=ledger.provisional,
        threshold_months=ledger.threshold_months,
        revision=1 if closed is None else closed.revision,
        seal=returns.seal(closed, ledger.missing),
        missing=ledger.missing,
    )


def _disclosing(
    registry: Registry, ledger: Ledger, path: Path, form: str, rows: int, *, masked: bool
) -> AbstractContextManager[BinaryIO]:
    mark = " provisional" if ledger.provisional else ""
    what = f"{form} {ledger.period}{mark}"
    return disclosing(registry, path, what, org=ledger.unit, rows=rows, masked=masked)
