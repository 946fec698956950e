"""Joint meetings with other offices (联席工作制度): who came, what was decided, by when."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flowparty.domain.errors import BadValue, Conflict
from flowparty.domain.orgs import OrgKind

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from flowparty.domain.ids import DecisionId, MeetingId, MemberId, NeedId, OrgId
    from flowparty.domain.movements import Movement
    from flowparty.domain.needs import Need
    from flowparty.domain.orgs import Org

FEW = 3
"""A count under this is not told to another office: it would name somebody [design, section 7]."""


@dataclass(frozen=True, slots=True)
class Attendance:
    """One office called to a meeting; ``came`` is None until somebody says."""

    meeting_id: MeetingId
    org_id: OrgId
    org: str
    came: bool | None
    person: str | None


@dataclass(frozen=True, slots=True)
class Decision:
    """What a meeting decided: whose work it is and by when; often about one need."""

    id: DecisionId
    meeting_id: MeetingId
    on: str
    topic: str
    need_id: NeedId | None
    owner_id: OrgId
    owner: str
    text: str
    due: str
    done_on: str | None
    done_note: str | None

    @property
    def label(self) -> str:
        """``D3``: how a command names it."""
        return f"D{self.id}"

    def open_on(self, day: date) -> bool:
        """Whether it had been made and was not carried out by the end of a day."""
        at = day.isoformat()
        return self.on <= at and (self.done_on is None or self.done_on > at)

    def overdue_on(self, day: date) -> bool:
        """Whether the due day has passed and it was not done by then."""
        late = self.due < day.isoformat()
        return late and (self.done_on is None or self.done_on > day.isoformat())


@dataclass(frozen=True, slots=True)
class Meeting:
    """One meeting with the offices called."""

    id: MeetingId
    on: str
    topic: str
    place: str | None
    chair: str | None
    offices: tuple[Attendance, ...]

    @property
    def label(self) -> str:
        """``G2``: how a command names it."""
        return f"G{self.id}"

    def office(self, org: OrgId) -> Attendance | None:
        """The attendance of one office; None if it was not called."""
        return next((one for one in self.offices if one.org_id == org), None)


@dataclass(frozen=True, slots=True)
class AgendaItem:
    """One line of an agenda: a person, what is known, what the office is asked; nothing more."""

    member_id: MemberId
    member: str
    branch: str | None
    known: str
    asked: str
    due: str | None


@dataclass(frozen=True, slots=True)
class Agenda:
    """What one office is to be asked; ``withheld`` matters are told to its people in person."""

    needs: tuple[AgendaItem, ...]
    movements: tuple[AgendaItem, ...]
    withheld: int

    @property
    def withheld_shown(self) -> int | None:
        """The count as another office may see it: None under three."""
        return self.withheld if self.withheld >= FEW else None


UNEXPLAINED = ("left_on", "destination", "arrived")
"""What can be missing of a movement that another office may know."""


def unexplained(movement: Movement) -> tuple[str, ...]:
    """What nobody knows of a movement: since when, where, or whether anybody took it up there."""
    missing = {
        "left_on": movement.left_on is None,
        "destination": movement.destination_code is None,
        "arrived": movement.arrived_on is None and movement.host_org is None,
    }
    return tuple(name for name in UNEXPLAINED if missing[name])


def on_agenda(need: Need, office: OrgId, day: date) -> bool:
    """Whether a need is this office's to answer on a day."""
    assigned = need.assignment(day)
    return need.waiting_on(day) and assigned is not None and assigned.org_id == office


def check_office(org: Org) -> None:
    """Refuse to ask an organization that is no office of the government or the town.

    Raises:
        Conflict: ``meeting_not_office``.
    """
    if org.kind is not OrgKind.OFFICE:
        raise Conflict("meeting_not_office", name=org.name, kind=org.kind)


def check_attendance(*, came: bool, person: str | None) -> None:
    """Refuse somebody who came for an office of which nobody came.

    Raises:
        BadValue: ``meeting_absent_person``.
    """
    if not came and person is not None:
        raise BadValue("meeting_absent_person", person=person)


def check_held(meeting: Meeting, today: date) -> None:
    """Refuse minutes of a meeting that has not been held.

    Raises:
        Conflict: ``meeting_ahead``.
    """
    if meeting.on > today.isoformat():
        raise Conflict("meeting_ahead", meeting=meeting.label, on=meeting.on)


def check_done(decision: Decision, on: date) -> None:
    """Refuse to report a decision done before it was made, or a second time.

    Raises:
        BadValue: ``decision_before``. Conflict: ``decision_done``.
    """
    if on.isoformat() < decision.on:
        raise BadValue("decision_before", decision=decision.label, on=on, decided=decision.on)
    if decision.done_on is not None:
        raise Conflict("decision_done", decision=decision.label, on=decision.done_on)


def names(people: Sequence[Attendance]) -> str:
    """Who came, office by office, as minutes have it."""
    came = [one for one in people if one.came]
    return "、".join(one.org + (f"（{one.person}）" if one.person else "") for one in came)
