"""A look over a sheet's XML before the fast reader is let near it.

It tells nothing of number formats, of hidden rows and columns, of error values, or of formulas
without a value; and a sheet that claims to be enormous is better refused than tried.
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
    from flowparty.intake.sheets import Merge
    from flowparty.settings import Settings

MOST_CELLS = 10_000_000
"""Rows times columns: what the reader lays out in memory, filled or not."""

_CHUNK = 1 << 18
_OVERLAP = 32
_TELLING = (b"<f", b'hidden="1', b'hidden="t', b't="e"', b"<!", b":sheetData", b"='", b"\0")
"""Formulas, hidden rows and columns, errors, document types; writers unlike the usual ones."""
_TRUE = ("1", "true")
_DIGITS = "0123456789"
_WIDEST = 16_384
_LONGEST_ERROR = 40

Place = tuple[int, int]
"""Row, 1-based, and column, 0-based."""


@dataclass(slots=True)
class Markup:
    """What the XML of one sheet says: its extent, and the cells the reader tells too little of."""

    rows: int = 0
    columns: int = 0
    month_cells: set[Place] = field(default_factory=set)
    valueless: set[Place] = field(default_factory=set)
    formulas: set[Place] = field(default_factory=set)
    errors: dict[Place, str] = field(default_factory=dict)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    merges: list[Merge] = field(default_factory=list)

    def check(self, path: object, limits: Settings) -> None:
        """Refuse a sheet larger than a list can be.

        Raises:
            BadValue: ``file_too_large``: rows, columns, or both together.
        """
        check_extent(path, self.rows, self.columns, limits)


def check_extent(path: object, rows: int, columns: int, limits: Settings) -> None:
    """Refuse rows and columns beyond what a list can have.

    Raises:
        BadValue: ``file_too_large``.
    """
    if rows > limits.import_rows:
        raise BadValue("file_too_large", path=str(path), limit=limits.import_rows, unit="rows")
    if columns > limits.import_columns:
        most = limits.import_columns
        raise BadValue("file_too_large", path=str(path), limit=most, unit="columns")
    if rows * columns > MOST_CELLS:
        raise BadValue("file_too_large", path=str(path), limit=MOST_CELLS, unit="cells")


def parse(package: Package, part: str, on_start: Callable[[str, dict[str, str]], None]) -> None:
    """Stream a part's elements, as they are named, to ``on_start``.

    Raises:
        BadValue: ``file_unreadable``: not XML; ``file_with_doctype``: no workbook needs one.
    """
    parser = expat.ParserCreate()
    parser.StartElementHandler = on_start
    run(package, part, parser)


def run(package: Package, part: str, parser: expat.XMLParserType) -> None:
    """Stream a part through a parser; a document type is refused before anything it declares.

    Raises:
        BadValue: ``file_unreadable``, ``file_with_doctype``.
    """

    def refuse(*_: object) -> None:
        raise BadValue("file_with_doctype", path=str(package.path))

    parser.StartDoctypeDeclHandler = refuse
    try:
        with package.open(part) as opened:
            while chunk := opened.read(_CHUNK):
                parser.Parse(chunk, False)  # noqa: FBT003 - expat takes it by position only
            parser.Parse(b"", True)  # noqa: FBT003
    except (expat.ExpatError, ValueError) as error:
        raise BadValue("file_unreadable", path=str(package.path)) from error


def look_over(package: Package, part: str, months: frozenset[str], limits: Settings) -> Markup:
    """Find the cells, rows and columns that need more than the reader tells.

    Raises:
        BadValue: ``file_too_large``, ``file_unreadable``, ``file_with_doctype``.
    """
    if _says_nothing(package, part, months):
        return Markup()
    scan = _Scan(months)
    run(package, part, scan.parser)
    scan.markup.check(package.path, limits)
    return scan.markup


def _says_nothing(package: Package, part: str, months: frozenset[str]) -> bool:
    """Whether a sheet has nothing that the full pass looks for: ten times faster than that pass.

    Nothing here has to hold against an attacker: the reader is confined, and its answer is counted.
    """
    styles = (f's="{style}"'.encode() for style in months)
    telling = (*_TELLING, *styles)
    rest = b""
    with package.open(part) as opened:
        while chunk := opened.read(_CHUNK):
            window = rest + chunk
            if any(word in window for word in telling):
                return False
            rest = window[-_OVERLAP:]
    return True


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
        self._row = 0
        self._column = -1
        self._reference = ""
        self._digits = ""
        self._letters: dict[str, int] = {}
        self._groups = 0
        self._style = ""
        self._is_error = False
        self._has_formula = False
        self._in_value = False
        self._value = ""

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "c":
            self._reference = attributes.get("r", "")
            self._column += 1
            self._style = attributes.get("s", "")
            self._is_error = attributes.get("t") == "e"
        elif name in ("v", "is", "f"):
            self._filled(name)
        elif name == "row":
            self._begin_row(attributes)
        elif name == "col":
            self._hide_columns(attributes)
        elif ":" in name:
            self._start(local_name(name), attributes)

    def _begin_row(self, attributes: dict[str, str]) -> None:
        self._row = int(attributes.get("r") or self._row + 1)
        self._column = -1
        if attributes.get("hidden") in _TRUE:
            self.markup.hidden_rows.add(self._row)

    def _hide_columns(self, attributes: dict[str, str]) -> None:
        self._groups += 1
        if self._groups > _WIDEST:
            raise ValueError(self._groups)
        if attributes.get("hidden") in _TRUE:
            first, last = int(attributes.get("min", 1)), int(attributes.get("max", 1))
            self.markup.hidden_columns.update(range(max(first, 1) - 1, min(last, _WIDEST)))

    def _filled(self, name: str) -> None:
        place = self._place()
        markup = self.markup
        markup.rows = max(markup.rows, place[0])
        markup.columns = max(markup.columns, place[1] + 1)
        if self._style in self._months:
            markup.month_cells.add(place)
        if name == "f":
            self._has_formula = True
        if name == "f" or self._is_error:
            self.parser.CharacterDataHandler = self._characters
            self.parser.EndElementHandler = self._end
        self._in_value = name == "v"

    def _place(self) -> Place:
        """Where the cell stands; one without a reference follows the one before it."""
        reference = self._reference
        if not reference:
            return self._row, self._column
        letters = reference.rstrip(_DIGITS)
        digits = reference[len(letters) :]
        if digits != self._digits:
            self._digits, self._row = digits, int(digits)
        index = self._letters.get(letters)
        if index is None:
            index = self._letters[letters] = column_index(letters)
        self._column = index
        return self._row, index

    def _characters(self, data: str) -> None:
        """Follow a formula or an error to the end of its cell: has anybody computed it?"""
        if self._in_value and len(self._value) < _LONGEST_ERROR:
            self._value += data.strip()

    def _end(self, name: str) -> None:
        local = local_name(name)
        if local == "v":
            self._in_value = False
        elif local == "c":
            place = self._place()
            if self._has_formula:
                (self.markup.formulas if self._value else self.markup.valueless).add(place)
            if self._is_error and self._value:
                self.markup.errors[place] = self._value[:_LONGEST_ERROR]
            self._value, self._has_formula = "", False
            self.parser.CharacterDataHandler = None
            self.parser.EndElementHandler = None
