"""``contact sheet``: who stands on the call list, what it tells, and that it is a disclosure."""

from __future__ import annotations

import sqlite3
import stat
from contextlib import closing
from typing import TYPE_CHECKING, Any

import pytest
from openpyxl import load_workbook

from tests.conftest import TOWN
from tests.people import NAMES, add_words

if TYPE_CHECKING:
    from pathlib import Path

PHONE = "13912345678"
SHEET = ("contact", "sheet", "--org", "金叶社区")


@pytest.fixture(scope="module")
def made() -> dict[str, bytes]:
    """The registry, made by the first test that needs it."""
    return {}


@pytest.fixture
def called(run: Any, path: Path, made: dict[str, bytes]) -> Any:
    """Four of one branch away: reached, failed, never tried, one with needs; one of another."""
    if not made:
        run("init", "--division", TOWN)
        make(run)
        made["registry"] = path.read_bytes()
    path.write_bytes(made["registry"])
    path.chmod(0o600)
    return run


def make(town: Any) -> None:
    for number, name in enumerate(NAMES[:5], start=1):
        branch = "金叶社区" if number < 5 else "雨柏村"
        town(*add_words(name, number, branch), *(["--mobile", PHONE] if number == 1 else []))
        town("move", "out", f"M{number}", "--to", "广东深圳", "--on", "2026-03-05")
    town("contact", "add", "M1", "--on", "2026-11-05", "--notes", "想回乡开店，" + "长" * 40)
    town("contact", "add", "M2", "--on", "2026-11-06", "--outcome", "空号")
    town("contact", "add", "M4", "--on", "2026-10-06", "--notes", "工钱被拖欠")
    town("need", "add", "M4", "--contact", "2026-10-06", "--kind", "维权", "--text", "工钱被拖欠")
    town("need", "add", "M4", "--kind", "困难", "--text", "孩子没处上学")
    town("org", "add", "长田镇中心校", "--kind", "机关站所")
    town(
        "need",
        "assign",
        "N2",
        "--office",
        "长田镇中心校",
        "--due",
        "2026-12-20",
        "--ask",
        "协调子女就读",
    )


def disclosures(folder: Path) -> list[str]:
    query = "SELECT fields FROM journal_change WHERE entity = 'disclosure'"
    with closing(sqlite3.connect(folder / "registry.db")) as connection:
        return [fields for (fields,) in connection.execute(query)]


def cells(path: Path) -> list[list[str]]:
    sheet = load_workbook(path).active
    assert sheet is not None
    return [[str(cell.value or "") for cell in row] for row in sheet.iter_rows()]


def test_those_owed_first_with_what_is_known(called: Any, tmp_path: Path) -> None:
    ran = called(*SHEET, "--output", "out.xlsx")
    assert "4 people" in ran.err
    _, head, _, *rows = cells(tmp_path / "out.xlsx")
    assert "在外 4 人，本月已联系 1 人，尚欠 3 人（排在前面）" in head[4]
    assert [row[0] for row in rows] == ["1", "2", "3", "4"]
    by_name = {row[1].split("\n")[0]: row for row in rows}
    assert list(by_name)[-1] == NAMES[0]
    assert NAMES[4] not in by_name
    reached = by_name[NAMES[0]]
    assert reached[1].endswith("\nM1")
    assert reached[2] == PHONE
    assert reached[4].startswith("2026.11.05（本月已联系）：想回乡开店")
    assert reached[4].endswith("…")
    assert by_name[NAMES[1]][4] == "未联系上过"
    assert "联系电话" in by_name[NAMES[1]][6]
    assert "□已联系 □未接通" in reached[7]


def test_rights_cases_and_own_words_stay_out(called: Any, tmp_path: Path) -> None:
    called(*SHEET, "--output", "out.xlsx")
    text = str(cells(tmp_path / "out.xlsx"))
    for secret in ("工钱", "维权", "孩子没处上学"):
        assert secret not in text
    assert "困难：协调子女就读（已交办）" in text
    assert "2026.10.06" in text


def test_only_those_owed(called: Any, tmp_path: Path) -> None:
    called(*SHEET, "--owed", "--output", "out.xlsx")
    text = str(cells(tmp_path / "out.xlsx"))
    assert NAMES[0] not in text
    assert NAMES[1] in text


def test_a_later_day_owes_everybody_again(called: Any, tmp_path: Path) -> None:
    called(*SHEET, "--owed", "--on", "2026-12-01")
    assert "在外 4 人，本月已联系 0 人" in str(
        cells(tmp_path / "流动党员联系表_金叶社区党支部_2026-12.xlsx")
    )


def test_the_town_names_each_branch(called: Any, tmp_path: Path) -> None:
    called("contact", "sheet", "--org", "长田镇委员会", "--output", "out.xlsx")
    _, _, _, *rows = cells(tmp_path / "out.xlsx")
    assert len(rows) == 5
    assert any(row[1].endswith("M5 雨柏村") for row in rows)


def test_a_copy_has_neither_phones_nor_talks(called: Any, tmp_path: Path) -> None:
    called(*SHEET, "--masked", "--output", "out.xlsx")
    text = str(cells(tmp_path / "out.xlsx"))
    assert PHONE not in text
    assert "139****5678" in text
    assert "想回乡开店" not in text


def test_it_is_private_and_journaled_once(called: Any, tmp_path: Path) -> None:
    called(*SHEET, "--output", "out.xlsx")
    assert stat.S_IMODE((tmp_path / "out.xlsx").stat().st_mode) == 0o600
    (row,) = disclosures(tmp_path)
    assert "form=call_sheet 2026-11" in row
    assert "rows=4" in row


@pytest.mark.parametrize(
    ("words", "exit_code"),
    [
        (("contact", "sheet"), 2),
        (("contact", "sheet", "--org", "没有村"), 6),
        ((*SHEET, "--on", "2026-02-30"), 5),
        ((*SHEET, "--output", "no/where/out.xlsx"), 5),
        ((*SHEET, "--output", "."), 2),
    ],
)
def test_nothing_is_written_when_it_cannot_be(
    called: Any, tmp_path: Path, words: tuple[str, ...], exit_code: int
) -> None:
    called(*words, exit=exit_code)
    assert list(tmp_path.glob("*.xlsx")) == []
    assert disclosures(tmp_path) == []


def test_nobody_away_leaves_one_empty_row(called: Any, tmp_path: Path) -> None:
    called("contact", "sheet", "--org", "甘田村", "--output", "out.xlsx")
    rows = cells(tmp_path / "out.xlsx")
    assert len(rows) == 4
    assert rows[3][1] == ""


def test_a_page_of_a4_holds_fifteen(called: Any, tmp_path: Path) -> None:
    called(*SHEET, "--output", "out.xlsx")
    sheet = load_workbook(tmp_path / "out.xlsx").active
    assert sheet is not None
    assert sheet.print_title_rows == "$1:$3"
    assert (sheet.page_setup.orientation, int(sheet.page_setup.paperSize or 0)) == ("landscape", 9)
    scale = int(sheet.page_setup.scale or 0) / 100
    widest = 9  # pixels of a digit in DejaVu Sans 11; in 宋体 8
    width = sum(int(d.width * widest + 5) * 0.75 for d in sheet.column_dimensions.values())
    assert width * scale <= 841.9 - 2 * 72 * sheet.page_margins.left
    room = (595.3 - 72 * (sheet.page_margins.top + sheet.page_margins.bottom)) / scale
    heights = [sheet.row_dimensions[row].height or 0 for row in range(1, 5)]
    assert 15 <= (room - sum(heights[:3])) / heights[3] < 16
