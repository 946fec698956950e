"""The journal: one entry a write, one change a row, each entry chained to the one before.

An entry's hash covers its own words, its changes and the hash before it. A change carries salted
digests of the row before and after; the values and salts stand in ``journal_value``, the only
table besides ``journal_reason`` that erasure empties, so that the chain outlives the person.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from flowparty.domain.canonical import canonical, sha256

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Mapping, Sequence
    from datetime import datetime

GENESIS = "0" * 64
_SALT = 16
_TAG = b"flowparty/journal/1\n"

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Actor:
    """Who writes: the account at the machine, and the clerk as declared (``--clerk``)."""

    os_user: str
    clerk: str = ""


@dataclass(frozen=True, slots=True)
class Last:
    """The head of the journal: an entry's number, UTC time (ISO) and hash."""

    seq: int
    at: str
    hash: str


@dataclass(frozen=True, slots=True)
class Change:
    """One row touched: digests before and after, and the values that erasure may take away."""

    entity: str
    row_id: int
    operation: str
    fields: tuple[str, ...]
    before: str | None = None
    after: str | None = None
    salt: str | None = None
    values: str | None = None

    def chained(self) -> list[Any]:
        """The part that the chain covers, in its canonical order."""
        fields = list(self.fields)
        return [self.entity, self.row_id, self.operation, fields, self.before, self.after]


@lru_cache(maxsize=1000)
def _canonical_fields(fields: tuple[str, ...]) -> str:
    """The field names of a change; a long write has few different ones."""
    return canonical(fields)


def salted_digest(salt: str, text: str) -> str:
    """SHA-256 of ``text`` under ``salt``; hex."""
    return sha256(f"{salt}\n{text}".encode())


def change_of(
    entity: str, row_id: int, old: Row | None, new: Row | None, before: str | None
) -> Change:
    """Describe what happened to one row.

    Args:
        entity: the table.
        row_id: its ``id``.
        old: the row as it stood, None for a new one.
        new: the row as it stands now, None for a removed one.
        before: the digest journaled when ``old`` was written.
    """
    operation = "insert" if old is None else "delete" if new is None else "update"
    fields = _changed(old or {}, new or {})
    if new is None:
        return Change(entity, row_id, operation, fields, before)
    salt = os.urandom(_SALT).hex()
    values = canonical(new)
    return Change(
        entity, row_id, operation, fields, before, salted_digest(salt, values), salt, values
    )


def insertions(entity: str, rows: Sequence[Row]) -> list[Change]:
    """Describe many new rows of one table: as :func:`change_of`, what they share done once."""
    if not rows:
        return []
    names = sorted(rows[0])
    salts = os.urandom(_SALT * len(rows)).hex()
    found = []
    for at, row in enumerate(rows):
        salt = salts[at * _SALT * 2 : (at + 1) * _SALT * 2]
        values = canonical(row)
        fields = tuple([name for name in names if row[name] is not None])
        after = salted_digest(salt, values)
        found.append(Change(entity, row["id"], "insert", fields, None, after, salt, values))
    return found


def _changed(old: Row, new: Row) -> tuple[str, ...]:
    if not old:
        return tuple(sorted([name for name, value in new.items() if value is not None]))
    return tuple(name for name in sorted({*old, *new}) if old.get(name) != new.get(name))


def entry_hash(entry: Mapping[str, Any], changes: Sequence[Sequence[Any]]) -> str:
    """The hash of an entry: its words, its changes in order, and the hash before it."""
    words = {name: entry[name] for name in _CHAINED}
    body = canonical({"entry": words, "changes": [list(change) for change in changes]})
    return sha256(_TAG + body.encode() + b"\n" + str(entry["prev"]).encode())


_CHAINED = (
    "seq", "at", "utc_offset", "os_user", "clerk", "command", "reason_digest", "package",
)  # fmt: skip


def append(
    connection: sqlite3.Connection,
    changes: Sequence[Change],
    *,
    at: datetime,
    actor: Actor,
    command: str,
    reason: str,
    package: str | None = None,
) -> int:
    """Write one entry with its changes inside the open transaction; returns its ``seq``."""
    last = connection.execute(
        "SELECT seq, hash FROM journal_entry ORDER BY seq DESC LIMIT 1"
    ).fetchone()
    salt = os.urandom(16).hex()
    entry: Row = {
        "seq": last["seq"] + 1 if last else 1,
        "at": at.isoformat(timespec="milliseconds"),
        "utc_offset": at.astimezone().strftime("%z"),
        "os_user": actor.os_user,
        "clerk": actor.clerk,
        "command": command,
        "reason_digest": salted_digest(salt, reason) if reason else None,
        "package": package,
        "prev": last["hash"] if last else GENESIS,
    }
    entry["hash"] = entry_hash(entry, [change.chained() for change in changes])
    connection.execute(
        "INSERT INTO journal_entry (seq, at, utc_offset, os_user, clerk, command, reason_digest,"
        " package, prev, hash) VALUES (:seq, :at, :utc_offset, :os_user, :clerk, :command,"
        " :reason_digest, :package, :prev, :hash)",
        entry,
    )
    if reason:
        connection.execute(
            "INSERT INTO journal_reason (seq, salt, text) VALUES (?, ?, ?)",
            (entry["seq"], salt, reason),
        )
    _insert_changes(connection, entry["seq"], changes)
    return int(entry["seq"])


def _insert_changes(connection: sqlite3.Connection, seq: int, changes: Sequence[Change]) -> None:
    first = connection.execute("SELECT coalesce(max(id), 0) + 1 FROM journal_change").fetchone()[0]
    numbered = list(enumerate(changes, start=first))
    connection.executemany(
        "INSERT INTO journal_change (id, seq, entity, row_id, operation, fields, before, after)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        [
            (
                id_,
                seq,
                c.entity,
                c.row_id,
                c.operation,
                _canonical_fields(c.fields),
                c.before,
                c.after,
            )
            for id_, c in numbered
        ],
    )
    connection.executemany(
        'INSERT INTO journal_value (change_id, salt, "values") VALUES (?, ?, ?)',
        [(id_, c.salt, c.values) for id_, c in numbered if c.values is not None],
    )
