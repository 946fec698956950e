"""The list handed back: everything as it was, every fault beside its cell; and never lost work."""

from __future__ import annotations

import zipfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.comments import Comment
from openpyxl.styles import Font

from flowparty.domain.canonical import sha256
from flowparty.domain.handing_back import REASON, ROW, SHEET
from flowparty.forms import annotated
from flowparty.forms.opening import CannotOpen
from flowparty.intake.faults import Fault
from flowparty.intake.reader import Marker, read_source
from flowparty.service.annotate import Around, annotate

if TYPE_CHECKING:
    from flowparty.repository.registry import Registry

HEADINGS = ["姓名", "公民身份证号", "所在党支部", "入党时间", "备注"]
DATA = Path(__file__).parents[1] / "data" / "samples"


def fault(
    row: int, column: str, code: str = "id_checksum", level: Any = "reject", **also: Any
) -> Fault:
    heading = HEADINGS[ord(column) - ord("A")] if column else ""
    return Fault(
        code, level, also.get("sheet", "名单"), row, column, "id_number", heading, "522325…"
    )


def words(code: str) -> str:
    return f"《{code}》"


@pytest.fixture
def workbook(tmp_path: Path) -> Path:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "名单"
    sheet.append(["雨柏村党员名单"])
    sheet.append(HEADINGS)
    sheet.append(["令狐朝昌", "522325198001010011", "雨柏村", 1980.3, "=1+1"])
    sheet.append(["欧阳贵忠", 5.223251980010113e17, None, "1980.1", "+86 -1 @x"])
    sheet.append(["王安", "522325198001010038", None, None, "=SUM(1,2)"])
    sheet["E3"].data_type = "s"
    sheet["E4"].data_type = "s"
    sheet["B3"].number_format = "@"
    sheet["A3"].comment = Comment("问过本人", "李会计")
    sheet["A3"].font = Font(bold=True, color="00336699")
    sheet.merge_cells("A1:E1")
    sheet.merge_cells("C3:C5")
    sheet.column_dimensions["B"].width = 31
    sheet.column_dimensions["D"].hidden = True
    sheet.column_dimensions.group("G", "XFD", hidden=True)
    sheet.row_dimensions[4].height = 44
    sheet.freeze_panes = "A3"
    book.create_sheet("说明").append(["填表说明"])
    path = tmp_path / "雨柏村.xlsx"
    book.save(path)
    return path


def hand_back(registry: Registry, path: Path, *faults: Fault, **also: Any) -> Path:
    around = also.pop("around", {"名单": Around(2), "csv": Around(1)})
    done = annotate(registry, read_source(path), faults, words, around=around, **also)
    assert done is not None
    return done.path


def test_the_bad_cell_is_coloured_and_says_why(registry: Registry, workbook: Path) -> None:
    back = hand_back(registry, workbook, fault(4, "B"), fault(4, "A", "name_same", "warn"))
    assert back == workbook.with_name("雨柏村.回填.xlsx")
    assert back.stat().st_mode & 0o777 == 0o600
    sheet: Any = load_workbook(back)["名单"]
    assert sheet["B4"].fill.fgColor.rgb == "00FFC7CE"
    assert sheet["A4"].fill.fgColor.rgb == "00FFEB9C"
    assert sheet["B4"].comment.text == "【回填】《id_checksum》"
    assert sheet["F2"].value == REASON
    assert sheet["F4"].value == "B列“公民身份证号”：《id_checksum》；A列“姓名”：《name_same》"
    assert sheet["B4"].number_format == "@"
    assert sheet["F3"].value is None
    assert sheet.column_dimensions["F"].width == 60


def test_everything_else_is_as_it_was(registry: Registry, workbook: Path) -> None:
    back = hand_back(registry, workbook, fault(4, "B"))
    before, after = (load_workbook(path) for path in (workbook, back))
    assert after.sheetnames == before.sheetnames
    old, new = before["名单"], after["名单"]
    for row in old.iter_rows():
        for cell in row:
            same: Any = new[cell.coordinate]
            assert (same.value, same.data_type) == (cell.value, cell.data_type)
            if cell.coordinate != "B4":
                assert same.style_id == cell.style_id or same.font == cell.font
                assert same.number_format == cell.number_format
    assert str(new["A3"].comment.text) == "问过本人"
    assert {str(merge) for merge in new.merged_cells.ranges} == {"A1:E1", "C3:C5"}
    assert new.column_dimensions["B"].width == 31
    assert new.column_dimensions["D"].hidden
    assert (new.column_dimensions["G"].min, new.column_dimensions["G"].max) == (7, 16384)
    assert new.row_dimensions[4].height == 44
    assert new.freeze_panes == "A3"


def test_text_like_a_formula_stays_text_and_a_formula_a_formula(
    registry: Registry, workbook: Path
) -> None:
    back = hand_back(registry, workbook, fault(3, "E"), fault(4, "E"))
    with zipfile.ZipFile(back) as archive:
        xml = archive.read("xl/worksheets/sheet1.xml").decode()
    assert xml.count("<f") == 1
    rows = read_source(back).sheets[0].rows
    assert [row[4] for row in rows[2:]] == ["=1+1", "+86 -1 @x", Marker.NO_VALUE]
    assert rows[2][1] == "522325198001010011"


def test_the_column_of_reasons_is_cut_out_of_a_hidden_range(
    registry: Registry, workbook: Path
) -> None:
    book = load_workbook(workbook)
    book["名单"]["G2"] = "备注二"
    book.save(workbook)
    sheet: Any = load_workbook(hand_back(registry, workbook, fault(4, "B")))["名单"]
    assert sheet["H2"].value == REASON
    spans = sorted(
        (d.min, d.max, bool(d.hidden)) for d in sheet.column_dimensions.values() if d.min >= 7
    )
    assert spans == [(7, 7, True), (8, 8, False), (9, 16384, True)]


def test_a_cell_inside_a_merge_is_marked_at_its_beginning(
    registry: Registry, workbook: Path
) -> None:
    sheet: Any = load_workbook(hand_back(registry, workbook, fault(5, "C", "branch_unknown")))[
        "名单"
    ]
    assert sheet["C3"].comment.text == "【回填】《branch_unknown》"
    assert sheet["F5"].value == "C列“所在党支部”：《branch_unknown》"


def test_a_comment_of_somebody_else_stays_above_ours(registry: Registry, workbook: Path) -> None:
    sheet: Any = load_workbook(
        hand_back(registry, workbook, fault(3, "A", "x"), fault(3, "A", "y"))
    )["名单"]
    assert sheet["A3"].comment.text == "问过本人【回填】《x》\n《y》"
    assert sheet["A3"].comment.author == "李会计"


def test_a_copy_mended_and_handed_in_again_loses_what_was_said(
    registry: Registry, workbook: Path
) -> None:
    first = hand_back(registry, workbook, fault(3, "A", "x"), fault(4, "B"))
    book = load_workbook(first)
    book["名单"]["B4"] = "522325198001010038"
    book.save(first)
    second = hand_back(registry, first, fault(5, "B"))
    assert second == workbook.with_name("雨柏村.回填2.xlsx")
    sheet: Any = load_workbook(second)["名单"]
    assert sheet["A3"].comment.text == "问过本人"
    assert sheet["B4"].comment is None
    assert sheet["B4"].fill.fill_type is None
    assert [sheet.cell(row, 6).value for row in range(2, 6)] == [
        REASON, None, None, "B列“公民身份证号”：《id_checksum》",
    ]  # fmt: skip
    assert sheet["G2"].value is None


def test_a_cell_that_says_the_same_as_our_heading_is_nobodys_heading(
    registry: Registry, workbook: Path
) -> None:
    book = load_workbook(workbook)
    book["名单"]["E3"] = REASON
    book.save(workbook)
    sheet: Any = load_workbook(hand_back(registry, workbook, fault(4, "B")))["名单"]
    assert [sheet.cell(row, 5).value for row in range(3, 6)] == [REASON, "+86 -1 @x", "=SUM(1,2)"]
    assert sheet["F2"].value == REASON


def test_an_untouched_copy_is_replaced_one_somebody_worked_in_never(
    registry: Registry, workbook: Path
) -> None:
    first = hand_back(registry, workbook, fault(3, "A"))
    assert hand_back(registry, workbook, fault(4, "A")) == first
    first.write_bytes(first.read_bytes() + b" ")
    kept = first.read_bytes()
    assert hand_back(registry, workbook, fault(4, "A")) == workbook.with_name("雨柏村.回填2.xlsx")
    assert first.read_bytes() == kept


def test_it_stands_in_the_journal_with_its_digest(registry: Registry, workbook: Path) -> None:
    back = hand_back(registry, workbook, fault(3, "A"), fault(4, "B"), fault(4, "A"))
    (row,) = registry.rows("SELECT fields, after FROM journal_change WHERE entity = 'disclosure'")
    assert "form=import_annotated" in row["fields"]
    assert "rows=2" in row["fields"]
    assert row["after"] == sha256(back.read_bytes())


def test_without_faults_nothing_is_written(registry: Registry, workbook: Path) -> None:
    note = fault(3, "A", "name_cleaned", "note")
    assert annotate(registry, read_source(workbook), [note], words, around={}) is None
    assert not workbook.with_name("雨柏村.回填.xlsx").exists()


def test_a_masked_copy_has_nobodys_data(registry: Registry, workbook: Path) -> None:
    sheet: Any = load_workbook(hand_back(registry, workbook, fault(4, "B"), masked=True)).active
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert rows == [
        [SHEET, ROW, "列", "栏目", REASON],
        ["名单", "4", "B", "公民身份证号", "《id_checksum》"],
    ]


def test_of_a_text_file_the_faulty_rows_come_back(registry: Registry, tmp_path: Path) -> None:
    path = tmp_path / "名单.csv"
    lines = ["姓名,公民身份证号,备注", '令狐朝昌,="522325198001010011",=1+1', "王安,5.22E+17,@x"]
    path.write_text("\n".join(lines), encoding="utf-8")
    back = hand_back(registry, path, fault(3, "B", sheet="csv"))
    assert back == tmp_path / "名单.回填.xlsx"
    (sheet,) = read_source(back).sheets
    assert sheet.name == "csv"
    assert sheet.rows == [
        ["姓名", "公民身份证号", "备注", REASON, SHEET, ROW],
        ["王安", "5.22E+17", "@x", "B列“公民身份证号”：《id_checksum》", "csv", "3"],
    ]


def test_of_a_long_workbook_too_and_a_merge_speaks_for_each_of_its_rows(
    registry: Registry, workbook: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("flowparty.service.annotate.MOST_ROWS", 3)
    back = hand_back(registry, workbook, fault(3, "E"), fault(5, "B"))
    (sheet,) = read_source(back).sheets
    assert [row[:5] for row in sheet.rows[2:]] == [
        ["令狐朝昌", "522325198001010011", "雨柏村", 1980.3, "=1+1"],
        ["王安", "522325198001010038", "雨柏村", "", ""],
    ]
    assert [row[7] for row in sheet.rows[1:]] == [ROW, "3", "5"]
    with zipfile.ZipFile(back) as archive:
        assert b"<f" not in archive.read("xl/worksheets/sheet1.xml")


def test_of_an_old_workbook_the_rows_come_back_with_their_days(
    registry: Registry, tmp_path: Path
) -> None:
    path = tmp_path / "cards.xls"
    path.write_bytes((DATA / "cards.xls").read_bytes())
    source = read_source(path)
    (old,) = source.sheets
    bad = [Fault("x", "reject", old.name, row, "A", "f", "h", "") for row in (3, 9)]
    done = annotate(registry, source, bad, words, around={old.name: Around(2)})
    assert done is not None
    (sheet,) = read_source(done.path).sheets
    width = max(map(len, old.rows))
    kept = [row[:width] for row in sheet.rows]
    assert kept == [old.rows[at] for at in (0, 1, 2, 8)]


@pytest.mark.parametrize("merge", ["A10:XFD1048576", "B10:C900000"])
def test_a_merge_of_a_million_cells_is_not_opened(
    registry: Registry, workbook: Path, merge: str
) -> None:
    with zipfile.ZipFile(workbook) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    name = "xl/worksheets/sheet1.xml"
    parts[name] = parts[name].replace(
        b"<mergeCell ", f'<mergeCell ref="{merge}"/><mergeCell '.encode(), 1
    )
    with zipfile.ZipFile(workbook, "w", zipfile.ZIP_DEFLATED) as archive:
        for part, content in parts.items():
            archive.writestr(part, content)
    back = hand_back(registry, workbook, fault(4, "B"))
    assert [row[0] for row in read_source(back).sheets[0].rows] == [
        "雨柏村党员名单",
        "姓名",
        "欧阳贵忠",
    ]


def test_what_openpyxl_cannot_open_comes_back_as_rows(
    registry: Registry, workbook: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise CannotOpen

    monkeypatch.setattr(annotated, "open_workbook", refuse)
    back = hand_back(registry, workbook, fault(4, "B"))
    assert len(read_source(back).sheets[0].rows) == 3
