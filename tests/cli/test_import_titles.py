"""What titles inside a list say of the people below them, as far as the records."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.cli.imported import HIM, WHO, codes, stored
from tests.cli.test_import_hand_back import mended
from tests.cli.test_import_kinds import rows_of, save
from tests.people import id_number

if TYPE_CHECKING:
    from pathlib import Path


def test_who_was_not_reached_by_a_title_was_not_visited(
    one: Any, path: Path, tmp_path: Path
) -> None:
    one("move", "out", "M1", "--to", "广东深圳", "--on", "2026-03-01")
    one("survey", "open", "--name", "摸底", "--since", "2026-09-01")
    head = ["序号", *WHO, "调查日期", "从业现状"]
    listed = save(tmp_path / "a.xlsx", head, ["二、未联系上"], [1, *HIM, "2026-10-02", ""])
    (row,) = rows_of(one, "survey", listed)
    assert (row["outcome"], row["action"]) == ("accepted", "add")
    assert stored(path, "SELECT outcome FROM survey_sheet") == ["not_reached"]


@pytest.mark.parametrize("day", ["", "2026-10-01"])
def test_below_those_who_came_back_a_day_is_needed(
    one: Any, path: Path, tmp_path: Path, day: str
) -> None:
    head = ["序号", *WHO, "外出时间", "外出地点", "返乡时间"]
    row = [1, *HIM, "2026-03-01", "广东省深圳市龙岗区", day]
    listed = save(tmp_path / "a.xlsx", head, ["二、已返乡"], row)
    (told,) = rows_of(one, "moves", listed, exit=0 if day else 5)
    assert codes(told) == ([] if day else ["import_day_missing"])
    assert stored(path, "SELECT outcome FROM movement") == (["returned"] if day else [])


@pytest.mark.parametrize(
    ("remark", "told"),
    [("2026年9月30日返乡", []), ("", ["import_day_missing"]), ("9月返乡", ["import_day_missing"])],
)
@pytest.mark.parametrize("column", [[], ["是否返乡"]], ids=["title", "column"])
def test_the_day_of_a_return_is_read_from_the_remark(
    one: Any, path: Path, tmp_path: Path, remark: str, told: list[str], column: list[str]
) -> None:
    head = ["序号", *WHO, "外出时间", "外出地点", "备注", *column]
    row = [1, *HIM, "2026-03-01", "广东省深圳市龙岗区", remark, *["已返乡" for _ in column]]
    title = [] if column else ["已返乡党员"]
    listed = save(tmp_path / "a.xlsx", head, title, row)
    (found,) = rows_of(one, "moves", listed, exit=5 if told else 0)
    assert codes(found) == told
    assert [r["cell"] for r in found["reasons"]] == ["G3" if column else "F3" for _ in told]
    days = stored(path, "SELECT ended_on FROM movement")
    assert days == ([] if told else ["2026-09-30"])


def test_whom_a_title_makes_no_member_becomes_none(town: Any, tmp_path: Path) -> None:
    head = ["序号", "姓名", "身份证号", "党支部"]
    rows: list[list[Any]] = [
        [1, "李明", id_number(7), "雨柏村"],
        ["二、发展对象（1人）"],
        [1, "张华", id_number(9), "雨柏村"],
        ["甘田村党支部"],
    ]
    listed = save(tmp_path / "a.xlsx", head, *rows)
    ran = town("import", "members", listed, "--skip-bad", exit=3)
    assert "do not belong in a list of this kind" in ran.out
    assert "二、发展对象（1人）" in ran.out
    assert "1 rows are titles or remarks and nobody: Sheet!3 二、发展对象（1人）." in ran.err
    assert [m["name"] for m in town("member", "list", "--format", "json").json] == ["李明"]


def test_a_title_comes_back_with_its_rows(town: Any, tmp_path: Path) -> None:
    lines = [
        "序号,姓名,身份证号,党支部",
        f"1,李明,{id_number(7)},雨柏村",
        "二、预备党员,,,",
        "1,张华,128,雨柏村",
        "第二组,,,",
        "2,韦安,129,雨柏村",
    ]
    path = tmp_path / "a.csv"
    path.write_text("\n".join(lines), encoding="utf-8")
    town("import", "members", str(path), exit=5)
    back = mended(tmp_path / "a.回填.xlsx", _128=id_number(9), _129=id_number(11))
    sure, doubtful = rows_of(town, "members", back)
    assert sure["values"]["category"] == "预备党员"
    assert (codes(doubtful), doubtful["values"]["category"]) == (["title_conflict"], None)
