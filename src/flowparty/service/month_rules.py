"""By which rules a month is counted here, whatever the settings say since."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flowparty.domain.packages import MonthRules
from flowparty.repository import closings, settings

if TYPE_CHECKING:
    from flowparty.domain.closing import ClosedMonth
    from flowparty.domain.period import Period
    from flowparty.repository.registry import Registry
    from flowparty.settings import Settings


def rules_of(registry: Registry, period: Period) -> list[MonthRules]:
    """The rules of a month: of its close where it is closed here.

    An open month has those in force now, by which it would be closed; after them those that were in
    force on its last day, because an office below may have closed it before they were changed.
    """
    closed = closings.closed(registry, period)
    if closed is not None:
        return [rules_of_close(closed)]
    now = _under(period, settings.load(registry))
    then = settings.as_of(registry, now.on)
    return [now] if then is None else list(dict.fromkeys((now, _under(period, then))))


def rules_of_close(closed: ClosedMonth) -> MonthRules:
    """Those a month was closed by."""
    return MonthRules(closed.cutoff, closed.threshold_months, closed.group_size)


def _under(period: Period, force: Settings) -> MonthRules:
    return MonthRules(period.end(force.cutoff_day), force.threshold_months, force.group_size)
