"""The 摸底排查表: known facts locked, answers open, drop-downs of the round's usual answers."""

from __future__ import annotations

import stat
from typing import TYPE_CHECKING, Any

import pytest
from openpyxl import load_workbook

from tests.people import NAMES, add_words, id_number

if TYPE_CHECKING:
    from pathlib import Path

SHEET = "摸底排查表_秋季_金叶社区党支部.xlsx"


@pytest.fixture
def round_(town: Any) -> Any:
    town(*add_words(NAMES[1], 1), "--mobile", "13912345678")
    town(*add_words(NAMES[2], 2))
    town(*add_words(NAMES[3], 3, "甘田村"))
    town("move", "out", "M1", "--to", "广东深圳", "--on", "2026-01-05", "--occupation", "电焊工")
    town("survey", "open", "--name", "秋季", "--since", "2026-09-01", "--section", "土地流转")
    town("survey", "section", "困难问题", "--add", "=医保报销")
    return town


def test_branches_whose_files_would_be_called_alike_do_not_overwrite_each_other(
    town: Any, tmp_path: Path
) -> None:
    for number, branch in enumerate(("第一/甲党支部", "第一:甲党支部"), start=1):
        town("org", "add", branch, "--kind", "branch")
        town(*add_words(NAMES[number], number, branch))
    town("survey", "open", "--name", "秋季", "--since", "2026-09-01")
    town("survey", "sheet", "--output", "sheets")
    written = {path.name: _people(_opened(path)) for path in (tmp_path / "sheets").iterdir()}
    assert written == {
        "摸底排查表_秋季_第一_甲党支部.xlsx": [NAMES[1]],
        "摸底排查表_秋季_第一_甲党支部_2.xlsx": [NAMES[2]],
    }


def _people(sheet: Any) -> list[str]:
    at, columns = _heading(sheet)
    names = (sheet.cell(row, columns["姓名"]).value for row in range(at + 1, sheet.max_row + 1))
    return [name for name in names if name in NAMES]


def _opened(path: Path) -> Any:
    return load_workbook(path).worksheets[0]


def _heading(sheet: Any) -> tuple[int, dict[str, int]]:
    for row in sheet.iter_rows():
        words = {cell.value: cell.column for cell in row}
        if "身份证号" in words:
            return row[0].row, words
    raise AssertionError(sheet)


def test_a_workbook_a_branch_with_what_is_known(round_: Any, tmp_path: Path) -> None:
    round_("survey", "sheet", "--output", "sheets")
    assert {path.name for path in (tmp_path / "sheets").iterdir()} == {
        SHEET, "摸底排查表_秋季_甘田村党支部.xlsx",
    }  # fmt: skip
    assert stat.S_IMODE((tmp_path / "sheets" / SHEET).stat().st_mode) == 0o600
    sheet = _opened(tmp_path / "sheets" / SHEET)
    at, columns = _heading(sheet)
    first = {name: sheet.cell(at + 1, column).value for name, column in columns.items()}
    people = {sheet.cell(at + step, columns["姓名"]).value: at + step for step in (1, 2)}
    known = {name: sheet.cell(people[NAMES[1]], column).value for name, column in columns.items()}
    assert set(people) == {NAMES[1], NAMES[2]}
    assert (known["身份证号"], known["联系电话"]) == (id_number(1), "13912345678")
    assert (known["外出地点"], known["从事职业"]) == ("广东省–深圳市", "电焊工")
    assert first["从业现状"] is None
    assert "土地流转" in columns
    assert any("可以不填" in str(cell.value) for cell in sheet[3])


def test_only_the_answers_can_be_written(round_: Any, tmp_path: Path) -> None:
    round_("survey", "sheet", "--output", "sheets", "--org", "金叶社区")
    assert [path.name for path in (tmp_path / "sheets").iterdir()] == [SHEET]
    sheet = _opened(tmp_path / "sheets" / SHEET)
    at, columns = _heading(sheet)
    assert sheet.protection.sheet
    for step in (1, 2):
        open_ = {n for n, c in columns.items() if not sheet.cell(at + step, c).protection.locked}
        assert open_ == {
            "从业现状", "创业意愿", "困难问题", "意见建议", "土地流转", "培训需求", "新手机号",
            "排查结果", "调查方式", "调查日期", "调查人",
        }  # fmt: skip


def test_the_drop_downs_offer_the_rounds_usual_answers(round_: Any, tmp_path: Path) -> None:
    round_("survey", "sheet", "--output", "sheets", "--org", "金叶社区")
    book = load_workbook(tmp_path / "sheets" / SHEET)
    sheet: Any = book.worksheets[0]
    options: Any = book.worksheets[1]
    at, columns = _heading(sheet)
    assert options.sheet_state == "hidden"
    offered = [cell.value for cell in options["C"] if cell.value]
    assert offered[-1] == "=医保报销"
    assert len(offered) > 1
    assert not any(cell.data_type == "f" for row in options.iter_rows() for cell in row)
    lists = {str(v.sqref): v for v in sheet.data_validations.dataValidation}
    letter = sheet.cell(at, columns["困难问题"]).column_letter
    choices = lists[f"{letter}{at + 1}:{letter}{at + 2}"]
    assert "选项!$C$1" in choices.formula1
    assert not choices.showErrorMessage  # another answer may be written


def test_only_those_still_missing(round_: Any, tmp_path: Path) -> None:
    round_("survey", "add", "M1", "--on", "2026-09-10")
    round_("survey", "sheet", "--output", "sheets", "--org", "金叶社区", "--missing")
    sheet = _opened(tmp_path / "sheets" / SHEET)
    at, columns = _heading(sheet)
    assert sheet.cell(at + 1, columns["姓名"]).value == NAMES[2]
    for number in ("M2", "M3"):
        round_("survey", "add", number, "--on", "2026-09-10")
    ran = round_("survey", "sheet", "--output", "none", "--missing", exit=16)
    assert "survey_nobody" in ran.err
    assert not (tmp_path / "none").exists()


def test_a_masked_copy_says_so(round_: Any, tmp_path: Path) -> None:
    round_("survey", "sheet", "--output", "sheets", "--masked")
    sheet = _opened(tmp_path / "sheets" / SHEET)
    text = " ".join(str(cell.value) for row in sheet.iter_rows() for cell in row)
    assert id_number(1) not in text
    assert "13912345678" not in text
    assert "脱敏副本" in text


def test_the_same_facts_give_the_same_bytes_and_leave_an_entry(round_: Any, tmp_path: Path) -> None:
    round_("survey", "sheet", "--output", "one")
    round_("survey", "sheet", "--output", "two")
    assert (tmp_path / "one" / SHEET).read_bytes() == (tmp_path / "two" / SHEET).read_bytes()
    round_("db", "check")


def test_a_sheet_somebody_wrote_in_is_never_written_over(round_: Any, tmp_path: Path) -> None:
    words = ("survey", "sheet", "--output", "sheets", "--org", "金叶社区")
    round_(*words)
    round_(*words)
    filled = tmp_path / "sheets" / SHEET
    assert [path.name for path in filled.parent.iterdir()] == [SHEET]
    filled.write_bytes(filled.read_bytes() + b"x")
    kept = filled.read_bytes()
    round_(*words)
    assert filled.read_bytes() == kept
    assert {path.name for path in filled.parent.iterdir()} == {
        SHEET, SHEET.replace(".xlsx", "_2.xlsx"),
    }  # fmt: skip
