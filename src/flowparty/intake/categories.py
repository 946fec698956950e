"""Titles inside a list that say what the people below them are: 预备党员, 已交回, 流入党员."""

from __future__ import annotations

import re
from bisect import bisect
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from flowparty.intake.category_words import TOLD, Category, category_of, mentions, names_list
from flowparty.intake.sections import sole_words

if TYPE_CHECKING:
    from collections.abc import Iterable

    from flowparty.intake.rows import Block
    from flowparty.intake.sections import Sections
    from flowparty.intake.sheets import Sheet
    from flowparty.intake.titles import Titles

_DIVIDES = re.compile(
    r"(?!.*(?:续|以上|上述|无|没有|空白|单位|[0-9]年))[（(]?(?![注说备附]).*[\u3400-\u9fff]{2}"
)
"""Words that may begin others: no （续表）, no remark on those above."""
_MOST = 20


@dataclass(frozen=True, slots=True)
class Said:
    """What a title says of those below it; ``row`` is 0 where it is the sheet's own."""

    row: int
    words: str
    category: Category


class Categories:
    """What is said of the people of a sheet, from title to title.

    A title that says nothing of the kind ends the one before it if it names a branch. Any other
    words (第二组) may divide those people or begin others: nobody knows, so each row is told.
    """

    def __init__(
        self, kind: str, sheet: Sheet, titles: Titles, sections: Sections, blocks: Iterable[Block]
    ) -> None:
        self._kind = kind
        self._sections = sections
        named = category_of(kind, sheet.name)
        self._base = Said(0, sheet.name, named) if named is not None else None
        self._starts: list[int] = []
        self._said = [self._over(titles) or self._base]
        for block in blocks:
            name = block.layout.columns["name"].index
            for row, why in block.skipped:
                sole = sole_words(sheet.rows[row - 1]) if why in ("title", "note") else None
                if sole is not None and (sole.alone or sole.at <= name):
                    self._take(row, sole.words, is_title=sole.at <= name)

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

    def _begin(self, row: int, said: Said | None) -> None:
        self._starts.append(row)
        self._said.append(said)

    def above(self, row: int) -> Said | None:
        """What is said of whoever stands in a row."""
        return self._said[bisect(self._starts, row)]

    def around(self, row: int) -> set[int]:
        """The rows of titles without which a row would be somebody else's kind."""
        said = self.above(row)
        at = bisect(self._starts, row)
        return set() if said is None else {said.row, *self._starts[max(at - 1, 0) : at]}

    @property
    def rows(self) -> set[int]:
        """The rows of titles that say something of the people."""
        return {said.row for said in self._said if said is not None}
