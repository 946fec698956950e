"""Corrections of closed months: derived from the facts, explained from the journal, never typed."""

from __future__ import annotations

from dataclasses import asdict, replace
from typing import TYPE_CHECKING, Any

from flowparty.domain.closing import ERASED
from flowparty.domain.corrections import Correction, differences
from flowparty.domain.explaining import explanation
from flowparty.repository import ledger as repository
from flowparty.repository import row_changes, settings

if TYPE_CHECKING:
    from collections.abc import Sequence

    from flowparty.domain.closing import FrozenRow
    from flowparty.domain.corrections import Difference
    from flowparty.domain.explaining import RowChange
    from flowparty.domain.ids import MemberId, OrgId
    from flowparty.repository.registry import Registry
    from flowparty.service.ledger import Ledger


def since_close(registry: Registry, frozen: Ledger) -> list[Correction]:
    """What reads otherwise now than the frozen returns say, with who changed it and why.

    The facts are counted as of the cut-off under the settings of the close.
    """
    closed = frozen.closed
    if closed is None:
        return []
    under = replace(
        settings.load(registry),
        threshold_months=closed.threshold_months,
        group_size=closed.group_size,
    )
    away = repository.away(registry, on=closed.cutoff, settings=under)
    events = repository.events(registry, since=closed.since, on=closed.cutoff)
    found = differences((frozen.away, frozen.events), (away, events))
    changes = _changes(registry, closed.journal_seq) if found else {}
    day = closed.cutoff.isoformat()
    return [_explained(one, changes.get(one.member_id, ()), day) for one in found]


def _changes(registry: Registry, seq: int) -> dict[MemberId, list[RowChange]]:
    found: dict[MemberId, list[RowChange]] = {}
    for change in row_changes.since(registry, seq):
        found.setdefault(change.member_id, []).append(change)
    return found


def _explained(one: Difference, changes: Sequence[RowChange], day: str) -> Correction:
    found = Correction(**asdict(one))
    made = explanation(changes, one.fact, day)
    if made is None:
        return found
    return replace(found, at=made.at, by=made.by, command=made.command, why=made.why)


def correction_cells(one: Correction) -> dict[str, Any]:
    """A correction as plain values; the member and the branch stand beside the cells."""
    cells = asdict(one)
    del cells["member_id"], cells["branch_id"]
    return cells


def correction_of(row: FrozenRow, branch_id: OrgId | None) -> Correction:
    """The correction of a frozen row; an erased person's reads 已删除."""
    if row.member_id is None:
        raise ValueError(row)
    erased = {"name": ERASED, "branch": None, "field": ERASED, "reported": None, "now": None}
    return Correction(member_id=row.member_id, branch_id=branch_id, **(row.cells or erased))
