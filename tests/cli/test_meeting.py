"""Meetings and decisions as they stood on a day."""

from __future__ import annotations

from typing import Any

import pytest


@pytest.fixture
def met(town: Any) -> Any:
    town("org", "add", "长田派出所", "--kind", "机关站所")
    for day in ("2026-03-01", "2026-06-01"):
        town("meeting", "add", f"{day}会议", "--office", "派出所", "--on", day)
    town("meeting", "decide", "2026-03-01会议", "--text", "核实去向", "--owner", "派出所",
         "--due", "2026-04-01")  # fmt: skip
    town("meeting", "done", "D1", "--on", "2026-05-05")
    return town


@pytest.mark.parametrize(
    ("day", "count"), [("2026-02-28", 0), ("2026-03-01", 1), ("2026-05-31", 1), ("2026-06-01", 2)]
)
def test_meetings_up_to_a_day(met: Any, day: str, count: int) -> None:
    assert len(met("meeting", "list", "--as-of", day, "--format", "json").json) == count


@pytest.mark.parametrize(
    ("day", "shown"),
    [
        ("2026-02-28", []),
        ("2026-04-01", [False]),
        ("2026-04-02", [True]),
        ("2026-05-04", [True]),
        ("2026-05-05", []),
    ],
)
def test_decisions_open_on_a_day(met: Any, day: str, shown: list[bool]) -> None:
    listed = met("meeting", "decisions", "--as-of", day, "--format", "json").json
    assert [one["overdue"] for one in listed] == shown
