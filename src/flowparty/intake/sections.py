"""Titles inside a list: a row that only names a branch says whose the rows below it are."""

from __future__ import annotations

import re
from bisect import bisect
from dataclasses import dataclass
from typing import TYPE_CHECKING

from flowparty.domain.text import name_key
from flowparty.intake.category_words import category_of
from flowparty.intake.cells import as_text, is_blank
from flowparty.intake.money_units import says_unit
from flowparty.intake.row_words import is_day, word_of
from flowparty.intake.titles import bare_title, branches_called, says_day, whose

if TYPE_CHECKING:
    from collections.abc import Container, Sequence

    from flowparty.intake.branches import Branch
    from flowparty.intake.layout import Layout
    from flowparty.intake.rules import Rules
    from flowparty.intake.sheets import Cell, Sheet

_BESIDE = re.compile(
    r"[（(]?[0-9一二三四五六七八九十]{1,3}[)）.、．]?"
    r"|[（(]?[共计合]*\s*[0-9]+\s*[人名][)）]?"
    r"|(?:填报|报送|填表)?(?:单位|党组织|党?支部|时间|日期)(?:名称)?\s*[:：]?[\s年月日]*"
)
"""An ordinal, how many people follow, 填报单位： in a cell of its own, a day left open."""
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


@dataclass(frozen=True, slots=True)
class Sole:
    """The words that stand alone in a row but for what goes beside a title, and in which column."""

    at: int
    words: str
    alone: bool
    """Whether nothing goes beside them."""


def sole_words(row: Sequence[Cell]) -> Sole | None:
    """The only words of a row; None if there are others, or none."""
    cells = {at: as_text(cell).strip() for at, cell in enumerate(row) if not is_blank(cell)}
    said = {at: text for at, text in cells.items() if not _goes_beside(text)}
    if len(set(said.values())) != 1:
        return None
    at, words = next(iter(said.items()))
    return Sole(at, words, len(cells) == 1)


class Sections:
    """The titles of a sheet below its headings, in order.

    ``otherwise``: what the sheet itself says of the rows above which none stands. ``rows``: those
    of all titles, also of such as 本村预备党员 that leave the branch as it is, and what they are.
    """

    def __init__(
        self,
        sheet: Sheet,
        layouts: Sequence[Layout],
        rules: Rules,
        own: tuple[Branch, ...],
        over: str,
        kind: str,
    ) -> None:
        """Find them: a title is alone in its row, and is a known branch or calls itself one.

        ``own``: the branch that the sheet itself is of. ``over``: the title over its headings.
        ``kind``: of what list; titles that say what people are (已交回) look like names.
        """
        self._branches = rules.branches
        self._rows = sheet.rows
        self._found: list[Section] = []
        is_branch = _PLACE.search(whose(bare_title(over))) is not None
        self.otherwise = Section(0, over if is_branch else "", own or None)
        self.rows: dict[int, str] = {}
        returning = {layout.top: layout for layout in layouts}
        layout = layouts[0]
        for number, row in enumerate(sheet.rows[layout.bottom :], start=layout.bottom + 1):
            layout = returning.get(number, layout)
            if len(row) - row.count("") > _MOST_CELLS:  # nearly all rows
                continue
            sole = sole_words(row)
            if sole and self._is_somebody(sole, layout, rules.people):
                continue
            section = sole and self._section(number, sole, layout)
            if section:
                self.rows[number] = "title"
            elif sole and sole.at <= _place_of(layout, "name") and category_of(kind, sole.words):
                self.rows[number] = "note"
            if section and section.branches is not None:
                self._found.append(section)
        self._starts = [section.row for section in self._found]

    def _is_somebody(self, sole: Sole, layout: Layout, people: Container[str]) -> bool:
        """Whether words under 姓名 are a recorded name; alone, a known branch goes before."""
        if sole.at != _place_of(layout, "name") or name_key(sole.words) not in people:
            return False
        return not (sole.alone and self._branches.find(sole.words))

    def _section(self, number: int, sole: Sole, layout: Layout) -> Section | None:
        at, words = sole.at, sole.words
        name, branch = (_place_of(layout, field) for field in ("name", "branch"))
        if at == branch and not sole.alone:
            return None  # a row prepared for somebody
        whole = bare_title(words)
        title = whose(whole).strip()
        if _OWN.fullmatch(title):
            return Section(number, words, None)
        names = self._branches
        found = branches_called(whole, names) if at <= name else names.find(title)
        if not found and at == name and self._is_numbered_on(number, layout):
            return None  # 2 | 李支部 above 3: somebody
        if found or _BRANCH.search(title):
            return Section(number, words, found)
        plain = title == whole  # an address may end so too, and a person's name
        alone = (sole.alone or not plain) and at <= name and not word_of(words)
        place = _VILLAGE if plain else _PLACE
        if not (alone and place.search(title)):
            return None
        return Section(number, words, () if self._is_anothers(title) else None)

    def _is_numbered_on(self, number: int, layout: Layout) -> bool:
        """Whether a row has a serial number and the next one follows it."""
        at = _place_of(layout, "serial")
        cells = [as_text(one[at]).strip() for one in self._rows[number - 1 : number + 1] if at >= 0]
        first, second = (int(one) if one.isdecimal() else None for one in [*cells, "", ""][:2])
        return first is not None and second == first + 1

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

    @property
    def unknown(self) -> set[int]:
        """The rows of titles whose branch nobody knows here."""
        return {section.row for section in self._found if section.branches == ()}

    def above(self, number: int) -> Section:
        """The nearest title above a row."""
        at = bisect(self._starts, number)
        return self._found[at - 1] if at else self.otherwise


def _place_of(layout: Layout, field: str) -> int:
    column = layout.columns.get(field)
    return -1 if column is None else column.index


def _goes_beside(text: str) -> bool:
    return _BESIDE.fullmatch(text) is not None or says_unit(text) or says_day(text) or is_day(text)
