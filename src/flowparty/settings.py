"""What a town may change: every threshold with its default, unit and source."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Any


@dataclass(frozen=True, slots=True)
class Settings:
    """The values in force; a registry keeps only those that differ from these defaults."""

    threshold_months: int = 6
    """Months away before a member counts as mobile [2019 条例 art. 32; 2024 意见]."""
    cutoff_day: int = 27
    """Last day of a reporting month: "before the 28th" [news article, 2014-11-13]."""
    group_size: int = 3
    """Members away together who call for a group, and then need no card [2006 notice]."""
    card_number_pattern: str = ""
    """A regular expression for card numbers; the county's format is not published."""


def from_stored(stored: dict[str, str]) -> Settings:
    """Build the settings in force from the rows of the ``setting`` table."""
    values: dict[str, Any] = {}
    for field in fields(Settings):
        if field.name in stored:
            text = stored[field.name]
            values[field.name] = int(text) if isinstance(field.default, int) else text
    return Settings(**values)
