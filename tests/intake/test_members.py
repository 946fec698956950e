from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from flowparty.domain.errors import BadValue
from tests.intake.lists import HEADINGS, number, read, read_one, save

if TYPE_CHECKING:
    from pathlib import Path

PERSON = {
    "姓名": "张𬭎",
    "公民身份证号": number("19761216", 2),
    "所在党支部": "中共长田镇细氽村支部委员会",
    "性别": "女",
    "民族": "布依",
    "出生日期": "1976.12",
    "学历": "大专",
    "人员类别": "正式党员",
    "手机号": "17333395548",
    "是否为流动党员": "√",
    "外出流向": "浙江省宁波市北仑区",
}


def codes(listed: Any) -> list[str]:
    return [fault.code for row in listed.rows for fault in row.faults]


@settings(max_examples=20, deadline=None)
@given(st.permutations(list(PERSON.items())))
def test_the_order_of_columns_does_not_matter(
    tmp_path_factory: pytest.TempPathFactory, cells: list[tuple[str, str]]
) -> None:
    path = tmp_path_factory.mktemp("order") / "list.xlsx"
    (row,) = read(save(path, *zip(*cells, strict=True))).rows
    assert row.faults == []
    assert (row.values["name"], row.values["sex"], row.values["branch"]) == (
        "张𬭎",
        "female",
        "522325107213",
    )
    assert (row.values["category"], row.values["education"]) == ("full", "大学专科")
    assert (row.values["is_mobile"], row.values["destination_code"]) == (True, "330206")


@pytest.mark.parametrize("above", [0, 1, 4, 30])
def test_title_rows_may_stand_above(tmp_path: Path, above: int) -> None:
    titles = [["《党员基本信息汇总表》"]] * above
    person = ["司徒宏文", number(), "雨柏村"]
    (row,) = read(save(tmp_path / "list.xlsx", *titles, HEADINGS, person)).rows
    assert row.row == above + 2


def test_an_empty_first_column_and_first_rows_do_not_shift_the_cells(tmp_path: Path) -> None:
    rows: list[list[Any]] = [[], [], [None, *HEADINGS], [None, "王慧倩", "522325", "雨柏村"]]
    (row,) = read(save(tmp_path / "list.xlsx", *rows)).rows
    assert [(f.code, f"{f.column}{f.row}") for f in row.faults] == [("id_format", "C4")]


def test_footers_blank_rows_and_repeated_headings_are_nobody(tmp_path: Path) -> None:
    listed = read(
        save(
            tmp_path / "list.xlsx",
            ["序号", *HEADINGS],
            [1, "谢昌松", number(sequence=1), "瓦厂村"],
            [],
            [2, None, None, "瓦厂村"],
            ["序号", *HEADINGS],
            [3, "谢松平", number(sequence=3), "瓦厂村"],
            ["合计", "2人", None, None],
            [None, "填表人：韦光明", None, "审核人：岑秀兰"],
            [None, "书记（签字）：", None, None],
        )
    )
    assert [row.row for row in listed.rows] == [2, 6]
    assert codes(listed) == []


def test_a_person_named_like_a_footer_word_is_a_person(tmp_path: Path) -> None:
    (row,) = read_one(tmp_path, 姓名="计小注").rows
    assert row.values["name"] == "计小注"


def test_a_merged_branch_holds_for_all_its_rows_and_no_further(tmp_path: Path) -> None:
    people = [["李明", number(sequence=n), None] for n in (1, 2, 3, 4)]
    people[0][2] = "甘田村"
    path = save(tmp_path / "list.xlsx", HEADINGS, *people, merges=["C2:C4"])
    rows = read(path).rows
    assert [row.values["branch"] for row in rows] == ["522325107205"] * 3 + [None]
    assert [fault.code for fault in rows[3].faults] == ["branch_unknown"]


def test_every_sheet_with_headings_is_read_and_hidden_ones_are_not(tmp_path: Path) -> None:
    book = Workbook()
    book.remove(book.worksheets[0])
    for place, village in enumerate(["填表说明", "雨柏村", "甘田村", "旧表"]):
        sheet = book.create_sheet(village)
        if village != "填表说明":
            sheet.append(HEADINGS)
            sheet.append(["伍光兴", number(sequence=place), "雨柏村"])
    book["旧表"].sheet_state = "hidden"
    book.save(tmp_path / "list.xlsx")
    assert [row.sheet for row in read(tmp_path / "list.xlsx").rows] == ["雨柏村", "甘田村"]


def test_a_later_row_with_the_same_number_is_rejected_as_old_number_too(tmp_path: Path) -> None:
    new = number("19430430", 427)
    old = new[:6] + new[8:17]
    listed = read(
        save(
            tmp_path / "list.xlsx",
            HEADINGS,
            ["欧阳贵忠", new, "长田村"],
            ["欧阳贵忠", old, "长田村"],
        )
    )
    assert [row.rejected for row in listed.rows] == [False, True]
    (fault,) = listed.rows[1].faults
    assert (fault.code, fault.column, fault.shown) == (
        "id_duplicate_in_file",
        "B",
        "522325************",
    )


def test_namesakes_of_one_branch_are_noted_and_kept(tmp_path: Path) -> None:
    people = [
        ["蒙燕", number(sequence=1), "雨柏村"],
        ["蒙 燕", number(sequence=2), "雨柏村"],
        ["蒙燕", number(sequence=3), "甘田村"],
    ]
    listed = read(save(tmp_path / "list.xlsx", HEADINGS, *people))
    assert [[f.code for f in row.faults] for row in listed.rows] == [[], ["name_same"], []]
    assert not any(row.rejected for row in listed.rows)


@pytest.mark.parametrize(
    ("cells", "code", "level", "column"),
    [
        ({"姓名": ""}, "name_missing", "reject", "A"),
        ({"姓名": "<b>王</b>"}, "name_unsafe", "reject", "A"),
        ({"公民身份证号": None}, "id_missing", "reject", "B"),
        ({"公民身份证号": 522325197612167244}, "id_precision_lost", "reject", "B"),
        ({"所在党支部": "细汆村"}, "branch_unknown", "reject", "C"),
        ({"所在党支部": "龙场镇雨柏村党支部"}, "branch_unknown", "reject", "C"),
        ({"性别": "女"}, "id_sex_mismatch", "warn", "D"),
        ({"性别": "？？男"}, "value_unrecognised", "warn", "D"),
        ({"出生日期": "1981-01-01"}, "id_birth_mismatch", "warn", "D"),
        ({"出生日期": "2030-01-01"}, "date_invalid", "reject", "D"),
        ({"民族": "布衣族"}, "ethnicity_unknown", "warn", "D"),
        ({"学历": "读过书"}, "word_new_only", "warn", "D"),
        ({"人员类别": "群众"}, "value_unrecognised", "warn", "D"),
        ({"手机号": "138"}, "phone_invalid", "warn", "D"),
        ({"是否为流动党员": "也许"}, "value_unrecognised", "warn", "D"),
        ({"是否为流动党员": "是", "外出流向": "不掌握"}, "destination_unknown", "warn", "E"),
        ({"家庭住址": "长田镇\u202e一组"}, "text_cleaned", "note", "D"),
        ({"备注": "#REF!"}, "formula_no_value", "reject", "D"),
        ({"入党时间": "#VALUE!"}, "formula_no_value", "reject", "D"),
        ({"所在党支部": "#N/A"}, "formula_no_value", "reject", "C"),
        ({"备注": "#N/A"}, "formula_cell", "note", "D"),
        ({"入党时间": "2020-01-01", "转正时间": "2019-01-01"}, "date_order", "warn", "E"),
        ({"是否为流动党员": "否", "外出流向": "宁波北仑"}, "mobile_conflict", "warn", "E"),
    ],
)
def test_one_fault_is_reported_once_at_its_cell(
    tmp_path: Path, cells: dict[str, Any], code: str, level: str, column: str
) -> None:
    (row,) = read_one(tmp_path, **cells).rows
    assert [(f.code, f.level, f.column, f.row) for f in row.faults] == [(code, level, column, 2)]
    assert row.rejected == (level == "reject")


@pytest.mark.parametrize(
    ("heading", "missing", "kind", "level"),
    [
        ("姓名", "name_missing", "members", "reject"),
        ("姓名", "name_missing", "moves", "reject"),
        ("姓名", "name_missing", "cards", "reject"),
        ("公民身份证号", "id_missing", "members", "reject"),
        ("公民身份证号", "id_missing", "moves", "warn"),
    ],
)
def test_a_look_up_that_found_nothing_is_an_empty_cell(
    tmp_path: Path, heading: str, missing: str, kind: str, level: str
) -> None:
    person = {"姓名": "欧阳贵忠", "公民身份证号": number(), "所在党支部": "金叶社区"}
    beside = {"活动证编号": "003", "何时外出": "2026.3", "地点": "宁波北仑"}
    row = {**person, **beside, heading: "#N/A"}
    (read_row,) = read(save(tmp_path / "list.xlsx", list(row), list(row.values())), kind).rows
    faults = [(f.code, f.level, f.why) for f in read_row.faults]
    assert faults == [("formula_cell", "note", "nothing_found"), (missing, level, "")]


@pytest.mark.parametrize(
    ("written", "stored", "flags"),
    [
        ("1980年1月1日生", "1980-01-01", []),
        ("1980.1.1左右", "1980-01-01", []),
        ("1980.1.2左右", "1980-01-02", ["date_ambiguous", "id_birth_mismatch"]),
        ("农历1980年正月初二", "1980", ["date_ambiguous"]),
    ],
)
def test_words_beside_a_birthday_are_settled_by_the_identity_number(
    tmp_path: Path, written: str, stored: str, flags: list[str]
) -> None:
    listed = read_one(tmp_path, 出生日期=written)
    assert (str(listed.rows[0].values["birth_date"]), codes(listed)) == (stored, flags)


def test_all_faults_of_a_row_are_reported_at_once(tmp_path: Path) -> None:
    listed = read_one(tmp_path, 姓名="<b>", 公民身份证号="123", 所在党支部="?", 手机号="1")
    assert codes(listed) == ["name_unsafe", "id_format", "branch_unknown", "phone_invalid"]


def test_what_nobody_wrote_stays_unknown(tmp_path: Path) -> None:
    (row,) = read_one(tmp_path).rows
    assert row.values["sex"] is None
    assert row.values["birth_date"] is None
    assert (row.values["category"], row.values["standing"], row.values["is_lost"]) == (
        None,
        None,
        None,
    )


@pytest.mark.parametrize(
    ("written", "mobile", "landline"),
    [
        ({"手机号": "0859-6651637"}, None, "0859-6651637"),
        ({"手机号": "13800138000", "固定电话": "6651637"}, "13800138000", "6651637"),
        ({"手机号": 0, "固定电话": "无"}, None, None),
    ],
)
def test_a_landline_goes_where_it_belongs(
    tmp_path: Path, written: dict[str, Any], mobile: str | None, landline: str | None
) -> None:
    (row,) = read_one(tmp_path, **written).rows
    assert (row.values["mobile"], row.values["landline"]) == (mobile, landline)
    assert row.faults == []


def test_two_landlines_cannot_both_be_kept_without_a_word(tmp_path: Path) -> None:
    (row,) = read_one(tmp_path, 手机号="0859-6651637", 固定电话="0859-6650000").rows
    assert (row.values["mobile"], row.values["landline"]) == (None, "0859-6650000")
    assert [fault.code for fault in row.faults] == ["phone_multiple"]


def test_a_formula_without_value_is_no_empty_cell(tmp_path: Path) -> None:
    listed = read_one(tmp_path, 公民身份证号="=A2", 序号="=ROW()")
    assert [(f.code, f.column) for f in listed.rows[0].faults] == [("formula_no_value", "B")]


def test_a_further_fault_of_a_row_names_its_cell_and_masks(tmp_path: Path) -> None:
    (row,) = read_one(tmp_path).rows
    fault = row.add_fault("id_exists", "reject", "id_number", number())
    assert (fault.column, fault.row, fault.heading) == ("B", 2, "公民身份证号")
    assert fault.shown == "522325************"
    assert row.add_fault("lost", "note", "lost_on").column == ""


def test_headings_without_people_are_a_list_of_nobody(tmp_path: Path) -> None:
    listed = read(save(tmp_path / "list.xlsx", HEADINGS, [None, "填表人：韦光明", None]))
    assert (listed.rows, listed.skipped) == ([], [("Sheet", 2, "footer")])


def test_a_workbook_without_headings_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadValue) as caught:
        read(save(tmp_path / "list.xlsx", ["说明"], ["一、二、三"]))
    assert caught.value.code == "heading_missing"
    assert caught.value.params["missing"] == "、".join(HEADINGS)


def test_a_date_shown_as_year_and_month_is_a_month(tmp_path: Path) -> None:
    path = save(tmp_path / "list.xlsx", [*HEADINGS, "入党时间"], ["李明", number(), "雨柏村", "x"])
    book = load_workbook(path)
    cell = book.worksheets[0]["D2"]
    cell.value, cell.number_format = 40057, 'yyyy"年"m"月"'
    book.save(path)
    (row,) = read(path).rows
    assert str(row.values["joined_on"]) == "2009-09"


def test_a_hidden_row_is_read_and_says_so(tmp_path: Path) -> None:
    path = save(tmp_path / "list.xlsx", HEADINGS, ["李明", number(), "雨柏村"])
    book = load_workbook(path)
    book.worksheets[0].row_dimensions[2].hidden = True
    book.save(path)
    listed = read(path)
    assert codes(listed) == ["hidden_row"]
    (fault,) = listed.rows[0].faults
    assert (fault.level, f"{fault.column}{fault.row}", fault.shown) == ("note", "A2", "李明")
    assert listed.hidden_rows == 1
