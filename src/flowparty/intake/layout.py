"""Where a list's headings stand: one to three rows, merged or not, under any title, on any sheet.

Headings that return further down (a new page, a second block) begin a layout of their own.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING

from flowparty.domain.errors import BadValue
from flowparty.intake.columns import Column
from flowparty.intake.mapping import decisions, signature
from flowparty.intake.money_units import is_unit, says_unit
from flowparty.intake.references import column_letter

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from flowparty.intake.fields import Kind
    from flowparty.intake.sheets import Cell, Sheet

_DEEPEST = 50
_HIGHEST = 3
_FEWEST = 3
_AMOUNTS = ("money", "income", "job_income")
"""What holds amounts; a column of incomes alone gives the unit before one of trades with them."""


@dataclass(frozen=True, slots=True)
class Layout:
    """How one block of a sheet is laid out: its heading rows (1-based) and its columns by field."""

    sheet: str
    top: int
    bottom: int
    columns: Mapping[str, Column]
    mapping: tuple[tuple[Column, str | None], ...]

    @property
    def signature(self) -> str:
        """What tells one office's form from another's."""
        return signature(self.all_columns)

    @property
    def all_columns(self) -> list[Column]:
        """Every column with a heading, known or not, from left to right."""
        return [column for column, _ in self.mapping]

    def money(self, kind: Kind) -> Column | None:
        """The column of amounts; None if there is none."""
        of = {kind.fields[name].read: column for name, column in self.columns.items()}
        return next((of[read] for read in _AMOUNTS if read in of), None)


class Finder:
    """Finds the layouts of a sheet for one kind of list.

    ``mapped``: heading → field as a person says now. ``remembered``: the same as was said before,
    by the signature of the headings it was said of; it holds for no others. ``fewest``: how many
    known headings make a row one of headings; with the name, one less.
    """

    def __init__(
        self,
        kind: Kind,
        mapped: Mapping[str, str] | None = None,
        remembered: Mapping[str, Mapping[str, str]] | None = None,
        fewest: int = _FEWEST,
    ) -> None:
        self._kind = kind
        self._mapped = mapped or {}
        self._remembered = remembered or {}
        self._fewest = fewest

    def find(self, sheet: Sheet) -> Layout | None:
        """The first layout of a sheet; None if no row looks like one of headings.

        Raises:
            BadValue: ``heading_duplicate``.
        """
        return self._best(sheet, range(1, min(_DEEPEST, len(sheet.rows)) + 1))

    def at(self, sheet: Sheet, top: int) -> Layout | None:
        """The layout whose headings begin in this very row, for headings that return.

        Raises:
            BadValue: ``heading_duplicate``.
        """
        return self._best(sheet, (top,))

    def _best(self, sheet: Sheet, tops: Sequence[int]) -> Layout | None:
        """The rows that name most fields, as few as do, if they look like headings."""
        best: tuple[int, int, int] | None = None
        for height in range(1, _HIGHEST + 1):
            for top in tops:
                if top + height - 1 > len(sheet.rows):
                    continue
                known = len({to for _, to in self._columns(sheet, top, height)} - {None})
                if best is None or known > best[0]:
                    best = known, top, height
        if best is None:
            return None
        found = self._columns(sheet, best[1], best[2])
        return self._layout(sheet, best[1], best[2], found) if self._is_heading(found) else None

    def _is_heading(self, found: list[tuple[Column, str | None]]) -> bool:
        known = {to for _, to in found} - {None}
        enough = self._fewest - 1 if "name" in known else self._fewest
        return len(known) >= max(enough, 1)

    def _columns(self, sheet: Sheet, top: int, height: int) -> list[tuple[Column, str | None]]:
        """The columns that such headings would make, and what each means."""
        texts = _texts(sheet, top, height)
        natural = []
        for index in range(max(map(len, texts), default=0)):
            path = [row[index] for row in texts if index < len(row) and row[index]]
            names = [part for part in path if not is_unit(part)]
            if names:
                leaf = names[-1]
                parents = tuple(dict.fromkeys(part for part in names[:-1] if part != leaf))
                over = tuple(dict.fromkeys(part for part in path if part != leaf))
                column = Column(index, column_letter(index), "".join(leaf.split()), over)
                natural.append((column, self._kind.field_of(leaf, parents)))
        decided = self._decided([column for column, _ in natural])
        return [(column, decided.get(column.index, to) or None) for column, to in natural]

    def _decided(self, columns: Sequence[Column]) -> dict[int, str]:
        """What a person said of columns, now or before of a form with these headings."""
        if not self._mapped and not self._remembered:
            return {}
        return decisions(columns, self._mapped, self._remembered.get(signature(columns), {}))

    def _layout(
        self, sheet: Sheet, top: int, height: int, found: list[tuple[Column, str | None]]
    ) -> Layout:
        columns: dict[str, Column] = {}
        mapping: list[tuple[Column, str | None]] = []
        doubled: list[tuple[Column, Column]] = []
        bottom = top + height - 1
        decided = self._decided([column for column, _ in found])
        for column, to in _with_units(sheet, top, height, found):
            meant = to
            if to in decided.values() and column.index not in decided:
                meant = None  # another column was chosen for this field by hand
            if meant in columns:
                if self._kind.fields[str(meant)].read != "none":
                    doubled.append((columns[str(meant)], column))
                meant = None
            mapping.append((column, meant))
            if meant is not None:
                columns[meant] = column
        if doubled:
            raise _duplicate(sheet.name, bottom, doubled)
        return Layout(sheet.name, top, bottom, columns, tuple(mapping))


def _duplicate(sheet: str, row: int, doubled: Sequence[tuple[Column, Column]]) -> BadValue:
    """The refusal of all columns that repeat another; many do where two blocks stand abreast."""
    return BadValue(
        "heading_duplicate",
        sheet=sheet,
        heading="、".join(second.heading for _, second in doubled),
        cells="、".join(f"{one.letter}{row} {two.letter}{row}" for one, two in doubled),
        maps=" ".join(f"--map {second.letter}=" for _, second in doubled),
    )


def _with_units(
    sheet: Sheet, top: int, height: int, found: list[tuple[Column, str | None]]
) -> list[tuple[Column, str | None]]:
    """The columns with the unit that stands right above or below their headings (万元)."""
    near = [
        *(merged_texts(sheet, top - 1, 1) if top > 1 else ()),
        *merged_texts(sheet, top + height, 1),
    ]
    beside = [[text for row in near for text in row[c.index : c.index + 1]] for c, _ in found]
    return [
        (replace(column, over=(*filter(says_unit, texts), *column.over)), to)
        for (column, to), texts in zip(found, beside, strict=True)
    ]


def _texts(sheet: Sheet, top: int, height: int) -> list[list[str]]:
    """The heading rows as text.

    A text over several columns that nobody merged stands over those to its right whose own upper
    cell is empty, as the eye reads it.
    """
    rows = merged_texts(sheet, top, height)
    for upper, lower in pairwise(rows):
        for index in range(1, min(len(upper), len(lower))):
            if not upper[index] and lower[index] and lower[index - 1]:
                upper[index] = upper[index - 1]
    return rows


def merged_texts(sheet: Sheet, top: int, height: int) -> list[list[str]]:
    """Rows as text, the text of a merge over several columns in each of them."""
    rows = [[_text(cell) for cell in row] for row in sheet.rows[top - 1 : top - 1 + height]]
    for merge in sheet.merges:
        if merge.right > merge.left and top <= merge.top < top + height:
            row = rows[merge.top - top]
            text = row[merge.left] if merge.left < len(row) else ""
            row[merge.left : merge.right + 1] = [text] * len(row[merge.left : merge.right + 1])
    return rows


def _text(cell: Cell) -> str:
    return cell.strip() if isinstance(cell, str) else ""


def require(kind: Kind, sheet: str, columns: Mapping[str, object], given: Sequence[str]) -> None:
    """Refuse a layout that lacks what the kind cannot do without.

    Args:
        kind: the kind of list.
        sheet: its name, for the message.
        columns: the fields found.
        given: fields that come from elsewhere: the sheet's branch.

    Raises:
        BadValue: ``heading_missing``; ``missing`` has the official headings.
    """
    missing = "、".join(lacking(kind, columns, given))
    if missing:
        raise BadValue("heading_missing", sheet=sheet, missing=missing)


def lacking(kind: Kind, columns: Mapping[str, object], given: Sequence[str]) -> list[str]:
    """The official headings of what a kind needs and is neither a column nor given elsewhere."""
    return [kind.fields[f].zh for f in kind.required if f not in columns and f not in given]


def no_headings(kind: Kind) -> BadValue:
    """The refusal of a file in which no sheet has a row of headings."""
    missing = "、".join(lacking(kind, {}, ()))
    return BadValue("heading_missing", sheet="", missing=missing)
