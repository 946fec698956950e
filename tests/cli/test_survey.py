"""A survey round from opening to refusal to closing, and everything that is wrong on the way."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from openpyxl import Workbook

from tests.people import NAMES, add_words

if TYPE_CHECKING:
    from pathlib import Path

ROUND = "2026年秋季"


@pytest.fixture
def round_(town: Any) -> Any:
    """Three people in two branches, and a round that is to reach them."""
    for number, branch in enumerate(("金叶社区", "金叶社区", "雨柏村"), start=1):
        town(*add_words(NAMES[number], number, branch))
    town("survey", "open", "--name", ROUND, "--since", "2026-09-01", "--section", "培训需求")
    return town


def sheet(run: Any, member: str, *words: str, exit: int = 0) -> Any:  # noqa: A002
    return run("survey", "add", member, "--on", "2026-09-05", *words, "--format", "json", exit=exit)


def status(run: Any) -> Any:
    return run("survey", "status", "--format", "json").json


def test_a_round_has_six_sections_four_of_them_fixed(round_: Any) -> None:
    shown = round_("survey", "show", "--format", "json").json
    names = [section["section"] for section in shown["sections"]]
    assert names == ["从业现状", "创业意愿", "困难问题", "意见建议", "培训需求", "返乡打算"]
    assert "外出务工" in shown["sections"][0]["answers"]


def test_the_frame_is_everybody_of_the_branches_on_that_day(round_: Any) -> None:
    people = round_("survey", "frame", "list", "--format", "json").json
    assert {person["member_number"] for person in people} == {"M1", "M2", "M3"}
    round_(*add_words("韦安", 9))
    assert status(round_)["frame"] == 3


def test_coverage_is_outcome_known_and_interviewed_stands_beside(round_: Any) -> None:
    sheet(round_, "M1", "--answer", "困难问题=子女上学", "--answer", "意见建议=修路")
    sheet(round_, "M2", "--outcome", "拒绝", "--attempts", "2")
    now = status(round_)
    assert (now["frame"], now["done"], now["refused"]) == (3, 1, 1)
    assert now["coverage"] == pytest.approx(2 / 3)
    assert now["interviewed"] == pytest.approx(1 / 3)
    assert now["missing"] == [f"M3 {NAMES[3]}"]
    assert [branch["coverage"] for branch in now["branches"]] == [1.0, 0.0]


def test_closing_is_refused_naming_who_is_missing_then_done(round_: Any) -> None:
    sheet(round_, "M1")
    refused = round_("survey", "close", "--format", "json", exit=16)
    assert refused.error["code"] == "survey_incomplete"
    assert refused.error["people"] == [f"M2 {NAMES[2]}", f"M3 {NAMES[3]}"]
    sheet(round_, "M2", "--outcome", "不在")
    sheet(round_, "M3", "--outcome", "未联系上")
    assert round_("survey", "close", "--format", "json").json["closed_on"] == "2026-11-28"
    assert sheet(round_, "M1", "--attempts", "2", exit=16).error["code"] == "survey_closed"


def test_a_second_sheet_corrects_the_first_and_both_stay(round_: Any) -> None:
    sheet(round_, "M1", "--outcome", "不在")
    sheet(round_, "M1", "--answer", "创业意愿=正在创业")
    sheets = round_("survey", "show", "--member", "M1", "--format", "json").json
    assert [one["outcome"] for one in sheets] == ["absent", "done"]
    assert status(round_)["done"] == 1
    assert status(round_)["absent"] == 0


def test_the_same_sheet_again_is_recorded_already(round_: Any) -> None:
    first = sheet(round_, "M1", "--answer", "困难问题=无")
    again = sheet(round_, "M1", "--answer", "困难问题=无")
    assert first.json == again.json
    assert "Already recorded" in again.err


def test_facts_learned_are_shown_and_written_with_the_sheet(round_: Any) -> None:
    round_("move", "out", "M1", "--to", "广东东莞", "--on", "2026-03")
    words = ("--mobile", "13900001111", "--to", "浙江宁波北仑", "--occupation", "模具工")
    before = round_("history", "M1", "--format", "json").json
    tried = sheet(round_, "M1", *words, "--dry-run")
    assert "模具工" in tried.err
    assert round_("history", "M1", "--format", "json").json == before
    sheet(round_, "M1", *words)
    (move,) = round_("move", "list", "--format", "json").json
    assert (move["destination_code"], move["occupation"]) == ("330206", "模具工")
    assert round_("member", "find", "1111", "--format", "json").json[0]["number"] == "M1"
    written = {line["seq"] for line in round_("history", "M1", "--format", "json").json}
    assert len(written) == len({line["seq"] for line in before}) + 1


@pytest.mark.parametrize(
    ("words", "exit_code", "code"),
    [
        (("--answer", "天气=好"), 5, "survey_section_unknown"),
        (("--answer", "没有等号"), 5, "survey_answer_form"),
        (("--outcome", "不在", "--answer", "困难问题=无"), 5, "survey_answers_without_talk"),
        (("--outcome", "睡着了"), 5, "value_unrecognised"),
        (("--mobile", "123"), 5, "phone_invalid"),
        (("--occupation", "木工"), 16, "move_none_open"),
        (("--round", "没有"), 6, "survey_not_found"),
    ],
)
def test_wrong_sheets_write_nothing(
    round_: Any, words: tuple[str, ...], exit_code: int, code: str
) -> None:
    before = round_("history", "M1", "--format", "json").json
    assert sheet(round_, "M1", *words, exit=exit_code).error["code"] == code
    assert status(round_)["done"] == 0
    assert round_("history", "M1", "--format", "json").json == before


def test_an_answer_before_the_round_or_of_somebody_outside_is_refused(round_: Any) -> None:
    early = round_("survey", "add", "M1", "--on", "2026-08-31", "--format", "json", exit=5)
    assert early.error["code"] == "survey_before_round"
    round_(*add_words("韦安", 9))
    assert sheet(round_, "M4", exit=16).error["code"] == "survey_outside_frame"
    round_("survey", "frame", "add", "M4")
    sheet(round_, "M4")


def test_nobody_is_dropped_without_a_reason(round_: Any) -> None:
    words = ("survey", "frame", "drop", "M3", "--format", "json")
    assert round_(*words, exit=5).error["code"] == "survey_drop_needs_reason"
    round_(*words, "--reason", "已搬走")
    assert status(round_)["frame"] == 2
    sheet(round_, "M1")
    refused = round_("survey", "frame", "drop", "M1", "--reason", "x", "--format", "json", exit=16)
    assert refused.error["code"] == "survey_drop_known"


def test_one_branch_is_one_teams_work(round_: Any) -> None:
    round_("survey", "team", "add", "一组", "--person", "韦光明", "--branch", "金叶社区")
    taken = ("survey", "team", "add", "二组", "--person", "李国", "--branch", "金叶社区")
    assert round_(*taken, "--format", "json", exit=16).error["code"] == "survey_branch_taken"
    round_("survey", "team", "end", "一组", "--on", "2026-11-28")
    round_(*taken, "--on", "2026-11-28")
    teams = round_("survey", "team", "list", "--format", "json").json
    assert [team["branches"] for team in teams] == [[], ["金叶社区党支部"]]
    names = [team["name"] for team in status(round_)["teams"]]
    assert names == ["二组", ""]


def test_answers_are_counted_beside_the_round_before(round_: Any) -> None:
    sheet(round_, "M1", "--answer", "困难问题=子女上学")
    for member in ("M2", "M3"):
        sheet(round_, member, "--outcome", "不在")
    round_("survey", "close", "--on", "2026-09-30")
    round_("survey", "open", "--name", "2026年冬季", "--since", "2026-11-01")
    for member in ("M1", "M2"):
        words = ("--on", "2026-11-05", "--answer", "困难问题=子女上学")
        round_("survey", "add", member, *words)
    round_("survey", "add", "M3", "--on", "2026-11-06", "--answer", "困难问题=缺水")
    counted = round_("survey", "answers", "--format", "json").json
    found = {(line["section"], line["answer"]): line for line in counted}
    school = found["困难问题", "子女上学"]
    assert (school["people"], school["before"]) == (2, 1)
    assert found["困难问题", ""]["people"] == 1


def test_usual_answers_are_the_towns_and_old_rounds_stay_readable(round_: Any) -> None:
    round_("survey", "section", "困难问题", "--add", "缺水", "--drop", "住房")
    sheet(round_, "M1", "--answer", "困难问题=缺水")
    used = round_("survey", "section", "困难问题", "--drop", "缺水", "--format", "json", exit=16)
    assert used.error["code"] == "survey_answer_used"
    round_("survey", "open", "--name", "下一轮", "--since", "2026-11-01")
    new = round_("survey", "section", "困难问题", "--format", "json").json["answers"]
    assert "缺水" in new
    assert "住房" not in new


def test_a_round_is_opened_once(round_: Any) -> None:
    words = ("survey", "open", "--name", ROUND, "--format", "json")
    same = round_(*words, "--since", "2026-09-01", "--section", "培训需求")
    assert "Already recorded" in same.err
    assert round_(*words, "--since", "2026-10-01", exit=16).error["code"] == "survey_exists"
    three = [word for name in ("一", "二", "三") for word in ("--section", name)]
    assert round_(*words[:3], "又一轮", *three, "--format", "json", exit=5).error["code"] == (
        "survey_sections_wrong"
    )


def test_a_list_of_names_becomes_a_frame_and_nobody_silently(round_: Any, tmp_path: Path) -> None:
    round_(*add_words("韦安", 9))
    round_(*add_words("尉迟文", 11, "甘田村"))
    book = Workbook()
    sheet_: Any = book.active
    for row in (["户主名单"], ["序号", "姓名", "所在党支部"], [1, "韦安", "金叶社区"],
                [2, NAMES[1], "金叶社区"], [3, "无此人", "甘田村"]):  # fmt: skip
        sheet_.append(row)
    path = tmp_path / "名单.xlsx"
    book.save(path)
    refused = round_("survey", "frame", "import", str(path), exit=5)
    assert "row 5: 无此人 fits nobody" in refused.err
    assert status(round_)["frame"] == 3
    round_("survey", "frame", "import", str(path), "--skip-bad", exit=3)
    assert status(round_)["frame"] == 4
