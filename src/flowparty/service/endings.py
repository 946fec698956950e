"""What ends with a membership: posts and titles, applications for them, a hardship recognized."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from flowparty.domain.holdings import State
from flowparty.repository import holdings, lost

if TYPE_CHECKING:
    from flowparty.domain.ids import MemberId
    from flowparty.repository.registry import Registry


def end_what_is_held(registry: Registry, member: MemberId, on: date) -> None:
    """End what a member holds on the day the membership ended, inside the caller's write.

    What was recorded with a later day, before anybody knew of the end, ends on its own first day.
    """
    day = on.isoformat()
    for holding in holdings.list_holdings(registry, on=date.max, member=member):
        state = holding.state_on(date.max)
        if state is State.HELD:
            values = {"ended_on": max(day, holding.since or day)}
            holdings.edit(registry, holding.id, values)
        elif state is State.APPLIED:
            holdings.edit(registry, holding.id, {"refused_on": max(day, holding.applied_on)})
    for hardship in lost.list_hardship(registry, on=date.max, member=member):
        if hardship.ended_on is None and hardship.until > day:
            lost.end_hardship(registry, hardship.id, {"ended_on": max(day, hardship.since)})
