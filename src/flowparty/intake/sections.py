"""Titles inside a list: a row that only names a branch says whose the rows below it are."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from flowparty.intake.cells import as_text, is_blank

if TYPE_CHECKING:
    from flowparty.intake.branches import Branch, BranchNames
    from flowparty.intake.layout import Layout
    from flowparty.intake.sheets import Sheet

_ORDINAL = re.compile(r"^[（(]?[0-9一二三四五六七八九十]{1,3}[)）.、．\s]+")
_COUNT = re.compile(
    r"[（(]?(?:共|计|党员|流动党员)*[0-9]+\s*[人名][)）]?$|[（(][^（）()]*[)）]$|[:：]$"
)
_MOST_CELLS = 3
"""A title may stand beside cells that hold blanks only."""
_BRANCH = re.compile(r"(?:党支部|党总支|总支部|支部|支部委员会|总支)$")


class Sections:
    """The titles of a sheet below its headings, in order; without any it has nothing to say."""

    def __init__(self, sheet: Sheet, layout: Layout, branches: BranchNames) -> None:
        """Find them: a title is alone in its row, and is a known branch or calls itself one."""
        self._found: list[tuple[int, tuple[Branch, ...]]] = []
        for number, row in enumerate(sheet.rows[layout.bottom :], start=layout.bottom + 1):
            if len(row) - row.count("") > _MOST_CELLS:  # nearly all rows
                continue
            said = {as_text(cell).strip() for cell in row if not is_blank(cell)}
            if len(said) != 1:
                continue
            title = _COUNT.sub("", _ORDINAL.sub("", said.pop())).strip()
            found = branches.find(title)
            if found or _BRANCH.search(title):
                self._found.append((number, found))

    @property
    def name_branches(self) -> bool:
        """Whether a title names a branch that is known here."""
        return any(found for _, found in self._found)

    def branches(self, number: int, otherwise: tuple[Branch, ...]) -> tuple[Branch, ...]:
        """What the nearest title above a row names; none below one that nobody knows.

        Args:
            number: the row, 1-based; asked from above to below.
            otherwise: the branch of rows above which no title stands.
        """
        found = otherwise
        for at, named in self._found:
            if at > number:
                break
            found = named
        return found
