"""How old what a list says is: as its file, or as the day its titles say, whichever is earlier."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from flowparty.domain.dates import CHINA

if TYPE_CHECKING:
    from flowparty.domain.dates import PartialDate
    from flowparty.intake.lists import Listed


def saved(listed: Listed) -> datetime:
    """When the file was last saved."""
    return datetime.fromtimestamp(listed.source.path.stat().st_mtime, CHINA)


def heard(saved: datetime, filled_in: PartialDate | None) -> datetime:
    """How old a row's facts are: as the file, or filled in as a title says."""
    if filled_in is None:
        return saved
    last = filled_in.last
    return min(saved, datetime(last.year, last.month, last.day, 23, 59, 59, tzinfo=CHINA))
