"""Months: in order across years, their last days, quarters, and what is no month."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flowparty.domain.errors import BadValue
from flowparty.domain.months import Month, parse_month, span

DAYS = st.dates(date(1900, 1, 1), date(2100, 12, 31))


@pytest.mark.parametrize(
    ("month", "last"),
    [
        (Month(2024, 2), date(2024, 2, 29)),
        (Month(2026, 2), date(2026, 2, 28)),
        (Month(2100, 2), date(2100, 2, 28)),
        (Month(2028, 2), date(2028, 2, 29)),
        (Month(2026, 4), date(2026, 4, 30)),
        (Month(2026, 12), date(2026, 12, 31)),
    ],
)
def test_last_day(month: Month, last: date) -> None:
    assert month.last_day == last
    assert Month.of(last) == month
    assert Month.of(last + timedelta(days=1)) == month.plus(1)


@pytest.mark.parametrize(
    ("month", "months", "found"),
    [
        (Month(2026, 11), 1, Month(2026, 12)),
        (Month(2026, 12), 1, Month(2027, 1)),
        (Month(2026, 1), -1, Month(2025, 12)),
        (Month(2026, 8), 6, Month(2027, 2)),
        (Month(2026, 12), 12, Month(2027, 12)),
        (Month(2026, 1), -13, Month(2024, 12)),
        (Month(2026, 5), 0, Month(2026, 5)),
    ],
)
def test_plus(month: Month, months: int, found: Month) -> None:
    assert month.plus(months) == found
    assert found.plus(-months) == month


@pytest.mark.parametrize(("month", "end"), [(m, -(-m // 3) * 3) for m in range(1, 13)])
def test_quarter_end(month: int, end: int) -> None:
    assert Month(2026, month).quarter_end == Month(2026, end)


@pytest.mark.parametrize(("typed", "month"), [("2026-11", "2026-11"), (" 202602 ", "2026-02")])
def test_parse(typed: str, month: str) -> None:
    assert str(parse_month(typed)) == month


@pytest.mark.parametrize(
    "typed", ["2026-13", "2026-00", "2026", "2026-1", "0000-01", "1899-12", "3000-01", "今年", ""]
)
def test_what_is_no_month(typed: str) -> None:
    with pytest.raises(BadValue, match="period_invalid"):
        parse_month(typed)


def test_span_counts_both_ends_and_nothing_backwards() -> None:
    assert [str(m) for m in span(Month(2026, 11), Month(2027, 2))] == [
        "2026-11", "2026-12", "2027-01", "2027-02",
    ]  # fmt: skip
    assert list(span(Month(2026, 11), Month(2026, 11))) == [Month(2026, 11)]
    assert list(span(Month(2026, 11), Month(2026, 10))) == []


@given(DAYS, DAYS)
def test_order_is_the_order_of_days(one: date, other: date) -> None:
    earlier, later = sorted((one, other))
    assert Month.of(earlier) <= Month.of(later)
    assert (str(Month.of(earlier)) <= str(Month.of(later))) is True
    months = list(span(Month.of(earlier), Month.of(later)))
    assert months[0].plus(len(months) - 1) == Month.of(later)


@given(DAYS)
def test_text_reads_back(day: date) -> None:
    month = Month.of(day)
    assert Month.from_iso(str(month)) == month == parse_month(str(month))
