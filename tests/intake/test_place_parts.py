"""A destination in several columns, as forms have it: 省, 市 and 县 below 流入地."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from flowparty.domain.errors import BadValue
from tests.intake.lists import VILLAGES, read, save

if TYPE_CHECKING:
    from pathlib import Path

    from flowparty.intake.lists import Listed, ListRow

PLACE = ["广东省", "深圳市", "龙岗区"]
LEVELS = ["省", "市", "县（市、区）"]
WHOLE = ("广东省深圳市龙岗区", "440307")


def place(row: ListRow) -> tuple[str | None, str | None]:
    return row.values["destination_text"], row.values["destination_code"]


def lists(path: Path, *rows: list[Any], kind: str = "moves", **options: Any) -> Listed:
    merges = options.pop("merges", ())
    file = save(path / "list.xlsx", *rows, merges=merges)
    return read(file, kind, branch=VILLAGES["雨柏村"], **options)


@pytest.mark.parametrize("over", ["流入地", "外出流向", "外出地点", "外出情况", "流入地情况"])
@pytest.mark.parametrize("merges", [["C1:E1", "A1:A2", "B1:B2"], []], ids=["merged", "plain"])
def test_levels_below_a_destination_are_one_place(
    tmp_path: Path, over: str, merges: list[str]
) -> None:
    head: list[list[Any]] = [["姓名", "外出时间", over, "", "", "备注"], ["", "", *LEVELS, ""]]
    listed = lists(tmp_path, *head, ["甲一", "2024.3", *PLACE, ""], merges=merges)
    (row,) = listed.rows
    assert place(row) == WHOLE
    assert [to for _, _, to in listed.mapping][2:5] == ["destination"] * 3
    assert row.layout.columns["destination"].letter == "C"


@pytest.mark.parametrize(
    "head",
    [
        ["流入地省", "流入地市", "流入地县"],
        ["外出省份", "外出城市", "外出县区"],
        ["流入地（省）", "流入地（市）", "流入地（县、区）"],
        ["外出省份", "外出城市", "外出地点"],
        ["流入省", "流入市", "流入地详细地址"],
    ],
)
@pytest.mark.parametrize("kind", ["moves", "cards"])
def test_levels_may_say_themselves_of_what(tmp_path: Path, head: list[str], kind: str) -> None:
    first, cell = {"moves": ("备注", ""), "cards": ("证号", "001")}[kind]
    listed = lists(tmp_path, ["姓名", first, *head], ["甲一", cell, *PLACE], kind=kind)
    assert place(listed.rows[0]) == WHOLE


@pytest.mark.parametrize(
    ("cells", "text", "code"),
    [
        (["浙江", "宁波", ""], "浙江宁波", "330200"),
        (["广东省", "广东省深圳市", "深圳市龙岗区"], *WHOLE),
        (["广东省", "广东省深圳市", "广东省深圳市龙岗区"], *WHOLE),
        (["北京", "北京市", "朝阳区"], "北京市朝阳区", "110105"),
        (["北京市", "市辖区", "朝阳区"], "北京市朝阳区", "110105"),
        (["广东", "/", "无"], "广东", "440000"),
        (["", "", ""], None, None),
    ],
)
def test_what_a_level_repeats_is_said_once(
    tmp_path: Path, cells: list[str], text: str | None, code: str | None
) -> None:
    head = [["姓名", "外出时间", "流入地", "", ""], ["", "", *LEVELS]]
    listed = lists(tmp_path, *head, ["甲一", "2024.3", *cells], merges=["C1:E1"])
    assert place(listed.rows[0]) == (text, code)


def test_levels_are_filled_as_other_cells_are(tmp_path: Path) -> None:
    rows = [
        ["姓名", "流入地", "", ""], ["", *LEVELS],
        ["甲一", *PLACE], ["甲二", "", "", "南山区"], ["甲三", "同上", "同上", "福田区"],
    ]  # fmt: skip
    listed = lists(tmp_path, *rows, merges=["B1:D1", "B3:B4", "C3:C4"])
    codes = [row.values["destination_code"] for row in listed.rows]
    assert codes == ["440307", "440305", "440304"]


def test_a_level_without_its_value_refuses_the_row(tmp_path: Path) -> None:
    head = [["姓名", "外出时间", "流入地", "", ""], ["", "", *LEVELS]]
    listed = lists(tmp_path, *head, ["甲一", "2024.3", "广东省", "#REF!", "龙岗区"])
    assert [fault.code for fault in listed.rows[0].faults] == ["formula_no_value"]


def test_a_level_can_be_left_alone(tmp_path: Path) -> None:
    head = ["姓名", "流入地省", "流入地市", "外出地点"]
    row = ["甲一", "x", "y", "广东省深圳市龙岗区"]
    listed = lists(tmp_path, head, row, mapped={"B": "", "流入地市": ""})
    assert place(listed.rows[0]) == WHOLE
    listed = lists(tmp_path, head, row, mapped={"D": "destination"})
    assert place(listed.rows[0]) == WHOLE


def test_levels_of_home_are_no_destination(tmp_path: Path) -> None:
    head = ["姓名", "外出时间", "流出省", "流出市", "省", "家庭住址（县）"]
    (row,) = lists(tmp_path, head, ["甲一", "2024.3", *PLACE, "贞丰县"]).rows
    assert place(row) == (None, None)


def test_two_whole_destinations_are_still_one_too_many(tmp_path: Path) -> None:
    head = ["姓名", "流入地（省、市、县）", "外出地点"]
    with pytest.raises(BadValue) as caught:
        lists(tmp_path, head, ["甲一", "广东深圳", "深圳"])
    assert caught.value.code == "heading_duplicate"
