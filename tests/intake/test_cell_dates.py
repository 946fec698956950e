from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flowparty.domain.dates import PartialDate
from flowparty.intake.cell_dates import read_date
from tests.intake.lists import TODAY


@pytest.mark.parametrize(
    ("cell", "iso", "code"),
    [
        ("1963-01-24", "1963-01-24", None),
        (" 2007.8.16 ", "2007-08-16", None),
        ("1990年4月15日", "1990-04-15", None),
        ("1990年4月15号", "1990-04-15", None),
        ("2018/12/31 00:00:00", "2018-12-31", None),
        ("2018-12-31T00:00:00", "2018-12-31", None),
        ("2026/8/1 10:00", "2026-08-01", None),
        ("2026/1/2 23:59:59", "2026-01-02", None),
        ("2026/11/5\n14:23:00", "2026-11-05", None),
        ("2026年8月1日10:00", "2026-08-01", None),
        ("2026年8月1日 上午10时30分", "2026-08-01", None),
        ("２０２６／８／１　１０：００", "2026-08-01", None),
        ("2026 08 01", "2026-08-01", None),
        ("1 9 8 0 年 3 月", "1980-03", None),
        ("2026.8.1 5", None, "date_invalid"),
        ("20170730", "2017-07-30", None),
        (19471205.0, "1947-12-05", None),
        ("2018年3月", "2018-03", None),
        ("2018年3月份", "2018-03", None),
        ("１９５７．８", "1957-08", None),
        ("1980。3", "1980-03", None),
        ("1980.1", "1980-01", None),
        (201711.0, "2017-11", None),
        (2013.07, "2013-07", None),
        (1999.12, "1999-12", None),
        (2021.01, "2021-01", None),
        (1976.0, "1976", None),
        ("1976年", "1976", None),
        (1980.1, "1980", "date_ambiguous"),
        (27149.0, "1974-04-30", "date_serial"),
        (27149.5, "1974-04-30", "date_serial"),
        ("27149", "1974-04-30", "date_serial"),
        ("11.11", "2011-11", "date_ambiguous"),
        ("61.4", "1961-04", "date_ambiguous"),
        (68.12, "1968-12", "date_ambiguous"),
        (80.1, "1980", "date_ambiguous"),
        ("80.3.5", "1980-03-05", "date_ambiguous"),
        ("1980年正月", "1980", "date_ambiguous"),
        ("去年", None, "date_ambiguous"),
        ("10月10日", None, "date_ambiguous"),
        ("不详", None, "date_unknown"),
        ("", None, None),
        ("—", None, None),
        (0.0, None, None),
        (None, None, None),
        (date(1974, 4, 4), "1974-04-04", None),
        (datetime(1974, 4, 4, 8, 30), "1974-04-04", None),  # noqa: DTZ001 - cells know no zone
        (PartialDate(2009, 9), "2009-09", None),
        ("2023.13", None, "date_invalid"),
        (20231301.0, None, "date_invalid"),
        ("1997-02-30", None, "date_invalid"),
        ("2029.6.7", None, "date_invalid"),
        (date(2026, 11, 24), None, "date_invalid"),
        ("1899.1.1", None, "date_invalid"),
        ("入党多年", None, "date_ambiguous"),
        ("务工", None, "date_not_understood"),
        ("女", None, "date_not_understood"),
        ("春节后", None, "date_ambiguous"),
        ("好几年了", None, "date_ambiguous"),
        ("22年5月", "2022-05", "date_ambiguous"),
        ("2015年左右", "2015", "date_ambiguous"),
        ("2019年8月至今", "2019-08", "date_ambiguous"),
        ("2019年8月-至今", "2019-08", "date_ambiguous"),
        ("2019.3-2020.5", "2019-03", "date_ambiguous"),
        ("农历1980年正月初二", "1980", "date_ambiguous"),
        ("一九八〇年正月初二", "1980", "date_ambiguous"),
        ("1985.8.1（农历）", "1985", "date_ambiguous"),
        ("19850801（阴历）", "1985", "date_ambiguous"),
        ("正月初二", None, "date_ambiguous"),
        ("1985年8月1日生", "1985-08-01", "date_ambiguous"),
        ("生于1985年8月1日", "1985-08-01", "date_ambiguous"),
        ("2019.7.1转正", "2019-07-01", "date_ambiguous"),
        ("2019-07-01至今", "2019-07-01", "date_ambiguous"),
        ("2019.7.1-2020.5.1", "2019-07-01", "date_ambiguous"),
        ("1985年8月1日左右", "1985-08-01", "date_ambiguous"),
        ("约1985年8月1日", "1985-08-01", "date_ambiguous"),
        ("2019.2.30左右", None, "date_invalid"),
        ("2027.1.1以后", None, "date_invalid"),
        ("1985.8.1.5", None, "date_invalid"),
        ("二〇一九年十二月", "2019-12", None),
        ("二零二〇年十月二十三日", "2020-10-23", None),
        ("19800300", "1980-03", "date_unknown"),
        ("1980.00.00", "1980", "date_unknown"),
        ("未查验", None, "date_unknown"),
        (True, None, "date_invalid"),
        (1e300, None, "date_invalid"),
        (float("nan"), None, "date_invalid"),
        (float("inf"), None, "date_invalid"),
        (-5.0, None, "date_invalid"),
    ],
)
def test_dates_in_every_spelling(cell: Any, iso: str | None, code: str | None) -> None:
    reading = read_date(cell, TODAY)
    assert (reading.value and str(reading.value), reading.code) == (iso, code)


@pytest.mark.parametrize(
    ("cell", "iso", "code"),
    [
        ("1980.1", "1980", "date_ambiguous"),
        ("１９８０．１", "1980-01", None),
        ("1980.10", "1980-10", None),
        ("1980.01", "1980-01", None),
        ("1980.3", "1980-03", None),
        ("10.1", "2010-01", "date_ambiguous"),
    ],
)
def test_a_text_file_cannot_tell_a_number_from_text(cell: str, iso: str, code: str | None) -> None:
    reading = read_date(cell, TODAY, is_text=True)
    assert (str(reading.value), reading.code) == (iso, code)


@pytest.mark.parametrize(
    ("cell", "candidates"),
    [
        (1980.1, ["1980-01", "1980-10"]),
        ("11.11", ["2011-11", "1911-11"]),
        ("68.12", ["1968-12"]),
        ("1980.1", []),
    ],
)
def test_all_that_an_ambiguous_date_can_mean(cell: Any, candidates: list[str]) -> None:
    assert [str(candidate) for candidate in read_date(cell, TODAY).candidates] == candidates


@pytest.mark.parametrize(
    ("cell", "why"),
    [
        ("去年", "date_no_year"),
        ("10月10日", "date_no_year"),
        ("正月初二", "date_no_year"),
        ("入党多年", "date_no_year"),
        ("2015年左右", "date_vague"),
        ("1980年正月", "date_vague"),
        ("1985年8月1日左右", "date_vague"),
        (1980.1, ""),
        ("80.3.5", ""),
        (20193, ""),
    ],
)
def test_what_is_in_doubt_is_said(cell: Any, why: str) -> None:
    reading = read_date(cell, TODAY)
    assert (reading.code, reading.why) == ("date_ambiguous", why)


@pytest.mark.parametrize("day", [date(1900, 1, 1), date(1900, 2, 28), date(1899, 12, 31)])
def test_a_day_before_spreadsheets_count_right_is_no_date(day: date) -> None:
    """Serial 60, a day that never was, is read as the 28th by some and as 1 March by others."""
    assert read_date(day, TODAY).code == "date_invalid"


@given(st.dates(date(1900, 1, 1), TODAY))
def test_every_day_is_read_back_from_every_spelling(day: date) -> None:
    spellings: list[Any] = [
        day if day >= date(1900, 3, 1) else day.isoformat(),
        day.isoformat(),
        f"{day.year}.{day.month}.{day.day}",
        f"{day.year}年{day.month}月{day.day}日",
        f"{day:%Y%m%d}",
        float(f"{day:%Y%m%d}"),
    ]
    assert {read_date(cell, TODAY).value for cell in spellings} == {PartialDate.of(day)}


@given(st.text() | st.floats() | st.integers() | st.booleans())
def test_no_cell_whatever_is_more_than_a_date_invalid(cell: Any) -> None:
    reading = read_date(cell, TODAY)
    assert reading.value is None or reading.value.first <= TODAY
