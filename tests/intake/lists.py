"""Small member lists for tests: written with openpyxl, read as the program reads them."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from openpyxl import Workbook

from flowparty.domain.identity import check_character
from flowparty.intake.branches import Branch, BranchNames
from flowparty.intake.fields import kind_of
from flowparty.intake.lists import read_list
from flowparty.intake.reader import read_source
from flowparty.intake.rules import Rules
from flowparty.intake.together import judge_together
from flowparty.repository.codes import load_tables
from flowparty.repository.divisions import load_gazetteer

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from flowparty.intake.lists import Listed

TODAY = date(2026, 11, 23)
TOWN = "522325107"
VILLAGES = {
    "金叶社区": "522325107001",
    "雨柏村": "522325107203",
    "甘田村": "522325107205",
    "长田村": "522325107209",
    "陇塔村": "522325107210",
    "瓦厂村": "522325107211",
    "细氽村": "522325107213",
}
BRANCHES = [Branch(code, f"{village}党支部", code) for village, code in VILLAGES.items()]
HEADINGS = ("姓名", "公民身份证号", "所在党支部")


def number(birthday: str = "19800101", sequence: int = 1) -> str:
    """A valid identity number of Zhenfeng County."""
    first17 = f"522325{birthday}{sequence:03d}"
    return first17 + check_character(first17)


def save(path: Path, *rows: Sequence[Any], merges: Sequence[str] = ()) -> Path:
    """Write one sheet."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in rows:
        sheet.append(list(row))
    for merge in merges:
        sheet.merge_cells(merge)
    book.save(path)
    return path


def read(path: Path, kind: str = "members", **options: Any) -> Listed:
    """Judge a list against the town's seven branches."""
    places = load_gazetteer()
    names = BranchNames(BRANCHES, places, TOWN)
    rules = Rules(names, places, load_tables(), TODAY, TOWN)
    listed = read_list(read_source(path), kind_of(kind), rules, **options)
    judge_together([listed])
    return listed


def read_one(path: Path, **cells: Any) -> Listed:
    """Write and read a list of one person, heading → cell; what must stand there is filled in."""
    person = {"姓名": "欧阳贵忠", "公民身份证号": number(), "所在党支部": "金叶社区"} | cells
    return read(save(path / "list.xlsx", list(person), list(person.values())))
