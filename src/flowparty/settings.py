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
    notice_days: int = 30
    """Days within which the other side should answer a notice [ours]."""
    transfer_valid_days: int = 10
    """Days a transfer letter is valid unless the clerk says otherwise [usual practice]."""
    transfer_valid_most: int = 90
    """The most days a transfer letter may be valid: three months [usual practice]."""
    transfer_receipt_months: int = 1
    """Months within which the receiver returns the receipt [usual practice]."""
    dues_deferral_months: int = 6
    """Months by which dues may be paid afterwards with consent [2008 规定 art. 12]."""
    dues_ahead: bool = False
    """Whether members may pay dues in advance: known only in local rules."""
    lost_months: int = 6
    """Months without activity and dues after which contact is lost [2019 条例 art. 24]."""
    removal_years: int = 2
    """Years after 停止党籍 before 除名 may be decided [2019 条例 art. 24]."""
    import_rows: int = 200_000
    """The most rows that a sheet of an imported file may have [ours]."""
    import_columns: int = 200
    """The most columns that a sheet of an imported file may have [ours]."""
    import_cell: int = 10_000
    """The most characters that a cell of an imported file may hold [ours]."""
    import_bytes: int = 500_000_000
    """The most bytes of an imported file unpacked; 200 000 rows of 20 take 200 MB [measured]."""
    import_ratio: int = 100
    """The most times that a part of an imported file may grow when unpacked [Apache POI: 100]."""


def from_stored(stored: dict[str, str]) -> Settings:
    """Build the settings in force from the rows of the ``setting`` table."""
    values: dict[str, Any] = {}
    for field in fields(Settings):
        if field.name in stored:
            values[field.name] = _value(stored[field.name], field.default)
    return Settings(**values)


def _value(text: str, default: Any) -> Any:
    if isinstance(default, bool):
        return text == "yes"
    return int(text) if isinstance(default, int) else text
