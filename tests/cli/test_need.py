"""Needs and meetings on a real file: where a need comes from, what a decision does to it."""

from __future__ import annotations

from typing import Any

import pytest

from tests.people import NAMES, add_words


@pytest.fixture
def asked(town: Any) -> Any:
    """A round in which M1 wants two things and M2 the same as M1's second; two offices."""
    town(*add_words(NAMES[0], 1))
    town(*add_words(NAMES[1], 2))
    for office in ("派出所", "人社中心"):
        town("org", "add", office, "--kind", "机关站所")
    town("survey", "open", "--name", "一轮", "--since", "2026-09-01")
    town("survey", "add", "M1", "--on", "2026-09-02", "--answer", "创业意愿=养牛", "--answer",
         "创业意愿=开店")  # fmt: skip
    town("survey", "add", "M2", "--on", "2026-09-03", "--answer", "创业意愿=开店")
    return town


def needs(run: Any) -> list[tuple[str, str]]:
    listed = run("need", "list", "--all", "--format", "json").json
    shown = [run("need", "show", one["number"], "--format", "json").json for one in listed]
    return [(one["member_number"], one["text"]) for one in shown]


def test_several_answers_are_all_gathered_or_one_is_named(asked: Any) -> None:
    words = ("need", "add", "M1", "--section", "创业意愿")
    refused = asked(*words, "--format", "json", exit=16)
    assert refused.error["code"] == "need_answers_several"
    asked(*words, "--text", "开店")
    assert "Already recorded" in asked(*words, "--text", "开店").err
    assert needs(asked) == [("M1", "开店")]
    said = asked("need", "gather", "--section", "创业意愿", "--member", "M1").err
    assert "1 needs were raised" in said
    assert "1 needs were raised" in asked("need", "gather", "--section", "创业意愿").err
    assert sorted(needs(asked)) == [("M1", "养牛"), ("M1", "开店"), ("M2", "开店")]
    assert "0 needs were raised" in asked("need", "gather", "--section", "创业意愿").err


def test_asked_again_the_same_wish_is_one_need_until_it_is_closed(asked: Any) -> None:
    asked("need", "gather", "--section", "创业意愿", "--member", "M2")
    asked("survey", "add", "M2", "--on", "2026-10-03", "--answer", "创业意愿=开店")
    again = ("need", "add", "M2", "--section", "创业意愿")
    assert "Already recorded" in asked(*again).err
    asked("need", "close", "N1", "--outcome", "本人撤回", "--on", "2026-10-01")
    asked(*again)
    assert needs(asked) == [("M2", "开店"), ("M2", "开店")]


def test_the_chain_is_traced_in_the_order_of_its_days(asked: Any) -> None:
    asked("need", "add", "M2", "--section", "创业意愿")
    asked("meeting", "add", "联席会议", "--office", "人社中心", "--on", "2026-09-10")
    asked("meeting", "decide", "G1", "--text", "办贷款", "--owner", "人社中心", "--due", "2026-09-30",
          "--need", "N1")  # fmt: skip
    asked("aid", "pot", "资金", "--source", "县里", "--amount", "1万", "--since", "2026-01-01")
    asked("aid", "allocate", "M2", "--pot", "资金", "--amount", "500", "--on", "2026-09-15")
    asked("need", "act", "N1", "--aid", "A1", "--on", "2026-09-15")
    asked("meeting", "done", "D1", "--on", "2026-09-16", "--note", "已放贷")
    asked("aid", "pay", "A1", "--amount", "500", "--on", "2026-09-17")
    asked("need", "answer", "N1", "--text", "贷款已办", "--on", "2026-09-18")
    asked("need", "close", "N1", "--outcome", "已解决", "--on", "2026-09-20")
    way = asked("need", "trace", "N1", "--format", "json").json
    assert [(one["on"], one["stage"], one["record"]) for one in way] == [
        ("2026-09-03", "survey", "一轮"), ("2026-09-10", "meeting", "G1"),
        ("2026-09-10", "decision", "D1"), ("2026-09-15", "aid", "A1"),
        ("2026-09-16", "acted", "D1"), ("2026-09-17", "paid", "Y1"),
        ("2026-09-18", "answered", None), ("2026-09-20", "closed", None),
    ]  # fmt: skip
    assert way[-1]["result"] == "solved"


def test_a_decision_is_done_although_its_need_went_on_without_it(asked: Any) -> None:
    asked("need", "add", "M2", "--section", "创业意愿")
    asked("meeting", "add", "联席会议", "--office", "人社中心", "--on", "2026-09-10")
    asked("meeting", "decide", "G1", "--text", "办贷款", "--owner", "人社中心", "--due", "2026-09-30",
          "--need", "N1")  # fmt: skip
    asked("need", "answer", "N1", "--text", "已答复", "--on", "2026-09-18")
    asked("need", "close", "N1", "--outcome", "已解决", "--on", "2026-09-20")
    asked("meeting", "done", "D1", "--on", "2026-09-25", "--note", "已放贷")
    assert asked("meeting", "decisions", "--format", "json").json == []
    way = asked("need", "trace", "N1", "--format", "json").json
    assert [one["stage"] for one in way][-1] == "acted"
    assert asked("need", "show", "N1", "--format", "json").json["state"] == "closed"


def test_aid_that_was_reversed_is_traced_as_such(asked: Any) -> None:
    asked("need", "add", "M2", "--section", "创业意愿")
    asked("need", "assign", "N1", "--office", "人社中心", "--due", "2026-12-31", "--ask", "办理", "--on",
          "2026-09-04")  # fmt: skip
    asked("aid", "pot", "资金", "--source", "县里", "--amount", "1万", "--since", "2026-01-01")
    asked("aid", "allocate", "M2", "--pot", "资金", "--amount", "500", "--on", "2026-09-15")
    asked("need", "act", "N1", "--aid", "A1", "--on", "2026-09-15")
    asked("aid", "reverse", "A1", "--on", "2026-09-16", "--reason", "登错")
    way = asked("need", "trace", "N1", "--format", "json").json
    assert [one["stage"] for one in way] == ["survey", "assigned", "aid", "reversed"]


def test_a_meeting_said_again_calls_more_and_corrects(asked: Any) -> None:
    words = ("meeting", "add", "联席会议", "--on", "2026-09-10")
    asked(*words, "--office", "派出所")
    assert "Already recorded" in asked(*words, "--office", "派出所").err
    asked(*words, "--office", "人社中心", "--chair", "王书记")
    shown = asked("meeting", "show", "G1", "--format", "json").json
    assert shown["chair"] == "王书记"
    assert [one["office"] for one in shown["offices"]] == ["派出所", "人社中心"]
    asked(*words, "--chair", "李书记")
    assert asked("meeting", "show", "G1", "--format", "json").json["chair"] == "李书记"


def test_the_latest_appraisal_of_a_year_counts(asked: Any) -> None:
    for day, result in (("2026-03-01", "不合格"), ("2026-11-01", "合格"), ("2025-12-01", "优秀")):
        asked("activity", "add", f"评议{day}", "--org", "金叶社区", "--hours", "1.5", "--kind",
              "民主评议", "--on", day)  # fmt: skip
        asked("activity", "attend", f"评议{day}", "M1", "--result", result)

    def year(of: str) -> tuple[Any, ...]:
        found = asked("activity", "hours", "--year", of, "--format", "json").json
        (one,) = [line for line in found if line["member_number"] == "M1"]
        return one["times"], one["minutes"], one["appraisal"]

    assert year("2026") == (2, 180, "qualified")
    assert year("2025") == (1, 90, "excellent")
    assert year("2024") == (0, 0, None)
