"""What rows of headings say: the columns of a list, by field, with the units over them."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING

from flowparty.domain.errors import BadValue
from flowparty.intake.columns import Column, without_hints
from flowparty.intake.mapping import decisions, signature
from flowparty.intake.money_units import is_unit, says_unit
from flowparty.intake.place_parts import part_of
from flowparty.intake.references import column_letter

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from flowparty.intake.fields import Kind
    from flowparty.intake.sheets import Cell, Sheet

_LETTER = re.compile(r"[A-Z]{1,3}")
_ID_LIKE = re.compile(r"(?![0-9]{4}\.[0-9]{1,2}(?:\.[0-9]{1,2})?$)[0-9Xx*. E+'\"=]{6,}")
"""2026.10.20 is the day under a list."""
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
    parts: tuple[Column, ...] = ()
    """The columns that say a place together; the first of them stands for it in ``columns``."""

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

    def has_identity(self, row: Sequence[Cell]) -> bool:
        """Whether a number stands where an identity number would; the day under a list is none."""
        column = self.columns.get("id_number")
        cell = row[column.index] if column is not None and column.index < len(row) else ""
        if isinstance(cell, str):
            return _ID_LIKE.fullmatch(cell.strip()) is not None
        return cell is not None and not isinstance(cell, date)


class Headings:
    """What rows of headings say in one kind of list.

    ``mapped``: heading → field as a person says now. ``remembered``: the same as was said before,
    by the signature of the headings it was said of; it holds for no others. ``name_words`` are
    those that mean the name, also what a person said does.
    """

    def __init__(
        self,
        kind: Kind,
        mapped: Mapping[str, str] | None = None,
        remembered: Mapping[str, Mapping[str, str]] | None = None,
    ) -> None:
        self.kind = kind
        self._mapped = mapped or {}
        self._by_words = {
            heading: to for heading, to in self._mapped.items() if not _LETTER.fullmatch(heading)
        }
        self._remembered = remembered or {}
        said = (self._mapped, *self._remembered.values())
        by_hand = {heading for one in said for heading, to in one.items() if to == "name"}
        self.name_words = kind.fields["name"].spellings | by_hand

    def known(self, sheet: Sheet, top: int, height: int, *, letters: bool = False) -> set[str]:
        """The fields that such headings would name, a place by each of its levels.

        ``letters``: also by what is said of columns.

        A column that is named by its letter has its meaning whatever stands there, so it does not
        tell headings from other rows. Rows in which somebody stands below a name are no headings.
        """
        if self._has_somebody(sheet, top, height):
            return set()
        mapped = self._mapped if letters else self._by_words
        return {
            f"{to} {column.heading}" if column.is_part else to
            for column, to in self._columns(sheet, top, height, mapped)
            if to is not None
        }

    def is_name(self, text: str) -> bool:
        """Whether a heading means the name; what cannot be one is not looked at closely."""
        likely = "名" in text or text in self.name_words
        return likely and (text in self.name_words or self.kind.field_of(text) == "name")

    def _has_somebody(self, sheet: Sheet, top: int, height: int) -> bool:
        """Whether somebody's name stands in these rows below the heading for names.

        Below what is merged over several columns (帮扶对象) stand headings.
        """
        for upper, lower in pairwise(merged_texts(sheet, top, height)):
            for at, (above, below) in enumerate(zip(upper, lower, strict=False)):
                if below and below != above and self.is_name(above):
                    group = above in (*upper[max(at - 1, 0) : at], *upper[at + 1 : at + 2])
                    heading = is_unit(below) or self.kind.field_of(below, (above,))
                    if not group and not heading:
                        return True
        return False

    def layout(self, sheet: Sheet, top: int, height: int) -> Layout:
        """The layout under such headings.

        Raises:
            BadValue: ``heading_duplicate``.
        """
        columns: dict[str, Column] = {}
        mapping: list[tuple[Column, str | None]] = []
        doubled: list[tuple[Column, Column]] = []
        bottom = top + height - 1
        found = self._columns(sheet, top, height, self._mapped)
        decided = self._decided([column for column, _ in found], self._mapped)
        for column, to in _with_units(sheet, top, height, without_hints(found)):
            meant = to
            if to in decided.values() and column.index not in decided:
                meant = None  # another column was chosen for this field by hand
            said = [one for one, field in mapping if meant is not None and field == meant]
            if said and not (column.is_part or all(one.is_part for one in said)):
                if self.kind.fields[str(meant)].read != "none":
                    doubled.append((said[0], column))
                meant = None
            mapping.append((column, meant))
            if meant is not None:
                columns.setdefault(meant, column)
        if doubled:
            raise _duplicate(sheet.name, bottom, doubled)
        place = _place_in_parts(mapping)
        columns |= {field: parts[0] for field, parts in place.items()}
        parts = next(iter(place.values()), ())
        return Layout(sheet.name, top, bottom, columns, tuple(mapping), parts)

    def _columns(
        self, sheet: Sheet, top: int, height: int, mapped: Mapping[str, str]
    ) -> list[tuple[Column, str | None]]:
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
                natural.append((column, *self._meaning(leaf, parents)))
        decided = self._decided([column for column, *_ in natural], mapped)
        return [
            (column, decided[column.index] or None)
            if column.index in decided
            else (replace(column, is_part=is_part), to)
            for column, to, is_part in natural
        ]

    def _meaning(self, heading: str, parents: tuple[str, ...]) -> tuple[str | None, bool]:
        """The field that a heading means, and whether only as one level of a place."""
        meant = self.kind.field_of(heading, parents)
        part = part_of(self.kind, heading, parents, meant)
        return part or meant, part is not None

    def _decided(self, columns: Sequence[Column], mapped: Mapping[str, str]) -> dict[int, str]:
        """What a person said of columns, now or before of a form with these headings."""
        if not mapped and not self._remembered:
            return {}
        return decisions(columns, mapped, self._remembered.get(signature(columns), {}))


def _place_in_parts(
    mapping: Sequence[tuple[Column, str | None]],
) -> dict[str, tuple[Column, ...]]:
    """The place that is said in levels, by its field; what is called the whole of it comes last."""
    fields = {field for column, field in mapping if column.is_part and field is not None}
    return {
        field: tuple(
            sorted((c for c, of in mapping if of == field), key=lambda column: not column.is_part)
        )
        for field in fields
    }


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


def require_one(kind: Kind, layouts: Sequence[Layout], given: Sequence[str]) -> None:
    """Refuse a sheet none of whose headings say all that the kind cannot do without.

    Raises:
        BadValue: ``heading_missing``, by the first of them.
    """
    if all(lacking(kind, layout.columns, given) for layout in layouts):
        require(kind, layouts[0].sheet, layouts[0].columns, given)


def lacking(kind: Kind, columns: Mapping[str, object], given: Sequence[str]) -> list[str]:
    """The official headings of what a kind needs and is neither a column nor given elsewhere."""
    return [kind.fields[f].zh for f in kind.required if f not in columns and f not in given]


def no_headings(kind: Kind) -> BadValue:
    """The refusal of a file in which no sheet has a row of headings."""
    missing = "、".join(lacking(kind, {}, ()))
    return BadValue("heading_missing", sheet="", missing=missing)
