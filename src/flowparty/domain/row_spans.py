"""Rows of a workbook in few characters, for the journal."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


def spell_rows(rows: Iterable[tuple[int, int]]) -> str:
    """Rows as (number of the sheet, number of the row) in few characters: ``1:3,7-9 2:4``."""
    sheets = []
    for sheet, found in groupby(sorted(set(rows)), key=lambda one: one[0]):
        runs: list[list[int]] = []
        for _sheet, row in found:
            if runs and runs[-1][1] == row - 1:
                runs[-1][1] = row
            else:
                runs.append([row, row])
        spans = (str(a) if a == b else f"{a}-{b}" for a, b in runs)
        sheets.append(f"{sheet}:{','.join(spans)}")
    return " ".join(sheets)


def read_rows(text: str) -> set[tuple[int, int]]:
    """What :func:`spell_rows` spelled."""
    found = set()
    for part in text.split():
        sheet, _, spans = part.partition(":")
        for span in spans.split(","):
            first, _, last = span.partition("-")
            found |= {(int(sheet), row) for row in range(int(first), int(last or first) + 1)}
    return found
