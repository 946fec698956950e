"""The XML of a sheet around the repeated row: what stands above, and what moves down below."""

from __future__ import annotations

import re
from dataclasses import dataclass
from xml.etree import ElementTree as ET

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_REFERENCE = re.compile(r"(\$?[A-Z]{1,3}\$?)([0-9]+)")
_AREA = re.compile(r"(<definedName[^>]*_xlnm\.Print_Area[^>]*>)([^<]*)(</definedName>)")
_HOLE = "<!--rows-->"


@dataclass(frozen=True, slots=True)
class Column:
    """One cell of the repeated row: its column and its style."""

    number: int
    letter: str
    style: str


class Sheet:
    """A sheet's XML parted at its repeated row."""

    def __init__(self, xml: bytes, row: int) -> None:
        """Part the sheet at ``row`` (1-based)."""
        self._row = row
        # The blank is ours or the town's, opened by openpyxl before and written anew by it.
        self._root = ET.fromstring(xml)  # noqa: S314
        dimension = self._root.find(f"{{{_MAIN}}}dimension")
        if dimension is not None:
            self._root.remove(dimension)
        self._data = self._find("sheetData")
        rows = {int(element.get("r", "0")): element for element in self._data}
        template = rows[row]
        self.columns = [_column(cell) for cell in template]
        self.row_attributes = "".join(
            f' {name}="{value}"'
            for name, value in template.attrib.items()
            if name in ("ht", "customHeight")
        )
        self._below = [element for number, element in rows.items() if number > row]
        for element in (template, *self._below):
            self._data.remove(element)
        self.head = self._parted()[0]

    def _find(self, name: str) -> ET.Element:
        found = self._root.find(f"{{{_MAIN}}}{name}")
        if found is None:
            raise ValueError(name)
        return found

    def _parted(self) -> tuple[bytes, bytes]:
        """The sheet before and after the place where the rows go."""
        hole = ET.Comment("rows")
        self._data.append(hole)
        text = _written(self._root)
        self._data.remove(hole)
        before, after = text.split(_HOLE)
        declaration = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        return (declaration + before).encode(), after.encode()

    def tail(self, grown: int) -> bytes:
        """The rows below and all that follows them, moved down by ``grown`` rows."""
        for element in self._below:
            self._move(element, grown)
        below = "".join(_written(element) for element in self._below)
        self._move_merges(grown)
        for name in ("dataValidation", "conditionalFormatting"):
            for element in self._root.iter(f"{{{_MAIN}}}{name}"):
                areas = [area if ":" in area else f"{area}:{area}"
                         for area in element.get("sqref", "").split()]  # fmt: skip
                element.set("sqref", self._moved(" ".join(areas), grown))
        return below.replace(f' xmlns="{_MAIN}"', "").encode() + self._parted()[1]

    def _move_merges(self, grown: int) -> None:
        """Move merges below; one on the repeated row itself is repeated with it."""
        merges = self._root.find(f"{{{_MAIN}}}mergeCells")
        if merges is None:
            return
        for element in list(merges):
            reference = element.get("ref", "")
            if re.findall("[0-9]+", reference) == [str(self._row)] * 2:
                for step in range(1, grown + 1):
                    there = re.sub("[0-9]+", str(self._row + step), reference)
                    ET.SubElement(merges, f"{{{_MAIN}}}mergeCell", ref=there)
            else:
                element.set("ref", self._moved(reference, grown))
        merges.set("count", str(len(merges)))

    def _move(self, row: ET.Element, grown: int) -> None:
        row.set("r", str(int(row.get("r", "0")) + grown))
        for cell in row:
            cell.set("r", self._moved(cell.get("r", ""), grown))

    def _moved(self, reference: str, grown: int) -> str:
        return move_reference(reference, self._row, grown)


def _written(element: ET.Element) -> str:
    """The element as text; openpyxl gives the sheet's namespace a prefix of its own, we none."""
    ET.register_namespace("", _MAIN)
    ET.register_namespace("r", _RELATIONS)
    return ET.tostring(element, encoding="unicode")


def _column(cell: ET.Element) -> Column:
    letter = re.sub("[0-9]", "", cell.get("r", ""))
    number = 0
    for character in letter:
        number = number * 26 + ord(character) - ord("A") + 1
    return Column(number, letter, cell.get("s", "0"))


def move_reference(reference: str, row: int, grown: int) -> str:
    """A reference after ``row`` has become ``grown`` rows more.

    What lies below moves; a range that ends at the row, or around it, grows.
    """

    def moved(part: re.Match[str], *, end: bool) -> str:
        number = int(part[2])
        follows = number > row or (end and number == row)
        return f"{part[1]}{number + grown if follows else number}"

    def one(area: str) -> str:
        first, colon, last = area.partition(":")
        if not colon:
            return _REFERENCE.sub(lambda part: moved(part, end=False), first)
        start = _REFERENCE.sub(lambda part: moved(part, end=False), first)
        return start + ":" + _REFERENCE.sub(lambda part: moved(part, end=True), last)

    return " ".join(one(area) for area in reference.split(" "))


def shift_area(workbook_xml: str, row: int, grown: int) -> str:
    """The workbook part with its print areas grown."""

    def area(found: re.Match[str]) -> str:
        sheet, bang, reference = found[2].rpartition("!")
        return f"{found[1]}{sheet}{bang}{move_reference(reference, row, grown)}{found[3]}"

    return _AREA.sub(area, workbook_xml)
