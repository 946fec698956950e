"""A list row by row: read from any file, laid out by meaning, judged; nothing is guessed."""

from __future__ import annotations

from bisect import bisect
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from flowparty.domain.errors import BadValue
from flowparty.intake.categories import Categories
from flowparty.intake.days import Days
from flowparty.intake.faults import Fault, Level, shown
from flowparty.intake.finder import Finder
from flowparty.intake.judge import Judge
from flowparty.intake.layout import lacking, require_one
from flowparty.intake.passed_over import require_some, sheets_passed_over
from flowparty.intake.row_cells import fault_at
from flowparty.intake.rows import blocks
from flowparty.intake.sections import Section, Sections
from flowparty.intake.sheet_titles import SheetTitles
from flowparty.intake.titles import Titles
from flowparty.intake.units import Units

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from flowparty.domain.dates import PartialDate
    from flowparty.intake.columns import Column
    from flowparty.intake.fields import Kind
    from flowparty.intake.layout import Layout
    from flowparty.intake.rows import Block
    from flowparty.intake.rules import Rules
    from flowparty.intake.sheets import Cell, Sheet, Source

_TEXT = ("csv", "tsv")
"""The sheet of a text file is called so, also in the workbook in which its rows came back."""


@dataclass(slots=True)
class ListRow:
    """One data row: what it says as far as it could be read, and every fault.

    ``values`` are the domain's, under the names of ``--format json``.
    """

    sheet: str
    row: int
    values: dict[str, Any]
    faults: list[Fault]
    layout: Layout = field(repr=False)
    on: date
    """The day that the list states, else today: the ages it gives are those of that day."""
    filled_in: PartialDate | None = None
    """The day that the list states."""
    doubles: Doubling | None = field(default=None, repr=False)
    """Set where an earlier row says the same of what only one may say."""

    @property
    def rejected(self) -> bool:
        """Whether the row cannot be stored truthfully."""
        return bool(self.faults) and any(fault.level == "reject" for fault in self.faults)

    def add_fault(
        self,
        code: str,
        level: Level,
        name: str,
        stood: object = "",
        candidates: Sequence[str] = (),
        why: str = "",
    ) -> Fault:
        """Add a fault found by those who know more than the row; the cell is the field's own."""
        column = self.layout.columns.get(name)
        fault = fault_at(self.layout, column, self.row, code, level, name, shown(stood, name))
        fault = fault.among(candidates) if candidates else fault
        fault = replace(fault, why=why) if why else fault
        self.faults.append(fault)
        return fault


@dataclass(frozen=True, slots=True)
class Doubling:
    """The earlier row that another one doubles, and the fault that says so at the later one."""

    first: ListRow
    fault: Fault


@dataclass(slots=True)
class Listed:
    """A judged list: its rows in order, what each heading was taken for, what was passed over.

    ``skipped`` are (sheet, row, why) below the headings; ``passed_over`` sheets of something else,
    with the headings they lack if they have any; ``nobodys`` sheets of such a list that do not say
    of which branch it is; ``unkept`` headings of what is read, and perhaps compared, but stored
    nowhere. By sheet: ``titles`` what they say of its rows, ``dittos`` what 同上 means.
    """

    source: Source
    kind: Kind
    rows: list[ListRow] = field(default_factory=list)
    mapping: list[tuple[str, Column, str | None]] = field(default_factory=list)
    layouts: list[Layout] = field(default_factory=list)
    skipped: list[tuple[str, int, str]] = field(default_factory=list)
    passed_over: dict[str, str] = field(default_factory=dict)
    nobodys: list[str] = field(default_factory=list)
    unkept: list[str] = field(default_factory=list)
    titles: dict[str, SheetTitles] = field(default_factory=dict)
    dittos: dict[str, dict[tuple[int, int], Cell]] = field(default_factory=dict)
    hidden_rows: int = 0

    @property
    def leaves_people(self) -> bool:
        """Whether a sheet was passed over that has names, and lacks something else."""
        name = self.kind.fields["name"].zh
        return any(lacks and name not in lacks.split("、") for lacks in self.passed_over.values())

    def above(self, row: ListRow) -> set[int]:
        """The rows without which one would mean something else: headings, title, unit, day."""
        headings = range(row.layout.top, row.layout.bottom + 1)
        return {*headings, *self.titles[row.sheet].around(row.row)} - {0}


def read_list(
    source: Source,
    kind: Kind,
    rules: Rules,
    *,
    only: Sequence[str] = (),
    mapped: Mapping[str, str] | None = None,
    remembered: Mapping[str, Mapping[str, str]] | None = None,
    branch: str | None = None,
) -> Listed:
    """Lay out and judge a file of rows.

    Args:
        source: the file, read.
        kind: what list it is.
        rules: branches, places, tables and the day.
        only: names of sheets; all visible ones with headings if none is given.
        mapped: heading → field, as the clerk says now.
        remembered: signature of headings → heading → field, as a clerk said before.
        branch: the branch of rows and sheets that name none.

    Raises:
        BadValue: ``sheet_not_found``, ``sheet_hidden``, ``heading_missing``,
            ``heading_again_missing``, ``heading_duplicate``.
    """
    listed = Listed(source, kind)
    problems: dict[str, BadValue] = {}
    for sheet in _chosen(source, only):
        try:
            _read_sheet(listed, sheet, rules, mapped or {}, remembered or {}, branch)
        except BadValue as problem:
            if problem.code != "heading_missing" or only:
                raise
            problems[sheet.name] = problem
    require_some(kind, listed.layouts, listed.nobodys, source.sheets, problems)
    if not only:
        listed.passed_over = sheets_passed_over(source.sheets, listed.layouts, problems)
    return listed


def _chosen(source: Source, only: Sequence[str]) -> list[Sheet]:
    if not only:
        return [sheet for sheet in source.sheets if not sheet.hidden]
    known = {sheet.name: sheet for sheet in source.sheets}
    for name in only:
        if name not in known:
            raise BadValue("sheet_not_found", value=name, known=list(known))
    return [known[name] for name in only]


def _read_sheet(
    listed: Listed,
    sheet: Sheet,
    rules: Rules,
    mapped: Mapping[str, str],
    remembered: Mapping[str, Mapping[str, str]],
    branch: str | None,
) -> None:
    """Find, judge and keep the rows of one sheet; one without headings is none of our lists."""
    kind = listed.kind
    layouts = Finder(kind, mapped, remembered).all(sheet)
    if not layouts:
        return
    titles = Titles(sheet, layouts[0])
    own = titles.branches(rules.branches) or rules.branches.keyed(branch)
    sections = Sections(sheet, layouts, rules, own, titles.nearest, kind.name)
    given = ("branch",) if own or sections.name_branches else ()
    lacks = [lacking(kind, one.columns, given) for one in layouts]
    if all(missing == [kind.fields["branch"].zh] for missing in lacks):
        listed.nobodys.append(sheet.name)
        sections.otherwise = Section(0, sheet.name, None)
        given = ("branch",)
    require_one(kind, layouts, given)
    found = list(blocks(sheet, layouts, kind, sections.rows, rules.people))
    peopled = [block for block in found if block.rows] or found[:1]
    for block in peopled:
        _require_again(kind, sheet.name, block.layout, given)
    listed.titles[sheet.name] = SheetTitles(
        sections,
        Categories(kind.name, sheet, titles, sections, found),
        Units(kind, titles, sheet),
        Days(titles, sheet, found, rules.today),
    )
    for block in found:
        units = listed.titles[sheet.name].units.of(block)
        if block in peopled:
            _read_block(listed, sheet, block, units, rules)
        listed.skipped += [(sheet.name, number, why) for number, why in block.skipped]


def _read_block(
    listed: Listed,
    sheet: Sheet,
    block: Block,
    units: Sequence[tuple[int, int]],
    rules: Rules,
) -> None:
    """Judge the rows of a block; ``units``: from which row on which unit of amounts holds."""
    if block.layout not in listed.layouts:
        listed.layouts.append(block.layout)
        listed.mapping += [(sheet.name, column, to) for column, to in block.layout.mapping]
    titles, is_text = listed.titles[sheet.name], sheet.name in _TEXT
    firsts = [first for first, _ in units]
    judges = [
        Judge(listed.kind, block.layout, rules, sheet=sheet, is_text=is_text, unit=unit)
        for _, unit in units
    ]
    for number, cells in block.rows:
        judge = judges[bisect(firsts, number) - 1]
        judge.section = titles.sections.above(number)
        judge.said = titles.categories.above(number)
        values, faults = judge.row(number, cells)
        row = ListRow(sheet.name, number, values, faults, block.layout, *titles.days.of(number))
        listed.rows.append(row)
        if number in sheet.hidden_rows:
            listed.hidden_rows += 1
            row.add_fault("hidden_row", "note", "name", values["name"])
    listed.dittos.setdefault(sheet.name, {}).update(block.dittos)


def _require_again(kind: Kind, sheet: str, layout: Layout, given: Sequence[str]) -> None:
    """All headings of a sheet must say what those of one do, or the rows below would be lost.

    Raises:
        BadValue: ``heading_again_missing``.
    """
    names = "、".join(lacking(kind, layout.columns, given))
    if names:
        raise BadValue("heading_again_missing", sheet=sheet, row=layout.bottom, names=names)
