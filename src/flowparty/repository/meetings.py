"""Joint meetings, the offices called to them, and their decisions."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from flowparty.domain.errors import NotFound
from flowparty.domain.ids import DecisionId, MeetingId, numbered
from flowparty.domain.meetings import Attendance, Decision, Meeting

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Mapping
    from datetime import date

    from flowparty.domain.ids import NeedId, OrgId
    from flowparty.repository.registry import Registry

_MEETINGS = 'SELECT g.id, g."on", g.topic, g.place, g.chair FROM meeting g'

_DECISIONS = """SELECT d.id, d.meeting_id, g."on", g.topic, d.need_id, d.owner_id, o.name AS owner,
        d.text, d.due, d.done_on, d.done_note
    FROM meeting_decision d JOIN meeting g ON g.id = d.meeting_id JOIN org o ON o.id = d.owner_id"""


def _meetings(registry: Registry, rows: list[sqlite3.Row]) -> list[Meeting]:
    called = registry.rows(
        "SELECT f.meeting_id, f.org_id, o.name AS org, f.came, f.person FROM meeting_office f"
        " JOIN org o ON o.id = f.org_id"
        " WHERE f.meeting_id IN (SELECT value FROM json_each(:ids)) ORDER BY f.id",
        ids=json.dumps([row["id"] for row in rows]),
    )
    of: dict[int, list[Attendance]] = {}
    for row in called:
        came = None if row["came"] is None else bool(row["came"])
        of.setdefault(row["meeting_id"], []).append(Attendance(**{**dict(row), "came": came}))
    return [Meeting(**dict(row), offices=tuple(of.get(row["id"], ()))) for row in rows]


def add(registry: Registry, values: Mapping[str, Any]) -> MeetingId:
    """Record a meeting; the offices follow by ``call``."""
    return MeetingId(registry.insert("meeting", values))


def edit(registry: Registry, meeting: MeetingId, values: Mapping[str, Any]) -> bool:
    """Correct where a meeting was or who led it; False if that stands there already."""
    return bool(values) and registry.update("meeting", meeting, values)


def call(registry: Registry, meeting: MeetingId, office: OrgId) -> None:
    """Call an office to a meeting."""
    registry.insert("meeting_office", {"meeting_id": meeting, "org_id": office})


def attend(
    registry: Registry, meeting: MeetingId, office: OrgId, *, came: bool, person: str | None
) -> bool:
    """Record whether a called office came, and who; False if that stands there already."""
    row = registry.row(
        "SELECT id FROM meeting_office WHERE meeting_id = :meeting AND org_id = :office",
        meeting=meeting,
        office=office,
    )
    if row is None:
        raise KeyError(office)
    return registry.update("meeting_office", row["id"], {"came": int(came), "person": person})


def get(registry: Registry, meeting: MeetingId) -> Meeting:
    """One meeting by number.

    Raises:
        NotFound: no such meeting.
    """
    rows = registry.rows(f"{_MEETINGS} WHERE g.id = :id", id=meeting)
    if not rows:
        raise NotFound("meeting_not_found", value=f"G{meeting}")
    return _meetings(registry, rows)[0]


def find(registry: Registry, text: str) -> Meeting:
    """The meeting that ``text`` names: ``G2``, its day, or its topic.

    Raises:
        NotFound: none, or several.
    """
    number = numbered(text, "G")
    if number is not None:
        return get(registry, MeetingId(number))
    wanted = text.strip()
    found = [m for m in list_meetings(registry) if wanted in (m.on, m.topic)]
    if len(found) == 1:
        return found[0]
    if not found:
        raise NotFound("meeting_not_found", value=wanted)
    names = [f"{meeting.label} {meeting.on} {meeting.topic}" for meeting in found]
    raise NotFound("meeting_ambiguous", value=wanted, candidates=names)


def list_meetings(
    registry: Registry, *, on: date | None = None, limit: int | None = None
) -> list[Meeting]:
    """The meetings up to a day (or all), newest first."""
    rows = registry.rows(
        f'{_MEETINGS} WHERE :day IS NULL OR g."on" <= :day ORDER BY g."on" DESC, g.id DESC'
        " LIMIT :limit",
        day=None if on is None else on.isoformat(),
        limit=-1 if limit is None else limit,
    )
    return _meetings(registry, rows)


def add_decision(registry: Registry, values: Mapping[str, Any]) -> DecisionId:
    """Record a decision."""
    return DecisionId(registry.insert("meeting_decision", values))


def finish(registry: Registry, decision: DecisionId, on: date, note: str | None) -> None:
    """Record that a decision was carried out."""
    values = {"done_on": on.isoformat(), "done_note": note}
    registry.update("meeting_decision", decision, values)


def decision(registry: Registry, number: DecisionId) -> Decision:
    """One decision by number.

    Raises:
        NotFound: no such decision.
    """
    row = registry.row(f"{_DECISIONS} WHERE d.id = :id", id=number)
    if row is None:
        raise NotFound("decision_not_found", value=f"D{number}")
    return Decision(**dict(row))


def find_decision(registry: Registry, text: str) -> Decision:
    """The decision that ``D3`` names.

    Raises:
        NotFound: no such decision.
    """
    number = numbered(text, "D")
    if number is None:
        raise NotFound("decision_not_found", value=text)
    return decision(registry, DecisionId(number))


def decisions(
    registry: Registry, *, meeting: MeetingId | None = None, need: NeedId | None = None
) -> list[Decision]:
    """The decisions of a meeting, about a need, or all, in the order they were made."""
    rows = registry.rows(
        f"{_DECISIONS} WHERE (:meeting IS NULL OR d.meeting_id = :meeting)"
        " AND (:need IS NULL OR d.need_id = :need) ORDER BY d.id",
        meeting=meeting,
        need=need,
    )
    return [Decision(**dict(row)) for row in rows]
