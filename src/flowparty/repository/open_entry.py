"""The journal entry of the write under way: its changes are written, and hashed, as they come."""

from __future__ import annotations

import os
from itertools import count
from typing import TYPE_CHECKING, Any, NamedTuple

from flowparty.domain.canonical import canonical
from flowparty.repository import journal
from flowparty.repository.many_rows import insert

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator
    from datetime import datetime

    from flowparty.repository.journal import Change, EntryHash

_AT_ONCE = 5_000
"""Rows of a bulk insertion that are in memory at one time."""

_CHANGE = ("id", "seq", "entity", "row_id", "operation", "fields", "before", "after")
_INSERTED = ("id", "row_id", "fields", "after")
_VALUE = ("change_id", "salt", "values")
_REASON = "INSERT INTO journal_reason (seq, salt, text) VALUES (?, ?, ?)"
_ENTRY = """INSERT INTO journal_entry
    (seq, at, utc_offset, os_user, clerk, command, reason_digest, package, prev, hash) VALUES
    (:seq, :at, :utc_offset, :os_user, :clerk, :command, :reason_digest, :package, :prev, :hash)"""


class Mark(NamedTuple):
    """How far an entry had come, for a part of a write that may be taken back."""

    next_id: int
    hash: EntryHash
    touched: bool


class OpenEntry:
    """One entry in the making, inside an open transaction; ``touched``: it has changes."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        last = self._one("SELECT seq, hash FROM journal_entry ORDER BY seq DESC LIMIT 1")
        self._seq = last["seq"] + 1 if last else 1
        self._prev = last["hash"] if last else journal.GENESIS
        self._next = self._one("SELECT coalesce(max(id), 0) + 1 FROM journal_change")[0]
        self._hash = journal.EntryHash()
        self.touched = False

    def add(self, change: Change) -> None:
        """Write one change."""
        number = self._next
        c = change
        fields = canonical(c.fields)
        row = (number, self._seq, c.entity, c.row_id, c.operation, fields, c.before, c.after)
        insert(self._connection, "journal_change", _CHANGE, [row])
        if c.values is not None:
            insert(self._connection, "journal_value", _VALUE, [(number, c.salt, c.values)])
        self._hash.add([canonical(c.chained())])
        self._next = number + 1
        self.touched = True

    def add_inserted(self, entity: str, first: int) -> None:
        """Write the changes of new rows, as :meth:`add` would one by one: from a number on, all.

        SQLite itself spells the values, as the file holds them.
        """
        columns = self._connection.execute(f"PRAGMA table_info({entity})").fetchall()
        names = sorted(column["name"] for column in columns)
        optional = [one["name"] for one in columns if not (one["notnull"] or one["pk"])]
        alike = {"seq": self._seq, "entity": entity, "operation": "insert"}
        rows = self._connection.cursor()
        rows.row_factory = None  # plain tuples: nothing is asked for by its name
        rows.execute(_as_json(entity, names, optional), (first,))
        spelled: dict[int, str] = {}
        while part := rows.fetchmany(_AT_ONCE):
            changes, values, lines = [], [], []
            for number, salt, (row_id, present, text) in zip(
                count(self._next), _salts(len(part)), part, strict=False
            ):
                fields = spelled.get(present) or spelled.setdefault(
                    present, _fields(names, optional, present)
                )
                after = journal.salted_digest(salt, text)
                changes.append((number, row_id, fields, after))
                values.append((number, salt, text))
                lines.append(f'["{entity}",{row_id},"insert",{fields},null,"{after}"]')
            insert(self._connection, "journal_change", _INSERTED, changes, alike=alike)
            insert(self._connection, "journal_value", _VALUE, values)
            self._hash.add(lines)
            self._next += len(part)
            self.touched = True

    def mark(self) -> Mark:
        """Where the entry stands now."""
        return Mark(self._next, self._hash.copy(), self.touched)

    def back_to(self, mark: Mark) -> None:
        """Forget what came after a mark; the rows themselves are rolled back by the caller."""
        self._next, self._hash, self.touched = mark

    def close(
        self, *, at: datetime, actor: journal.Actor, command: str, reason: str, package: str | None
    ) -> int:
        """Write the entry over its changes; returns its number.

        Args:
            at: the machine's time, UTC.
            actor: who writes.
            command: noun and verb.
            reason: the user's words; only their digest stands in the entry.
            package: the SHA-256 of the package whose rows these are.
        """
        salt = os.urandom(journal.SALT).hex()
        entry = {
            "seq": self._seq,
            "at": at.isoformat(timespec="milliseconds"),
            "utc_offset": at.astimezone().strftime("%z"),
            "os_user": actor.os_user,
            "clerk": actor.clerk,
            "command": command,
            "reason_digest": journal.salted_digest(salt, reason) if reason else None,
            "package": package,
            "prev": self._prev,
        }
        self._connection.execute(_ENTRY, {**entry, "hash": self._hash.end(entry)})
        if reason:
            self._connection.execute(_REASON, (self._seq, salt, reason))
        return self._seq

    def _one(self, sql: str) -> Any:
        return self._connection.execute(sql).fetchone()


def _as_json(entity: str, names: list[str], optional: list[str]) -> str:
    """A query of rows from a number on: the number, which optional fields are given, the values.

    The values are spelled as :func:`canonical` does: sorted names, no blanks.
    """
    bits = (f'(("{name}" IS NOT NULL) << {bit})' for bit, name in enumerate(optional))
    given = " + ".join(bits) or "0"
    values = ", ".join(f"'{name}', \"{name}\"" for name in names)
    return f"SELECT id, {given}, json_object({values}) FROM {entity} WHERE id >= ? ORDER BY id"


def _fields(names: list[str], optional: list[str], present: int) -> str:
    """The given fields as they are journaled; ``present`` has a bit for each optional one."""
    missing = {name for bit, name in enumerate(optional) if not present >> bit & 1}
    return canonical([name for name in names if name not in missing])


def _salts(number: int) -> Iterator[str]:
    """New salts; hex."""
    drawn = os.urandom(journal.SALT * number).hex()
    width = journal.SALT * 2
    return (drawn[at * width : (at + 1) * width] for at in range(number))
