"""Projects that members brought home (引进发展项目): how each stands, its money and its jobs."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from flowparty.domain.errors import BadValue, Conflict

if TYPE_CHECKING:
    from datetime import date

    from flowparty.domain.ids import MemberId, OrgId, ProjectId


class Kind(StrEnum):
    """What sort of project it is."""

    PLANTING = "planting"
    HUSBANDRY = "husbandry"
    PROCESSING = "processing"
    COMMERCE = "commerce"
    TOURISM = "tourism"
    SERVICES = "services"
    PUBLIC_WORKS = "public_works"
    OTHER = "other"


class State(StrEnum):
    """How far it has come; the order is the way forward."""

    PLANNED = "planned"
    AGREED = "agreed"
    BUILDING = "building"
    RUNNING = "running"
    STOPPED = "stopped"


_ORDER = list(State)


@dataclass(frozen=True, slots=True)
class ProjectEvent:
    """How a project stands from a day on: its investment so far in fen, its jobs."""

    project_id: ProjectId
    on: str
    state: State
    amount_fen: int
    jobs: int
    text: str | None


@dataclass(frozen=True, slots=True)
class Project:
    """One project with everything that was said of it, oldest first."""

    id: ProjectId
    name: str
    member_id: MemberId
    member: str
    org_id: OrgId
    org: str
    kind: str
    investor: str | None
    events: tuple[ProjectEvent, ...]

    @property
    def label(self) -> str:
        """``J3``: how a command names it."""
        return f"J{self.id}"

    def on(self, day: date) -> ProjectEvent | None:
        """How it stands at the end of a day; None before it began."""
        past = [event for event in self.events if event.on <= day.isoformat()]
        return past[-1] if past else None


def check_event(project: Project, state: State, on: date) -> None:
    """Refuse what lies before the last thing known, goes backwards, or follows the end.

    Raises:
        BadValue: ``project_before``. Conflict: ``project_stopped``, ``project_backwards``.
    """
    last = project.events[-1]
    if on.isoformat() < last.on:
        raise BadValue("project_before", project=project.name, on=on, last=last.on)
    if last.state is State.STOPPED:
        raise Conflict("project_stopped", project=project.name, on=last.on)
    if _ORDER.index(state) < _ORDER.index(last.state):
        raise Conflict("project_backwards", project=project.name, state=last.state, given=state)
