"""Where a list's headings stand: one to three rows, merged or not, under any title, on any sheet.

The first that name people begin the list, however many columns later ones have; headings that
return further down (a new page, a second block) begin a layout of their own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from flowparty.intake.layout import Headings

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from flowparty.intake.fields import Kind
    from flowparty.intake.layout import Layout
    from flowparty.intake.sheets import Cell, Sheet

_DEEPEST = 50
_HIGHEST = 3
_FEWEST = 3


class Finder:
    """Finds the layouts of a sheet for one kind of list.

    ``mapped`` and ``remembered`` are those of :class:`Headings`. ``fewest``: how many known
    headings make a row one of headings; with the name, one less.
    """

    def __init__(
        self,
        kind: Kind,
        mapped: Mapping[str, str] | None = None,
        remembered: Mapping[str, Mapping[str, str]] | None = None,
        fewest: int = _FEWEST,
    ) -> None:
        self._headings = Headings(kind, mapped, remembered)
        self._fewest = fewest

    def all(self, sheet: Sheet) -> list[Layout]:
        """The layouts of a sheet from top to bottom; none if no row looks like one of headings.

        Raises:
            BadValue: ``heading_duplicate``.
        """
        first = self._first(sheet)
        if first is None:
            return []
        found = [first]
        merged = _merged_across(sheet)
        for number, row in enumerate(sheet.rows[first.bottom :], start=first.bottom + 1):
            last = found[-1]
            if number > last.bottom and not last.has_identity(row) and self._names(row):
                top = number
                while top - 1 > last.bottom and top - 1 in merged:
                    top -= 1
                again = self._over(sheet, number, top)
                if again is not None:
                    found[-1:] = self._after(sheet, last, again)
        return found

    def _after(self, sheet: Sheet, last: Layout, again: Layout) -> list[Layout]:
        """The last layout and the next; right below, it takes its place or completes it.

        A name elsewhere is a lower heading, of somebody else: 姓名 below 流入地联系人.
        """
        if again.top > last.bottom + 1:
            return [last, again]
        if again.columns["name"].index == last.columns["name"].index:
            return [again]
        height = again.bottom - last.top + 1
        whole = "name" in self._headings.known(sheet, last.top, height)
        return [self._headings.layout(sheet, last.top, height) if whole else again]

    def _names(self, row: Sequence[Cell]) -> bool:
        """Whether a heading for names stands in a row; few rows are looked at more closely."""
        words, is_name = self._headings.name_words, self._headings.is_name
        return any(
            isinstance(cell, str) and ("名" in cell or cell in words) and is_name(cell)
            for cell in row
        )

    def _first(self, sheet: Sheet) -> Layout | None:
        """The first headings with a name; without any, the rows that say most, as was said of them.

        Those are refused for what they lack, or somebody named their columns by letters.
        """
        rows = range(1, min(_DEEPEST, len(sheet.rows)) + 1)
        for bottom in rows:
            tops = range(max(1, bottom - _HIGHEST + 1), bottom + 1)
            if any(self._is_heading(sheet, top, bottom - top + 1) for top in tops):
                return self._over(sheet, bottom, 1)
        every = [(top, height) for height in range(1, _HIGHEST + 1) for top in rows]
        known, top, height = self._best(sheet, every, letters=True)
        return self._headings.layout(sheet, top, height) if self._enough(known) else None

    def _over(self, sheet: Sheet, number: int, highest: int) -> Layout | None:
        """The layout of headings of which this row is one; ``highest``: where they may begin."""
        near = [
            (top, height)
            for height in range(1, _HIGHEST + 1)
            for top in range(max(highest, number - height + 1), number + 1)
            if self._adds(sheet, top, height)
        ]
        known, top, height = self._best(sheet, near)
        if "name" not in known or not self._enough(known):
            return None
        return self._headings.layout(sheet, top, height)

    def _adds(self, sheet: Sheet, top: int, height: int) -> bool:
        """Whether headings say more with their upper row; a title over them adds nothing."""
        known = self._headings.known
        lower = height - 1
        return not lower or len(known(sheet, top, height)) > len(known(sheet, top + 1, lower))

    def _best(
        self, sheet: Sheet, where: Iterable[tuple[int, int]], *, letters: bool = False
    ) -> tuple[set[str], int, int]:
        """The first of several (top, height) at which most fields are named."""
        best: tuple[set[str], int, int] = set(), 0, 0
        for top, height in where:
            if top + height - 1 <= len(sheet.rows):
                known = self._headings.known(sheet, top, height, letters=letters)
                if len(known) > len(best[0]):
                    best = known, top, height
        return best

    def _is_heading(self, sheet: Sheet, top: int, height: int) -> bool:
        known = self._headings.known(sheet, top, height)
        return "name" in known and self._enough(known)

    def _enough(self, known: set[str]) -> bool:
        enough = self._fewest - 1 if "name" in known else self._fewest
        return len(known) >= max(enough, 1)


def _merged_across(sheet: Sheet) -> set[int]:
    """The rows in which a cell is merged over several columns, as an upper heading is."""
    return {
        row
        for merge in sheet.merges
        if merge.right > merge.left and merge.bottom - merge.top < _HIGHEST
        for row in range(merge.top, merge.bottom + 1)
    }
