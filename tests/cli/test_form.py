"""The town's own blanks: taken out, changed in a spreadsheet, checked, used, and put back."""

from __future__ import annotations

import random
import zipfile
from typing import TYPE_CHECKING, Any

import pytest
from openpyxl import load_workbook
from openpyxl.chart import BarChart

from flowparty.data import data_path
from flowparty.repository.codes import table
from tests.people import add_words

if TYPE_CHECKING:
    from pathlib import Path


def test_every_blank_is_a_form_of_the_table() -> None:
    files = {path.stem for path in data_path("forms").glob("*.xlsx")}
    assert files == set(table("form").codes)


@pytest.fixture
def own(town: Any, tmp_path: Path) -> Path:
    """The blank of the 台账 with the town's own title and a column less."""
    path = tmp_path / "own.xlsx"
    town("form", "export", "台账", "--output", str(path))
    book: Any = load_workbook(path)
    book.worksheets[0]["A1"] = "长田镇流动党员管理台账{{mark}}"
    book.save(path)
    return path


def test_the_towns_own_blank_is_what_a_return_is_filled_into(
    town: Any, own: Path, tmp_path: Path
) -> None:
    town(*add_words())
    town("move", "out", "M1", "--to", "广东深圳", "--on", "2026-01-05")
    assert not any(form["own"] for form in town("form", "list", "--format", "json").json)
    used = town("form", "use", "ledger", str(own), "--format", "json")
    assert (used.json["own"], used.json["since"]) == (True, "2026-11-28")
    town("ledger", "export", "--period", "2026-11", "--output", "out")
    sheet: Any = load_workbook(tmp_path / "out" / "流动党员台账_2026-11.xlsx").worksheets[0]
    assert sheet["A1"].value == "长田镇流动党员管理台账"
    assert "王小明" in [cell.value for row in sheet.iter_rows() for cell in row]
    town("form", "export", "ledger", "--output", "again.xlsx")
    assert (tmp_path / "again.xlsx").read_bytes() == own.read_bytes()
    town("db", "check")


def test_using_it_again_or_going_back_twice_writes_once(town: Any, own: Path, path: Path) -> None:
    first = town("form", "use", "ledger", str(own))
    assert "Recorded." in first.err
    before = path.read_bytes()
    assert "Already recorded" in town("form", "use", "ledger", str(own)).err
    assert path.read_bytes() == before
    back = town("form", "use", "ledger", "--built-in", "--format", "json")
    assert back.json["own"] is False
    assert "Already recorded" in town("form", "use", "ledger", "--built-in").err
    town("db", "check")


def test_the_placeholders_of_a_form_can_be_read(town: Any) -> None:
    named = {row["placeholder"]: row["where"] for row in
             town("form", "show", "台账", "--format", "json").json}  # fmt: skip
    assert named["{{unit}}"] == "once"
    assert named["{{row.id_number}}"] == "row"


def _with(change: Any) -> Any:
    def make(folder: Path) -> Path:
        book: Any = load_workbook(data_path("forms", "ledger.xlsx"))
        change(book.worksheets[0])
        book.save(folder / "bad.xlsx")
        return folder / "bad.xlsx"

    return make


def _unknown(sheet: Any) -> None:
    sheet["A1"] = "{{thoughts}}"


def _no_row(sheet: Any) -> None:
    for row in sheet.iter_rows():
        for cell in row:
            if isinstance(cell.value, str) and "{{row." in cell.value:
                cell.value = None


def _chart(sheet: Any) -> None:
    sheet.add_chart(BarChart(), "B20")


def _text(folder: Path) -> Path:
    (folder / "bad.xlsx").write_text("姓名,性别")
    return folder / "bad.xlsx"


def _large(folder: Path) -> Path:
    path = folder / "bad.xlsx"
    path.write_bytes(data_path("forms", "ledger.xlsx").read_bytes())
    with zipfile.ZipFile(path, "a") as package:
        package.writestr("customXml/item1.xml", random.Random(1).randbytes(2_100_000))
    return path


MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def _claims(element: str) -> Any:
    """A blank whose sheet says more of itself, in the words of its XML."""

    def make(folder: Path) -> Path:
        path = folder / "bad.xlsx"
        with (
            zipfile.ZipFile(data_path("forms", "ledger.xlsx")) as book,
            zipfile.ZipFile(path, "w") as out,
        ):
            for name in book.namelist():
                content = book.read(name).decode()
                out.writestr(name, content.replace("<printOptions", f"{element}<printOptions"))
        return path

    return make


@pytest.mark.parametrize(
    ("make", "code"),
    [
        (_with(_unknown), "form_placeholder_unknown"),
        (_with(_no_row), "form_row_missing"),
        (_with(_chart), "form_unsupported"),
        (_text, "file_not_a_workbook"),
        (_large, "form_too_large"),
        (_claims("<mergeCells><mergeCell ref='B9:XFD1048576'/></mergeCells>"), "form_too_wide"),
        (
            _claims(
                f'<x:mergeCells xmlns:x="{MAIN}"><x:mergeCell ref="a9:xfd1048576"/></x:mergeCells>'
            ),
            "form_too_wide",
        ),
        (_claims('<hyperlinks><hyperlink ref="A9:XFD90000"/></hyperlinks>'), "form_too_wide"),
        (lambda folder: folder / "none.xlsx", "file_missing"),
    ],
)
def test_a_blank_that_cannot_be_filled_is_refused(
    town: Any, path: Path, tmp_path: Path, make: Any, code: str
) -> None:
    before = path.read_bytes()
    ran = town("form", "use", "ledger", str(make(tmp_path)), "--format", "json", exit=5)
    assert ran.error["code"] == code
    assert path.read_bytes() == before


def test_words_that_do_not_say_which(town: Any, own: Path) -> None:
    ran = town("form", "use", "ledger", "--format", "json", exit=2)
    assert ran.error["code"] == "form_which"
    ran = town("form", "use", "ledger", str(own), "--built-in", "--format", "json", exit=2)
    assert ran.error["code"] == "form_which"
    town("form", "export", "花名册", "--output", "x.xlsx", exit=6)
    ran = town("form", "show", "花名册", "--format", "json", exit=6)
    assert ran.error["code"] == "form_not_found"
