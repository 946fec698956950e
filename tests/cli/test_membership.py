"""Membership that goes on: a guest joins, somebody comes back, a wrong end is taken back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from flowparty.domain.balance import INTO, OUT_OF
from tests.intake.lists import save
from tests.people import NAMES, id_number

if TYPE_CHECKING:
    from pathlib import Path

NUMBER = id_number(1)
ADD = f"member add --name {NAMES[0]} --id {NUMBER} --branch 金叶社区"


def counted(on_day: Any, month: str) -> int:
    """How many a month counts as away; its findings must be none."""
    on_day("2026-11-28", f"report check --period {month}")
    rows = on_day("2026-11-28", f"ledger show --period {month} --format json").json
    return int(rows[0]["away"])


def ways(on_day: Any, month: str) -> dict[str, list[str]]:
    """By which ways people came into a month's figure or left it."""
    diff = on_day("2026-11-28", f"report diff --period {month} --format json").json
    return {way: [one["name"] for one in diff[way]] for way in (*INTO, *OUT_OF) if diff[way]}


@pytest.fixture
def left(on_day: Any) -> Any:
    """Away since January, transferred out on 20 May; April and June are closed."""
    on_day("2026-01-03", ADD)
    on_day("2026-01-03", "move out M1 --to 广东东莞 --on 2026-01-02")
    on_day("2026-04-28", "report close --period 2026-04")
    on_day("2026-05-20", "member end M1 --as 转出 --on 2026-05-20")
    on_day("2026-06-28", "report close --period 2026-06")
    return on_day


def test_who_comes_back_is_the_same_record_from_that_day_on(left: Any) -> None:
    for words, code, status in (
        (ADD, "member_again_day", 5),
        (f"{ADD} --on 2026-05-20", "member_again_early", 5),
        (f"{ADD.replace(NAMES[0], NAMES[1])} --on 2026-07-10", "id_exists", 16),
    ):
        assert left("2026-07-10", f"{words} --format json", status).error["code"] == code
    back = left("2026-07-10", f"{ADD} --on 2026-07-10 --mobile 13900000001 --format json").json
    assert (back["number"], back["ended_on"], back["again_on"]) == ("M1", None, "2026-07-10")
    assert "Already recorded" in left("2026-07-11", f"{ADD} --on 2026-07-10").err
    left("2026-07-12", "move out M1 --to 广东东莞 --on 2026-07-12")
    for day, ended in (
        ("2026-05-19", None),
        ("2026-05-20", "2026-05-20"),
        ("2026-07-09", "2026-05-20"),
        ("2026-07-10", None),
    ):
        shown = left("2026-11-28", f"member show M1 --as-of {day} --format json").json
        assert shown["ended_on"] == ended, day
        gone = left("2026-11-28", f"member list --ended --as-of {day} --format json").json
        assert [one["number"] for one in gone] == ([] if ended is None else ["M1"])
    months = ("2026-04", "2026-05", "2026-06", "2026-07")
    assert [counted(left, month) for month in months] == [1, 0, 0, 1]
    assert ways(left, "2026-07") == {"went_away": [NAMES[0]]}
    left("2026-07-28", "report close --period 2026-07")
    left("2026-11-28", "db check")


def test_a_wrong_day_of_coming_back_is_corrected_by_the_right_one(left: Any) -> None:
    left("2026-07-10", f"{ADD} --on 2026-07-10")
    early = left("2026-07-11", f"{ADD} --on 2026-05-20 --format json", 5)
    assert early.error["code"] == "member_again_early"
    right = left("2026-07-11", f"{ADD} --on 2026-06-15 --format json").json
    assert (right["again_on"], right["category"]) == ("2026-06-15", "full")
    assert "Already recorded" in left("2026-07-12", f"{ADD} --on 2026-06-15").err
    for day, ended in (("2026-06-14", "2026-05-20"), ("2026-06-15", None)):
        shown = left("2026-11-28", f"member show M1 --as-of {day} --format json").json
        assert shown["ended_on"] == ended, day
    left("2026-07-13", "member end M1 --as 转出 --on 2026-06-15")
    gone = left("2026-11-28", "member list --ended --as-of 2026-06-20 --format json").json
    assert [one["number"] for one in gone] == ["M1"], "a return that never was ends on its own day"
    left("2026-11-28", "db check")


def test_a_second_leave_and_return_keep_the_first(left: Any) -> None:
    left("2026-07-10", f"{ADD} --on 2026-07-10")
    early = left("2026-07-20", "member end M1 --as 转出 --on 2026-07-09 --format json", 5)
    assert early.error["code"] == "member_end_before"
    left("2026-07-20", "member end M1 --as 转出 --on 2026-07-20")
    left("2026-09-01", f"{ADD} --on 2026-09-01")
    for day, ended in (("2026-06-01", True), ("2026-07-15", False), ("2026-08-01", True),
                       ("2026-09-01", False)):  # fmt: skip
        shown = left("2026-11-28", f"member show M1 --as-of {day} --format json").json
        assert (shown["ended_on"] is not None) is ended, day


def test_a_return_that_begins_while_away_counts_from_then_on(left: Any) -> None:
    left("2026-07-10", f"{ADD} --on 2026-07-10")
    left("2026-07-12", "move out M1 --to 广东东莞 --on 2026-06-01")
    assert [counted(left, month) for month in ("2026-06", "2026-07")] == [0, 1]
    assert ways(left, "2026-07") == {"transferred_in": [NAMES[0]]}


def test_who_died_does_not_come_back(on_day: Any) -> None:
    on_day("2026-01-03", ADD)
    on_day("2026-05-20", "member end M1 --as 死亡 --on 2026-05-20")
    ran = on_day("2026-07-10", f"{ADD} --on 2026-07-10 --format json", 16)
    assert ran.error["code"] == "member_ended"


def test_a_wrong_end_is_taken_back_with_all_that_ended_with_it(left: Any) -> None:
    bare = left("2026-07-10", "member reopen M1 --format json", 2)
    assert bare.error["code"] == "member_reopen_reason"
    back = left("2026-07-10", "member reopen M1 --reason 误登 --format json").json
    assert (back["ended_on"], back["again_on"]) == (None, None)
    assert "Already recorded" in left("2026-07-10", "member reopen M1 --reason 误登").err
    assert [counted(left, month) for month in ("2026-04", "2026-05", "2026-07")] == [1, 1, 1]
    assert counted(left, "2026-06") == 0, "it is closed"
    assert ways(left, "2026-07") == {"corrected_in": [NAMES[0]]}
    (told,) = left("2026-11-28", "report diff --period 2026-07 --format json").json["corrections"]
    assert (told["field"], told["months"], told["why"]) == ("away", ["2026-06"], "误登")
    left("2026-11-28", "db check")


def test_what_a_post_and_a_recognition_were_is_taken_back_too(on_day: Any) -> None:
    on_day("2026-01-03", ADD)
    on_day("2026-01-03", "member hardship M1 --by 镇党委 --on 2026-01-01 --until 2026-12-31")
    on_day(
        "2026-02-01", "holding apply M1 --kind 岗位 --name 政策宣传岗 --duties 宣传 --on 2026-02-01"
    )
    on_day("2026-05-20", "member end M1 --as 转出 --on 2026-05-20")
    on_day("2026-05-21", "member reopen M1 --reason 误登")
    (hardship,) = on_day("2026-06-01", "member hardship --format json").json
    (holding,) = on_day("2026-06-01", "holding list --format json").json
    assert (hardship["ended_on"], holding["state"]) == (None, "applied")


def test_a_corrected_number_takes_along_what_was_taken_from_it(on_day: Any) -> None:
    on_day("2026-01-03", ADD)
    other = id_number(2, "19710203")
    edited = on_day("2026-01-04", f"member edit M1 --id {other} --format json").json
    assert (edited["sex"], edited["birth_date"]) == ("female", "1971-02-03")
    back = f"member edit M1 --id {NUMBER} --birth 1971-02-03 --format json"
    assert on_day("2026-01-04", back, 5).error["code"] == "id_birth_mismatch"


@pytest.fixture
def guest(on_day: Any) -> Any:
    """A guest since February."""
    on_day("2026-02-01", f"{ADD} --guest")
    on_day("2026-02-01", "move in M1 --from 浙江宁波 --on 2026-02-01")
    return on_day


def test_a_guest_who_joins_is_ours_from_that_day_on(guest: Any) -> None:
    ran = guest("2026-11-20", f"{ADD} --format json", 5)
    assert ran.error["code"] == "member_again_day"
    joined = guest("2026-11-20", f"{ADD} --on 2026-11-20 --format json").json
    assert (joined["number"], joined["guest"], joined["again_on"]) == ("M1", False, "2026-11-20")
    guest("2026-11-21", f"{ADD} --on 2026-11-18")
    guest("2026-11-21", f"{ADD} --on 2026-11-20")
    guest("2026-11-21", "move out M1 --to 广东东莞 --on 2026-11-21")
    (stay,) = guest("2026-11-28", "move list --guests --all --format json").json
    assert (stay["ended_on"], stay["state"]) == ("2026-11-20", "transferred")
    for day, ours in (("2026-11-19", 0), ("2026-11-20", 1)):
        own = guest("2026-11-28", f"member list --as-of {day} --format json").json
        guests = guest("2026-11-28", f"member list --guests --as-of {day} --format json").json
        assert (len(own), len(guests)) == (ours, 1 - ours), day
    assert [counted(guest, month) for month in ("2026-10", "2026-11")] == [0, 1]
    guest("2026-11-28", "db check")


def test_a_list_of_members_does_not_pass_over_a_guest(guest: Any, tmp_path: Path) -> None:
    headings = ("姓名", "公民身份证号", "所在党支部")
    path = save(tmp_path / "名册.xlsx", headings, (NAMES[0], NUMBER, "金叶社区党支部"))
    ran = guest("2026-11-20", f"import members {path} --dry-run --format json", 3)
    (row,) = ran.json["rows"]
    assert (row["outcome"], [one["code"] for one in row["reasons"]]) == (
        "refused", ["member_guest"],
    )  # fmt: skip
