"""What happened to people's rows since an entry of the journal: every change with both states."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from flowparty.domain.explaining import ENTITIES, FIRST, RowChange
from flowparty.domain.ids import MemberId
from flowparty.repository.packages import SENDER

if TYPE_CHECKING:
    from flowparty.repository.registry import Registry

Values = dict[str, Any] | None

_SINCE = f"""
    SELECT c.seq, e.at, e.os_user, e.clerk, {SENDER} AS sender, e.command,
        r.text AS reason, c.entity, c.row_id, c.operation,
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

    Rows that are gone are among them. A change of which a side was erased is not: nobody can tell
    what it changed.
    """
    rows = registry.rows(_SINCE, seq=seq, entities=json.dumps(ENTITIES))
    read = [(row, _values(row["before"]), _values(row["after"])) for row in rows]
    read = [one for one in read if _whole(*one)]
    _mark_first(registry, read)
    holders = _holders(registry, read)
    found = []
    for row, before, after in read:
        known = after or before or {}
        if row["entity"] == "card_event":
            member = holders.get(known["card_id"])
        else:
            member = row["row_id"] if row["entity"] == "member" else known["member_id"]
        if member is not None:
            found.append(_change(row, MemberId(member), before, after))
    return found


def _whole(row: Any, before: Values, after: Values) -> bool:
    """Whether both sides are known that there are."""
    return (before is not None or row["operation"] == "insert") and (
        after is not None or row["operation"] == "delete"
    )


def _mark_first(registry: Registry, read: list[tuple[Any, Values, Values]]) -> None:
    """Mark the branches before which none is known: they say since when a member is ours."""
    if all(row["entity"] != "member_state" for row, _, _ in read):
        return
    first = {
        row["member_id"]: row["since"]
        for row in registry.rows(
            "SELECT member_id, min(since) AS since FROM member_state"
            " WHERE attribute = 'branch' GROUP BY member_id"
        )
    }
    for row, *sides in read:
        known = [side for side in sides if side is not None]
        if row["entity"] != "member_state" or known[0]["attribute"] != "branch":
            continue
        since = min(side["since"] for side in known)
        for side in known:
            side[FIRST] = since <= first.get(side["member_id"], since)


def _holders(registry: Registry, read: list[tuple[Any, Values, Values]]) -> dict[int, int]:
    """Whose each card is, for the events among the changes; also of cards that are gone."""
    if all(row["entity"] != "card_event" for row, _, _ in read):
        return {}
    gone = {
        row["row_id"]: before["member_id"]
        for row, before, _ in read
        if row["entity"] == "card" and before is not None
    }
    cards = registry.rows("SELECT id, member_id FROM card")
    return gone | {row["id"]: row["member_id"] for row in cards}


def _values(text: str | None) -> Values:
    return None if text is None else dict(json.loads(text))


def _change(row: Any, member: MemberId, before: Values, after: Values) -> RowChange:
    return RowChange(
        row["seq"],
        row["at"],
        row["sender"] or row["clerk"] or row["os_user"],
        row["command"],
        row["reason"],
        row["entity"],
        member,
        before,
        after,
    )
