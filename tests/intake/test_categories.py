"""Titles that say what the people below them are: read where that is sure, else never passed over."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from openpyxl import Workbook

from flowparty.intake.category_words import category_of
from flowparty.intake.rows_passed_over import rows_passed_over
from tests.intake.lists import VILLAGES, number, read, save

if TYPE_CHECKING:
    from pathlib import Path

    from flowparty.intake.lists import Listed

HEAD = {
    "members": ["序号", "姓名", "身份证号", "人员类别"],
    "moves": ["序号", "姓名", "外出时间", "外出地点", "是否返乡"],
    "cards": ["序号", "姓名", "证号", "备注"],
    "survey": ["序号", "姓名", "调查日期", "从业现状", "备注"],
    "contacts": ["序号", "姓名", "联系时间", "联系内容", "备注"],
}
CONFLICT = "title_conflict"


def person(kind: str, at: int, last: str = "", before: str | None = None) -> list[Any]:
    """One row; ``last`` and ``before`` are its last two cells."""
    third = {"members": number(sequence=at), "cards": f"00{at}"}.get(kind, "2026.10.2")
    middle = {"moves": "广东省深圳市龙岗区", "survey": "", "contacts": ""}
    cells = [middle[kind] if before is None else before] if kind in middle else []
    return [at, f"甲{'一二三四五六七八九'[at]}", third, *cells, last]


def lists(path: Path, kind: str, *rows: list[Any]) -> Listed:
    return read(save(path / "list.xlsx", *rows), kind, branch=VILLAGES["雨柏村"])


def judged(listed: Listed, field: str) -> list[Any]:
    """What was read of each row, or how the title is told of beside it."""
    told = []
    for row in listed.rows:
        levels = [f.level for f in row.faults if f.code == CONFLICT]
        told.append(levels[0] if levels else row.values[field])
    return told


@pytest.mark.parametrize(
    ("kind", "title", "field", "value"),
    [
        ("members", "预备党员", "category", "probationary"),
        ("members", "二、预备党员（2人）", "category", "probationary"),
        ("members", "雨柏村党支部2026年预备党员名单", "category", "probationary"),
        ("members", "一、正式党员", "category", "full"),
        ("members", "祥和村预备党员", "category", "probationary"),
        ("members", "（二）预备党员 2人", "category", "probationary"),
        ("members", "停止党籍党员", "standing", "suspended"),
        ("members", "失联党员", "is_lost", True),
        ("moves", "二、已返乡", "returned", True),
        ("moves", "已回来人员", "returned", True),
        ("cards", "二、已交回", "card_event", "hand_in"),
        ("cards", "遗失", "card_event", "lost"),
        ("cards", "已注销的活动证", "card_event", "void"),
        ("survey", "二、未联系上", "outcome", "not_reached"),
        ("survey", "拒访", "outcome", "refused"),
        ("contacts", "空号（3人）", "outcome", "wrong_number"),
        ("contacts", "号码有误", "outcome", "wrong_number"),
    ],
)
def test_a_title_is_read_where_the_rows_own_cell_is_blank(
    tmp_path: Path, kind: str, title: str, field: str, value: Any
) -> None:
    listed = lists(tmp_path, kind, HEAD[kind], person(kind, 1), [title], person(kind, 2))
    assert judged(listed, field) == [None, value]
    assert listed.above(listed.rows[1]) == {1, 3}
    assert [(row, words) for _, row, words in rows_passed_over(listed)] == [(3, title)]


@pytest.mark.parametrize(
    ("kind", "title"),
    [
        *(("members", title) for title in (
            "发展对象", "三、入党积极分子（2人）", "已转出党员", "去世党员", "流入党员", "开除党籍",
            "入党积极分子和发展对象", "去世、转出党员", "已故党员", "脱党")),
        *(("moves", title) for title in ("流入党员", "二、外来流入党员", "去世党员", "在家党员")),
        ("survey", "去世党员"),
    ],
)  # fmt: skip
def test_whom_such_a_list_would_make_somebody_else_is_refused(
    tmp_path: Path, kind: str, title: str
) -> None:
    listed = lists(tmp_path, kind, HEAD[kind], person(kind, 1), [title], person(kind, 2))
    assert [row.rejected for row in listed.rows] == [False, True]
    assert [f.shown for f in listed.rows[1].faults if f.code == CONFLICT] == [title]


@pytest.mark.parametrize(
    ("kind", "title"),
    [
        ("members", "拟转出党员"),
        ("members", "预备党员及发展对象"),
        ("members", "正式党员（含预备党员）"),
        ("moves", "返乡流动党员"),
        ("moves", "二、返乡创业党员"),
        ("moves", "本月减少"),
        ("moves", "已返乡2人"),
        ("moves", "流出和流入党员"),
        ("cards", "四、未领取"),
        ("cards", "损毁"),
        ("cards", "持证人已去世"),
        ("survey", "失联党员"),
    ],
)
def test_what_is_not_sure_is_told_beside_each_row(tmp_path: Path, kind: str, title: str) -> None:
    listed = lists(tmp_path, kind, HEAD[kind], person(kind, 1), [title], person(kind, 2))
    assert judged(listed, "name") == ["甲二", "warn"]
    (fault,) = [f for f in listed.rows[1].faults if f.code == CONFLICT]
    assert (fault.shown, fault.why) == (title, "title_doubt")


@pytest.mark.parametrize(
    ("kind", "title"),
    [
        ("members", "村干部党员"),
        ("members", "外出党员"),
        ("members", "无预备党员"),
        ("members", "本村没有发展对象"),
        ("moves", "一、流出党员"),
        ("moves", "新增流出党员"),
        ("moves", "流出5人，已返乡2人"),
        ("moves", "未返乡"),
        ("moves", "（续表）"),
        ("cards", "一、在用"),
        ("survey", "一、已联系上"),
    ],
)
def test_titles_that_say_nothing_of_the_kind_change_nothing(
    tmp_path: Path, kind: str, title: str
) -> None:
    listed = lists(tmp_path, kind, HEAD[kind], person(kind, 1), [title], person(kind, 2))
    assert judged(listed, "name") == ["甲二", "甲三"]


def test_a_rows_own_cell_comes_before_the_title(tmp_path: Path) -> None:
    rows = [["预备党员"], person("members", 1, "正式党员"), person("members", 2, "预备党员")]
    listed = lists(tmp_path, "members", HEAD["members"], *rows)
    assert judged(listed, "category") == ["warn", "probationary"]
    assert listed.rows[0].values["category"] == "full"
    rows = [["已交回"], person("cards", 1, "在用"), person("cards", 2, "2025年遗失")]
    listed = lists(tmp_path, "cards", HEAD["cards"], *rows)
    assert judged(listed, "card_event") == ["warn", "warn"]
    rows = [["遗失"], person("cards", 1, "2025年遗失"), person("cards", 2, "全家外出")]
    listed = lists(tmp_path, "cards", HEAD["cards"], *rows)
    assert judged(listed, "card_event") == ["lost", "warn"]
    rows = [["未联系上"], person("survey", 1, "", "务工"), person("survey", 2, "空号")]
    listed = lists(tmp_path, "survey", HEAD["survey"], *rows)
    assert judged(listed, "outcome") == ["warn", None]  # the remark says it more closely


def test_a_title_holds_until_the_next_one(tmp_path: Path) -> None:
    people = [person("members", at) for at in range(1, 7)]
    rows = [
        people[0], ["二、预备党员"], people[1], ["第二组"], people[2], ["（续表）"], people[3],
        ["三、正式党员"], people[4], ["陇塔村党支部"], people[5],
    ]  # fmt: skip
    listed = lists(tmp_path, "members", HEAD["members"], *rows)
    assert judged(listed, "category") == [None, "probationary", "warn", "warn", "full", None]


def test_headings_that_return_end_no_title(tmp_path: Path) -> None:
    head = HEAD["cards"]
    again = [*head, "发证时间"]
    rows = [["遗失"], person("cards", 1), [], again, [*person("cards", 2), "2024.3"]]
    listed = lists(tmp_path, "cards", head, *rows)
    assert judged(listed, "card_event") == ["lost", "lost"]


@pytest.mark.parametrize(
    ("kind", "title", "level"),
    [
        ("members", "雨柏村发展对象名册", "reject"),
        ("members", "发展对象", "reject"),
        ("members", "去世党员名单", "reject"),
        ("moves", "2026年流入党员名册", "reject"),
        ("moves", "返乡流动党员名册", "warn"),
        ("moves", "2026年流出、流入党员台账", "warn"),
    ],
)
def test_the_title_of_a_whole_list_counts_too(
    tmp_path: Path, kind: str, title: str, level: str
) -> None:
    listed = lists(tmp_path, kind, [title], HEAD[kind], person(kind, 1))
    assert judged(listed, "name") == [level]


def test_counts_over_a_list_say_nothing_of_who_is_on_it(tmp_path: Path) -> None:
    for above in (
        ["预备党员", 3],
        ["正式党员", 20, "预备党员", 3],
        ["其中：", "预备党员", "", "3"],
    ):
        listed = lists(tmp_path, "members", above, HEAD["members"], person("members", 1))
        assert judged(listed, "category") == [None]


def test_so_does_the_name_of_a_sheet(tmp_path: Path) -> None:
    book = Workbook()
    book.remove(book.worksheets[0])
    for name, at in (("正式党员", 1), ("发展对象", 2), ("Sheet3", 3)):
        sheet = book.create_sheet(name)
        for row in (["雨柏村"], HEAD["members"], person("members", at)):
            sheet.append(row)
    book.save(tmp_path / "list.xlsx")
    assert judged(read(tmp_path / "list.xlsx"), "category") == ["full", "reject", None]


@pytest.mark.parametrize(
    "title", ["流动党员花名册", "党员（含预备党员）名册", "填写说明：去世党员不填", "雨柏村党支部"]
)
@pytest.mark.parametrize("kind", ["members", "moves"])
def test_other_titles_over_a_list_say_nothing(tmp_path: Path, title: str, kind: str) -> None:
    assert category_of(kind, title) is None
    listed = lists(tmp_path, kind, [title], HEAD[kind], person(kind, 1))
    assert judged(listed, "name") == ["甲二"]


def test_remarks_under_a_list_are_shown_and_signatures_are_not(tmp_path: Path) -> None:
    below = [["说明：甲二2026年9月去世"], ["填表人：谭菊会", "", "2026.11.20"], ["合计", "1人"]]
    listed = lists(tmp_path, "members", HEAD["members"], person("members", 1), *below)
    assert [words for *_, words in rows_passed_over(listed)] == ["说明：甲二2026年9月去世"]
