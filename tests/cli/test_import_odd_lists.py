"""Lists that are odd in ways real ones are: nothing is lost, guessed or leaked without a word."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING, Any

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.styles import Font

from tests.cli.test_import_kinds import rows_of, save
from tests.people import NAMES, add_words, id_number

if TYPE_CHECKING:
    from pathlib import Path

HEAD = ["姓名", "身份证号", "党支部"]
GOOD = ["李明", id_number(7), "雨柏村"]
BAD = ["张华", "522325198002300011", "雨柏村"]


def book_with(path: Path, *rows: list[Any], **cells: Any) -> str:
    save(path, *rows)
    book = load_workbook(path)
    sheet: Any = book.active
    for place, value in cells.items():
        if value is None:
            sheet[place].font = Font(bold=True)
        else:
            sheet.merge_cells(value)
    book.save(path)
    return str(path)


@pytest.mark.parametrize(
    "odd", [{"merged": "C1:E1"}, {"merged": "A4:H4"}, {"T1048576": None}], ids=str
)
def test_every_odd_list_is_handed_back(town: Any, tmp_path: Path, odd: dict[str, Any]) -> None:
    path = book_with(tmp_path / "a.xlsx", HEAD, GOOD, BAD, ["审核：张三"], **odd)
    ran = town("import", "members", path, "--skip-bad", exit=3)
    assert "Traceback" not in ran.err
    sheet: Any = load_workbook(tmp_path / "a.回填.xlsx").active
    said = [str(cell.value) for row in sheet.iter_rows(max_row=5) for cell in row if cell.value]
    assert any("公民身份证" in text or "身份证号" in text for text in said if "列“" in text)


def test_a_block_without_a_needed_heading_is_refused_not_lost(town: Any, tmp_path: Path) -> None:
    path = save(tmp_path / "a.xlsx", HEAD, GOOD, [], ["姓名", "性别", "民族"], ["吴六", "男", "汉"])
    ran = town("import", "members", path, exit=5)
    assert "heading_again_missing" in ran.err
    assert town("member", "list", "--format", "json").json == []


def test_what_was_not_read_is_named(town: Any, tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    save(path, HEAD, GOOD, ["", "", "雨柏村"])
    book = load_workbook(path)
    for title, state in (("说明", "visible"), ("旧名单", "hidden")):
        sheet = book.create_sheet(title)
        sheet.append(["王五", "男"])
        sheet.sheet_state = state
    book.create_sheet("空")
    book.save(path)
    err = town("import", "members", str(path)).err
    assert "说明" in err
    assert "Sheet 旧名单 is hidden and was passed over; it is read with  --sheet 旧名单" in err
    assert "Sheet 说明 is no such list" in err
    assert "Sheet3" not in err
    assert "空" not in err


def test_a_list_on_a_hidden_sheet_only_is_refused_for_that(town: Any, tmp_path: Path) -> None:
    path = save(tmp_path / "a.xlsx", HEAD, GOOD)
    book = load_workbook(path)
    book.worksheets[0].title = "名单"
    book.worksheets[0].sheet_state = "hidden"
    book.create_sheet("说明").append(["填表说明"])
    book.active = 1
    book.save(path)
    ran = town("import", "members", path, exit=5)
    assert "hidden sheets only: 名单" in ran.err
    assert "--sheet 名单" in ran.err
    town("import", "members", path, "--sheet", "名单")


def test_a_sheet_whose_branch_nobody_knows_is_refused(town: Any, tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    save(path, HEAD, GOOD)
    book = load_workbook(path)
    for title, head in (("细汆村", HEAD[:2]), ("通讯录", ["姓名", "性别", "电话"])):
        sheet = book.create_sheet(title)
        sheet.append(head)
        sheet.append(["张华", id_number(9), "13800138000"][: len(head)])
    book.save(path)
    ran = town("import", "members", str(path), exit=5)
    assert "细汆村" in ran.out
    assert "Sheet 通讯录 was passed over: it lacks 公民身份证号、所在党支部." in ran.err
    town("import", "members", str(path), "--skip-bad", exit=3)
    assert len(town("member", "list", "--format", "json").json) == 1


@pytest.mark.parametrize(
    ("head", "exit"),
    [
        (["姓名", "性别", "入党时间"], 3),
        (["序号", "党支部", "性别", "备注"], 0),
        (["填表说明"], 0),
    ],
)
def test_people_on_a_sheet_without_a_needed_column_are_not_left_out_unsaid(
    town: Any,
    tmp_path: Path,
    head: list[str],
    exit: int,  # noqa: A002
) -> None:
    path = tmp_path / "a.xlsx"
    save(path, HEAD, GOOD)
    book = load_workbook(path)
    book.create_sheet("甘田村").append(head)
    book["甘田村"].append(["张华", "男", "2010.1", ""][: len(head)])
    book.save(path)
    assert "甘田村" in town("import", "members", str(path), exit=exit).err
    assert len(town("member", "list", "--format", "json").json) == 1
    sheet = load_workbook(path).sheetnames[0]
    town("import", "members", str(path), "--sheet", sheet)


@pytest.mark.parametrize("heading", ["联系电话（家属）", "电话（流入地支部）", "紧急联系人电话"])
def test_somebody_elses_number_is_not_the_members(town: Any, tmp_path: Path, heading: str) -> None:
    path = save(tmp_path / "a.xlsx", [*HEAD, heading], [*GOOD, "13800138000"])
    (row,) = rows_of(town, "members", path)
    assert row["values"]["mobile"] is None


def test_a_cells_own_unit_of_money_is_the_one_meant(town: Any, tmp_path: Path) -> None:
    town(*add_words(NAMES[0], 1))
    head = ["姓名", "党支部", "帮扶日期", "金额（万元）", "用途"]
    for number, said in enumerate(["1.5", "15000元", "1.5万", "15千元", "壹万伍仟元整"]):
        path = save(tmp_path / f"{number}.xlsx", head,
                    [NAMES[0], "金叶社区", f"2026-11-0{number + 1}", said, "慰问"])  # fmt: skip
        (row,) = rows_of(town, "aid", path, "--dry-run", exit=3)
        assert row["values"]["amount_fen"] == 1_500_000, said


@pytest.mark.parametrize(
    ("title", "heading", "fen"),
    [
        ("单位：万元", "金额", 1_500_000),
        ("单位：元", "金额", 150),
        ("单位：万元", "金额（元）", 150),
        ("（单位：万元）", "金额（元）", 150),
        ("填报单位：金叶社区", "金额（万元）", 1_500_000),
    ],
)
def test_the_title_gives_the_unit_where_the_heading_does_not(
    town: Any, tmp_path: Path, title: str, heading: str, fen: int
) -> None:
    town(*add_words(NAMES[0], 1))
    path = save(tmp_path / "a.xlsx", ["帮扶资金"], [title],
                ["姓名", "党支部", "帮扶日期", heading, "用途"],
                [NAMES[0], "金叶社区", "2026-11-02", "1.5", "慰问"])  # fmt: skip
    (row,) = rows_of(town, "aid", path, "--dry-run", exit=3)
    assert row["values"]["amount_fen"] == fen


AID = ["姓名", "党支部", "帮扶日期"]


def aid_list(path: Path, above: list[list[str]], heading: str, said: str, *merges: str) -> str:
    """One grant under a heading row, with rows above it and merges."""
    rows = [*above, [*AID, heading, "用途"], [NAMES[0], "金叶社区", "2026-11-02", said, "慰问"]]
    return book_with(path, *rows, **{str(n): merge for n, merge in enumerate(merges)})


@pytest.mark.parametrize(
    ("above", "heading", "merges", "fen"),
    [
        (["", "", "", "帮扶资金（万元）", ""], "金额", ["D1:E1"], 1_500_000),
        (["", "", "帮扶情况（万元）", "", ""], "金额", ["C1:E1"], 1_500_000),
        (["", "", "", "万元", ""], "金额", [], 1_500_000),
        (["", "", "", "（千元）", ""], "金额", [], 150_000),
        (["帮扶资金发放表（万元）", "", "", "", ""], "金额", [], 1_500_000),
        (["", "", "", "帮扶资金（元）", ""], "金额", [], 150),
        (["2026年投入160万元帮扶资金名册", "", "", "", ""], "金额", ["A1:E1"], 150),
        (["", "", "", "帮扶资金（万元）", ""], "金额（元）", ["D1:E1"], None),
        (["", "", "", "元", ""], "金额（万元）", [], None),
        (["", "", "", "", "（万元）"], "金额", [], None),
    ],
)
def test_the_unit_of_amounts_may_stand_anywhere_above_them(
    town: Any, tmp_path: Path, above: list[str], heading: str, merges: list[str], fen: int | None
) -> None:
    town(*add_words(NAMES[0], 1))
    path = aid_list(tmp_path / "a.xlsx", [above], heading, "1.5", *merges)
    (row,) = rows_of(town, "aid", path, "--dry-run", exit=3)
    assert row["values"]["amount_fen"] == fen
    assert ("money_unit_unclear" in [r["code"] for r in row["reasons"]]) == (fen is None)
    sure = aid_list(tmp_path / "b.xlsx", [above], heading, "1.5万元", *merges)
    (row,) = rows_of(town, "aid", sure, "--dry-run", exit=3)
    assert row["values"]["amount_fen"] == 1_500_000


def test_a_unit_in_a_row_of_headings_of_its_own(town: Any, tmp_path: Path) -> None:
    town(*add_words(NAMES[0], 1))
    head = [*AID, "金额", "用途"]
    units = ["", "", "", "万元", ""]
    one = [NAMES[0], "金叶社区", "2026-11-02", "1.5", "慰问"]
    path = save(
        tmp_path / "a.xlsx", head, units, one, [], head, [*one[:2], "2026-11-03", "2", "慰问"]
    )
    rows = rows_of(town, "aid", path, "--dry-run", exit=3)
    assert [row["values"]["amount_fen"] for row in rows] == [1_500_000, 2_000_000]


@pytest.mark.parametrize("again", [[], [[*AID, "金额", "用途"]], [["金额", "用途", *AID]]])
def test_a_second_block_may_have_a_unit_of_its_own(
    town: Any, tmp_path: Path, again: list[list[str]]
) -> None:
    town(*add_words(NAMES[0], 1))
    said = {"姓名": NAMES[0], "党支部": "金叶社区", "用途": "慰问"}
    wan = {**said, "帮扶日期": "2026-11-02", "金额": "1.5"}
    yuan = {**said, "帮扶日期": "2026-11-03", "金额": "500"}
    head = [*AID, "金额", "用途"]
    path = save(
        tmp_path / "a.xlsx", ["单位：万元"], head, [wan[h] for h in head],
        ["单位：元"], *again, [yuan[h] for h in [head, *again][-1]],
    )  # fmt: skip
    rows = rows_of(town, "aid", path, "--dry-run", exit=3)
    assert [row["values"]["amount_fen"] for row in rows] == [1_500_000, 50_000]


@pytest.mark.parametrize(
    ("over", "heading", "yuan", "codes"),
    [
        ("收入情况（万元）", "年收入", 35_000, []),
        ("收入情况（万元）", "年收入（元）", None, ["money_unit_unclear"]),
        ("收入情况", "年收入（万元）", 35_000, []),
    ],
)
def test_the_unit_of_incomes_may_stand_in_an_upper_heading(
    town: Any, tmp_path: Path, over: str, heading: str, yuan: int | None, codes: list[str]
) -> None:
    town(*add_words(NAMES[0], 1))
    path = save(
        tmp_path / "a.xlsx", ["姓名", "党支部", "何时外出", "地点", over, ""],
        ["", "", "", "", "职业", heading],
        [NAMES[0], "金叶社区", "2026-03-01", "深圳龙岗", "木工", "3.5"],
    )  # fmt: skip
    (row,) = rows_of(town, "moves", path)
    assert row["values"]["annual_income_yuan"] == yuan
    assert [reason["code"] for reason in row["reasons"]] == codes


@pytest.mark.parametrize(
    ("said", "read", "code"),
    [
        ("1999年0月", None, "date_invalid"),
        ("1980.3.0", None, "date_invalid"),
        ("20193", None, "date_ambiguous"),
        (20193, None, "date_ambiguous"),
        (36526, "2000-01-01", "date_serial"),
    ],
)
def test_dates_of_two_readings_or_none(
    town: Any, tmp_path: Path, said: Any, read: str | None, code: str
) -> None:
    path = save(tmp_path / "a.xlsx", [*HEAD, "入党时间"], [*GOOD, said])
    (row,) = rows_of(town, "members", path, exit=5 if code == "date_invalid" else 0)
    assert row["values"]["joined_on"] == read
    assert code in [reason["code"] for reason in row["reasons"]]


@pytest.mark.parametrize(
    ("said", "words"), [("去年", "year is missing"), ("20193", "two ways"), ("2015年左右", "words")]
)
def test_what_is_in_doubt_of_a_date_is_said(
    town: Any, tmp_path: Path, said: str, words: str
) -> None:
    path = save(tmp_path / "a.xlsx", [*HEAD, "入党时间"], [*GOOD, said])
    (row,) = rows_of(town, "members", path)
    assert [words in reason["message"] for reason in row["reasons"]] == [True]


def test_the_towns_own_limits_count(town: Any, tmp_path: Path) -> None:
    path = save(tmp_path / "a.xlsx", HEAD, GOOD, ["张华", id_number(9), "雨柏村"])
    town("settings", "set", "import_rows", "2")
    assert "file_too_large" in town("import", "members", path, exit=5).err


def test_a_committee_has_no_members(town: Any, tmp_path: Path) -> None:
    path = save(tmp_path / "a.xlsx", HEAD[:2], GOOD[:2])
    assert "org_not_branch" in town("import", "members", path, "--org", "O1", exit=16).err


def test_what_comes_out_of_the_registry_is_masked(town: Any, tmp_path: Path) -> None:
    town(*add_words(NAMES[0], 1))
    head = ["姓名", "党支部", "何时外出", "地点", "流入地联系电话", "流入地联系人", "职业", "备注"]
    for number, phone in enumerate(["13912345678", "13987654321"]):
        path = save(tmp_path / f"{number}.xlsx", head,
                    [NAMES[0], "金叶社区", "2026.3", "广东深圳", phone, f"李明0859-665163{number}",
                     f"电工{id_number(number)}", f"备注{number}的话"])  # fmt: skip
        ran = town("import", "moves", path)
    assert "李明085*****1630" in ran.out
    for secret in ("13912345678", "6651630", id_number(0), "备注0的话"):
        assert secret not in ran.out


def test_a_form_that_reaches_to_the_end_of_the_sheet_is_none(town: Any, tmp_path: Path) -> None:
    book = Workbook()
    sheet: Any = book.active
    sheet["A1"], sheet["XFD1048576"] = "{{row.1}}", "x"
    book.save(tmp_path / "own.xlsx")
    assert "form_too_wide" in town("form", "use", "ledger", str(tmp_path / "own.xlsx"), exit=5).err


def test_a_sections_name_is_no_formula(town: Any, tmp_path: Path) -> None:
    town(*add_words(NAMES[0], 1))
    town("move", "out", "M1", "--to", "广东深圳", "--on", "2026-03-01")
    town("survey", "open", "--name", "摸底", "--section", "=1+1", "--since", "2026-09-01")
    town("survey", "add", "M1", "--on", "2026-11-02", "--mode", "电话", "--answer", "从业现状=务工")
    for ending in ("xlsx", "csv"):
        out = str(tmp_path / f"survey.{ending}")
        town("export", "survey", "--output", out, "--unmask", "--reason", "核对")
    sheet: Any = load_workbook(tmp_path / "survey.xlsx").active
    assert [cell.data_type for cell in sheet[1] if str(cell.value).startswith("=")] == ["s"]
    assert '"\'=1+1"' in (tmp_path / "survey.csv").read_text(encoding="utf-8-sig")


def test_a_doubled_row_comes_back_with_the_one_it_doubles(town: Any, tmp_path: Path) -> None:
    lines = [",".join(HEAD), ",".join(GOOD), ",".join(["李明", id_number(7), "金叶社区"])]
    path = tmp_path / "a.csv"
    path.write_text("\n".join(lines), encoding="utf-8")
    town("import", "members", str(path), "--skip-bad", exit=3)
    back = str(tmp_path / "a.回填.xlsx")
    sheet: Any = load_workbook(back).active
    assert [row[2].value for row in sheet.iter_rows(min_row=2)] == ["雨柏村", "金叶社区"]
    first, later = rows_of(town, "members", back, exit=5)
    assert (first["action"], later["outcome"]) == ("same", "refused")


def test_a_reason_in_other_words_is_kept(town: Any, tmp_path: Path) -> None:
    town(*add_words(NAMES[0], 1))
    head = ["姓名", "党支部", "何时外出", "地点", "流出原因"]
    path = save(tmp_path / "a.xlsx", head, [NAMES[0], "金叶社区", "2026.3", "广东", "照顾孙子"])
    rows_of(town, "moves", path)
    (row,) = rows_of(town, "moves", path)
    assert (row["action"], row["values"]["reason"]) == ("same", "照顾孙子")
    with sqlite3.connect(tmp_path / "registry.db") as database:
        assert database.execute("SELECT remark FROM movement").fetchone() == ("流出原因：照顾孙子",)


@pytest.mark.parametrize(
    ("said", "learned"),
    [
        ("换号：13987654321", "13987654321"),
        ("由13912345678改为13987654321", None),
        ("0859-6651637", None),
    ],
)
def test_a_number_is_learned_where_it_can_only_be_that(
    town: Any, tmp_path: Path, said: str, learned: str | None
) -> None:
    town(*add_words(NAMES[0], 1))
    town("move", "out", "M1", "--to", "广东深圳", "--on", "2026-03-01")
    town("survey", "open", "--name", "摸底", "--since", "2026-09-01")
    head = ["姓名", "党支部", "调查日期", "从业现状", "联系方式有无变化"]
    path = save(tmp_path / "a.xlsx", head, [NAMES[0], "金叶社区", "2026-10-02", "务工", said])
    (row,) = rows_of(town, "survey", path)
    assert row["values"]["new_mobile"] == learned
