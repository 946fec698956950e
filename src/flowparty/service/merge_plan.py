"""What a package would change here: judged row by row before anything is written.

A row is known by its UUID and its owning office. The owner's word stands; what somebody here
changed in the owner's row is a conflict, listed with both values, never silently lost. Which rows
go on under another UUID or owner is said by ``inheriting``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from flowparty.domain.canonical import canonical
from flowparty.domain.errors import Conflict
from flowparty.domain.succession import adds, said_together
from flowparty.exchange.payload import TABLES
from flowparty.repository import conflicts, incoming
from flowparty.service.inheriting import inherited
from flowparty.service.numbering import local_values
from flowparty.service.plans import FieldConflict, Plan, Update

if TYPE_CHECKING:
    from collections.abc import Mapping

    from flowparty.repository.registry import Registry
    from flowparty.service.plans import Row

ENTITIES = tuple(TABLES)
_STAYS = frozenset({"org", "member", "contact"})
"""Tables whose rows are never removed because a later package has them no more."""


def plan(
    registry: Registry, tables: Mapping[str, list[Row]], offices: list[str], area: str
) -> Plan:
    """Compare a package with what stands here; reads only.

    Args:
        registry: where.
        tables: the payload's rows.
        offices: the UUIDs of the offices it may speak for.
        area: the sender's division: whom we kept there ourselves becomes the sender's.

    Raises:
        Conflict: a row belongs to another office, or stands against one that was recorded here.
    """
    found = Plan(
        offices,
        area,
        top=incoming.top_org(registry),
        decided=conflicts.kept_ours(registry),
        undecided=conflicts.open_fields(registry),
        open_records=conflicts.open_records(registry),
    )
    for entity in ENTITIES:
        _judge(registry, found, entity, tables[entity])
    _require_no_collision(registry, found)
    return found


def _judge(registry: Registry, found: Plan, entity: str, rows: list[Row]) -> None:
    have = incoming.of_offices(registry, entity, found.offices)
    strange = [row for row in rows if row["office"] not in found.offices]
    new = [row for row in rows if row["uuid"] not in have]
    known = incoming.owners(registry, entity, (row["uuid"] for row in new))
    if strange or (entity != "org" and known):
        raise Conflict("package_row_foreign", entity=entity)
    numbers = {uuid: row["id"] for uuid, row in have.items()}
    numbers |= {uuid: row["id"] for uuid, row in known.items()}
    found.numbers[entity] = numbers
    told = {row["uuid"] for row in rows}
    gone = _gone(found, entity, have, told)
    heirs = inherited(registry, found, entity, rows, gone)
    has = told | {row["uuid"] for row in heirs.values()}
    found.returned += [n for uuid, n in found.open_records.items() if uuid in has]
    numbers |= {uuid: row["id"] for uuid, row in heirs.items()}
    # An organization planted here by its division code is ours: names and tree stay as they are.
    found.inserts[entity] = [r for r in new if r["uuid"] not in known and r["uuid"] not in heirs]
    for row in rows:
        if row["uuid"] in have:
            _compare(registry, found, entity, have[row["uuid"]], row)
        elif row["uuid"] in heirs:
            _take_over(registry, found, entity, heirs[row["uuid"]], row)
    _missing(found, entity, gone, {row["id"] for row in heirs.values()})


def _gone(found: Plan, entity: str, have: dict[str, Row], told: set[str]) -> list[Row]:
    """What the sender had and has no more.

    The events of a card that must stay, stay with it. Of people no longer listed (they have neither
    movement nor card) the package says nothing: they keep their branch and standing.
    """
    gone = [row for uuid, row in have.items() if uuid not in told]
    if entity == "card_event":
        return [row for row in gone if row["card_id"] not in found.kept["card"]]
    if entity == "member_state":
        absent = {row["id"] for row in found.absent}
        return [row for row in gone if row["member_id"] not in absent]
    return gone


def _missing(found: Plan, entity: str, gone: list[Row], taken: set[int]) -> None:
    left = [row for row in gone if row["id"] not in taken]
    if entity == "member":
        found.absent = left
    if entity not in _STAYS:
        kept = found.kept[entity]
        found.deletes += [(entity, row["id"], row) for row in left if row["id"] not in kept]


def _take_over(registry: Registry, found: Plan, entity: str, ours: Row, row: Row) -> None:
    """A record of ours, or of theirs under another UUID, becomes the one that came."""
    owner = {"uuid": row["uuid"], "office": row["office"]}
    _compare(registry, found, entity, ours, row, owner=owner)


def _compare(
    registry: Registry,
    found: Plan,
    entity: str,
    have: Row,
    row: Row,
    *,
    owner: Row | None = None,
) -> None:
    theirs = local_values(found, row)
    _hear(registry, found, entity, have["id"], theirs)
    differing = {name: value for name, value in theirs.items() if have[name] != value}
    values = {}
    if differing:
        edited = _edited(registry, found, entity, have, differing)
        ours = have["office"] not in found.offices
        values = _their_word(found, entity, have, differing, edited, ours=ours)
    if values or owner:
        found.updates.append(Update(entity, have["id"], values | (owner or {}), have, row))


def _hear(registry: Registry, found: Plan, entity: str, row_id: int, theirs: Row) -> None:
    """Note what they say now of fields in conflict, and of the end of whom we left out."""
    if entity == "member" and found.decided.get((entity, row_id, "ended_on"), "") is None:
        found.of_left_out += [
            FieldConflict(entity, row_id, name, None, theirs[name])
            for name in ("ended_on", "end_reason")
        ]
    said = found.undecided.get((entity, row_id), {})
    if said:
        words = conflicts.our_words(registry, entity, row_id, said)
        found.heard += [FieldConflict(entity, row_id, n, o, theirs[n]) for n, o in words.items()]


def _edited(registry: Registry, found: Plan, entity: str, have: Row, differing: Row) -> set[str]:
    """Those of the differing fields that somebody here has filled in or changed.

    With them those that are one word with one of them, or with one that is open already.
    """
    said = found.undecided.get((entity, have["id"]), {}).keys()
    if have["office"] not in found.offices:
        edited = {name for name in differing if have[name] is not None}
    else:
        received = incoming.as_received(registry, entity, have["id"])
        before = have if received is None else received
        edited = {name for name in differing if before.get(name, object()) != have[name]}
    return (edited | (said_together(entity, edited | said) - said)) & differing.keys()


def _their_word(
    found: Plan, entity: str, have: Row, differing: Row, edited: set[str], *, ours: bool
) -> Row:
    """The values to write: theirs, but for what was decided before or only adds to theirs.

    Where they have said something else since, what was decided before is open again. Whom it was
    decided to leave out stays left out whatever end they give, unless the number was mended.
    """
    values = {}
    decided = _decided(found, entity, have["id"], differing)
    for name, value in differing.items():
        if name in decided:
            continue
        said = FieldConflict(entity, have["id"], name, have[name], value)
        if ours and value is None and adds(entity, name):
            found.fills.append(said)
            continue
        if name in edited:
            found.conflicts.append(said)
        values[name] = value
    return values


def _decided(found: Plan, entity: str, row_id: int, differing: Row) -> set[str]:
    """The differing fields of which it was settled that ours stay, and nothing new is said."""
    undecided = found.undecided.get((entity, row_id), {})
    decided = set()
    for name, value in differing.items():
        against = found.decided.get((entity, row_id, name), "")
        stays = "id_number" not in differing if against is None else against == canonical(value)
        if stays and name not in undecided:
            decided.add(name)
    new = differing.keys() - decided
    return decided - said_together(entity, new) if decided else decided


def _require_no_collision(registry: Registry, found: Plan) -> None:
    """What stands open here by our own hand must be ended before the owner's can be opened."""
    for entity, column in (("movement", "ended_on"), ("card", "closed_on")):
        taken = {one.row_id for one in found.updates if one.entity == entity}
        opening = {
            found.numbers["member"].get(row["member"])
            for row in found.inserts[entity]
            if row[column] is None
        } | {
            update.before["member_id"]
            for update in found.updates
            if update.entity == entity and update.values.get(column, "-") is None
        }
        people = [
            f"M{row['member_id']} {row['name']}"
            for row in incoming.open_of_others(registry, entity, found.offices, found.adopted)
            if row["member_id"] in opening and row["id"] not in taken
        ]
        if people:
            raise Conflict("package_collides", entity=entity, people=people)
