"""A place named at the keyboard: settled to a code, or refused with what it could be."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flowparty.domain.errors import BadValue
from flowparty.domain.text import clean_text

if TYPE_CHECKING:
    from flowparty.domain.places import Gazetteer

_SETTLED = ("exact", "partial", "renamed")


@dataclass(frozen=True, slots=True)
class Settled:
    """A place as it is kept: its code (None: 不掌握), and the words that were written."""

    code: str | None
    text: str


def settle(gazetteer: Gazetteer, text: str, *, home: str) -> Settled:
    """Find the one place that ``text`` names, seen from a home division.

    Raises:
        BadValue: ``place_unknown``; ``place_ambiguous`` with the ``candidates``.
    """
    written = clean_text(text).strip()
    match = gazetteer.resolve(written, home=home)
    if match.status == "not_known":
        return Settled(None, written)
    if match.status in _SETTLED and match.place is not None:
        return Settled(match.place.code, written)
    if match.candidates:
        names = [f"{place.code} {place.text}" for place in match.candidates]
        raise BadValue("place_ambiguous", value=written, candidates=names)
    raise BadValue("place_unknown", value=written)
