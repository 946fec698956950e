"""What a package is made from: the rows as they stood when the month was closed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flowparty.repository.at_seq import rows_at

if TYPE_CHECKING:
    from flowparty.repository.registry import Registry

_TABLES = ("org", "member", "member_state", "movement", "card", "card_event", "contact")


def tables_at(registry: Registry, seq: int) -> dict[str, list[dict[str, Any]]]:
    """Whole rows of the tables a package may draw from, as of one journal entry."""
    return {name: rows_at(registry, name, seq) for name in _TABLES}


def divisions(registry: Registry) -> dict[str, str]:
    """The division of every office known here, ours among them, by its UUID."""
    own = registry.row("SELECT office, division FROM registry")
    known = {row["holder"]: row["division"] for row in
             registry.rows("SELECT DISTINCT holder, division FROM office_key")}  # fmt: skip
    return known if own is None else {**known, own["office"]: own["division"]}
