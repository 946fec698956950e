"""What the end of a membership changed, read from the journal, so that it can be taken back."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from flowparty.domain.ids import MemberId
    from flowparty.repository.registry import Registry

_LAST = """SELECT c.seq, e.package FROM journal_change c JOIN journal_entry e ON e.seq = c.seq
    WHERE c.entity = 'member' AND c.row_id = :member
        AND EXISTS (SELECT 1 FROM json_each(c.fields) WHERE value = 'ended_on')
    ORDER BY c.id DESC LIMIT 1"""

_WITH_IT = """SELECT c.entity, c.row_id, c.fields, v."values" AS after,
        (SELECT p."values" FROM journal_change q JOIN journal_value p ON p.change_id = q.id
            WHERE q.entity = c.entity AND q.row_id = c.row_id AND q.id < c.id
            ORDER BY q.id DESC LIMIT 1) AS before
    FROM journal_change c JOIN journal_value v ON v.change_id = c.id
    WHERE c.seq = :seq AND c.operation = 'update'
        AND (c.entity IN ('holding', 'hardship') OR c.entity = 'movement'
            AND v."values" ->> '$.outcome' IN ('transferred', 'ended'))
    ORDER BY c.id DESC"""

_NOT_ENDED = {"ended_on": None, "end_reason": None, "end_note": None}


def received(registry: Registry, member: MemberId) -> bool:
    """Whether a package brought the end."""
    row = registry.row(_LAST, member=member)
    return row is not None and row["package"] is not None


def to_take_back(registry: Registry, member: MemberId) -> list[tuple[str, int, dict[str, Any]]]:
    """The member's row, and what ended in the same entry, with the values from before.

    What somebody corrected since, or whose values were erased, stays as it is.
    """
    found: list[tuple[str, int, dict[str, Any]]] = [("member", member, dict(_NOT_ENDED))]
    last = registry.row(_LAST, member=member)
    for row in () if last is None else registry.rows(_WITH_IT, seq=last["seq"]):
        before, after = json.loads(row["before"] or "{}"), json.loads(row["after"])
        now = registry.row(f"SELECT * FROM {row['entity']} WHERE id = :id", id=row["row_id"])
        if before.get("member_id") == member and now is not None and dict(now) == after:
            values = {name: before[name] for name in json.loads(row["fields"])}
            found.append((row["entity"], row["row_id"], values))
    return found
