"""Rows as the journal last left them: what was edited or removed from outside is refused here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flowparty.domain.canonical import canonical
from flowparty.domain.errors import Damaged
from flowparty.repository import journal

if TYPE_CHECKING:
    from flowparty.repository.reading import Reader


def next_id(reader: Reader, entity: str) -> int:
    """The first number free for new rows; refuses where rows vanished from outside."""
    found = reader.row(f"SELECT coalesce(max(id), 0) + 1 AS first FROM {entity}")
    first = 1 if found is None else int(found["first"])
    vanished = reader.row(
        "SELECT row_id FROM journal_change WHERE after IS NOT NULL AND id IN (SELECT max(id)"
        " FROM journal_change WHERE entity = :entity AND row_id >= :first GROUP BY row_id)",
        entity=entity,
        first=first,
    )
    if vanished is not None:
        raise Damaged("row_missing", entity=entity, row=vanished["row_id"])
    return first


def stored(reader: Reader, entity: str, row_id: int) -> journal.Row:
    """A row as it stands; refuses one that is not there."""
    found = reader.row(f"SELECT * FROM {entity} WHERE id = :id", id=row_id)
    if found is None:
        raise Damaged("row_missing", entity=entity, row=row_id)
    return dict(found)


def last_digest(reader: Reader, entity: str, row_id: int) -> str | None:
    """The row's digest after its last journaled change; None if it never was or is gone."""
    found = reader.row(
        "SELECT after FROM journal_change WHERE entity = :entity AND row_id = :id"
        " ORDER BY id DESC LIMIT 1",
        entity=entity,
        id=row_id,
    )
    return None if found is None else found["after"]


def require_untouched(reader: Reader, entity: str, row_id: int, stored: journal.Row) -> str | None:
    """The digest of the row's last change; refuses a row that was edited from outside."""
    found = reader.row(
        "SELECT c.after, v.salt FROM journal_change c LEFT JOIN journal_value v"
        " ON v.change_id = c.id WHERE c.entity = :entity AND c.row_id = :id"
        " ORDER BY c.id DESC LIMIT 1",
        entity=entity,
        id=row_id,
    )
    if found is None or found["after"] is None:
        raise Damaged("row_unjournaled", entity=entity, row=row_id)
    if found["salt"] is not None and found["after"] != journal.salted_digest(
        found["salt"], canonical(stored)
    ):
        raise Damaged("row_differs", entity=entity, row=row_id)
    return str(found["after"])
