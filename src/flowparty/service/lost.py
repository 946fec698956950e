"""Lost contact, decisions about memberships, and hardship: listed by dates, decided by people."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from flowparty.domain.errors import BadValue, Conflict
from flowparty.domain.lost import (
    STANDING_AFTER,
    Candidate,
    DecisionKind,
    Hardship,
    MemberDecision,
    check_decision,
    check_term,
    judge,
)
from flowparty.domain.members import Attribute, EndReason
from flowparty.domain.text import clean_text
from flowparty.repository import lost, members, settings
from flowparty.service import members as memberships
from flowparty.service.living import living
from flowparty.service.recorded import Recorded

if TYPE_CHECKING:
    from flowparty.domain.ids import OrgId
    from flowparty.domain.members import Member
    from flowparty.repository.registry import Registry


def candidates(registry: Registry, *, on: date, org: OrgId | None = None) -> list[Candidate]:
    """Whose dates make a candidate on a day, those without any date included, longest first."""
    force = settings.load(registry)
    judged = (
        judge(clock, on, force.lost_months, force.removal_years)
        for clock in lost.clocks(registry, on=on, org=org)
    )
    found = [candidate for candidate in judged if candidate is not None]
    return sorted(found, key=lambda one: (one.since is None, one.since or on))


def decide(
    registry: Registry,
    member: Member,
    kind: DecisionKind,
    *,
    on: date,
    document: str,
    by: str,
    text: str | None,
    today: date,
) -> Recorded[MemberDecision]:
    """Record what people decided about a membership: its standing changes, or it ends.

    Raises:
        BadValue: no document, nobody decided it, or it lies before the last decision.
        Conflict: the membership's standing does not allow it, or it has ended.
    """
    paper, who = clean_text(document).strip(), clean_text(by).strip()
    if not paper or not who:
        raise BadValue("decision_undocumented")
    with registry.write():
        made = lost.decisions(registry, on=date.max, member=member.id)
        for known in made:
            if (known.kind, known.on, known.document) == (kind, on.isoformat(), paper):
                return Recorded(known, repeated=True)
        member = living(registry, members.get(registry, member.id, on=on), on=on)
        if member.guest:
            raise Conflict("decision_guest", member=member.name)
        check_decision(member, kind, on, made[-1].on if made else None)
        values = {
            "member_id": member.id,
            "kind": kind,
            "on": on.isoformat(),
            "document": paper,
            "by": who,
            "text": text,
        }
        decision = lost.add_decision(registry, values, on=on)
        if kind is DecisionKind.REMOVE:
            memberships.end(registry, member, EndReason.REMOVED, on=on, note=paper, today=today)
        else:
            standing = STANDING_AFTER[kind]
            members.set_state(registry, member.id, Attribute.STANDING, standing, on)
        return Recorded(decision)


def recognise(
    registry: Registry,
    member: Member,
    *,
    since: date,
    until: date,
    by: str,
    text: str | None,
) -> Recorded[Hardship]:
    """Record that a member is recognized as in hardship, by whom and until when.

    Raises:
        BadValue: nobody recognized it, or it ends before it begins.
        Conflict: another recognition is in force then, or membership has ended.
    """
    who = clean_text(by).strip()
    if not who:
        raise BadValue("hardship_by_missing")
    check_term(since, until)
    with registry.write():
        member = living(registry, member, on=since)
        for known in lost.list_hardship(registry, on=until, member=member.id):
            if (known.since, known.until, known.by) == (
                since.isoformat(),
                until.isoformat(),
                who,
            ):
                return Recorded(known, repeated=True)
            if not known.over_on(since):
                last = known.ended_on or known.until
                raise Conflict(
                    "hardship_in_force", member=member.name, since=known.since, until=last
                )
        number = lost.add_hardship(
            registry,
            {
                "member_id": member.id,
                "since": since.isoformat(),
                "until": until.isoformat(),
                "by": who,
                "text": text,
            },
        )
        return Recorded(lost.hardship(registry, number, on=since))


def end_hardship(
    registry: Registry, member: Member, *, on: date, note: str | None
) -> Recorded[Hardship]:
    """End a recognition before its time.

    Raises:
        Conflict: none is in force on that day.
    """
    with registry.write():
        known = lost.list_hardship(registry, on=on, member=member.id)
        for hardship in known:
            if hardship.ended_on == on.isoformat():
                return Recorded(hardship, repeated=True)
            if hardship.holds_on(on):
                values = {"ended_on": on.isoformat(), "end_note": note}
                lost.end_hardship(registry, hardship.id, values)
                return Recorded(lost.hardship(registry, hardship.id, on=on))
        raise Conflict("hardship_none", member=member.name, on=on)
