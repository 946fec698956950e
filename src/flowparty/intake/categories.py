"""Titles inside a list that say what the people below them are: 预备党员, 已交回, 流入党员."""

from __future__ import annotations

import re
from bisect import bisect
from dataclasses import dataclass, replace
from itertools import zip_longest
from operator import itemgetter
from typing import TYPE_CHECKING

from flowparty.intake.category_words import TOLD, Category, category_of, mentions, names_list
from flowparty.intake.cells import as_text
from flowparty.intake.row_words import is_label
from flowparty.intake.sections import sole_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from flowparty.intake.rows import Block
    from flowparty.intake.sections import Sections, Sole
    from flowparty.intake.sheets import Cell, Sheet
    from flowparty.intake.titles import Titles

_DIVIDES = re.compile(
    r"(?!.*(?:续|以上|上述|无|没有|空白|单位|[0-9]年))[（(]?(?![注说备附]).*[\u3400-\u9fff]{2}"
)
"""Words that may begin others: no （续表）, no remark on those above."""
_MOST = 20
_SERIAL = re.compile("[0-9]{1,6}")
_TITLES = ("title", "note", "footer")
_BETWEEN = ("heading", "subtotal", "blank")


@dataclass(frozen=True, slots=True)
class Said:
    """What a title says of those below it; ``row`` is 0 where it is the sheet's own."""

    row: int
    words: str
    category: Category


class Categories:
    """What is said of the people of a sheet, from title to title.

    A title that says nothing of the kind ends the one before it if it names a branch. Any other
    words (第二组, 其他党员：) may divide those people or begin others, and so may what stands
    between people: a sub-total, headings that return where the numbers do not go on, a blank row
    above a new number 1. Nobody knows, so each row is told.
    """

    def __init__(
        self, kind: str, sheet: Sheet, titles: Titles, sections: Sections, blocks: Sequence[Block]
    ) -> None:
        self._kind = kind
        self._sections = sections
        named = category_of(kind, sheet.name)
        self._base = Said(0, sheet.name, named) if named is not None else None
        self._starts: list[int] = []
        self._said = [self._over(titles) or self._base]
        self._between: set[int] = set()
        self._labels: set[int] = set()
        for block, following in zip_longest(blocks, blocks[1:]):
            name = block.layout.columns["name"].index
            for row, why in sorted([*block.skipped, *_begun_anew(block)]):
                goes_on = why == "heading" and _numbers_go_on(row, block, following)
                sole = sole_words(sheet.rows[row - 1]) if why in _TITLES else None
                if why in _BETWEEN and not goes_on:
                    self._interrupt(row, block)
                elif sole is not None and (sole.alone or sole.at <= name):
                    self._look_at(row, sole, why, is_title=sole.at <= name)

    def _over(self, titles: Titles) -> Said | None:
        """What the titles over the first headings say; 流入 among other words is told too."""
        for row in reversed(titles.rows):
            sole = sole_words(row)
            if sole is None or not (sole.alone or names_list(sole.words)):
                continue  # 预备党员 | 3 counts them
            words = sole.words
            category = category_of(self._kind, words)
            if category is None and self._kind == "moves" and names_list(words):
                category = TOLD if mentions(self._kind, words) else None
            if category is not None:
                return None if category.ordinary else Said(0, words, category)
        return None

    def _look_at(self, row: int, sole: Sole, why: str, *, is_title: bool) -> None:
        """Take words that may be a title; what stands under a list only with a colon of its own."""
        if why == "footer":
            if not is_label(sole.words):
                return
            self._labels.add(row)
        self._take(row, sole.words, is_title=is_title)

    def _take(self, row: int, words: str, *, is_title: bool) -> None:
        last = self._said[-1]
        category = category_of(self._kind, words) if is_title else None
        if category is None and mentions(self._kind, words) and not words.startswith("以上"):
            category = TOLD
        if category is not None:
            self._begin(row, None if category.ordinary else Said(row, words, category))
        elif last is None or last is self._base:
            return
        elif self._sections.above(row).row == row and (last.row or names_list(words)):
            self._begin(row, self._base)
        elif len(words) <= _MOST and _DIVIDES.match(words):
            self._begin(row, replace(last, category=TOLD))

    def _interrupt(self, row: int, block: Block) -> None:
        """What stands between people leaves open whether a title above them goes on below it."""
        last = self._said[-1]
        if last is None or not last.row or last.category == TOLD or last.category.refuses:
            return  # taken at all, they would be somebody else
        if any(last.row < number < row for number, _ in block.rows):
            self._between.add(row)
            self._begin(row, replace(last, category=TOLD))

    def _begin(self, row: int, said: Said | None) -> None:
        self._starts.append(row)
        self._said.append(said)

    def above(self, row: int) -> Said | None:
        """What is said of whoever stands in a row."""
        return self._said[bisect(self._starts, row)]

    def around(self, row: int) -> set[int]:
        """The rows of titles without which a row would be somebody else's kind.

        A title that may be over says nothing any more where the people below it are not.
        """
        said = self.above(row)
        at = bisect(self._starts, row)
        last = self._starts[max(at - 1, 0) : at]
        return set() if said is None or self._between.issuperset(last) else {said.row, *last}

    @property
    def rows(self) -> set[int]:
        """The rows of titles that say something of the people, or with a colon may end one."""
        said = {said.row for said in self._said if said is not None}
        return said | self._labels.intersection(self._starts)


def _begun_anew(block: Block) -> Iterator[tuple[int, str]]:
    """The blank rows above people who are numbered from 1."""
    skipped = {row for row, _ in block.skipped}
    before = block.layout.bottom
    for number, cells in block.rows:
        above = number - 1
        if above > before and above not in skipped and _numbered(cells, block) == 1:
            yield above, "blank"
        before = number


def _numbers_go_on(heading: int, block: Block, following: Block | None) -> bool:
    """Whether the people above and below headings are numbered on: a page ended there."""
    at = bisect(block.rows, heading, key=itemgetter(0))
    below = block if at < len(block.rows) else following
    if not at or below is None or not below.rows:
        return False
    last = _numbered(block.rows[at - 1][1], block)
    first = _numbered(below.rows[at if below is block else 0][1], below)
    return last is not None and first == last + 1


def _numbered(cells: Sequence[Cell], block: Block) -> int | None:
    """The serial number of a row; None if it has none."""
    serial = block.layout.columns.get("serial")
    text = "" if serial is None else as_text(cells[serial.index]).strip()
    return int(text) if _SERIAL.fullmatch(text) else None
