"""Personal values that do not show themselves: ``str`` and ``repr`` are masked.

The usual mask of an identity number (six in front, four behind) is fully reversible beside a birth
date; so six in front is all that ever shows.
"""

from __future__ import annotations

import re
from typing import Literal

Kind = Literal["id", "phone", "text"]

_LONG_DIGITS = re.compile(r"[0-9]{9,}[Xx]?")


class Masked:
    """An identity number, phone or address on its way out; ``reveal()`` is a deliberate act."""

    __slots__ = ("_kind", "_value")

    def __init__(self, value: str, kind: Kind) -> None:
        self._value = value
        self._kind = kind

    def reveal(self) -> str:
        """The value itself: only for named disclosures and journaled ``--unmask``."""
        return self._value

    def __str__(self) -> str:
        return mask(self._value, self._kind)

    def __repr__(self) -> str:
        return f"Masked({str(self)!r})"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Masked) and other._value == self._value

    def __hash__(self) -> int:
        return hash(self._value)


def mask(value: str, kind: Kind) -> str:
    """Hide what identifies: first six of an identity number, 3+4 of a phone, nothing of a text."""
    if kind == "id":
        return value[:6] + "*" * max(len(value) - 6, 0)
    if kind == "phone" and len(value) > len("13800000"):
        return f"{value[:3]}{'*' * (len(value) - 7)}{value[-4:]}"
    return "***"


def mask_digits(text: str) -> str:
    """Hide every run of nine or more digits: for messages that may quote what was typed.

    A day (20261123) and a card number stay readable, identity numbers and mobiles do not.
    """
    return _LONG_DIGITS.sub(lambda found: mask(found.group(), "id"), text)
