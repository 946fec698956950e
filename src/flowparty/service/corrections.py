"""Corrections of closed months: derived from the facts, explained from the journal, never typed."""

from __future__ import annotations

from dataclasses import asdict, replace
from typing import TYPE_CHECKING, Any

from flowparty.domain.corrections import Correction, by_fact, differences, told_once, unlisted
from flowparty.domain.explaining import explanation
from flowparty.domain.masking import Masked
from flowparty.repository import closings, orgs, row_changes, settings
from flowparty.repository import ledger as repository
from flowparty.service import frozen

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from flowparty.domain.closing import ClosedMonth
    from flowparty.domain.corrections import Difference
    from flowparty.domain.explaining import RowChange
    from flowparty.domain.ids import MemberId, OrgId
    from flowparty.domain.orgs import Org
    from flowparty.domain.period import Period
    from flowparty.repository.registry import Registry


def to_list(registry: Registry, period: Period, org: Org | None = None) -> list[Correction]:
    """The corrections that the return of a month lists, each once.

    Every closed month before is compared as the returns since have corrected it. Of the month right
    before everybody is compared, of older ones those of whom the journal knows a change since the
    last of these returns; nobody else can read otherwise.

    Args:
        registry: where.
        period: the month whose return lists them.
        org: only of its branches; None: the whole office.
    """
    earlier = [month for month in closings.in_force(registry) if month.period < period]
    if not earlier:
        return []
    told = {
        month.id: max(one.journal_seq for one in earlier if one.period >= month.period)
        for month in earlier
    }
    changes = row_changes.since(registry, min(told.values()))
    listed = [(then, one) for then in earlier for one in frozen.listed(registry, then)]
    found = [
        (str(month.period), one)
        for month in earlier
        for one in _of_month(
            registry,
            month,
            _of_those(listed, month),
            [change for change in changes if change.seq > told[month.id]],
            everybody=month.period == period.before,
        )
    ]
    return _of_org(registry, by_fact(found), org)


def _of_those(listed: list[tuple[ClosedMonth, Correction]], month: ClosedMonth) -> list[Correction]:
    """What later returns listed of a month as it is frozen now, not of an earlier revision."""
    return [
        one
        for then, one in listed
        if then.period > month.period
        and then.journal_seq > month.journal_seq
        and str(month.period) in one.months
    ]


def _of_month(
    registry: Registry,
    month: ClosedMonth,
    listed: Sequence[Correction],
    changes: Sequence[RowChange],
    *,
    everybody: bool,
) -> list[Correction]:
    """What none of the returns since has said of a closed month yet."""
    day = month.cutoff.isoformat()
    people = None if everybody else {one.member_id for one in changes if one.touched(day)}
    if people is not None and not people:
        return []
    known = [one for one in listed if people is None or one.member_id in people]
    found = unlisted(_differences(registry, month, people), known)
    return _explained(found, changes, day)


def since_close(
    registry: Registry, closed: ClosedMonth, org: Org | None = None
) -> list[Correction]:
    """What reads otherwise now than one month's frozen returns say, with who changed it and why."""
    changes = row_changes.since(registry, closed.journal_seq)
    found = told_once(_differences(registry, closed, None))
    explained = _explained(found, changes, closed.cutoff.isoformat())
    return _of_org(registry, by_fact((str(closed.period), one) for one in explained), org)


def _differences(
    registry: Registry, closed: ClosedMonth, people: Collection[MemberId] | None
) -> list[Difference]:
    """The facts as of the cut-off, under the settings of the close, against the frozen rows."""
    under = replace(
        settings.load(registry),
        threshold_months=closed.threshold_months,
        group_size=closed.group_size,
    )
    away = repository.away(registry, on=closed.cutoff, settings=under, people=people)
    events = repository.events(registry, since=closed.since, on=closed.cutoff)
    branches: dict[OrgId | None, str] = {org.id: org.name for org in orgs.list_orgs(registry)}
    if people is None:
        whole = frozen.frozen(registry, closed)
        return differences((whole.away, whole.events), (away, events), branches)
    mine = [event for event in events if event.member_id in people]
    return differences(frozen.of_people(registry, closed, people), (away, mine), branches)


def _explained(
    found: Sequence[Difference], changes: Sequence[RowChange], day: str
) -> list[Correction]:
    of: dict[MemberId, list[RowChange]] = {one.member_id: [] for one in found}
    for change in changes:
        if change.member_id in of:
            of[change.member_id].append(change)
    explained = []
    for one in found:
        correction = Correction(**asdict(one))
        made = explanation(of[one.member_id], one.fact, day)
        if made is not None:
            correction = replace(
                correction, at=made.at, by=made.by, command=made.command, why=made.why
            )
        explained.append(correction)
    return explained


def _of_org(registry: Registry, found: list[Correction], org: Org | None) -> list[Correction]:
    if org is None:
        return found
    wanted = orgs.subtree(registry, org.id)
    return [one for one in found if one.branch_id in wanted]


def correction_cells(one: Correction) -> dict[str, Any]:
    """A correction as plain values; the member and the branch stand beside the cells."""
    cells = asdict(one)
    for name in ("reported", "now"):
        if isinstance(cells[name], Masked):
            cells[name] = cells[name].reveal()
    del cells["member_id"], cells["branch_id"]
    return cells
