"""Periods: 2026-11 is 10-28 to 11-27, whatever the month before was."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flowparty.domain.errors import BadValue
from flowparty.domain.period import Period, latest_closed, parse_period


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("2026-11", "2026-10-28", "2026-11-27"),
        ("202603", "2026-02-28", "2026-03-27"),
        ("2024-03", "2024-02-28", "2024-03-27"),
        ("2026-01", "2025-12-28", "2026-01-27"),
    ],
)
def test_the_days_of_a_period(text: str, start: str, end: str) -> None:
    period = parse_period(text)
    assert period.start(27) == date.fromisoformat(start)
    assert period.end(27) == date.fromisoformat(end)


@pytest.mark.parametrize(
    ("today", "period"),
    [
        ("2026-11-27", "2026-10"),
        ("2026-11-28", "2026-11"),
        ("2026-11-30", "2026-11"),
        ("2026-12-01", "2026-11"),
        ("2027-01-01", "2026-12"),
        ("2026-01-27", "2025-12"),
        ("2024-02-29", "2024-02"),
    ],
)
def test_the_latest_period_whose_cut_off_has_passed(today: str, period: str) -> None:
    assert str(latest_closed(date.fromisoformat(today), 27)) == period


@given(st.dates(date(1950, 1, 1), date(2150, 1, 1)), st.integers(1, 28))
def test_every_day_is_in_exactly_one_period(day: date, cutoff: int) -> None:
    closed = latest_closed(day, cutoff)
    following = Period(closed.year + closed.month // 12, closed.month % 12 + 1)
    assert closed.end(cutoff) < day <= following.end(cutoff)
    assert following.start(cutoff) == closed.end(cutoff) + timedelta(days=1)


@pytest.mark.parametrize("text", ["2026", "2026-13", "2026-00", "0000-01", "26-11", "十一月", ""])
def test_what_is_no_month(text: str) -> None:
    with pytest.raises(BadValue, match="period_invalid"):
        parse_period(text)
