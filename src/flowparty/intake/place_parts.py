"""A place in several columns: 省, 市 and 县 below 流入地 are one destination."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from flowparty.intake.cells import as_text, is_blank
from flowparty.intake.fields import plain_heading

if TYPE_CHECKING:
    from collections.abc import Sequence

    from flowparty.intake.fields import Kind
    from flowparty.intake.sheets import Cell

_LEVEL = "(?:省份?|自治区|地?市|城市|州|县|区|乡|镇|街道|村|(?:详细|具体)地[址点])"
_LEVELS = re.compile(f"(?P<of>.*?)(?P<level>{_LEVEL}+级?)")
_SHORTEST = 2
_ONE = re.compile(_LEVEL)
_AWAY = re.compile("(?:外出|流入|务工|打工|就业)+地?(?:情况|所在)?|流向|去向")
"""What a level may follow or stand below, besides the headings of a destination."""
_BRACKETS = re.compile(r"[(（\[【]")
_NO_LEVEL = re.compile(r"市辖区|县|[-—–_/\\无\s]*")
"""What division tables and people put where a place has no such level."""


def part_of(kind: Kind, heading: str, parents: Sequence[str], meant: str | None) -> str | None:
    """The field of places of which a heading is one level; None if it is none.

    ``meant``: the field that the heading means as a whole. In 流入地（省） the brackets say that it
    is one level only, in 流入地（省、市、县） that it is all of them.
    """
    if meant is not None and not (_is_place(kind, meant) and _BRACKETS.search(heading)):
        return None
    found = _LEVELS.fullmatch(plain_heading(heading, keep_brackets=True))
    if found is None or (meant is not None and not _ONE.fullmatch(found["level"])):
        return None
    for over in [found["of"]] if found["of"] else reversed(parents):
        field = kind.field_of(over)
        if field is not None and _is_place(kind, field):
            return field
        if _AWAY.fullmatch(plain_heading(over)) and "destination" in kind.fields:
            return "destination"
    return None


def _is_place(kind: Kind, field: str) -> bool:
    return kind.fields[field].read == "place"


def joined(cells: Sequence[Cell]) -> Cell:
    """The place that cells say together, the level above first; what one repeats is said once.

    A cell that has no value (``#REF!``) stays what it is, to be refused as such.
    """
    place = ""
    for cell in cells:
        if not is_blank(cell) and (not isinstance(cell, str | int | float) or str(cell)[0] == "#"):
            return cell
        said = as_text(cell).strip()
        if not _NO_LEVEL.fullmatch(said):
            place += said[_repeated(place, said) :]
    return place or cells[0]


def _repeated(place: str, said: str) -> int:
    """How much of a level only repeats how the place so far ends: 深圳市 in 深圳市龙岗区."""
    long = range(len(said), _SHORTEST - 1, -1)
    return next((length for length in long if place.endswith(said[:length])), 0)
