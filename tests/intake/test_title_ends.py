"""Where a title that says what people are may be over, nobody below is taken for such a one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from flowparty.intake.rows_passed_over import rows_passed_over
from tests.intake.test_categories import HEAD, judged, lists, person

if TYPE_CHECKING:
    from pathlib import Path

BETWEEN: dict[str, list[list[Any]]] = {
    "label": [["其他党员："]],
    "group": [["第二党小组："]],
    "short": [["一组："]],
    "counted": [["正式党员：2人"]],
    "count beside": [["其他党员", "2人"]],
    "sub-total": [["小计", "1人"]],
    "blank row": [[]],
    "headings": [HEAD["members"]],
}


@pytest.mark.parametrize("between", list(BETWEEN.values()), ids=list(BETWEEN))
def test_what_may_end_a_title_is_told_beside_each_row(
    tmp_path: Path, between: list[list[Any]]
) -> None:
    rows = [HEAD["members"], ["预备党员"], person("members", 1), *between]
    again = [[1, *person("members", 2)[1:]], [2, *person("members", 3)[1:]]]
    listed = lists(tmp_path, "members", *rows, *again)
    assert judged(listed, "category") == ["probationary", "warn", "warn"]
    assert [row.values["category"] for row in listed.rows[1:]] == [None, None]


@pytest.mark.parametrize(
    "between", [[], [["填表人：张三"]], [[""]], [["备注：以上为预备"]], [HEAD["members"]]], ids=str
)
def test_a_title_goes_on_where_nothing_ends_it(tmp_path: Path, between: list[list[Any]]) -> None:
    rows = [person("members", 1), *between, person("members", 2)]
    listed = lists(tmp_path, "members", HEAD["members"], ["预备党员"], *rows)
    assert judged(listed, "category") == ["probationary"] * 2


@pytest.mark.parametrize(
    ("kind", "title", "second", "field", "values"),
    [
        ("members", "预备党员：", "正式党员：", "category", ["probationary", "full"]),
        ("cards", "已交回：", "在用：", "card_event", ["hand_in", None]),
        ("contacts", "未联系上：", "已联系上：", "outcome", ["no_answer", "reached"]),
    ],
)
def test_a_title_may_end_in_a_colon(
    tmp_path: Path, kind: str, title: str, second: str, field: str, values: list[Any]
) -> None:
    head, rows = HEAD[kind], [[title], person(kind, 1), [second], HEAD[kind], person(kind, 2)]
    listed = lists(tmp_path, kind, head, *rows)
    assert judged(listed, field) == values
    told = [words for _, _, words in rows_passed_over(listed)]
    assert told == [title, second]


def test_a_row_behind_a_subtotal_comes_back_without_the_title(tmp_path: Path) -> None:
    rows = [["预备党员"], person("members", 1), ["小计", "1人"], person("members", 2)]
    listed = lists(tmp_path, "members", HEAD["members"], *rows)
    assert [listed.above(row) for row in listed.rows] == [{1, 2}, {1}]
    assert [words for _, _, words in rows_passed_over(listed)] == ["预备党员"]


@pytest.mark.parametrize(
    ("first", "why"),
    [("陇塔村小计", "subtotal"), ("小计", "subtotal"), ("其他党员", "note"), ("二组", "note")],
)
def test_a_number_of_people_is_nobody(tmp_path: Path, first: str, why: str) -> None:
    head = ["村", "姓名", "外出时间", "外出地点"]
    people = ["雨柏村", "甲一", "2025.3", "广东东莞"]
    listed = lists(tmp_path, "moves", head, people, [first, "1人"], [first, "2名", "1", "1", "2"])
    assert [row.values["name"] for row in listed.rows] == ["甲一"]
    assert listed.skipped == [("Sheet", 3, why), ("Sheet", 4, why)]
