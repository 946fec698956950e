"""Activities, and who was expected and came."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from flowparty.domain.activities import Activity, Hours, Kind, Participant, Side
from flowparty.domain.errors import NotFound
from flowparty.domain.ids import ActivityId, numbered
from flowparty.repository.members import BRANCH, LIVING_ON
from flowparty.repository.orgs import listed

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Mapping
    from datetime import date

    from flowparty.domain.ids import MemberId, OrgId
    from flowparty.repository.registry import Registry

_ACTIVITIES = """SELECT v.id, v.org_id, b.name AS org, v."on", v.kind, v.name, v.side, v.place,
        v.minutes
    FROM activity v JOIN org b ON b.id = v.org_id"""

_PEOPLE = f"""SELECT p.activity_id, p.member_id, m.name AS member, b.name AS branch, p.expected,
        p.came, p.result, p.note
    FROM activity_person p JOIN member m ON m.id = p.member_id {BRANCH}"""

_HOURS = f"""SELECT m.id AS member_id, m.name AS member, b.name AS branch,
        count(v.id) AS times,
        coalesce(sum(v.minutes) FILTER (WHERE v.kind IN ('org_life', 'appraisal')), 0)
            AS org_life_minutes,
        coalesce(sum(v.minutes) FILTER (WHERE v.kind = 'training'), 0) AS training_minutes,
        coalesce(sum(v.minutes) FILTER (WHERE v.kind = 'service'), 0) AS service_minutes,
        (SELECT q.result FROM activity_person q JOIN activity w ON w.id = q.activity_id
            WHERE q.member_id = m.id AND q.came = 1 AND w.kind = 'appraisal'
            AND w."on" BETWEEN :first AND :last ORDER BY w."on" DESC, w.id DESC LIMIT 1)
            AS appraisal
    FROM member m {BRANCH}
    LEFT JOIN activity_person p ON p.member_id = m.id AND p.came = 1
        AND p.activity_id IN (SELECT id FROM activity WHERE "on" BETWEEN :first AND :last)
    LEFT JOIN activity v ON v.id = p.activity_id"""


def _activities(registry: Registry, rows: list[sqlite3.Row], day: date) -> list[Activity]:
    people = registry.rows(
        f"{_PEOPLE} WHERE p.activity_id IN (SELECT value FROM json_each(:ids)) ORDER BY p.id",
        ids=json.dumps([row["id"] for row in rows]),
        day=day.isoformat(),
    )
    of: dict[int, list[Participant]] = {}
    for row in people:
        of.setdefault(row["activity_id"], []).append(_participant(row))
    return [
        Activity(
            **{**dict(row), "kind": Kind(row["kind"]), "side": Side(row["side"])},
            people=tuple(of.get(row["id"], ())),
        )
        for row in rows
    ]


def _participant(row: sqlite3.Row) -> Participant:
    came = None if row["came"] is None else bool(row["came"])
    return Participant(**{**dict(row), "expected": bool(row["expected"]), "came": came})


def add(registry: Registry, values: Mapping[str, Any]) -> ActivityId:
    """Record an activity; its people follow by ``put``."""
    return ActivityId(registry.insert("activity", values))


def put(
    registry: Registry, activity: ActivityId, member: MemberId, values: Mapping[str, Any]
) -> bool:
    """Record that a member is expected or came; False if exactly that stands there already."""
    row = registry.row(
        "SELECT id FROM activity_person WHERE activity_id = :activity AND member_id = :member",
        activity=activity,
        member=member,
    )
    if row is not None:
        return registry.update("activity_person", row["id"], values)
    known = {"activity_id": activity, "member_id": member, "expected": 0}
    registry.insert("activity_person", {**known, **values})
    return True


def get(registry: Registry, activity: ActivityId, *, on: date) -> Activity:
    """One activity by number, with its people's branches as of a day.

    Raises:
        NotFound: no such activity.
    """
    rows = registry.rows(f"{_ACTIVITIES} WHERE v.id = :id", id=activity)
    if not rows:
        raise NotFound("activity_not_found", value=f"V{activity}")
    return _activities(registry, rows, on)[0]


def find(registry: Registry, text: str, *, on: date) -> Activity:
    """The activity that ``V3`` or its name names.

    Raises:
        NotFound: none, or several.
    """
    number = numbered(text, "V")
    if number is not None:
        return get(registry, ActivityId(number), on=on)
    rows = registry.rows(f"{_ACTIVITIES} WHERE v.name = :name ORDER BY v.id", name=text.strip())
    if len(rows) == 1:
        return _activities(registry, rows, on)[0]
    if not rows:
        raise NotFound("activity_not_found", value=text)
    names = [f"V{row['id']} {row['on']} {row['name']}" for row in rows]
    raise NotFound("activity_ambiguous", value=text, candidates=names)


def list_activities(
    registry: Registry,
    *,
    on: date,
    since: date | None = None,
    org: OrgId | None = None,
    limit: int | None = None,
) -> list[Activity]:
    """The activities up to a day, newest first; of an organization and those below it."""
    rows = listed(
        registry,
        _ACTIVITIES,
        'v."on" <= :day',
        '(:since IS NULL OR v."on" >= :since)',
        order='v."on" DESC, v.id DESC',
        org=org,
        limit=limit,
        day=on.isoformat(),
        since=None if since is None else since.isoformat(),
    )
    return _activities(registry, rows, on)


def hours(
    registry: Registry,
    *,
    since: date,
    on: date,
    org: OrgId | None = None,
) -> list[Hours]:
    """Every member's activities attended between two days, by branch and name."""
    rows = listed(
        registry,
        _HOURS,
        "m.guest = 0",
        LIVING_ON,
        order="b.id, m.name, m.id",
        group="m.id",
        org=org,
        day=on.isoformat(),
        first=since.isoformat(),
        last=on.isoformat(),
    )
    return [Hours(**dict(row)) for row in rows]
