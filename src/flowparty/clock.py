"""The one place that reads the time; rules and services get it as an argument."""

from __future__ import annotations

import os
from datetime import UTC, date, datetime, timedelta

CHINA = timedelta(hours=8)
"""Days are China's, UTC+8 without daylight saving, whatever the machine's zone says."""


def now() -> datetime:
    """The machine's time in UTC: what the journal records, whatever the facts' day is."""
    return datetime.now(UTC)


def today() -> date:
    """The day of facts: ``FLOWPARTY_TODAY`` if set (ISO), else today in China.

    Raises:
        ValueError: ``FLOWPARTY_TODAY`` is not an ISO day.
    """
    given = os.environ.get("FLOWPARTY_TODAY")
    return date.fromisoformat(given) if given else (now() + CHINA).date()
