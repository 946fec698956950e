"""``db check``: whatever is changed from outside is found, and the next write refuses it."""

from __future__ import annotations

import json
import sqlite3
from random import Random
from typing import TYPE_CHECKING, Any

import pytest

from flowparty.domain.canonical import canonical
from flowparty.domain.errors import Damaged, Problem
from flowparty.repository.check import check
from flowparty.repository.registry import Registry
from tests.conftest import ACTOR, now
from tests.people import NAMES, add_words
from tests.tiers import figure

if TYPE_CHECKING:
    from pathlib import Path

FLIPS = figure(600, 600, 2_000)
JOURNAL = ("journal_entry", "journal_change")


@pytest.fixture
def used(town: Any, path: Path) -> Path:
    """A registry with a few records of each kind."""
    for number in (1, 2):
        town(*add_words(NAMES[number], number), "--mobile", "13800138000")
    town("move", "out", "M1", "--to", "广东东莞", "--on", "2026-03")
    town("card", "issue", "M1", "--number", "1", "--on", "2026-03-01")
    town("card", "verify", "M1", "--on", "2026-11-01")
    town("contact", "add", "M1", "--notes", "想回乡")
    town("member", "list", "--unmask", "--reason", "核对")
    return path


def outside(path: Path, *statements: str) -> None:
    """Change the file as somebody with the sqlite3 shell would, triggers out of the way."""
    connection = sqlite3.connect(path)
    for table in JOURNAL:
        for kind in ("update", "delete", "replace"):
            connection.execute(f"DROP TRIGGER {table}_no_{kind}")
    for statement in statements:
        connection.execute(statement)
    connection.commit()
    connection.close()


def codes(path: Path) -> set[str]:
    with Registry.open(path, actor=ACTOR, command="test", now=now) as registry:
        return {finding.code for finding in check(registry)}


def test_an_untouched_registry_has_no_findings(used: Path) -> None:
    assert codes(used) == set()


@pytest.mark.parametrize(
    ("statement", "code"),
    [
        ("UPDATE member SET mobile = '13900000000' WHERE id = 1", "row_differs"),
        ("UPDATE card SET number = '2'", "row_differs"),
        ("UPDATE org SET name = name || '一' WHERE id = 2", "row_differs"),
        ("UPDATE registry SET name = '别处'", "row_differs"),
        ("DELETE FROM contact", "row_missing"),
        ("INSERT INTO setting (id, name, value) VALUES (1, 'cutoff_day', '1')", "row_unjournaled"),
        ("UPDATE journal_value SET \"values\" = replace(\"values\", '想', '不')", "value_altered"),
        ("UPDATE journal_value SET salt = 'x' WHERE change_id = 5", "value_altered"),
        ("UPDATE journal_reason SET text = '别的'", "reason_altered"),
        ("DELETE FROM journal_entry WHERE seq = 3", "entry_missing"),
        ("UPDATE journal_entry SET prev = hash WHERE seq = 3", "link_broken"),
        ("DELETE FROM journal_change WHERE id = (SELECT max(id) FROM journal_change)",
         "entry_altered"),
        ("INSERT INTO journal_change VALUES (9999, 99, 'member', 1, 'delete', '[]', NULL, NULL)",
         "change_orphaned"),
        ("UPDATE journal_change SET row_id = 77 WHERE id = 4", "entry_altered"),
        ("UPDATE journal_change SET fields = 'x' WHERE id = 4", "entry_altered"),
        ("UPDATE member SET mobile = NULL; ", "row_differs"),
    ],
)  # fmt: skip
def test_every_change_from_outside_is_found(used: Path, statement: str, code: str) -> None:
    outside(used, "PRAGMA foreign_keys = OFF", statement)
    assert code in codes(used)


@pytest.mark.parametrize("value", ["91", "x'ff'"])
def test_a_text_that_a_flipped_bit_made_something_else_of(used: Path, value: str) -> None:
    """The table no longer keeps its types, as a bit in a record's head has it."""
    table = "journal_change"
    outside(
        used,
        "PRAGMA writable_schema = ON",
        "UPDATE sqlite_schema SET sql = replace(replace(sql, ') STRICT', ')'), 'fields     TEXT',"
        f" 'fields') WHERE name = '{table}'",
        "PRAGMA writable_schema = RESET",
        f"UPDATE {table} SET fields = {value} WHERE id = 4",
    )
    assert "entry_altered" in codes(used)


@pytest.mark.parametrize(
    "column", ["at", "utc_offset", "os_user", "clerk", "command", "reason_digest", "package"]
)
def test_every_word_of_an_entry_is_in_its_hash(used: Path, column: str) -> None:
    outside(used, f"UPDATE journal_entry SET {column} = 'x' WHERE seq = 2")
    assert "entry_altered" in codes(used)


def test_entries_changed_about_are_found(used: Path) -> None:
    outside(
        used,
        "PRAGMA foreign_keys = OFF",
        "UPDATE journal_entry SET seq = -1 WHERE seq = 3",
        "UPDATE journal_entry SET seq = 3 WHERE seq = 4",
        "UPDATE journal_entry SET seq = 4 WHERE seq = -1",
    )
    assert {"link_broken", "entry_altered"} <= codes(used)


@pytest.mark.parametrize("table", JOURNAL)
def test_the_journal_is_append_only_for_everybody(used: Path, table: str) -> None:
    key = "seq" if table == "journal_entry" else "id"
    row = f"SELECT * FROM {table} WHERE {key} = 1"
    for statement in (
        f"UPDATE {table} SET {key} = {key}",
        f"DELETE FROM {table}",
        f"INSERT OR REPLACE INTO {table} {row}",
        f"REPLACE INTO {table} {row}",
    ):
        connection = sqlite3.connect(used)
        with pytest.raises(sqlite3.IntegrityError, match="append-only"):
            connection.execute(statement)
        connection.close()


def test_a_write_to_a_row_changed_from_outside_is_refused(used: Path) -> None:
    outside(used, "UPDATE member SET post = '村医' WHERE id = 1")
    with Registry.open(used, actor=ACTOR, command="test", now=now) as registry:
        with pytest.raises(Damaged, match="row_differs"), registry.write():
            registry.update("member", 1, {"address": "新址"})
        (row,) = registry.rows("SELECT address FROM member WHERE id = 1")
        assert row["address"] is None


def test_a_row_removed_from_outside_cannot_be_written_over(used: Path) -> None:
    outside(used, "PRAGMA foreign_keys = OFF", "DELETE FROM contact")
    with (
        Registry.open(used, actor=ACTOR, command="test", now=now) as registry,
        pytest.raises(Damaged, match="row_missing"),
        registry.write(),
    ):
        registry.insert(
            "contact",
            {"member_id": 1, "on": "2026-11-01", "method": "phone", "outcome": "reached"},
        )


def test_erasing_values_leaves_the_chain_whole(used: Path) -> None:
    connection = sqlite3.connect(used)
    connection.executescript("DELETE FROM journal_value; DELETE FROM journal_reason")
    connection.close()
    assert codes(used) == set()


def test_a_guard_that_was_dropped_is_found(used: Path) -> None:
    outside(used)
    assert codes(used) == {"schema_altered"}


def test_a_failed_write_leaves_no_trace(used: Path) -> None:
    before = used.read_bytes()
    with Registry.open(used, actor=ACTOR, command="test", now=now) as registry:

        def fail() -> None:
            with registry.write():
                registry.update("member", 1, {"post": "村医"})
                raise RuntimeError

        with pytest.raises(RuntimeError):
            fail()
        with registry.write():
            registry.update("member", 1, {"post": None})
    assert used.read_bytes() == before


def test_nothing_personal_in_the_chain(used: Path) -> None:
    with Registry.open(used, actor=ACTOR, command="test", now=now) as registry:
        for table in JOURNAL:
            text = json.dumps([list(row) for row in registry.rows(f"SELECT * FROM {table}")])
            for private in ("13800138000", NAMES[1], "核对", "想回乡"):
                assert private not in json.loads(json.dumps(text))


def test_canonical_text_has_one_spelling() -> None:
    assert canonical({"b": "汉", "a": None}) == '{"a":null,"b":"汉"}'


def visible_rows(path: Path) -> list[Any]:
    """Everything a command could show from the file; raises where SQLite refuses."""
    connection = sqlite3.connect(path)
    try:
        tables = [
            name
            for (name,) in connection.execute(
                "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE '%search%'"
            )
        ]
        return [
            connection.execute(f"SELECT * FROM {name} ORDER BY 1").fetchall() for name in tables
        ]
    finally:
        connection.close()


@pytest.mark.tiered
def test_flipped_bits_that_show_are_found(used: Path) -> None:
    original, rows = used.read_bytes(), visible_rows(used)
    random = Random(20261128)
    written = [place for place, byte in enumerate(original) if byte]  # pages are half empty
    changed = 0
    for _ in range(FLIPS):
        place, bit = random.choice(written), random.randrange(8)
        flipped = bytearray(original)
        flipped[place] ^= 1 << bit
        used.write_bytes(flipped)
        try:
            seen = visible_rows(used)
        except (sqlite3.Error, UnicodeDecodeError):
            continue
        if seen == rows:
            continue
        changed += 1
        try:
            assert codes(used), f"byte {place}, bit {bit}"
        except Problem:
            continue
    assert changed > 20
