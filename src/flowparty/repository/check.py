"""``db check``: every link of the journal, and every row against its last journaled state."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from typing import TYPE_CHECKING

from flowparty.domain.canonical import canonical
from flowparty.repository import journal
from flowparty.repository.create import schema_text
from flowparty.repository.entities import ENTITIES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flowparty.repository.registry import Registry


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is not as it was written: a stable code, the table and the row."""

    code: str
    entity: str
    row: int | None = None
    detail: str = ""


def check(registry: Registry) -> Iterator[Finding]:
    """Yield what is wrong with a registry; nothing when all is well. Reads only."""
    if registry.path.stat().st_mode & 0o077:
        yield Finding("file_readable", "file")
    yield from _structure(registry)
    yield from _schema(registry)
    yield from _chain(registry)
    yield from _values(registry)
    yield from _anchors(registry)
    for entity in ENTITIES:
        yield from _rows(registry, entity)


def _structure(registry: Registry) -> Iterator[Finding]:
    for row in registry.rows("PRAGMA integrity_check"):
        if row[0] != "ok":
            yield Finding("structure_damaged", "file", detail=str(row[0])[:200])
    for row in registry.rows("PRAGMA foreign_key_check"):
        yield Finding("reference_broken", row[0], row[1])


def _schema(registry: Registry) -> Iterator[Finding]:
    """Tables, indexes and triggers must be those of a new registry: a guard may be missing."""
    # Even the words of the schema may have been flipped into something that is no text.
    found = {(str(row["type"]), str(row["name"])): row["sql"] for row in registry.rows(_SCHEMA)}
    with closing(sqlite3.connect(":memory:")) as fresh:
        fresh.executescript(schema_text())
        expected = {(kind, name): sql for kind, name, sql in fresh.execute(_SCHEMA)}
    for kind, name in sorted(found.keys() | expected.keys()):
        if found.get((kind, name)) != expected.get((kind, name)):
            yield Finding("schema_altered", name, detail=kind)


_SCHEMA = "SELECT type, name, sql FROM sqlite_schema"


def _chain(registry: Registry) -> Iterator[Finding]:
    changes: dict[int, list[list[object]]] = {}
    for row in registry.rows("SELECT * FROM journal_change ORDER BY id"):
        changes.setdefault(row["seq"], []).append(_chained(row))
    prev, expected = journal.GENESIS, 1
    for entry in registry.rows("SELECT * FROM journal_entry ORDER BY seq"):
        seq = entry["seq"]
        if seq != expected:
            yield Finding("entry_missing", "journal_entry", expected)
        if entry["prev"] != prev:
            yield Finding("link_broken", "journal_entry", seq)
        if journal.entry_hash(_readable(entry), changes.pop(seq, [])) != entry["hash"]:
            yield Finding("entry_altered", "journal_entry", seq)
        prev, expected = entry["hash"], seq + 1
    for seq in changes:
        yield Finding("change_orphaned", "journal_change", seq)


def _anchors(registry: Registry) -> Iterator[Finding]:
    """The journal must still hold what each month was closed and each package went out with."""
    for code, entity, digits in (
        ("anchor_differs", "package_sent", 20),
        ("close_anchor_differs", "closed_month", 64),
    ):
        for row in registry.rows(
            f"SELECT a.id, a.period FROM {entity} a LEFT JOIN journal_entry e"
            " ON e.seq = a.journal_seq WHERE substr(e.hash, 1, :digits) IS NOT a.journal_head",
            digits=digits,
        ):
            yield Finding(code, entity, row["id"], str(row["period"]))


def _chained(row: sqlite3.Row) -> list[object]:
    read = _readable(row)
    try:
        fields = json.loads(row["fields"])
    except (ValueError, TypeError):  # a flipped bit may have made a number of a text
        fields = read["fields"]
    words = (read[name] for name in ("entity", "row_id", "operation"))
    return [*words, fields, read["before"], read["after"]]


def _readable(row: sqlite3.Row) -> dict[str, object]:
    """A row as a dictionary; a flipped bit may have made bytes of a text, which no digest has."""
    return {
        name: repr(value) if isinstance(value, bytes) else value
        for name, value in dict(row).items()
    }


def _values(registry: Registry) -> Iterator[Finding]:
    """Values and reasons beside the chain must have the digests that the chain holds."""
    for row in registry.rows(
        'SELECT c.id, c.after, v.salt, v."values" AS kept FROM journal_value v'
        " LEFT JOIN journal_change c ON c.id = v.change_id"
    ):
        if row["id"] is None or row["after"] != journal.salted_digest(row["salt"], row["kept"]):
            yield Finding("value_altered", "journal_value", row["id"])
    for row in registry.rows(
        "SELECT r.seq, r.salt, r.text, e.reason_digest FROM journal_reason r"
        " LEFT JOIN journal_entry e ON e.seq = r.seq"
    ):
        if row["reason_digest"] != journal.salted_digest(row["salt"], row["text"]):
            yield Finding("reason_altered", "journal_reason", row["seq"])


_LAST = """
    SELECT c.row_id, c.after, v.salt FROM journal_change c
    LEFT JOIN journal_value v ON v.change_id = c.id
    WHERE c.id IN (SELECT max(id) FROM journal_change WHERE entity = :entity GROUP BY row_id)
"""


def _rows(registry: Registry, entity: str) -> Iterator[Finding]:
    last = {row["row_id"]: row for row in registry.rows(_LAST, entity=entity)}
    for row in registry.rows(f"SELECT * FROM {entity}"):
        known = last.pop(row["id"], None)
        if known is None or known["after"] is None:
            yield Finding("row_unjournaled", entity, row["id"])
        elif known["salt"] is not None and known["after"] != journal.salted_digest(
            known["salt"], canonical(_readable(row))
        ):
            yield Finding("row_differs", entity, row["id"])
    for row_id, known in last.items():
        if known["after"] is not None:
            yield Finding("row_missing", entity, row_id)
