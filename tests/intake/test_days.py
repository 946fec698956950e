"""On which day a list was filled in: each block's own day counts for its rows."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from tests.intake.lists import TODAY, read, save

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

HEAD = ["姓名", "性别", "年龄", "党支部", "外出时间"]
ONE = ["岑小丽", "女", 40, "雨柏村", "2021.1"]
TWO = ["谭菊会", "女", 50, "雨柏村", "2021.1"]
FIRST, OWN = date(2025, 1, 1), date(2023, 5, 31)


def days(path: Path, *rows: Sequence[Any]) -> list[date]:
    listed = read(save(path / "list.xlsx", *rows), "moves")
    assert [row.values["name"] for row in listed.rows] == ["岑小丽", "谭菊会"]
    return [row.on for row in listed.rows]


@pytest.mark.parametrize(
    "above",
    [
        [["填表日期：2023年5月"], HEAD],
        [["截至2023年5月"], HEAD],
        [[], ["填表日期：2023年5月"], HEAD],
        [["雨柏村党员名册"], ["填报时间：2023.5.31"], HEAD],
        [["雨柏村党员名册", "", "", "填报时间：2023.5.31"], HEAD],
        [["填表人：罗天明"], ["流出党员名册"], ["2023年5月31日"], ["党支部", *HEAD[:3]]],
        [["雨柏村党支部", "填表日期：2023年5月"]],
        [
            ["填表人：罗天明", "", "填表日期：2025.1.1"],
            ["流出党员名册"],
            ["填表日期：2023年5月"],
            HEAD,
        ],
    ],
)
def test_a_second_block_has_its_own_day(tmp_path: Path, above: list[list[Any]]) -> None:
    two = TWO if above[-1] != ["党支部", *HEAD[:3]] else ["雨柏村", *TWO[:3]]
    title = [["填表日期：2025年1月1日"]]
    assert days(tmp_path, *title, HEAD, ONE, *above, two) == [FIRST, OWN]


@pytest.mark.parametrize(
    ("between", "second"),
    [
        ([["填表日期：2023年5月"], HEAD], TODAY),
        ([["填表人：罗天明", "", "填表日期：2023年5月"], HEAD], TODAY),
        ([["填表人：罗天明", "", "填表日期：2023年5月"], ["流出党员名册"], HEAD], TODAY),
        ([[], ["填表日期：2023年5月"], HEAD], OWN),
        ([["流出党员名册"], ["填表日期：2023年5月"], HEAD], OWN),
    ],
)
def test_a_day_right_under_a_list_is_not_the_next_ones(
    tmp_path: Path, between: list[list[Any]], second: date
) -> None:
    assert days(tmp_path, HEAD, ONE, *between, TWO) == [TODAY, second]


def test_a_block_that_says_no_day_has_that_of_the_first(tmp_path: Path) -> None:
    title = [["填表日期：2025年1月1日"]]
    assert days(tmp_path, *title, HEAD, ONE, ["雨柏村党员名册"], HEAD, TWO) == [FIRST, FIRST]
