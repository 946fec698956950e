"""Lists of names: households or people to be reached, with whatever else tells them apart."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flowparty.domain.errors import BadValue
from flowparty.domain.text import clean_name, visible
from flowparty.intake.cells import as_text
from flowparty.intake.fields import kind_of
from flowparty.intake.finder import Finder
from flowparty.intake.layout import no_headings, require_one
from flowparty.intake.reader import read_source
from flowparty.intake.rows import blocks

if TYPE_CHECKING:
    from collections.abc import Container
    from pathlib import Path

    from flowparty.intake.layout import Layout
    from flowparty.intake.sheets import Cell


@dataclass(frozen=True, slots=True)
class Named:
    """One row of a list of names; ``row`` as Excel shows it."""

    sheet: str
    row: int
    name: str
    id_number: str | None
    branch: str | None


def read_names(path: Path, people: Container[str] = frozenset()) -> list[Named]:
    """Read a list of names from a workbook or text; headings are found by meaning.

    Args:
        path: the list.
        people: the name keys of everybody recorded.

    Raises:
        BadValue: the file cannot be read, or no sheet has a column of names.
    """
    kind = kind_of("names")
    finder = Finder(kind, fewest=1)
    sheets = [sheet for sheet in read_source(path).sheets if not sheet.hidden]
    found = [(sheet, layouts) for sheet in sheets if (layouts := finder.all(sheet))]
    if not found:
        raise no_headings(kind)
    named = []
    for sheet, layouts in found:
        require_one(kind, layouts, ())
        for block in blocks(sheet, layouts, kind, people=people):
            named += [_named(sheet.name, at, row, block.layout) for at, row in block.rows]
    return named


def _named(sheet: str, number: int, row: list[Cell], layout: Layout) -> Named:
    def text(field: str) -> str | None:
        column = layout.columns.get(field)
        if column is None or column.is_hint:
            return None
        return as_text(row[column.index]).strip() or None

    return Named(sheet, number, _name(text("name") or ""), text("id_number"), text("branch"))


def _name(written: str) -> str:
    """The name as it would be kept; what no name can be stays visible, and will match nobody."""
    try:
        return clean_name(written)
    except BadValue:
        return visible(written, single_line=True)
