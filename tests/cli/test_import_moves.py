"""Rosters of those away beside the movements on record: nobody is sent away twice, or again."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

import pytest

from tests.cli.test_import_kinds import rows_of, save
from tests.people import NAMES, add_words, id_number

if TYPE_CHECKING:
    from pathlib import Path

HEAD = ["姓名", "身份证号", "所在支部", "外出时间", "外出地点", "返乡时间"]
HIM = [NAMES[0], id_number(1), "金叶社区"]


@pytest.fixture
def home(town: Any) -> Any:
    """M1 was away from 2024-03-05 to 2026-09-01."""
    town(*add_words(NAMES[0], 1))
    town("move", "out", "M1", "--to", "广东深圳龙岗", "--on", "2024-03-05")
    town("move", "return", "M1", "--on", "2026-09-01")
    return town


def roster(path: Path, *rows: tuple[str, ...]) -> str:
    """A roster saved today: day of leaving, place, day of return."""
    saved = save(path, HEAD, *([*HIM, *row] for row in rows))
    os.utime(saved)
    return saved


def lives(run: Any) -> list[tuple[str | None, str]]:
    """Each movement: when it began, and its state."""
    found = run("move", "list", "--all", "--format", "json").json
    return [(move["left_on"], move["state"]) for move in found]


def codes(row: dict[str, Any]) -> list[str]:
    return [reason["code"] for reason in row["reasons"]]


@pytest.mark.parametrize("left", ["2024.3", "2024", "", "2024.3.5"])
@pytest.mark.parametrize("again", [False, True])
def test_who_came_home_is_not_sent_away_by_the_next_list(
    home: Any, tmp_path: Path, left: str, again: bool
) -> None:
    """Nor does the old row change a newer movement."""
    if again and left:
        home("move", "out", "M1", "--to", "浙江宁波", "--on", "2026-10-08")
    before = lives(home)
    (row,) = rows_of(home, "moves", roster(tmp_path / "a.xlsx", (left, "广东深圳龙岗", "")))
    assert (row["action"], row["changes"], codes(row)) == ("same", [], ["move_over"])
    assert row["reasons"][0]["candidates"] == ["2024-03-05—2026-09-01"]
    assert lives(home) == before


def test_a_list_made_before_the_return_says_nothing_against_it(home: Any, tmp_path: Path) -> None:
    old = save(tmp_path / "a.xlsx", HEAD, [*HIM, "2024.3", "广东深圳龙岗", ""])
    os.utime(old, (1_750_000_000, 1_750_000_000))  # 2025-06-15
    (row,) = rows_of(home, "moves", old)
    assert (row["action"], codes(row)) == ("same", [])


@pytest.mark.parametrize("left", ["2025.6.1", "2023"])
def test_a_movement_in_the_time_of_another_is_refused(home: Any, tmp_path: Path, left: str) -> None:
    path = roster(tmp_path / "a.xlsx", (left, "浙江宁波", ""))
    (row,) = rows_of(home, "moves", path, exit=5)
    assert [(r["code"], r["cell"]) for r in row["reasons"] if r["level"] == "reject"] == [
        ("move_overlaps", "D2")
    ]
    home("move", "out", "M1", "--to", "浙江宁波", "--on", "2026-10-08")
    (row,) = rows_of(home, "moves", path, "--prefer", "file", exit=5)
    assert "move_overlaps" in codes(row)


def test_who_left_again_after_the_return_is_away(home: Any, tmp_path: Path) -> None:
    path = roster(tmp_path / "a.xlsx", ("2026.10", "浙江宁波北仑", ""))
    assert [row["action"] for row in rows_of(home, "moves", path)] == ["add"]
    assert [row["action"] for row in rows_of(home, "moves", path)] == ["same"]
    assert lives(home) == [("2024-03-05", "returned"), ("2026-10", "waiting")]


def test_an_earlier_time_away_is_recorded_beside_the_open_one(home: Any, tmp_path: Path) -> None:
    home("move", "out", "M1", "--to", "浙江宁波北仑", "--on", "2026-10-08")
    path = roster(tmp_path / "a.xlsx", ("2021.3", "浙江宁波北仑", "2022-08-01"))
    assert [row["action"] for row in rows_of(home, "moves", path)] == ["add"]
    assert [row["action"] for row in rows_of(home, "moves", path)] == ["same"]
    assert lives(home)[1:] == [("2026-10-08", "waiting"), ("2021-03", "returned")]
    home("db", "check")


def test_a_list_of_members_sends_nobody_away_again_who_came_home(home: Any, tmp_path: Path) -> None:
    head = ["姓名", "身份证号", "党支部", "是否为流动党员"]
    path = save(tmp_path / "a.xlsx", head, [*HIM, "是"])
    os.utime(path)
    (row,) = rows_of(home, "members", path)
    assert (row["action"], codes(row)) == ("same", ["move_over"])
    assert len(lives(home)) == 1


TRIPS = [("2024.3", "广东深圳龙岗", "2025-01-15"), ("2026.3", "浙江宁波北仑", "")]


@pytest.mark.parametrize("head", [HEAD, [HEAD[0], *HEAD[2:]]])
@pytest.mark.parametrize("order", [1, -1])
def test_two_times_away_are_two_rows(
    town: Any, tmp_path: Path, head: list[str], order: int
) -> None:
    town(*add_words(NAMES[0], 1))
    him = HIM if head == HEAD else [HIM[0], HIM[2]]
    path = save(tmp_path / "a.xlsx", head, *([*him, *trip] for trip in TRIPS[::order]))
    os.utime(path)
    assert [row["action"] for row in rows_of(town, "moves", path)] == ["add", "add"]
    assert [row["action"] for row in rows_of(town, "moves", path)] == ["same", "same"]
    assert sorted(map(str, lives(town))) == ["('2024-03', 'returned')", "('2026-03', 'waiting')"]
    town("db", "check")


@pytest.mark.parametrize(
    "second",
    [("2026.3", "浙江宁波北仑", ""), ("2024.6", "浙江宁波", "2024-08-01"), ("", "宁波", "")],
)
def test_rows_that_may_be_of_one_time_away_are_refused(
    town: Any, tmp_path: Path, second: tuple[str, ...]
) -> None:
    town(*add_words(NAMES[0], 1))
    path = roster(tmp_path / "a.xlsx", ("2024.3", "广东深圳龙岗", ""), second)
    one, two = rows_of(town, "moves", path, exit=5)
    assert (one["outcome"], two["outcome"]) == ("accepted", "refused")
    assert "id_duplicate_in_file" in codes(two)
