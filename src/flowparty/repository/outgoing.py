"""What a package is made from: the closed month, and the rows as they stood when it was closed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from flowparty.repository.at_seq import rows_at

if TYPE_CHECKING:
    from flowparty.repository.registry import Registry

_TABLES = ("org", "member", "member_state", "movement", "card", "card_event", "contact")


@dataclass(frozen=True, slots=True)
class Closed:
    """What is asked of a closed month: its days, its settings, and the journal's anchor."""

    period: str
    revision: int
    since: str
    cutoff: str
    threshold_months: int
    group_size: int
    journal_seq: int
    journal_head: str


def closed(registry: Registry, period: str) -> Closed | None:
    """The month as it is closed now; None if it is open."""
    row = registry.row(
        "SELECT period, revision, since, cutoff, threshold_months, group_size, journal_seq,"
        " journal_head FROM closed_month WHERE period = :period AND reopened_on IS NULL"
        " AND office = :office",
        period=period,
        office=registry.office,
    )
    return None if row is None else Closed(**dict(row))


def tables_at(registry: Registry, seq: int) -> dict[str, list[dict[str, Any]]]:
    """Whole rows of the tables a package may draw from, as of one journal entry."""
    return {name: rows_at(registry, name, seq) for name in _TABLES}


def divisions(registry: Registry) -> dict[str, str]:
    """The division of every office known here, ours among them, by its UUID."""
    own = registry.row("SELECT office, division FROM registry")
    known = {row["holder"]: row["division"] for row in
             registry.rows("SELECT DISTINCT holder, division FROM office_key")}  # fmt: skip
    return known if own is None else {**known, own["office"]: own["division"]}
