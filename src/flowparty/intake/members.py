"""The national 《党员基本信息汇总表》 row by row: values where it is true, faults where not."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from flowparty.domain.errors import BadValue
from flowparty.domain.text import name_key
from flowparty.intake.branches import BranchNames
from flowparty.intake.faults import Fault, Level, shown
from flowparty.intake.headings import find_layout, no_headings
from flowparty.intake.judge import Judge
from flowparty.intake.reader import read_workbook
from flowparty.intake.rows import data_rows
from flowparty.intake.rules import Rules
from flowparty.intake.values import MemberValues

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date
    from pathlib import Path

    from flowparty.domain.codes import CodeTable
    from flowparty.domain.places import Gazetteer
    from flowparty.intake.headings import Layout
    from flowparty.intake.reader import Sheet

__all__ = ["MemberList", "MemberRow", "MemberValues", "read_members"]


@dataclass(frozen=True, slots=True)
class MemberRow:
    """One person's row: ``values`` is None when it was rejected."""

    sheet: str
    row: int
    values: MemberValues | None
    faults: tuple[Fault, ...]
    layout: Layout = field(repr=False, compare=False)

    @property
    def rejected(self) -> bool:
        """Whether the row cannot be stored truthfully."""
        return self.values is None

    def fault(self, code: str, level: Level, name: str, stood: object) -> Fault:
        """A further fault of this row, found by those who know more than the file."""
        column = self.layout.columns.get(name)
        letter, heading = (column.letter, column.heading) if column else ("", "")
        return Fault(code, level, self.sheet, self.row, letter, name, heading, shown(stood, name))


@dataclass(frozen=True, slots=True)
class MemberList:
    """A judged list: every person's row in order, and what each heading was taken for."""

    path: Path
    rows: tuple[MemberRow, ...]
    mapping: tuple[tuple[str, str | None], ...]


def read_members(
    path: Path,
    *,
    branches: Mapping[str, str],
    places: Gazetteer,
    tables: Mapping[str, CodeTable],
    today: date,
    home: str | None = None,
) -> MemberList:
    """Read and judge a list of members; nothing is repaired by guessing.

    Args:
        path: an ``.xlsx`` workbook; every visible sheet with headings is read.
        branches: every accepted spelling of a branch → its key.
        places: for what 外出流向 names.
        tables: ``sex``, ``ethnicity``, ``education``, ``category``, ``standing``, ``yes_no``.
        today: the day after which nothing can have happened.
        home: the division of the office that reads; its towns and villages may be named alone.

    Raises:
        BadValue: the file cannot be read (as :func:`read_workbook`), ``heading_missing``,
            ``heading_duplicate``, ``no_data_rows``.
        Denied: ``file_not_readable``.
    """
    found = [(sheet, find_layout(sheet.name, sheet.rows)) for sheet in read_workbook(path)]
    lists = [(sheet, layout) for sheet, layout in found if layout is not None]
    if not lists:
        raise no_headings()
    rules = Rules(BranchNames(branches, places, home), places, tables, today, home)
    rows = [row for sheet, layout in lists for row in _judged(sheet, layout, rules)]
    if not rows:
        raise BadValue("no_data_rows", path=str(path))
    mapping = dict.fromkeys(pair for _, layout in lists for pair in layout.mapping)
    return MemberList(path, tuple(_among_themselves(rows)), tuple(mapping))


def _judged(sheet: Sheet, layout: Layout, rules: Rules) -> Iterator[tuple[MemberRow, str | None]]:
    """Each row with the identity number in it, also where another fault rejects it."""
    for number, cells in data_rows(sheet, layout):
        judge = Judge(layout, number, cells, rules)
        values = judge.values()
        identity = judge.identity.value if judge.identity else None
        yield MemberRow(sheet.name, number, values, tuple(judge.faults), layout), identity


def _among_themselves(rows: list[tuple[MemberRow, str | None]]) -> Iterator[MemberRow]:
    """Refuse a number's later rows: which of two is right the file does not say; note namesakes."""
    numbers: set[str] = set()
    names: set[tuple[str, str]] = set()
    for row, identity in rows:
        if identity is not None and identity in numbers:
            others = tuple(fault for fault in row.faults if fault.field != "id_number")
            fault = row.fault("id_duplicate_in_file", "reject", "id_number", identity)
            yield MemberRow(row.sheet, row.row, None, (*others, fault), row.layout)
            continue
        numbers.update(filter(None, [identity]))
        if row.values is None:
            yield row
            continue
        person = (name_key(row.values.name), row.values.branch)
        if person in names:
            fault = row.fault("name_same", "note", "name", row.values.name)
            yield MemberRow(row.sheet, row.row, row.values, (*row.faults, fault), row.layout)
        else:
            names.add(person)
            yield row
