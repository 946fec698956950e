"""Personal values that do not show themselves: ``str`` and ``repr`` are masked.

The usual mask of an identity number (six in front, four behind) is fully reversible beside a birth
date; so six in front is all that ever shows.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping

Kind = Literal["id", "phone", "contact", "words", "text"]
"""``contact`` and ``words`` stay readable but for numbers, such as 李明13800138000 or 电工."""

_LONG_DIGITS = re.compile(r"[0-9]{9,}[Xx]?")
_NUMBER = re.compile(r"[0-9+][0-9\- ]{5,}[0-9][Xx]?")
_OLD_ID = 15
_COLUMNS: Mapping[str, Kind] = {
    **dict.fromkeys(("id_number", "id_given"), "id"),
    **dict.fromkeys(("mobile", "landline", "host_phone", "phone"), "phone"),
    "host_contact": "contact",
    **dict.fromkeys(("post", "occupation", "host_org", "destination_text"), "words"),
    **dict.fromkeys((
        "address", "notes", "findings", "remark", "text", "result", "end_note", "drop_note",
        "reply", "done_note", "note", "ours", "theirs", "agreed", "value", "cells",
    ), "text"),
}  # fmt: skip
"""What may identify a person, by the column it is recorded in; free text may hold anything."""
_CODED = {("need_event", "result"), ("activity_person", "result"), ("holding_review", "result")}
"""Columns that bear such a name, and hold a code."""
_NAMELESS = frozenset({
    "field", "differs", "label", "branch", "row", "kind", "state", "reason", "on", "since", "until",
    "ended_on",
})  # fmt: skip
"""What a problem says without naming anybody: codes, days, numbers of records, branches."""


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
    """Hide what identifies: six in front of an identity number show, 3+4 of a phone, no text."""
    if kind == "id":
        return value[:6] + "*" * max(len(value) - 6, 0)
    if kind == "phone" and len(value) > len("13800000"):
        return f"{value[:3]}{'*' * (len(value) - 7)}{value[-4:]}"
    if kind == "contact":
        return _NUMBER.sub(_masked_number, value)
    return mask_digits(value) if kind == "words" else "***"


def _masked_number(found: re.Match[str]) -> str:
    digits = sum(character.isdigit() for character in found[0])
    return mask(found[0], "id" if digits >= _OLD_ID else "phone")


def mask_column(column: str, value: Any, entity: str = "") -> Any:
    """What a list, the journal or a comparison shows of a recorded value.

    Args:
        column: where it is recorded.
        value: what stands there; None stays None.
        entity: of which table, where one holds codes under such a name.
    """
    kind = None if (entity, column) in _CODED else _COLUMNS.get(column)
    return value if kind is None or value is None else mask(str(value), kind)


def mask_digits(text: str) -> str:
    """Hide every run of nine or more digits: for messages that may quote what was typed.

    A day (20261123) and a card number stay readable, identity numbers and mobiles do not.
    """
    return _LONG_DIGITS.sub(lambda found: mask(found.group(), "id"), text)


def nameless(params: Mapping[str, Any]) -> dict[str, Any]:
    """The parameters of a problem without whom it is about: for a copy that is passed on."""
    return {
        name: value if name in _NAMELESS or isinstance(value, int | None) else _hidden(value)
        for name, value in params.items()
    }


def _hidden(value: Any) -> Any:
    return [_hidden(one) for one in value] if isinstance(value, list | tuple) else mask("", "text")
