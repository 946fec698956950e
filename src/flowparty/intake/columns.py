"""One column of a list as its headings describe it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a list: where it stands and what was written above it."""

    index: int
    letter: str
    heading: str
    over: tuple[str, ...] = ()
    """What else is said of it: the headings above, and a unit on a row of its own."""
    is_part: bool = False
    """Whether it holds one level of a place that several columns say together: 省, 市, 县."""

    @property
    def path(self) -> tuple[str, ...]:
        """Everything that is said above the column's cells."""
        return (*self.over, self.heading)
