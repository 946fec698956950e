"""Our own 摸底排查表 filled in and read back: what was written is kept, empty rows wait."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from openpyxl import load_workbook

from tests.cli.test_import_kinds import rows_of
from tests.people import add_words

if TYPE_CHECKING:
    from pathlib import Path

FILLED = {"从业现状": "务工", "新手机号": "13977778888", "调查日期": "2026-10-20"}


@pytest.fixture
def sheet(town: Any) -> Any:
    """A round of two people of 金叶社区, and their sheet in ``sheets``."""
    for name, number, mobile in (("谭菊会", 1, "13800000001"), ("岑小丽", 2, "13800000002")):
        town(*add_words(name, number), "--mobile", mobile)
        town("move", "out", name, "--to", "广东深圳", "--on", "2026-01-05")
    town("survey", "open", "--name", "秋季", "--since", "2026-09-01")
    town("survey", "sheet", "--output", "sheets")
    return town


def fill(folder: Path, name: str, **cells: str) -> str:
    """Write answers into one person's row, heading → text."""
    (path,) = (folder / "sheets").iterdir()
    book = load_workbook(path)
    page: Any = book.worksheets[0]
    (heading,) = [row for row in page.iter_rows() if "身份证号" in {cell.value for cell in row}]
    columns = {cell.value: cell.column for cell in heading}
    (person,) = [row for row in page.iter_rows() if name in {cell.value for cell in row}]
    for head, text in cells.items():
        page.cell(person[0].row, columns[head]).value = text
    filled = folder / "filled.xlsx"
    book.save(filled)
    return str(filled)


def test_a_half_filled_sheet_is_taken_and_the_other_rows_wait(sheet: Any, tmp_path: Path) -> None:
    rows = rows_of(sheet, "survey", fill(tmp_path, "岑小丽", **FILLED))
    told = {r["values"]["name"]: (r["action"], [f["code"] for f in r["reasons"]]) for r in rows}
    assert told == {"岑小丽": ("add", []), "谭菊会": ("same", ["not_filled_in"])}
    assert sheet("survey", "show", "--member", "谭菊会", "--format", "json").json == []
    ran = sheet("import", "survey", str(tmp_path / "filled.xlsx"))
    assert "0 new, 0 changed, 1 already there, 0 refused" in ran.err
    assert "1 rows are not filled in yet" in ran.err
    again = rows_of(sheet, "survey", str(tmp_path / "filled.xlsx"))
    assert {row["action"] for row in again} == {"same"}
    assert {row["outcome"] for row in again} == {"accepted"}


def test_our_own_hidden_sheet_is_passed_over_without_a_word(sheet: Any, tmp_path: Path) -> None:
    path = fill(tmp_path, "岑小丽", **FILLED)
    assert sheet("import", "survey", path, "--format", "json").json["warnings"] == [
        {"code": "columns_not_kept", "message": "Read, but not kept: 联系电话."}
    ]
    book = load_workbook(path)
    book["选项"].title = "名单"
    book.save(path)
    told = sheet("import", "survey", path, "--format", "json").json["warnings"]
    assert [warning["code"] for warning in told] == ["columns_not_kept", "sheet_passed_over"]


def test_a_row_with_an_answer_needs_its_day(sheet: Any, tmp_path: Path) -> None:
    path = fill(tmp_path, "岑小丽", 困难问题="子女上学")
    refused = [row for row in rows_of(sheet, "survey", path, exit=5) if row["outcome"] == "refused"]
    assert [[r["code"] for r in row["reasons"]] for row in refused] == [["import_day_missing"]]


def test_the_new_phone_is_learned(sheet: Any, tmp_path: Path) -> None:
    rows_of(sheet, "survey", fill(tmp_path, "岑小丽", **FILLED))
    words = ("member", "show", "岑小丽", "--unmask", "--reason", "核对", "--format", "json")
    assert sheet(*words).json["mobile"] == FILLED["新手机号"]


def test_another_number_where_ours_was_printed_is_flagged(sheet: Any, tmp_path: Path) -> None:
    cells = {**FILLED, "新手机号": "", "联系电话": "13966667777"}
    (row,) = [r for r in rows_of(sheet, "survey", fill(tmp_path, "岑小丽", **cells))
              if r["outcome"] == "flagged"]  # fmt: skip
    assert [(r["code"], r["field"]) for r in row["reasons"]] == [("phone_differs", "mobile")]
