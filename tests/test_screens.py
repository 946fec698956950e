"""Screens as a clerk sees them, in Chinese: help, tables, errors, and a terminal of 80 columns."""

from __future__ import annotations

import re
import sys
from typing import TYPE_CHECKING, Any

import pexpect
import pytest

from flowparty.repository.registry import Registry
from tests import snapshot
from tests.conftest import ACTOR, now

if TYPE_CHECKING:
    from pathlib import Path

CALLS = snapshot.FOLDER.parent / "calls.txt"
SCREENS = {
    "help": "--help",
    "help_card_verify": "card verify --help",
    "help_survey_frame": "survey frame --help",
    "help_contact_paste": "contact paste --help",
    "help_cron_print": "cron print --help",
    "ledger_show": "ledger show",
    "ledger_people": "ledger show --people --limit 8",
    "move_list": "move list --limit 6",
    "member_list": "member list --limit 6",
    "member_show": "member show M4",
    "card_list": "card list --limit 6",
    "contact_status": "contact status --limit 5",
    "contact_paste": f"--no-input contact paste {CALLS} --org 金叶社区",
    "survey_status": "survey status",
    "aid_status": "aid status",
    "status": "status",
    "report_check": "report check",
    "report_diff": "report diff",
    "report_explain": "report explain card.held --org 金叶社区",
    "report_cells": "report cells --form 流动党员持",
    "report_annual": "report annual --year 2026",
    "today": "today",
    "today_people": "today --kind dues_overdue --kind lost --limit 9",
    "settings_list": "settings list",
    "org_list": "org list",
    "need_list": "need list --limit 8",
    "need_show": "need show N13",
    "need_trace": "need trace N13",
    "meeting_list": "meeting list",
    "meeting_show": "meeting show G2",
    "meeting_decisions": "meeting decisions",
    "meeting_agenda": "meeting agenda --office 人社中心",
    "notice_list": "notice list",
    "notice_show": "notice show {code}",
    "transfer_list": "transfer list",
    "transfer_show": "transfer show L1",
    "dues_status": "dues status",
    "dues_people": "dues status --people --limit 6",
    "dues_list": "dues list --limit 6",
    "dues_show": "dues show M9",
    "holding_list": "holding list",
    "holding_show": "holding show H2",
    "project_list": "project list",
    "project_show": "project show J1",
    "activity_list": "activity list --limit 6",
    "activity_show": "activity show V15",
    "activity_hours": "activity hours --limit 6",
    "org_ungrouped": "org ungrouped",
    "member_lost": "member lost",
    "member_decisions": "member decisions",
    "member_hardship": "member hardship",
    "error_ambiguous": "member show 王",
    "error_usage": "card isue",
}


def terminal(path: Path, words: str, columns: int, rows: int = 60, **more: str) -> str:
    """What a terminal of so many columns shows."""
    child = spawned(path, words, columns, rows, **more)
    child.expect(pexpect.EOF)
    child.close()
    return str(child.before).replace("\r\n", "\n")


def spawned(path: Path, words: str, columns: int, rows: int = 60, **more: str) -> Any:
    """The program at work on a terminal of so many columns."""
    environment: Any = {
        "LANG": "C.UTF-8", "TERM": "xterm", "NO_COLOR": "1", "HOME": "/nonexistent",
        "FLOWPARTY_TODAY": "2026-11-28", **more,
    }  # fmt: skip
    command = ["-m", "flowparty", "--db", str(path), *words.split()]
    return pexpect.spawn(
        sys.executable, command, env=environment, dimensions=(rows, columns), encoding="utf-8",
        timeout=60,
    )  # fmt: skip


@pytest.mark.parametrize("name", SCREENS)
def test_a_terminal_of_eighty_columns(made: Path, name: str) -> None:
    from rich.cells import cell_len

    with Registry.open(made, actor=ACTOR, command="test", now=now) as registry:
        codes = [row["code"] for row in registry.rows("SELECT code FROM notice ORDER BY id")]
    words = SCREENS[name].format(code=codes[0])
    shown = re.sub("\x1b\\[[0-9;]*m", "", terminal(made, words, 80))
    for number, code in enumerate(codes, start=1):  # they follow from random numbers
        shown = shown.replace(code, f"CODE-{number}")
    assert max(map(cell_len, shown.splitlines())) <= 80
    snapshot.check(name, shown)


@pytest.mark.parametrize(("columns", "rows"), [(80, 24), (80, 30), (80, 50), (120, 60)])
def test_what_is_owed_is_one_screen(made: Path, columns: int, rows: int) -> None:
    shown = terminal(made, "today", columns, rows).splitlines()
    assert len(shown) <= rows
    assert any("flowparty dues pay" in line or "--kind dues_overdue" in line for line in shown)
    everything = terminal(made, "today --limit 500", columns, rows).splitlines()
    assert len(everything) > len(shown)


def test_colour_only_where_it_is_wanted(made: Path) -> None:
    plain = terminal(made, "org list", 80)
    assert "\x1b" not in plain
    coloured = terminal(made, "org list", 80, NO_COLOR="")
    assert "\x1b[1m" in coloured
    assert "\x1b" not in terminal(made, "org list", 80, NO_COLOR="", TERM="dumb")


def test_a_very_narrow_terminal_loses_nothing_but_shape(made: Path) -> None:
    assert "金叶" in terminal(made, "member show M1", 20)


@pytest.mark.parametrize("words", ["transfer list", "dues status --people", "activity hours"])
def test_a_table_too_wide_for_the_screen_is_folded_and_never_cut_off(
    made: Path, words: str
) -> None:
    whole, narrow = (
        sorted(re.sub(r"[\s─]", "", terminal(made, words, columns))) for columns in (99, 40)
    )
    assert len(whole) > 100
    assert narrow == whole


def test_the_long_work_shows_a_bar_on_a_terminal(tmp_path: Path) -> None:
    child = spawned(tmp_path / "x.db", f"demo {tmp_path / 'made'}", 80)
    child.expect("正在写演示数据")
    child.close(force=True)


def test_one_members_phone_shows_at_a_terminal_only(made: Path) -> None:
    with Registry.open(made, actor=ACTOR, command="test", now=now) as registry:
        (row,) = registry.rows("SELECT mobile FROM member WHERE id = 4")
    assert row["mobile"] in terminal(made, "member show M4", 80)
    assert row["mobile"] not in terminal(made, "member show M4 --format json", 80)
    assert row["mobile"] not in terminal(made, "member list", 80)
