"""What offices say differently: listed, settled, remembered."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from flowparty.domain.canonical import canonical
from flowparty.domain.errors import NotFound
from flowparty.domain.ids import numbered
from flowparty.repository import incoming

if TYPE_CHECKING:
    from collections.abc import Mapping

    from flowparty.repository.registry import Registry


@dataclass(frozen=True, slots=True)
class MergeConflict:
    """One conflict: ``ours`` is what stood here first, ``theirs`` what a package brought.

    Of two people or cards with one number, the branches say whose each is. ``number`` counts
    conflicts only, not the ends that are remembered beside them of whom a settlement left out.
    """

    id: int
    number: int
    kind: str
    entity: str
    row_id: int
    other_id: int | None
    field: str | None
    ours: Any
    theirs: Any
    package: str
    on: str
    settled_on: str | None
    kept: str | None
    by: str | None
    member_id: int | None
    member: str | None
    branch: str | None
    other_branch: str | None

    @property
    def label(self) -> str:
        """``K3``, as one names it."""
        return f"K{self.number}"


MOOT = "moot"
"""What is kept where nobody had to decide."""

Said = dict[str, tuple[Any, Any]]
"""By field: what we said first, and what they said last."""


def _branch(row: str) -> str:
    """SQL: the branch of the person, or of the card's holder, that one side is about."""
    return f"""CASE WHEN k.other_id IS NOT NULL THEN (
        SELECT o.name FROM member_state s JOIN org o ON o.id = s.org_id
        WHERE s.attribute = 'branch' AND s.member_id = CASE k.kind WHEN 'person' THEN {row}
            ELSE (SELECT member_id FROM card WHERE id = {row}) END
        ORDER BY s.since DESC LIMIT 1) END"""


_SELECT = f"""
    SELECT k.id, k.number, k.kind, k.entity, k.row_id, k.other_id, k.field, k.ours, k.theirs,
        k.package, k."on", k.settled_on, k.kept, k.by, m.id AS member_id, m.name AS member,
        {_branch("k.row_id")} AS branch, {_branch("k.other_id")} AS other_branch
    FROM (SELECT *, row_number() OVER (ORDER BY id) AS number FROM merge_conflict
        WHERE package <> '' OR kind <> 'field'
            OR entity || '.' || field NOT IN ('member.ended_on', 'member.end_reason',
                'card.closed_on')) k
    LEFT JOIN member_state s ON k.entity = 'member_state' AND s.id = k.row_id
    LEFT JOIN movement v ON k.entity = 'movement' AND v.id = k.row_id
    LEFT JOIN contact t ON k.entity = 'contact' AND t.id = k.row_id
    LEFT JOIN card_event e ON k.entity = 'card_event' AND e.id = k.row_id
    LEFT JOIN card c ON c.id = CASE k.entity WHEN 'card' THEN k.row_id ELSE e.card_id END
    LEFT JOIN member m ON m.id = CASE WHEN k.kind = 'record' THEN k.ours ->> '$.whose'
        WHEN k.entity = 'member' THEN k.row_id
        ELSE coalesce(s.member_id, v.member_id, t.member_id, c.member_id) END
"""


def _conflict(registry: Registry, row: Mapping[str, Any]) -> MergeConflict:
    values = dict(row)
    for side in ("ours", "theirs"):
        values[side] = None if values[side] is None else json.loads(values[side])
    found = MergeConflict(**values)
    if found.kind != "field" or found.settled_on is not None:
        return found
    said = {str(found.field): (found.ours, found.theirs)}
    now = our_words(registry, found.entity, found.row_id, said)
    return replace(found, ours=now[str(found.field)])


def list_conflicts(registry: Registry, *, settled: bool = False) -> list[MergeConflict]:
    """Those not settled, or all of them, in the order they arose."""
    where = "" if settled else " WHERE k.settled_on IS NULL"
    rows = registry.rows(f"{_SELECT}{where} ORDER BY k.id")
    return [_conflict(registry, dict(row)) for row in rows]


def open_about(registry: Registry, entity: str, row_id: int) -> list[MergeConflict]:
    """Those about the fields of one record that are not settled."""
    rows = registry.rows(
        f"{_SELECT} WHERE k.kind = 'field' AND k.settled_on IS NULL"
        " AND k.entity = :entity AND k.row_id = :row ORDER BY k.id",
        entity=entity,
        row=row_id,
    )
    return [_conflict(registry, dict(row)) for row in rows]


def number(text: str) -> int:
    """The number in ``3`` or ``K3``; 0 if it is none."""
    return numbered(text, "K") or (int(text) if text.isdecimal() and text.isascii() else 0)


def get(registry: Registry, text: str) -> MergeConflict:
    """The conflict that ``3`` or ``K3`` names.

    Raises:
        NotFound: there is none.
    """
    row = registry.row(f"{_SELECT} WHERE k.number = :number", number=number(text))
    if row is None:
        raise NotFound("conflict_not_found", value=text)
    return _conflict(registry, dict(row))


_STILL = """NOT EXISTS (SELECT 1 FROM journal_change c
    WHERE c.entity = k.entity AND c.row_id = k.row_id AND c.operation = 'delete'
    AND c.id > (SELECT max(id) FROM journal_change
        WHERE entity = 'merge_conflict' AND row_id = k.id))
"""
"""The record a conflict is about was not removed since: another may have its number."""


_LEFT_OUT = frozenset({("member", "ended_on"), ("member", "end_reason"), ("card", "closed_on")})
"""The ends that are remembered of a person or card that was not kept."""


def kept_ours(registry: Registry) -> dict[tuple[str, int, str], str | None]:
    """The fields of which it was settled that our value stays: against which word of theirs.

    None: against any, because the person or card was left out.
    """
    rows = registry.rows(
        "SELECT k.entity, k.row_id, k.field, k.kept, k.theirs, k.package FROM merge_conflict k"
        f" WHERE k.kind = 'field' AND k.settled_on IS NOT NULL AND {_STILL} ORDER BY k.id"
    )
    last = {(row["entity"], row["row_id"], row["field"]): row for row in rows}
    return {
        key: None if not row["package"] and (key[0], key[2]) in _LEFT_OUT else row["theirs"]
        for key, row in last.items()
        if row["kept"] == "ours"
    }


def open_fields(registry: Registry) -> dict[tuple[str, int], Said]:
    """Of which records and fields something else was said, and nobody has settled it yet."""
    found: dict[tuple[str, int], Said] = {}
    for row in registry.rows(
        "SELECT entity, row_id, field, ours, theirs FROM merge_conflict"
        " WHERE kind = 'field' AND settled_on IS NULL"
    ):
        sides = (json.loads(row["ours"]), json.loads(row["theirs"]))
        found.setdefault((row["entity"], row["row_id"]), {})[row["field"]] = sides
    return found


def our_words(registry: Registry, entity: str, row_id: int, said: Said) -> dict[str, Any]:
    """What we say of these fields now: what stands there, if somebody here changed it since."""
    if not said:
        return {}
    received = incoming.as_received(registry, entity, row_id)
    row = registry.row(f"SELECT * FROM {entity} WHERE id = :id", id=row_id)
    if received is None or row is None:
        return {field: ours for field, (ours, _) in said.items()}
    return {
        field: ours if row[field] in (theirs, received.get(field, theirs)) else row[field]
        for field, (ours, theirs) in said.items()
    }


def hear(registry: Registry, values: Mapping[str, Any]) -> None:
    """Take their new word into a conflict that is open; where it is ours, nothing is left of it."""
    number = add(registry, values)
    if values["ours"] == values["theirs"]:
        end(registry, number, on=values["on"])


def add(registry: Registry, values: Mapping[str, Any]) -> int:
    """Record a conflict; one that is open already about the same gets their new word.

    Returns:
        Its number.
    """
    sides = {side: canonical(values[side]) for side in ("ours", "theirs") if side in values}
    row = registry.row(
        "SELECT id FROM merge_conflict WHERE settled_on IS NULL AND entity = :entity"
        " AND row_id = :row AND field IS :field AND other_id IS :other",
        entity=values["entity"],
        row=values["row_id"],
        field=values.get("field"),
        other=values.get("other_id"),
    )
    if row is None:
        return registry.insert("merge_conflict", {**values, **sides})
    registry.update("merge_conflict", row["id"], sides)
    return int(row["id"])


def remember(
    registry: Registry, entity: str, row_id: int, field: str, ours: Any, *, on: str
) -> None:
    """Note that our value of a field stays although the owner says nothing there."""
    registry.insert(
        "merge_conflict",
        {
            "kind": "field",
            "entity": entity,
            "row_id": row_id,
            "field": field,
            "ours": canonical(ours),
            "theirs": canonical(None),
            "package": "",
            "on": on,
            "settled_on": on,
            "kept": "ours",
        },
    )


def add_record(
    registry: Registry, entity: str, row: Mapping[str, Any], whose: int, at: Mapping[str, Any]
) -> None:
    """Record that the owner does not have a record of ours.

    Args:
        registry: where.
        entity: the table.
        row: the record with our values.
        whose: the member it is about.
        at: package and day.
    """
    ours = canonical({**row, "whose": whose})
    values = {"kind": "record", "entity": entity, "row_id": row["id"], "ours": ours}
    registry.insert("merge_conflict", {**values, **at})


def open_records(registry: Registry) -> dict[str, int]:
    """The conflicts about whole records that nobody has settled, by the record's UUID."""
    rows = registry.rows(
        "SELECT id, ours ->> '$.uuid' AS uuid FROM merge_conflict"
        " WHERE kind = 'record' AND settled_on IS NULL"
    )
    return {row["uuid"]: row["id"] for row in rows}


_ABOUT = """SELECT id FROM merge_conflict WHERE settled_on IS NULL
    AND (kind = 'field' AND entity = :entity AND row_id = :row
    OR kind = 'record' AND entity = 'card_event' AND :entity = 'card'
        AND ours ->> '$.card_id' = :row)"""


def end_about(registry: Registry, entity: str, row_id: int, on: str) -> None:
    """End what is open about the fields of a record that is removed, and about a card's events."""
    for row in registry.rows(_ABOUT, entity=entity, row=row_id):
        end(registry, row["id"], on=on)


def record_id(registry: Registry, entity: str, uuid: str) -> int | None:
    """The number of the record a conflict is about; None if it was removed."""
    row = registry.row(f"SELECT id FROM {entity} WHERE uuid = :uuid", uuid=uuid)
    return None if row is None else int(row["id"])


def settle(
    registry: Registry,
    conflict: int,
    *,
    on: str,
    kept: str,
    by: str | None,
    words: Mapping[str, Any] | None = None,
) -> None:
    """Record who won; ``words`` are both sides as they were when it was settled."""
    sides = {side: canonical(value) for side, value in (words or {}).items()}
    registry.update("merge_conflict", conflict, {"settled_on": on, "kept": kept, "by": by, **sides})


def end(registry: Registry, conflict: int, *, on: str) -> None:
    """Record that nothing is left to settle: they agree, or what it was about is gone."""
    settle(registry, conflict, on=on, kept=MOOT, by=None)
