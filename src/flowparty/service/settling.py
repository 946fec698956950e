"""Settling what two offices say differently: who wins, and why, stands in the journal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flowparty.domain.errors import Conflict
from flowparty.domain.members import EndReason
from flowparty.domain.period import parse_period
from flowparty.repository import conflicts, incoming, packages, settings
from flowparty.service.recorded import Recorded

if TYPE_CHECKING:
    from datetime import date

    from flowparty.repository.conflicts import MergeConflict
    from flowparty.repository.registry import Registry


def settle(
    registry: Registry, number: str, keep: str, *, by: str | None, today: date, reason: str
) -> Recorded[MergeConflict]:
    """Settle one conflict.

    ``ours`` is what stood here first, ``theirs`` what the package brought. A field takes the value
    that is kept, and ours stays against later packages as long as they say the same. Of one person
    in two offices the one not kept is ended here; ``both`` lets both stand. Two cards with one
    number are only noted: the office that is wrong corrects its own.

    Raises:
        NotFound: no such conflict.
        Conflict: it was settled otherwise, or ``both`` for a field.
    """
    with registry.write(reason):
        found = conflicts.get(registry, number)
        if found.settled_on is not None:
            if found.kept == keep:
                return Recorded(found, repeated=True)
            raise Conflict("conflict_settled", number=found.label, on=found.settled_on)
        if found.kind == "field":
            _settle_field(registry, found, keep)
        elif found.kind == "person" and keep != "both":
            _leave_out(registry, found, keep, today, reason)
        conflicts.settle(registry, found.id, on=today.isoformat(), kept=keep, by=by)
        return Recorded(conflicts.get(registry, number))


def _settle_field(registry: Registry, found: MergeConflict, keep: str) -> None:
    if keep == "both":
        raise Conflict("conflict_both", number=found.label)
    value = found.ours if keep == "ours" else found.theirs
    incoming.update(registry, found.entity, found.row_id, {str(found.field): value})


def _leave_out(
    registry: Registry, found: MergeConflict, keep: str, today: date, reason: str
) -> None:
    """End here the person that is not kept, from the month on whose package made it two.

    The office's next packages do not undo it.
    """
    loser = found.other_id if keep == "ours" else found.row_id
    brought = packages.received_by_digest(registry, found.package)
    cutoff_day = settings.load(registry).cutoff_day
    day = today if brought is None else parse_period(brought.period).start(cutoff_day)
    ending = {"ended_on": day.isoformat(), "end_reason": EndReason.TRANSFERRED.value}
    incoming.update(registry, "member", int(loser or 0), {**ending, "end_note": reason})
    for name, value in ending.items():
        conflicts.remember(registry, int(loser or 0), name, value, on=today.isoformat())
