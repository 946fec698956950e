"""What a package would change here: judged row by row before anything is written.

A row is known by its UUID and its owning office. The owner's word stands; what somebody here
changed in the owner's row is a conflict, listed with both values, never silently lost.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from flowparty.domain.canonical import canonical
from flowparty.domain.errors import Conflict
from flowparty.exchange.payload import REFERENCES, TABLES
from flowparty.exchange.selection import COLUMNS
from flowparty.repository import conflicts, incoming

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from flowparty.repository.registry import Registry

Row = dict[str, Any]

ENTITIES = tuple(TABLES)
_STAYS = frozenset({"org", "member", "contact"})
"""Tables whose rows are never removed because a later package has them no more."""
_CODES = {"uuid", "office"}


@dataclass(frozen=True, slots=True)
class Update:
    """One row to change: the values that differ, after every conflict was looked at."""

    entity: str
    row_id: int
    values: Row
    before: Row
    incoming: Row


@dataclass(frozen=True, slots=True)
class FieldConflict:
    """A field that was changed here and that the owner says differently."""

    entity: str
    row_id: int
    field: str
    ours: Any
    theirs: Any


@dataclass(slots=True)
class Plan:
    """Rows to add (still with UUIDs as references), to change, to remove; and the conflicts."""

    inserts: dict[str, list[Row]] = field(default_factory=dict)
    updates: list[Update] = field(default_factory=list)
    deletes: list[tuple[str, int, Row]] = field(default_factory=list)
    conflicts: list[FieldConflict] = field(default_factory=list)
    numbers: dict[str, dict[str, int]] = field(default_factory=dict)
    absent: list[Row] = field(default_factory=list)
    top: int = 0


def plan(registry: Registry, tables: Mapping[str, list[Row]], offices: list[str]) -> Plan:
    """Compare a package with what stands here; reads only.

    Args:
        registry: where.
        tables: the payload's rows.
        offices: the UUIDs of the offices it may speak for.

    Raises:
        Conflict: a row belongs to another office, or stands against one that was recorded here.
    """
    found = Plan(top=incoming.top_org(registry))
    for entity in ENTITIES:
        _judge(registry, found, entity, tables[entity], offices)
    _require_no_collision(registry, found, offices)
    return found


def _judge(
    registry: Registry, found: Plan, entity: str, rows: list[Row], offices: list[str]
) -> None:
    have = incoming.of_offices(registry, entity, offices)
    strange = [row for row in rows if row["office"] not in offices]
    new = [row for row in rows if row["uuid"] not in have]
    known = incoming.owners(registry, entity, (row["uuid"] for row in new))
    if strange or (entity != "org" and known):
        raise Conflict("package_row_foreign", entity=entity)
    numbers = {uuid: row["id"] for uuid, row in have.items()}
    numbers |= {uuid: row["id"] for uuid, row in known.items()}
    found.numbers[entity] = numbers
    # An organization planted here by its division code is ours: names and tree stay as they are.
    new = [row for row in new if row["uuid"] not in known]
    if entity == "member_state":
        new = _adopted(registry, found, new, offices)
    found.inserts[entity] = new
    for row in rows:
        if row["uuid"] in have:
            _compare(registry, found, entity, have[row["uuid"]], row)
    _missing(found, entity, have, {row["uuid"] for row in rows})


def _missing(found: Plan, entity: str, have: dict[str, Row], told: set[str]) -> None:
    gone = [row for uuid, row in have.items() if uuid not in told]
    if entity == "member":
        found.absent = gone
    if entity not in _STAYS:
        found.deletes += [(entity, row["id"], row) for row in gone]


def _adopted(registry: Registry, found: Plan, new: list[Row], offices: list[str]) -> list[Row]:
    """A dated value that was also typed here becomes the owner's; another value is a conflict."""
    others = incoming.states_of_others(registry, offices)
    left = []
    for row in new:
        member = found.numbers["member"].get(row["member"])
        ours = others.get((member, row["attribute"], row["since"]))
        if ours is None:
            left.append(row)
            continue
        owner = {"uuid": row["uuid"], "office": row["office"]}
        found.updates.append(Update("member_state", ours["id"], owner, ours, row))
        _compare(registry, found, "member_state", ours, row, adopted=True)
    return left


def _compare(
    registry: Registry, found: Plan, entity: str, have: Row, row: Row, *, adopted: bool = False
) -> None:
    theirs = local_values(found, row)
    if theirs is None:
        theirs = {name: value for name, value in _plain(row) if name not in REFERENCES}
        theirs |= {COLUMNS[n]: row[n] for n in row if n in REFERENCES}
    differing = {name: value for name, value in theirs.items() if have[name] != value}
    if not differing:
        return
    received = have if adopted else incoming.as_received(registry, entity, have["id"])
    values = dict(differing)
    if received is not None:
        edited = [n for n in differing if adopted or received.get(n, object()) != have[n]]
        for name in edited:
            if conflicts.kept_ours(registry, entity, have["id"], name, canonical(differing[name])):
                del values[name]
            else:
                found.conflicts.append(
                    FieldConflict(entity, have["id"], name, have[name], differing[name])
                )
    if values:
        found.updates.append(Update(entity, have["id"], values, have, row))


def _plain(row: Row) -> Iterator[tuple[str, Any]]:
    return ((name, value) for name, value in row.items() if name not in _CODES)


def local_values(found: Plan, row: Row) -> Row | None:
    """A payload row with our numbers for its references; None while one has no number yet."""
    values: Row = {}
    for name, value in _plain(row):
        table = REFERENCES.get(name)
        if table is None:
            values[name] = value
            continue
        number = None if value is None else found.numbers[table].get(value)
        if value is not None and number is None:
            return None
        # The head of the sender's own tree hangs under ours.
        values[COLUMNS[name]] = found.top if name == "parent" and value is None else number
    return values


def _require_no_collision(registry: Registry, found: Plan, offices: list[str]) -> None:
    """What stands open here by our own hand must be ended before the owner's can be opened."""
    others = incoming.open_of_others(registry, offices)
    for entity, column in (("movement", "ended_on"), ("card", "closed_on")):
        opening = {
            found.numbers["member"].get(row["member"])
            for row in found.inserts[entity]
            if row[column] is None
        } | {
            update.before["member_id"]
            for update in found.updates
            if update.entity == entity and update.values.get(column, "-") is None
        }
        people = [f"M{m} {name}" for m, name in others[entity].items() if m in opening]
        if people:
            raise Conflict("package_collides", entity=entity, people=people)
