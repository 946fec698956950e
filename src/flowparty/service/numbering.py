"""Rows of a package in our numbers: a package names others by their UUIDs, the tables do not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flowparty.exchange.payload import REFERENCES
from flowparty.exchange.selection import COLUMNS

if TYPE_CHECKING:
    from flowparty.service.plans import Plan, Row

_NOT_PLAIN = frozenset({"uuid", "office", *REFERENCES})


def local_values(found: Plan, row: Row) -> Row:
    """A payload row with our numbers for its references; a row without one yet stays its UUID."""
    values = {name: value for name, value in row.items() if name not in _NOT_PLAIN}
    for name, table in REFERENCES.items():
        if name in row:
            # The head of the sender's own tree hangs under ours.
            none = found.top if name == "parent" else None
            value = row[name]
            number = none if value is None else found.numbers[table].get(value, value)
            values[COLUMNS[name]] = number
    return values
