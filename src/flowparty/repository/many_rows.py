"""Many new rows of one table as SQLite wants them: their columns, and tuples in that order."""

from __future__ import annotations

import os
from itertools import count, repeat
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence


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


def new_uuids(number: int) -> list[str]:
    """Random UUIDs (version 4), as :func:`uuid.uuid4` makes them one by one, ten times slower."""
    drawn = os.urandom(16 * number).hex()
    found = []
    for at in range(0, 32 * number, 32):
        h = drawn[at : at + 32]
        variant = "89ab"[int(h[16], 16) & 3]
        found.append(f"{h[:8]}-{h[8:12]}-4{h[13:16]}-{variant}{h[17:20]}-{h[20:]}")
    return found
