"""Headings by meaning: other words, other orders, other rows than the samples have."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from flowparty.domain.errors import BadValue
from flowparty.intake.fields import KINDS, kind_of
from flowparty.intake.finder import Finder
from flowparty.intake.layout import require
from flowparty.intake.sheets import Merge, Sheet
from tests.intake.lists import number, read, save

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from flowparty.intake.layout import Layout

NATIONAL = {
    "序号": "serial", "姓名": "name", "所在党支部": "branch", "公民身份证号": "id_number",
    "性别": "sex", "民族": "ethnicity", "出生日期": "birth_date", "学历": "education",
    "人员类别": "category", "加入党组织日期": "joined_on", "转为正式党员日期": "full_member_on",
    "工作岗位": "post", "手机号": "mobile", "固定电话": "landline", "家庭住址": "address",
    "党籍状态": "standing", "是否为失联党员": "is_lost", "失去联系日期": "lost_on",
    "是否为流动党员": "is_mobile", "外出流向": "destination",
}  # fmt: skip


@pytest.mark.parametrize(("heading", "field"), NATIONAL.items())
def test_the_national_headings(heading: str, field: str) -> None:
    assert kind_of("members").field_of(heading) == field


@pytest.mark.parametrize("kind", KINDS)
def test_every_field_has_an_official_heading_and_a_reader(kind: str) -> None:
    fields = kind_of(kind).fields
    assert set(kind_of(kind).required) <= set(fields)
    for field in fields.values():
        assert kind_of(kind).field_of(field.zh) == field.name


@pytest.mark.parametrize(
    ("kind", "heading", "field"),
    [
        ("members", "姓 名", "name"),
        ("members", "姓\n名", "name"),
        ("members", "＊姓名", "name"),
        ("members", "党员姓名（必填）", "name"),
        ("members", "身份证号码", "id_number"),
        ("members", "公民身份\n号码", "id_number"),
        ("members", "居民身份证号码", "id_number"),
        ("members", "出生年月（阳历）", "birth_date"),
        ("members", "出生日期(yyyy-mm-dd)", "birth_date"),
        ("members", "联系电话：", "mobile"),
        ("members", "本人联系电话", "mobile"),
        ("members", "入党时间", "joined_on"),
        ("members", "文化程度", "education"),
        ("members", "所属基层党组织名称", "branch"),
        ("members", "备注", "remark"),
        ("members", "姓名拼音", None),
        ("members", "户籍所在地派出所", None),
        ("members", "", None),
        ("members", None, None),
        ("members", 3.0, None),
        ("moves", "外出时间", "left_on"),
        ("moves", "离家时间", "left_on"),
        ("moves", "务工地点", "destination"),
        *((kind, heading, None) for kind in ("members", "moves", "cards")
          for heading in ("流出地", "流出所在地", "流出地址")),
        *((kind, heading, "destination") for kind in ("members", "moves", "cards")
          for heading in ("流入地", "流出地点", "外出地", "务工地", "打工地点", "外出务工地")),
        ("moves", "流出地党支部", "branch"),
        ("moves", "职业及年收入情况", "job_income"),
        ("moves", "年收入（万元）", "annual_income"),
        ("moves", "流入地党组织名称", "host_org"),
        ("cards", "证件编号", "card_number"),
        ("cards", "领证日期", "issued_on"),
        ("cards", "上次查验日期", "verified_on"),
        ("cards", "备注（遗失/补发/交回）", "remark"),
        ("survey", "一、从业现状", "employment"),
        ("survey", "返乡创业意愿", "startup_wish"),
        ("survey", "存在困难和问题", "difficulties"),
        ("survey", "意见和建议", "suggestions"),
        ("survey", "访谈人", "interviewer"),
        ("survey", "走访方式", "mode"),
        ("contacts", "联系方式", "method"),
        ("contacts", "谈话内容", "notes"),
        ("aid", "帮扶金额（元）", "amount"),
        ("aid", "发放日期", "allocated_on"),
        *(("survey", heading, field) for heading, field in {
            "摸排时间": "surveyed_on", "摸排人": "interviewer", "摸排方式": "mode",
            "摸排结果": "outcome", "摸底排查人员": "interviewer"}.items()),
        ("aid", "帮扶对象", "name"),
        ("aid", "救助对象", "name"),
        ("aid", "受助人", "name"),
        ("cards", "持证人", "name"),
        ("contacts", "联系对象", "name"),
        ("contacts", "联系人", "by"),
        ("members", "联系对象", None),
        ("names", "帮扶对象", "name"),
        ("members", "联系电话1", "mobile"),
        ("members", "联系电话2", None),
        ("moves", "电话1", "mobile"),
    ],
)  # fmt: skip
def test_headings_are_read_by_meaning(kind: str, heading: object, field: str | None) -> None:
    assert kind_of(kind).field_of(heading) == field


def find(
    *rows: Sequence[Any], merges: Sequence[Merge] = (), kind: str = "members"
) -> Layout | None:
    sheet = Sheet("名单", [list(row) for row in rows], tuple(merges))
    return next(iter(Finder(kind_of(kind)).all(sheet)), None)


def test_a_heading_under_a_general_group_is_read_by_itself() -> None:
    members = kind_of("members")
    assert members.field_of("类别", ("党内情况",)) == "category"
    assert members.field_of("失联", ("流动情况",)) == "is_lost"


def test_the_row_that_names_most_fields_is_the_heading_row() -> None:
    layout = find(
        ["填写姓名、性别"], ["姓名", "性别", "民族"], ["姓名", "性别", "身份证号", "党支部", "附件"]
    )
    assert layout is not None
    assert (layout.top, layout.bottom) == (3, 3)
    assert layout.columns["branch"].letter == "D"
    assert [to for _, to in layout.mapping][-1] is None


@pytest.mark.parametrize("merges", [(), (Merge(1, 1, 2, 4), Merge(1, 2, 0, 0), Merge(1, 2, 1, 1))])
def test_headings_of_two_rows(merges: tuple[Merge, ...]) -> None:
    rows = [
        ["序号", "姓名", "外出务工情况", "", "", "备注"],
        ["", "", "时间", "地点", "从事职业及年收入", ""],
    ]
    layout = find(*rows, merges=merges, kind="moves")
    assert layout is not None
    assert (layout.top, layout.bottom) == (1, 2)
    assert {field: column.letter for field, column in layout.columns.items()} == {
        "serial": "A", "name": "B", "left_on": "C", "destination": "D", "job_income": "E",
        "remark": "F",
    }  # fmt: skip


def test_headings_of_three_rows() -> None:
    merges = (Merge(1, 1, 0, 3), Merge(2, 2, 0, 1), Merge(2, 2, 2, 3))
    rows = [
        ["流动党员情况", "", "", ""],
        ["基本情况", "", "外出情况", ""],
        ["姓名", "性别", "时间", "地点"],
    ]
    layout = find(*rows, merges=merges, kind="moves")
    assert layout is not None
    assert layout.bottom == 3
    assert set(layout.columns) == {"name", "sex", "left_on", "destination"}


def test_a_name_under_a_contact_is_somebody_else() -> None:
    layout = find(
        ["姓名", "性别", "身份证号", "流入地联系人", ""],
        ["", "", "", "姓名", "电话"],
        merges=(Merge(1, 1, 3, 4),),
        kind="moves",
    )
    assert layout is not None
    assert layout.columns["name"].letter == "A"
    assert "mobile" not in layout.columns


def test_a_sheet_of_notes_has_no_layout() -> None:
    assert find(["一、姓名必须填写"], ["性别"], []) is None


def test_missing_headings_are_named_by_their_official_words() -> None:
    layout = find(["序号", "性别", "身份证号码", "出生日期"])
    assert layout is not None
    with pytest.raises(BadValue) as caught:
        require(kind_of("members"), "名单", layout.columns, ())
    assert caught.value.code == "heading_missing"
    assert caught.value.params == {"sheet": "名单", "missing": "姓名、所在党支部"}


def test_two_columns_of_one_meaning_are_named_by_their_cells() -> None:
    with pytest.raises(BadValue) as caught:
        find([], ["姓名", "手机号", "身份证号", "党支部", "联系电话"])
    assert caught.value.code == "heading_duplicate"
    assert caught.value.params == {
        "sheet": "名单", "heading": "联系电话", "cells": "B2 E2", "maps": "--map E=",
    }  # fmt: skip


def test_two_blocks_side_by_side_are_named_column_by_column() -> None:
    with pytest.raises(BadValue) as caught:
        find(["姓名", "身份证号", "党支部", "", "姓名", "身份证号", "党支部"])
    assert caught.value.code == "heading_duplicate"
    assert caught.value.params == {
        "sheet": "名单", "heading": "姓名、身份证号、党支部", "cells": "A1 E1、B1 F1、C1 G1",
        "maps": "--map E= --map F= --map G=",
    }  # fmt: skip


def test_a_person_decides_what_a_heading_means(tmp_path: Path) -> None:
    rows = [
        ["姓名", "证号", "组别", "手机号", "电话"],
        ["李明", number(), "雨柏村", "1", "13800138000"],
    ]
    path = save(tmp_path / "list.xlsx", *rows)
    (row,) = read(
        path, mapped={"证号": "id_number", "组别": "branch", "电话": "mobile", "手机号": ""}
    ).rows
    assert row.faults == []
    assert row.values["mobile"] == "13800138000"


def test_what_was_decided_is_remembered_for_these_very_headings(tmp_path: Path) -> None:
    rows = [["姓名", "证号", "组别"], ["李明", number(), "雨柏村"]]
    remembered = {"姓名|证号|组别": {"证号": "id_number", "组别": "branch"}}
    path = save(tmp_path / "list.xlsx", *rows)
    assert [row.faults for row in read(path, remembered=remembered).rows] == [[]]
    with pytest.raises(BadValue):
        read(path, remembered={"姓名|证号|组别|备注": remembered["姓名|证号|组别"]})


def test_what_is_said_of_one_sheet_leaves_the_others_as_they_are(tmp_path: Path) -> None:
    rows = [
        ["姓名", "证号", "党支部"],
        ["李明", number(sequence=1), "雨柏村"],
        ["姓名", "党支部", "身份证号"],
        ["韦安", "甘田村", number(sequence=3)],
    ]
    listed = read(save(tmp_path / "list.xlsx", *rows), mapped={"证号": "id_number"})
    assert [(r.values["name"], r.faults) for r in listed.rows] == [("李明", []), ("韦安", [])]


def test_headings_that_return_in_another_order_hold_from_there(tmp_path: Path) -> None:
    rows = [
        ["姓名", "身份证号", "党支部"],
        ["李明", number(sequence=1), "雨柏村"],
        ["姓名", "党支部", "身份证号"],
        ["韦安", "甘田村", number(sequence=3)],
    ]
    listed = read(save(tmp_path / "list.xlsx", *rows))
    assert [(r.values["name"], r.faults) for r in listed.rows] == [("李明", []), ("韦安", [])]


def test_a_sheet_is_of_the_branch_that_its_title_names(tmp_path: Path) -> None:
    head = ["姓名", "身份证号"]
    for title in (
        "填报单位：雨柏村党支部（盖章）",
        "长田镇雨柏村流出党员名册",
        "长田镇2026年雨柏村流动党员名册",
        "雨柏支部二〇二六年度党员名册",
        "2026年10月长田镇雨柏村党员花名册",
    ):
        path = save(tmp_path / "list.xlsx", [title], head, ["李明", number()])
        (row,) = read(path).rows
        assert row.values["branch"] == "522325107203"


def test_ditto_marks_mean_the_row_above(tmp_path: Path) -> None:
    rows = [
        ["姓名", "身份证号", "党支部", "民族"],
        ["李明", number(sequence=1), "雨柏村", "布依"],
        ["韦安", number(sequence=3), "同上", "〃"],
    ]
    listed = read(save(tmp_path / "list.xlsx", *rows))
    assert [(r.values["branch"], r.values["ethnicity"]) for r in listed.rows] == [
        ("522325107203", "布依族")
    ] * 2


@pytest.mark.parametrize(
    ("row", "why"),
    [
        (["小计", "", "3人"], "subtotal"),
        (["合 计：3人", "", ""], "subtotal"),
        (["本村无流出党员", "", ""], "note"),
        (["第2页", "", ""], "note"),
        (["制表：韦光明", "", "审核：岑秀兰"], "footer"),
        (["注：以上人员均已核实", "", ""], "footer"),
        (["单位负责人（签字）：", "", ""], "footer"),
        (["", "", "2026年11月20日"], "note"),
        (["长田村", "", ""], "title"),
    ],
)
def test_what_is_nobody_is_told_apart(tmp_path: Path, row: list[str], why: str) -> None:
    person = ["李明", number(), "汉"]
    listed = read(
        save(tmp_path / "list.xlsx", ["姓名", "身份证号", "民族"], person, row),
        branch="522325107001",
    )
    assert len(listed.rows) == 1
    assert [skipped[2] for skipped in listed.skipped] == [why]


def test_of_two_alike_one_is_left_alone_by_its_letter(tmp_path: Path) -> None:
    head = ["姓名", "身份证号", "党支部", "联系电话", "联系电话"]
    row = ["李明", number(), "雨柏村", "13800138000", "13900139000"]
    path = save(tmp_path / "list.xlsx", head, row)
    assert read(path, mapped={"D": ""}).rows[0].values["mobile"] == "13900139000"
    assert read(path, mapped={"D": "mobile"}).rows[0].values["mobile"] == "13800138000"
