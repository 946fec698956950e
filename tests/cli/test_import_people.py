"""Who is meant by a row: namesakes, other numbers, other branches, and those who come nearest."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

import pytest

from tests.cli.test_import_kinds import rows_of, save
from tests.people import add_words, id_number

if TYPE_CHECKING:
    from pathlib import Path

MEMBERS = ["姓名", "身份证号", "党支部", "手机号"]
MOBILE = "13800138000"


@pytest.fixture
def people(town: Any) -> Any:
    """The town with 谭菊会 of 金叶社区 (M1, born in 1970) and two of one name in 雨柏村."""
    town(*add_words("谭菊会", 1), "--mobile", MOBILE)
    for number, birth in ((3, "19750512"), (5, "19820303")):
        words = ["--name", "王强", "--id", id_number(number, birth), "--branch", "雨柏村"]
        town("member", "add", *words)
    return town


def reasons(row: dict[str, Any], code: str) -> list[tuple[str, str | None, list[str]]]:
    """Level, cell and candidates of each reason of one code."""
    found = [reason for reason in row["reasons"] if reason["code"] == code]
    return [(one["level"], one["cell"], one.get("candidates", [])) for one in found]


@pytest.mark.parametrize(
    ("name", "number", "branch", "mobile", "level"),
    [
        ("谭菊会", id_number(7, "19700202"), "金叶社区", MOBILE, "warn"),
        ("谭菊会", id_number(7, "19700202"), "甘田村", MOBILE, "warn"),
        ("谭菊会", id_number(7), "甘田村", "", "warn"),
        ("谭菊会", id_number(7, "19700202"), "金叶社区", "13900139000", "note"),
        ("谭菊会", id_number(7, "19700202"), "甘田村", "", None),
        ("黄秀英", id_number(7), "金叶社区", MOBILE, None),
    ],
)
def test_a_new_number_of_somebody_who_may_be_recorded_names_him(
    people: Any, tmp_path: Path, name: str, number: str, branch: str, mobile: str, level: str | None
) -> None:
    path = save(tmp_path / "a.xlsx", MEMBERS, [name, number, branch, mobile])
    (row,) = rows_of(people, "members", path, "--dry-run")
    assert reasons(row, "name_same") == ([(level, "A2", ["M1 谭菊会"])] if level else [])
    assert (row["action"], row["outcome"]) == ("add", "flagged" if level == "warn" else "accepted")


@pytest.mark.parametrize(
    ("birth", "mobile", "level"),
    [("19800101", "", "note"), ("19800101", MOBILE, "warn"), ("19700101", "", "warn")],
)
def test_one_person_twice_in_a_list_is_flagged(
    people: Any, tmp_path: Path, birth: str, mobile: str, level: str
) -> None:
    first = ["黄秀英", id_number(12), "金叶社区", MOBILE]
    later = ["黄秀英", id_number(14, birth), "金叶社区", mobile]
    path = save(tmp_path / "a.xlsx", MEMBERS, first, later)
    rows = rows_of(people, "members", path, "--dry-run")
    assert [reasons(row, "name_same") for row in rows] == [[], [(level, "A3", [])]]


def test_who_has_left_is_nobodys_double(people: Any, tmp_path: Path) -> None:
    people("member", "end", "M1", "--as", "死亡", "--on", "2026-10-01")
    path = save(tmp_path / "a.xlsx", MEMBERS, ["谭菊会", id_number(7), "金叶社区", MOBILE])
    (row,) = rows_of(people, "members", path, "--dry-run")
    assert row["reasons"] == []


@pytest.mark.parametrize(
    ("kind", "head", "cells"),
    [
        ("moves", ["何时外出", "地点"], ["2026.3", "广东深圳"]),
        ("contacts", ["联系日期", "联系方式"], ["2026-11-02", "电话"]),
        ("cards", ["活动证编号", "发证时间"], ["20260001", "2026-03-01"]),
    ],
)
def test_another_branch_than_the_recorded_one_is_flagged(
    people: Any, tmp_path: Path, kind: str, head: list[str], cells: list[str]
) -> None:
    head = [*MEMBERS[:3], *head]
    path = save(tmp_path / "a.xlsx", head, ["谭菊会", id_number(1), "甘田村", *cells])
    (row,) = rows_of(people, kind, path)
    assert (row["member"], row["outcome"]) == ("M1", "flagged")
    assert reasons(row, "branch_differs") == [("warn", "C2", ["M1 谭菊会 金叶社区党支部"])]
    people("member", "edit", "M1", "--branch", "甘田村", "--on", "2026-11-01")
    (row,) = rows_of(people, kind, path)
    assert (row["action"], reasons(row, "branch_differs")) == ("same", [])


@pytest.mark.parametrize(
    ("cells", "cell", "field", "candidates"),
    [
        (["王强", "", "甘田村", "", ""], "C2", "branch",
         ["M2 王强 雨柏村党支部", "M3 王强 雨柏村党支部"]),
        (["谭菊会", "", "金叶社区", "", "1971.3"], "E2", "birth date", ["M1 谭菊会 金叶社区党支部"]),
        (["谭菊会", "", "金叶社区", "女", "1971.3"], "D2", "sex, birth date",
         ["M1 谭菊会 金叶社区党支部"]),
        (["谭菊会", id_number(9), "甘田村", "", ""], "B2", "ID number", ["M1 谭菊会 金叶社区党支部"]),
    ],
)  # fmt: skip
def test_who_comes_nearest_is_named_with_what_differs(
    people: Any, tmp_path: Path, cells: list[str], cell: str, field: str, candidates: list[str]
) -> None:
    head = ["姓名", "身份证号", "所在党支部", "性别", "出生日期", "何时外出", "地点"]
    path = save(tmp_path / "a.xlsx", head, [*cells, "2026.3", "广东深圳"])
    (row,) = rows_of(people, "moves", path, exit=5)
    assert reasons(row, "member_not_found") == [("reject", cell, candidates)]
    (told,) = [r["message"] for r in row["reasons"] if r["code"] == "member_not_found"]
    assert told == f"{cells[0]} is recorded, but with another {field}."


def test_a_name_that_nobody_has_has_no_candidates(people: Any, tmp_path: Path) -> None:
    head = ["姓名", "所在党支部", "何时外出", "地点"]
    path = save(tmp_path / "a.xlsx", head, ["没有这人", "金叶社区", "2026.3", "广东深圳"])
    (row,) = rows_of(people, "moves", path, exit=5)
    assert reasons(row, "member_not_found") == [("reject", "A2", [])]


def test_the_registrys_word_on_a_name_brings_no_facts_of_somebody_else(
    people: Any, tmp_path: Path
) -> None:
    path = save(tmp_path / "a.xlsx", MEMBERS, ["黄秀英", id_number(1), "金叶社区", "13900139000"])
    (row,) = rows_of(people, "members", path, "--prefer", "registry", exit=5)
    assert [level for level, _cell, _who in reasons(row, "id_exists")] == ["reject"]
    (row,) = rows_of(people, "members", path, "--prefer", "file", "--dry-run")
    assert {change["field"] for change in row["changes"]} == {"name", "mobile"}


LISTS: dict[str, tuple[list[str], list[str], list[str]]] = {
    "contacts": (["联系日期", "联系方式"], ["2026-09-10", "电话"], ["2026-11-10", "电话"]),
    "moves": (["何时外出", "地点"], [], ["2026.3", "广东深圳龙岗"]),
    "survey": (["调查日期", "从业现状"], ["2026-09-10", "务工"], ["2026-11-10", "务工"]),
    "cards": (["活动证编号", "发证时间"], [], ["20260001", "2026-11-01"]),
}


@pytest.mark.parametrize("kind", LISTS)
@pytest.mark.parametrize("number", ["", id_number(1)])
def test_whose_membership_has_ended_is_told_when_and_how(
    people: Any, tmp_path: Path, kind: str, number: str
) -> None:
    """What happened before may still be recorded where the keyboard may."""
    people("survey", "open", "--name", "排查", "--since", "2026-09-01")
    people("member", "end", "M1", "--as", "死亡", "--on", "2026-10-01")
    head, before, after = LISTS[kind]
    head = [*MEMBERS[:3], *head]
    late = save(tmp_path / "a.xlsx", head, ["谭菊会", number, "金叶社区", *after])
    (row,) = rows_of(people, kind, late, exit=5)
    (told,) = [r["message"] for r in row["reasons"] if r["level"] == "reject"]
    assert told == "The membership of 谭菊会 (M1) ended on 2026-10-01 (died)."
    if before:
        early = save(tmp_path / "b.xlsx", head, ["谭菊会", number, "金叶社区", *before])
        (row,) = rows_of(people, kind, early)
        assert (row["action"], row["member"]) == ("add", "M1")


def test_a_living_member_is_meant_before_one_who_has_left(people: Any, tmp_path: Path) -> None:
    people("member", "end", "M2", "--as", "转出", "--on", "2026-10-01")
    head = ["姓名", "所在党支部", "联系日期", "联系方式"]
    path = save(tmp_path / "a.xlsx", head, ["王强", "雨柏村", "2026-09-10", "电话"],
                ["王强", "甘田村", "2026-09-10", "电话"])  # fmt: skip
    one, other = rows_of(people, "contacts", path, exit=5)
    assert one["member"] == "M3"
    assert reasons(other, "member_not_found") == [("reject", "B3", ["M3 王强 雨柏村党支部"])]
    people("member", "end", "M3", "--as", "转出", "--on", "2026-10-01")
    _, other = rows_of(people, "contacts", path, exit=5)
    assert reasons(other, "member_not_found") == [
        ("reject", "B3", [f"M{n} 王强 雨柏村党支部 (—2026-10-01)" for n in (2, 3)])
    ]


def test_who_was_away_until_the_membership_ended_is_not_said_to_be_home(
    people: Any, tmp_path: Path
) -> None:
    people("move", "out", "M1", "--to", "广东深圳龙岗", "--on", "2026-03-01")
    people("member", "end", "M1", "--as", "死亡", "--on", "2026-10-01")
    head = ["姓名", "身份证号", "何时外出", "地点"]
    path = save(tmp_path / "a.xlsx", head, ["谭菊会", id_number(1), "2026.3", "广东深圳龙岗"])
    assert rows_of(people, "moves", path)[0]["reasons"] == []
    os.utime(path)
    (row,) = rows_of(people, "moves", path, exit=5)
    assert [one["code"] for one in row["reasons"]] == ["member_ended"]
