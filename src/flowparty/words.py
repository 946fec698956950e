"""Words for codes: what the code tables say, in the user's language."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flowparty.language import spoken
from flowparty.repository.codes import table

if TYPE_CHECKING:
    from collections.abc import Callable


def term(name: str) -> Callable[[str], str]:
    """A function from a code of one table to its word."""

    def word(code: str) -> str:
        known = table(name)
        return known.en(code) if spoken() == "en" else known.zh(code)

    return word


def code(name: str, text: str) -> str:
    """The code that a word typed by a person means.

    Raises:
        BadValue: the table knows no such word; ``known`` lists those it knows.
    """
    return table(name).parse(text)


def place_word(code: str | None, written: str | None) -> str | None:
    """A place by its code, as 省–市–县; the words as they were written where there is no code."""
    from flowparty.repository.divisions import load_gazetteer  # most commands name no place

    place = None if code is None else load_gazetteer().get(code)
    return written if place is None else place.text
