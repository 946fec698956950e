"""``db check`` against the anchors: closes, packages sent, and receipts signed by the level above."""

from __future__ import annotations

import base64
import json
import shutil
import sqlite3
from typing import TYPE_CHECKING, Any

import pytest

from flowparty.domain.errors import Conflict, Untrusted
from flowparty.repository import journal
from flowparty.repository.check import check
from flowparty.repository.registry import Registry
from flowparty.service.anchors import check_given, check_receipts
from tests.conftest import ACTOR, now
from tests.exchange_cases import MONTH, TODAY, Case
from tests.repository.test_check import outside

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path


def acknowledged(case: Case) -> bytes:
    """The town takes the package, the village its receipt; the receipt's bytes."""
    arrived = case.town.receive(case.data, TODAY)
    assert arrived.receipt is not None
    case.village.receive(arrived.receipt, TODAY)
    return arrived.receipt


def codes(registry: Registry, given: Sequence[bytes] = ()) -> set[str]:
    compared = [one for data in given for one in check_given(registry, data)]
    return {one.code for one in (*check(registry), *check_receipts(registry), *compared)}


def changed(case: Case, change: Callable[[Path], None], given: Sequence[bytes] = ()) -> set[str]:
    """What is found in the village's registry after somebody changed the closed file."""
    case.village.registry.close()
    change(case.village.path)
    with Registry.open(case.village.path, actor=ACTOR, command="test", now=now) as registry:
        return codes(registry, given)


def rewritten(path: Path, *, anchors: bool = False) -> None:
    """Another clerk in every entry, every hash made anew; if wanted, the anchors of the file too."""
    outside(path)
    with sqlite3.connect(path) as connection:
        connection.row_factory = sqlite3.Row
        prev = journal.GENESIS
        for entry in connection.execute("SELECT * FROM journal_entry ORDER BY seq").fetchall():
            words = {**dict(entry), "clerk": "别人", "prev": prev}
            prev = journal.entry_hash(words, changes_of(connection, entry["seq"]))
            connection.execute(
                "UPDATE journal_entry SET clerk = ?, prev = ?, hash = ? WHERE seq = ?",
                (words["clerk"], words["prev"], prev, entry["seq"]),
            )
        if anchors:
            for table, digits in (("closed_month", 64), ("package_sent", 20)):
                connection.execute(
                    f"UPDATE {table} SET journal_head = (SELECT substr(hash, 1, {digits})"
                    f" FROM journal_entry WHERE seq = {table}.journal_seq)"
                )
    connection.close()


def changes_of(connection: sqlite3.Connection, seq: int) -> list[list[Any]]:
    return [
        [row["entity"], row["row_id"], row["operation"], json.loads(row["fields"]),
         row["before"], row["after"]]
        for row in connection.execute(
            "SELECT * FROM journal_change WHERE seq = ? ORDER BY id", (seq,)
        )
    ]  # fmt: skip


def test_a_healthy_registry_agrees_with_every_anchor(case: Case) -> None:
    receipt = acknowledged(case)
    assert codes(case.village.registry, [receipt]) == set()
    assert codes(case.town.registry) == set()


def test_a_rewritten_chain_is_found_by_every_anchor(case: Case) -> None:
    acknowledged(case)
    found = changed(case, rewritten)
    assert {"anchor_differs", "close_anchor_differs", "receipt_journal_differs"} <= found
    assert not found & {"link_broken", "entry_altered"}


def test_anchors_made_to_fit_do_not_fit_the_receipt(case: Case) -> None:
    acknowledged(case)
    found = changed(case, lambda path: rewritten(path, anchors=True))
    assert "receipt_differs" in found
    assert not found & {"anchor_differs", "close_anchor_differs"}


def test_a_cut_tail_is_found(case: Case) -> None:
    acknowledged(case)
    (row,) = case.village.registry.rows("SELECT journal_seq AS seq FROM closed_month")
    last = row["seq"] - 1
    cut = (
        "PRAGMA foreign_keys = OFF",
        f"DELETE FROM journal_change WHERE seq > {last}",
        f"DELETE FROM journal_entry WHERE seq > {last}",
    )
    found = changed(case, lambda path: outside(path, *cut))
    assert {"anchor_differs", "close_anchor_differs", "receipt_journal_differs"} <= found
    assert not found & {"entry_missing", "link_broken"}


def test_an_older_file_put_back_is_found_by_a_receipt_kept_outside(
    case: Case, tmp_path: Path
) -> None:
    case.other.registry.close()
    shutil.copy(case.other.path, tmp_path / "older.db")
    registry = Registry.open(case.other.path, actor=ACTOR, command="test", now=now)
    case.other.registry = registry
    case.other.close_month(MONTH, TODAY)
    _, data = case.other.pack(MONTH, TODAY)
    receipt = case.town.receive(data, TODAY).receipt
    assert receipt is not None
    assert codes(registry, [receipt]) == set()
    with Registry.open(tmp_path / "older.db", actor=ACTOR, command="test", now=now) as older:
        assert codes(older) <= {"file_readable"}
        assert "receipt_unknown" in codes(older, [receipt])


def test_a_receipt_that_nobody_known_signed_is_found(case: Case) -> None:
    receipt = bytearray(acknowledged(case))
    receipt[-1] ^= 1
    kept = base64.b64encode(receipt).decode()
    with case.village.registry.write():
        case.village.registry.update("package_sent", 1, {"receipt": kept})
    assert codes(case.village.registry) == {"receipt_forged"}


def test_what_is_no_receipt_says_nothing_of_the_registry(case: Case) -> None:
    receipt = acknowledged(case)
    forged = receipt[:-1] + bytes([receipt[-1] ^ 1])
    given = {
        "package_cut": receipt[:-1],
        "package_not_one": b"x",
        "receipt_not_one": case.data,
        "receipt_unsigned": forged,
    }
    for code, data in given.items():
        with pytest.raises(Untrusted) as refused:
            codes(case.village.registry, [data])
        assert refused.value.code == code


def test_another_offices_receipt_says_whose_it_is(case: Case) -> None:
    receipt = acknowledged(case)
    with pytest.raises(Conflict) as refused:
        codes(case.other.registry, [receipt])
    assert refused.value.code == "package_for_other"
    assert refused.value.params == {"recipient": "金叶社区", "ours": "雨柏村"}
