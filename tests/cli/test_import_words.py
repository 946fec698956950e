"""No word of a list is lost in silence: it is stored, flagged, or its column is named."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.cli.imported import HIM, WHO, codes, stored
from tests.cli.test_import_kinds import rows_of, save
from tests.people import NAMES, id_number

if TYPE_CHECKING:
    from pathlib import Path


def unkept(run: Any, kind: str, path: str, **options: int) -> list[str]:
    """The words about columns that are stored nowhere."""
    told = run("import", kind, path, "--dry-run", "--format", "json", **options).json
    return [w["message"] for w in told["warnings"] if w["code"] == "columns_not_kept"]


def test_an_unknown_reason_is_flagged_and_kept(one: Any, tmp_path: Path, path: Path) -> None:
    head = [*WHO, "何时外出", "地点", "流出原因", "与党组织联系方式"]
    row = [*HIM, "2026.3", "深圳龙岗", "照顾孙子", "微信群"]
    listed = save(tmp_path / "a.xlsx", head, row)
    assert codes(rows_of(one, "moves", listed)[0]) == ["word_in_remark"]
    assert stored(path, "SELECT remark FROM movement") == ["流出原因：照顾孙子；联系方式：微信群"]
    assert rows_of(one, "moves", listed)[0]["action"] == "same"


@pytest.mark.parametrize(
    ("heading", "said", "kept"),
    [
        ("从事职业及年收入", "木工，月薪5000元", "收入：月薪5000元"),
        ("年收入", "5-7万", "收入：5-7万"),
    ],
)
def test_an_income_of_no_one_amount_is_kept_in_words(
    one: Any, tmp_path: Path, path: Path, heading: str, said: str, kept: str
) -> None:
    head = [*WHO, "何时外出", "地点", heading]
    listed = save(tmp_path / "a.xlsx", head, [*HIM, "2026.3", "深圳龙岗", said])
    assert codes(rows_of(one, "moves", listed)[0]) == ["income_unclear"]
    assert stored(path, "SELECT remark FROM movement") == [kept]
    assert rows_of(one, "moves", listed)[0]["action"] == "same"


def test_a_contacts_words_are_all_kept(one: Any, tmp_path: Path, path: Path) -> None:
    head = [*WHO, "联系日期", "联系方式", "谈话内容", "备注"]
    row = [*HIM, "2026-11-02", "托老乡带话", "一切都好", "年底回乡"]
    listed = save(tmp_path / "a.xlsx", head, row)
    assert codes(rows_of(one, "contacts", listed)[0]) == ["word_in_remark"]
    assert stored(path, "SELECT method FROM contact") == ["other"]
    assert stored(path, "SELECT notes FROM contact") == ["一切都好；年底回乡；联系方式：托老乡带话"]
    assert rows_of(one, "contacts", listed)[0]["action"] == "same"


def test_a_cards_later_remark_is_kept_and_another_day_of_issue_flagged(
    one: Any, tmp_path: Path, path: Path
) -> None:
    head = [*WHO, "活动证编号", "发证时间", "备注"]
    for number, (issued, remark) in enumerate([("2021.4", "首批"), ("2021.5", "照片已换")]):
        listed = save(tmp_path / f"{number}.xlsx", head, [*HIM, "00010006", issued, remark])
        (row,) = rows_of(one, "cards", listed)
    assert codes(row) == ["issue_day_differs"]
    assert row["changes"] == [{"field": "remark", "old": "***", "new": "***"}]
    assert stored(path, "SELECT findings FROM card_event") == ["首批；照片已换"]
    assert rows_of(one, "cards", listed)[0]["action"] == "same"
    one("db", "check")


def test_a_destination_of_somebody_not_said_to_be_away_is_kept(
    town: Any, tmp_path: Path, path: Path
) -> None:
    head = ["姓名", "身份证号", "党支部", "外出流向", "备注"]
    listed = save(tmp_path / "a.xlsx", head, ["李明", id_number(7), "雨柏村", "宁波北仑", "退伍"])
    assert codes(rows_of(town, "members", listed)[0]) == ["mobile_conflict"]
    assert stored(path, "SELECT remark FROM member") == ["退伍；外出流向：宁波北仑"]
    assert rows_of(town, "members", listed)[0]["action"] == "same"


@pytest.mark.parametrize(
    ("kind", "cells", "named"),
    [
        ("moves", {"何时外出": "2026.3", "家庭人口": "4", "思想状况": "好"}, "家庭人口，思想状况"),
        (
            "cards",
            {"活动证编号": "00010006", "外出原因": "务工", "外出地点": "广东", "外出时间": "2026.3"},
            "外出原因，外出地点，外出时间",
        ),
        ("survey", {"调查日期": "2026-10-02", "从业现状": "务工", "摸底工作组": "一组", "培训需求": "电商",
                    "备注": "代答"}, "摸底工作组，培训需求，备注"),
        ("contacts", {"联系日期": "2026-11-02", "联系电话": "13800138000"}, "联系电话"),
        ("members", {"身份证号": id_number(1), "年龄": "46"}, "年龄"),
    ],
)  # fmt: skip
def test_columns_that_are_read_and_stored_nowhere_are_named(
    one: Any, tmp_path: Path, kind: str, cells: dict[str, str], named: str
) -> None:
    one("move", "out", "M1", "--to", "广东深圳", "--on", "2026-03-01")
    one(
        "survey",
        "open",
        "--name",
        "摸底",
        "--since",
        "2026-09-01",
        "--section",
        "技能",
        "--section",
        "返乡",
    )
    listed = save(tmp_path / "a.xlsx", [*WHO, *cells], [*HIM, *cells.values()])
    assert unkept(one, kind, listed) == [f"Read, but not kept: {named}."]


def test_a_remark_on_aid_is_named(one: Any, tmp_path: Path) -> None:
    head = [*WHO, "帮扶日期", "金额", "用途", "备注"]
    listed = save(tmp_path / "a.xlsx", head, [*HIM, "2026-11-02", "500", "慰问", "家属代领"])
    assert unkept(one, "aid", listed, exit=3) == ["Read, but not kept: 备注."]


@pytest.mark.parametrize(
    ("left", "said", "flagged"),
    [
        ("2021-03-01", "否", ["mobile_conflict"]),
        ("2026-03-01", "否", []),
        ("2021-03-01", "", []),
        ("2021-03-01", "是", []),
    ],
)
def test_who_is_away_by_the_records_and_not_by_the_list_is_flagged(
    one: Any, tmp_path: Path, left: str, said: str, flagged: list[str]
) -> None:
    """The list is of 2023: what happened after it is no contradiction."""
    one("move", "out", "M1", "--to", "广东深圳", "--on", left)
    head = ["姓名", "身份证号", "党支部", "是否为流动党员"]
    listed = save(tmp_path / "a.xlsx", head, [NAMES[0], id_number(1), "金叶社区", said])
    (row,) = rows_of(one, "members", listed)
    assert (codes(row), row["action"]) == (flagged, "same")


@pytest.mark.parametrize("said", ["不详", "未知", "函授大专", "大专（在读）"])
def test_a_word_for_education_that_is_not_known_replaces_none(
    town: Any, tmp_path: Path, path: Path, said: str
) -> None:
    head = ["姓名", "身份证号", "党支部", "学历"]
    for number, word in enumerate(["大专", said]):
        listed = save(tmp_path / f"{number}.xlsx", head, ["李明", id_number(7), "雨柏村", word])
        (row,) = rows_of(town, "members", listed)
    assert (row["action"], codes(row)) == ("same", ["word_new_only"])
    assert stored(path, "SELECT education FROM member") == ["大学专科"]


@pytest.mark.parametrize(
    ("said", "code"),
    [("务工经商", "work"), ("进厂务工", "work"), ("外出经商", "business")],
)
def test_usual_words_for_a_reason_are_known(
    one: Any, tmp_path: Path, path: Path, said: str, code: str
) -> None:
    head = [*WHO, "何时外出", "地点", "外出原因"]
    listed = save(tmp_path / "a.xlsx", head, [*HIM, "2026.3", "深圳龙岗", said])
    assert codes(rows_of(one, "moves", listed)[0]) == []
    assert stored(path, "SELECT reason FROM movement") == [code]


ROSTER = [*WHO, "外出时间", "外出地点", "是否返乡", "返乡时间", "备注"]


@pytest.mark.parametrize("known", [True, False])
def test_a_return_that_a_roster_tells_of_ends_the_movement(
    one: Any, tmp_path: Path, path: Path, known: bool
) -> None:
    if known:
        one("move", "out", "M1", "--to", "深圳宝安", "--on", "2020-01-01")
    row = [*HIM, "2020.1", "深圳宝安", "是", "2026-08-15", ""]
    listed = save(tmp_path / "a.xlsx", ROSTER, row)
    assert rows_of(one, "moves", listed)[0]["action"] == ("update" if known else "add")
    assert stored(path, "SELECT outcome || ended_on FROM movement") == ["returned2026-08-15"]
    again = rows_of(one, "moves", listed)[0]
    assert (again["action"], again["changes"]) == ("same", [])
    one("db", "check")


@pytest.mark.parametrize(("said", "on"), [("是", ""), ("是", "2026.8"), ("", "2026.8")])
def test_a_return_without_its_day_is_refused(one: Any, tmp_path: Path, said: str, on: str) -> None:
    listed = save(tmp_path / "a.xlsx", ROSTER, [*HIM, "2020.1", "深圳宝安", said, on, ""])
    (row,) = rows_of(one, "moves", listed, exit=5)
    assert [(r["code"], r["cell"]) for r in row["reasons"] if r["level"] == "reject"] == [
        ("import_day_missing", "F2")
    ]


@pytest.mark.parametrize("said", ["已返乡", "已返", "返乡", "已回", "是，已返乡"])
def test_who_is_back_in_other_words_is_back(
    one: Any, tmp_path: Path, path: Path, said: str
) -> None:
    listed = save(tmp_path / "a.xlsx", ROSTER, [*HIM, "2020.1", "深圳宝安", said, "2026-08-15", ""])
    assert codes(rows_of(one, "moves", listed)[0]) == []
    assert stored(path, "SELECT ended_on FROM movement") == ["2026-08-15"]
    without = save(tmp_path / "b.xlsx", ROSTER, [*HIM, "2020.1", "深圳宝安", said, "", ""])
    assert rows_of(one, "moves", without)[0]["action"] == "same"  # the day is known by now


@pytest.mark.parametrize("said", ["2026.1.15", "是（2026年1月15日）", "2026-01-15已返乡"])
def test_the_day_of_a_return_may_stand_where_yes_or_no_should(
    one: Any, tmp_path: Path, path: Path, said: str
) -> None:
    listed = save(tmp_path / "a.xlsx", ROSTER, [*HIM, "2020.1", "深圳宝安", said, "", ""])
    assert codes(rows_of(one, "moves", listed)[0]) == []
    assert stored(path, "SELECT ended_on FROM movement") == ["2026-01-15"]


def test_a_missing_day_is_shown_where_the_list_says_that_somebody_is_back(
    one: Any, tmp_path: Path
) -> None:
    listed = save(tmp_path / "a.xlsx", ROSTER[:5], [*HIM, "2020.1", "深圳宝安", "已返乡"])
    (row,) = rows_of(one, "moves", listed, exit=5)
    assert [(r["code"], r["cell"]) for r in row["reasons"]] == [("import_day_missing", "E2")]


@pytest.mark.parametrize("said", ["否", "未返乡", "未返", "没有回来", "尚未返乡", "仍在外"])
def test_who_is_not_back_is_away(one: Any, tmp_path: Path, path: Path, said: str) -> None:
    listed = save(tmp_path / "a.xlsx", ROSTER, [*HIM, "2020.1", "深圳宝安", said, "", ""])
    assert codes(rows_of(one, "moves", listed)[0]) == []
    assert stored(path, "SELECT ended_on FROM movement") == [None]


def test_no_return_with_its_day_is_flagged_and_kept(one: Any, tmp_path: Path, path: Path) -> None:
    row = [*HIM, "2020.1", "深圳宝安", "否", "2026.1.15", "全家"]
    listed = save(tmp_path / "a.xlsx", ROSTER, row)
    (found,) = rows_of(one, "moves", listed)
    assert [(r["code"], r["cell"]) for r in found["reasons"]] == [("value_unrecognised", "F2")]
    assert stored(path, "SELECT remark FROM movement") == ["返乡时间：2026-01-15；全家"]
    assert stored(path, "SELECT ended_on FROM movement") == [None]
    assert rows_of(one, "moves", listed)[0]["action"] == "same"


@pytest.mark.parametrize(
    ("remark", "flagged"),
    [
        ("2026.9已返乡", ["value_unrecognised"]),
        ("2026年1月返乡", ["value_unrecognised"]),
        ("本人已去世", ["value_unrecognised"]),
        ("已转出", ["value_unrecognised"]),
        ("开除党籍", ["value_unrecognised"]),
        ("未返乡", []),
        ("春节返乡", []),
        ("父亲去世", []),
    ],
)
def test_a_remark_that_tells_of_an_end_is_flagged(
    one: Any, tmp_path: Path, remark: str, flagged: list[str]
) -> None:
    listed = save(tmp_path / "a.xlsx", ROSTER, [*HIM, "2020.1", "深圳龙岗", "否", "", remark])
    (row,) = rows_of(one, "moves", listed)
    assert codes(row) == flagged
    assert all("kept as written" in reason["message"] for reason in row["reasons"])


@pytest.mark.parametrize(
    ("remark", "flagged"),
    [("已去世", ["value_unrecognised"]), ("2026年1月返乡", ["value_unrecognised"]), ("退伍", [])],
)
def test_so_is_one_in_a_list_of_members(
    town: Any, tmp_path: Path, remark: str, flagged: list[str]
) -> None:
    head = ["姓名", "身份证号", "党支部", "备注"]
    listed = save(tmp_path / "a.xlsx", head, ["李明", id_number(7), "雨柏村", remark])
    assert codes(rows_of(town, "members", listed)[0]) == flagged
