"""A look over a workbook's XML before the fast reader is let near it.

The fast reader aborts the whole process on a lone cell at the sheet's far corner, and tells nothing
of number formats or of formulas without a value.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from xml.parsers import expat

from flowparty.domain.errors import BadValue
from flowparty.intake.references import column_index

if TYPE_CHECKING:
    from collections.abc import Callable

    from flowparty.intake.package import Package

MOST_ROWS = 200_000
MOST_COLUMNS = 200
MOST_CELLS = 10_000_000
"""Rows times columns: what the reader lays out in memory, filled or not."""

_CHUNK = 1 << 20
_DIGITS = "0123456789"


@dataclass(slots=True)
class Markup:
    """What the XML of one sheet says about cells, by reference such as ``G12``."""

    month_cells: set[str] = field(default_factory=set)
    valueless: set[str] = field(default_factory=set)


def parse(package: Package, part: str, on_start: Callable[[str, dict[str, str]], None]) -> None:
    """Stream a part's elements, named without prefix, to ``on_start``.

    Raises:
        BadValue: ``file_unreadable``: not XML, or with a document type, which no workbook has.
    """
    parser = expat.ParserCreate()
    parser.StartElementHandler = on_start
    _run(package, part, parser)


def _run(package: Package, part: str, parser: expat.XMLParserType) -> None:
    def refuse(*_: object) -> None:
        raise BadValue("file_unreadable", path=str(package.path))

    parser.StartDoctypeDeclHandler = refuse
    try:
        with package.open(part) as opened:
            while chunk := opened.read(_CHUNK):
                parser.Parse(chunk, False)  # noqa: FBT003 - expat takes it by position only
            parser.Parse(b"", True)  # noqa: FBT003
    except (expat.ExpatError, ValueError) as error:
        raise BadValue("file_unreadable", path=str(package.path)) from error


def look_over(package: Package, part: str, months: frozenset[str]) -> Markup:
    """Measure a sheet and find the cells that need more than the reader tells.

    Raises:
        BadValue: ``file_too_large`` (rows, columns, or both together), ``file_unreadable``.
    """
    scan = _Scan(months)
    _run(package, part, scan.parser)
    rows, columns = scan.extent()
    if rows > MOST_ROWS or columns > MOST_COLUMNS or rows * columns > MOST_CELLS:
        raise BadValue("file_too_large", path=str(package.path), limit=MOST_ROWS)
    return scan.markup


def local_name(name: str) -> str:
    """An element's name without its prefix."""
    return name.rpartition(":")[2]


class _Scan:
    """Handlers of one pass; only cells that hold something count towards the extent."""

    def __init__(self, months: frozenset[str]) -> None:
        self.markup = Markup()
        self.parser = expat.ParserCreate()
        self.parser.StartElementHandler = self._start
        self._months = months
        self._cell = ""
        self._style = ""
        self._rows = 0
        self._last_row = ""
        self._columns: set[str] = set()
        self._in_value = False
        self._has_value = False

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "c":
            self._cell = attributes.get("r", "")
            self._style = attributes.get("s", "")
        elif name in ("v", "is", "f"):
            self._filled(name)
        elif ":" in name:
            self._start(local_name(name), attributes)

    def _filled(self, name: str) -> None:
        reference = self._cell
        letters = reference.rstrip(_DIGITS)
        digits = reference[len(letters) :]
        self._columns.add(letters)
        if digits != self._last_row:
            self._last_row = digits
            self._rows = max(self._rows, int(digits or 0))
        if self._style in self._months:
            self.markup.month_cells.add(reference)
        if name == "f":
            self._watch()
        self._in_value = name == "v"

    def _watch(self) -> None:
        """Follow a formula to the end of its cell: has anybody computed it?"""
        self._has_value = False
        self.parser.CharacterDataHandler = self._characters
        self.parser.EndElementHandler = self._end

    def _characters(self, data: str) -> None:
        self._has_value |= self._in_value and bool(data.strip())

    def _end(self, name: str) -> None:
        if local_name(name) == "v":
            self._in_value = False
        elif local_name(name) == "c":
            if not self._has_value:
                self.markup.valueless.add(self._cell)
            self.parser.CharacterDataHandler = None
            self.parser.EndElementHandler = None

    def extent(self) -> tuple[int, int]:
        """Rows and columns from A1 to the last filled cell."""
        return self._rows, max((column_index(letters) + 1 for letters in self._columns), default=0)
