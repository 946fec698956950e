from __future__ import annotations

import os
import zipfile
from typing import TYPE_CHECKING

import pytest

from flowparty.domain.dates import PartialDate
from flowparty.domain.errors import BadValue, Denied, Problem
from flowparty.errors import explain
from flowparty.intake.reader import Marker, Merge, read_source, read_workbook
from flowparty.intake.references import column_index, column_letter
from flowparty.settings import Settings
from tests.intake.lists import HEADINGS, number, save

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

SHEET = "xl/worksheets/sheet1.xml"
PERSON = ("令狐朝昌", number(), "雨柏村")


def problem_of(path: Path) -> Problem:
    with pytest.raises(Problem) as caught:
        read_workbook(path)
    return caught.value


def changed(path: Path, part: str, change: Callable[[bytes], bytes]) -> Path:
    """The same workbook with one part changed."""
    with zipfile.ZipFile(path) as old:
        parts = {name: old.read(name) for name in old.namelist()}
    parts[part] = change(parts[part])
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for name, content in parts.items():
            new.writestr(name, content)
    return path


@pytest.mark.parametrize(
    ("content", "code", "kind"),
    [
        (b"", "file_empty", None),
        ("只有一句话".encode(), "file_not_a_workbook", "text"),
        ("姓名\t身份证号\n改了名字的文本。\n".encode(), "file_not_a_workbook", "text"),
        (b"<html><table></table></html>", "file_not_a_workbook", "html"),
        (b"%PDF-1.7", "file_not_a_workbook", "pdf"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, "file_unreadable", None),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
            "file_encrypted",
            None,
        ),
        (b"PK\x03\x04 cut off", "file_unreadable", None),
        (bytes(range(256)) * 4, "file_not_a_workbook", "other"),
    ],
)
def test_what_is_no_workbook_is_named(
    tmp_path: Path, content: bytes, code: str, kind: str | None
) -> None:
    path = tmp_path / "list.xlsx"
    path.write_bytes(content)
    problem = problem_of(path)
    assert isinstance(problem, BadValue)
    assert (problem.code, problem.params.get("kind")) == (code, kind)
    assert problem.params["path"] == str(path)


def test_a_missing_file_and_a_folder_are_told_apart(tmp_path: Path) -> None:
    assert problem_of(tmp_path / "none.xlsx").code == "file_missing"
    assert problem_of(tmp_path / "none" / "none.xlsx").code == "file_missing"
    assert problem_of(tmp_path).params["kind"] == "folder"
    assert "the file in it" in explain(problem_of(tmp_path)).hint


def test_a_pipe_is_refused_instead_of_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.xlsx")
    assert problem_of(tmp_path / "pipe.xlsx").code == "file_not_a_workbook"


def test_a_file_that_may_not_be_read_is_denied(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = save(tmp_path / "list.xlsx", HEADINGS)

    def refuse(*_: object, **__: object) -> None:
        raise PermissionError

    monkeypatch.setattr(type(path), "open", refuse)
    problem = problem_of(path)
    assert isinstance(problem, Denied)
    assert problem.code == "file_not_readable"


def test_another_office_document_is_no_workbook(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "letter.docx", "w") as letter:
        letter.writestr("word/document.xml", "<w/>")
    assert problem_of(tmp_path / "letter.docx").params["kind"] == "document"


def test_a_cut_off_workbook_is_unreadable_at_every_length(tmp_path: Path) -> None:
    whole = save(tmp_path / "list.xlsx", HEADINGS, PERSON).read_bytes()
    path = tmp_path / "cut.xlsx"
    for length in range(4, len(whole) - 1, 97):
        path.write_bytes(whole[:length])
        assert problem_of(path).code == "file_unreadable"


def test_a_damaged_byte_is_a_problem_of_ours_or_no_problem(tmp_path: Path) -> None:
    whole = save(tmp_path / "list.xlsx", HEADINGS, PERSON).read_bytes()
    path = tmp_path / "damaged.xlsx"
    outcomes = set()
    for at in range(0, len(whole), 61):
        path.write_bytes(whole[:at] + bytes([whole[at] ^ 0xFF]) + whole[at + 1 :])
        try:
            read_workbook(path)
        except BadValue as problem:
            outcomes.add(problem.code)
    assert "file_unreadable" in outcomes
    # A flipped bit in a part's promised length is too large, one in a name hides the workbook.
    assert outcomes <= {
        "file_unreadable",
        "file_not_a_workbook",
        "file_empty",
        "file_too_large",
        "file_bomb",
    }


@pytest.mark.parametrize("corner", ["XFD1048576", "A1048576", "GS2"])
def test_a_lone_cell_far_away_is_refused_before_it_costs_memory(
    tmp_path: Path, corner: str
) -> None:
    lone = f'<row><c r="{corner}"><v>1</v></c></row></sheetData>'.encode()
    path = save(tmp_path / "list.xlsx", HEADINGS)
    problem = problem_of(changed(path, SHEET, lambda old: old.replace(b"</sheetData>", lone)))
    assert problem.code == "file_too_large"


def test_empty_cells_far_away_cost_nothing_and_are_read_past(tmp_path: Path) -> None:
    lone = b'<row r="1048576"><c r="XFD1048576" s="0"/></row></sheetData>'
    path = save(tmp_path / "list.xlsx", HEADINGS, PERSON)
    (sheet,) = read_workbook(changed(path, SHEET, lambda old: old.replace(b"</sheetData>", lone)))
    assert sheet.rows == [list(HEADINGS), list(PERSON)]


def test_a_workbook_that_unpacks_too_far_is_refused(tmp_path: Path) -> None:
    path = save(tmp_path / "list.xlsx", HEADINGS)
    with pytest.raises(BadValue) as caught:
        read_source(path, limits=Settings(import_bytes=1000))
    assert caught.value.code == "file_too_large"


@pytest.mark.parametrize("part", [SHEET, "xl/workbook.xml", "xl/styles.xml"])
def test_a_document_type_is_refused_wherever_it_stands(tmp_path: Path, part: str) -> None:
    bomb = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    path = changed(save(tmp_path / "list.xlsx", HEADINGS), part, lambda old: bomb + old)
    assert problem_of(path).code == "file_with_doctype"


def test_two_parts_of_one_name_are_refused(tmp_path: Path) -> None:
    path = save(tmp_path / "list.xlsx", HEADINGS)
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr(SHEET.upper(), b"<worksheet/>")
    assert problem_of(path).code == "file_unreadable"


def test_an_empty_workbook_is_empty(tmp_path: Path) -> None:
    assert problem_of(save(tmp_path / "list.xlsx")).code == "file_empty"


def test_rows_and_columns_count_from_the_corner_as_excel_shows(tmp_path: Path) -> None:
    path = save(tmp_path / "list.xlsx", [], [], [None, "姓名"], merges=["B3:B5"])
    (sheet,) = read_workbook(path)
    assert sheet.rows[2][1] == "姓名"
    assert sheet.merges == (Merge(top=3, bottom=3, left=1, right=1),)


@pytest.mark.parametrize(
    ("formula", "stood"),
    [
        (b"<f>1+1</f><v></v>", Marker.NO_VALUE),
        (b"<f>1+1</f><v/>", Marker.NO_VALUE),
        (b"<f>1+1</f>", Marker.NO_VALUE),
        (b"<f>1+1</f><v>2</v>", 2.0),
    ],
)
def test_a_formula_is_its_value_and_without_one_nothing(
    tmp_path: Path, formula: bytes, stood: object
) -> None:
    path = save(tmp_path / "list.xlsx", ["x", 7, "end"])
    (sheet,) = read_workbook(changed(path, SHEET, lambda old: old.replace(b"<v>7</v>", formula)))
    assert sheet.rows[0][1] == stood
    assert sheet.rows[0][2] == "end"


@pytest.mark.parametrize(
    ("shown_as", "month_only"),
    [
        ('yyyy"年"m"月"', True),
        ("yyyy-mm", True),
        ("[$-804]yyyy/m;@", True),
        ("mmm-yy", True),
        ("yyyy-mm-dd", False),
        ('yyyy"年"m"月"d"日"', False),
        ("yyyy-mm-dd h:mm:ss", False),
    ],
)
def test_a_date_is_known_as_far_as_it_is_shown(
    tmp_path: Path, shown_as: str, month_only: bool
) -> None:
    from openpyxl import load_workbook

    path = save(tmp_path / "list.xlsx", ["日期"], [40057])
    book = load_workbook(path)
    book.worksheets[0]["A2"].number_format = shown_as
    book.save(path)
    (sheet,) = read_workbook(path)
    stood = sheet.rows[1][0]
    assert (stood == PartialDate(2009, 9)) == month_only
    assert str(stood).startswith("2009-09")


@pytest.mark.parametrize(
    ("letters", "index"), [("A", 0), ("T", 19), ("Z", 25), ("AA", 26), ("XFD", 16383)]
)
def test_columns_by_letter_and_number(letters: str, index: int) -> None:
    assert column_index(letters) == index
    assert column_letter(index) == letters
