"""Finding people by whatever one knows, and what they were on a day."""

from __future__ import annotations

from typing import Any

import pytest

from flowparty.repository.pinyin import initials
from tests.people import id_number

PEOPLE = (
    ("王小明", "13800138001"), ("欧阳贵忠", "13900001111"), ("古丽娜尔·吐尔逊", "13700002222"),
    ("梁𫖯", None), ("单雄", None), ("𬭎光", None), ("王小红", "13800138003"),
)  # fmt: skip


@pytest.fixture
def people(town: Any) -> Any:
    for number, (name, mobile) in enumerate(PEOPLE, start=1):
        extra = ("--mobile", mobile) if mobile else ()
        given = id_number(number) if number > 1 else "522325700101001"
        town("member", "add", "--name", name, "--id", given, "--branch", "金叶社区", *extra)
    town("card", "issue", "M2", "--number", "贞流证007", "--on", "2026-01-01")
    return town


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("M3", {3}), ("m3", {3}), ("王小明", {1}), ("王", {1, 7}), ("小", {1, 7}), ("小明", {1}),
        ("古丽娜尔吐尔逊", {3}), ("吐尔逊", {3}), ("梁𫖯", {4}), ("𫖯", {4}), ("𬭎", {6}),
        ("wxm", {1}), ("WXH", {7}), ("oygz", {2}), ("sx", {5}), ("8003", {7}), ("13900001111", {2}),
        ("贞流证007", {2}), ("522325700101001", {1}), ("522325197001010012", set()),
        ("无此人", set()), ("9999", set()), ("", set()), ("%", set()), ('"', set()), ("*", set()),
    ],
)  # fmt: skip
def test_every_way_to_name_somebody(people: Any, text: str, found: set[int]) -> None:
    listed = people("member", "find", text, "--format", "json").json
    assert {int(one["number"][1:]) for one in listed} == found


def test_18_and_15_digits_are_one_person(people: Any) -> None:
    (one,) = people("member", "find", "522325700101001", "--format", "json").json
    from flowparty.domain.identity import from_15

    long = from_15("522325700101001")
    assert people("member", "show", long, "--format", "json").json["number"] == one["number"]
    again = ("member", "add", "--name", "王小明", "--id", long, "--branch", "金叶社区")
    assert "Already recorded" in people(*again).err


@pytest.mark.parametrize(
    ("name", "letters"),
    [("单雄", "sx"), ("仇英", "qy"), ("曾国", "zg"), ("解珍", "xz"), ("查良", "zl"), ("朴正", "pz"),
     ("区小", "ox"), ("盖文", "gw"), ("欧阳娜", "oyn"), ("尉迟文", "ycw"), ("万俟卨", "mqx"),
     ("Anna 王", "annaw"), ("𫖯", "f")],
)  # fmt: skip
def test_initials(name: str, letters: str) -> None:
    assert initials(name) == letters


def test_a_new_name_is_found_and_the_old_one_not(people: Any) -> None:
    people("member", "edit", "M1", "--name", "王大鹏")
    assert people("member", "find", "大鹏", "--format", "json").json[0]["number"] == "M1"
    assert people("member", "find", "小明", "--format", "json").json == []
    assert people("member", "find", "wdp", "--format", "json").json[0]["number"] == "M1"


def test_dated_values_hold_from_their_day(people: Any) -> None:
    people("member", "edit", "M1", "--branch", "雨柏村", "--on", "2026-06-01")
    people("member", "edit", "M1", "--category", "预备", "--on", "2026-07-01")

    def then(day: str) -> tuple[str, str]:
        one = people("member", "show", "M1", "--as-of", day, "--format", "json").json
        return one["branch"], one["category"]

    assert then("1999-01-01") == ("金叶社区党支部", "full")
    assert then("2026-05-31") == ("金叶社区党支部", "full")
    assert then("2026-06-01") == ("雨柏村党支部", "full")
    assert then("2026-07-01") == ("雨柏村党支部", "probationary")
    words = ("member", "edit", "M1", "--branch", "雨柏村", "--on", "2026-06-01")
    assert "Already recorded" in people(*words).err
    people("member", "edit", "M1", "--branch", "甘田村", "--on", "2026-06-01")
    assert then("2026-06-01")[0] == "甘田村党支部"


def test_a_group_is_joined_and_left_by_day(people: Any) -> None:
    people(
        "org", "add", "深圳小组", "--kind", "党小组", "--parent", "金叶社区", "--class", "按流入地"
    )
    people("member", "edit", "M1", "--group", "深圳小组", "--on", "2026-03-01")
    people("member", "edit", "M1", "--group", "", "--on", "2026-09-01")
    groups = [
        people("member", "show", "M1", "--as-of", day, "--format", "json").json["group"]
        for day in ("2026-02-28", "2026-03-01", "2026-08-31", "2026-09-01")
    ]
    assert groups == [None, "深圳小组", "深圳小组", None]


def test_facts_are_taken_back_by_an_empty_word(people: Any) -> None:
    people("member", "edit", "M1", "--mobile", "")
    assert people("member", "show", "M1", "--format", "json").json["mobile"] is None


def test_lists_by_organization_and_limit(people: Any) -> None:
    people("member", "edit", "M2", "--branch", "雨柏村", "--on", "2026-01-01")
    in_branch = people("member", "list", "--org", "雨柏村", "--format", "json").json
    assert [one["number"] for one in in_branch] == ["M2"]
    assert len(people("member", "list", "--org", "O1", "--format", "json").json) == len(PEOPLE)
    assert len(people("member", "list", "--limit", "3", "--format", "json").json) == 3
