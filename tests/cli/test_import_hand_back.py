"""What comes back of a list that is no small workbook: mended there, it means what it meant."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from openpyxl import load_workbook

from tests.cli.test_import_kinds import rows_of, save
from tests.people import NAMES, add_words, id_number

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path


def text(path: Path, *lines: str) -> str:
    path.write_text("\n".join(lines), encoding="utf-8")
    return str(path)


def mended(back: Path, **cells: str) -> str:
    """The copy with cells of other words: what stands there → what should."""
    book = load_workbook(back)
    for row in book.worksheets[0].iter_rows():
        for cell in row:
            cell.value = cells.get(f"_{cell.value}", cell.value)
    book.save(back)
    return str(back)


def branches(rows: list[dict[str, Any]]) -> Mapping[str, str]:
    return {row["values"]["name"]: row["values"]["branch"] for row in rows}


LIST = [
    "长田镇金叶社区党支部党员名册",
    "姓名,身份证号,性别,电话",
    f"李明,{id_number(7)},,",
    "二、雨柏村党支部,,,",
    "张华,128,,",
    f"韦安,{id_number(9)},,",
    "三、甘田村党支部,,,",
    "电话,党员姓名,身份证号,性别",
    ",王五,129,",
]


def test_the_titles_and_headings_above_a_row_come_back_with_it(town: Any, tmp_path: Path) -> None:
    path = text(tmp_path / "a.csv", *LIST)
    ran = town("import", "members", path, exit=5)
    assert "import a.csv with --rest too" in ran.err.replace(f"{tmp_path}/", "")
    back = mended(tmp_path / "a.回填.xlsx", _128=id_number(11), _129=id_number(13))
    rows = rows_of(town, "members", back)
    assert branches(rows) == {"张华": "雨柏村", "王五": "甘田村"}
    town("import", "members", path, "--rest")
    assert len(town("member", "list", "--format", "json").json) == 4


def test_the_others_are_not_asked_for_where_they_were_taken(town: Any, tmp_path: Path) -> None:
    path = text(tmp_path / "a.csv", *LIST)
    assert "too." not in town("import", "members", path, "--skip-bad", exit=3).err


def test_where_all_branches_are_titles_it_can_be_read_again(town: Any, tmp_path: Path) -> None:
    path = text(tmp_path / "a.csv", "党员名册", *LIST[1:2], "一、瓦厂村党支部,,,", *LIST[2:])
    town("import", "members", path, exit=5)
    back = mended(tmp_path / "a.回填.xlsx", _128=id_number(11), _129=id_number(13))
    assert branches(rows_of(town, "members", back)) == {"张华": "雨柏村", "王五": "甘田村"}


def test_a_ditto_mark_comes_back_as_what_it_means(town: Any, tmp_path: Path) -> None:
    lines = [
        "姓名,身份证号,党支部",
        "张华,128,雨柏村",
        f"李明,{id_number(7)},甘田村",
        "王五,129,同上",
    ]
    town("import", "members", text(tmp_path / "a.csv", *lines), exit=5)
    back = mended(tmp_path / "a.回填.xlsx", _128=id_number(11), _129=id_number(13))
    assert branches(rows_of(town, "members", back)) == {"张华": "雨柏村", "王五": "甘田村"}


def test_the_unit_of_an_amount_comes_back_with_it(town: Any, tmp_path: Path) -> None:
    town(*add_words(NAMES[0], 1))
    head = "姓名,党支部,帮扶日期,金额,用途"
    row = f"{NAMES[0]},金叶社区,2026-13-01,500,慰问"
    path = text(tmp_path / "a.csv", "单位：万元,,,,", head, "单位：元,,,,", row)
    town("import", "aid", path, exit=5)
    (again,) = rows_of(town, "aid", str(tmp_path / "a.回填.xlsx"), exit=5)
    assert again["values"]["amount_fen"] == 50_000


def test_a_date_of_two_readings_keeps_both(town: Any, tmp_path: Path) -> None:
    lines = [
        "姓名,身份证号,党支部,入党时间",
        f"李明,{id_number(7)},雨柏村,2010.1",
        "张华,128,雨柏村,2011.1",
    ]
    town("import", "members", text(tmp_path / "a.csv", *lines), "--skip-bad", exit=3)
    back = mended(tmp_path / "a.回填.xlsx", _128=id_number(11))
    first, second = rows_of(town, "members", back)
    assert (first["action"], first["values"]["joined_on"]) == ("same", "2010")
    assert [reason["code"] for reason in second["reasons"]] == ["date_ambiguous"]


@pytest.mark.parametrize("between", ["", "流出党员名册,,,"])
def test_a_row_comes_back_with_the_day_of_its_block(
    town: Any, tmp_path: Path, between: str
) -> None:
    head = "姓名,身份证号,党支部,手机号"
    lines = (head, f"李明,{id_number(7)},雨柏村,", between, "填表日期：2026年9月,,,", head,
             "张华,128,雨柏村,13900139000")  # fmt: skip
    town("import", "members", text(tmp_path / "a.csv", *lines), "--skip-bad", exit=3)
    back = mended(tmp_path / "a.回填.xlsx", _128=id_number(11))
    rows_of(town, "members", back)
    later = text(tmp_path / "b.csv", "填表日期：2026年10月20日", head,
                 f"张华,{id_number(11)},雨柏村,13700137000")  # fmt: skip
    (row,) = rows_of(town, "members", later)
    assert row["action"] == "update"


def test_a_row_doubled_in_another_file_marks_none_of_this_one(town: Any, tmp_path: Path) -> None:
    head = "姓名,身份证号,党支部"
    one = text(tmp_path / "a.csv", head, f"李明,{id_number(7)},雨柏村")
    two = text(
        tmp_path / "b.csv", head, f"张华,{id_number(9)},雨柏村", f"李明,{id_number(7)},雨柏村"
    )
    town("import", "members", one, two, "--skip-bad", exit=3)
    sheet = load_workbook(tmp_path / "b.回填.xlsx").worksheets[0]
    assert [row[0].value for row in sheet.iter_rows()] == ["姓名", "李明"]


def test_a_refused_list_is_told_to_say_of_its_headings_the_same(town: Any, tmp_path: Path) -> None:
    """Nothing is remembered of it, because nothing at all is written."""
    path = text(tmp_path / "a.csv", "人员,证号,村子", "张华,128,雨柏村")
    said = ["--map", "人员=name", "--map", "证号=id_number", "--map", "村子=branch"]
    words = " ".join(said)
    assert words in " ".join(town("import", "members", path, *said, exit=5).err.split())
    assert words not in town("import", "members", path, *said, "--dry-run", exit=3).err
    assert town("import", "mapping", "list", "--format", "json").json == []
    back = mended(tmp_path / "a.回填.xlsx", _128=id_number(11))
    assert branches(rows_of(town, "members", back, *said)) == {"张华": "雨柏村"}


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_what_was_said_of_its_headings_still_holds(town: Any, tmp_path: Path, ending: str) -> None:
    rows = [["人员", "证号", "村子"], ["李明", id_number(7), "雨柏村"], ["张华", "128", "雨柏村"]]
    path = str(tmp_path / f"a.{ending}")
    if ending == "csv":
        text(tmp_path / "a.csv", *map(",".join, rows))
    else:
        save(tmp_path / "a.xlsx", *rows)
    said = [
        word
        for field in ("人员=name", "证号=id_number", "村子=branch")
        for word in ("--map", field)
    ]
    town("import", "members", path, "--skip-bad", *said, exit=3)
    back = mended(tmp_path / "a.回填.xlsx", _128=id_number(11))
    assert branches(rows_of(town, "members", back))["张华"] == "雨柏村"


def test_headings_that_change_the_unit_back_come_back_too(town: Any, tmp_path: Path) -> None:
    town(*add_words(NAMES[0], 1))
    head = "姓名,党支部,帮扶日期,金额（万元）,用途"
    rows = [f"{NAMES[0]},金叶社区,2026-13-0{n},{said},慰问" for n, said in ((1, 800), (2, 0.5))]
    path = text(tmp_path / "a.csv", head, "单位：元,,,,", rows[0], head, rows[1])
    town("import", "aid", path, exit=5)
    again = rows_of(town, "aid", str(tmp_path / "a.回填.xlsx"), exit=5)
    assert [row["values"]["amount_fen"] for row in again] == [80_000, 500_000]
