"""Which rows of a sheet are people: not titles, blank rows, sub-totals, footers or headings."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from flowparty.domain.text import name_key
from flowparty.intake.cells import as_text, is_blank
from flowparty.intake.place_parts import joined
from flowparty.intake.row_words import (
    counted,
    is_example,
    is_plain_name,
    of_the_form,
    signature_of,
    word_of,
)

if TYPE_CHECKING:
    from collections.abc import Container, Iterator, Mapping, Sequence

    from flowparty.intake.fields import Kind
    from flowparty.intake.layout import Layout
    from flowparty.intake.sheets import Cell, Sheet

_NOBODY = re.compile(r"无|没有|空白|以下|暂无|第[0-9一二三四五六七八九十]+页")
_DITTO = frozenset({"同上", "〃", "″", "”", "“", '"', "''", "同前", "“”", "..", "……"})
_OWN = frozenset({"name", "id_number", "serial", "card_number", "mobile", "landline", "contact"})
"""Fields that are a person's own: neither merged cells nor ditto marks can mean them."""
_SAYS_NOTHING = frozenset({"serial", "branch"})
"""Fields that a prepared but empty row holds already."""
_SECTIONS = ("村", "社区", "支部", "小组", "党委", "党员", "人员")
"""A place, or a kind of people (在家党员), alone in a row is the title of what follows it."""
_LONGEST_NAME = 5
_WIDE = 2
_FEWEST = 3
_WORDS = re.compile(r"[\u3400-\u9fff]{2}")


@dataclass(slots=True)
class Block:
    """The data rows under one heading; ``skipped``: (row, why) of the others, blank ones aside.

    ``dittos``: (row, column counted from 0) → what 同上 means there.
    """

    layout: Layout
    rows: list[tuple[int, list[Cell]]] = field(default_factory=list)
    skipped: list[tuple[int, str]] = field(default_factory=list)
    dittos: dict[tuple[int, int], Cell] = field(default_factory=dict)


def blocks(
    sheet: Sheet,
    layouts: Sequence[Layout],
    kind: Kind,
    titles: Mapping[int, str] | None = None,
    people: Container[str] = frozenset(),
) -> Iterator[Block]:
    """The blocks of a sheet in order: the first heading's, then those of headings that return.

    Args:
        sheet: the sheet.
        layouts: where its headings stand, from top to bottom.
        kind: what list it is.
        titles: rows known to be titles of what follows them, whatever stands in them, and why.
        people: the name keys of everybody recorded: who is called 李支部 is no title.
    """
    titles = titles or {}
    first, *others = layouts
    returning = {layout.top: layout for layout in others}
    block, reader = Block(first), _Reader(sheet, first, kind, people)
    number = first.bottom + 1
    while number <= len(sheet.rows):
        again = returning.get(number)
        if again is None:
            reader.take(number, sheet.rows[number - 1], block, titles.get(number))
            number += 1
            continue
        block.skipped += [(n, "heading") for n in range(again.top, again.bottom + 1)]
        if dict(again.mapping) != dict(block.layout.mapping):
            yield block
            block, reader = Block(again), _Reader(sheet, again, kind, people)
        number = again.bottom + 1
    yield block


class _Reader:
    """Takes the rows below one heading; merged cells and ditto marks are filled in."""

    def __init__(self, sheet: Sheet, layout: Layout, kind: Kind, people: Container[str]) -> None:
        self.layout = layout
        self._people = people
        self.name = layout.columns["name"].index
        branch = layout.columns.get("branch")
        self._branch = None if branch is None else branch.index
        serial = layout.columns.get("serial")
        self._serial = None if serial is None else serial.index
        self._telling = [c.index for f, c in layout.columns.items() if f not in _SAYS_NOTHING]
        self._parts = [column.index for column in layout.parts]
        self._shared = [c.index for f, c in layout.columns.items() if f not in _OWN]
        self._shared += self._parts[1:]
        fields = layout.columns.items()
        self._dates = {c.index for f, c in fields if kind.fields[f].read == "date"}
        self._width = 1 + max(column.index for column in (*layout.columns.values(), *layout.parts))
        self._filled: dict[int, list[tuple[int, Cell]]] = {}
        self._wide = {
            (merge.top, column)
            for merge in sheet.merges
            if merge.right - merge.left >= _WIDE
            for column in range(merge.left, merge.right + 1)
        }
        for merge in sheet.merges:
            if merge.bottom > merge.top > layout.bottom and merge.left in self._shared:
                first = sheet.rows[merge.top - 1]
                value = first[merge.left] if merge.left < len(first) else None
                for number in range(merge.top + 1, merge.bottom + 1):
                    self._filled.setdefault(number, []).append((merge.left, value))
        self._last: list[Cell] | None = None

    def take(self, number: int, row: list[Cell], block: Block, title: str | None) -> None:
        """Put a row where it belongs: among the data, or among what was skipped.

        ``title``: as what it is skipped where it is known to be one.
        """
        if len(row) < self._width:
            row = [*row, *[""] * (self._width - len(row))]
        why = self._why_not(number, row)
        if title is not None and why != "footer":
            why = title
        if why is None:
            row = self._last = self._completed(number, row, block)
            block.rows.append((number, self._with_place(row)))
        elif why:
            block.skipped.append((number, why))

    def _why_not(self, number: int, row: list[Cell]) -> str | None:
        """None for a data row; else what the row is, empty for a blank one."""
        name = row[self.name]
        if is_plain_name(name) or (isinstance(name, str) and name_key(name) in self._people):
            return self._why_not_the_name(row)
        first = next((cell for cell in row if not is_blank(cell)), None)
        if first is None:
            return ""
        why = of_the_form(row, first, name)
        if why is None and not self.layout.has_identity(row):
            why = word_of(name) or word_of(first) or counted(first, name)
            why = why or self._why_nobody(number, row)
        return why

    def _why_not_the_name(self, row: list[Cell]) -> str | None:
        """What the cells before a plain name make of its row; nearly always nothing."""
        before = next((cell for cell in row[: self.name] if not is_blank(cell)), None)
        if not isinstance(before, str) or before.isdigit():
            return None
        if is_example(before):
            return "note"
        if self.layout.has_identity(row):
            return None
        return signature_of(row, self._serial, self._dates)

    def _why_nobody(self, number: int, row: list[Cell]) -> str | None:
        name = row[self.name]
        said = sum(not is_blank(row[i]) and as_text(row[i]) != "0" for i in self._telling)
        if is_blank(name):
            return None if said >= _FEWEST else "note" if said or self._is_remark(row) else ""
        return self._why_no_name(number, as_text(name).strip(), said)

    def _is_remark(self, row: list[Cell]) -> bool:
        """Whether words stand alone in a row, and are no branch that somebody prepared it for."""
        said = [(at, cell) for at, cell in enumerate(row) if not is_blank(cell)]
        (at, cell) = said[0]
        words = isinstance(cell, str) and _WORDS.search(cell) is not None
        return len(said) == 1 and words and at != self._branch

    def _why_no_name(self, number: int, name: str, said: int) -> str | None:
        alone = said <= 1
        if alone and ((number, self.name) in self._wide or name.endswith(_SECTIONS)):
            return "note"
        long = len(name) > _LONGEST_NAME and "·" not in name and "•" not in name
        return "note" if alone and (long or _NOBODY.search(name)) else None

    def _with_place(self, row: list[Cell]) -> list[Cell]:
        """A row with the whole place where the first of its parts stands."""
        if not self._parts:
            return row
        row = [*row]
        row[self._parts[0]] = joined([row[index] for index in self._parts])
        return row

    def _completed(self, number: int, row: list[Cell], block: Block) -> list[Cell]:
        """A row with what a merged cell above it, or 同上, means in it."""
        if number not in self._filled and _DITTO.isdisjoint(row):  # nearly all rows
            return row
        filled = [(i, value) for i, value in self._filled.get(number, ()) if is_blank(row[i])]
        ditto = [
            (i, self._last[i])
            for i in self._shared
            if self._last is not None and isinstance(row[i], str) and row[i] in _DITTO
        ]
        if not filled and not ditto:
            return row
        block.dittos |= {(number, index): value for index, value in ditto}
        row = [*row]
        for index, value in (*filled, *ditto):
            row[index] = value
        return row
