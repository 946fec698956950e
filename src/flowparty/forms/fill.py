"""The one writer of official forms: opens a blank, then streams the rows into its sheet's XML.

openpyxl understands the blank; the rows themselves are written as text, because a hundred thousand
rows through openpyxl cost ten times the time and the memory. The same facts give the same bytes.
"""

from __future__ import annotations

import io
import re
import zipfile
from typing import TYPE_CHECKING, BinaryIO

from flowparty.forms.blank import Prepared, Value, prepare
from flowparty.forms.entries import entry
from flowparty.forms.sheet import Sheet, shift_area
from flowparty.forms.text import xml_text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from flowparty.domain.blanks import Blank
    from flowparty.forms.notes import Notes

_SHEET = "xl/worksheets/sheet1.xml"
_WORKBOOK = "xl/workbook.xml"
_CORE = "docProps/core.xml"
_STAMP = re.compile(r"(<dcterms:(?:created|modified)[^>]*>)[^<]*(<)")
_BATCH = 500


def fill(
    blank: Blank,
    out: BinaryIO,
    values: Mapping[str, Value],
    rows: Iterable[Mapping[str, Value]] = (),
    *,
    grow: bool = False,
    notes: Sequence[Notes] = (),
) -> int:
    """Write a form: the blank with its placeholders filled, its row once for each of ``rows``.

    A line that is too low for its text is made taller. What stands below the row moves down with
    its merges; print area, drop-downs and conditional formats grow. Without rows one empty row
    stays, so that the form looks like one.

    Args:
        blank: the workbook with placeholders; only its first sheet is filled.
        out: where the new workbook goes.
        values: scalar placeholders by name.
        rows: placeholders of the repeated row, one mapping a row, keys ``row.…``.
        grow: whether repeated rows grow too; left out where there may be a hundred thousand.
        notes: further sheets of plain text behind the form.

    Returns:
        How many rows were written.

    Raises:
        BadValue: the blank cannot be used; see ``prepare``.
    """
    prepared = prepare(blank, values, notes)
    with (
        zipfile.ZipFile(io.BytesIO(prepared.workbook)) as source,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as target,
    ):
        count = _write_sheet(target, source.read(_SHEET), prepared, rows, grow=grow)
        grown = max(count, 1) - 1 if prepared.row is not None else 0
        for name in sorted(source.namelist()):
            if name != _SHEET:
                target.writestr(entry(name), _part(name, source.read(name), prepared, grown))
    return count


def _part(name: str, content: bytes, prepared: Prepared, grown: int) -> bytes:
    """Another part of the workbook: its time stamps fixed, its print areas grown."""
    if name == _CORE:
        return _STAMP.sub(r"\g<1>2000-01-01T00:00:00Z\g<2>", content.decode()).encode()
    if name == _WORKBOOK and grown and prepared.row is not None:
        return shift_area(content.decode(), prepared.row, grown).encode()
    return content


def _write_sheet(
    target: zipfile.ZipFile,
    xml: bytes,
    prepared: Prepared,
    rows: Iterable[Mapping[str, Value]],
    *,
    grow: bool,
) -> int:
    with target.open(entry(_SHEET), "w", force_zip64=True) as out:
        if prepared.row is None:
            out.write(xml)
            return 0
        sheet = Sheet(xml, prepared.row)
        out.write(sheet.head)
        count = _write_rows(out.write, sheet, prepared, rows, grow=grow)
        out.write(sheet.tail(max(count, 1) - 1))
        return count


def _write_rows(
    write: Callable[[bytes], object],
    sheet: Sheet,
    prepared: Prepared,
    rows: Iterable[Mapping[str, Value]],
    *,
    grow: bool,
) -> int:
    cells = [
        (f'<c r="{column.letter}', f'" s="{column.style}"', prepared.keys.get(column.number))
        for column in sheet.columns
    ]
    number, batch = prepared.row or 1, []
    count = 0
    for row in rows:
        attributes = _taller(prepared, row) if grow else ""
        batch.append(_row(attributes or sheet.row_attributes, cells, number + count, row))
        count += 1
        if len(batch) == _BATCH:
            write("".join(batch).encode())
            batch.clear()
    if not count:
        batch.append(_row(sheet.row_attributes, cells, number, {}))
    write("".join(batch).encode())
    return count


def _taller(prepared: Prepared, row: Mapping[str, Value]) -> str:
    """The attributes of a row that must be taller than the blank's; nothing for others."""
    texts = (
        (room, row.get(prepared.keys.get(column, ""))) for column, room in prepared.rooms.items()
    )
    needed = max((room.needed(text) for room, text in texts if isinstance(text, str)), default=0)
    if prepared.height is None or needed <= prepared.height:
        return ""
    return f' ht="{needed:g}" customHeight="1"'


def _row(
    attributes: str,
    cells: list[tuple[str, str, str | None]],
    number: int,
    row: Mapping[str, Value],
) -> str:
    parts = [f'<row r="{number}"{attributes}>']
    for start, style, key in cells:
        value = row.get(key) if key is not None else None
        if value is None or value == "":
            parts.append(f"{start}{number}{style}/>")
        elif isinstance(value, int):
            parts.append(f"{start}{number}{style}><v>{value}</v></c>")
        else:
            parts.append(
                f'{start}{number}{style} t="inlineStr"><is><t xml:space="preserve">'
                f"{xml_text(value)}</t></is></c>"
            )
    parts.append("</row>")
    return "".join(parts)
