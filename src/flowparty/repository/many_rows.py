"""Many new rows of one table as SQLite wants them: in order of their columns, in few statements."""

from __future__ import annotations

import os
from itertools import chain, count, islice
from operator import add
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    Values = tuple[Any, ...]

_MOST_VALUES = 999
"""Values in one statement that every SQLite takes."""


def in_order(rows: Sequence[Mapping[str, Any]]) -> tuple[list[str], list[Values]]:
    """The columns of some rows, and the values of each in their order.

    Raises:
        ValueError: a row has other columns than the first.
    """
    names = list(rows[0])
    if any(row.keys() != rows[0].keys() for row in rows):
        raise ValueError("rows written together have the same columns", names)
    return names, [tuple(map(row.__getitem__, names)) for row in rows]


def owned(
    names: Sequence[str], rows: Sequence[Values], *, first: int
) -> tuple[list[str], Iterator[Values]]:
    """Number new rows; each gets a UUID where the columns do not have one.

    Args:
        names: their columns.
        rows: the values of each in the order of the columns.
        first: the local number of the first row; the others follow.

    Returns:
        All columns, and the values of each row in their order.
    """
    added: dict[str, Iterable[object]] = {"id": count(first)}
    if "uuid" not in names:
        # New ones are dealt out in order, so that their index grows at its end and not everywhere.
        added["uuid"] = sorted(new_uuids(len(rows)))
    return [*added, *names], map(add, zip(*added.values(), strict=False), rows)


def insert(
    connection: sqlite3.Connection,
    table: str,
    names: Sequence[str],
    rows: Iterable[Values],
    *,
    alike: Mapping[str, object] | None = None,
) -> None:
    """Add rows, many in a statement: a statement a row costs as much again as the row itself.

    Args:
        connection: inside a transaction.
        table: where they go.
        names: their columns.
        rows: the values of each in the order of the columns.
        alike: further columns whose value is one for all; it is handed over once a statement.
    """
    shared = alike or {}
    quoted = ", ".join(f'"{name}"' for name in (*shared, *names))
    numbered = (f"?{number}" for number in range(1, len(shared) + 1))
    slots = f"({', '.join([*numbered, *'?' * len(names)])})"
    rows = iter(rows)
    while part := list(islice(rows, (_MOST_VALUES - len(shared)) // len(names))):
        connection.execute(
            f"INSERT INTO {table} ({quoted}) VALUES {', '.join([slots] * len(part))}",
            [*shared.values(), *chain.from_iterable(part)],
        )


def new_uuids(number: int) -> list[str]:
    """Random UUIDs (version 4), as :func:`uuid.uuid4` makes them one by one, ten times slower."""
    drawn = os.urandom(16 * number).hex()
    found = []
    for at in range(0, 32 * number, 32):
        h = drawn[at : at + 32]
        variant = "89ab"[int(h[16], 16) & 3]
        found.append(f"{h[:8]}-{h[8:12]}-4{h[13:16]}-{variant}{h[17:20]}-{h[20:]}")
    return found
