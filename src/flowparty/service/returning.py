"""Membership that goes on: a guest who joins, somebody who comes back, a wrong end taken back.

One person is one record, so what was before stays in it as dated memberships.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from flowparty.domain.errors import BadValue, Conflict
from flowparty.domain.lost import DecisionKind
from flowparty.domain.members import GUEST, OURS, Attribute, EndReason, require_living
from flowparty.domain.movements import Direction, State, check_ending
from flowparty.domain.transfers import Outcome
from flowparty.repository import (
    conflicts,
    doubles,
    endings,
    left_out,
    lost,
    members,
    movements,
    transfers,
)
from flowparty.service.recorded import Recorded

if TYPE_CHECKING:
    from typing import Any

    from flowparty.domain.ids import OrgId
    from flowparty.domain.members import Member, NewMember
    from flowparty.domain.orgs import Org
    from flowparty.repository.registry import Registry

_TYPED = ("ethnicity", "education", "joined_on", "full_member_on", "post", "mobile", "landline",
          "address", "remark")  # fmt: skip


def take_up(
    registry: Registry,
    known: Member,
    new: NewMember,
    *,
    branch: Org,
    category: str,
    standing: str | None,
    since: date | None,
    today: date,
) -> Recorded[Member]:
    """Let a guest, or somebody whose membership had ended, be ours from a day on.

    Days before it, and closed months, stay as they were. A guest's stay ends with that day; what
    is typed of the person now counts.

    Args:
        registry: where; inside the caller's write.
        known: the person as recorded.
        new: what is typed now.
        branch: whose member from now on.
        category: ``full`` or ``probationary``.
        standing: ``normal``, ``suspended``, or None where nobody knows.
        since: the first day.
        today: the day of recording.

    Raises:
        BadValue: no day, or one that is not after what it follows.
        Conflict: the person has died.
    """
    first = _first_day(known, since)
    if known.guest:
        members.set_state(registry, known.id, Attribute.MEMBERSHIP, GUEST, None)
        _end_stay(registry, known, first, today)
    if known.ended_on is not None:
        over = date.fromisoformat(known.ended_on)
        members.set_state(registry, known.id, Attribute.MEMBERSHIP, known.end_reason, over)
    dated: dict[Attribute, OrgId | str | None] = {
        Attribute.MEMBERSHIP: OURS,
        Attribute.BRANCH: branch.id,
        Attribute.GROUP: None,
        Attribute.CATEGORY: category,
        Attribute.STANDING: standing,
    }
    for attribute, value in dated.items():
        members.set_state(registry, known.id, attribute, value, first)
    said = {name: getattr(new, name) for name in _TYPED}
    facts: dict[str, Any] = {name: value for name, value in said.items() if value is not None}
    now = {"guest": 0, "ended_on": None, "end_reason": None, "end_note": None}
    members.edit(registry, known.id, facts | now)
    return Recorded(members.get(registry, known.id, on=max(first, today)))


def _first_day(known: Member, since: date | None) -> date:
    if known.end_reason == EndReason.DIED:
        require_living(known)
    if since is None:
        raise BadValue("member_again_day", member=known.name, label=known.label)
    if known.ended_on is not None and since.isoformat() <= known.ended_on:
        raise BadValue("member_again_early", member=known.name, on=since, ended_on=known.ended_on)
    return since


def take_up_on(registry: Registry, known: Member, first: date, *, today: date) -> Recorded[Member]:
    """Correct the day from which a membership goes on; all that began with it moves along.

    Raises:
        BadValue: it is not after the end that it follows, or before a guest came.
    """
    wrong, day = str(known.again_on), first.isoformat()
    ended = members.get(registry, known.id, on=known.again - timedelta(1)).ended_on
    if ended is not None and day <= ended:
        raise BadValue("member_again_early", member=known.name, on=first, ended_on=ended)
    for row in members.states_from(registry, known.id, wrong):
        registry.update("member_state", row, {"since": day})
    for stay in movements.of_member(registry, known.id, on=today):
        if (stay.direction, stay.ended_on) == (Direction.IN, wrong):
            check_ending(stay, State.TRANSFERRED, first)
            movements.edit(registry, stay.id, {"ended_on": day})
    return Recorded(members.get(registry, known.id, on=max(first, today)))


def _end_stay(registry: Registry, guest: Member, on: date, today: date) -> None:
    stay = movements.open_of(registry, guest.id, on=today)
    if stay is not None:
        check_ending(stay, State.TRANSFERRED, on)
        values = {"ended_on": on.isoformat(), "outcome": State.TRANSFERRED}
        movements.edit(registry, stay.id, values)


def reopen(registry: Registry, member: Member, *, today: date, reason: str) -> Recorded[Member]:
    """Take back the end of a membership that was recorded by mistake, and all that ended with it.

    The journal keeps both; closed months are corrected by themselves. Where an office below counts
    the person meanwhile, that is a conflict of the two from now on.

    Raises:
        Conflict: a document stands behind the end, or the end is another office's, or of a
            conflict that was settled.
    """
    with registry.write(reason):
        member = members.get(registry, member.id, on=date.max)
        if member.ended_on is None:
            return Recorded(members.get(registry, member.id, on=today), repeated=True)
        _require_mistake(registry, member)
        for entity, row, values in endings.to_take_back(registry, member.id):
            registry.update(entity, row, values)
        for pair in doubles.untold(registry, "person", [registry.office]):
            conflicts.add(registry, {**pair, "package": "", "on": today.isoformat()})
        return Recorded(members.get(registry, member.id, on=today))


def _require_mistake(registry: Registry, member: Member) -> None:
    """Refuse what is no slip of our own: a letter, a decision, a settlement, another's word."""
    if left_out.of_member(registry, member.id) is not None:
        raise Conflict("member_left_out", member=member.name)
    if endings.received(registry, member.id):
        raise Conflict("member_ended_there", member=member.name, branch=member.branch)
    papers = [
        letter.number
        for letter in transfers.of_member(registry, member.id)
        if (letter.outcome, letter.ended_on) == (Outcome.RECEIVED, member.ended_on)
    ] + [
        decision.document
        for decision in lost.decisions(registry, on=date.max, member=member.id)
        if (decision.kind, decision.on) == (DecisionKind.REMOVE, member.ended_on)
    ]
    if papers:
        raise Conflict(
            "member_end_documented", member=member.name, label=member.label, document=papers[0]
        )


def taken(known: Member) -> Conflict:
    """The refusal of an identity number that is somebody's already."""
    return Conflict(
        "id_exists",
        member=known.name,
        label=known.label,
        branch=known.branch,
        ended_on=known.ended_on,
    )
