"""Rows written many at once: the same journal as one by one, all or none."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flowparty.domain.canonical import canonical
from flowparty.domain.errors import Conflict, Damaged
from flowparty.repository import journal
from flowparty.repository.check import check

if TYPE_CHECKING:
    from pathlib import Path

    from flowparty.repository.registry import Registry


def org(name: str, **more: Any) -> dict[str, Any]:
    return {"kind": "branch", "name": name, **more}


def names(registry: Registry) -> list[str]:
    return [row["name"] for row in registry.rows("SELECT name FROM org ORDER BY id")]


def test_many_rows_are_one_entry_with_a_change_each(registry: Registry) -> None:
    before = registry.rows("SELECT seq FROM journal_entry")
    with registry.write("合并"):
        ids = registry.insert_many("org", [org("甲村党支部"), org("乙村党支部"), org("丙村党支部")])
    assert names(registry)[-3:] == ["甲村党支部", "乙村党支部", "丙村党支部"]
    (entry,) = registry.rows("SELECT seq FROM journal_entry ORDER BY seq")[len(before) :]
    changes = registry.rows(
        "SELECT row_id, operation, before FROM journal_change WHERE seq = :seq ORDER BY id",
        seq=entry["seq"],
    )
    assert [tuple(change) for change in changes] == [(one, "insert", None) for one in ids]
    assert list(check(registry)) == []


def test_the_digest_is_that_of_a_single_insert(registry: Registry) -> None:
    with registry.write():
        (many,) = registry.insert_many("org", [org("甲村党支部")])
        one = registry.insert("org", org("乙村党支部"))
    for row_id in (many, one):
        (kept,) = registry.rows(
            'SELECT c.after, v.salt, v."values" AS kept FROM journal_change c'
            " JOIN journal_value v ON v.change_id = c.id"
            " WHERE c.entity = 'org' AND c.row_id = :id",
            id=row_id,
        )
        (row,) = registry.rows("SELECT * FROM org WHERE id = :id", id=row_id)
        assert kept["kept"] == canonical(dict(row))
        assert kept["after"] == journal.salted_digest(kept["salt"], kept["kept"])


def test_the_fields_named_are_those_of_a_single_insert(registry: Registry) -> None:
    with registry.write():
        rows = [org("甲村党支部", hours=None), org("乙村党支部", hours="9-17")]
        many = registry.insert_many("org", rows)
        alone = [registry.insert("org", row) for row in rows]
    changes = registry.rows("SELECT row_id, fields FROM journal_change WHERE entity = 'org'")
    kept = {change["row_id"]: change["fields"] for change in changes}
    assert [kept[one] for one in many] == [kept[one] for one in alone]
    assert "hours" in kept[many[1]]


@given(
    st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0")), st.integers(0, 9)
)
def test_the_file_spells_values_as_the_journal_does(text: str, number: int) -> None:
    connection = sqlite3.connect(":memory:")
    (spelled,) = connection.execute(
        "SELECT json_object('a', ?, 'b', NULL, 'c', ?)", (text, number)
    ).fetchone()
    connection.close()
    assert spelled == canonical({"a": text, "b": None, "c": number})


def begin_and_fail(registry: Registry) -> None:
    with registry.attempt():
        registry.insert_many("org", [org("乙村党支部")])
        raise Conflict("org_exists")


def test_a_part_taken_back_leaves_no_trace_in_the_entry(registry: Registry) -> None:
    with registry.write():
        registry.insert("org", org("甲村党支部"))
        with pytest.raises(Conflict):
            begin_and_fail(registry)
        registry.insert_many("org", [org("丙村党支部")])
    assert names(registry)[-2:] == ["甲村党支部", "丙村党支部"]
    assert list(check(registry)) == []


def test_given_numbers_of_identity_are_kept_and_reserved_names_work(registry: Registry) -> None:
    fixed = {"uuid": "00000000-0000-4000-8000-000000000001", "office": "elsewhere"}
    with registry.write():
        (org_id,) = registry.insert_many("org", [org("甲村党支部", **fixed)])
        day = {"org_id": org_id, "on": "2026-11-01", "kind": "org_life", "name": "党员大会"}
        registry.insert_many("activity", [{**day, "side": "home", "minutes": 60}])
    (row,) = registry.rows("SELECT uuid, office FROM org WHERE id = :id", id=org_id)
    assert dict(row) == fixed
    assert list(check(registry)) == []


def test_one_forbidden_row_and_none_is_written(registry: Registry) -> None:
    before = names(registry)
    with pytest.raises(Conflict), registry.write():
        registry.insert_many("org", [org("甲村党支部"), org("")])
    assert names(registry) == before
    assert list(check(registry)) == []


def test_no_rows_write_no_entry_and_rows_must_be_alike(registry: Registry) -> None:
    before = len(registry.rows("SELECT seq FROM journal_entry"))
    with registry.write():
        assert registry.insert_many("org", []) == []
    with pytest.raises(ValueError, match="the same columns"), registry.write():
        registry.insert_many("org", [org("甲村党支部"), org("乙村党支部", hours="9-17")])
    with pytest.raises(ValueError, match="nothing"), registry.write():
        registry.insert_many("nothing", [{"a": 1}])
    with pytest.raises(RuntimeError):
        registry.insert_many("org", [org("甲村党支部")])
    assert len(registry.rows("SELECT seq FROM journal_entry")) == before


def test_rows_that_vanished_from_outside_are_not_written_over(
    registry: Registry, path: Path
) -> None:
    with registry.write():
        ids = registry.insert_many("org", [org("甲村党支部"), org("乙村党支部")])
    other = sqlite3.connect(path)
    other.execute("DELETE FROM org WHERE id = ?", (ids[-1],))
    other.commit()
    other.close()
    with pytest.raises(Damaged), registry.write():
        registry.insert_many("org", [org("丙村党支部")])


def test_a_number_freed_by_a_journaled_removal_is_used_again(registry: Registry) -> None:
    with registry.write():
        ids = registry.insert_many("org", [org("甲村党支部")])
    with registry.write():
        registry.delete("org", ids[0])
    with registry.write():
        assert registry.insert_many("org", [org("乙村党支部")]) == ids
    assert list(check(registry)) == []


def test_a_number_freed_in_the_same_write_is_used_again(registry: Registry) -> None:
    with registry.write():
        ids = registry.insert_many("org", [org("甲村党支部")])
    with registry.write():
        registry.delete("org", ids[0])
        assert registry.insert_many("org", [org("乙村党支部")]) == ids
    assert list(check(registry)) == []
