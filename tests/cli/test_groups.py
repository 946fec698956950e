"""Groups: members come and go by day; three away in one county without one are pointed out."""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING, Any

import pytest

from flowparty.repository.registry import Registry
from tests.conftest import ACTOR, now
from tests.people import NAMES, add_words

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def away(town: Any) -> Any:
    """M1 to M3 of 金叶 in 深圳龙岗 since March, M4 there in another district, M5 of 雨柏."""
    for number in range(1, 5):
        town(*add_words(NAMES[number - 1], number))
    town(*add_words(NAMES[4], 5, "雨柏村"))
    for number, place in enumerate(("深圳龙岗", "深圳龙岗", "深圳龙岗", "深圳宝安", "深圳龙岗"), 1):
        town("move", "out", f"M{number}", "--to", f"广东{place}", "--on", "2026-03-01")
    return town


def ungrouped(run: Any, *words: str) -> list[tuple[str, list[str]]]:
    found = run("org", "ungrouped", *words, "--format", "json").json
    return [(one["county"], sorted(one["people"])) for one in found]


def inside(run: Any, day: str) -> list[str]:
    shown = run("org", "show", "龙岗小组", "--as-of", day, "--format", "json").json
    return [one["name"] for one in shown["members"]]


def test_three_of_one_branch_in_one_county(away: Any) -> None:
    assert ungrouped(away) == [("440307", sorted(NAMES[:3]))]
    assert ungrouped(away, "--as-of", "2026-02-28") == []
    assert ungrouped(away, "--as-of", "2026-03-01") == [("440307", sorted(NAMES[:3]))]
    assert ungrouped(away, "--org", "雨柏村") == []
    away("move", "return", "M3", "--on", "2026-11-01")
    assert ungrouped(away) == []
    assert ungrouped(away, "--as-of", "2026-10-31") == [("440307", sorted(NAMES[:3]))]


def test_whoever_is_dead_is_not_away(away: Any) -> None:
    away("member", "end", "M3", "--as", "死亡", "--on", "2026-11-01")
    assert ungrouped(away) == []


def test_who_joins_us_while_away_counts_from_that_day(town: Any) -> None:
    """Neither in a group to be formed nor among those to be called before that."""
    for number in range(1, 4):
        town(*add_words(NAMES[number - 1], number), "--on", "2026-10-10")
        town("move", "out", f"M{number}", "--to", "广东深圳龙岗", "--on", "2026-03-01")

    def called(day: str) -> int:
        return len(town("contact", "status", "--as-of", day, "--format", "json").json)

    for day, people in (("2026-10-09", []), ("2026-10-10", sorted(NAMES[:3]))):
        assert [names for _, names in ungrouped(town, "--as-of", day)] == [people] * bool(people)
        assert called(day) == len(people)


def test_the_towns_own_size(away: Any, path: Path) -> None:
    with Registry.open(path, actor=ACTOR, command="test", now=now) as registry, registry.write():
        registry.insert_raw("setting", {"name": "group_size", "value": "4"})
    assert ungrouped(away) == []


def test_the_command_offered_works_and_settles_it(away: Any) -> None:
    said = away("org", "ungrouped").err
    (offered,) = [line for line in said.splitlines() if "flowparty org add" in line]
    away(*shlex.split(offered.partition("flowparty ")[2]))
    made = away("org", "show", "龙岗区流动党小组", "--format", "json").json
    assert (made["kind"], made["class"], made["members"]) == ("group", "place", [])
    away("org", "join", "龙岗区流动党小组", "M1", "M2", "M3", "--on", "2026-06-01")
    assert ungrouped(away) == []
    assert ungrouped(away, "--as-of", "2026-05-31") == [("440307", sorted(NAMES[:3]))]


def test_joining_and_leaving_by_day(away: Any) -> None:
    away(
        "org",
        "add",
        "龙岗小组",
        "--kind",
        "党小组",
        "--parent",
        "金叶社区",
        "--secretary",
        "王小明",
    )
    away("org", "join", "龙岗小组", "M1", "M2", "--on", "2026-06-10")
    away("org", "leave", "龙岗小组", "M2", "--on", "2026-09-30")
    assert inside(away, "2026-06-09") == []
    assert sorted(inside(away, "2026-06-10")) == sorted(NAMES[:2])
    assert sorted(inside(away, "2026-09-29")) == sorted(NAMES[:2])
    assert inside(away, "2026-09-30") == [NAMES[0]]
    assert inside(away, "2026-11-28") == [NAMES[0]]


def test_joining_another_group_leaves_the_first(away: Any) -> None:
    for name in ("龙岗小组", "宝安小组"):
        away("org", "add", name, "--kind", "党小组", "--parent", "金叶社区")
    away("org", "join", "龙岗小组", "M1", "--on", "2026-06-10")
    away("org", "join", "宝安小组", "M1", "--on", "2026-07-10")
    assert inside(away, "2026-07-09") == [NAMES[0]]
    assert inside(away, "2026-07-10") == []
    refused = away("org", "leave", "龙岗小组", "M1", "--format", "json", exit=16)
    assert refused.error["code"] == "group_other"


def test_a_group_ends_when_nobody_is_in_it(away: Any) -> None:
    away("org", "add", "龙岗小组", "--kind", "党小组", "--parent", "金叶社区")
    away("org", "join", "龙岗小组", "M1", "--on", "2026-06-10")
    refused = away("org", "end", "龙岗小组", "--on", "2026-07-01", "--format", "json", exit=16)
    assert (refused.error["code"], refused.error["people"]) == ("org_not_empty", [NAMES[0]])
    away("org", "leave", "龙岗小组", "M1", "--on", "2026-07-01")
    away("org", "end", "龙岗小组", "--on", "2026-07-01")


def test_a_service_point_keeps_hours_person_and_phone(away: Any) -> None:
    point = ["org", "add", "甘田服务点", "--kind", "服务点", "--hours", "周一至周五 9-17时",
             "--secretary", "韦安", "--phone", "0859-6651637"]  # fmt: skip
    away(*point)
    shown = away("org", "show", "甘田服务点", "--format", "json").json
    assert (shown["kind"], shown["hours"], shown["secretary"], shown["phone"]) == (
        "service_point", "周一至周五 9-17时", "韦安", "085*****1637",
    )  # fmt: skip
    assert "Already recorded" in away(*point).err
    away("org", "edit", "甘田服务点", "--hours", "周一至周日")
    assert away("org", "show", "甘田服务点", "--format", "json").json["hours"] == "周一至周日"
