"""The public notice of aid (公示): a form that leaves the private things out, and is journaled."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flowparty.forms import aid_notice
from flowparty.repository import aid, blanks, orgs, settings
from flowparty.repository.codes import load_tables
from flowparty.service.disclosure import disclosing

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from flowparty.domain.ids import OrgId
    from flowparty.domain.period import Period
    from flowparty.repository.registry import Registry


def write(registry: Registry, period: Period, path: Path, *, org: OrgId | None, today: date) -> int:
    """Write the notice of a period's allocations; returns how many are on it.

    Raises:
        Denied, Storage, BadValue: the file cannot be written there.
    """
    cutoff = settings.load(registry).cutoff_day
    end = min(period.end(cutoff), today)
    grants = [
        grant
        for grant in aid.list_grants(registry, on=end, since=period.start(cutoff), org=org)
        if grant.reversed_on is None
    ]
    unit = orgs.top(registry).name if org is None else orgs.get(registry, org).name
    form = f"aid_notice {period}"
    blank = blanks.in_force(registry, "aid_notice")
    with disclosing(registry, path, form, org=unit, rows=len(grants), masked=False) as out:
        aid_notice.write(
            out, blank, grants, unit=unit, period=period, on=today, tables=load_tables()
        )
    return len(grants)
