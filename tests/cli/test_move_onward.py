"""Moving on from one place to another: the months away run on, and closed months stay right."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.cli.test_import_kinds import rows_of
from tests.cli.test_import_moves import codes, roster
from tests.cli.test_report import DECEMBER, NOVEMBER, corrected, explained, parts
from tests.people import NAMES, add_words

if TYPE_CHECKING:
    from pathlib import Path

ONWARD = ("move", "onward", "M1", "--to", "浙江杭州", "--on")


@pytest.fixture
def away(town: Any) -> Any:
    """M1 left for 深圳 on 2026-03-05 and arrived."""
    town(*add_words(NAMES[0], 1))
    town("move", "out", "M1", "--to", "广东深圳", "--on", "2026-03-05", "--why", "经商",
         "--unit", "企业", "--host", "深圳市某支部")  # fmt: skip
    town("move", "arrive", "M1", "--on", "2026-03-10")
    return town


@pytest.fixture
def december(away: Any, monkeypatch: pytest.MonkeyPatch) -> Any:
    """November is closed, and it is the 28th of December."""
    away("report", "close", *NOVEMBER)
    monkeypatch.setenv("FLOWPARTY_TODAY", "2026-12-28")
    return away


def moves(run: Any, *words: str) -> list[Any]:
    listed = run("move", "list", *words, "--format", "json").json
    return [(one["left_on"], one["away_since"], one["destination"], one["state"]) for one in listed]


def test_who_moves_on_is_away_since_he_left_home(away: Any) -> None:
    away(*ONWARD, "2026-10-01")
    assert moves(away) == [("2026-10-01", "2026-03-05", "浙江省–杭州市", "waiting")]
    assert moves(away, "--as-of", "2026-09-30") == [
        ("2026-03-05", "2026-03-05", "广东省–深圳市", "arrived")
    ]
    now = away("move", "show", "M1", "--format", "json").json
    assert (now["over_threshold"], now["reason"], now["host_org"]) == (True, "business", None)
    assert [(one["state"], one["ended_on"]) for one in now["earlier"]] == [("onward", "2026-10-01")]
    (row,) = away("ledger", "show", "--people", "--format", "json").json
    assert (row["left_on"], row["over_threshold"]) == ("2026-03-05", True)
    assert "Already recorded" in away(*ONWARD, "2026-10-01").err
    assert len(moves(away, "--all")) == 2


def test_who_moves_on_again_and_left_nobody_knows_when(away: Any) -> None:
    away(*ONWARD, "2026-06-01")
    away("move", "onward", "M1", "--to", "江苏苏州", "--on", "2026-11-01")
    assert moves(away)[0][:2] == ("2026-11-01", "2026-03-05")
    away("move", "edit", "M1", "--began", "2026-03-05", "--on", "不详")
    assert moves(away)[0][:2] == ("2026-11-01", None)
    (row,) = away("ledger", "show", "--people", "--format", "json").json
    assert (row["left_on"], row["over_threshold"]) == (None, True)
    away("move", "return", "M1", "--on", "2026-11-10")
    away("move", "out", "M1", "--to", "广东深圳", "--on", "2026-11-12")
    assert moves(away)[0][:2] == ("2026-11-12", "2026-11-12")


def test_moving_on_corrects_no_month_that_was_right(december: Any) -> None:
    december(*ONWARD, "2026-12-10")
    assert corrected(december, *DECEMBER) == []
    assert set(parts(december, *DECEMBER)) == {"opening", "closing"}
    december("report", "check", *DECEMBER)
    december("report", "close", *DECEMBER)


def test_moving_on_recorded_late_corrects_the_place_only(december: Any) -> None:
    december("--clerk", "甲", *ONWARD, "2026-11-10")
    assert corrected(december, *DECEMBER) == [("2026-11", "destination_code", "440300", "330100")]
    assert explained(december, *DECEMBER) == {"destination_code": ("甲", "move onward")}


def test_the_day_of_leaving_home_is_corrected_on_the_first_movement(december: Any) -> None:
    december(*ONWARD, "2026-11-10")
    december("report", "close", *DECEMBER)
    december("--clerk", "乙", "move", "edit", "M1", "--began", "2026-03-05", "--on", "2026-02-05")
    found = december("report", "diff", "--period", "2027-01", "--format", "json").json
    assert [(one["field"], one["now"], one["by"]) for one in found["corrections"]] == [
        ("left", "2026-02-05", "乙")
    ]


def test_who_did_not_move_on_stayed_where_he_was(away: Any) -> None:
    away(*ONWARD, "2026-10-01")
    away("move", "withdraw", "M1")
    assert moves(away) == [("2026-03-05", "2026-03-05", "广东省–深圳市", "arrived")]
    assert moves(away, "--all")[1][::3] == ("2026-10-01", "withdrawn")
    away(*ONWARD, "2026-10-08")
    assert moves(away)[0][:2] == ("2026-10-08", "2026-03-05")


@pytest.mark.parametrize(
    ("line", "exit_code", "code"),
    [
        ("move onward M1 --to 江苏苏州 --on 2026-09-30", 5, "move_onward_first"),
        ("move onward M2 --to 浙江杭州", 16, "move_none_open"),
        ("move edit M1 --on 2026-09-01", 16, "move_continued"),
        ("move edit M1 --began 2026-03-05 --ended 2026-09-01", 16, "move_ended_onward"),
        ("move edit M1 --began 2026-03-05 --ended 未返回", 16, "move_overlaps"),
        ("move out M1 --to 浙江杭州 --on 2026-10-02", 16, "move_already_open"),
    ],
)
def test_what_cannot_be(away: Any, line: str, exit_code: int, code: str) -> None:
    away(*add_words(NAMES[1], 3))
    away(*ONWARD, "2026-09-30")
    before = moves(away, "--all")
    refused = away(*line.split(), "--format", "json", exit=exit_code)
    assert (refused.error["code"], moves(away, "--all")) == (code, before)


def test_nobody_moves_on_before_arriving_nor_does_a_guest(away: Any) -> None:
    away(*add_words(NAMES[1], 3), "--guest")
    away("move", "in", "M2", "--from", "兴义市", "--on", "2026-05-06")
    early = away(*ONWARD, "2026-03-09", "--format", "json", exit=5)
    guest = away("move", "onward", "M2", "--to", "浙江杭州", "--format", "json", exit=16)
    assert (early.error["code"], guest.error["code"]) == ("move_before_arrival", "move_guest_out")


@pytest.mark.parametrize("left", ["2026.3.5", "2026.3", "2026.10.1", ""])
def test_a_roster_speaks_of_who_moved_on_as_away_still(
    away: Any, tmp_path: Path, left: str
) -> None:
    away(*ONWARD, "2026-10-01")
    before = moves(away, "--all")
    (row,) = rows_of(away, "moves", roster(tmp_path / "a.xlsx", (left, "浙江杭州", "")))
    assert (row["action"], moves(away, "--all")) == ("same", before)
    assert codes(row) == ["destination_partial"]
    rows_of(away, "moves", roster(tmp_path / "b.xlsx", (left, "浙江杭州", "2026.11.5")))
    assert moves(away, "--all") == [before[0], (*before[1][:3], "returned")]
