"""Lost contact: derived from activities attended and dues paid; people decide; hardship."""

from __future__ import annotations

from typing import Any

import pytest

from tests.people import NAMES, add_words


@pytest.fixture
def people(town: Any) -> Any:
    for number in range(1, 4):
        town(*add_words(NAMES[number - 1], number))
    return town


def lost(run: Any, day: str = "2026-11-28", *words: str) -> dict[str, tuple[str, str | None]]:
    found = run("member", "lost", "--as-of", day, *words, "--format", "json").json
    return {one["member_number"]: (one["stage"], one["since"]) for one in found}


def attend(run: Any, member: str, day: str, *words: str) -> None:
    run("activity", "add", f"党日{day}", "--org", "金叶社区", "--hours", "1", "--on", day)
    run("activity", "attend", f"党日{day}", member, *words)


def test_the_later_of_an_activity_and_dues(people: Any) -> None:
    people("dues", "standard", "M1", "--since", "2026-01")
    attend(people, "M1", "2026-03-10")
    assert lost(people, "2026-09-09") == {}
    assert lost(people, "2026-09-10") == {"M1": ("suspend", "2026-09-10")}
    people("dues", "pay", "M1", "--on", "2026-05-27")
    assert lost(people, "2026-11-26") == {}
    assert lost(people) == {"M1": ("suspend", "2026-11-27")}


def test_a_reversed_payment_does_not_count(people: Any) -> None:
    people("dues", "standard", "M1", "--since", "2026-01")
    people("dues", "pay", "M1", "--on", "2026-03-01")
    people("dues", "pay", "M1", "--on", "2026-10-01")
    assert lost(people) == {}
    people("dues", "reverse", "F2", "--on", "2026-11-20", "--reason", "登错人")
    assert lost(people, "2026-11-19") == {}
    assert lost(people) == {"M1": ("suspend", "2026-09-01")}


def test_being_expected_or_absent_does_not_count_nor_does_a_call(people: Any) -> None:
    attend(people, "M1", "2026-03-10")
    attend(people, "M1", "2026-10-10", "--absent")
    people("activity", "add", "党日", "--org", "金叶社区", "--hours", "1", "--on", "2026-10-11",
           "--expect", "M1")  # fmt: skip
    people("contact", "add", "M1", "--on", "2026-11-01")
    assert lost(people) == {"M1": ("suspend", "2026-09-10")}


def test_those_without_any_date_are_named_only_when_asked_for(people: Any) -> None:
    said = people("member", "lost")
    assert "3 more have neither" in said.err
    assert lost(people, "2026-11-28", "--all") == {f"M{n}": ("no_dates", None) for n in (1, 2, 3)}


def test_guests_and_the_dead_are_not_lost(people: Any) -> None:
    people(*add_words("罗客", 9), "--guest")
    people("member", "end", "M2", "--as", "死亡", "--on", "2026-11-01")
    assert set(lost(people, "2026-11-28", "--all")) == {"M1", "M3"}


def test_suspended_then_a_candidate_for_removal_after_two_years(people: Any) -> None:
    attend(people, "M1", "2023-03-10")
    people("member", "decide", "M1", "--as", "停止党籍", "--document", "长委1号", "--by", "镇党委",
           "--on", "2024-02-29")  # fmt: skip
    assert people("member", "show", "M1", "--format", "json").json["standing"] == "suspended"
    assert lost(people, "2024-02-28") == {"M1": ("suspend", "2023-09-10")}
    assert lost(people, "2026-02-27") == {}
    assert lost(people, "2026-02-28") == {"M1": ("remove", "2026-02-28")}
    people("member", "decide", "M1", "--as", "除名", "--document", "长委9号", "--by", "县委组织部",
           "--on", "2026-03-01")  # fmt: skip
    assert lost(people) == {}
    (ended,) = people("member", "list", "--ended", "--format", "json").json
    assert (ended["number"], ended["ended_on"], ended["end_reason"]) == (
        "M1", "2026-03-01", "removed",
    )  # fmt: skip
    made = people("member", "decisions", "--format", "json").json
    assert [(one["kind"], one["document"], one["by"]) for one in made] == [
        ("suspend", "长委1号", "镇党委"), ("remove", "长委9号", "县委组织部"),
    ]  # fmt: skip


def test_found_again_and_restored_the_dates_still_count(people: Any) -> None:
    attend(people, "M1", "2023-03-10")
    words = ("--by", "镇党委", "--document")
    people("member", "decide", "M1", "--as", "停止党籍", *words, "1号", "--on", "2025-01-01")
    people("member", "decide", "M1", "--as", "恢复党籍", *words, "2号", "--on", "2026-06-01")
    assert people("member", "show", "M1", "--format", "json").json["standing"] == "normal"
    assert lost(people, "2026-06-01") == {"M1": ("suspend", "2023-09-10")}
    attend(people, "M1", "2026-06-15")
    assert lost(people, "2026-06-15") == {}
    assert lost(people, "2026-12-15") == {"M1": ("suspend", "2026-12-15")}


def test_suspended_since_nobody_knows_when(people: Any) -> None:
    people(*add_words(NAMES[3], 4), "--standing", "停止党籍")
    people("member", "edit", "M4", "--post", "务工")
    attend(people, "M4", "2020-01-01")
    assert lost(people, "2026-11-28", "--all")["M4"] == ("no_dates", None)


def test_hardship_by_whom_and_until_when(people: Any) -> None:
    people("member", "hardship", "M1", "--by", "镇民政办", "--on", "2026-01-01", "--until",
           "2026-06-30", "--text", "重病")  # fmt: skip

    def listed(day: str) -> list[tuple[str, str]]:
        found = people("member", "hardship", "--as-of", day, "--format", "json").json
        return [(one["member_number"], one["by"]) for one in found]

    assert listed("2025-12-31") == []
    assert listed("2026-01-01") == listed("2026-06-30") == [("M1", "镇民政办")]
    assert listed("2026-07-01") == []
    people("member", "hardship", "M1", "--by", "镇民政办", "--on", "2026-07-01", "--until",
           "2026-12-31")  # fmt: skip
    people("member", "hardship", "M1", "--end", "--on", "2026-10-01")
    assert listed("2026-09-30") == [("M1", "镇民政办")]
    assert listed("2026-10-01") == []


def test_what_is_held_ends_with_the_membership(people: Any) -> None:
    apply = ("holding", "apply", "M1", "--kind", "岗位", "--on", "2026-01-10", "--duties", "巡山")
    people(*apply, "--name", "护林岗")
    people("holding", "recognise", "H1", "--by", "支部", "--on", "2026-02-01")
    people(*apply, "--name", "河长岗")
    people("member", "hardship", "M1", "--by", "民政办", "--on", "2026-01-01", "--until",
           "2026-12-31")  # fmt: skip
    people("member", "end", "M1", "--as", "死亡", "--on", "2026-10-01")
    before = people("status", "--as-of", "2026-09-30", "--format", "json").json
    after = people("status", "--format", "json").json
    assert (before["posts_held"], before["hardship"]) == (1, 1)
    assert (after["posts_held"], after["hardship"]) == (0, 0)
    assert people("holding", "list", "--format", "json").json == []
    ended = people("holding", "list", "--all", "--format", "json").json
    assert [(one["state"], one["ended_on"], one["refused_on"]) for one in ended] == [
        ("ended", "2026-10-01", None), ("refused", None, "2026-10-01"),
    ]  # fmt: skip


@pytest.mark.parametrize(("begins", "code"), [("2026-05-09", "16"), ("2026-05-10", "0")])
def test_hardship_may_begin_again_on_the_day_the_one_before_ended(
    town: Any, begins: str, code: str
) -> None:
    town(*add_words())
    town(
        "member", "hardship", "M1", "--by", "民政办", "--on", "2026-01-10", "--until", "2026-12-31"
    )
    town("member", "hardship", "M1", "--end", "--on", "2026-05-10")
    again = ("--by", "民政办", "--on", begins, "--until", "2027-05-09")
    town("member", "hardship", "M1", *again, exit=int(code))
