"""A plain list as a workbook or as CSV: headings, then a row a record; every cell is text."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any, BinaryIO

from flowparty.domain.blanks import Blank
from flowparty.domain.delimited import csv_text
from flowparty.domain.errors import BadValue
from flowparty.forms.fill import fill
from flowparty.forms.text import cell_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_WIDEST = 24
_NARROWEST = 9


def write_workbook(
    out: BinaryIO,
    title: str,
    headings: Mapping[str, str],
    rows: Iterable[Mapping[str, str | None]],
) -> None:
    """Write a workbook with one sheet; ``headings`` are the words by the key of each column."""
    names = {key: f"row.{number}" for number, key in enumerate(headings, start=1)}
    listed = ({names[key]: value for key, value in row.items()} for row in rows)
    fill(Blank("list", title, _blank(title, headings.values())), out, {}, listed)


def _blank(title: str, headings: Iterable[str]) -> bytes:
    from openpyxl import Workbook
    from openpyxl.styles import Font
    from openpyxl.utils import get_column_letter

    book = Workbook()
    sheet: Any = book.active
    sheet.title = title
    for number, heading in enumerate(headings, start=1):
        top = sheet.cell(1, number)
        top.value, top.data_type, top.quotePrefix = cell_text(heading), "s", True
        top.font = Font(bold=True)
        sheet.cell(2, number, f"{{{{row.{number}}}}}").number_format = "@"
        width = min(max(len(heading) * 2 + 2, _NARROWEST), _WIDEST)
        sheet.column_dimensions[get_column_letter(number)].width = width
    sheet.freeze_panes = "A2"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def write_csv(
    out: BinaryIO,
    headings: Mapping[str, str],
    rows: Iterable[Mapping[str, str | None]],
    encoding: str,
) -> None:
    """Write CSV; in UTF-8 with the byte order mark without which Excel garbles Chinese.

    Raises:
        BadValue: ``export_encoding``: a character that the encoding does not have.
    """
    text = csv_text([*headings.values()], [[row.get(key) for key in headings] for row in rows])
    try:
        out.write(text.encode("utf-8-sig" if encoding == "utf-8" else encoding))
    except UnicodeEncodeError as error:
        raise BadValue(
            "export_encoding", encoding=encoding, value=error.object[error.start : error.end]
        ) from error
