from __future__ import annotations

import pytest

from flowparty.domain.errors import BadValue
from flowparty.intake.headings import MEMBER_HEADINGS, field_of, find_layout

NATIONAL = """
    序号 姓名 所在党支部 公民身份证号 性别 民族 出生日期 学历 人员类别 加入党组织日期
    转为正式党员日期 工作岗位 手机号 固定电话 家庭住址 党籍状态 是否为失联党员 失去联系日期
    是否为流动党员 外出流向
""".split()  # noqa: SIM905 - twenty words read better as words


def test_the_national_headings_stand_first_in_their_order() -> None:
    assert [headings[0] for headings in MEMBER_HEADINGS.values()] == NATIONAL


def test_no_heading_means_two_fields() -> None:
    headings = [heading for known in MEMBER_HEADINGS.values() for heading in known]
    assert len(headings) == len(set(headings))


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("姓 名", "name"),
        ("姓\n名", "name"),
        ("＊姓名", "name"),
        ("身份证号码", "id_number"),
        ("公民身份\n号码", "id_number"),
        ("出生年月（阳历）", "birth_date"),
        ("出生日期(yyyy-mm-dd)", "birth_date"),
        ("联系电话：", "mobile"),
        ("入党时间", "joined_on"),
        ("文化程度", "education"),
        ("备注", None),
        ("姓名拼音", None),
        ("", None),
        (None, None),
        (3.0, None),
    ],
)
def test_headings_are_read_by_meaning(heading: object, field: str | None) -> None:
    assert field_of(heading) == field


def test_the_row_that_names_most_fields_is_the_heading_row() -> None:
    rows = [
        ["填写姓名、性别"],
        ["姓名", "性别", "民族"],
        ["姓名", "性别", "身份证号", "党支部", "备注"],
    ]
    layout = find_layout("名单", rows)
    assert layout is not None
    assert layout.heading_row == 3
    assert layout.columns["branch"].letter == "D"
    assert layout.mapping[-1] == ("备注", None)


def test_a_sheet_of_notes_has_no_layout() -> None:
    assert find_layout("填表说明", [["一、姓名必须填写"], ["姓名", "性别"], []]) is None


def test_missing_headings_are_named_by_their_official_words() -> None:
    with pytest.raises(BadValue) as caught:
        find_layout("名单", [["序号", "性别", "身份证号码", "出生日期"]])
    assert caught.value.code == "heading_missing"
    assert caught.value.params == {"sheet": "名单", "missing": ["姓名", "所在党支部"]}


def test_two_columns_of_one_meaning_are_named_by_their_cells() -> None:
    with pytest.raises(BadValue) as caught:
        find_layout("名单", [[], ["姓名", "手机号", "身份证号", "党支部", "联系电话"]])
    assert caught.value.code == "heading_duplicate"
    assert caught.value.params == {"sheet": "名单", "heading": "联系电话", "cells": "B2 E2"}
