"""Several blocks on one sheet: each begins with its own headings, and nobody of them is lost."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from flowparty.domain.errors import BadValue
from tests.intake.lists import VILLAGES, number, read, save

if TYPE_CHECKING:
    from pathlib import Path

    from flowparty.intake.lists import Listed

HEAD = ["姓名", "身份证号", "党支部"]
FIRST = ["甲一", number(sequence=1), "雨柏村"]


def told(listed: Listed) -> list[tuple[Any, Any]]:
    """Who was read, and of which village."""
    names = {code: village for village, code in VILLAGES.items()}
    return [(row.values["name"], names.get(row.values["branch"])) for row in listed.rows]


@pytest.mark.parametrize(
    ("kind", "first", "second"),
    [
        (
            "members",
            [["姓名", "身份证号"], ["甲一", number(sequence=1)]],
            [["姓名", "性别", "身份证号"], ["甲二", "男", number(sequence=3)]],
        ),
        (
            "cards",
            [["姓名", "证号"], ["甲一", "001"]],
            [["姓名", "证号", "发证时间", "备注"], ["甲二", "002", "2024-04-01", ""]],
        ),
        (
            "moves",
            [["姓名", "外出情况", ""], ["", "时间", "地点"], ["甲一", "2024.3", "广东"]],
            [
                ["姓名", "性别", "外出时间", "外出地点", "备注"],
                ["甲二", "男", "2024.3", "广东", ""],
            ],
        ),
        (
            "cards",
            [["姓名", "证号"], ["甲一", "001"]],
            [["证号", "持证人", "发证时间"], ["002", "甲二", "2024-04-01"]],
        ),
    ],
    ids=["members", "cards", "two rows", "another word"],
)
@pytest.mark.parametrize("between", [["陇塔村党支部"], []], ids=["title", "blank"])
def test_a_later_block_with_more_columns_leaves_the_first_its_people(
    tmp_path: Path, kind: str, first: list[Any], second: list[Any], between: list[str]
) -> None:
    rows = [["雨柏村党支部"], *first, between, *second]
    whose = "陇塔村" if between else "雨柏村"
    path = save(tmp_path / "list.xlsx", *rows)
    assert told(read(path, kind)) == [("甲一", "雨柏村"), ("甲二", whose)]


def test_headings_right_below_somebody_are_the_next_block(tmp_path: Path) -> None:
    more = ["姓名", "性别", "民族", "身份证号", "党支部"]
    second = ["甲二", "男", "汉", number(sequence=3), "陇塔村"]
    listed = read(save(tmp_path / "list.xlsx", [*HEAD, "备注"], FIRST, more, second))
    assert told(listed) == [("甲一", "雨柏村"), ("甲二", "陇塔村")]
    assert listed.skipped == [("Sheet", 3, "heading")]


@pytest.mark.parametrize("wanting", [["姓名", "证号", "党支部"], ["姓名", "民族"]])
def test_a_first_block_without_a_needed_heading_is_refused_not_lost(
    tmp_path: Path, wanting: list[str]
) -> None:
    path = save(tmp_path / "list.xlsx", wanting, FIRST[: len(wanting)], [], HEAD, FIRST)
    with pytest.raises(BadValue) as caught:
        read(path)
    assert (caught.value.code, caught.value.params["row"]) == ("heading_again_missing", 1)


def test_headings_with_nobody_below_them_need_nothing(tmp_path: Path) -> None:
    rows = [["姓名", "民族"], [], ["雨柏村党支部"], HEAD, FIRST, ["姓名", "性别"], ["合计", "1人"]]
    listed = read(save(tmp_path / "list.xlsx", *rows))
    assert told(listed) == [("甲一", "雨柏村")]
    assert [layout.top for layout in listed.layouts] == [4]


def test_a_block_of_nobody_has_no_rows_and_is_told(tmp_path: Path) -> None:
    listed = read(save(tmp_path / "list.xlsx", HEAD, [], HEAD))
    assert (listed.rows, len(listed.layouts)) == ([], 1)


def test_the_name_of_a_contact_below_the_headings_is_no_other_block(tmp_path: Path) -> None:
    rows = [
        ["姓名", "身份证号", "流入地联系人", ""],
        ["", "", "姓名", "电话"],
        ["甲一", number(sequence=1), "甲二", "13800138000"],
    ]
    listed = read(save(tmp_path / "list.xlsx", *rows), branch=VILLAGES["雨柏村"])
    assert told(listed) == [("甲一", "雨柏村")]
    assert listed.rows[0].values["mobile"] is None


@pytest.mark.parametrize("merges", [["B1:D1"], []], ids=["merged", "plain"])
def test_a_group_over_the_names_is_part_of_the_headings(tmp_path: Path, merges: list[str]) -> None:
    rows: list[list[Any]] = [
        ["序号", "帮扶对象", "", "", "金额"],
        ["", "姓名", "党支部", "户主关系", ""],
        [1, "甲一", "雨柏村", "本人", "500"],
    ]
    listed = read(save(tmp_path / "list.xlsx", *rows, merges=merges), "aid")
    assert told(listed) == [("甲一", "雨柏村")]
    assert listed.layouts[0].bottom == 2


def test_a_second_block_may_have_upper_headings_without_a_name(tmp_path: Path) -> None:
    rows = [
        ["姓名", "党支部", "外出地点"],
        ["甲一", "雨柏村", "广东"],
        ["基本情况", "", "外出情况", ""],
        ["姓名", "党支部", "时间", "地点"],
        ["甲二", "陇塔村", "2024.3", "广东"],
    ]
    path = save(tmp_path / "list.xlsx", *rows, merges=["A3:B3", "C3:D3"])
    listed = read(path, "moves")
    assert told(listed) == [("甲一", "雨柏村"), ("甲二", "陇塔村")]
    assert str(listed.rows[1].values["left_on"]) == "2024-03"


def test_columns_named_by_letters_make_no_row_a_heading(tmp_path: Path) -> None:
    rows = [["党员名单", "2026年"], HEAD, FIRST, ["甲二", number(sequence=3), "陇塔村"]]
    path = save(tmp_path / "list.xlsx", *rows)
    listed = read(path, mapped={"A": "name", "B": "id_number"})
    assert told(listed) == [("甲一", "雨柏村"), ("甲二", "陇塔村")]
    assert listed.layouts[0].top == 2


def test_a_list_without_known_headings_is_read_by_letters(tmp_path: Path) -> None:
    path = save(tmp_path / "list.xlsx", ["党员", "证号", "组别"], FIRST)
    listed = read(path, mapped={"A": "name", "B": "id_number", "C": "branch"})
    assert told(listed) == [("甲一", "雨柏村")]
