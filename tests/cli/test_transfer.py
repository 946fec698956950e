"""Transfer letters on a real file: run out, make room, come back late; who stays responsible."""

from __future__ import annotations

from typing import Any

import pytest

from tests.people import NAMES, add_words

ISSUE = ("transfer", "issue", "M1", "--to", "龙岗街道党委", "--dues-to", "2026-08", "--number")


@pytest.fixture
def letters(town: Any) -> Any:
    town(*add_words(NAMES[0], 1))
    town("move", "out", "M1", "--to", "广东深圳", "--on", "2026-01-01")
    return town


def state(run: Any, letter: str, day: str) -> tuple[str | None, bool]:
    shown = run("transfer", "show", letter, "--as-of", day, "--format", "json").json
    return shown["state"], shown["receipt_overdue"]


def member(run: Any) -> tuple[str | None, str | None]:
    shown = run("member", "show", "M1", "--format", "json").json
    return shown["ended_on"], shown["end_reason"]


def test_a_receipt_ends_the_membership_with_the_day_it_was_taken(letters: Any) -> None:
    letters(*ISSUE, "贞1", "--on", "2026-09-01")
    assert member(letters) == (None, None)
    words = ("transfer", "receive", "贞1", "--received", "2026-09-10", "--on", "2026-09-30")
    letters(*words)
    assert member(letters) == ("2026-09-10", "transferred")
    assert "Already recorded" in letters(*words).err
    moved = letters("move", "list", "--all", "--format", "json").json
    assert [(one["state"], one["ended_on"]) for one in moved] == [("transferred", "2026-09-10")]
    assert state(letters, "贞1", "2026-11-28") == ("received", False)
    assert len(letters("transfer", "list", "--open", "--format", "json").json) == 1
    letters("transfer", "file", "贞1", "--on", "2026-10-01")
    assert letters("transfer", "list", "--open", "--format", "json").json == []


def test_taken_on_the_last_day_but_not_the_day_after(letters: Any) -> None:
    letters(*ISSUE, "贞1", "--on", "2026-09-01")
    late = ("transfer", "receive", "贞1", "--format", "json", "--received")
    assert letters(*late, "2026-09-11", exit=16).error["code"] == "transfer_expired"
    letters(*late, "2026-09-10")


def test_a_late_receipt_is_marked(letters: Any) -> None:
    letters(*ISSUE, "贞1", "--on", "2026-09-01")
    assert state(letters, "贞1", "2026-09-10") == ("issued", False)
    assert state(letters, "贞1", "2026-09-11") == ("expired", False)
    assert state(letters, "贞1", "2026-10-10") == ("expired", False)
    assert state(letters, "贞1", "2026-10-11") == ("expired", True)
    letters("transfer", "receive", "贞1", "--received", "2026-09-05", "--on", "2026-11-20")
    assert state(letters, "贞1", "2026-11-28") == ("received", True)


def test_one_that_ran_out_makes_room(letters: Any) -> None:
    letters(*ISSUE, "贞1", "--on", "2026-09-01")
    soon = letters(*ISSUE, "贞2", "--on", "2026-09-10", "--format", "json", exit=16)
    assert soon.error["code"] == "transfer_open"
    letters(*ISSUE, "贞2", "--on", "2026-09-11")
    assert state(letters, "贞1", "2026-09-10") == ("issued", False)
    assert state(letters, "贞1", "2026-11-28") == ("expired", False)
    waiting = letters("transfer", "list", "--open", "--format", "json").json
    assert [one["number"] for one in waiting] == ["贞2"]


def test_the_receipt_of_one_that_had_made_room(letters: Any) -> None:
    letters(*ISSUE, "贞1", "--on", "2026-09-01")
    letters(*ISSUE, "贞2", "--on", "2026-09-20")
    words = ("transfer", "receive", "贞1", "--received", "2026-09-08", "--on", "2026-10-20")
    refused = letters(*words, "--format", "json", exit=16)
    assert (refused.error["code"], refused.error["number"]) == ("transfer_replaced", "贞2")
    letters("transfer", "cancel", "贞2", "--on", "2026-10-20", "--note", "前一封已接收")
    letters(*words)
    assert state(letters, "贞1", "2026-11-28") == ("received", True)
    assert member(letters) == ("2026-09-08", "transferred")


def test_cancelled_the_member_stays(letters: Any) -> None:
    letters(*ISSUE, "贞1", "--on", "2026-09-01")
    letters("transfer", "cancel", "贞1", "--on", "2026-09-03")
    assert "Already recorded" in letters("transfer", "cancel", "贞1", "--on", "2026-09-03").err
    assert member(letters) == (None, None)
    letters(*ISSUE, "贞2", "--on", "2026-09-03")


def test_dues_paid_to_as_the_payments_say(letters: Any) -> None:
    letters("dues", "standard", "M1", "--since", "2026-01")
    letters("dues", "pay", "M1", "--months", "7", "--on", "2026-07-10")
    letters(
        "transfer", "issue", "M1", "--to", "龙岗街道党委", "--number", "贞1", "--on", "2026-09-01"
    )
    shown = letters("transfer", "show", "贞1", "--format", "json").json
    assert shown["dues_paid_to"] == "2026-07"
