"""Columns that name a branch by its village, or only hint at it: 村别, 村组, 支部名."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.intake.lists import VILLAGES, read, save

if TYPE_CHECKING:
    from pathlib import Path

HEAD = ["序号", "姓名", "外出时间", "外出地点"]
HIM = [1, "蒋七", "2025.3", "广东东莞"]
UNKNOWN = "branch_unknown"


def branch(path: Path, heading: str, cell: str, *titles: str, **more: str) -> Any:
    """The village of which somebody is, or what is said of it."""
    rows = [[title] for title in titles], [*HEAD, heading, *more], [*HIM, cell, *more.values()]
    listed = read(save(path / "list.xlsx", *rows[0], *rows[1:]), "moves")
    (row,) = listed.rows
    names = {code: village for village, code in VILLAGES.items()}
    told = [fault.code for fault in row.faults if fault.field == "branch"]
    return told[0] if told else names.get(row.values["branch"])


@pytest.mark.parametrize("heading", ["村别", "村组", "所在村组", "支部名", "组织名称"])
@pytest.mark.parametrize(("cell", "told"), [("雨柏村", "雨柏村"), ("外镇某村", UNKNOWN)])
def test_a_column_by_village_is_of_the_branch(
    tmp_path: Path, heading: str, cell: str, told: str
) -> None:
    assert branch(tmp_path, heading, cell) == told


@pytest.mark.parametrize(
    ("cell", "told"),
    [
        ("雨柏村三组", "雨柏村"),
        ("雨柏村大寨组", "雨柏村"),
        ("雨柏", "雨柏村"),
        ("三组", None),
        ("", None),
        ("外镇某村三组", UNKNOWN),
    ],
)
@pytest.mark.parametrize("title", [[], ["金叶社区党支部流出党员名单"]], ids=["", "title"])
def test_a_part_of_a_village_is_read_down_to_it(
    tmp_path: Path, cell: str, told: str | None, title: list[str]
) -> None:
    assert branch(tmp_path, "村组", cell, *title) == (told or ("金叶社区" if title else None))


def test_a_column_of_the_branch_goes_before(tmp_path: Path) -> None:
    assert branch(tmp_path, "村组", "雨柏村三组", 所在党支部="甘田村党支部") == "甘田村"
