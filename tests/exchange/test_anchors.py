"""A journal written anew, cut or replaced: whatever the level above has signed for finds it."""

from __future__ import annotations

import base64
import json
import sqlite3
from typing import TYPE_CHECKING

import pytest

from flowparty.repository import journal
from flowparty.repository.check import check
from flowparty.service.anchors import check_receipts
from tests.exchange_cases import TODAY

if TYPE_CHECKING:
    from tests.exchange_cases import Case


@pytest.fixture
def answered(case: Case) -> Case:
    """The village has the town's receipt."""
    arrived = case.town.receive(case.data, TODAY)
    assert arrived.receipt is not None
    case.village.receive(arrived.receipt, TODAY)
    return case


def codes(case: Case) -> set[str]:
    registry = case.village.registry
    return {f.code for f in (*check(registry), *check_receipts(registry))}


def forge(case: Case, *statements: str) -> None:
    """Write with another program, its guards taken away and put back."""
    database = sqlite3.connect(case.village.registry.path)
    database.row_factory = sqlite3.Row
    guards = database.execute("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'")
    kept = guards.fetchall()
    for guard in kept:
        database.execute(f"DROP TRIGGER {guard['name']}")
    for statement in statements:
        database.execute(statement)
    rehash(database)
    for guard in kept:
        database.execute(guard["sql"])
    database.commit()
    database.close()


def rehash(database: sqlite3.Connection) -> None:
    """Make every link of the chain right again, as whoever knows the program could."""
    prev = journal.GENESIS
    for row in database.execute("SELECT * FROM journal_entry ORDER BY seq").fetchall():
        entry = {**dict(row), "prev": prev}
        changes = database.execute(
            "SELECT entity, row_id, operation, fields, before, after"
            " FROM journal_change WHERE seq = ? ORDER BY id",
            (row["seq"],),
        ).fetchall()
        chained = [
            [*tuple(change)[:3], json.loads(change["fields"]), change["before"], change["after"]]
            for change in changes
        ]
        entry["hash"] = journal.entry_hash(entry, chained)
        database.execute(
            "UPDATE journal_entry SET prev = ?, hash = ? WHERE seq = ?",
            (prev, entry["hash"], row["seq"]),
        )
        prev = entry["hash"]


def test_a_journal_as_it_was_signed_for_is_right(answered: Case) -> None:
    assert codes(answered) == set()


def test_a_chain_written_anew_is_not_the_one_signed_for(answered: Case) -> None:
    forge(answered, "UPDATE journal_entry SET clerk = '别人' WHERE seq = 2")
    assert codes(answered) == {"anchor_differs", "close_differs", "receipt_differs"}


def test_an_end_cut_off_too(answered: Case) -> None:
    tail = "seq >= (SELECT journal_seq FROM package_sent)"
    changes = f"(SELECT id FROM journal_change WHERE {tail})"
    forge(
        answered,
        f"DELETE FROM journal_value WHERE change_id IN {changes}",
        f"DELETE FROM journal_change WHERE {tail}",
        f"DELETE FROM journal_entry WHERE {tail}",
    )
    assert {"anchor_differs", "close_differs", "receipt_differs"} <= codes(answered)


def test_a_receipt_cannot_be_made_up(answered: Case) -> None:
    registry = answered.village.registry
    (kept,) = registry.rows("SELECT receipt FROM package_sent")
    made_up = bytearray(base64.b64decode(kept["receipt"]))
    for at in range(len(made_up)):
        changed = bytes([*made_up[:at], made_up[at] ^ 1, *made_up[at + 1 :]])
        with registry.write():
            registry.update("package_sent", 1, {"receipt": base64.b64encode(changed).decode()})
        assert [f.code for f in check_receipts(registry)] == ["receipt_altered"], at


def test_the_signature_counts_after_the_key_is_revoked(answered: Case) -> None:
    registry = answered.village.registry
    with registry.write():
        (key,) = registry.rows("SELECT id FROM office_key WHERE holder != ''  ORDER BY id LIMIT 1")
        registry.update("office_key", key["id"], {"revoked_on": "2026-11-29"})
    assert codes(answered) == set()
