"""Projects that members brought home, and how each stands."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from flowparty.domain.errors import NotFound
from flowparty.domain.ids import ProjectId, numbered
from flowparty.domain.projects import Project, ProjectEvent, State
from flowparty.repository.orgs import listed

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Mapping
    from datetime import date

    from flowparty.domain.ids import OrgId
    from flowparty.repository.registry import Registry

_PROJECTS = """SELECT j.id, j.name, j.member_id, m.name AS member, j.org_id, b.name AS org, j.kind,
        j.investor
    FROM project j JOIN member m ON m.id = j.member_id JOIN org b ON b.id = j.org_id"""


def _projects(registry: Registry, rows: list[sqlite3.Row]) -> list[Project]:
    events = registry.rows(
        'SELECT project_id, "on", state, amount_fen, jobs, text FROM project_event'
        " WHERE project_id IN (SELECT value FROM json_each(:ids))"
        ' ORDER BY "on", id',
        ids=json.dumps([row["id"] for row in rows]),
    )
    of: dict[int, list[ProjectEvent]] = {}
    for event in events:
        kept = ProjectEvent(**{**dict(event), "state": State(event["state"])})
        of.setdefault(event["project_id"], []).append(kept)
    return [Project(**dict(row), events=tuple(of.get(row["id"], ()))) for row in rows]


def add(registry: Registry, values: Mapping[str, Any]) -> ProjectId:
    """Record a project; how it stands follows by ``add_event``."""
    return ProjectId(registry.insert("project", values))


def add_event(registry: Registry, values: Mapping[str, Any]) -> None:
    """Record how a project stands from a day on."""
    registry.insert("project_event", values)


def get(registry: Registry, project: ProjectId) -> Project:
    """One project by number.

    Raises:
        NotFound: no such project.
    """
    rows = registry.rows(f"{_PROJECTS} WHERE j.id = :id", id=project)
    if not rows:
        raise NotFound("project_not_found", value=f"J{project}")
    return _projects(registry, rows)[0]


def by_name(registry: Registry, name: str) -> Project | None:
    """The project with this name."""
    rows = registry.rows(f"{_PROJECTS} WHERE j.name = :name", name=name)
    return _projects(registry, rows)[0] if rows else None


def find(registry: Registry, text: str) -> Project:
    """The project that ``text`` names: ``J3``, or its name.

    Raises:
        NotFound: no such project.
    """
    number = numbered(text, "J")
    if number is not None:
        return get(registry, ProjectId(number))
    found = by_name(registry, text.strip())
    if found is None:
        raise NotFound("project_not_found", value=text)
    return found


def list_projects(
    registry: Registry, *, on: date, org: OrgId | None = None, limit: int | None = None
) -> list[Project]:
    """The projects begun by a day, in the order they were recorded."""
    begun = 'EXISTS (SELECT 1 FROM project_event e WHERE e.project_id = j.id AND e."on" <= :day)'
    rows = listed(
        registry, _PROJECTS, begun, order="j.id", org=org, limit=limit, day=on.isoformat()
    )
    return _projects(registry, rows)
