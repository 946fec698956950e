"""Activities: recorded with who is expected, then who came."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flowparty.domain.activities import (
    Activity,
    Kind,
    Result,
    Side,
    check_held,
    check_result,
)
from flowparty.domain.errors import BadValue, Conflict
from flowparty.domain.orgs import check_alive
from flowparty.domain.text import clean_text
from flowparty.repository import activities
from flowparty.service.living import living
from flowparty.service.recorded import Recorded

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from flowparty.domain.members import Member
    from flowparty.domain.orgs import Org
    from flowparty.repository.registry import Registry


@dataclass(frozen=True, slots=True)
class NewActivity:
    """An activity about to be recorded; it may lie ahead."""

    name: str
    kind: Kind
    on: date
    minutes: int
    side: Side = Side.HOME
    place: str | None = None


def add(
    registry: Registry, org: Org, new: NewActivity, expected: Sequence[Member], *, today: date
) -> Recorded[Activity]:
    """Record an activity of an organization and who is expected; said again it may expect more.

    Raises:
        BadValue: no name. Conflict: one with this name on that day differs, the organization has
            ended, or the membership of somebody expected.
    """
    name = clean_text(new.name).strip()
    if not name:
        raise BadValue("activity_name_missing")
    check_alive(org, new.on)
    with registry.write():
        known = _known(registry, org, name, new, today)
        number = known.id if known else activities.add(registry, _values(org, name, new))
        expecting = {one.member_id for one in known.people if one.expected} if known else set()
        fresh = [member for member in expected if member.id not in expecting]
        for member in fresh:
            living(registry, member, on=new.on)
            activities.put(registry, number, member.id, {"expected": 1})
        made = activities.get(registry, number, on=today)
        return Recorded(made, repeated=known is not None and not fresh)


def _values(org: Org, name: str, new: NewActivity) -> dict[str, object]:
    return {
        "org_id": org.id,
        "on": new.on.isoformat(),
        "kind": new.kind,
        "name": name,
        "side": new.side,
        "place": new.place,
        "minutes": new.minutes,
    }


def _known(
    registry: Registry, org: Org, name: str, new: NewActivity, today: date
) -> Activity | None:
    for known in activities.list_activities(registry, on=max(new.on, today), since=new.on):
        if (known.org_id, known.on, known.name) == (org.id, new.on.isoformat(), name):
            facts = (known.kind, known.side, known.place, known.minutes)
            if facts != (new.kind, new.side, new.place, new.minutes):
                raise Conflict("activity_exists", name=name, on=new.on, activity=known.label)
            return known
    return None


def attend(
    registry: Registry,
    activity: Activity,
    people: Sequence[Member],
    *,
    came: bool,
    result: Result | None,
    note: str | None,
    today: date,
) -> Recorded[Activity]:
    """Record for some members whether they came, and what an appraisal found of them.

    Raises:
        Conflict: the activity lies ahead, is no appraisal, or a membership has ended.
        BadValue: an appraisal without a result.
    """
    check_held(activity, today)
    if came:
        check_result(activity, result)
    elif result is not None:
        raise BadValue("appraisal_absent", activity=activity.label)
    touched = False
    with registry.write():
        for member in people:
            living(registry, member, on=today)
            values = {"came": int(came), "result": result, "note": note}
            touched |= activities.put(registry, activity.id, member.id, values)
        return Recorded(activities.get(registry, activity.id, on=today), repeated=not touched)
