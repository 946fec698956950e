"""Closing a month: when it may be, that it freezes, that it may be opened again with a reason."""

from __future__ import annotations

import sqlite3
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest

from flowparty import clock
from flowparty.domain.period import Period, period_of
from flowparty.repository import closings
from flowparty.repository.registry import Registry
from flowparty.service import closing
from flowparty.service.frozen import frozen
from tests.conftest import ACTOR, now
from tests.people import NAMES, add_words, id_number

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

NOVEMBER = ("--period", "2026-11")


@pytest.fixture
def away(town: Any) -> Any:
    """Two members away, one of them with a card."""
    for number in (1, 2):
        town(*add_words(NAMES[number], number))
        town("move", "out", f"M{number}", "--to", "广东东莞", "--on", f"2026-03-0{number}")
    town("card", "issue", "M1", "--number", "贞1", "--on", "2026-11-02")
    return town


@pytest.fixture
def opened(path: Path) -> Callable[[], Registry]:
    return lambda: Registry.open(path, actor=ACTOR, command="test", now=now)


@pytest.mark.parametrize(
    ("today", "period", "code"),
    [
        ("2026-11-26", "2026-11", "period_not_over"),
        ("2026-11-27", "2026-11", "period_not_over"),
        ("2026-11-28", "2026-11", None),
        ("2026-11-29", "2026-11", None),
        ("2026-11-28", "2026-12", "period_not_over"),
        ("2028-02-27", "2028-02", "period_not_over"),
        ("2028-02-28", "2028-02", None),
        ("2028-02-29", "2028-02", None),
        ("2028-02-29", "2028-03", "period_not_over"),
        ("2026-12-31", "2026-12", None),
        ("2027-01-01", "2027-01", "period_not_over"),
        ("2026-11-28", "2025-06", None),
    ],
)
def test_a_month_closes_once_its_cut_off_day_is_over(
    away: Any, monkeypatch: pytest.MonkeyPatch, today: str, period: str, code: str | None
) -> None:
    monkeypatch.setenv("FLOWPARTY_TODAY", today)
    words = ("report", "close", "--period", period, "--format", "json")
    if code is None:
        assert away(*words).json["closed_on"] == today
    else:
        assert away(*words, exit=16).error["code"] == code
        assert away("report", "list", "--format", "json").json == []


def test_a_second_close_is_already_recorded(away: Any) -> None:
    first = away("report", "close", *NOVEMBER, "--by", "韦光明", "--format", "json").json
    again = away("report", "close", *NOVEMBER, "--format", "json")
    assert again.json == first
    assert "Already recorded" in again.err
    assert (first["revision"], first["since"], first["cutoff"], first["by"]) == (
        1, "2026-10-28", "2026-11-27", "韦光明",
    )  # fmt: skip
    assert len(first["journal_head"]) == len(first["digest"]) == 64


def test_a_reopened_month_keeps_its_rows_and_closes_as_the_next_revision(away: Any) -> None:
    away("report", "close", *NOVEMBER)
    assert away("report", "reopen", *NOVEMBER, "--format", "json", exit=2).error["code"] == (
        "reopen_reason_missing"
    )
    away("report", "reopen", *NOVEMBER, "--reason", "漏报一人")
    assert "Already recorded" in away("report", "reopen", *NOVEMBER, "--reason", "漏报一人").err
    ran = away("report", "reopen", *NOVEMBER, "--reason", "漏报", "--format", "json", exit=16)
    assert ran.error["code"] == "period_not_closed"
    away("report", "close", *NOVEMBER)
    listed = away("report", "list", "--format", "json").json
    assert [(m["revision"], m["reopen_note"]) for m in listed] == [(1, "漏报一人"), (2, None)]
    away("db", "check")


def test_the_head_of_the_journal_stands_in_the_close(
    away: Any, opened: Callable[[], Registry]
) -> None:
    with opened() as registry:
        last = registry.last_entry()
    made = away("report", "close", *NOVEMBER, "--format", "json").json
    assert (made["journal_seq"], made["journal_head"]) == (last.seq, last.hash)


def test_what_is_edited_afterwards_changes_no_frozen_figure(
    away: Any, opened: Callable[[], Registry]
) -> None:
    away("report", "close", *NOVEMBER)
    with opened() as registry:
        month = closings.closed(registry, Period(2026, 11))
        assert month is not None
        before = frozen(registry, month)
    away("move", "return", "M1", "--on", "2026-11-20")
    away("move", "edit", "M2", "--to", "浙江宁波")
    away(*add_words(NAMES[3], 3))
    away("move", "out", "M3", "--to", "贵阳", "--on", "2026-11-01")
    with opened() as registry:
        assert frozen(registry, month) == before
    assert before.total.counts["away"] == 2
    assert [event.kind for event in before.events] == ["issue"]


def test_returns_that_disagree_are_not_closed(away: Any, path: Path) -> None:
    connection = sqlite3.connect(path)
    connection.execute("UPDATE org SET until = '2026-11-10' WHERE name LIKE '金叶%支部'")
    connection.commit()
    connection.close()
    ran = away("report", "close", *NOVEMBER, "--format", "json", exit=16)
    assert ran.error["code"] == "ledger_disagrees"
    assert away("report", "list", "--format", "json").json == []


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE closed_row SET cells = '{}'",
        "UPDATE closed_row SET digest = closed_id || substr(digest, 2)",
        "UPDATE closed_row SET position = position + 100",
        "DELETE FROM closed_row",
        "DELETE FROM closed_month",
        "UPDATE closed_month SET digest = digest || ''; UPDATE closed_month SET period = '2026-10'",
    ],
)
def test_the_file_itself_refuses_to_change_what_is_frozen(
    away: Any, path: Path, statement: str
) -> None:
    away("report", "close", *NOVEMBER)
    connection = sqlite3.connect(path)
    with pytest.raises(sqlite3.IntegrityError, match="closed month"):
        connection.executescript(statement)
    connection.close()


def test_rows_altered_past_the_guards_are_not_read(
    away: Any, path: Path, opened: Callable[[], Registry]
) -> None:
    from flowparty.domain.errors import Damaged

    away("report", "close", *NOVEMBER)
    connection = sqlite3.connect(path)
    connection.executescript(
        "DROP TRIGGER closed_row_frozen;"
        "UPDATE closed_row SET cells = replace(cells, '\"away\":2', '\"away\":1')"
    )
    connection.close()
    with opened() as registry, pytest.raises(Damaged) as refused:
        closing.month(registry, Period(2026, 11), today=clock.today())
    assert refused.value.code == "frozen_altered"
    away("db", "check", exit=13)


def test_an_erased_row_reads_as_erased_and_the_figures_stay(
    away: Any, opened: Callable[[], Registry]
) -> None:
    away("report", "close", *NOVEMBER)
    with opened() as registry:
        with registry.write("保存期满"):
            for row in registry.rows("SELECT id FROM closed_row WHERE member_id = 1"):
                registry.update("closed_row", row["id"], {"cells": None, "salt": None})
        month = closings.closed(registry, Period(2026, 11))
        assert month is not None
        read = frozen(registry, month)
    assert {person.name for person in read.away} == {"已删除", NAMES[2]}
    assert (read.total.counts["away"], read.total.counts["held"]) == (2, 1)
    assert read.events == []
    away("db", "check")


@pytest.fixture
def machine(monkeypatch: pytest.MonkeyPatch) -> Callable[[int], None]:
    """Set the machine's clock to a year."""

    def to(year: int) -> None:
        monkeypatch.setattr(clock, "now", lambda: datetime(year, 1, 1, tzinfo=UTC))

    return to


@pytest.mark.parametrize("year", [1970, 2025])
def test_a_clock_behind_the_journal_warns_and_does_not_close(
    away: Any, machine: Callable[[int], None], year: int
) -> None:
    machine(year)
    ran = away("report", "close", *NOVEMBER, "--format", "json", exit=17)
    assert ran.error["code"] == "clock_behind"
    assert away("report", "list", "--format", "json").json == []
    assert "clock is behind" in away("contact", "add", "M1", "--notes", "问候").err


def test_a_clock_ahead_is_noticed_when_it_is_set_back_and_a_reason_closes(
    away: Any, machine: Callable[[int], None], opened: Callable[[], Registry]
) -> None:
    machine(2099)
    assert "clock" not in away("contact", "add", "M1", "--notes", "问候").err
    machine(2027)
    away("report", "close", *NOVEMBER, exit=17)
    away("report", "close", *NOVEMBER, "--reason", "时钟曾误拨到2099年")
    with opened() as registry:
        (kept,) = registry.rows("SELECT text FROM journal_reason ORDER BY seq DESC LIMIT 1")
    assert kept["text"] == "时钟曾误拨到2099年"


@pytest.mark.parametrize(
    ("day", "period"),
    [
        ("2026-11-27", "2026-11"), ("2026-11-28", "2026-12"), ("2026-11-29", "2026-12"),
        ("2028-02-29", "2028-03"), ("2026-12-31", "2027-01"), ("2027-01-27", "2027-01"),
    ],
)  # fmt: skip
def test_the_period_of_a_day(day: str, period: str) -> None:
    from datetime import date

    assert str(period_of(date.fromisoformat(day), 27)) == period


def test_the_month_before() -> None:
    assert (str(Period(2027, 1).before), str(Period(2026, 11).before)) == ("2026-12", "2026-10")


def test_closing_with_an_id_number_leaves_none_on_the_screen(away: Any) -> None:
    shown = away("report", "close", *NOVEMBER).out + away("report", "list").out
    assert id_number(1) not in shown
