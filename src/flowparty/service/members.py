"""Members: register, correct, change from a day, end."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flowparty.domain.dates import PartialDate
from flowparty.domain.errors import BadValue
from flowparty.domain.identity import parse_id
from flowparty.domain.members import (
    Attribute,
    EndReason,
    check_dates,
    check_identity,
    require_living,
    taken_along,
)
from flowparty.domain.movements import State
from flowparty.domain.orgs import check_group, check_home
from flowparty.repository import members, movements, orgs
from flowparty.service.endings import end_what_is_held
from flowparty.service.leaving_out import bring_back
from flowparty.service.living import living
from flowparty.service.recorded import Recorded
from flowparty.service.returning import take_up, take_up_on, taken

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from flowparty.domain.ids import MemberId, OrgId
    from flowparty.domain.members import Member, NewMember
    from flowparty.domain.orgs import Org
    from flowparty.repository.registry import Registry


def register(
    registry: Registry,
    new: NewMember,
    *,
    branch: Org,
    category: str,
    standing: str | None,
    since: date | None,
    today: date,
) -> Recorded[Member]:
    """Record a person of a branch; typed at the keyboard, so contradictions are refused.

    Who is recorded as a guest, or as one whose membership ended, goes on in the same record.

    Args:
        registry: where.
        new: the person's facts.
        branch: whose member (or, for a guest, who looks after the person here).
        category: ``full`` or ``probationary``.
        standing: ``normal``, ``suspended``, or None where nobody knows.
        since: from which day branch, category and standing hold; None: since ever.
        today: the day of recording.

    Raises:
        BadValue: sex, birth date or the order of dates contradicts; who goes on lacks the day.
        Conflict: the identity number belongs to somebody recorded, or the branch has ended.
    """
    check_identity(new.id_number, new.sex, new.birth_date)
    check_dates(new.joined_on, new.full_member_on)
    with registry.write():
        check_home(branch, today)
        known = _known(registry, new, today)
        if known is None:
            member = enter(
                registry, new, branch=branch.id, category=category, standing=standing, since=since
            )
            return Recorded(members.get(registry, member, on=today))
        if known.name != new.name:
            raise taken(known)
        if not new.guest and (known.guest or known.ended_on is not None):
            return take_up(
                registry, known, new,
                branch=branch, category=category, standing=standing, since=since, today=today,
            )  # fmt: skip
        if known.branch_id == branch.id and known.ended_on is None and known.guest == new.guest:
            if known.again_on is not None and since not in (None, known.again):
                return take_up_on(registry, known, since, today=today)
            return Recorded(known, repeated=True)
        raise taken(known)


def _known(registry: Registry, new: NewMember, today: date) -> Member | None:
    """The record of a person that a new one would double, or with which it would go on.

    Whose membership ended in another office's book, or who is a guest there, is new in ours.
    """
    number = new.id_number.value
    known = members.by_id_number(registry, number, on=today)
    if known is None or (known.ended_on is None and known.guest <= new.guest):
        return known
    return members.by_id_number(registry, number, on=today, office=registry.office)


def enter(
    registry: Registry,
    new: NewMember,
    *,
    branch: OrgId,
    category: str | None,
    standing: str | None,
    since: date | None,
) -> MemberId:
    """Write a judged person with the dated values, inside the caller's write."""
    member = members.add(registry, new)
    members.set_state(registry, member, Attribute.BRANCH, branch, since)
    members.set_state(registry, member, Attribute.CATEGORY, category, since)
    members.set_state(registry, member, Attribute.STANDING, standing, since)
    return member


def edit(
    registry: Registry,
    member: Member,
    *,
    corrections: Mapping[str, Any],
    dated: Mapping[Attribute, OrgId | str | None],
    since: date | None,
    today: date,
) -> Recorded[Member]:
    """Correct facts in place, and let dated ones hold from a day on.

    A corrected number takes along the sex and the birth date that were taken from the old one.

    Args:
        registry: where.
        member: as it stands.
        corrections: the facts as judged values by column; the journal keeps what stood there.
        dated: branch, group, category or standing → the value from ``since`` on.
        since: the day of ``dated``; None: since ever (a correction of what was never so).
        today: the day of recording.

    Raises:
        BadValue: what is corrected contradicts the identity number or the order of dates.
        Conflict: membership has ended, the identity number is somebody else's, or the branch or
            group cannot hold members.
    """
    with registry.write():
        member = living(registry, member, on=today)
        if "id_number" in corrections:
            stored = parse_id(member.id_number.reveal(), today=today)
            born = _partial(member.birth_date)
            along = taken_along(stored, corrections["id_number"], member.sex, born)
            corrections = {**along, **corrections}
        _check_facts(registry, member, corrections, today)
        _check_places(registry, dated, since or today)
        touched = members.edit(registry, member.id, corrections) if corrections else False
        for attribute, value in dated.items():
            touched |= members.set_state(registry, member.id, attribute, value, since)
        return Recorded(members.get(registry, member.id, on=today), repeated=not touched)


def _check_facts(registry: Registry, member: Member, given: Mapping[str, Any], today: date) -> None:
    """Judge corrected facts beside those that stay; what an import kept as written may stay so."""
    if {"id_number", "sex", "birth_date"} & set(given):
        stored = parse_id(member.id_number.reveal(), today=today)
        check_identity(
            given.get("id_number", stored),
            given.get("sex", member.sex),
            given.get("birth_date", _partial(member.birth_date)),
        )
    if {"joined_on", "full_member_on"} & set(given):
        check_dates(
            given.get("joined_on", _partial(member.joined_on)),
            given.get("full_member_on", _partial(member.full_member_on)),
        )
    if "id_number" in given:
        other = members.by_id_number(registry, given["id_number"].value, on=today)
        if other is not None and other.id != member.id:
            raise taken(other)


def _partial(text: str | None) -> PartialDate | None:
    return None if text is None else PartialDate.from_iso(text)


def _check_places(
    registry: Registry, dated: Mapping[Attribute, OrgId | str | None], day: date
) -> None:
    branch, group = dated.get(Attribute.BRANCH), dated.get(Attribute.GROUP)
    if branch is not None:
        check_home(orgs.get(registry, branch), day)  # type: ignore[arg-type]
    if group is not None:
        check_group(orgs.get(registry, group), day)  # type: ignore[arg-type]


def end(
    registry: Registry,
    member: Member,
    reason: EndReason,
    *,
    on: date,
    note: str | None,
    today: date,
) -> Recorded[Member]:
    """End a membership on a day; what is open ends with it. The record stays.

    Raises:
        Conflict: it ended before, on another day or for another reason.
        BadValue: before the member went away, or came back to us.
    """
    with registry.write():
        member = members.get(registry, member.id, on=max(on, today))
        if member.ended_on is not None:
            if (member.ended_on, member.end_reason) == (on.isoformat(), reason):
                return Recorded(member, repeated=True)
            require_living(member)
        if member.again_on is not None and on.isoformat() < member.again_on:
            raise BadValue("member_end_before", member=member.name, on=on, again_on=member.again_on)
        movement = movements.open_of(registry, member.id, on=today)
        if movement is not None:
            if movement.left is not None and on < movement.left.first:
                raise BadValue("move_before_leaving", on=on, left_on=movement.left_on)
            outcome = State.TRANSFERRED if reason is EndReason.TRANSFERRED else State.ENDED
            movements.edit(registry, movement.id, {"ended_on": on.isoformat(), "outcome": outcome})
        end_what_is_held(registry, member.id, on)
        members.edit(
            registry,
            member.id,
            {"ended_on": on.isoformat(), "end_reason": reason, "end_note": note},
        )
        bring_back(registry, today=today)
        return Recorded(members.get(registry, member.id, on=max(on, today)))
