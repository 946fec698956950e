"""The rows of a table as they stood after one entry of the journal, whatever happened since."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from flowparty.repository.registry import Registry

_THEN = """
    SELECT c.row_id, c.after, v."values" AS kept FROM journal_change c
    LEFT JOIN journal_value v ON v.change_id = c.id
    WHERE c.id IN (SELECT max(id) FROM journal_change
        WHERE entity = :entity AND seq <= :seq
        AND row_id IN (SELECT row_id FROM journal_change WHERE entity = :entity AND seq > :seq)
        GROUP BY row_id)
"""


def rows_at(registry: Registry, entity: str, seq: int) -> list[dict[str, Any]]:
    """The rows of a journaled table as of entry ``seq``, in the order of their numbers.

    A row untouched since is taken as it stands; one that changed is read back from the journal. A
    row whose values were erased since is left out.
    """
    later = {
        row["row_id"]
        for row in registry.rows(
            "SELECT DISTINCT row_id FROM journal_change WHERE entity = :entity AND seq > :seq",
            entity=entity,
            seq=seq,
        )
    }
    found = [
        dict(row)
        for row in registry.rows(f"SELECT * FROM {entity} ORDER BY id")
        if row["id"] not in later
    ]
    if later:
        found += [
            json.loads(row["kept"])
            for row in registry.rows(_THEN, entity=entity, seq=seq)
            if row["after"] is not None and row["kept"] is not None
        ]
        found.sort(key=lambda row: int(row["id"]))
    return found
