"""Sheets of plain text behind a form: what its figures mean, and what was corrected."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from flowparty.domain.corrections import span
from flowparty.domain.masking import Masked
from flowparty.forms.text import cell_text, personal, typed

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from flowparty.domain.cells import NamedCell
    from flowparty.domain.codes import CodeTable
    from flowparty.domain.corrections import Correction
    from flowparty.domain.places import Gazetteer

MEANINGS = "指标说明"
CORRECTIONS = "往期更正"
TABLE_OF = {"sex": "sex", "reason": "move_reason", "card_state": "card_state"}
"""Corrected fields whose values are codes, and the table that has their words."""


@dataclass(frozen=True, slots=True)
class Notes:
    """One further sheet: headings with their widths, and rows of text; a line of text above."""

    title: str
    above: str
    headings: tuple[tuple[str, float], ...]
    rows: Sequence[Sequence[str | None]]


def add_notes(workbook: Any, notes: Notes) -> None:
    """Put a sheet behind those there are, to be printed across one page's width."""
    from openpyxl.styles import Alignment, Border, Font, Side

    sheet = workbook.create_sheet(notes.title)
    line = Side(style="thin")
    wrap = Alignment(vertical="center", wrap_text=True)
    box = Border(left=line, right=line, top=line, bottom=line)
    sheet.append([cell_text(notes.above)])
    sheet["A1"].font = Font(name="宋体", size=10.5)
    sheet.append([heading for heading, _ in notes.headings])
    for row in notes.rows:
        sheet.append([None if text is None else cell_text(text) for text in row])
    for cells in sheet.iter_rows(min_row=2):
        for cell in cells:
            cell.font = Font(name="黑体" if cell.row == 2 else "宋体", size=10.5)  # noqa: PLR2004
            cell.border, cell.alignment, cell.number_format = box, wrap, "@"
            if isinstance(cell.value, str):
                cell.data_type = "s"
    for cell, (_, width) in zip(sheet[2], notes.headings, strict=True):
        sheet.column_dimensions[cell.column_letter].width = width
    sheet.sheet_properties.pageSetUpPr = workbook.active.sheet_properties.pageSetUpPr
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.page_setup.fitToHeight = 0
    sheet.print_title_rows = "1:2"


def meanings(cells: Sequence[NamedCell], seal: str) -> Notes:
    """The sheet of names and definitions.

    Args:
        cells: those of the form.
        seal: which close the figures are of, or that they are of none.
    """
    rows = [(cell.name, cell.title, cell.definition) for cell in cells]
    return Notes(MEANINGS, seal, (("单元格", 34), ("名称", 40), ("口径", 76)), rows)


def corrections(
    found: Sequence[Correction],
    tables: Mapping[str, CodeTable],
    places: Gazetteer,
    *,
    masked: bool,
) -> list[Notes]:
    """The sheet of what was corrected in closed months before; none if nothing was.

    It has identity numbers in full, so that the level above can correct what it holds, unless the
    copy is ``masked``.
    """
    if not found:
        return []
    headings = (("姓名", 14), ("党支部", 24), ("项目", 16), ("所属月份", 20), ("原报", 22),
                ("更正为", 22), ("更正时间", 20), ("更正人", 14), ("原因", 30))  # fmt: skip
    words = CorrectionWords(tables, places, masked=masked)
    rows = [words.row(one) for one in found]
    above = "封账后更正的事实，各列一次；已封账月份的报表不变，本月报表已按更正后的事实统计。"
    return [Notes(CORRECTIONS, above, headings, rows)]


class CorrectionWords:
    """A correction in the words of the form."""

    def __init__(self, tables: Mapping[str, CodeTable], places: Gazetteer, *, masked: bool) -> None:
        """Take the words from the code tables and the gazetteer."""
        self._tables = tables
        self._places = places
        self._masked = masked

    def row(self, one: Correction) -> tuple[str | None, ...]:
        """Its cells: who, what, of which months, before, now, when, by whom, why."""
        return (
            one.name, one.branch, self.field(one.field), span(one.months),
            self.value(one.field, one.reported), self.value(one.field, one.now), one.on, one.by,
            one.why,
        )  # fmt: skip

    def field(self, field: str) -> str:
        """The word of a field, or of the kind of a card event."""
        name = "card_event" if field in self._tables["card_event"].codes else "correction"
        return self._tables[name].zh(field)

    def value(self, field: str, value: str | Masked | None) -> str | None:
        """A value in words."""
        if value is None:
            return None
        if isinstance(value, Masked):
            return personal(value, masked=self._masked)
        if field == "destination_code":
            place = self._places.get(value)
            if place is not None:
                return place.county
            return typed("destination_text", value, masked=self._masked)
        if field in TABLE_OF:
            return self._tables[TABLE_OF[field]].zh(value)
        word = {"yes": "是", "no": "否", "unknown": "不详"}.get(value, value)
        return typed(field, word, masked=self._masked)
