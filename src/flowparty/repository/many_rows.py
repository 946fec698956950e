"""Many new rows of one table as SQLite wants them: in order of their columns, in few statements."""

from __future__ import annotations

import os
from itertools import chain, count, islice, repeat
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Iterator, Mapping, Sequence

_MOST_VALUES = 999
"""Values in one statement that every SQLite takes."""


def in_order(
    rows: Sequence[Mapping[str, Any]], *, first: int, office: str
) -> tuple[list[str], Iterator[tuple[Any, ...]]]:
    """The columns of new rows, and the values of each row in their order.

    Args:
        rows: values by column, all with the same columns; a UUID and the office are added where
            the columns do not have them.
        first: the local number of the first row; the others follow.
        office: the office that owns them.

    Raises:
        ValueError: a row has other columns than the first.
    """
    names = list(rows[0])
    if any(row.keys() != rows[0].keys() for row in rows):
        raise ValueError("rows written together have the same columns", names)
    added = [name for name in ("uuid", "office") if name not in names]
    owner = (office,) if "office" in added else ()
    # New ones are dealt out in order, so that their index grows at its end and not everywhere.
    uuids = sorted(new_uuids(len(rows))) if "uuid" in added else None
    own = zip(uuids, strict=True) if uuids else repeat(())
    given = (
        (number, *uuid, *owner, *map(row.__getitem__, names))
        for number, uuid, row in zip(count(first), own, rows, strict=False)
    )
    return ["id", *added, *names], given


def insert(
    connection: sqlite3.Connection,
    table: str,
    names: Sequence[str],
    rows: Iterable[Sequence[Any]],
) -> None:
    """Add rows, many in a statement: a statement a row costs as much again as the row itself."""
    quoted = ", ".join(f'"{name}"' for name in names)
    slots = f"({', '.join('?' * len(names))})"
    rows = iter(rows)
    while part := list(islice(rows, _MOST_VALUES // len(names))):
        connection.execute(
            f"INSERT INTO {table} ({quoted}) VALUES {', '.join([slots] * len(part))}",
            list(chain.from_iterable(part)),
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
