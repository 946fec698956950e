"""Projects brought home: recorded once, then said how they stand."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flowparty.domain.errors import BadValue, Conflict
from flowparty.domain.projects import Kind, Project, ProjectEvent, State, check_event
from flowparty.domain.text import clean_text
from flowparty.repository import projects
from flowparty.service.living import living
from flowparty.service.recorded import Recorded

if TYPE_CHECKING:
    from datetime import date

    from flowparty.domain.ids import ProjectId
    from flowparty.domain.members import Member
    from flowparty.domain.orgs import Org
    from flowparty.repository.registry import Registry


@dataclass(frozen=True, slots=True)
class Standing:
    """How a project stands from a day on; None where nothing changed. Money in fen."""

    on: date
    state: State | None = None
    amount_fen: int | None = None
    jobs: int | None = None
    text: str | None = None


def add(
    registry: Registry,
    name: str,
    member: Member,
    org: Org,
    kind: Kind,
    first: Standing,
    *,
    investor: str | None,
) -> Recorded[Project]:
    """Record a project, who brought it home, and how it stands.

    Raises:
        BadValue: no name. Conflict: a project with this name differs, or membership has ended.
    """
    title = clean_text(name).strip()
    if not title:
        raise BadValue("project_name_missing")
    with registry.write():
        member = living(registry, member, on=first.on)
        known = projects.by_name(registry, title)
        begun = (first.state or State.PLANNED, first.amount_fen or 0, first.jobs or 0)
        if known is not None:
            facts = (known.member_id, known.org_id, known.kind, known.investor)
            start = ProjectEvent(known.id, first.on.isoformat(), *begun, first.text)
            if facts == (member.id, org.id, kind, investor) and known.events[0] == start:
                return Recorded(known, repeated=True)
            raise Conflict("project_exists", project=title, label=known.label)
        number = projects.add(
            registry,
            {
                "member_id": member.id,
                "org_id": org.id,
                "name": title,
                "kind": kind,
                "investor": investor,
            },
        )
        _write(registry, number, first, *begun)
        return Recorded(projects.get(registry, number))


def update(registry: Registry, project: Project, now: Standing) -> Recorded[Project]:
    """Record how a project stands from a day on; what is not said stays as it was.

    Raises:
        BadValue: before the last thing known, or nothing is said.
        Conflict: it was stopped, or would go backwards.
    """
    if (now.state, now.amount_fen, now.jobs, now.text) == (None, None, None, None):
        raise BadValue("project_nothing")
    with registry.write():
        project = projects.get(registry, project.id)
        last = project.events[-1]
        state = now.state or last.state
        amount = last.amount_fen if now.amount_fen is None else now.amount_fen
        jobs = last.jobs if now.jobs is None else now.jobs
        event = ProjectEvent(project.id, now.on.isoformat(), state, amount, jobs, now.text)
        if event in project.events:
            return Recorded(project, repeated=True)
        check_event(project, state, now.on)
        _write(registry, project.id, now, state, amount, jobs)
        return Recorded(projects.get(registry, project.id))


def _write(
    registry: Registry,
    project: ProjectId,
    said: Standing,
    state: State,
    amount_fen: int,
    jobs: int,
) -> None:
    projects.add_event(
        registry,
        {
            "project_id": project,
            "on": said.on.isoformat(),
            "state": state,
            "amount_fen": amount_fen,
            "jobs": jobs,
            "text": said.text,
        },
    )
