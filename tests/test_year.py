"""A year of the demo town, day by day: what is owed goes away by the very command it names."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from flowparty.domain.duties.duty import Kind
from flowparty.repository import connection
from tests.conftest import write_private
from tests.year import Clerk

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    import pytest

FIRST = date(2026, 11, 28)

HAPPENS: dict[str, Callable[[Clerk], None]] = {
    "2026-12-05": Clerk.service_point,
    "2026-12-09": Clerk.a_village_begins_to_send,
    "2026-12-10": Clerk.nobody_knows,
    "2026-12-08": Clerk.another_office_differs,
    "2026-12-14": Clerk.newcomer,
    "2026-12-20": Clerk.trained,
    "2027-01-10": Clerk.unlike,
    "2027-01-20": Clerk.late_letter,
    "2027-02-10": Clerk.cannot_be_reached,
    "2027-02-11": Clerk.cannot_be_reached,
    "2027-02-12": Clerk.cannot_be_reached,
    "2027-02-28": Clerk.survey,
    "2027-03-15": Clerk.loses_card,
    "2027-04-30": Clerk.comes_home,
}


def test_a_year_in_which_every_duty_is_settled_by_its_command(
    run: Any, made: Path, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    quick = connection._PRAGMAS.replace("EXTRA", "OFF")  # noqa: SLF001 - a year without waiting
    monkeypatch.setattr(connection, "_PRAGMAS", quick)
    write_private(path, made.read_bytes())
    clerk = Clerk(run, path, FIRST)
    run("settings", "set", "dues_ahead", "是")
    for number in range(366):
        clerk.day = FIRST + timedelta(days=number)
        monkeypatch.setenv("FLOWPARTY_TODAY", clerk.day.isoformat())
        clerk.routine()
        if clerk.day.isoformat() in HAPPENS:
            HAPPENS[clerk.day.isoformat()](clerk)
        clerk.work()
    assert set(clerk.seen) == set(Kind), set(Kind) - set(clerk.seen)
    run("today", "--check")
    run("db", "check")
