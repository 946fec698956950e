"""On which day the rows of a sheet were filled in: a second block may say its own."""

from __future__ import annotations

from bisect import bisect
from itertools import dropwhile
from typing import TYPE_CHECKING

from flowparty.intake.cells import is_blank
from flowparty.intake.layout import merged_texts
from flowparty.intake.titles import day_said

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from flowparty.domain.dates import PartialDate
    from flowparty.intake.rows import Block
    from flowparty.intake.sheets import Sheet
    from flowparty.intake.titles import Titles

_UNDER_A_LIST = ("footer", "subtotal")


class Days:
    """The day that the titles over a row say, else those over the first headings.

    A day beside a title is of the rows below it, and so is one over headings that return. But who
    signed a list, and when, stands right under it: that is no title of the next one, unless the
    first list has its day above, so that the others will too.
    """

    def __init__(self, titles: Titles, sheet: Sheet, blocks: Iterable[Block], today: date) -> None:
        """Find them among the rows that are nobody."""
        self._sheet = sheet
        self._today = today
        self._skipped = {row: why for block in blocks for row, why in block.skipped}
        first = titles.filled_in(today)
        self._says_above = first is not None
        self._days = [self._told(first)]
        self._starts: list[int] = []
        self._around: list[range] = [range(0)]
        for row, why in sorted(self._skipped.items()):
            begins = why == "heading" and self._skipped.get(row - 1) != "heading"
            telling = self._over(row) if begins else [row] if why == "title" else []
            texts = [
                text for at in reversed(telling) for text in merged_texts(sheet, at, 1)[0] if text
            ]
            day = day_said(texts, today)
            if day is not None:
                self._starts.append(row)
                self._days.append(self._told(day))
                self._around.append(self._run(row) if begins else range(row, row + 1))

    def _over(self, heading: int) -> Sequence[int]:
        """The rows right over headings that belong to them, from above to below."""
        run = self._run(heading)
        above, rows = run[0], run[1 : run.index(heading)]
        if self._says_above or all(map(is_blank, self._sheet.rows[above - 1])):
            return rows
        return list(dropwhile(lambda row: self._skipped[row] in _UNDER_A_LIST, rows))

    def _run(self, heading: int) -> range:
        """The row above all that stands over headings, down to the last of these."""
        top = bottom = heading
        while self._skipped.get(top - 1, "heading") != "heading":
            top -= 1
        while self._skipped.get(bottom + 1) == "heading":
            bottom += 1
        return range(top - 1, bottom + 1)

    def _told(self, stated: PartialDate | None) -> tuple[date, PartialDate | None]:
        return (self._today if stated is None else min(stated.last, self._today)), stated

    def of(self, row: int) -> tuple[date, PartialDate | None]:
        """The day of a row, today if none is stated for it; and what is stated."""
        return self._days[bisect(self._starts, row)]

    def around(self, row: int) -> set[int]:
        """The rows that say so, and without which they would not: headings, a blank above."""
        rows = self._around[bisect(self._starts, row)]
        return {at for at in rows if at in self._skipped or not any(self._sheet.rows[at - 1])}
