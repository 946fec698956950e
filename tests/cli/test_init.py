"""A registry for a county, a town or a village, and for places our tables do not know."""

from __future__ import annotations

import stat
from typing import TYPE_CHECKING, Any

import pytest

from flowparty.domain.orgs import OrgKind, division_uuid

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    ("division", "words", "kinds", "first"),
    [
        ("522325", (), ["committee"] * 18, "中共贞丰县委员会"),
        ("522325107", (), ["committee", *["branch"] * 7], "中共长田镇委员会"),
        ("522325107209", (), ["branch"], "长田村党支部"),
        ("440103001", ("--name", "沙面街道"), ["committee"], "中共沙面街道委员会"),
    ],
)
def test_the_tree_of_an_office(
    run: Any, division: str, words: tuple[str, ...], kinds: list[str], first: str
) -> None:
    made = run("init", "--division", division, *words, "--format", "json").json
    assert [org["kind"] for org in made] == kinds
    assert made[0]["name"] == first
    run("db", "check")


@pytest.mark.parametrize(
    ("division", "code"),
    [("440103001", "division_unknown"), ("52", "division_invalid"), ("贞丰县", "division_invalid"),
     ("52232510720", "division_invalid")],
)  # fmt: skip
def test_no_such_office(run: Any, tmp_path: Path, division: str, code: str) -> None:
    ran = run("init", "--division", division, "--format", "json", exit=5)
    assert ran.error["code"] == code
    assert list(tmp_path.iterdir()) == []


def test_every_registry_names_an_organization_alike(town: Any, path: Path) -> None:
    import sqlite3

    connection = sqlite3.connect(path)
    (found,) = connection.execute("SELECT uuid FROM org WHERE division = '522325107209'").fetchone()
    connection.close()
    assert found == division_uuid("522325107209", OrgKind.BRANCH)


def test_private_from_the_first_moment_and_nothing_left_beside(run: Any, tmp_path: Path) -> None:
    run("--db", str(tmp_path / "deep" / "er" / "a.db"), "init", "--division", "522325107")
    made = tmp_path / "deep" / "er"
    assert [p.name for p in made.iterdir()] == ["a.db"]
    assert stat.S_IMODE((made / "a.db").stat().st_mode) == 0o600
    assert stat.S_IMODE(made.stat().st_mode) == 0o700


def test_what_a_killed_init_left_is_removed_by_the_next(run: Any, tmp_path: Path) -> None:
    (tmp_path / ".registry.db.deadbeef.new").write_bytes(b"half")
    run("init", "--division", "522325107")
    assert [p.name for p in tmp_path.iterdir()] == ["registry.db"]


def test_a_branch_outside_the_tables_is_added_by_hand(run: Any) -> None:
    run("init", "--division", "440103001", "--name", "沙面街道")
    run(
        "org", "add", "沙面党支部", "--kind", "党支部", "--class", "街道社区", "--secretary", "李国"
    )
    tree = run("org", "list", "--format", "json").json
    assert [(org["name"], org["parent_number"]) for org in tree] == [
        ("中共沙面街道委员会", None),
        ("沙面党支部", "O1"),
    ]
    again = run("org", "add", "沙面党支部", "--kind", "党支部")
    assert "Already recorded" in again.err
    run("org", "edit", "沙面党支部", "--name", "沙面社区党支部")
    run("org", "end", "沙面社区", "--on", "2026-11-01")
    assert len(run("org", "list", "--format", "json").json) == 1
    assert len(run("org", "list", "--as-of", "2026-10-31", "--format", "json").json) == 2
