"""The rows of a list that are nobody and say something all the same: nothing is dropped unread."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flowparty.intake.cells import as_text, is_blank
from flowparty.intake.faults import shown
from flowparty.intake.row_words import is_remark

if TYPE_CHECKING:
    from collections.abc import Iterable

    from flowparty.intake.lists import Listed
    from flowparty.intake.sheets import Cell


def rows_passed_over(listed: Listed) -> list[tuple[str, int, str]]:
    """Sheet, row and words of titles of a kind or of no known branch, of notes, and of remarks."""
    sheets = {sheet.name: sheet.rows for sheet in listed.source.sheets}
    titles = {
        (sheet, row)
        for sheet, said in listed.titles.items()
        for row in said.categories.rows | said.sections.unknown
    }
    found = []
    for sheet, row, why in listed.skipped:
        words = _words_of(sheets[sheet][row - 1])
        telling = why == "note" or (sheet, row) in titles
        if telling or (why == "footer" and is_remark(words)):
            found.append((sheet, row, words))
    return found


def _words_of(row: Iterable[Cell]) -> str:
    """The words of a row, safe to print."""
    said = dict.fromkeys(as_text(cell).strip() for cell in row if not is_blank(cell))
    return shown(" ".join(said), "branch")
