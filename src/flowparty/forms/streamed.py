"""A plain workbook written row by row: any number of rows, in the memory of one.

Text stays text, numbers and days are what they were; a cell may be coloured. The same rows give the
same bytes.
"""

from __future__ import annotations

import math
import zipfile
from datetime import date, datetime, timedelta
from enum import Enum
from typing import TYPE_CHECKING, Any, BinaryIO
from xml.sax.saxutils import quoteattr

from flowparty.domain.dates import SPREADSHEETS_AGREE_FROM
from flowparty.forms.entries import entry
from flowparty.forms.text import xml_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_BATCH = 500
_ZERO = datetime(1899, 12, 30)  # noqa: DTZ001 - a spreadsheet's days have no zone
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_BOTTOM = (
    '</sheetData><pageSetup paperSize="9" fitToHeight="0" orientation="landscape"/></worksheet>'
)
_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
_FORMATS = (49, 0, 14, 22)
_TEXT, _NUMBER, _DAY, _TIME = range(len(_FORMATS))
"""The formats of cells, as the built-in ones are numbered [ECMA-376 part 1, 18.8.30]."""


class StreamedBook:
    """Writes sheets one after the other; ``colours``: RGB of the fills, by number from 1."""

    def __init__(self, out: BinaryIO, colours: Sequence[str] = ()) -> None:
        self._archive = zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=6)
        self._colours = colours
        self._titles: list[str] = []

    def sheet(
        self,
        title: str,
        rows: Iterable[Sequence[tuple[Any, int]]],
        *,
        widths: Sequence[int],
        headings: int,
    ) -> None:
        """Write a sheet; printed, it lies across one page's width.

        Args:
            title: its name; equal ones are told apart by a number.
            rows: cells as (value, number of the colour or 0).
            widths: of the columns, in characters of half width.
            headings: how many rows at the top stay in sight, in bold.
        """
        self._titles.append(_told_apart(title, self._titles))
        name = f"xl/worksheets/sheet{len(self._titles)}.xml"
        bold = len(_FORMATS) * (len(self._colours) + 1)
        with self._archive.open(entry(name), "w", force_zip64=True) as out:
            out.write(_top(widths, headings).encode())
            batch = []
            for number, row in enumerate(rows, start=1):
                batch.append(_row(number, row, bold if number <= headings else 0))
                if len(batch) == _BATCH:
                    out.write("".join(batch).encode())
                    batch.clear()
            batch.append(_BOTTOM)
            out.write("".join(batch).encode())

    def close(self) -> None:
        """Write what holds the sheets together."""
        for name, content in self._parts().items():
            self._archive.writestr(entry(name), f"{_XML}{content}")
        self._archive.close()

    def _parts(self) -> dict[str, str]:
        numbers = range(1, len(self._titles) + 1)
        sheets = "".join(
            f'<sheet name={quoteattr(title)} sheetId="{n}" r:id="rId{n}"/>'
            for n, title in zip(numbers, self._titles, strict=True)
        )
        kinds = {
            "workbook": "sheet.main",
            "styles": "styles",
            **{f"worksheets/sheet{n}": "worksheet" for n in numbers},
        }
        types = "".join(
            f'<Override PartName="/xl/{part}.xml" ContentType="{_TYPE}.{kind}+xml"/>'
            for part, kind in kinds.items()
        )
        inside = [("worksheet", f"worksheets/sheet{n}.xml") for n in numbers]
        return {
            "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types"><Default'
            ' Extension="rels"'
            f' ContentType="application/vnd.openxmlformats-package.relationships+xml"/>{types}'
            "</Types>",
            "_rels/.rels": _relations([("officeDocument", "xl/workbook.xml")]),
            "xl/workbook.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>{sheets}'
            "</sheets></workbook>",
            "xl/_rels/workbook.xml.rels": _relations([*inside, ("styles", "styles.xml")]),
            "xl/styles.xml": _styles(self._colours),
        }


def _top(widths: Sequence[int], headings: int) -> str:
    columns = "".join(
        f'<col min="{n}" max="{n}" width="{width}" customWidth="1"/>'
        for n, width in enumerate(widths, start=1)
    )
    return (
        f'{_XML}<worksheet xmlns="{_MAIN}"><sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>'
        f'<sheetViews><sheetView workbookViewId="0"><pane ySplit="{headings}"'
        f' topLeftCell="A{headings + 1}" activePane="bottomLeft" state="frozen"/></sheetView>'
        f'</sheetViews><sheetFormatPr defaultRowHeight="15"/><cols>{columns}</cols><sheetData>'
    )


def _told_apart(title: str, before: Sequence[str]) -> str:
    """A title that no sheet has yet; spreadsheets do not tell capitals apart."""
    taken = {other.casefold() for other in before}
    found, number = title, 2
    while found.casefold() in taken:
        found, number = f"{title[:27]} {number}", number + 1
    return found


def _relations(targets: Iterable[tuple[str, str]]) -> str:
    inside = "".join(
        f'<Relationship Id="rId{n}" Type="{_OFFICE}/{kind}" Target="{target}"/>'
        for n, (kind, target) in enumerate(targets, start=1)
    )
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{inside}</Relationships>'


def _styles(colours: Sequence[str]) -> str:
    """Every format, plain and in each colour; last of all that of headings."""
    fills = "".join(
        f'<fill><patternFill patternType="solid"><fgColor rgb="FF{colour}"/></patternFill></fill>'
        for colour in colours
    )
    cells = "".join(
        f'<xf numFmtId="{kind}" fontId="0" fillId="{fill + 1 if fill else 0}" borderId="0"'
        f' xfId="0" applyNumberFormat="1" applyFill="1"/>'
        for fill in range(len(colours) + 1)
        for kind in _FORMATS
    )
    return (
        f'<styleSheet xmlns="{_MAIN}">'
        '<fonts count="2"><font><sz val="11"/><name val="宋体"/></font>'
        '<font><b/><sz val="11"/><name val="宋体"/></font></fonts>'
        f'<fills count="{len(colours) + 2}"><fill><patternFill patternType="none"/></fill>'
        f'<fill><patternFill patternType="gray125"/></fill>{fills}</fills>'
        '<borders count="1"><border/></borders>'
        '<cellStyleXfs count="1"><xf/></cellStyleXfs>'
        f'<cellXfs count="{len(_FORMATS) * (len(colours) + 1) + 1}">{cells}<xf numFmtId="49"'
        ' fontId="1" fillId="0" borderId="0" xfId="0" applyNumberFormat="1" applyFont="1"/>'
        "</cellXfs>"
        '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>'
        "</styleSheet>"
    )


def _row(number: int, cells: Sequence[tuple[Any, int]], bold: int) -> str:
    """A row; ``bold``: the style of its texts where it is a heading, else 0."""
    from openpyxl.utils import get_column_letter

    parts = [f'<row r="{number}">']
    parts += [
        _cell(f"{get_column_letter(column)}{number}", value, colour, bold)
        for column, (value, colour) in enumerate(cells, start=1)
        if colour or not (value is None or value == "")
    ]
    parts.append("</row>")
    return "".join(parts)


def _cell(place: str, value: Any, colour: int, bold: int) -> str:
    style = colour * len(_FORMATS)
    if isinstance(value, bool):
        return f'<c r="{place}" s="{style + _NUMBER}" t="b"><v>{int(value)}</v></c>'
    if isinstance(value, int | float) and math.isfinite(value):
        return f'<c r="{place}" s="{style + _NUMBER}"><v>{value!r}</v></c>'
    if isinstance(value, date) and value.isoformat() >= SPREADSHEETS_AGREE_FROM:
        return _day(place, value, style)
    if value is None or value == "" or isinstance(value, Enum):
        return f'<c r="{place}" s="{style + _TEXT}"/>'
    return (
        f'<c r="{place}" s="{bold or style + _TEXT}" t="inlineStr"><is><t xml:space="preserve">'
        f"{xml_text(str(value))}</t></is></c>"
    )


def _day(place: str, value: date, style: int) -> str:
    """A day, or a time of one, as the number that spreadsheets keep."""
    if not isinstance(value, datetime):
        whole = value.toordinal() - _ZERO.toordinal()
        return f'<c r="{place}" s="{style + _DAY}"><v>{whole}</v></c>'
    days = (value - _ZERO) / timedelta(days=1)
    return f'<c r="{place}" s="{style + _TIME}"><v>{days!r}</v></c>'
