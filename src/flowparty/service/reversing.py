"""What marks a record of money as reversed: the day and the reason."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flowparty.domain.errors import BadValue
from flowparty.domain.text import clean_text

if TYPE_CHECKING:
    from datetime import date


def marks(on: date, reason: str) -> dict[str, Any]:
    """The values that reverse a record.

    Raises:
        BadValue: ``reversal_needs_reason``.
    """
    why = clean_text(reason).strip()
    if not why:
        raise BadValue("reversal_needs_reason")
    return {"reversed_on": on.isoformat(), "reversal": why}
