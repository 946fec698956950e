"""Writing what a plan says, and telling by name what it changes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from flowparty.domain.members import EndReason
from flowparty.domain.movements import State
from flowparty.exchange.payload import REFERENCES
from flowparty.exchange.selection import COLUMNS
from flowparty.repository import conflicts, doubles, incoming, left_out
from flowparty.service.leaving_out import bring_back
from flowparty.service.merge_plan import ENTITIES
from flowparty.service.numbering import local_values

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from flowparty.repository.registry import Registry
    from flowparty.service.plans import FieldConflict, Plan, Row, Update

_OWN_REFERENCE = {"org": "parent", "card": "replaces"}
_REFERS = {column: REFERENCES[name] for name, column in COLUMNS.items()}


@dataclass(frozen=True, slots=True)
class Difference:
    """What a package changes about one person: a code of table ``merge_change`` and the fields."""

    member: str
    change: str
    fields: tuple[str, ...] = ()


def apply(registry: Registry, plan: Plan) -> None:
    """Write a plan inside the caller's write: removals, organizations, then table by table."""
    for entity, row_id, _ in reversed(plan.deletes):
        registry.delete(entity, row_id)
    for entity in ENTITIES:
        updates = sorted(
            (update for update in plan.updates if update.entity == entity), key=_opens_again
        )
        later = _change(registry, plan, entity, updates)
        if entity in _OWN_REFERENCE:
            _add_in_rounds(registry, plan, entity, _OWN_REFERENCE[entity])
        else:
            _add(registry, plan, entity, plan.inserts[entity])
        _change(registry, plan, entity, later)


def _opens_again(update: Update) -> bool:
    """Whether a movement or a card is open again: after the others, since a person has one only."""
    return any(update.values.get(name, "") is None for name in ("ended_on", "closed_on"))


def _change(registry: Registry, plan: Plan, entity: str, updates: list[Update]) -> list[Update]:
    """Write changes; returns those that refer to a row of this table which is not there yet."""
    reference, later = _OWN_REFERENCE.get(entity), []
    for update in updates:
        if reference and _waits(plan, entity, update.incoming[reference]):
            later.append(update)
            continue
        resolved = local_values(plan, update.incoming)
        values = {name: resolved.get(name, value) for name, value in update.values.items()}
        incoming.update(registry, entity, update.row_id, values)
    return later


def _waits(plan: Plan, entity: str, uuid: str | None) -> bool:
    return uuid is not None and uuid not in plan.numbers[entity]


def _add_in_rounds(registry: Registry, plan: Plan, entity: str, reference: str) -> None:
    """Rows that refer to their own table: those whose other end stands, then the next ones."""
    left = plan.inserts[entity]
    while left:
        ready = [row for row in left if not _waits(plan, entity, row[reference])]
        if not ready:
            raise ValueError(entity)
        _add(registry, plan, entity, ready)
        left = [row for row in left if row["uuid"] not in plan.numbers[entity]]


def _add(registry: Registry, plan: Plan, entity: str, rows: list[Row]) -> None:
    more = {"outcome": "reached"} if entity == "contact" else {}
    values = [
        {
            "uuid": row["uuid"],
            "office": row["office"],
            **local_values(plan, row),
            **more,
        }
        for row in rows
    ]
    numbers = incoming.insert(registry, entity, values)
    plan.numbers[entity].update({row["uuid"]: n for row, n in zip(rows, numbers, strict=True)})


def record_conflicts(
    registry: Registry, plan: Plan, offices: list[str], *, package: str, today: date
) -> int:
    """Record what is said differently; a double person who is no double any more is settled.

    Returns:
        How many conflicts are new.
    """
    new = plan.disagreements
    day = today.isoformat()
    at = {"package": package, "on": day}
    for entity, row_id, _ in plan.deletes:
        conflicts.end_about(registry, entity, row_id, day)
    for number in plan.returned:
        conflicts.end(registry, number, on=day)
    for one in plan.one_sided:
        conflicts.add_record(registry, one.entity, one.row, one.member, at)
    for said in plan.fills:
        conflicts.remember(registry, said.entity, said.row_id, said.field, said.ours, on=day)
    for said in plan.heard:
        conflicts.hear(registry, {**_sides(plan, said), **at})
    for said in plan.conflicts:
        conflicts.add(registry, {**_sides(plan, said), **at})
    for said in plan.of_left_out:
        left_out.hear(registry, said.row_id, said.field, said.theirs)
    bring_back(registry, today=today)
    for kind in doubles.KINDS:
        for pair in doubles.untold(registry, kind, offices):
            conflicts.add(registry, {**pair, **at})
            new += 1
    doubles.end_solved(registry, day)
    return new


def _sides(plan: Plan, said: FieldConflict) -> Row:
    """A conflict about a field as it is recorded; what it refers to has its number by now."""
    theirs = said.theirs
    table = _REFERS.get(said.field)
    if table is not None:
        theirs = plan.numbers[table].get(theirs, theirs)
    return {"kind": "field", "entity": said.entity, "row_id": said.row_id, "field": said.field,
            "ours": said.ours, "theirs": theirs}  # fmt: skip


def differences(plan: Plan, tables: Mapping[str, list[Row]]) -> list[Difference]:
    """What a plan changes, a line a person and kind of change, in the package's order."""
    names = {row["uuid"]: row["name"] for row in tables["member"]}
    cards = {row["uuid"]: row["member"] for row in tables["card"]}
    found = [Difference(row["name"], "new") for row in plan.inserts["member"]]
    found += [
        Difference(update.incoming["name"], "adopted")
        for update in plan.updates
        if update.entity == "member" and update.row_id in plan.adopted
    ]
    new = {row["uuid"] for row in plan.inserts["member"]}
    found += [
        Difference(names[row["member"]], "went_out")
        for row in plan.inserts["movement"]
        if row["member"] not in new
    ]
    changed: dict[str, set[str]] = {}
    for update in plan.updates:
        member = _whose(update.entity, update.incoming, cards)
        fields = {name.removesuffix("_id") for name in update.values} - {"uuid", "office"}
        if member is None or not fields:
            continue
        special = _special(update)
        if special is not None:
            found.append(Difference(names[member], special))
        elif not _told_with_the_membership(update):
            changed.setdefault(member, set()).update(fields)
    for entity in ("member_state", "card", "card_event"):
        for row in plan.inserts[entity]:
            member = _whose(entity, row, cards)
            if member is not None and member not in new:
                changed.setdefault(member, set()).add(entity)
    found += [Difference(names[m], "changed", tuple(sorted(f))) for m, f in changed.items()]
    found += _removed(plan, tables)
    found += [Difference(row["name"], "absent") for row in plan.absent if row["ended_on"] is None]
    return found


def _removed(plan: Plan, tables: Mapping[str, list[Row]]) -> list[Difference]:
    """Whose records go because their owner has them no more, and of which tables."""
    people, cards = plan.numbers["member"], plan.numbers["card"]
    names = {people.get(row["uuid"]): row["name"] for row in tables["member"]}
    names |= {row["id"]: row["name"] for row in plan.absent}
    holders = {cards.get(row["uuid"]): people.get(row["member"]) for row in tables["card"]}
    holders |= {row["id"]: row["member_id"] for entity, _, row in plan.deletes if entity == "card"}
    gone: dict[int | None, set[str]] = {}
    for entity, _, row in plan.deletes:
        member = holders.get(row["card_id"]) if entity == "card_event" else row["member_id"]
        gone.setdefault(member, set()).add(entity)
    return [
        Difference(names.get(member, ""), "removed", tuple(sorted(entities)))
        for member, entities in gone.items()
    ]


def _whose(entity: str, row: Mapping[str, Any], cards: Mapping[str, str]) -> str | None:
    if entity == "member":
        return str(row["uuid"])
    if "member" in row:
        return str(row["member"])
    return cards.get(str(row["card"])) if "card" in row and "card" in REFERENCES else None


_ENDED = {
    ("member", EndReason.TRANSFERRED): "transferred",
    ("movement", State.RETURNED): "came_back",
    ("movement", State.REFUSED): "refused",
    ("movement", State.WITHDRAWN): "withdrawn",
    ("movement", State.ONWARD): "onward",
}
"""What it is called that a membership or a movement ended; other memberships have just ended."""


def _special(update: Update) -> str | None:
    """A membership or a movement that has ended now, by the way it ended; or goes on again."""
    if update.entity == "member" and update.before["guest"] > update.incoming["guest"]:
        return "joined"
    if update.entity == "member" and "ended_on" in update.values and not update.values["ended_on"]:
        return "resumed"
    how = update.values.get("end_reason") or update.values.get("outcome")
    if how is None:
        return None
    told = _ENDED.get((update.entity, how))
    return told or ("ended" if update.entity == "member" else None)


def _told_with_the_membership(update: Update) -> bool:
    """Whether a movement ended because the membership did, which is told already."""
    return update.entity == "movement" and update.values.get("outcome") in (
        State.ENDED,
        State.TRANSFERRED,
    )
