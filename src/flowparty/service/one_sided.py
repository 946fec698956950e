"""Settling a record that stands here, or stood, and that its owner does not have."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import uuid4

from flowparty.domain.errors import Conflict
from flowparty.repository import conflicts, incoming

if TYPE_CHECKING:
    from flowparty.repository.conflicts import MergeConflict
    from flowparty.repository.registry import Registry

_CARDS = frozenset({"card", "replaces"})
"""What of a record names a card, by its UUID."""
_NOT_PUT_BACK = frozenset({"id", "uuid", "office", "whose", "events", *_CARDS})


def settle_record(registry: Registry, found: MergeConflict, keep: str, *, on: str) -> None:
    """Keep the record as ours, put it back if it was removed, or let it go.

    Raises:
        Conflict: another stands in its place, or what it belonged to is gone; or something hangs
            on the one that should go.
    """
    row_id = conflicts.record_id(registry, found.entity, found.ours["uuid"])
    if keep == "ours" and row_id is None:
        _put_back(registry, found)
    elif keep == "ours" and row_id is not None:
        _take(registry, found.entity, row_id)
    elif row_id is not None:
        _let_go(registry, found, row_id, on)


def _put_back(registry: Registry, found: MergeConflict) -> None:
    """Add the record again as ours, a card with its events.

    The number of a card that it refers to may be another card's by now, so it is found by UUID.
    """
    values = {name: value for name, value in found.ours.items() if name not in _NOT_PUT_BACK}
    for name in _CARDS & set(found.ours):
        uuid = found.ours[name]
        values[f"{name}_id"] = uuid and conflicts.record_id(registry, "card", uuid)
    try:
        number = registry.insert(found.entity, values)
        for event in found.ours.get("events", ()):
            part = {name: value for name, value in event.items() if name not in _NOT_PUT_BACK}
            registry.insert("card_event", {**part, "card_id": number})
    except Conflict as problem:
        raise Conflict("conflict_no_room", **_named(found)) from problem


def _take(registry: Registry, entity: str, row_id: int) -> None:
    """Make a record of the owner's ours: under a UUID of its own, the owner may give it anew."""
    for table, number in [(entity, row_id), *_parts(registry, entity, row_id)]:
        if incoming.owner(registry, table, number) != registry.office:
            own = {"uuid": str(uuid4()), "office": registry.office}
            registry.update(table, number, own)


def _let_go(registry: Registry, found: MergeConflict, row_id: int, on: str) -> None:
    """Remove the record; what was open about it or its parts goes with it."""
    try:
        for table, number in [*_parts(registry, found.entity, row_id), (found.entity, row_id)]:
            registry.delete(table, number)
            conflicts.end_about(registry, table, number, on)
    except Conflict as problem:
        raise Conflict("conflict_record_used", **_named(found)) from problem


def _parts(registry: Registry, entity: str, row_id: int) -> list[tuple[str, int]]:
    """The events of a card, which are part of it."""
    if entity != "card":
        return []
    return [("card_event", event["id"]) for event in incoming.events_of(registry, row_id)]


def _named(found: MergeConflict) -> dict[str, object]:
    return {"number": found.label, "member": found.member, "entity": found.entity}
