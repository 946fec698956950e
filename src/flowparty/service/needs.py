"""Needs: raised, assigned, acted on, answered, closed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from flowparty.domain.errors import BadValue, Conflict, NotFound
from flowparty.domain.needs import (
    NOTHING,
    SECTION_KINDS,
    Kind,
    Need,
    NeedEvent,
    Result,
    State,
    Step,
    check_due,
    check_step,
)
from flowparty.domain.orgs import check_alive
from flowparty.domain.text import clean_text
from flowparty.repository import aid, contacts, members, needs
from flowparty.service.living import living
from flowparty.service.recorded import Recorded
from flowparty.service.surveys import find_section

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from flowparty.domain.aid import Grant
    from flowparty.domain.ids import DecisionId
    from flowparty.domain.members import Member
    from flowparty.domain.orgs import Org
    from flowparty.domain.surveys import Round
    from flowparty.repository.registry import Registry


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a need comes from: a survey answer, a contact, or (both None) by hand."""

    on: date
    text: str
    answer_id: int | None = None
    contact_id: int | None = None


def add(registry: Registry, member: Member, kind: Kind, origin: Origin) -> Recorded[Need]:
    """Raise a need.

    Raises:
        BadValue: no words. Conflict: membership has ended.
    """
    said = clean_text(origin.text).strip()
    if not said:
        raise BadValue("need_text_missing")
    with registry.write():
        member = living(registry, member, on=origin.on)
        for known in needs.list_needs(registry, on=origin.on, member=member.id):
            if _same(known, kind, said, origin):
                return Recorded(known, repeated=True)
        number = needs.add(
            registry,
            {
                "member_id": member.id,
                "on": origin.on.isoformat(),
                "kind": kind,
                "text": said,
                "answer_id": origin.answer_id,
                "contact_id": origin.contact_id,
            },
        )
        return Recorded(needs.get(registry, number, on=origin.on))


def _same(known: Need, kind: Kind, said: str, origin: Origin) -> bool:
    """Whether a need was raised before: that day, by that answer, or by another sheet's answer.

    A person asked twice says the same again; that is one need until it is closed.
    """
    if (known.kind, known.text) != (kind, said):
        return origin.answer_id is not None and known.answer_id == origin.answer_id
    asked_again = None not in (known.answer_id, origin.answer_id)
    waiting = known.state_on(date.max) is not State.CLOSED
    return known.on == origin.on.isoformat() or (asked_again and waiting)


def from_answers(
    registry: Registry,
    the_round: Round,
    section: str,
    *,
    member: Member | None = None,
    today: date,
) -> list[tuple[Member, Kind, Origin]]:
    """The needs that the answers to a section raise; all that were raised before among them.

    Answers that ask for nothing (无 …) raise none, nor, unless one is named, do people whose
    membership has ended. Reads only.

    Raises:
        NotFound: the person gave no answer to that section. BadValue: no such section.
    """
    found: list[tuple[Member, Kind, Origin]] = []
    asked = find_section(registry, the_round, section).name
    whose = None if member is None else member.id
    answers = needs.answers(registry, the_round.id, asked, member=whose)
    if member is not None and not answers:
        raise NotFound("need_no_answer", member=member.name, section=asked)
    kind = SECTION_KINDS.get(asked, Kind.SUGGESTION)
    for given in answers:
        person = members.get(registry, given["member_id"], on=today)
        asked_for = member is not None or person.ended_on is None
        if given["said"] not in NOTHING and asked_for:
            on = date.fromisoformat(given["on"])
            found.append((person, kind, Origin(on, given["said"], answer_id=given["id"])))
    return found


def from_answer(
    registry: Registry,
    the_round: Round,
    section: str,
    member: Member,
    kind: Kind | None,
    text: str | None,
    *,
    today: date,
) -> tuple[Kind, Origin]:
    """The one need that a person's answers to a section raise; ``text`` says which of several.

    Raises:
        NotFound: no answer to that section, or none with these words.
        BadValue: it asks for nothing. Conflict: several answers ask for something.
    """
    raised = from_answers(registry, the_round, section, member=member, today=today)
    meant = [one for one in raised if text in (None, one[2].text)]
    if not meant and raised:
        raise NotFound("need_answer_other", member=member.name, section=section)
    if not meant:
        raise BadValue("need_answer_nothing", member=member.name, section=section)
    if len(meant) > 1:
        raise Conflict(
            "need_answers_several", member=member.name, section=section, count=str(len(meant))
        )
    return kind or meant[0][1], meant[0][2]


def from_contact(registry: Registry, member: Member, on: date, text: str | None) -> Origin:
    """The need that a contact of a day raised; its notes are the words unless others are given.

    Raises:
        NotFound: there was no contact with the member on that day.
    """
    made = contacts.list_contacts(registry, on=on, since=on, member=member.id)
    if not made:
        raise NotFound("need_no_contact", member=member.name, on=on)
    return Origin(on, text or made[0].notes or "", contact_id=made[0].id)


def gather(
    registry: Registry, raised: Iterable[tuple[Member, Kind, Origin]]
) -> list[Recorded[Need]]:
    """Raise many needs in one write; those raised before stay as they are."""
    with registry.write():
        return [add(registry, member, kind, origin) for member, kind, origin in raised]


def _step(
    registry: Registry,
    need: Need,
    step: Step,
    on: date,
    values: Mapping[str, Any],
    *,
    result: Result | None = None,
) -> Recorded[NeedEvent]:
    """Write one step unless exactly this stands there already."""
    with registry.write():
        need = needs.get(registry, need.id, on=on)
        content = {"on": on.isoformat(), **values}
        for known in need.events:
            if known.kind is step and all(getattr(known, k) == v for k, v in content.items()):
                return Recorded(known, repeated=True)
        check_step(need, step, on, result)
        return Recorded(needs.add_event(registry, need.id, step, content))


def assign(
    registry: Registry,
    need: Need,
    office: Org,
    *,
    on: date,
    due: date,
    ask: str,
    by: str | None,
    decision: DecisionId | None = None,
) -> Recorded[NeedEvent]:
    """Assign a need to an office: what it is asked, in words that its agenda may carry.

    Raises:
        BadValue: due before it is asked, or nothing is asked.
        Conflict: it is closed, or the office has ended.
    """
    asked = clean_text(ask).strip()
    if not asked:
        raise BadValue("need_ask_missing")
    check_due(on, due)
    check_alive(office, on)
    values = {"org_id": office.id, "due": due.isoformat(), "text": asked, "by": by}
    return _step(registry, need, Step.ASSIGN, on, {**values, "decision_id": decision})


def act(
    registry: Registry,
    need: Need,
    *,
    on: date,
    text: str | None,
    by: str | None,
    grant: Grant | None = None,
    decision: DecisionId | None = None,
) -> Recorded[NeedEvent]:
    """Record what was done about a need; ``grant`` is the aid it was given.

    Raises:
        BadValue: nothing is said.
        Conflict: the aid is another member's or was reversed, or no office has the need.
    """
    if not text and grant is None:
        raise BadValue("need_text_missing")
    values = {
        "text": text,
        "by": by,
        "grant_id": None if grant is None else grant.id,
        "decision_id": decision,
    }
    with registry.write():
        if grant is not None:
            _check_aid(need, aid.get_grant(registry, grant.id, on=on))
        return _step(registry, need, Step.ACT, on, values)


def _check_aid(need: Need, grant: Grant) -> None:
    if grant.member_id != need.member_id:
        raise Conflict("need_other_member", need=need.label, grant=grant.label)
    if grant.reversed_on is not None:
        raise Conflict("aid_grant_reversed", grant=grant.label, on=grant.reversed_on)


def reply(
    registry: Registry, need: Need, *, on: date, text: str, by: str | None
) -> Recorded[NeedEvent]:
    """Record what the member was answered.

    Raises:
        BadValue: nothing is said. Conflict: no office has it.
    """
    said = clean_text(text).strip()
    if not said:
        raise BadValue("need_text_missing")
    return _step(registry, need, Step.ANSWER, on, {"text": said, "by": by})


def close(
    registry: Registry,
    need: Need,
    result: Result,
    *,
    on: date,
    text: str | None,
    by: str | None,
) -> Recorded[NeedEvent]:
    """Close a need with its outcome; the member must have been answered, or have withdrawn it.

    Raises:
        Conflict: the member was not answered yet, or it is closed.
    """
    values = {"result": result, "text": text, "by": by}
    return _step(registry, need, Step.CLOSE, on, values, result=result)
