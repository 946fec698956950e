"""What a person said that headings mean: now (``--map``), or before of a form with these headings.

A heading is named as it stands, brackets and all; else without them; else by its column's letter.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from flowparty.domain.errors import BadValue
from flowparty.domain.handing_back import OURS
from flowparty.intake.fields import plain_heading

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from flowparty.intake.columns import Column
    from flowparty.intake.fields import Kind

IGNORED = ""
"""A column mapped to this is left alone."""

_FORMS = (partial(plain_heading, keep_brackets=True), plain_heading)


def fields_called(kind: Kind, said: Mapping[str, str]) -> dict[str, str]:
    """Heading → field as the clerk says; a field may be called as a list would head it.

    Raises:
        BadValue: ``import_field_unknown``.
    """
    found = {}
    for heading, to in said.items():
        field = to if to == IGNORED or to in kind.fields else kind.field_of(to)
        if field is None:
            known = [f"{one.name}  {one.zh}" for one in kind.fields.values()]
            raise BadValue("import_field_unknown", value=to, known=known)
        found[heading] = field
    return found


def signature(columns: Iterable[Column]) -> str:
    """The headings in order: what tells one office's form from another's.

    A list that was handed back has the same as before: ours beside them are none of its own.
    """
    return "|".join(column.heading for column in columns if column.heading not in OURS)


def named(heading: str, columns: Sequence[Column]) -> list[Column]:
    """The columns that a person means by a heading or a letter."""
    for form in _FORMS:
        wanted = form(heading)
        found = [column for column in columns if wanted and form(column.heading) == wanted]
        if found:
            return found
    return [column for column in columns if column.letter == heading]


def decisions(columns: Sequence[Column], *layers: Mapping[str, str]) -> dict[int, str]:
    """Index of a column → field, as was said of it; what a layer decides no later one changes."""
    found: dict[int, str] = {}
    for layer in layers:
        before = set(found.values()) - {IGNORED}
        for heading, to in layer.items():
            for column in named(heading, columns):
                if to not in before:
                    found.setdefault(column.index, to)
    return found


def key_of(column: Column, columns: Sequence[Column]) -> str:
    """By what a form's column is remembered: its heading, if no other one is called so."""
    return column.heading if named(column.heading, columns) == [column] else column.letter
