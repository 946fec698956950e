"""Titles inside a list: a row that only names a branch says whose the rows below it are."""

from __future__ import annotations

import re
from bisect import bisect
from dataclasses import dataclass
from typing import TYPE_CHECKING

from flowparty.intake.cells import as_text, is_blank
from flowparty.intake.money_units import says_unit
from flowparty.intake.row_words import word_of
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
_BESIDE = re.compile(
    rf"[（(]?{_DIGITS}[)）.、．]?"
    r"|[（(]?[共计合]*\s*[0-9]+\s*[人名][)）]?"
    r"|(?:填报|报送|填表)?(?:单位|党组织|党?支部|时间|日期)(?:名称)?\s*[:：]?"
    r"|[0-9]{4}[-./][0-9]{1,2}(?:[-./][0-9]{1,2})?"
)
"""An ordinal, how many people follow, 填报单位： in a cell of its own, a day."""
_MOST_CELLS = 5
"""A title may stand beside all these, and cells that hold blanks only."""
_BRANCH = re.compile(r"(?:党支部|党总支|总支部|支部|支部委员会|总支)$")
_OWN = re.compile(r"[本全]?(?:党?总?支部|党?总支)(?:委员会)?")
"""本支部党员 and 支部党员 are of the branch whose list it is."""
_VILLAGE = re.compile(r"(?:村|社区|村委会|居委会)$")
_PLACE = re.compile(r"(?<!^[本全])(?:村|社区|居委会|党?总?支部)")
"""雨柏村返乡流动党员 is of some branch, though not one whose name can be read surely."""
_NAMELESS = re.compile(r"(?:.*[镇乡县市])?[农各全每]|[在驻离]?|[本全]党|非?贫困|脱贫")
"""Before 村 or 社区: no village's name. 村干部党员 and 贫困村党员 are of whichever is meant."""


@dataclass(frozen=True, slots=True)
class Section:
    """A title: its row, its words, and the branches it may mean; none if nobody knows it here.

    ``branches`` is None where nothing is said of whose the rows are.
    """

    row: int
    words: str
    branches: tuple[Branch, ...] | None


NOTHING_SAID = Section(0, "", None)


class Sections:
    """The titles of a sheet below its headings, in order.

    ``otherwise``: what the sheet itself says of the rows above which none stands. ``rows``: those
    of all titles, also of such as 本村预备党员 that leave the branch as it is.
    """

    def __init__(
        self, sheet: Sheet, layout: Layout, branches: BranchNames, own: tuple[Branch, ...]
    ) -> None:
        """Find them: a title is alone in its row, and is a known branch or calls itself one.

        ``own``: the branch that the sheet itself is of.
        """
        self._branches = branches
        self._name = layout.columns["name"].index if "name" in layout.columns else -1
        self._branch = layout.columns["branch"].index if "branch" in layout.columns else -1
        self._found: list[Section] = []
        self.otherwise = Section(0, "", own or None)
        rows = []
        for number, row in enumerate(sheet.rows[layout.bottom :], start=layout.bottom + 1):
            if len(row) - row.count("") > _MOST_CELLS:  # nearly all rows
                continue
            section = self._section(number, row)
            if section is not None:
                rows.append(number)
            if section is not None and section.branches is not None:
                self._found.append(section)
        self.rows = frozenset(rows)
        self._starts = [section.row for section in self._found]

    def _section(self, number: int, row: Sequence[Cell]) -> Section | None:
        cells = {at: as_text(cell).strip() for at, cell in enumerate(row) if not is_blank(cell)}
        said = {at: text for at, text in cells.items() if not _goes_beside(text)}
        if len(set(said.values())) != 1:
            return None
        at, words = next(iter(said.items()))
        if at == self._branch and len(cells) > 1:
            return None  # a row prepared for somebody
        whole = _COUNT.sub("", _ORDINAL.sub("", words)).strip()
        title = whose(whole).strip()
        if _OWN.fullmatch(title):
            return Section(number, words, None)
        found = self._branches.find(title)
        if found or _BRANCH.search(title):
            return Section(number, words, found)
        plain = title == whole  # an address may end so too, and a person's name
        alone = (len(cells) == 1 or not plain) and at <= self._name and not word_of(words)
        place = _VILLAGE if plain else _PLACE
        if not (alone and place.search(title)):
            return None
        return Section(number, words, () if self._is_anothers(title) else None)

    def _is_anothers(self, title: str) -> bool:
        """Whether a title has the name of a village in it that is not the one it stands under."""
        place = _PLACE.search(title)
        if place is None:
            return False
        above = self._found[-1] if self._found else self.otherwise
        named = self._branches.find(title[: place.end()])
        ours = named == above.branches if named else _NAMELESS.fullmatch(title[: place.start()])
        return not ours or self._is_anothers(title[place.end() :])

    @property
    def name_branches(self) -> bool:
        """Whether a title names a branch that is known here."""
        return any(section.branches for section in self._found)

    def above(self, number: int) -> Section:
        """The nearest title above a row."""
        at = bisect(self._starts, number)
        return self._found[at - 1] if at else self.otherwise


def _goes_beside(text: str) -> bool:
    return _BESIDE.fullmatch(text) is not None or says_unit(text) or says_day(text)
