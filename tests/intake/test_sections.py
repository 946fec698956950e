"""Titles inside a list: whose the rows below them are, and never somebody else's unsaid."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from openpyxl import Workbook

from flowparty.domain.errors import BadValue
from tests.intake.lists import VILLAGES, number, read, save

if TYPE_CHECKING:
    from pathlib import Path

HEAD = ["序号", "姓名", "性别", "身份证号", "入党时间", "电话"]
FIRST = ["长田镇金叶社区党支部党员名册"]


def person(name: str, sequence: int) -> list[Any]:
    return [1, name, "男", number(sequence=sequence), "2010-01-01", ""]


def branches(path: Path, *rows: list[Any], **options: Any) -> list[Any]:
    """Whose the people of a list are, by village; the faults where nobody knows."""
    names = {code: village for village, code in VILLAGES.items()}
    listed = read(save(path / "list.xlsx", *rows), **options)
    return [names.get(row.values["branch"], [f.code for f in row.faults]) for row in listed.rows]


@pytest.mark.parametrize(
    ("title", "village"),
    [
        (["长田镇雨柏村党支部党员名册"], "雨柏村"),
        (["长田镇雨柏村党支部党员名册（2026年）"], "雨柏村"),
        (["长田镇2026年雨柏村流动党员花名册"], "雨柏村"),
        (["雨柏村花名册"], "雨柏村"),
        (["雨柏村流动党员花名册", "", "", "", "2026年11月20日"], "雨柏村"),
        (["雨柏村流动党员花名册", "", "", "", "  年   月   日"], "雨柏村"),
        (["填报单位：甘田村党支部", "", "", "", "填报时间：    年  月  日"], "甘田村"),
        (["填报单位：甘田村党支部", "", "", "", "填报时间：2026.11.20"], "甘田村"),
        (["填报单位：", "甘田村党支部", "", "填报时间：", "2026.11.20"], "甘田村"),
        (["二", "雨柏村党支部"], "雨柏村"),
        ([2, "雨柏村党支部", "", "", "", "（3人）"], "雨柏村"),
        (["三、甘田村党支部", "", "", "", "", "共1人"], "甘田村"),
        (["瓦厂村党支部流动党员"], "瓦厂村"),
        (["三、瓦厂村（2人）："], "瓦厂村"),
        (["一、雨柏村党支部在外务工党员（2人）"], "雨柏村"),
        (["二、甘田村党支部预备党员"], "甘田村"),
        (["雨柏支部返乡党员"], "雨柏村"),
    ],
)
@pytest.mark.parametrize("again", [[], [HEAD]], ids=["rows", "headings"])
def test_a_title_says_whose_the_rows_below_it_are(
    tmp_path: Path, title: list[Any], village: str, again: list[list[Any]]
) -> None:
    rows = [FIRST, HEAD, person("甲一", 1), title, *again, person("甲二", 3)]
    assert branches(tmp_path, *rows) == ["金叶社区", village]


@pytest.mark.parametrize(
    "title",
    [
        "二、外镇某村党支部",
        "外镇某村党支部党员名册",
        "细汆村",
        "二、细汆村（2人）",
        "雨柏村返乡流动党员",
        "新金叶社区预备党员",
        "龙场镇金叶社区预备党员",
        "金叶社区、雨柏村在外党员",
        "惠农村返乡党员",
        "流动党员党支部",
        "其他支部党员",
    ],
)
@pytest.mark.parametrize("kind", ["members", "moves"])
def test_below_a_title_that_nobody_knows_no_other_branch_is_taken(
    tmp_path: Path, title: str, kind: str
) -> None:
    rows = [HEAD, ["一、金叶社区党支部"], person("甲一", 1), [title], person("甲二", 3)]
    found = branches(tmp_path, *rows, kind=kind, branch=VILLAGES["甘田村"])
    assert found[0] == "金叶社区"
    assert "branch_unknown" in found[1]
    listed = read(tmp_path / "list.xlsx", kind)
    assert {fault.shown for fault in listed.rows[1].faults} == {title}


@pytest.mark.parametrize(
    "row",
    [
        ["", "", "", "", "", "住址：贵阳市某社区"],
        ["（续表）"],
        ["二、流出党员"],
        ["本村流动党员名册（续）"],
        ["注：甘田村的流动党员另报"],
        [1, "李新村"],
        [7, "", "", "", "", ""],
    ],
)
def test_what_names_no_branch_leaves_the_one_above(tmp_path: Path, row: list[Any]) -> None:
    rows = [FIRST, HEAD, person("甲一", 1), row, person("甲二", 3)]
    assert branches(tmp_path, *rows) == ["金叶社区"] * 2


@pytest.mark.parametrize(
    "title",
    [
        "金叶社区正式党员（20人）",
        "一、金叶社区在外党员",
        "长田镇金叶社区退役军人党员",
        "金叶社区大寨组党员",
        "金叶社区驻村工作队党员",
        "社区在册党员",
        "村干部党员",
        "二、村外务工党员",
        "驻村工作队党员",
        "全镇各村流动党员",
        "贫困村党员",
        "三、非贫困村流动党员",
        "支部党员",
        "本支部党员（5人）",
        "二、本党支部外出党员",
        "党总支党员",
        "一、在村（2人）",
    ],
)
def test_a_title_of_the_same_branch_leaves_it_as_it_was(tmp_path: Path, title: str) -> None:
    rows = [FIRST, HEAD, person("甲一", 1), [title], person("甲二", 3)]
    assert branches(tmp_path, *rows) == ["金叶社区"] * 2
    below = [HEAD, ["一、金叶社区党支部"], ["", title], person("甲二", 3)]
    assert branches(tmp_path, *below) == ["金叶社区"]
    listed = read(tmp_path / "list.xlsx")
    assert listed.skipped == [("Sheet", 2, "title"), ("Sheet", 3, "title")]
    assert listed.above(listed.rows[0]) - {3} == {1, 2}


@pytest.mark.parametrize(
    "title",
    [
        "一、雨柏村党支部",
        "（一）雨柏村党支部（12人）",
        "①雨柏村",
        "雨柏村党支部（12人）",
        "雨柏村党支部 共12人：",
        "附件1：雨柏村流动党员名册",
        "附件2 一、雨柏村党支部",
        "附件：《长田镇雨柏村流动党员台账》（2026年）",
    ],
)
@pytest.mark.parametrize("second", [[], [["二、陇塔村党支部"], HEAD, person("甲二", 3)]])
def test_a_title_over_the_first_headings_may_be_numbered_and_counted(
    tmp_path: Path, title: str, second: list[Any]
) -> None:
    found = branches(tmp_path, [title], HEAD, person("甲一", 1), *second)
    assert found == ["雨柏村", "陇塔村"][: len(found)]


def test_what_stands_over_the_first_headings_is_shown_where_nobody_knows_it(tmp_path: Path) -> None:
    second = [["二、陇塔村党支部"], HEAD, person("甲二", 3)]
    for over, words, why in (
        (["一、外镇某村党支部"], "一、外镇某村党支部", ""),
        (["党员花名册"], "", "branch_unsaid"),
        ([], "", "branch_unsaid"),
    ):
        rows = [over, HEAD, person("甲一", 1), *second]
        listed = read(save(tmp_path / "list.xlsx", *rows))
        assert [(f.code, f.shown, f.why) for f in listed.rows[0].faults] == [
            ("branch_unknown", words, why)
        ]


def test_a_title_may_have_its_ordinal_in_a_cell_of_its_own(tmp_path: Path) -> None:
    rows = [FIRST, HEAD, person("甲一", 1), ["二", "惠农村返乡党员"], person("甲二", 3)]
    assert branches(tmp_path, *rows) == ["金叶社区", ["branch_unknown"]]


@pytest.mark.parametrize("words", ["外出党员", "在家党员", "预备党员", "本村党员", "流动人员"])
@pytest.mark.parametrize("serial", ["", 2, "二"])
def test_a_kind_of_people_alone_under_the_names_is_nobody(
    tmp_path: Path, words: str, serial: Any
) -> None:
    rows = [FIRST, HEAD, person("甲一", 1), [serial, words], person("甲二", 3)]
    assert branches(tmp_path, *rows) == ["金叶社区"] * 2
    listed = read(tmp_path / "list.xlsx")
    assert listed.skipped == [("Sheet", 4, "note")]


def test_who_has_more_than_a_name_is_somebody_whatever_it_is(tmp_path: Path) -> None:
    listed = read(save(tmp_path / "list.xlsx", FIRST, HEAD, person("王党员", 1)))
    assert [row.values["name"] for row in listed.rows] == ["王党员"]


def test_words_alone_in_a_row_are_named(tmp_path: Path) -> None:
    rows = [FIRST, HEAD, person("甲一", 1), ["二、流入党员"], [7], person("甲二", 3)]
    listed = read(save(tmp_path / "list.xlsx", *rows))
    assert listed.skipped == [("Sheet", 4, "note")]


def test_a_row_prepared_for_somebody_is_no_title(tmp_path: Path) -> None:
    rows: list[list[Any]] = [
        ["序号", "党支部", "姓名", "身份证号"],
        [1, "雨柏村", "甲一", number()],
        [2, "甘田村", "", ""],
        [3, "", "甲二", number(sequence=3)],
    ]
    assert branches(tmp_path, *rows) == ["雨柏村", ["branch_unknown"]]


def sheets(path: Path, **rows: list[list[Any]]) -> Path:
    """A workbook of several sheets by name."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for name, lines in rows.items():
        sheet = book.create_sheet(name)
        for line in lines:
            sheet.append(line)
    book.save(path)
    return path


def test_a_sheet_of_a_branch_that_nobody_knows_is_not_lost(tmp_path: Path) -> None:
    path = sheets(
        tmp_path / "list.xlsx",
        金叶社区=[HEAD, person("甲一", 1)],
        细汆村=[["党员花名册"], HEAD, person("甲二", 3)],
    )
    listed = read(path)
    assert [(row.values["name"], row.rejected) for row in listed.rows] == [
        ("甲一", False), ("甲二", True),
    ]  # fmt: skip
    (fault,) = listed.rows[1].faults
    assert (fault.code, fault.sheet, fault.shown) == ("branch_unknown", "细汆村", "细汆村")
    assert listed.passed_over == {}
    with pytest.raises(BadValue) as caught:
        read(path, only=["细汆村"])
    assert caught.value.params == {"sheet": "细汆村", "missing": "所在党支部"}
    given = read(path, branch=VILLAGES["甘田村"])
    assert [row.values["branch"] for row in given.rows] == [
        VILLAGES["金叶社区"], VILLAGES["甘田村"],
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "village"),
    [
        ("雨柏", "雨柏村"),
        ("金叶", "金叶社区"),
        ("1.瓦厂流动党员", "瓦厂村"),
        ("瓦厂村流动（2）", "瓦厂村"),
    ],
)
def test_a_sheet_may_be_named_as_its_village_is_called(
    tmp_path: Path, name: str, village: str
) -> None:
    path = sheets(tmp_path / "list.xlsx", **{name: [HEAD, person("甲一", 1)]})
    assert [row.values["branch"] for row in read(path).rows] == [VILLAGES[village]]
    titled = [["甘田村党支部党员名册"], HEAD, person("甲一", 1)]
    path = sheets(tmp_path / "list.xlsx", 雨柏=titled)
    assert [row.values["branch"] for row in read(path).rows] == [VILLAGES["甘田村"]]


@pytest.mark.parametrize("name", ["长田", "细汆", "柏"])
def test_a_sheet_named_otherwise_is_nobodys(tmp_path: Path, name: str) -> None:
    path = sheets(tmp_path / "list.xlsx", **{name: [HEAD, person("甲一", 1)]})
    with pytest.raises(BadValue):
        read(path)


def test_a_sheet_passed_over_says_what_it_lacks(tmp_path: Path) -> None:
    path = sheets(
        tmp_path / "list.xlsx",
        金叶社区=[HEAD, person("甲一", 1)],
        通讯录=[["姓名", "性别", "电话"], ["甲二", "男", "13800138000"]],
        说明=[["填表说明"]],
    )
    assert read(path).passed_over == {"通讯录": "公民身份证号、所在党支部", "说明": ""}


@pytest.mark.parametrize(
    "people", ["预备", "正式", "在册", "新增", "困难", "退役军人", "转入", "在外", "2026年预备"]
)
@pytest.mark.parametrize("inner", [False, True], ids=["over", "inner"])
def test_a_title_may_say_both_the_branch_and_what_people(
    tmp_path: Path, people: str, inner: bool
) -> None:
    title = [f"一、金叶社区党支部{people}党员名单（1人）"]
    rows = [HEAD, title] if inner else [title, HEAD]
    path = save(tmp_path / "list.xlsx", *rows, person("甲一", 1))
    (row,) = read(path).rows
    assert row.values["branch"] == VILLAGES["金叶社区"]
    said = {"正式": "full"}.get(people, "probationary" if "预备" in people else None)
    assert row.values["category"] == said


def test_words_behind_a_branch_that_name_no_list_are_no_title(tmp_path: Path) -> None:
    row = ["", "", "", "", "", "雨柏村党支部活动室"]
    assert branches(tmp_path, FIRST, HEAD, person("甲一", 1), row, person("甲二", 3)) == [
        "金叶社区",
        "金叶社区",
    ]
