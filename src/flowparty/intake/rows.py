"""Which rows of a sheet are people: not titles, blank rows, footers or repeated headings."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from flowparty.intake.cells import as_text, is_blank
from flowparty.intake.headings import field_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from flowparty.intake.headings import Layout
    from flowparty.intake.reader import Cell, Sheet

_FOOTER = re.compile(
    r"\s*(?:"
    r"(?:填表|填报|制表|审核|复核|审批|负责|经办|联系)(?:人|单位|日期|时间)?(?:签字|签名)?\s*(?:[:：(（]|\s|$)"
    r"|(?:支部书记|党委书记|党组织书记|书记|盖章|日期|备注|说明|注)\s*(?:签字|签名)?\s*[:：(（]"
    r"|(?:合|总|小|共)\s*计(?:\s|[:：0-9]|$)"
    r")"
)
_SAYS_NOTHING = frozenset({"serial", "branch"})
"""Fields that a prepared but empty row holds already."""


def data_rows(sheet: Sheet, layout: Layout) -> Iterator[tuple[int, list[Cell]]]:
    """The rows below the headings that hold a person, with their 1-based numbers.

    A branch merged over several rows stands in each of them.
    """
    filled = _branch_below_merges(sheet, layout)
    branch = layout.columns["branch"].index if filled else 0
    for number, row in enumerate(sheet.rows[layout.heading_row :], start=layout.heading_row + 1):
        if not _is_person(row, layout):
            continue
        if number in filled and is_blank(row[branch]):
            row = [*row]  # noqa: PLW2901 - the sheet stays as it was read
            row[branch] = filled[number]
        yield number, row


def _branch_below_merges(sheet: Sheet, layout: Layout) -> Mapping[int, Cell]:
    if "branch" not in layout.columns:
        return {}
    column = layout.columns["branch"].index
    return {
        number: sheet.rows[merge.top - 1][column]
        for merge in sheet.merges
        if merge.left == column and merge.top > layout.heading_row
        for number in range(merge.top + 1, merge.bottom + 1)
    }


def _is_person(row: list[Cell], layout: Layout) -> bool:
    columns = layout.columns
    name = row[columns["name"].index]
    identity = row[columns["id_number"].index] if "id_number" in columns else ""
    if (is_blank(identity) or _is_footer(identity)) and any(map(_is_footer, row)):
        return False
    if field_of(name) == "name" and ("id_number" not in columns or field_of(identity)):
        return False
    return any(
        not is_blank(row[column.index]) and as_text(row[column.index]) != "0"
        for field, column in columns.items()
        if field not in _SAYS_NOTHING
    )


def _is_footer(cell: Cell) -> bool:
    return isinstance(cell, str) and _FOOTER.match(cell) is not None
