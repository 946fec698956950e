"""A list handed back as it came: bad cells coloured, the reason in a comment and a last column."""

from __future__ import annotations

import copy
import io
from typing import TYPE_CHECKING, Any, BinaryIO

from flowparty.domain.handing_back import REASON
from flowparty.forms.opening import TooHeavy, open_workbook
from flowparty.forms.remarks import FILLS, REASON_WIDTH, by_row, reason
from flowparty.forms.text import cell_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from flowparty.forms.remarks import Remark

MOST_ROWS = 20_000
_MOST_CELLS = 1_000_000
_MOST_COLUMNS = 16_384
_MARK = "【回填】"
_AUTHOR = "flowparty"


def write_annotated(
    source: Path, out: BinaryIO, remarks: Iterable[Remark], headings: Mapping[str, int]
) -> None:
    """Write the workbook at ``source`` with remarks; everything else stays as it was.

    Args:
        source: an ``.xlsx`` that was read and found harmless.
        out: where to.
        remarks: what is wrong; those of sheets that are not there are left out.
        headings: sheet → its last row of headings, 1-based.

    Raises:
        CannotOpen: it cannot be opened for that; ``out`` is untouched.
    """
    with source.open("rb") as opened:
        book = open_workbook(opened, _MOST_CELLS, rich_text=True)
    for name, rows in by_row(remarks).items():
        if name in book.sheetnames:
            _annotate(book[name], rows, headings.get(name, 0))
    # openpyxl's own writer would tell of a full disk with a traceback.
    content = io.BytesIO()
    book.save(content)
    out.write(content.getvalue())


def _annotate(sheet: Any, rows: Mapping[int, Sequence[Remark]], heading: int) -> None:
    column = _reason_column(sheet, heading, rows)
    for number, remarks in rows.items():
        for remark in remarks:
            if remark.column:
                _mark(_cell(sheet, f"{remark.column}{number}"), remark)
        _write_reason(_cell(sheet, sheet.cell(number, column).coordinate), reason(remarks))


def _reason_column(sheet: Any, heading: int, rows: Iterable[int]) -> int:
    """The column of reasons: the one of an earlier copy, cleared, or a new one at the end."""
    heading = max(heading, 1)
    for cell in sheet[heading]:
        if cell.value == REASON:
            _clear(sheet, heading, cell.column)
            return int(cell.column)
    column = 1 + max(
        (cell.column for row in sheet.iter_rows() for cell in row if cell.value is not None),
        default=0,
    )
    written = {heading, *rows}
    for merged in sheet.merged_cells.ranges:
        if any(merged.min_row <= row <= merged.max_row for row in written):
            column = max(column, merged.max_col + 1)
    if column > _MOST_COLUMNS:
        raise TooHeavy
    _make_room(sheet, column)
    top = sheet.cell(heading, column)
    if column > 1:
        top._style = copy.copy(sheet.cell(heading, column - 1)._style)  # noqa: SLF001
    top.value = REASON
    return column


def _make_room(sheet: Any, column: int) -> None:
    """A wide visible column, cut out of whatever range of columns it lies in (hidden ones, say)."""
    from openpyxl.utils import get_column_letter

    dimensions = sheet.column_dimensions
    for around in list(dimensions.values()):
        around.reindex()
        if around.min <= column < around.max:
            after = copy.copy(around)
            after.index, after.min = get_column_letter(column + 1), column + 1
            dimensions[after.index] = after
        if around.min < column <= around.max:
            around.max = column - 1
    ours = dimensions[get_column_letter(column)]
    ours.min = ours.max = column
    ours.width, ours.hidden = REASON_WIDTH, False


def _cell(sheet: Any, reference: str) -> Any:
    """The cell that can carry a comment: inside a merge, its first."""
    from openpyxl.cell.cell import MergedCell

    cell = sheet[reference]
    if isinstance(cell, MergedCell):
        (merged, *_) = (r for r in sheet.merged_cells.ranges if reference in r)
        return sheet.cell(merged.min_row, merged.min_col)
    return cell


def _mark(cell: Any, remark: Remark) -> None:
    from openpyxl.comments import Comment
    from openpyxl.styles import PatternFill

    said = _said(cell)
    if _MARK in said:
        text = f"{said}\n{remark.words}"
    else:  # the worst comes first, and its colour stays
        text = f"{said}{_MARK}{remark.words}"
        cell.fill = PatternFill("solid", fgColor=FILLS[remark.level])
    if cell.number_format == "General":
        cell.number_format = "@"  # what is typed there next stays text
    author = cell.comment.author if cell.comment else _AUTHOR
    cell.comment = Comment(cell_text(text), author)


def _said(cell: Any) -> str:
    return str(cell.comment.text) if cell.comment else ""


def _clear(sheet: Any, heading: int, column: int) -> None:
    """Take back what an earlier copy said: reasons, comments, colours."""
    from openpyxl.styles import PatternFill

    for number in range(heading + 1, sheet.max_row + 1):
        _cell(sheet, sheet.cell(number, column).coordinate).value = None
    for row in sheet.iter_rows():
        for cell in row:
            said = _said(cell)
            if _MARK not in said:
                continue
            kept = said.partition(_MARK)[0]
            if kept:
                cell.comment.text = kept
            else:
                cell.comment = None
            if cell.fill.fgColor.rgb in {f"00{colour}" for colour in FILLS.values()}:
                cell.fill = PatternFill()


def _write_reason(cell: Any, text: str) -> None:
    cell.value = cell_text(text)
    cell.data_type = "s"
    cell.number_format = "@"
