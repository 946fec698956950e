"""Files of every kind read as sheets: by their content, with what is hidden, computed or broken."""

from __future__ import annotations

import os
import threading
import zipfile
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from openpyxl import Workbook

from flowparty.domain.dates import PartialDate
from flowparty.domain.errors import BadValue, UsageProblem
from flowparty.intake import confined
from flowparty.intake.reader import Marker, Merge, read_source
from flowparty.settings import Settings
from tests.intake.bombs import ods_parts, pack, parts, sheet

if TYPE_CHECKING:
    from flowparty.intake.reader import Sheet

DATA = Path(__file__).parents[1] / "data" / "samples"
LINES = "姓名,身份证号,备注\n令狐朝昌,522325198001010011,𠮷\n王安,522325198001010038,\n"


def write(folder: Path, content: bytes | str, name: str = "list.csv") -> Path:
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def code_of(path: Path, **also: Any) -> str:
    with pytest.raises((BadValue, UsageProblem)) as caught:
        read_source(path, **also)
    return caught.value.code


def only(path: Path, **also: Any) -> Sheet:
    (found,) = read_source(path, **also).sheets
    return found


# -- text: how it is written -----------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8-sig"),
        ("utf-16", "utf-16"),
        ("gb18030", "gb18030"),
    ],
)
def test_one_list_in_every_encoding_is_one_list(tmp_path: Path, written: str, told: str) -> None:
    source = read_source(write(tmp_path, LINES.encode(written)))
    assert (source.format, source.encoding) == ("csv", told)
    assert source.sheets[0].rows == [line.split(",") for line in LINES.splitlines()]


def test_big_endian_with_its_mark_is_read(tmp_path: Path) -> None:
    source = read_source(write(tmp_path, b"\xfe\xff" + LINES.encode("utf-16-be")))
    assert source.encoding == "utf-16"
    assert source.sheets[0].rows[1][2] == "𠮷"


@pytest.mark.parametrize("asked", ["utf-16-le", "UTF_16_LE", "gb18030", "GBK", "gb2312", "utf8"])
def test_a_person_may_say_the_encoding(tmp_path: Path, asked: str) -> None:
    plain = {"gbk": "gb18030", "gb2312": "gb18030", "utf8": "utf-8", "utf_16_le": "utf-16-le"}
    name = plain.get(asked.lower(), asked.lower())
    source = read_source(write(tmp_path, LINES.encode(name)), encoding=asked)
    assert source.encoding == name
    assert source.sheets[0].rows[0][0] == "姓名"


def test_a_mark_is_no_character_also_when_the_encoding_was_said(tmp_path: Path) -> None:
    for name, asked in (("utf-8-sig", "utf-8"), ("utf-16", "utf-16-le"), ("utf-16", "utf-16")):
        source = read_source(write(tmp_path, LINES.encode(name)), encoding=asked)
        assert source.sheets[0].rows[0][0] == "姓名"


@pytest.mark.parametrize(
    "content",
    [
        "姓名,身份证号\n".encode() + "王安,无\n".encode("gb18030"),  # lines in two encodings
        LINES.encode("utf-16-le"),  # without a mark it could be either way round
        b"\xc2\xb7,x\n",  # · or 路
    ],
)
def test_what_can_be_read_in_two_ways_is_asked_about(tmp_path: Path, content: bytes) -> None:
    assert code_of(write(tmp_path, content)) == "file_encoding_ambiguous"


def test_what_was_asked_for_decides(tmp_path: Path) -> None:
    path = write(tmp_path, b"\xc2\xb7,x\n")
    assert only(path, encoding="utf-8").rows == [["·", "x"]]
    assert only(path, encoding="gbk").rows == [["路", "x"]]


def test_nothing_is_replaced_to_make_it_decode(tmp_path: Path) -> None:
    path = write(tmp_path, LINES.encode() + b"\xff\xff,x\n")
    assert code_of(path) == "file_encoding_unknown"
    marked = write(tmp_path, LINES.encode("utf-8-sig") + "王安,无\n".encode("gb18030"), "b.csv")
    assert code_of(marked) == "file_encoding_unknown"
    assert code_of(path, encoding="utf-8") == "file_encoding_wrong"
    assert code_of(path, encoding="klingon") == "encoding_unknown"


def test_a_cell_cut_at_a_chunk_is_whole(tmp_path: Path) -> None:
    for name in ("utf-8", "gb18030"):
        content = f"a,b\n{'x' * 9_999},长\n" * 250
        rows = only(write(tmp_path, content.encode(name))).rows
        assert {row[1] for row in rows[1::2]} == {"长"}


# -- text: rows and cells --------------------------------------------------------------------


def test_records_are_counted_blank_ones_too_and_cells_are_text(tmp_path: Path) -> None:
    content = '姓名,备注\r\n\r\n令狐,"第一行\r\n第二行"\r\n,\r\n王安,="0123"\r\n\t1,\'2\r\n'
    assert only(write(tmp_path, content)).rows == [
        ["姓名", "备注"],
        ["", ""],
        ["令狐", "第一行\r\n第二行"],
        ["", ""],
        ["王安", '="0123"'],
        ["\t1", "'2"],
    ]


@pytest.mark.parametrize(("separator", "form"), [(",", "csv"), ("\t", "tsv"), (";", "csv")])
def test_the_separator_is_found(tmp_path: Path, separator: str, form: str) -> None:
    title = "长田镇党员名册" + separator * 2
    text = "\n".join((title, *(line.replace(",", separator) for line in LINES.splitlines())))
    source = read_source(write(tmp_path, text))
    assert source.format == form
    assert source.sheets[0].name == form
    assert source.sheets[0].rows[1] == ["姓名", "身份证号", "备注"]


def test_commas_inside_a_tabbed_list_do_not_part_it(tmp_path: Path) -> None:
    text = "姓名\t地址\n王安\t一组,1号,左\n令狐\t二组,2号,右\n"
    assert only(write(tmp_path, text)).rows[1] == ["王安", "一组,1号,左"]


def test_a_column_of_names_is_a_list(tmp_path: Path) -> None:
    assert only(write(tmp_path, "姓名\n王安\n\n令狐朝昌\n")).rows == [
        ["姓名"],
        ["王安"],
        [""],
        ["令狐朝昌"],
    ]


def test_short_records_are_as_wide_as_the_widest(tmp_path: Path) -> None:
    assert only(write(tmp_path, "a,b,c\n1,2\n填表人\n")).rows[1:] == [
        ["1", "2", ""],
        ["填表人", "", ""],
    ]


def test_a_stray_control_character_is_its_cells_own_fault(tmp_path: Path) -> None:
    assert only(write(tmp_path, "姓名,备注\n王\x1b安,\x00\n")).rows[1] == ["王\x1b安", "\x00"]


def test_a_quotation_mark_inside_a_cell_is_a_character(tmp_path: Path) -> None:
    assert only(write(tmp_path, 'a,5"\n"x""y",z\n')).rows == [["a", '5"'], ['x"y', "z"]]


def test_a_quotation_mark_never_closed_swallows_nobody(tmp_path: Path) -> None:
    path = write(tmp_path, 'a,b\n"x,y\nz,w\n')
    assert code_of(path) == "file_quotes_broken"


@pytest.mark.parametrize(
    ("limits", "code"),
    [
        (Settings(import_rows=2), "file_too_large"),
        (Settings(import_columns=2), "file_too_large"),
        (Settings(import_bytes=50), "file_too_large"),
        (Settings(import_cell=17), "file_cell_too_long"),
        (Settings(import_rows=3, import_columns=3, import_cell=18), ""),
    ],
)
def test_the_caps_are_settings(tmp_path: Path, limits: Settings, code: str) -> None:
    book = Workbook()
    for line in LINES.splitlines():
        assert book.active is not None
        book.active.append(line.split(","))
    book.save(tmp_path / "list.xlsx")
    for path in (write(tmp_path, LINES), tmp_path / "list.xlsx"):
        if code:
            assert code_of(path, limits=limits) == code
        else:
            assert len(only(path, limits=limits).rows) == 3


# -- what a file is, not how it is called ----------------------------------------------------


@pytest.mark.parametrize(
    ("name", "called", "form"),
    [
        ("members_gb18030.csv", "list.xlsx", "csv"),
        ("members_utf8bom.csv", "list.xls", "csv"),
        ("cards.xls", "list.xlsx", "xls"),
        ("cards.xls", "list.et", "xls"),
        ("mac1904.xlsx", "list.csv", "xlsx"),
        ("mac1904.xlsx", "list", "xlsx"),
    ],
)
def test_the_name_says_nothing(tmp_path: Path, name: str, called: str, form: str) -> None:
    assert read_source(write(tmp_path, (DATA / name).read_bytes(), called)).format == form


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("not_really.xlsx", "file_not_a_workbook"),
        ("export_html.xls", "file_not_a_workbook"),
        ("locked.xlsx", "file_encrypted"),
        ("cut_off.xlsx", "file_unreadable"),
        ("zero_bytes.xlsx", "file_empty"),
        ("empty.xlsx", "file_empty"),
    ],
)
def test_samples_that_are_no_lists(name: str, code: str) -> None:
    assert code_of(DATA / name) == code


@pytest.mark.parametrize(
    ("extra", "code"),
    [
        ({"xl/vbaProject.bin": "x"}, "file_macro"),
        ({"[Content_Types].xml": "<Types>application/vnd.ms-excel.sheet.macroEnabled.main+xml</Types>"},
         "file_macro"),
        ({"xl/macrosheets/sheet1.xml": "<x/>"}, "file_macro"),
        ({"xl/workbook.bin": "x"}, "file_binary_workbook"),
    ],
)  # fmt: skip
def test_workbooks_of_other_kinds(tmp_path: Path, extra: dict[str, str], code: str) -> None:
    assert code_of(pack(tmp_path / "list.xlsx", parts() | extra)) == code


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"\xef\xbb\xbf <!DOCTYPE html><table>", "html"),
        ("<html>".encode("utf-16"), "html"),
        (b"MIME-Version: 1.0\r\nContent-Type: multipart/related", "html"),
        (
            b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet">',
            "xml",
        ),
        (b"{\\rtf1 x}", "document"),
        (b"BM\x00\x00\x01", "image"),
        (b"Rar!\x1a\x07", "archive"),
        (b"7z\xbc\xaf\x27\x1c", "archive"),
    ],
)
def test_other_kinds_of_files_are_named(tmp_path: Path, content: bytes, kind: str) -> None:
    with pytest.raises(BadValue) as caught:
        read_source(write(tmp_path, content, "list.xls"))
    assert (caught.value.code, caught.value.params["kind"]) == ("file_not_a_workbook", kind)


def test_a_list_that_begins_like_a_picture_is_a_list(tmp_path: Path) -> None:
    assert only(write(tmp_path, "BM,x\n1,2\n")).rows[0] == ["BM", "x"]


def test_an_old_document_is_no_old_workbook(tmp_path: Path) -> None:
    content = bytearray((DATA / "cards.xls").read_bytes())
    at = content.rfind("Workbook".encode("utf-16-le"))
    content[at : at + 16] = "Worddocs".encode("utf-16-le")
    with pytest.raises(BadValue) as caught:
        read_source(write(tmp_path, bytes(content), "list.xls"))
    assert caught.value.params["kind"] == "document"


# -- workbooks -------------------------------------------------------------------------------


def test_what_is_hidden_computed_or_broken_is_told(tmp_path: Path) -> None:
    cells = (
        '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="C1"><f>1+1</f><v>2</v></c></row>'
        '<row r="2" hidden="1"><c r="A2"><v>7</v></c><c r="B2" t="e"><v>#N/A</v></c></row>'
        '<row r="4"><c r="A4"><f>2+2</f></c><c r="B4" t="e"><f>X</f><v>#NAME?</v></c></row>'
        '<row r="9" hidden="1"/>'
    )
    cols = '<cols><col min="2" max="2" hidden="1"/><col min="4" max="16384" hidden="true"/></cols>'
    found = only(pack(tmp_path / "list.xlsx", parts(sheet=sheet(cells, around=cols))))
    assert found.rows == [
        ["x", "", 2.0],
        [7.0, "#N/A", ""],
        ["", "", ""],
        [Marker.NO_VALUE, "#NAME?", ""],
    ]
    assert found.hidden_rows == {2}
    assert found.hidden_columns == {1}
    assert found.formulas == {(1, 2), (4, 1)}
    assert not found.hidden


def test_cells_without_references_follow_one_another(tmp_path: Path) -> None:
    cells = "<row><c><v>1</v></c><c><f>1</f></c></row><row><c/><c><f>2</f><v>2</v></c></row>"
    found = only(pack(tmp_path / "list.xlsx", parts(sheet=sheet(cells))))
    assert found.rows == [[1.0, Marker.NO_VALUE], ["", 2.0]]
    assert found.formulas == {(2, 1)}


def test_elements_with_a_prefix_are_the_same_elements(tmp_path: Path) -> None:
    plain = sheet('<row r="1" hidden="1"><c r="A1"><f>1</f></c><c r="B1"><v>1</v></c></row>')
    prefixed = plain.replace("</", "</x:").replace("xmlns", "xmlns:x")
    for tag in ("worksheet", "sheetData", "row", "c ", "f>", "v>"):
        prefixed = prefixed.replace(f"<{tag}", f"<x:{tag}")
    found = only(pack(tmp_path / "list.xlsx", parts(sheet=prefixed)))
    assert found.rows == [[Marker.NO_VALUE, 1.0]]
    assert found.hidden_rows == {1}


def test_numbers_stay_numbers_and_text_text(tmp_path: Path) -> None:
    book = Workbook()
    assert book.active is not None
    book.active.append(
        [1980.1, "1980.1", 5.223241980010113e17, "522324198001011319", True, "_x001B_x"]
    )
    book.save(tmp_path / "list.xlsx")
    assert only(tmp_path / "list.xlsx").rows[0] == [
        1980.1, "1980.1", 5.223241980010113e17, "522324198001011319", True, "\x1bx",
    ]  # fmt: skip


def test_hidden_sheets_are_there_and_say_so(tmp_path: Path) -> None:
    book = Workbook()
    assert book.active is not None
    book.active.append(["x"])
    for name, state in (("藏", "hidden"), ("深藏", "veryHidden")):
        made = book.create_sheet(name)
        made.append(["y"])
        made.sheet_state = state
    book.save(tmp_path / "list.xlsx")
    sheets = read_source(tmp_path / "list.xlsx").sheets
    assert [(s.name, s.hidden) for s in sheets] == [("Sheet", False), ("藏", True), ("深藏", True)]


def test_hidden_columns_of_a_sample() -> None:
    assert {s.hidden_columns for s in read_source(DATA / "outflow_roster.xlsx").sheets} == {
        frozenset({5, 12})
    }


def test_days_counted_from_1904_are_right() -> None:
    rows = read_source(DATA / "mac1904.xlsx").sheets[0].rows
    days = [cell for row in rows for cell in row if isinstance(cell, date)]
    assert days
    assert all(1920 < day.year < 2026 for day in days)


def test_an_old_workbook_is_read_as_it_stands() -> None:
    found = only(DATA / "cards.xls")
    assert len(found.rows) == 32
    assert len(found.merges) == 1
    assert {type(cell) for row in found.rows for cell in row} >= {str, float}


def test_overlapping_merges_are_no_list(tmp_path: Path) -> None:
    cells = '<row r="1"><c r="A1"><v>1</v></c></row><row r="3"><c r="A3"><v>1</v></c></row>'
    merges = "<mergeCells>{}</mergeCells>".format('<mergeCell ref="A1:B3"/>' * 4)
    path = pack(tmp_path / "list.xlsx", parts(sheet=sheet(cells, after=merges)))
    assert code_of(path) == "file_unreadable"


def test_merges_are_cut_to_the_rows(tmp_path: Path) -> None:
    cells = '<row r="2"><c r="B2"><v>1</v></c></row>'
    merges = (
        '<mergeCells><mergeCell ref="A1:XFD1"/><mergeCell ref="A2:A1048576"/>'
        '<mergeCell ref="A5:B9"/></mergeCells>'
    )
    path = pack(tmp_path / "list.xlsx", parts(sheet=sheet(cells, after=merges)))
    assert only(path).merges == (Merge(1, 1, 0, 1), Merge(2, 2, 0, 0))


# -- OpenDocument ----------------------------------------------------------------------------


def ods(folder: Path, body: str) -> Sheet:
    path = folder / "list.ods"
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in ods_parts(body).items():
            archive.writestr(name, content)
    source = read_source(path)
    assert source.format == "ods"
    return source.sheets[0]


def cell(text: str = "", *, kind: str = "string", also: str = "") -> str:
    shown = f"<text:p>{text}</text:p>" if text else ""
    told = f' office:value-type="{kind}"' if kind else ""
    return f"<table:table-cell{told}{also}>{shown}</table:table-cell>"


def row(*cells: str, also: str = "") -> str:
    return f"<table:table-row{also}>{''.join(cells)}</table:table-row>"


def test_opendocument_cells_of_every_kind(tmp_path: Path) -> None:
    found = ods(
        tmp_path,
        row(
            cell("姓名"),
            cell("1980.1", kind="float", also=' office:value="1980.1"'),
            cell("2009-09-01", kind="date", also=' office:date-value="2009-09-01"'),
            cell("2009年9月", kind="date", also=' office:date-value="2009-09-01"'),
            cell("08:30", kind="date", also=' office:date-value="2009-09-01T08:30:00"'),
        ),
    )
    assert found.rows == [
        ["姓名", 1980.1, date(2009, 9, 1), PartialDate(2009, 9), datetime(2009, 9, 1, 8, 30)]  # noqa: DTZ001
    ]


def test_opendocument_hidden_computed_merged_repeated(tmp_path: Path) -> None:
    hidden = ' table:visibility="collapse"'
    found = ods(
        tmp_path,
        "<table:table-column/>"
        f'<table:table-column{hidden} table:number-columns-repeated="1000"/>'
        + row(
            cell("a", also=' table:number-columns-spanned="2" table:number-rows-spanned="2"'),
            cell(),
        )
        + row(
            cell(also=' table:number-columns-repeated="3"', kind=""),
            also=' table:number-rows-repeated="2"',
        )
        + row(cell("b", also=' table:number-columns-repeated="2"'), also=hidden)
        + row(
            cell("2", kind="float", also=' office:value="2" table:formula="of:=1+1"'),
            cell(kind="", also=' table:formula="of:=X"'),
            cell("#N/A", also=' table:formula="of:=NA()" calcext:value-type="error"'),
        )
        + row(cell(kind=""), also=f'{hidden} table:number-rows-repeated="1048000"'),
    )
    assert [row[:2] for row in found.rows[:4]] == [["a", ""], ["", ""], ["", ""], ["b", "b"]]
    assert found.rows[4] == [2.0, Marker.NO_VALUE, "#N/A"]
    assert found.hidden_rows == {4}
    assert found.hidden_columns == {1, 2}
    assert found.formulas == {(5, 0), (5, 2)}
    assert found.merges == (Merge(1, 2, 0, 1),)


def test_an_opendocument_file_under_a_password_or_with_macros(tmp_path: Path) -> None:
    files = ods_parts(row(cell("a")))
    locked = files | {"META-INF/manifest.xml": "<manifest:encryption-data/>"}
    assert code_of(pack(tmp_path / "a.ods", dict(locked))) == "file_encrypted"
    macros = files | {"Basic/Standard/Module1.xml": "<x/>"}
    assert code_of(pack(tmp_path / "b.ods", dict(macros))) == "file_macro"


# -- the wall --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("status", "code"),
    [
        (-6, "file_too_large"),
        (-9, "file_takes_too_long"),
        (-11, "file_unreadable"),
        (67, "file_too_large"),
    ],
)
def test_however_the_reader_ends_it_is_told(tmp_path: Path, status: int, code: str) -> None:
    assert confined._ended(status, tmp_path).code == code  # noqa: SLF001


def test_a_reader_that_does_not_begin_is_our_own_fault(tmp_path: Path) -> None:
    with pytest.raises(RuntimeError):
        confined._ended(1, tmp_path)  # noqa: SLF001


def test_a_reader_that_hangs_is_ended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    endless = tmp_path / "cards.xls"
    os.mkfifo(endless)  # whoever opens it waits for somebody who writes
    timer = threading.Timer
    monkeypatch.setattr(threading, "Timer", lambda _, end: timer(0.01, end))
    with pytest.raises(BadValue) as caught, confined.reading(endless, Settings()) as sheets:
        sheets()
    assert caught.value.code == "file_takes_too_long"


def test_a_file_beside_it_is_not_imported_by_the_reader(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "json.py").write_text("raise SystemExit(3)", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert len(only(DATA / "cards.xls").rows) == 32
