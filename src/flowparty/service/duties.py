"""What is owed on a day: every line of the table of duties asked, most pressing first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from flowparty.domain.duties.duty import Urgency
from flowparty.repository import settings
from flowparty.repository.duties.asked import Asked
from flowparty.service.duty_table import TABLE

if TYPE_CHECKING:
    from collections.abc import Callable, Collection
    from datetime import date

    from flowparty.domain.duties.duty import Duty, Kind
    from flowparty.domain.ids import OrgId
    from flowparty.repository.registry import Registry
    from flowparty.service.duty_table import Line


@dataclass(frozen=True, slots=True)
class Item:
    """A duty with the line of the table it comes from, and how pressing it is."""

    duty: Duty
    line: Line
    urgency: Urgency


_URGENCIES = tuple(Urgency)
_PLACE = {line.kind: number for number, line in enumerate(TABLE)}


def owed(
    registry: Registry, *, on: date, org: OrgId | None = None, kinds: Collection[Kind] = ()
) -> list[Item]:
    """What is owed on a day (it may lie ahead), most pressing first; writes nothing.

    Args:
        registry: where to look.
        on: the day.
        org: only what is about this organization and those below it; None for all.
        kinds: only these; empty for all.
    """
    asked = Asked(registry, on, org, settings.load(registry))
    facts: dict[Callable[[Asked], Any], Any] = {}
    found: list[Item] = []
    for line in TABLE:
        if kinds and line.kind not in kinds:
            continue
        for query in line.queries:
            if query not in facts:
                facts[query] = query(asked)
        values = (getattr(asked.force, name) for name in line.settings)
        found += [
            Item(duty, line, duty.urgency(on, asked.force.today_near_days))
            for duty in line.rule(*(facts[query] for query in line.queries), on, *values)
        ]
    return sorted(found, key=_order)


def _order(item: Item) -> tuple[int, int, str, str, str]:
    duty = item.duty
    return (
        _URGENCIES.index(item.urgency),
        _PLACE[duty.kind],
        str(duty.since or ""),
        duty.branch or "",
        duty.subject,
    )
