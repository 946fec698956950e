"""Writing records: a table for people, json and csv for programs, plain for cron."""

from __future__ import annotations

import json
import sys
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from flowparty.domain.delimited import csv_text
from flowparty.domain.errors import Storage
from flowparty.output.terminal import console

if TYPE_CHECKING:
    from collections.abc import Sequence

    from flowparty.output.columns import Column

T = TypeVar("T")


_READABLE = 8
"""The least width of a column that takes several lines."""


class Format(StrEnum):
    """How a command shows its records."""

    TABLE = "table"
    JSON = "json"
    CSV = "csv"
    PLAIN = "plain"


def emit(rows: Sequence[T], columns: Sequence[Column[T]], fmt: Format) -> None:
    """Write a list: an array of objects in json, a line a record elsewhere."""
    if fmt is Format.JSON:
        write(as_json([plain(row, columns) for row in rows]))
    elif fmt is Format.CSV:
        lines = [[c.plain(row) for c in columns] for row in rows]
        write("\ufeff" + csv_text([c.key for c in columns], lines))
    elif fmt is Format.PLAIN:
        write("".join("\t".join(c.cell(row) for c in columns) + "\n" for row in rows))
    else:
        _table([c for c in columns if c.table], rows)


def emit_one(row: T, columns: Sequence[Column[T]], fmt: Format) -> None:
    """Write a single thing: one object in json, its facts one below the other for people."""
    if fmt is Format.JSON:
        write(as_json(plain(row, columns)))
    elif fmt is Format.CSV:
        emit([row], columns, fmt)
    elif fmt is Format.PLAIN:
        write("".join(f"{c.key}\t{c.cell(row)}\n" for c in columns))
    else:
        _card(row, columns)


@dataclass(frozen=True, slots=True)
class Part(Generic[T]):
    """A list that belongs to a single thing: its key in json, its rows and what is shown of one."""

    key: str
    rows: Sequence[T]
    columns: Sequence[Column[T]]


def emit_whole(
    row: T, columns: Sequence[Column[T]], parts: Sequence[Part[Any]], fmt: Format
) -> None:
    """Write a single thing with its lists: one object in json, one below the other elsewhere."""
    if fmt is Format.JSON:
        lists = {part.key: [plain(one, part.columns) for one in part.rows] for part in parts}
        write(as_json({**plain(row, columns), **lists}))
        return
    emit_one(row, columns, fmt)
    for part in parts:
        if part.rows:
            if fmt is Format.TABLE:
                write("\n")
            emit(part.rows, part.columns, fmt)


def plain(row: T, columns: Sequence[Column[T]]) -> dict[str, Any]:
    """A record as programs read it, by the keys of its columns."""
    return {column.key: column.plain(row) for column in columns}


def as_json(value: object) -> str:
    """JSON for people and programs: characters as they are, two blanks deep."""
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"


def _table(columns: Sequence[Column[T]], rows: Sequence[T]) -> None:
    from rich.table import Table
    from rich.text import Text

    screen = console()
    shown = [column for column in columns if not (column.wide and screen.narrow)]
    table = Table(
        box=screen.box, header_style="bold", pad_edge=False, show_edge=False, padding=(0, 1, 0, 0)
    )
    cells = [[column.cell(row) for column in shown] for row in rows]
    tight = screen.terminal and _tight(shown, cells, screen.width)
    for column in shown:
        table.add_column(
            Text(column.heading),
            justify="right" if column.right else "left",
            overflow="fold",
            no_wrap=not column.fold and not tight,
        )
    for line in cells:
        table.add_row(*map(Text, line))
    write(screen.draw(table))
    if left_out := [column.heading for column in columns if column not in shown]:
        write(screen.draw(Text(f"+ {'  '.join(left_out)}")))


def _tight(columns: Sequence[Column[T]], cells: Sequence[Sequence[str]], width: int) -> bool:
    """Whether the columns that keep to one line would be cut off: then all take several."""
    from rich.cells import cell_len

    needed = 0
    for place, column in enumerate(columns):
        widest = max((cell_len(line[place]) for line in cells), default=0)
        heading = cell_len(column.heading)
        needed += min(widest, _READABLE) if column.fold else max(widest, heading)
    return needed + 2 * (len(columns) - 1) > width


def _card(row: T, columns: Sequence[Column[T]]) -> None:
    """A fact a line; drawn without rich's tables, which cost a read command a third of its time."""
    from rich.cells import cell_len

    facts = [(c.heading, c.cell(row)) for c in columns if c.table and c.cell(row)]
    width = max((cell_len(heading) for heading, _ in facts), default=0)
    write("".join(f"{h}{' ' * (width - cell_len(h))}  {text}\n" for h, text in facts))


def write(text: str) -> None:
    """Write data to standard output.

    Raises:
        Storage: there is no standard output to write to.
    """
    if sys.stdout is None:
        raise Storage("output_lost")
    sys.stdout.write(text)
