"""Screens as a clerk sees them, in Chinese: help, tables, errors, and a terminal of 80 columns."""

from __future__ import annotations

import re
import sys
from typing import TYPE_CHECKING, Any

import pexpect
import pytest

from flowparty.repository.registry import Registry
from flowparty.service import demo as story
from tests import snapshot
from tests.conftest import ACTOR, now

if TYPE_CHECKING:
    from pathlib import Path

SCREENS = {
    "help": "--help",
    "help_card_verify": "card verify --help",
    "help_survey_frame": "survey frame --help",
    "ledger_show": "ledger show",
    "ledger_people": "ledger show --people --limit 8",
    "move_list": "move list --limit 6",
    "member_list": "member list --limit 6",
    "member_show": "member show M4",
    "card_list": "card list --limit 6",
    "contact_status": "contact status --limit 5",
    "survey_status": "survey status",
    "aid_status": "aid status",
    "status": "status",
    "report_check": "report check",
    "report_diff": "report diff",
    "report_explain": "report explain card.held --org 金叶社区",
    "report_cells": "report cells --form 流动党员持",
    "report_annual": "report annual --year 2026",
    "org_list": "org list",
    "error_ambiguous": "member show 王",
    "error_usage": "card isue",
}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("screens") / "registry.db"
    story.build(path, actor=ACTOR, now=now, step=lambda: None)
    return path


def terminal(path: Path, words: str, columns: int, **more: str) -> str:
    """What a terminal of so many columns shows."""
    environment: Any = {
        "LANG": "C.UTF-8", "TERM": "xterm", "NO_COLOR": "1", "HOME": "/nonexistent",
        "FLOWPARTY_TODAY": "2026-11-28", **more,
    }  # fmt: skip
    command = ["-m", "flowparty", "--db", str(path), *words.split()]
    child = pexpect.spawn(
        sys.executable, command, env=environment, dimensions=(60, columns), encoding="utf-8",
        timeout=60,
    )  # fmt: skip
    child.expect(pexpect.EOF)
    child.close()
    return str(child.before).replace("\r\n", "\n")


@pytest.mark.parametrize("name", SCREENS)
def test_a_terminal_of_eighty_columns(made: Path, name: str) -> None:
    from rich.cells import cell_len

    shown = re.sub("\x1b\\[[0-9;]*m", "", terminal(made, SCREENS[name], 80))
    assert max(map(cell_len, shown.splitlines())) <= 80
    snapshot.check(name, shown)


def test_colour_only_where_it_is_wanted(made: Path) -> None:
    plain = terminal(made, "org list", 80)
    assert "\x1b" not in plain
    coloured = terminal(made, "org list", 80, NO_COLOR="")
    assert "\x1b[1m" in coloured
    assert "\x1b" not in terminal(made, "org list", 80, NO_COLOR="", TERM="dumb")


def test_a_very_narrow_terminal_loses_nothing_but_shape(made: Path) -> None:
    assert "金叶" in terminal(made, "member show M1", 20)


def test_the_long_work_shows_a_bar_on_a_terminal(tmp_path: Path) -> None:
    shown = terminal(tmp_path / "x.db", f"demo {tmp_path / 'made'}", 80)
    assert "正在写演示数据" in shown


def test_one_members_phone_shows_at_a_terminal_only(made: Path) -> None:
    with Registry.open(made, actor=ACTOR, command="test", now=now) as registry:
        (row,) = registry.rows("SELECT mobile FROM member WHERE id = 4")
    assert row["mobile"] in terminal(made, "member show M4", 80)
    assert row["mobile"] not in terminal(made, "member show M4 --format json", 80)
    assert row["mobile"] not in terminal(made, "member list", 80)
