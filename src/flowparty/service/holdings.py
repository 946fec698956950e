"""Posts and model shops: applied for, recognized or refused, reviewed each year, ended."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from flowparty.domain.errors import BadValue, Conflict
from flowparty.domain.holdings import (
    Holding,
    Kind,
    Result,
    State,
    check_kind,
    check_review,
    require_state,
)
from flowparty.domain.text import clean_text
from flowparty.repository import holdings
from flowparty.service.living import living
from flowparty.service.recorded import Recorded

if TYPE_CHECKING:
    from collections.abc import Mapping

    from flowparty.domain.members import Member
    from flowparty.repository.registry import Registry


@dataclass(frozen=True, slots=True)
class NewHolding:
    """What is applied for: a post with its duties, or a shop with its trade and households."""

    kind: Kind
    name: str
    on: date
    duties: str | None = None
    trade: str | None = None
    households: int | None = None


def apply(registry: Registry, member: Member, new: NewHolding) -> Recorded[Holding]:
    """Record an application.

    Raises:
        BadValue: no name, or the fields of the other kind.
        Conflict: the member has or applied for it already with other facts; membership has ended.
    """
    name = clean_text(new.name).strip()
    if not name:
        raise BadValue("holding_name_missing")
    check_kind(new.kind, new.duties, new.trade, new.households)
    with registry.write():
        member = living(registry, member, on=new.on)
        for known in holdings.list_holdings(registry, on=date.max, member=member.id):
            live = known.state_on(date.max) in (State.APPLIED, State.HELD)
            if live and (known.kind, known.name) == (new.kind, name):
                facts = (known.duties, known.trade, known.households)
                if facts != (new.duties, new.trade, new.households):
                    raise Conflict("holding_exists", holding=known.label, name=name)
                return Recorded(known, repeated=True)
        number = holdings.add(
            registry,
            {
                "member_id": member.id,
                "kind": new.kind,
                "name": name,
                "duties": new.duties,
                "trade": new.trade,
                "households": new.households,
                "applied_on": new.on.isoformat(),
            },
        )
        return Recorded(holdings.get(registry, number, on=new.on))


def _change(
    registry: Registry, holding: Holding, state: State, on: date, values: Mapping[str, Any]
) -> Recorded[Holding]:
    """Write what ends a state, unless exactly this stands there already."""
    with registry.write():
        holding = holdings.get(registry, holding.id, on=on)
        if all(getattr(holding, name) == value for name, value in values.items()):
            return Recorded(holding, repeated=True)
        require_state(holding, state, on)
        holdings.edit(registry, holding.id, values)
        return Recorded(holdings.get(registry, holding.id, on=on))


def recognise(registry: Registry, holding: Holding, *, on: date, by: str) -> Recorded[Holding]:
    """Record that a post or title is held from a day on, and who recognized it.

    Raises:
        BadValue: nobody recognized it. Conflict: it is not applied for.
    """
    who = clean_text(by).strip()
    if not who:
        raise BadValue("holding_by_missing")
    values = {"since": on.isoformat(), "recognised_by": who}
    return _change(registry, holding, State.APPLIED, on, values)


def refuse(
    registry: Registry, holding: Holding, *, on: date, note: str | None
) -> Recorded[Holding]:
    """Record that an application was refused, and why.

    Raises:
        Conflict: it is not applied for.
    """
    values = {"refused_on": on.isoformat(), "end_note": note}
    return _change(registry, holding, State.APPLIED, on, values)


def end(registry: Registry, holding: Holding, *, on: date, note: str | None) -> Recorded[Holding]:
    """End a holding on a day.

    Raises:
        Conflict: it is not held. BadValue: before its last review.
    """
    values = {"ended_on": on.isoformat(), "end_note": note}
    return _change(registry, holding, State.HELD, on, values)


def review(
    registry: Registry,
    holding: Holding,
    year: int,
    result: Result,
    *,
    on: date,
    by: str | None,
    findings: str | None,
) -> Recorded[Holding]:
    """Record the yearly review of a holding.

    Raises:
        Conflict: it is not held, or that year was reviewed otherwise. BadValue: not a year of it.
    """
    values = {"on": on.isoformat(), "result": result, "findings": findings}
    with registry.write():
        holding = holdings.get(registry, holding.id, on=on)
        for known in holding.reviews:
            if known.year == year and all(getattr(known, k) == v for k, v in values.items()):
                return Recorded(holding, repeated=True)
        require_state(holding, State.HELD, on)
        check_review(holding, year, on)
        holdings.add_review(registry, {"holding_id": holding.id, "year": year, "by": by, **values})
        return Recorded(holdings.get(registry, holding.id, on=on))
