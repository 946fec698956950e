"""What a file of rows is once it is read: sheets of typed cells, whatever it was written in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum
from typing import TYPE_CHECKING, Literal

from flowparty.domain.dates import PartialDate

if TYPE_CHECKING:
    from pathlib import Path

Format = Literal["xlsx", "xls", "ods", "csv", "tsv"]


class Marker(Enum):
    """What stands in a cell that holds no value of its own."""

    NO_VALUE = "formula"
    """A formula that nobody has computed: the file does not hold the value."""


Cell = str | float | int | bool | date | datetime | PartialDate | Marker | None


@dataclass(frozen=True, slots=True)
class Merge:
    """A merged range; rows are 1-based, columns 0-based, both ends included."""

    top: int
    bottom: int
    left: int
    right: int


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: ``rows[0]`` is row 1, its first cell column A; an empty cell is ``""``.

    Rows may differ in length. Row numbers are 1-based as Excel shows them (in text: the record's),
    columns 0-based. ``formulas`` are the cells whose stored value somebody's program computed. What
    is hidden, and formulas, are known of ``.xlsx`` and ``.ods`` only; hidden sheets of all three.
    """

    name: str
    rows: list[list[Cell]]
    merges: tuple[Merge, ...] = ()
    hidden: bool = False
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    formulas: frozenset[tuple[int, int]] = frozenset()


@dataclass(frozen=True, slots=True)
class Source:
    """A file read: what it turned out to be by its content, never by its name.

    ``encoding`` is None for workbooks. A text file is one sheet, named like its format, in which
    every cell is text.
    """

    path: Path
    format: Format
    encoding: str | None
    sheets: list[Sheet]
