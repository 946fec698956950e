"""The rows here of the offices a package speaks for, and how its rows are laid over them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from flowparty.repository.members import state_on
from flowparty.repository.search_words import index, index_again, words_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from flowparty.repository.registry import Registry

Row = dict[str, Any]

_THEIR_MEMBERS = "SELECT id FROM member WHERE office IN (SELECT value FROM json_each(:offices))"
_OF = {
    "org": "id > 0",
    "member": "id > 0",
    "member_state": f"member_id IN ({_THEIR_MEMBERS})",
    "movement": f"member_id IN ({_THEIR_MEMBERS})",
    "card": f"member_id IN ({_THEIR_MEMBERS})",
    "card_event": f"card_id IN (SELECT id FROM card WHERE member_id IN ({_THEIR_MEMBERS}))",
    "contact": f"member_id IN ({_THEIR_MEMBERS})",
}
"""How the rows of an office are found by an index."""


def of_offices(registry: Registry, entity: str, offices: Sequence[str]) -> dict[str, Row]:
    """The rows of a table that these offices own, by UUID."""
    rows = registry.rows(
        f"SELECT * FROM {entity} WHERE office IN (SELECT value FROM json_each(:offices))"
        f" AND {_OF[entity]} ORDER BY id",
        offices=json.dumps(offices),
    )
    return {row["uuid"]: dict(row) for row in rows}


def owners(registry: Registry, entity: str, uuids: Iterable[str]) -> dict[str, Row]:
    """Number and owning office of those of these UUIDs that stand here."""
    rows = registry.rows(
        f"SELECT id, uuid, office FROM {entity}"
        " WHERE uuid IN (SELECT value FROM json_each(:uuids))",
        uuids=json.dumps(list(uuids)),
    )
    return {row["uuid"]: dict(row) for row in rows}


def of_others(
    registry: Registry, entity: str, offices: Sequence[str], people: Iterable[int]
) -> list[Row]:
    """The rows of a table about these members that none of these offices owns."""
    about = "member_id IN (SELECT value FROM json_each(:people))"
    if entity == "card_event":
        about = f"card_id IN (SELECT id FROM card WHERE {about})"
    rows = registry.rows(
        f"SELECT * FROM {entity} WHERE {about}"
        " AND office NOT IN (SELECT value FROM json_each(:offices)) ORDER BY id",
        people=json.dumps(sorted(people)),
        offices=json.dumps(offices),
    )
    return [dict(row) for row in rows]


def states_of_others(registry: Registry, offices: Sequence[str]) -> list[Row]:
    """Dated values that somebody else gave these offices' members."""
    rows = registry.rows(
        f"SELECT * FROM member_state WHERE member_id IN ({_THEIR_MEMBERS})"
        " AND office NOT IN (SELECT value FROM json_each(:offices)) ORDER BY id",
        offices=json.dumps(offices),
    )
    return [dict(row) for row in rows]


def open_of_others(
    registry: Registry, entity: str, offices: Sequence[str], people: Iterable[int]
) -> list[Row]:
    """What stands open by somebody else's hand for members of these offices, and for ``people``.

    Returns:
        Of ``movement`` the open ones, of ``card`` the live ones: id, member_id, and the name.
    """
    column = {"movement": "ended_on", "card": "closed_on"}[entity]
    rows = registry.rows(
        f"SELECT x.id, x.member_id, m.name FROM {entity} x JOIN member m ON m.id = x.member_id"
        f" WHERE x.{column} IS NULL AND (m.id IN ({_THEIR_MEMBERS})"
        " OR m.id IN (SELECT value FROM json_each(:people)))"
        " AND x.office NOT IN (SELECT value FROM json_each(:offices))",
        offices=json.dumps(offices),
        people=json.dumps(sorted(people)),
    )
    return [dict(row) for row in rows]


def own_members(registry: Registry, id_numbers: Iterable[str]) -> list[Row]:
    """Our own members, no guests, with one of these numbers; ``branch`` is the last one."""
    rows = registry.rows(
        f"SELECT m.*, {state_on('branch', 'org_id')} AS branch FROM member m WHERE guest = 0"
        " AND office = :office AND id_number IN (SELECT value FROM json_each(:numbers))",
        office=registry.office,
        numbers=json.dumps(sorted(id_numbers)),
        day="9999-12-31",
    )
    return [dict(row) for row in rows]


def org_tree(registry: Registry) -> dict[int, tuple[str | None, int | None]]:
    """Division and parent of every organization, by its number."""
    return {
        row["id"]: (row["division"], row["parent_id"])
        for row in registry.rows("SELECT id, division, parent_id FROM org")
    }


_OURS = "office NOT IN (SELECT value FROM json_each(:offices))"
_THESE = "IN (SELECT value FROM json_each(:ids))"
_HANGING = {
    "movement": f"""SELECT movement_id AS id FROM notice WHERE movement_id {_THESE}
        UNION SELECT movement_id FROM movement_source WHERE movement_id {_THESE}""",
    "card": f"""SELECT card_id AS id FROM card_event WHERE card_id {_THESE} AND {_OURS}
        UNION SELECT replaces_id FROM card WHERE replaces_id {_THESE} AND {_OURS}""",
}
"""What somebody here may have hung on a record that an office below owns."""


def hung_on(
    registry: Registry, entity: str, ids: Iterable[int], offices: Sequence[str]
) -> set[int]:
    """Those of these records on which something hangs that none of these offices owns."""
    if entity not in _HANGING:
        return set()
    rows = registry.rows(_HANGING[entity], ids=json.dumps(sorted(ids)), offices=json.dumps(offices))
    return {row["id"] for row in rows}


def holders(registry: Registry, entity: str, ids: Iterable[int]) -> dict[int, int]:
    """The member that each of these records is about."""
    about = (
        "(SELECT member_id FROM card WHERE id = card_id)" if entity == "card_event" else "member_id"
    )
    rows = registry.rows(
        f"SELECT id, {about} AS member_id FROM {entity} WHERE id {_THESE}",
        ids=json.dumps(sorted(ids)),
    )
    return {row["id"]: row["member_id"] for row in rows}


def owner(registry: Registry, entity: str, row_id: int) -> str | None:
    """The office that owns a record."""
    row = registry.row(f"SELECT office FROM {entity} WHERE id = :id", id=row_id)
    return None if row is None else str(row["office"])


def events_of(registry: Registry, card: int) -> list[Row]:
    """The rows of a card's events."""
    rows = registry.rows("SELECT * FROM card_event WHERE card_id = :card ORDER BY id", card=card)
    return [dict(row) for row in rows]


def cards_named(registry: Registry, row: Row) -> Row:
    """The UUIDs of the cards that a record refers to: the one it replaces, the one it is about."""
    return {
        column.removesuffix("_id"): found["uuid"]
        for column in ("card_id", "replaces_id")
        for found in registry.rows("SELECT uuid FROM card WHERE id = :id", id=row.get(column))
    }


def as_received(registry: Registry, entity: str, row_id: int) -> Row | None:
    """The row as the last package left it, if somebody here changed it since; else None.

    A row whose received values were erased answers an empty mapping: nothing is known of them.
    """
    rows = registry.rows(
        'SELECT e.package, v."values" AS kept FROM journal_change c'
        " JOIN journal_entry e ON e.seq = c.seq LEFT JOIN journal_value v ON v.change_id = c.id"
        " WHERE c.entity = :entity AND c.row_id = :id ORDER BY c.id DESC",
        entity=entity,
        id=row_id,
    )
    if not rows or rows[0]["package"] is not None:
        return None
    for row in rows:
        if row["package"] is not None:
            return {} if row["kept"] is None else dict(json.loads(row["kept"]))
    return {}


def insert(registry: Registry, entity: str, rows: Sequence[Mapping[str, Any]]) -> list[int]:
    """Add rows that a package brought; a member's search words are made here."""
    if entity != "member":
        return registry.insert_many(entity, rows)
    numbers = registry.insert_many(
        entity, [{**row, **words_of(row["name"]), "id_given": row["id_number"]} for row in rows]
    )
    index(registry, {n: row["name"] for n, row in zip(numbers, rows, strict=True)})
    return numbers


def update(registry: Registry, entity: str, row_id: int, values: Mapping[str, Any]) -> None:
    """Change a row as a package or a settlement says."""
    if entity == "member" and "id_number" in values:
        values = {**values, "id_given": values["id_number"]}
    if entity == "member" and "name" in values:
        values = {**values, **words_of(values["name"])}
        index_again(registry, row_id, values["name"])
    registry.update(entity, row_id, values)


def top_org(registry: Registry) -> int:
    """The number of our own organization, under which others hang."""
    row = registry.row("SELECT id FROM org WHERE parent_id IS NULL ORDER BY id LIMIT 1")
    return 0 if row is None else int(row["id"])
