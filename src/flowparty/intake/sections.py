"""Titles inside a list: a row that only names a branch says whose the rows below it are."""

from __future__ import annotations

import re
from bisect import bisect
from dataclasses import dataclass
from typing import TYPE_CHECKING

from flowparty.intake.cells import as_text, is_blank
from flowparty.intake.money_units import says_unit
from flowparty.intake.titles import says_day, whose

if TYPE_CHECKING:
    from collections.abc import Sequence

    from flowparty.intake.branches import Branch, BranchNames
    from flowparty.intake.layout import Layout
    from flowparty.intake.sheets import Cell, Sheet

_DIGITS = "[0-9一二三四五六七八九十]{1,3}"
_ORDINAL = re.compile(rf"^[（(]?{_DIGITS}[)）.、．\s]+")
_COUNT = re.compile(
    r"(?:[（(]?(?:共|计|党员|流动党员)*[0-9]+\s*[人名][)）]?|[（(][^（）()]*[)）]|[:：])+$"
)
_BESIDE = re.compile(rf"[（(]?{_DIGITS}[)）.、．]?|[（(]?[共计合]*\s*[0-9]+\s*[人名][)）]?")
"""An ordinal, or how many people follow."""
_MOST_CELLS = 4
"""A title may stand beside its ordinal, a count and a day, and cells that hold blanks only."""
_BRANCH = re.compile(r"(?:党支部|党总支|总支部|支部|支部委员会|总支)$")
_VILLAGE = re.compile(r"(?:村|社区|村委会|居委会)$")


@dataclass(frozen=True, slots=True)
class Section:
    """A title: its row, its words, and the branches it may mean; none if nobody knows it here.

    Where no title stands, ``branches`` is None if nothing else says whose the rows are.
    """

    row: int
    words: str
    branches: tuple[Branch, ...] | None


NOTHING_SAID = Section(0, "", None)


class Sections:
    """The titles of a sheet below its headings, in order.

    ``otherwise``: what the sheet itself says of the rows above which none stands.
    """

    def __init__(self, sheet: Sheet, layout: Layout, branches: BranchNames) -> None:
        """Find them: a title is alone in its row, and is a known branch or calls itself one."""
        self._name = layout.columns["name"].index if "name" in layout.columns else -1
        self._branch = layout.columns["branch"].index if "branch" in layout.columns else -1
        self._found: list[Section] = []
        for number, row in enumerate(sheet.rows[layout.bottom :], start=layout.bottom + 1):
            if len(row) - row.count("") > _MOST_CELLS:  # nearly all rows
                continue
            if section := self._section(number, row, branches):
                self._found.append(section)
        self._rows = [section.row for section in self._found]
        self.otherwise = NOTHING_SAID

    def _section(self, number: int, row: Sequence[Cell], branches: BranchNames) -> Section | None:
        cells = {at: as_text(cell).strip() for at, cell in enumerate(row) if not is_blank(cell)}
        said = {at: text for at, text in cells.items() if not _goes_beside(text)}
        if len(set(said.values())) != 1:
            return None
        at, words = next(iter(said.items()))
        if at == self._branch and len(cells) > 1:
            return None  # a row prepared for somebody
        title = whose(_COUNT.sub("", _ORDINAL.sub("", words)).strip()).strip()
        found = branches.find(title)
        alone = len(cells) == 1 and at <= self._name
        sounds = _BRANCH.search(title) or (alone and _VILLAGE.search(title))
        return Section(number, words, found) if found or sounds else None

    @property
    def name_branches(self) -> bool:
        """Whether a title names a branch that is known here."""
        return any(section.branches for section in self._found)

    @property
    def rows(self) -> frozenset[int]:
        """The rows of the titles."""
        return frozenset(self._rows)

    def above(self, number: int) -> Section:
        """The nearest title above a row."""
        at = bisect(self._rows, number)
        return self._found[at - 1] if at else self.otherwise


def _goes_beside(text: str) -> bool:
    return _BESIDE.fullmatch(text) is not None or says_unit(text) or says_day(text)
