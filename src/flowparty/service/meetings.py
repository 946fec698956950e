"""Joint meetings: call the offices, say who came, decide, and learn of movements."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from flowparty.domain.errors import BadValue, Conflict
from flowparty.domain.meetings import (
    Decision,
    Meeting,
    check_attendance,
    check_done,
    check_held,
    check_office,
)
from flowparty.domain.needs import check_due
from flowparty.domain.orgs import check_alive
from flowparty.domain.text import clean_text
from flowparty.repository import meetings, needs
from flowparty.service import needs as need_steps
from flowparty.service.recorded import Recorded
from flowparty.service.sourced import learn as learn_of_movement

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from flowparty.domain.members import Member
    from flowparty.domain.movements import Movement
    from flowparty.domain.needs import Need
    from flowparty.domain.orgs import Org
    from flowparty.repository.registry import Registry


def add(
    registry: Registry,
    topic: str,
    offices: Sequence[Org],
    *,
    on: date,
    place: str | None,
    chair: str | None,
) -> Recorded[Meeting]:
    """Record a meeting, held or to be held, and the offices called to it.

    Said again with more offices, these are called too; a place or a chair is corrected.

    Raises:
        BadValue: no topic. Conflict: what is called is no office, or has ended.
    """
    title = clean_text(topic).strip()
    if not title:
        raise BadValue("meeting_topic_missing")
    with registry.write():
        for office in offices:
            check_office(office)
            check_alive(office, on)
        day = on.isoformat()
        known = [m for m in meetings.list_meetings(registry) if (m.on, m.topic) == (day, title)]
        given = {name: said for name, said in (("place", place), ("chair", chair)) if said}
        values = {"on": day, "topic": title, **given}
        number = known[0].id if known else meetings.add(registry, values)
        touched = not known or meetings.edit(registry, number, given)
        meeting = meetings.get(registry, number)
        fresh = [office for office in offices if meeting.office(office.id) is None]
        for office in fresh:
            meetings.call(registry, number, office.id)
        return Recorded(meetings.get(registry, number), repeated=not touched and not fresh)


def attend(
    registry: Registry,
    meeting: Meeting,
    office: Org,
    *,
    came: bool,
    person: str | None,
    today: date,
) -> Recorded[Meeting]:
    """Record whether an office came to a meeting, and who for it; an office not called is added.

    Raises:
        BadValue: somebody came for an office of which nobody came.
        Conflict: the meeting lies ahead, or what came is no office.
    """
    check_attendance(came=came, person=person)
    with registry.write():
        meeting = meetings.get(registry, meeting.id)
        check_held(meeting, today)
        check_office(office)
        if meeting.office(office.id) is None:
            meetings.call(registry, meeting.id, office.id)
        touched = meetings.attend(registry, meeting.id, office.id, came=came, person=person)
        return Recorded(meetings.get(registry, meeting.id), repeated=not touched)


def decide(
    registry: Registry,
    meeting: Meeting,
    text: str,
    owner: Org,
    *,
    due: date,
    need: Need | None,
    by: str | None,
    today: date,
) -> Recorded[Decision]:
    """Record a decision with its owner and date; one about a need is its assignment too.

    Raises:
        BadValue: nothing was decided, or it is due before the meeting.
        Conflict: the meeting lies ahead, the need is closed, or the owner has ended.
    """
    words = clean_text(text).strip()
    if not words:
        raise BadValue("decision_missing")
    on = date.fromisoformat(meeting.on)
    check_due(on, due)
    check_alive(owner, on)
    with registry.write():
        meeting = meetings.get(registry, meeting.id)
        check_held(meeting, today)
        values = {
            "need_id": None if need is None else need.id,
            "owner_id": owner.id,
            "text": words,
            "due": due.isoformat(),
        }
        for known in meetings.decisions(registry, meeting=meeting.id):
            if all(getattr(known, name) == value for name, value in values.items()):
                return Recorded(known, repeated=True)
        number = meetings.add_decision(registry, {"meeting_id": meeting.id, **values})
        if need is not None:
            need_steps.assign(
                registry, need, owner, on=on, due=due, ask=words, by=by, decision=number
            )
        return Recorded(meetings.decision(registry, number))


def done(
    registry: Registry, decision: Decision, *, on: date, note: str | None, by: str | None
) -> Recorded[Decision]:
    """Record that a decision was carried out; a need that still waits was acted on by that.

    Raises:
        BadValue: before it was made. Conflict: it was done on another day.
    """
    with registry.write():
        decision = meetings.decision(registry, decision.id)
        if (decision.done_on, decision.done_note) == (on.isoformat(), note):
            return Recorded(decision, repeated=True)
        check_done(decision, on)
        meetings.finish(registry, decision.id, on, note)
        if decision.need_id is not None:
            need = needs.get(registry, decision.need_id, on=on)
            last = need.events[-1].on if need.events else need.on
            if need.waiting_on(date.max) and last <= on.isoformat():
                words = note or decision.text
                need_steps.act(registry, need, on=on, text=words, by=by, decision=decision.id)
        return Recorded(meetings.decision(registry, decision.id))


def learn(
    registry: Registry, meeting: Meeting, member: Member, values: Mapping[str, Any], *, today: date
) -> Recorded[Movement]:
    """Correct a movement by what a meeting told; every fact keeps the meeting as its source.

    Raises:
        BadValue: nothing was told, or it contradicts the movement.
        Conflict: the meeting lies ahead, or the member has no open movement.
    """
    if not values:
        raise BadValue("meeting_nothing_learned")
    with registry.write():
        meeting = meetings.get(registry, meeting.id)
        check_held(meeting, today)
        if not meeting.offices:
            raise Conflict("meeting_without_office", meeting=meeting.label)
        on = date.fromisoformat(meeting.on)
        return learn_of_movement(registry, member, values, on=on, meeting=meeting.id, today=today)
