"""What happened to people's rows since an entry of the journal: every change with both states."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from flowparty.domain.explaining import ENTITIES, RowChange
from flowparty.domain.ids import MemberId

if TYPE_CHECKING:
    from flowparty.repository.registry import Registry

_SINCE = """
    SELECT c.seq, e.at, e.os_user, e.clerk, e.command, r.text AS reason, c.entity, c.row_id,
        v."values" AS after,
        CASE c.operation WHEN 'insert' THEN NULL ELSE (
            SELECT p."values" FROM journal_change q LEFT JOIN journal_value p ON p.change_id = q.id
            WHERE q.entity = c.entity AND q.row_id = c.row_id AND q.id < c.id
            ORDER BY q.id DESC LIMIT 1) END AS before
    FROM journal_change c JOIN journal_entry e ON e.seq = c.seq
    LEFT JOIN journal_value v ON v.change_id = c.id LEFT JOIN journal_reason r ON r.seq = e.seq
    WHERE c.seq > :seq AND c.entity IN (SELECT value FROM json_each(:entities)) ORDER BY c.id
"""


def since(registry: Registry, seq: int) -> list[RowChange]:
    """Every change after entry ``seq`` of a row that says something of a member, in order.

    Rows that are gone are among them; those erased on both sides say nothing and are left out.
    """
    rows = registry.rows(_SINCE, seq=seq, entities=json.dumps(ENTITIES))
    read = [(row, _values(row["before"]), _values(row["after"])) for row in rows]
    holders = {
        row["id"]: row["member_id"] for row in registry.rows("SELECT id, member_id FROM card")
    } if any(row["entity"] == "card_event" for row in rows) else {}  # fmt: skip
    for row, before, after in read:
        if row["entity"] == "card":
            holders.setdefault(row["row_id"], (after or before or {}).get("member_id"))
    found = []
    for row, before, after in read:
        known = after or before
        if known is None:
            continue
        if row["entity"] == "card_event":
            member = holders.get(known["card_id"])
        else:
            member = row["row_id"] if row["entity"] == "member" else known["member_id"]
        if member is not None:
            found.append(_change(row, MemberId(member), before, after))
    return found


def _values(text: str | None) -> dict[str, Any] | None:
    return None if text is None else dict(json.loads(text))


def _change(
    row: Any, member: MemberId, before: dict[str, Any] | None, after: dict[str, Any] | None
) -> RowChange:
    return RowChange(
        row["seq"],
        row["at"],
        row["clerk"] or row["os_user"],
        row["command"],
        row["reason"],
        row["entity"],
        member,
        before,
        after,
    )
