"""One column of a list as its headings describe it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flowparty.intake.fields import plain_heading

if TYPE_CHECKING:
    from collections.abc import Sequence

_HINTS = frozenset({"村别", "村组", "所在村组", "所属村组", "组织名称"})


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
    def is_hint(self) -> bool:
        """Whether it names a branch perhaps: under 村组 may stand 雨柏村三组, or 三组."""
        return plain_heading(self.heading) in _HINTS

    @property
    def path(self) -> tuple[str, ...]:
        """Everything that is said above the column's cells."""
        return (*self.over, self.heading)


def without_hints(found: Sequence[tuple[Column, str | None]]) -> list[tuple[Column, str | None]]:
    """Columns and what they mean; one that only hints at a field says it where no other does."""
    said = {to for column, to in found if not column.is_hint}
    return [(column, None if column.is_hint and to in said else to) for column, to in found]
