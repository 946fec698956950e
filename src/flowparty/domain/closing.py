"""A closed month: what is frozen of its returns as rows of plain values, and read back."""

from __future__ import annotations

from dataclasses import dataclass, fields
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from flowparty.domain.cards import Kind, State
from flowparty.domain.dates import PartialDate
from flowparty.domain.errors import Conflict
from flowparty.domain.ledger import LACKING, Away, BranchRow, EventFact, totals
from flowparty.domain.masking import Masked

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from flowparty.domain.ids import ClosedId, MemberId, OrgId
    from flowparty.domain.period import Period

ERASED = "已删除"
"""What an erased person's cells read; official forms are always Chinese."""


class Form(StrEnum):
    """What a frozen row is a row of."""

    LEDGER = "ledger"
    STATISTICS = "card_statistics"
    TOTAL = "total"
    EVENT = "card_event"
    CORRECTION = "correction"
    MISSING = "missing"


@dataclass(frozen=True, slots=True)
class ClosedMonth:
    """One close of a month, under the settings of that day.

    ``journal_seq`` and ``journal_head`` are the journal's last entry before the close and its hash;
    ``digest`` covers all frozen rows.
    """

    id: ClosedId
    uuid: str
    period: Period
    revision: int
    unit: str
    secretary: str | None
    since: date
    cutoff: date
    threshold_months: int
    group_size: int
    closed_on: date
    by: str | None
    journal_seq: int
    journal_head: str
    digest: str
    reopened_on: date | None = None
    reopen_note: str | None = None


@dataclass(frozen=True, slots=True)
class FrozenRow:
    """One frozen row; ``cells`` None means that its person was erased. ``org`` is a UUID."""

    form: Form
    position: int
    org: str | None
    member_id: MemberId | None
    cells: dict[str, Any] | None
    digest: str = ""


def check_over(period: Period, cutoff: date, today: date) -> None:
    """Refuse to close a month before its cut-off day is over.

    Raises:
        Conflict: ``period_not_over``.
    """
    if today <= cutoff:
        raise Conflict("period_not_over", period=str(period), cutoff=cutoff)


_ELSEWHERE = {"member_id", "branch_id", "erased"}
_MASKED = {"id_number": "id", "mobile": "phone", "host_phone": "phone"}


def away_cells(person: Away) -> dict[str, Any]:
    """A row of the 台账 as plain values; the member and the branch stand beside the cells."""
    cells = {f.name: getattr(person, f.name) for f in fields(person) if f.name not in _ELSEWHERE}
    for name in _MASKED:
        cells[name] = None if cells[name] is None else cells[name].reveal()
    cells["left"] = None if person.left is None else str(person.left)
    return cells


def away_of(row: FrozenRow, branch_id: OrgId | None, branch: str | None) -> Away:
    """The person of a frozen row of the 台账; an erased one reads 已删除 throughout.

    Args:
        row: the frozen row.
        branch_id: the branch that its ``org`` is here.
        branch: the branch's name as it was frozen, for an erased row.
    """
    if row.member_id is None:
        raise ValueError(row)
    if row.cells is None:
        return _erased(row.member_id, branch_id, branch)
    cells = dict(row.cells)
    for name, kind in _MASKED.items():
        cells[name] = None if cells[name] is None else Masked(cells[name], kind)  # type: ignore[arg-type]
    cells["left"] = None if cells["left"] is None else PartialDate.from_iso(cells["left"])
    cells["card_state"] = None if cells["card_state"] is None else State(cells["card_state"])
    return Away(member_id=row.member_id, branch_id=branch_id, **cells)


def _erased(member: MemberId, branch_id: OrgId | None, branch: str | None) -> Away:
    known: dict[str, Any] = {f.name: ERASED for f in fields(Away)}
    known |= dict.fromkeys(("left", "card_state", "destination_code"))
    known |= {name: Masked(ERASED, "id") for name in _MASKED}
    known |= {"member_id": member, "branch_id": branch_id, "branch": branch}
    known |= {"over": False, "in_group": False, "erased": True}
    return Away(**known)


def event_cells(event: EventFact) -> dict[str, Any]:
    """A card event as plain values."""
    return {"name": event.name, "kind": event.kind, "replacement": event.replacement,
            "on": event.on}  # fmt: skip


def event_of(row: FrozenRow, branch_id: OrgId | None) -> EventFact | None:
    """The event of a frozen row; None if its person was erased."""
    if row.cells is None or row.member_id is None:
        return None
    cells = {**row.cells, "kind": Kind(row.cells["kind"])}
    return EventFact(member_id=row.member_id, branch_id=branch_id, **cells)


def branch_cells(row: BranchRow, secretary: str | None = None) -> dict[str, Any]:
    """A row of the 统计表 as plain values, with who signs the branch's own return."""
    return {"branch": row.branch, "secretary": secretary, "counts": row.counts,
            "lacking": row.lacking}  # fmt: skip


def branch_of(row: FrozenRow, branch_id: OrgId | None) -> BranchRow:
    """The row of the 统计表 that a frozen row holds; figures are never erased."""
    if row.cells is None:
        raise ValueError(row)
    cells = row.cells
    return BranchRow(branch_id, cells["branch"], cells["counts"], cells["lacking"])


def missing_cells(division: str, name: str) -> dict[str, Any]:
    """An office that had not sent the month when it was closed, as plain values."""
    return {"division": division, "name": name}


def missing_of(row: FrozenRow) -> str:
    """The name of the office of a frozen row; offices are never erased."""
    if row.cells is None:
        raise ValueError(row)
    return str(row.cells["name"])


def summed(rows: Sequence[BranchRow]) -> BranchRow:
    """Branch rows added up: the total of a part of a closed month."""
    counts = totals((), ()).counts
    counts = {key: sum(row.counts[key] for row in rows) for key in counts}
    lacking = {key: sum(row.lacking.get(key, 0) for row in rows) for key in LACKING}
    return BranchRow(None, "", counts, {key: n for key, n in lacking.items() if n})
