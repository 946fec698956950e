"""Remarks on a list that came in: which cell, how bad, and in words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

FILLS: Mapping[str, str] = {"reject": "FFC7CE", "warn": "FFEB9C"}
"""Red for what must be mended, yellow for what should be looked at."""
REASON_WIDTH = 60


@dataclass(frozen=True, slots=True)
class Remark:
    """What is said of one cell: ``row`` 1-based, ``column`` its letter or empty."""

    sheet: str
    row: int
    column: str
    level: Literal["reject", "warn"]
    heading: str
    words: str

    def sentence(self) -> str:
        """The remark with the cell it is about, for the column of reasons."""
        if not self.column and not self.heading:
            return self.words
        place = f"{self.column}列" if self.column else ""
        heading = f"“{self.heading}”" if self.heading else ""
        return f"{place}{heading}：{self.words}"


def by_row(remarks: Iterable[Remark]) -> dict[str, dict[int, list[Remark]]]:
    """Sheet → row → its remarks, the worst first; rows in order."""
    found: dict[str, dict[int, list[Remark]]] = {}
    for remark in sorted(remarks, key=lambda r: (r.row, r.level != "reject")):
        found.setdefault(remark.sheet, {}).setdefault(remark.row, []).append(remark)
    return found


def reason(remarks: Sequence[Remark]) -> str:
    """All remarks of one row in one cell."""
    return "；".join(dict.fromkeys(remark.sentence() for remark in remarks))
