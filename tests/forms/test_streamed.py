"""A workbook written row by row: what stands in it, whoever reads it."""

from __future__ import annotations

import io
from datetime import date, datetime
from typing import Any

from openpyxl import load_workbook

from flowparty.forms.streamed import StreamedBook
from flowparty.intake.reader import read_source

ROWS: list[list[tuple[Any, int]]] = [
    [("姓名", 0), ("公民身份证号", 0), ("备注", 0)],
    [("令狐朝昌", 1), ("522325198001010011", 0), ("=1+1", 2)],
    [(date(2026, 11, 23), 0), (datetime(2026, 11, 23, 6, 0), 0), (date(1900, 2, 28), 0)],  # noqa: DTZ001
    [(1980.3, 0), (True, 1), (float("inf"), 0)],
    [("", 0), (None, 2), ("甲\x00\n乙", 0)],
]


def written(*titles: str) -> io.BytesIO:
    out = io.BytesIO()
    book = StreamedBook(out, ["FFC7CE", "FFEB9C"])
    for title in titles:
        book.sheet(title, ROWS, widths=[8, 20, 60], headings=1)
    book.close()
    return out


def test_values_are_what_they_were_and_text_is_never_a_formula() -> None:
    sheet: Any = load_workbook(written("名单")).active
    assert [[cell.value for cell in row] for row in sheet.iter_rows()] == [
        ["姓名", "公民身份证号", "备注"],
        ["令狐朝昌", "522325198001010011", "=1+1"],
        [datetime(2026, 11, 23), datetime(2026, 11, 23, 6, 0), "1900-02-28"],  # noqa: DTZ001
        [1980.3, True, "inf"],
        [None, None, "甲\n乙"],
    ]
    assert sheet["C2"].data_type == "s"
    assert sheet["B2"].number_format == "@"
    assert sheet.column_dimensions["C"].width == 60
    assert (sheet.freeze_panes, sheet["B1"].font.b, sheet["B2"].font.b) == ("A2", True, False)
    assert sheet.sheet_properties.pageSetUpPr.fitToPage


def test_a_cell_has_its_colour_also_where_nothing_stands() -> None:
    sheet: Any = load_workbook(written("名单")).active
    fills = {place: sheet[place].fill.fgColor.rgb for place in ("A2", "B2", "C2", "B4", "A5", "B5")}
    assert fills == {
        "A2": "FFFFC7CE", "B2": "00000000", "C2": "FFFFEB9C",
        "B4": "FFFFC7CE", "A5": "00000000", "B5": "FFFFEB9C",
    }  # fmt: skip


def test_sheets_of_one_name_are_told_apart_and_the_same_rows_give_the_same_bytes(
    tmp_path: Any,
) -> None:
    out = written("村", "村", "ABC", "abc")
    path = tmp_path / "list.xlsx"
    path.write_bytes(out.getvalue())
    sheets = read_source(path).sheets
    assert [sheet.name for sheet in sheets] == ["村", "村 2", "ABC", "abc 2"]
    assert sheets[0].rows == sheets[3].rows
    assert sheets[0].rows[2][0] == date(2026, 11, 23)
    assert out.getvalue() == written("村", "村", "ABC", "abc").getvalue()
