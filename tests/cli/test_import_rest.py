"""The rest of a list, once its faulty rows were mended in 回填: what was mended there stands."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from openpyxl import Workbook, load_workbook

from tests.cli.test_import_hand_back import mended, text
from tests.cli.test_import_kinds import rows_of
from tests.people import NAMES, add_words, id_number

if TYPE_CHECKING:
    from pathlib import Path

HEAD = "姓名,身份证号,党支部,性别,电话"
BAD = "张华,128,雨柏村,,"
DOUBTED = f"韦安,{id_number(9)},雨柏村,女,"
GOOD = f"李明,{id_number(7)},雨柏村,男,13800138000"


def handed_back(run: Any, path: Path, *lines: str, kind: str = "members") -> tuple[str, Path]:
    """A list of text that is refused, and its copy."""
    listed = text(path / "a.csv", *lines)
    run("import", kind, listed, exit=5)
    return listed, path / "a.回填.xlsx"


def sexes(run: Any) -> dict[str, str]:
    return {one["name"]: one["sex"] for one in run("member", "list", "--format", "json").json}


@pytest.mark.parametrize("first", ["rest", "copy"])
def test_what_was_mended_stands_in_whatever_order(town: Any, tmp_path: Path, first: str) -> None:
    listed, copy = handed_back(town, tmp_path, HEAD, BAD, DOUBTED, GOOD)
    ways = [[listed, "--rest"], [mended(copy, _128=id_number(11), _女="男")]]
    for words in ways if first == "rest" else ways[::-1]:
        town("import", "members", *words)
    assert sexes(town) == {"李明": "male", "韦安": "male", "张华": "male"}
    (row,) = rows_of(town, "members", listed, "--rest")
    assert (row["values"]["name"], row["action"]) == ("李明", "same")


def test_the_rest_is_told_apart(town: Any, tmp_path: Path) -> None:
    listed, _copy = handed_back(town, tmp_path, HEAD, BAD, GOOD, DOUBTED)
    ran = town("import", "members", listed, "--rest", "--format", "json")
    assert ran.json["skipped"] == [
        {"sheet": "csv", "row": row, "kind": "handed_back"} for row in (2, 4)
    ]
    assert [one["code"] for one in ran.json["warnings"]] == ["rows_left_out"]


def test_where_everything_came_back_nothing_is_left(town: Any, tmp_path: Path) -> None:
    listed, _copy = handed_back(town, tmp_path, HEAD, BAD, DOUBTED)
    assert "--rest" not in town("import", "members", listed, exit=5).err
    ran = town("import", "members", listed, "--rest", "--format", "json")
    assert (ran.json["file"], ran.json["rows"]) == ("accepted", [])


def test_the_rest_of_one_sheet_is_taken_beside_others_that_came_back(
    town: Any, tmp_path: Path
) -> None:
    book = Workbook()
    for name, good in (("一", GOOD), ("二", f"韦平,{id_number(13)},雨柏村,,")):
        sheet = book.create_sheet(name)
        for line in (HEAD, BAD, good):
            sheet.append(line.split(","))
    book.remove(book.worksheets[0])
    book.save(tmp_path / "a.xlsx")
    words = ["import", "members", str(tmp_path / "a.xlsx")]
    town(*words, exit=5)
    town(*words, "--rest", "--sheet", "二")
    assert set(sexes(town)) == {"韦平"}
    town(*words, "--rest")
    assert set(sexes(town)) == {"韦平", "李明"}


def test_a_word_that_was_replaced_comes_into_no_remark(town: Any, tmp_path: Path) -> None:
    for number, name in enumerate(NAMES[:3]):
        town(*add_words(name, 1 + 2 * number))
    rows = [
        f"{NAMES[0]},2026.3,广东深圳,跑车",
        f"{NAMES[1]},2026.13,广东深圳,",
        f"{NAMES[2]},2026.4,,",
    ]
    listed, copy = handed_back(town, tmp_path, "姓名,外出时间,地点,流出原因", *rows, kind="moves")
    town("import", "moves", mended(copy, **{"_跑车": "务工经商", "_2026.13": "2026.3"}))
    town("import", "moves", listed, "--rest")
    moves = town("move", "list", "--format", "json").json
    assert sorted(one["member"] for one in moves) == sorted(NAMES[:3])
    assert "跑车" not in town("move", "list", "--format", "json").out


def test_a_row_that_was_deleted_in_the_copy_stays_away(town: Any, tmp_path: Path) -> None:
    listed, copy = handed_back(town, tmp_path, HEAD, DOUBTED, GOOD, DOUBTED.replace("韦安", "韦平"))
    book = load_workbook(copy)
    sheet = book.worksheets[0]
    assert sheet["A2"].value == "韦安"
    sheet.delete_rows(2)
    book.save(copy)
    town("import", "members", str(copy))
    town("import", "members", listed, "--rest")
    assert sorted(sexes(town)) == ["李明", "韦平"]


def test_a_good_row_that_the_mended_ones_make_doubtful_is_no_less_of_the_rest(
    town: Any, tmp_path: Path
) -> None:
    listed, copy = handed_back(town, tmp_path, HEAD, "李明,128,甘田村,,13800138000", GOOD)
    town("import", "members", mended(copy, _128=id_number(11)))
    (row,) = rows_of(town, "members", listed, "--rest")
    assert (row["row"], row["outcome"], row["action"]) == (3, "flagged", "add")


def test_what_comes_back_of_the_rest_belongs_to_it_no_more(town: Any, tmp_path: Path) -> None:
    more = f"王五,{id_number(13)},雨柏村,男,"
    listed, copy = handed_back(town, tmp_path, HEAD, BAD, DOUBTED, GOOD, more)
    town("import", "members", mended(copy, _128=id_number(7)))
    (row, _more) = rows_of(town, "members", listed, "--rest", exit=5)
    assert [one["code"] for one in row["reasons"]] == ["id_exists"]
    (row,) = rows_of(town, "members", listed, "--rest")
    assert (row["row"], row["action"]) == (5, "add")


def test_a_list_that_was_changed_or_never_came_back_has_no_rest(town: Any, tmp_path: Path) -> None:
    listed, _copy = handed_back(town, tmp_path, HEAD, BAD, GOOD)
    error = town("import", "moves", listed, "--rest", "--format", "json", exit=16).error
    assert error["code"] == "import_rest_unknown"
    text(tmp_path / "a.csv", HEAD, GOOD, BAD)
    town("import", "members", listed, "--rest", exit=16)
    assert town("member", "list", "--format", "json").json == []


def test_a_masked_copy_cannot_be_mended_and_leaves_nothing_out(town: Any, tmp_path: Path) -> None:
    listed = text(tmp_path / "a.csv", HEAD, BAD, GOOD)
    town("import", "members", listed, "--masked", exit=5)
    town("import", "members", listed, "--rest", exit=16)
