from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flowparty.domain.dates import PartialDate, parse_day, parse_partial, refuse_future
from flowparty.domain.errors import BadValue

TODAY = date(2026, 11, 23)
DAYS = st.dates(date(1900, 1, 1), date(2100, 12, 31))


@given(DAYS)
def test_a_day_survives_every_spelling(day: date) -> None:
    for text in (
        day.isoformat(),
        f"{day:%Y%m%d}",
        f"{day.year}.{day.month}.{day.day}",
        f"{day.year}/{day.month}/{day.day}",
        f"{day.year}年{day.month}月{day.day}日",
    ):
        assert parse_day(text, TODAY) == day
        assert parse_partial(text, TODAY) == PartialDate.of(day)


@given(DAYS, st.sampled_from(["year", "month", "day"]))
def test_iso_text_reads_back_and_holds_the_day(day: date, known: str) -> None:
    parts = {"year": (day.year,), "month": (day.year, day.month)}
    partial = PartialDate(*parts[known]) if known in parts else PartialDate.of(day)
    assert PartialDate.from_iso(str(partial)) == partial
    assert parse_partial(str(partial), TODAY) == partial
    assert partial.first <= day <= partial.last
    assert partial.is_day == (partial.first == partial.last)


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("今天", "2026-11-23"),
        ("昨天", "2026-11-22"),
        ("Today", "2026-11-23"),
        ("yesterday", "2026-11-22"),
        (" ２０２６－１１－２３ ", "2026-11-23"),
        ("\ufeff'2026.11.23\u200b", "2026-11-23"),
        ("2024-02-29", "2024-02-29"),
        ("2026 年 8 月 1 日", "2026-08-01"),
        ("2026 08 01", "2026-08-01"),
    ],
)
def test_days_from_the_keyboard(text: str, iso: str) -> None:
    assert parse_day(text, TODAY).isoformat() == iso


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("2026-11", "2026-11"),
        ("2026.1", "2026-01"),
        ("202611", "2026-11"),
        ("2026年11月", "2026-11"),
        ("2026", "2026"),
        ("2026年", "2026"),
    ],
)
def test_months_and_years_from_the_keyboard(text: str, iso: str) -> None:
    assert str(parse_partial(text, TODAY)) == iso
    with pytest.raises(BadValue):
        parse_day(text, TODAY)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2026-02-30",
        "2025-02-29",
        "20261301",
        "2026-13",
        "明年",
        "1899-12-31",
        "٢026-11-23",
        "26-1-1",
        "2026-8-1 5",
        "2026-8-1　5",
        "2026-1 1-5",
        "2026081 5",
    ],
)
def test_what_is_no_day_is_refused_with_what_was_typed(text: str) -> None:
    with pytest.raises(BadValue) as caught:
        parse_partial(text, TODAY)
    assert caught.value.code == "date_invalid"
    assert caught.value.params == {"value": text}


def test_an_identity_number_in_the_wrong_place_is_not_repeated() -> None:
    with pytest.raises(BadValue) as caught:
        parse_day("522325198101316121", TODAY)
    assert caught.value.params == {"value": "522325************"}


@pytest.mark.parametrize(
    ("day", "refused"),
    [
        (TODAY, False),
        (date(2026, 11, 24), True),
        (PartialDate(2026, 11), False),
        (PartialDate(2026, 12), True),
        (PartialDate(2026), False),
        (PartialDate(2027), True),
    ],
)
def test_only_what_lies_wholly_ahead_is_the_future(day: date | PartialDate, refused: bool) -> None:
    if not refused:
        refuse_future(day, TODAY)
        return
    with pytest.raises(BadValue) as caught:
        refuse_future(day, TODAY)
    assert caught.value.code == "date_future"
    assert caught.value.params == {"value": str(day), "today": TODAY}


def test_a_month_ends_on_its_last_day() -> None:
    assert PartialDate(2024, 2).last == date(2024, 2, 29)
    assert PartialDate(2024).last == date(2024, 12, 31)


@pytest.mark.parametrize("parts", [(2024, 13), (2024, 2, 30), (2024, None, 5), (0, 1)])
def test_a_partial_date_of_no_calendar_cannot_be_made(parts: tuple[int, ...]) -> None:
    with pytest.raises(ValueError, match=r".+"):
        PartialDate(*parts)


@pytest.mark.parametrize("text", ["2024-1", "24", "2024-01-01T00:00", "today"])
def test_only_iso_text_reads_back(text: str) -> None:
    with pytest.raises(ValueError, match=text):
        PartialDate.from_iso(text)
