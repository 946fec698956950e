"""A closed month read back from its frozen rows alone: whole, or what it said of some people."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flowparty.domain import closing as rules
from flowparty.domain.closing import ERASED, Form
from flowparty.domain.corrections import Correction
from flowparty.domain.errors import Damaged
from flowparty.domain.masking import Masked
from flowparty.repository import closings as repository
from flowparty.repository import orgs
from flowparty.service.ledger import Ledger

if TYPE_CHECKING:
    from collections.abc import Collection

    from flowparty.domain.closing import ClosedMonth, FrozenRow
    from flowparty.domain.ids import MemberId, OrgId
    from flowparty.domain.ledger import Away, EventFact
    from flowparty.domain.orgs import Org
    from flowparty.repository.registry import Registry


def frozen(registry: Registry, closed: ClosedMonth, org: Org | None = None) -> Ledger:
    """The returns of a closed month from its frozen rows alone.

    Args:
        registry: where.
        closed: which close.
        org: only of its branches, as the tree stands now; None: the whole office.

    Raises:
        Damaged: a frozen row is not as it was frozen.
    """
    _require_sound(closed, repository.altered(registry, closed))
    number_of = {o.uuid: o.id for o in orgs.list_orgs(registry)}
    wanted = None if org is None else orgs.subtree(registry, org.id)
    by_form: dict[Form, list[tuple[FrozenRow, OrgId | None]]] = {form: [] for form in Form}
    for row in repository.rows(registry, closed.id):
        number = None if row.org is None else number_of.get(row.org)
        if wanted is None or row.form is Form.TOTAL or number in wanted:
            by_form[row.form].append((row, number))
    return _ledger(closed, org, by_form)


def _ledger(
    closed: ClosedMonth,
    org: Org | None,
    by_form: dict[Form, list[tuple[FrozenRow, OrgId | None]]],
) -> Ledger:
    rows = [rules.branch_of(row, number) for row, number in by_form[Form.STATISTICS]]
    names = {row.branch_id: row.branch for row in rows}
    events = [rules.event_of(row, number) for row, number in by_form[Form.EVENT]]
    ((total, _),) = by_form[Form.TOTAL]
    unit, secretary = _signs(closed, org, by_form)
    return Ledger(
        period=closed.period,
        unit=unit,
        secretary=secretary,
        since=closed.since,
        on=closed.cutoff,
        provisional=False,
        threshold_months=closed.threshold_months,
        away=[rules.away_of(r, n, names.get(n)) for r, n in by_form[Form.LEDGER]],
        events=[event for event in events if event is not None],
        rows=rows,
        total=rules.branch_of(total, None) if org is None else rules.summed(rows),
        closed=closed,
        corrections=[_correction(row, n) for row, n in by_form[Form.CORRECTION]],
        missing=tuple(rules.missing_of(row) for row, _ in by_form[Form.MISSING]),
    )


def _signs(
    closed: ClosedMonth,
    org: Org | None,
    by_form: dict[Form, list[tuple[FrozenRow, OrgId | None]]],
) -> tuple[str, str | None]:
    """Whose return it is and who signs it, as frozen; above a branch as the tree stands now."""
    if org is None:
        return closed.unit, closed.secretary
    for row, number in by_form[Form.STATISTICS]:
        if number == org.id and row.cells is not None:
            return row.cells["branch"], row.cells["secretary"]
    return org.name, org.secretary


def of_people(
    registry: Registry, closed: ClosedMonth, people: Collection[MemberId]
) -> tuple[list[Away], list[EventFact]]:
    """What a closed month said of some people: those of them away, and their card events.

    Raises:
        Damaged: a row of theirs is not as it was frozen.
    """
    _require_sound(closed, repository.altered(registry, closed, people))
    number_of = {o.uuid: o.id for o in orgs.list_orgs(registry)}
    away, events = [], []
    for row in repository.rows(registry, closed.id, people=people):
        number = None if row.org is None else number_of.get(row.org)
        if row.form is Form.LEDGER:
            away.append(rules.away_of(row, number, None))
        elif row.form is Form.EVENT and row.cells is not None:
            events.append(rules.event_of(row, number))
    return away, [event for event in events if event is not None]


def listed(registry: Registry, closed: ClosedMonth) -> list[Correction]:
    """The corrections that a closed month's return lists; those of erased people left out.

    Raises:
        Damaged: a row of one of these people is not as it was frozen.
    """
    rows = repository.rows(registry, closed.id, form=Form.CORRECTION)
    people = {row.member_id for row in rows if row.member_id is not None}
    _require_sound(closed, repository.altered(registry, closed, people))
    return [_correction(row, None) for row in rows if row.cells is not None]


def _require_sound(closed: ClosedMonth, wrong: list[tuple[Form, int]]) -> None:
    if wrong:
        form, position = wrong[0]
        raise Damaged("frozen_altered", period=str(closed.period), form=form, position=position)


def _correction(row: FrozenRow, branch_id: OrgId | None) -> Correction:
    """The correction of a frozen row; an erased person's reads 已删除."""
    if row.member_id is None:
        raise ValueError(row)
    erased = {"name": ERASED, "branch": None, "field": ERASED, "reported": None, "now": None}
    cells = dict(row.cells or erased)
    months = tuple(cells.pop("months", ()))
    if cells["field"] == "id_number":
        for name in ("reported", "now"):
            cells[name] = cells[name] and Masked(cells[name], "id")
    return Correction(member_id=row.member_id, branch_id=branch_id, months=months, **cells)
