"""A form's blank: the workbook with placeholders that a form is filled into."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Blank:
    """A blank: which form it is for, what a message calls it, and the bytes of its workbook.

    ``since`` is the day from which the town uses its own; None: it came with the program.
    """

    form: str
    name: str
    content: bytes
    since: str | None = None
