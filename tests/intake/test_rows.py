"""Which rows are people: footers with names in them, examples, and blocks that look otherwise."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from tests.intake.lists import number, read, save

if TYPE_CHECKING:
    from pathlib import Path

MOVES = ["序号", "姓名", "性别", "外出时间", "外出地点", "备注"]
AWAY = [1, "岑小丽", "女", "2021.1", "广东省深圳市宝安区", ""]
MEMBERS = ["序号", "姓名", "身份证号", "党支部", "电话", "入党时间"]
MEMBER = [1, "李明", number(), "雨柏村", "", "2010-01-01"]


@pytest.mark.parametrize(
    ("row", "why"),
    [
        (["填表人：", "谭菊会", "", "审核人：", "罗天明"], "footer"),
        (["填表人", "欧阳贵忠", "", "审核人", "罗天明", "2026年11月20日"], "footer"),
        (["支部书记签字：", "罗天明"], "footer"),
        (["支部书记签名", "罗天明"], "footer"),
        (["党支部书记（签名）", "罗天明"], "footer"),
        (["村支书", "罗天明"], "footer"),
        (["驻村干部", "罗天明"], "footer"),
        (["驻村干部：", "罗天明", "", "电话：", "13800138000"], "footer"),
        (["录入", "罗天明"], "footer"),
        (["村主任：", "罗天明", "", "电话：", "13800138000"], "footer"),
        (["支部书记签字：", "罗天明", "", "2026年10月20日"], "footer"),
        (["党员代表签字：", "罗天明", "谭菊会", "", "", "2026.10.20"], "footer"),
        (["支部书记：", "罗天明", "", "日期：", "2026.10.20"], "footer"),
        (["驻村干部：", "罗天明", "", "电话：", "13800138000", "2026-10-20"], "footer"),
        (["村主任：", "罗天明", date(2026, 10, 20)], "footer"),
        (["村支书", "罗天明", "", "", "2026 年 10 月 20 日"], "footer"),
        (["村支书", "罗天明", "", "", "", "年   月   日"], "footer"),
        (["小计", "三人"], "subtotal"),
        (["男", 50, "女", 50], "footer"),
        (["男50人", "女50人"], "footer"),
        (["", "男：", "50人", "女：", "50人"], "footer"),
        (["例", "张三", "男", "2020.1", "浙江宁波"], "note"),
        (["（示例）", "张三", "男", "2020.1", "浙江宁波"], "note"),
        (["", "张三（示例）", "男", "2020.1", "浙江宁波"], "note"),
        ([1, 2, 3, 4, 5, 6], "heading"),
        (["栏次", "①", "②", "③", "④", "⑤"], "heading"),
        (["甲", "乙", "1", "2", "3", "4"], "heading"),
    ],
)
def test_a_name_under_a_list_is_not_on_it(tmp_path: Path, row: list[Any], why: str) -> None:
    listed = read(save(tmp_path / "list.xlsx", MOVES, AWAY, row), "moves")
    assert [one.values["name"] for one in listed.rows] == ["岑小丽"]
    assert [(at, said) for _, at, said in listed.skipped] == [(3, why)]


@pytest.mark.parametrize(
    "row",
    [
        ["填表人：", "谭菊会", date(2026, 11, 20)],
        ["填表人：", "谭菊会", "2026.10.20"],
        ["支部书记签字：", "罗天明"],
        ["支部书记签字", "罗天明", "2026.10"],
        ["镇党委书记", "罗天明"],
        ["例", "张三", "522325198001011234", "某某支部", "139xxxxxxxx"],
        ["栏次", 1, 2, 3, 4, 5],
        ["男", 50, "女", 50],
        ["男50人，女50人"],
    ],
)
def test_nor_is_it_refused_as_a_member_without_a_number(tmp_path: Path, row: list[Any]) -> None:
    listed = read(save(tmp_path / "list.xlsx", MEMBERS, row, MEMBER))
    assert [(one.values["name"], one.faults) for one in listed.rows] == [("李明", [])]


@pytest.mark.parametrize("before", ["第一组：", "雨柏村：", "支部：雨柏村", "1", "一", "联系点"])
def test_words_before_a_name_that_say_whose_somebody_is(tmp_path: Path, before: str) -> None:
    row = [before, "谭菊会", "女", "2021.1", "浙江省宁波市北仑区"]
    listed = read(save(tmp_path / "list.xlsx", MOVES, AWAY, row), "moves")
    assert [one.values["name"] for one in listed.rows] == ["岑小丽", "谭菊会"]


@pytest.mark.parametrize("before", ["二十一", "（一）", "第三", "二组", "A1", "１"])
def test_a_number_before_a_name_alone_signs_nothing(tmp_path: Path, before: str) -> None:
    listed = read(save(tmp_path / "list.xlsx", MOVES, AWAY, [before, "谭菊会"]), "moves")
    assert [one.values["name"] for one in listed.rows] == ["岑小丽", "谭菊会"]


@pytest.mark.parametrize(
    "row",
    [
        ["贫困户", "谭菊会", "", "2021.1"],
        ["贫困户", "谭菊会", "女"],
        ["低保户：", "谭菊会", "", "2021.1"],
    ],
)
def test_a_day_where_the_list_has_one_signs_nothing(tmp_path: Path, row: list[Any]) -> None:
    listed = read(save(tmp_path / "list.xlsx", MOVES, AWAY, row), "moves")
    assert [one.values["name"] for one in listed.rows] == ["岑小丽", "谭菊会"]


def test_words_before_a_name_alone_sign_only_where_a_serial_number_would_stand(
    tmp_path: Path,
) -> None:
    rows = [["类别", "姓名", "外出地点"], ["务工", "谭菊会", ""]]
    listed = read(save(tmp_path / "list.xlsx", *rows), "moves")
    assert [one.values["name"] for one in listed.rows] == ["谭菊会"]


def test_a_number_of_ones_own_makes_a_person(tmp_path: Path) -> None:
    row = ["登记", "韦安", number(sequence=3), "甘田村", "", ""]
    listed = read(save(tmp_path / "list.xlsx", MEMBERS, MEMBER, row))
    assert [one.values["name"] for one in listed.rows] == ["李明", "韦安"]


@pytest.mark.parametrize(
    "block",
    [
        [
            ["姓名", "身份证号", "所在支部", "手机号", "紧急联系人电话"],
            ["韦安", number(sequence=3), "甘田村", "13700000003", "13900009999"],
        ],
        [
            ["党支部", "入党时间", "本人联系方式", "党员姓名", "公民身份号码"],
            ["甘田村", "2011-01-01", "13700000003", "韦安", number(sequence=3)],
        ],
        [
            ["姓名", "基本情况", "", "联系情况", "支部"],
            ["", "身份证号", "性别", "手机号", ""],
            ["韦安", number(sequence=3), "男", "13700000003", "甘田村"],
        ],
    ],
)
def test_headings_that_return_may_have_the_name_elsewhere(
    tmp_path: Path, block: list[list[Any]]
) -> None:
    listed = read(save(tmp_path / "list.xlsx", MEMBERS, MEMBER, *block))
    first, second = listed.rows
    assert (first.faults, second.faults) == ([], [])
    assert (second.values["name"], second.values["mobile"]) == ("韦安", "13700000003")
    assert second.values["branch"] == "522325107205"
