"""A form's blank: a workbook that a person can change, with placeholders such as ``{{unit}}``.

One row holds ``{{row.…}}`` placeholders and is repeated; all others are filled once.
"""

from __future__ import annotations

import io
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from flowparty.domain.errors import BadValue
from flowparty.forms.heights import Room, make_room, rooms
from flowparty.forms.notes import add_notes
from flowparty.forms.opening import CannotOpen, TooHeavy, open_workbook
from flowparty.forms.text import cell_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from flowparty.domain.blanks import Blank
    from flowparty.forms.notes import Notes

Value = str | int | None

_MOST_CELLS = 200_000
_PLACEHOLDER = re.compile(r"\{\{\s*([a-z0-9_.]+)\s*\}\}")
_ROW = "row."


@dataclass(frozen=True, slots=True)
class Placeholders:
    """What a blank asks for."""

    scalars: frozenset[str]
    row: frozenset[str]


@dataclass(frozen=True, slots=True)
class Prepared:
    """A blank with its scalars filled in, as the bytes of a workbook, and what its row asks for.

    ``row`` is the number of the row to repeat, None if there is none; ``keys`` tells which
    placeholder stands in which column (1-based), ``height`` how tall the row is in points (None:
    not fixed), ``rooms`` what room its wrapping columns have.
    """

    workbook: bytes
    row: int | None
    keys: dict[int, str]
    height: float | None
    rooms: dict[int, Room]


_LOST = re.compile(
    r"xl/(?:drawings/drawing|media/|charts/|embeddings/|vbaproject|externallinks/|pivot)"
)
"""Parts that opening and saving a blank would lose."""


def check_parts(names: Iterable[str], path: str) -> None:
    """Refuse a blank with pictures, charts, macros or links: the writer cannot keep them.

    Raises:
        BadValue: ``form_unsupported``.
    """
    for name in names:
        if _LOST.match(name.lower()):
            raise BadValue("form_unsupported", path=path, cell=name)


def placeholders(blank: Blank) -> Placeholders:
    """The names of the placeholders of a blank.

    Raises:
        BadValue: ``form_not_a_workbook``, ``form_too_wide``.
    """
    sheet = _open(blank).worksheets[0]
    names = {name for cell in _texts(sheet) for name in _PLACEHOLDER.findall(cell.value)}
    row = frozenset(name for name in names if name.startswith(_ROW))
    return Placeholders(frozenset(names - row), row)


def prepare(blank: Blank, values: Mapping[str, Value], notes: Sequence[Notes] = ()) -> Prepared:
    """Fill the scalars of a blank, find the row to repeat, and put sheets of notes behind.

    Raises:
        BadValue: the blank is no workbook, asks for what we do not have, or is built in a way
            that the writer cannot keep (``form_unsupported``).
    """
    workbook = _open(blank)
    sheet = workbook.worksheets[0]
    row, keys = _repeated_row(sheet, blank)
    for cell in list(_texts(sheet)):
        if cell.row == row:
            cell.quotePrefix = cell.number_format == "@"
        else:
            _fill_scalar(cell, values, blank)
    _refuse_merges(sheet, row, blank)
    for note in notes:
        add_notes(workbook, note)
    for number in range(1, sheet.max_row + 1):
        if number != row:
            make_room(sheet, number)
    height = None if row is None else sheet.row_dimensions[row].height
    room = {} if row is None else {cell.column: room for cell, room in rooms(sheet, row)}
    out = io.BytesIO()
    workbook.save(out)
    return Prepared(out.getvalue(), row, keys, height, room)


def _open(blank: Blank) -> Any:
    try:
        return open_workbook(io.BytesIO(blank.content), _MOST_CELLS)
    except TooHeavy as error:
        raise BadValue("form_too_wide", path=blank.name, limit=_MOST_CELLS) from error
    except CannotOpen as error:
        raise BadValue("form_not_a_workbook", path=blank.name) from error


def _texts(sheet: Any) -> Iterator[Any]:
    for row in sheet.iter_rows():
        for cell in row:
            if isinstance(cell.value, str):
                yield cell


def _repeated_row(sheet: Any, blank: Blank) -> tuple[int | None, dict[int, str]]:
    rows: dict[int, dict[int, str]] = {}
    for cell in _texts(sheet):
        found = [name for name in _PLACEHOLDER.findall(cell.value) if name.startswith(_ROW)]
        if found and _PLACEHOLDER.fullmatch(cell.value.strip()) is None:
            raise BadValue("form_unsupported", path=blank.name, cell=cell.coordinate)
        if found:
            rows.setdefault(cell.row, {})[cell.column] = found[0]
    if len(rows) > 1:
        raise BadValue("form_unsupported", path=blank.name, cell=f"{sorted(rows)[1]}:")
    return next(iter(rows.items()), (None, {}))


def _fill_scalar(cell: Any, values: Mapping[str, Value], blank: Blank) -> None:
    names = _PLACEHOLDER.findall(cell.value)
    unknown = [name for name in names if name not in values]
    if unknown:
        raise BadValue("form_placeholder_unknown", path=blank.name, name=unknown[0])
    if not names:
        return
    whole = _PLACEHOLDER.fullmatch(cell.value.strip())
    only = values[names[0]] if whole else None
    if isinstance(only, int):
        cell.value = only
        return
    text = _PLACEHOLDER.sub(lambda found: _word(values[found[1]]), cell.value)
    cell.value = cell_text(text)
    cell.data_type = "s"  # openpyxl takes a text that begins with = for a formula
    cell.quotePrefix = True


def _word(value: Value) -> str:
    return "" if value is None else str(value)


def _refuse_merges(sheet: Any, row: int | None, blank: Blank) -> None:
    for merged in sheet.merged_cells.ranges:
        if row is not None and merged.min_row <= row <= merged.max_row != merged.min_row:
            raise BadValue("form_unsupported", path=blank.name, cell=str(merged))
