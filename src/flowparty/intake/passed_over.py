"""Sheets that were not read, and files in which nothing could be."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flowparty.domain.errors import BadValue
from flowparty.domain.handing_back import OPTIONS
from flowparty.intake.cells import is_blank
from flowparty.intake.finder import Finder
from flowparty.intake.layout import no_headings, require

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from flowparty.intake.fields import Kind
    from flowparty.intake.layout import Layout
    from flowparty.intake.sheets import Sheet


def require_some(
    kind: Kind,
    layouts: Sequence[Layout],
    nobodys: Collection[str],
    sheets: Sequence[Sheet],
    problems: Mapping[str, BadValue],
) -> None:
    """Refuse a file without any list, and one in which no list says whose it is.

    Args:
        kind: what list it should be.
        layouts: those that were read.
        nobodys: names of sheets that do not say of which branch they are.
        sheets: all there are.
        problems: by sheet, why it could not be read.

    Raises:
        BadValue: ``heading_missing``, ``sheet_hidden``.
    """
    if not layouts:
        raise next(iter(problems.values()), None) or _nothing_seen(kind, sheets)
    if all(layout.sheet in nobodys for layout in layouts):
        require(kind, layouts[0].sheet, layouts[0].columns, ())


def _nothing_seen(kind: Kind, sheets: Sequence[Sheet]) -> BadValue:
    """The refusal of a file without headings, or with such a list on hidden sheets only."""
    finder = Finder(kind)
    hidden = [
        sheet.name
        for sheet in sheets
        if sheet.hidden and any("name" in layout.columns for layout in finder.all(sheet))
    ]
    if hidden:
        return BadValue("sheet_hidden", names="、".join(hidden), first=hidden[0])
    return no_headings(kind)


def sheets_passed_over(
    sheets: Sequence[Sheet], layouts: Sequence[Layout], problems: Mapping[str, BadValue]
) -> dict[str, str]:
    """The sheets that were not read although something stands on them, and what they lack.

    Not our own hidden one.
    """
    read = {layout.sheet for layout in layouts}
    lacked = {name: str(one.params["missing"]) for name, one in problems.items()}
    return {
        sheet.name: lacked.get(sheet.name, "")
        for sheet in sheets
        if sheet.name not in read
        and not (sheet.hidden and sheet.name == OPTIONS)
        and any(not is_blank(cell) for row in sheet.rows for cell in row)
    }
