"""Corrections of closed months: derived from the facts, explained from the journal, never typed."""

from __future__ import annotations

from dataclasses import asdict, replace
from typing import TYPE_CHECKING, Any

from flowparty.domain.closing import ERASED
from flowparty.domain.corrections import SOURCES, Correction, differences
from flowparty.repository import history, settings
from flowparty.repository import ledger as repository

if TYPE_CHECKING:
    from flowparty.domain.closing import ClosedMonth, FrozenRow
    from flowparty.domain.corrections import Difference
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
    lines = {
        member: _lines(registry, member, closed) for member in {one.member_id for one in found}
    }
    return [_explained(one, lines[one.member_id]) for one in found]


def _lines(registry: Registry, member: MemberId, closed: ClosedMonth) -> list[history.HistoryLine]:
    everything = history.of_member(registry, member)
    return [line for line in everything if line.seq > closed.journal_seq]


def _explained(one: Difference, lines: list[history.HistoryLine]) -> Correction:
    sources = SOURCES.get(one.field, ("member", "card", "card_event"))
    own = [line for line in lines if line.entity in sources]
    found = Correction(**asdict(one))
    if not own:
        return found
    last = own[-1]
    return replace(
        found,
        at=last.at,
        by=last.clerk or last.os_user,
        command=last.command,
        why=last.reason,
    )


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
