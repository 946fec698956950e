"""The writer of forms: placeholders, repeated rows, what moves down, and text that stays text."""

from __future__ import annotations

import io
import re
import zipfile
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook
from openpyxl.styles import Alignment
from openpyxl.worksheet.datavalidation import DataValidation

from flowparty.domain.blanks import Blank
from flowparty.domain.errors import BadValue
from flowparty.forms.blank import placeholders
from flowparty.forms.fill import fill
from flowparty.forms.sheet import move_reference
from flowparty.forms.text import LONGEST, cell_text, xml_text

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def blank(tmp_path: Path) -> Path:
    """A small form: a title, headings, the repeated row, a total, merged signatures."""
    book = Workbook()
    sheet: Any = book.active
    sheet.append(["名单{{mark}}", "", ""])
    sheet.merge_cells("A1:C1")
    sheet.append(["序号", "姓名", "备注"])
    sheet.append(["{{row.serial}}", "{{row.name}}", "{{row.remark}}"])
    for cell in sheet[3]:
        cell.number_format = "@"
    sheet["A3"].number_format = "General"
    sheet.row_dimensions[3].height = 31
    sheet.append(["合计", "{{total}}", ""])
    sheet.append(["填表人：{{by}}", "", ""])
    sheet.merge_cells("A5:C5")
    sheet.print_area = "A1:C5"
    sheet.print_title_rows = "1:2"
    choices = DataValidation(type="list", formula1='"是,否"')
    choices.add("C3:C3")
    sheet.add_data_validation(choices)
    path = tmp_path / "blank.xlsx"
    book.save(path)
    return path


def read(path: Path) -> Blank:
    return Blank("ledger", str(path), path.read_bytes())


def filled(blank: Path, rows: list[dict[str, Any]], **values: Any) -> Any:
    out = io.BytesIO()
    fill(read(blank), out, {"mark": "", "total": len(rows), "by": "韦光明", **values}, rows)
    out.seek(0)
    return load_workbook(out).active


def person(number: int, name: str = "王小明", remark: str | None = None) -> dict[str, Any]:
    return {"row.serial": number, "row.name": name, "row.remark": remark}


def test_rows_are_written_and_what_is_below_moves_down(blank: Path) -> None:
    sheet = filled(blank, [person(1), person(2, "欧阳𬭎"), person(3, "古丽娜尔·吐尔逊")])
    assert [cell.value for cell in sheet["A"]] == [
        "名单",
        "序号",
        1,
        2,
        3,
        "合计",
        "填表人：韦光明",
    ]
    assert sheet["B4"].value == "欧阳𬭎"
    assert sheet["B6"].value == 3
    assert sorted(map(str, sheet.merged_cells.ranges)) == ["A1:C1", "A7:C7"]
    assert [sheet.row_dimensions[n].height for n in (3, 4, 5)] == [31, 31, 31]


def test_print_set_up_and_drop_downs_grow(blank: Path) -> None:
    sheet = filled(blank, [person(n) for n in range(1, 11)])
    assert sheet.print_area == "'Sheet'!$A$1:$C$14"
    assert sheet.print_title_rows == "$1:$2"
    assert str(sheet.data_validations.dataValidation[0].sqref) == "C3:C12"


def test_without_rows_one_empty_row_stays(blank: Path) -> None:
    sheet = filled(blank, [])
    assert [cell.value for cell in sheet["A"]] == ["名单", "序号", None, "合计", "填表人：韦光明"]


@pytest.mark.parametrize(
    "text",
    ["=1+1", "@cmd", "+86", "-x", "[red]x[/red]", "a<b>&c", "_x001B_", " 前后 ", "一\n二", "'引",
     "＝１", "𠮷𫖯䶮", '=HYPERLINK("http://x")'],
)  # fmt: skip
def test_text_comes_back_to_the_letter_and_never_as_a_formula(blank: Path, text: str) -> None:
    out = io.BytesIO()
    fill(read(blank), out, {"mark": text, "total": 1, "by": ""}, [person(1, remark=text)])
    with zipfile.ZipFile(out) as made:
        assert b"<f>" not in made.read("xl/worksheets/sheet1.xml")
    from python_calamine import CalamineWorkbook

    out.seek(0)
    rows = CalamineWorkbook.from_filelike(out).get_sheet_by_index(0).to_python()
    assert rows[2][2] == text
    assert rows[0][0] == f"名单{text}"


def test_control_characters_are_left_out(blank: Path) -> None:
    sheet = filled(blank, [person(1, remark="a\x00b\x1bc\ufffe\ud800d")])
    assert sheet["C3"].value == "abcd"


@given(st.text())
def test_any_text_makes_well_formed_xml(text: str) -> None:
    from xml.etree import ElementTree as ET

    root = ET.fromstring(f"<t>{xml_text(text)}</t>")  # noqa: S314 - our own
    assert len(root.text or "") <= LONGEST * 2


def test_long_text_is_cut_with_a_mark() -> None:
    cut = cell_text("长" * (LONGEST + 10))
    assert len(cut) == LONGEST
    assert cut.endswith("…")


def test_a_line_grows_with_its_text_where_it_may(blank: Path) -> None:
    book = load_workbook(blank)
    sheet: Any = book.active
    sheet["C3"].alignment = Alignment(wrap_text=True)
    sheet["A1"].alignment = Alignment(wrap_text=True)
    sheet.row_dimensions[1].height = 20
    book.save(blank)

    def heights(*, grow: bool) -> list[float]:
        out = io.BytesIO()
        people = [person(1, remark="短"), person(2, remark="长" * 40), person(3, remark="一\n" * 5)]
        fill(read(blank), out, {"mark": "长" * 60, "total": 3, "by": ""}, people, grow=grow)
        out.seek(0)
        made: Any = load_workbook(out).active
        return [made.row_dimensions[row].height for row in (1, 3, 4, 5)]

    title, first, second, third = heights(grow=True)
    assert title > 20
    assert first == 31
    assert min(second, third) > 60
    assert heights(grow=False)[1:] == [31, 31, 31]


def test_the_same_facts_give_the_same_bytes(blank: Path) -> None:
    def made() -> bytes:
        out = io.BytesIO()
        fill(read(blank), out, {"mark": "", "total": 2, "by": ""}, [person(1), person(2)])
        return out.getvalue()

    assert made() == made()


def test_a_placeholder_nobody_knows_is_refused(blank: Path) -> None:
    with pytest.raises(BadValue) as caught:
        fill(read(blank), io.BytesIO(), {"mark": "", "total": 0})
    assert (caught.value.code, caught.value.params["name"]) == ("form_placeholder_unknown", "by")


def test_what_is_no_workbook_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "text.xlsx"
    path.write_text("not a workbook")
    with pytest.raises(BadValue) as caught:
        placeholders(read(path))
    assert caught.value.code == "form_not_a_workbook"


def test_two_rows_of_placeholders_are_refused(blank: Path) -> None:
    book = load_workbook(blank)
    book.active["B4"] = "{{row.name}}"  # type: ignore[index]
    book.save(blank)
    with pytest.raises(BadValue) as caught:
        fill(read(blank), io.BytesIO(), {"mark": "", "by": ""})
    assert caught.value.code == "form_unsupported"


def test_a_merge_over_the_row_is_refused_and_one_on_it_repeated(blank: Path) -> None:
    book = load_workbook(blank)
    sheet: Any = book.active
    sheet.merge_cells("B3:C3")
    book.save(blank)
    ranges = sorted(map(str, filled(blank, [person(1), person(2)]).merged_cells.ranges))
    assert ranges == ["A1:C1", "A6:C6", "B3:C3", "B4:C4"]
    sheet.unmerge_cells("B3:C3")
    sheet.merge_cells("B3:C4")
    book.save(blank)
    with pytest.raises(BadValue):
        filled(blank, [])


def test_many_rows(blank: Path) -> None:
    sheet = filled(blank, [person(n) for n in range(1, 3001)])
    assert sheet.max_row == 3004
    assert sheet["A3002"].value == 3000


@pytest.mark.parametrize(
    ("reference", "moved"),
    [
        ("A1:C1", "A1:C1"), ("A4:C4", "A8:C8"), ("C3:C3", "C3:C7"), ("C2:C3", "C2:C7"),
        ("$A$1:$C$5", "$A$1:$C$9"), ("B3", "B3"), ("B4 C3:D3", "B8 C3:D7"),
    ],
)  # fmt: skip
def test_references_after_row_3_became_four_more(reference: str, moved: str) -> None:
    assert move_reference(reference, 3, 4) == moved


@pytest.mark.parametrize(
    "form",
    ["ledger.xlsx", "card_statistics.xlsx", "member_card.xlsx", "aid_notice.xlsx", "agenda.xlsx"],
)
def test_the_built_in_blanks_are_a4_and_print_on_its_width(form: str) -> None:
    from flowparty.data import data_path

    sheet: Any = load_workbook(data_path("forms", form)).active
    assert sheet.page_setup.paperSize == 9
    assert sheet.page_setup.fitToWidth == 1
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert placeholders(read(data_path("forms", form))).row
    assert not re.search(r"\{\{[^}]*$", str([c.value for row in sheet.rows for c in row]))
