"""Movements by the command line: correcting one, guests, and who is away on a day."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from flowparty.domain.dates import PartialDate
from flowparty.domain.ids import MemberId
from flowparty.domain.movements import Direction, NewMovement
from flowparty.repository import movements
from flowparty.repository.registry import Registry
from tests.conftest import ACTOR, now
from tests.people import NAMES, add_words

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def away(town: Any) -> Any:
    """M1 away since nobody knows when, to a place known only as a province."""
    town(*add_words())
    town("move", "out", "M1", "--to", "广东", "--on", "不详")
    return town


def only(run: Any, *words: str) -> Any:
    (one,) = run("move", "list", *words, "--format", "json").json
    return one


def test_what_is_learned_later_completes_the_movement(away: Any) -> None:
    assert only(away)["left_on"] is None
    assert only(away)["over_threshold"]
    away("move", "edit", "M1", "--on", "2026-08", "--to", "广东东莞", "--unit", "企业",
         "--fixed-place", "是", "--host", "东莞市某支部")  # fmt: skip
    now = only(away)
    assert (now["left_on"], now["destination_code"]) == ("2026-08", "441900")
    assert (now["unit_kind"], now["fixed_place"]) == ("private_enterprise", "yes")
    assert not now["over_threshold"]
    again = away("move", "edit", "M1", "--on", "2026-08")
    assert "Already recorded" in again.err


def test_nobody_leaves_after_arriving_or_in_the_future(away: Any) -> None:
    away("move", "arrive", "M1", "--on", "2026-05-01")
    words = ("move", "edit", "M1", "--format", "json", "--on")
    assert away(*words, "2026-06", exit=5).error["code"] == "move_before_leaving"
    assert away(*words, "2026-12", exit=5).error["code"] == "date_future"
    assert only(away)["left_on"] is None


@pytest.mark.parametrize("on", ["2026-05-01", "2025", "不详"])
def test_nobody_leaves_while_away(away: Any, on: str) -> None:
    away("move", "edit", "M1", "--on", "2026-03-05")
    away("move", "return", "M1", "--on", "2026-09-01")
    words = ("--on", on, "--format", "json")
    refused = away("move", "out", "M1", "--to", "广东东莞", *words, exit=16)
    assert refused.error["code"] == "move_overlaps"
    away("move", "out", "M1", "--to", "广东东莞", "--on", "2026-09-01")
    assert away("move", "edit", "M1", *words, exit=16).error["code"] == "move_overlaps"
    assert only(away)["left_on"] == "2026-09-01"
    away("move", "edit", "M1", "--on", "2026-10")


def test_nobody_at_home_is_corrected(away: Any) -> None:
    away(*add_words("韦安", 3))
    refused = away("move", "edit", "M2", "--to", "广东东莞", "--format", "json", exit=16)
    assert refused.error["code"] == "move_none_open"


def test_guests_come_and_leave_and_never_count(town: Any) -> None:
    town(*add_words(NAMES[1], 1), "--guest")
    town("move", "in", "M1", "--from", "兴义市", "--on", "2026-05-06", "--host", "兴义市某支部")
    assert town("move", "list", "--format", "json").json == []
    assert only(town, "--guests")["direction"] == "in"
    assert town("ledger", "show", "--people", "--format", "json").json == []
    assert town("member", "list", "--format", "json").json == []
    assert len(town("member", "list", "--guests", "--format", "json").json) == 1
    town("move", "return", "M1", "--on", "2026-11-01")
    assert town("move", "list", "--guests", "--format", "json").json == []


def test_a_refused_or_withdrawn_departure_may_be_recorded_anew(away: Any) -> None:
    away("move", "refuse", "M1", "--note", "查无此人")
    assert away("move", "list", "--format", "json").json == []
    away("move", "out", "M1", "--to", "广东东莞", "--on", "2026-10-01")
    away("move", "withdraw", "M1")
    assert "Already recorded" in away("move", "withdraw", "M1").err
    away("move", "out", "M1", "--to", "广东深圳", "--on", "2026-10-02")
    assert [state for *_, state in ends(away)] == ["refused", "withdrawn", "waiting"]
    away("move", "withdraw", "M1", "--on", "2026-10-20")
    assert ends(away)[1:] == [
        ("2026-10-01", "2026-10-01", "withdrawn"),
        ("2026-10-02", "2026-10-20", "withdrawn"),
    ]


def test_a_withdrawn_departure_since_nobody_knows_when_needs_its_day(away: Any) -> None:
    refused = away("move", "withdraw", "M1", "--format", "json", exit=5)
    assert refused.error["code"] == "move_withdraw_day"
    away("move", "withdraw", "M1", "--on", "2026-10-20")
    assert ends(away) == [(None, "2026-10-20", "withdrawn")]


def test_who_is_away_by_branch_and_day(away: Any) -> None:
    away(*add_words("韦安", 3, "雨柏村"))
    away("move", "out", "M2", "--to", "长田镇甘田村", "--on", "2026-03-05")
    assert [only(away, "--org", name)["member_number"] for name in ("金叶社区", "雨柏村")] == [
        "M1",
        "M2",
    ]
    assert only(away, "--org", "雨柏村")["scope"] == "in_town"
    assert len(away("move", "list", "--as-of", "2026-03-04", "--format", "json").json) == 1
    assert len(away("move", "list", "--limit", "1", "--format", "json").json) == 1


@pytest.fixture
def home(away: Any) -> Any:
    """M1 came home from two times away, of which the first began on 2026-01-10."""
    away("move", "edit", "M1", "--on", "2026-01-10")
    away("move", "return", "M1", "--on", "2026-05-01")
    away("move", "out", "M1", "--to", "广东东莞", "--on", "2026-07-01")
    away("move", "arrive", "M1", "--on", "2026-07-05")
    away("move", "return", "M1", "--on", "2026-09-01")
    return away


def ends(run: Any) -> list[Any]:
    listed = run("move", "list", "--all", "--format", "json").json
    return [(one["left_on"], one["ended_on"], one["state"]) for one in listed]


def test_the_end_of_a_movement_is_corrected_by_another_day_or_by_none(home: Any) -> None:
    home("move", "edit", "M1", "--ended", "2026-09-11")
    home("move", "edit", "M1", "--began", "2026-01-10", "--ended", "2026-06-01", "--to", "浙江")
    assert ends(home) == [
        ("2026-01-10", "2026-06-01", "returned"),
        ("2026-07-01", "2026-09-11", "returned"),
    ]
    assert "Already recorded" in home("move", "edit", "M1", "--ended", "2026-09-11").err
    home("move", "edit", "M1", "--ended", "未返回")
    assert ends(home)[1] == ("2026-07-01", None, "arrived")
    shown = home("move", "show", "M1", "--format", "json").json
    assert [(one["left_on"], one["destination"]) for one in shown["earlier"]] == [
        ("2026-01-10", "浙江省")
    ]


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("--began", "2026-01-10", "--ended", "2026-07-02"), "move_overlaps"),
        (("--began", "2026-01-10", "--ended", "未返回"), "move_overlaps"),
        (("--began", "2026-07-01", "--on", "2026-04-30"), "move_overlaps"),
        (("--began", "2026-02-10", "--ended", "2026-07-02"), "move_none_began"),
        (("--ended", "2026-06-30"), "move_before_leaving"),
        (("--ended", "2026-07-04"), "move_before_arrival"),
        (("--ended", "2026-12-01"), "date_future"),
        (("--began", "2026-07-01", "--on", "2026-09-02"), "move_before_leaving"),
        (("--to", "浙江"), "move_none_open"),
    ],
)
def test_an_end_is_corrected_only_to_what_can_be(
    home: Any, words: tuple[str, ...], code: str
) -> None:
    before = ends(home)
    exit_code = {"move_none_began": 6, "move_overlaps": 16, "move_none_open": 16}.get(code, 5)
    refused = home("move", "edit", "M1", *words, "--format", "json", exit=exit_code)
    assert (refused.error["code"], ends(home)) == (code, before)


def test_an_end_that_came_with_the_membership_s_stays_with_it(home: Any) -> None:
    home("move", "edit", "M1", "--ended", "未返回")
    refused = home("move", "edit", "M1", "--began", "2026-07-01", "--ended", "2026-10-01",
                   "--format", "json", exit=16)  # fmt: skip
    assert refused.error["code"] == "move_not_ended"
    home("member", "end", "M1", "--as", "死亡", "--on", "2026-10-01")
    words = ("move", "edit", "M1", "--format", "json", "--ended")
    assert home(*words, "未返回", exit=16).error["code"] == "move_ended_with_member"
    home("move", "edit", "M1", "--began", "2026-01-10", "--ended", "2026-05-02")


def test_nobody_whose_membership_is_over_is_away_again(home: Any) -> None:
    home("member", "end", "M1", "--as", "死亡", "--on", "2026-10-01")
    words = ("move", "edit", "M1", "--format", "json", "--ended")
    for later in ("2026-10-02", "未返回"):
        assert home(*words, later, exit=16).error["code"] == "member_ended"
    home(*words, "2026-10-01")


def test_a_movement_that_never_was_ends_the_day_it_began(away: Any) -> None:
    away("move", "edit", "M1", "--on", "2026-03-05")
    away("move", "return", "M1", "--on", "2026-09-01")
    away("move", "edit", "M1", "--ended", "2026-03-05")
    away("move", "out", "M1", "--to", "广东东莞", "--on", "2026-02-01")
    assert only(away)["left_on"] == "2026-02-01"


def test_two_times_away_that_overlap_in_an_older_book_are_parted(home: Any, path: Path) -> None:
    new = NewMovement(Direction.OUT, PartialDate.from_iso("2026-08-20"), "441900", "东莞")
    opened = Registry.open(path, actor=ACTOR, command="move out", now=now)
    with opened as registry, registry.write():
        movements.add(registry, MemberId(1), new, returned_on=date(2026, 10, 10))
    assert home("ledger", "export", "--period", "2026-08", "--output", "out", exit=16)
    home("move", "edit", "M1", "--on", "2026-09-01", "--began", "2026-08-20")
    home("ledger", "export", "--period", "2026-08", "--output", "out")
    assert ends(home)[2] == ("2026-09-01", "2026-10-10", "returned")
