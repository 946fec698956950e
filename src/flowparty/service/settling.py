"""Settling what two offices say differently: who wins, and why, stands in the journal."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flowparty.domain.errors import Conflict, NotFound
from flowparty.domain.succession import said_together
from flowparty.domain.text import name_key
from flowparty.repository import conflicts, doubles, incoming
from flowparty.service.leaving_out import keep_again, leave_out, loser_of
from flowparty.service.one_sided import settle_record
from flowparty.service.recorded import Recorded

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from flowparty.repository.conflicts import MergeConflict
    from flowparty.repository.registry import Registry


def settle(
    registry: Registry, number: str, keep: str, *, by: str | None, today: date, reason: str
) -> Recorded[MergeConflict]:
    """Settle one conflict.

    ``ours`` is what stands here by our own hand, ``theirs`` what the last package brought. A field
    takes the value that is kept, with those that are one word with it (an end and its outcome, a
    place's code and words), and ours stays against later packages as long as they say the same. A
    record that its owner does not have is ours from now on, or goes. Of one person in two offices
    the one not kept is ended here; ``both`` says that they are two people, by their names; a wrong
    decision about people is settled anew. Of two cards with one number the one not kept is void
    here, because a number is never used twice.

    Raises:
        NotFound: no such conflict.
        Conflict: it was settled otherwise or solved itself, ``both`` for what cannot be both, the
            value does not fit the record, a record cannot be put back, or something hangs on the
            one that should go.
    """
    with registry.write(reason):
        found = conflicts.get(registry, number)
        if found.kept == keep:
            return Recorded(found, repeated=True)
        if found.kept == conflicts.MOOT:
            raise Conflict("conflict_moot", number=found.label, on=found.settled_on)
        if found.settled_on is not None and found.kind != "person":
            raise Conflict("conflict_settled", number=found.label, on=found.settled_on)
        if keep == "both" and not _two_people(registry, found):
            raise Conflict("conflict_both", number=found.label)
        settled = {found.id: _words(registry, found)}
        if found.kind == "field":
            tied = [found, *_tied(registry, found)]
            _settle_fields(registry, tied, keep)
            settled = {one.id: {"ours": one.ours} for one in tied}
        elif found.kind == "record":
            settle_record(registry, found, keep, on=today.isoformat())
        else:
            _settle_double(registry, found, keep, by=by, today=today, reason=reason)
        for one, words in settled.items():
            conflicts.settle(registry, one, on=today.isoformat(), kept=keep, by=by, words=words)
        if found.kind != "field":
            doubles.end_solved(registry, today.isoformat())
        return Recorded(conflicts.get(registry, number))


def _settle_double(
    registry: Registry,
    found: MergeConflict,
    keep: str,
    *,
    by: str | None,
    today: date,
    reason: str,
) -> None:
    """Leave out the one not kept; who was left out by an earlier decision is kept again."""
    if found.kept in ("ours", "theirs"):
        keep_again(registry, loser_of(found, found.kept), today=today)
    if keep != "both":
        leave_out(registry, found, keep, by=by, today=today, reason=reason)


def numbers_of(registry: Registry, texts: Sequence[str]) -> list[str]:
    """The conflicts that words like ``K3`` or ``K3-K812`` name; of a range those still open.

    Raises:
        NotFound: nothing in a range is open.
    """
    found = []
    for text in texts:
        first, dash, last = text.partition("-")
        if not dash:
            found.append(text)
            continue
        low, high = (conflicts.number(end) for end in (first, last))
        inside = [c.label for c in conflicts.list_conflicts(registry) if low <= c.number <= high]
        if not inside:
            raise NotFound("conflict_not_found", value=text)
        found += inside
    return found


def settle_all(
    registry: Registry,
    numbers: Sequence[str],
    keep: str,
    *,
    by: str | None,
    today: date,
    reason: str,
) -> list[Recorded[MergeConflict]]:
    """Settle several conflicts the same way, all or none; see :func:`settle` for what it raises."""
    with registry.write(reason):
        return [settle(registry, n, keep, by=by, today=today, reason=reason) for n in numbers]


def _words(registry: Registry, found: MergeConflict) -> dict[str, Any]:
    """What both say of one person or card as it is settled; a record keeps what it has."""
    return {} if found.other_id is None else doubles.words_of(registry, found)


def _two_people(registry: Registry, found: MergeConflict) -> bool:
    """Whether both may stay: one identity number, recorded under two names."""
    if found.kind != "person":
        return False
    words = doubles.words_of(registry, found)
    return name_key(words["ours"]["name"]) != name_key(words["theirs"]["name"])


def _tied(registry: Registry, found: MergeConflict) -> list[MergeConflict]:
    """Open conflicts about the fields that are one word with this one."""
    fields = said_together(found.entity, {str(found.field)}) - {found.field}
    if not fields:
        return []
    about = conflicts.open_about(registry, found.entity, found.row_id)
    return [one for one in about if one.field in fields]


def _settle_fields(registry: Registry, tied: list[MergeConflict], keep: str) -> None:
    first = tied[0]
    values = {str(c.field): c.ours if keep == "ours" else c.theirs for c in tied}
    try:
        incoming.update(registry, first.entity, first.row_id, values)
    except Conflict as problem:
        named = {"number": first.label, "member": first.member, "entity": first.entity}
        raise Conflict("conflict_unfit", **named) from problem
