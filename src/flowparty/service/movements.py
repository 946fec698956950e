"""Movements: going away, coming here, arriving, and every ending."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from flowparty.domain.dates import PartialDate
from flowparty.domain.errors import BadValue, Conflict, NotFound
from flowparty.domain.members import require_living
from flowparty.domain.movement_ends import began_then, check_end, last_ended, never_went
from flowparty.domain.movements import (
    Direction,
    Movement,
    NewMovement,
    State,
    check_apart,
    check_arrival,
    check_ending,
    check_out,
)
from flowparty.domain.onward import before, check_onward
from flowparty.repository import members, movements
from flowparty.service.living import living
from flowparty.service.recorded import Recorded

if TYPE_CHECKING:
    from collections.abc import Mapping

    from flowparty.domain.members import Member
    from flowparty.repository.registry import Registry


def begin(
    registry: Registry, member: Member, new: NewMovement, *, today: date
) -> Recorded[Movement]:
    """Record that a member went away, or that a guest came.

    Raises:
        Conflict: the member has an open movement, or one that was not over by then; membership has
            ended, a guest goes out or one of our own comes in.
    """
    with registry.write():
        member = living(registry, member, on=today)
        _check_side(member, new.direction)
        known = movements.open_of(registry, member.id, on=today)
        if known is not None and _same(known, new):
            return Recorded(known, repeated=True)
        check_out(known)
        check_apart(new.left_on, movements.of_member(registry, member.id, on=today))
        number = movements.add(registry, member.id, new)
        return Recorded(movements.get(registry, number, on=today))


def add_past(
    registry: Registry, member: Member, new: NewMovement, *, back: date, today: date
) -> Movement:
    """Record a movement that is over: who left then came home on ``back``.

    Raises:
        Conflict: as :func:`begin`, but another one may be open that began later.
        BadValue: ``move_before_leaving``.
    """
    with registry.write():
        member = living(registry, member, on=today)
        _check_side(member, new.direction)
        if new.left_on is not None and back < new.left_on.first:
            raise BadValue("move_before_leaving", on=back, left_on=str(new.left_on))
        others = movements.of_member(registry, member.id, on=today)
        check_apart(new.left_on, others, ended_on=back.isoformat())
        number = movements.add(registry, member.id, new, returned_on=back)
        return movements.get(registry, number, on=today)


def _check_side(member: Member, direction: Direction) -> None:
    if member.guest and direction is Direction.OUT:
        raise Conflict("move_guest_out", member=member.name)
    if not member.guest and direction is Direction.IN:
        raise Conflict("move_own_in", member=member.name)


def _same(known: Movement, new: NewMovement) -> bool:
    left = None if new.left_on is None else str(new.left_on)
    return (known.left_on, known.destination_code, known.destination_text) == (
        left,
        new.destination_code,
        new.destination_text,
    )


def correct(
    registry: Registry, member: Member, values: Mapping[str, Any], *, today: date
) -> Recorded[Movement]:
    """Correct or complete the open movement; the journal keeps what stood there.

    Args:
        registry: where.
        member: who is away, or the guest.
        values: facts by column; ``left_on`` as a ``PartialDate``, None for an unknown day.
        today: the day of recording.

    Raises:
        Conflict: the member has no open movement, or had left before another one was over.
        BadValue: the member would have left after arriving.
    """
    with registry.write():
        return _correct(registry, _open(registry, member, today), values, today)


def correct_ended(
    registry: Registry,
    member: Member,
    values: Mapping[str, Any],
    *,
    began: str | None = None,
    today: date,
) -> Recorded[Movement]:
    """Correct a movement that may be over: its end, or any other fact.

    Args:
        registry: where.
        member: who was away, or the guest.
        values: as for :func:`correct`; ``ended_on`` None: it is not over, its end was a mistake.
        began: when the movement began, as recorded, empty for an unknown day; None: the one that
            ended last is meant.
        today: the day of recording.

    Raises:
        NotFound: ``move_none_ended``, ``move_none_began``.
        Conflict, BadValue: its end stands with the membership's, or the days allow it not.
    """
    with registry.write():
        member = members.get(registry, member.id, on=today)
        movement = _meant(registry, member, began, today)
        if "ended_on" not in values:
            return _correct(registry, movement, values, today)
        end = values["ended_on"]
        check_end(movement, end)
        if member.ended_on is not None and (end is None or str(end) > member.ended_on):
            require_living(member)
        opened = {"outcome": None, "end_note": None} if end is None else {}
        return _correct(registry, movement, {**values, **opened}, today)


def _meant(registry: Registry, member: Member, began: str | None, today: date) -> Movement:
    past = movements.of_member(registry, member.id, on=today)
    found = last_ended(past) if began is None else began_then(past, began)
    if found is not None:
        return found
    who = {"member": member.name, "label": member.label}
    if began is None:
        raise NotFound("move_none_ended", **who)
    raise NotFound("move_none_began", **who, on=began or "不详")


def _correct(
    registry: Registry, movement: Movement, values: Mapping[str, Any], today: date
) -> Recorded[Movement]:
    left = values.get("left_on", movement.left)
    arrived = values.get("arrived_on", movement.arrived_on)
    ended = _stored(values.get("ended_on", movement.ended_on))
    for later in (arrived, ended):
        if left is not None and later is not None and later < left.first.isoformat():
            raise BadValue("move_before_leaving", on=later, left_on=str(left))
    if (left, ended) != (movement.left, movement.ended_on):
        past = movements.of_member(registry, movement.member_id, on=today)
        if left != movement.left and before(movement, past) is not None:
            raise Conflict("move_continued", member=movement.member, on=movement.left_on)
        others = [other for other in past if other.id != movement.id]
        check_apart(left, others, ended_on=ended)
    stored = {name: _stored(value) for name, value in values.items()}
    touched = movements.edit(registry, movement.id, stored) if stored else False
    return Recorded(movements.get(registry, movement.id, on=today), repeated=not touched)


def _stored(value: Any) -> Any:
    return str(value) if isinstance(value, PartialDate | date) else value


def move_on(
    registry: Registry, member: Member, values: Mapping[str, Any], *, on: date, today: date
) -> Recorded[Movement]:
    """Record that who is away went on to another place on a day: the months away run on.

    Args:
        registry: where.
        member: who is away.
        values: the facts of the new place by column; the reason and the work stay unless given.
        on: the first day there.
        today: the day of recording.

    Raises:
        Conflict: nobody is away; a guest. BadValue: before arriving or on the first day away.
    """
    with registry.write():
        movement = _open(registry, member, today)
        _check_side(member, Direction.OUT)
        stays = {"reason": movement.reason, "occupation": movement.occupation}
        new = NewMovement(Direction.OUT, PartialDate.of(on), **{**stays, **values})
        if movement.left_on == str(new.left_on) and _same(movement, new):
            return Recorded(movement, repeated=True)
        check_onward(movement, on)
        check_ending(movement, State.ONWARD, on)
        movements.edit(registry, movement.id, {"ended_on": on.isoformat(), "outcome": State.ONWARD})
        number = movements.add(registry, member.id, new)
        return Recorded(movements.get(registry, number, on=today))


def arrive(
    registry: Registry,
    member: Member,
    *,
    on: date,
    host: dict[str, str],
    today: date,
) -> Recorded[Movement]:
    """Record that the host took the member up; ``host`` may bring its name, contact and phone.

    Raises:
        Conflict: the member has no open movement, or arrived on another day.
    """
    with registry.write():
        movement = _open(registry, member, today)
        if movement.arrived_on == on.isoformat():
            touched = movements.edit(registry, movement.id, host) if host else False
            return Recorded(movements.get(registry, movement.id, on=today), repeated=not touched)
        check_arrival(movement, on)
        movements.edit(registry, movement.id, {"arrived_on": on.isoformat(), **host})
        return Recorded(movements.get(registry, movement.id, on=today))


def finish(
    registry: Registry,
    member: Member,
    outcome: State,
    *,
    on: date,
    note: str | None,
    today: date,
) -> Recorded[Movement]:
    """End the open movement: returned, refused by the host (why in ``note``), or withdrawn.

    Raises:
        Conflict: no open movement. Conflict, BadValue: its life does not allow this ending.
    """
    with registry.write():
        past = movements.of_member(registry, member.id, on=today)
        if past and (past[-1].ended_on, past[-1].outcome) == (on.isoformat(), outcome):
            return Recorded(past[-1], repeated=True)
        movement = _open(registry, member, today)
        check_ending(movement, outcome, on)
        movements.edit(
            registry,
            movement.id,
            {"ended_on": on.isoformat(), "outcome": outcome, "end_note": note},
        )
        return Recorded(movements.get(registry, movement.id, on=today))


def withdraw(
    registry: Registry, member: Member, *, on: date | None, note: str | None, today: date
) -> Recorded[Movement]:
    """Take back the open movement, as one that never was unless ``on`` says until when it stood.

    Raises:
        Conflict, BadValue: as :func:`finish`; ``move_withdraw_day``.
    """
    with registry.write():
        past = movements.of_member(registry, member.id, on=today)
        if on is None and past and past[-1].outcome == State.WITHDRAWN:
            return Recorded(past[-1], repeated=True)
        movement = _open(registry, member, today)
        ended = finish(
            registry,
            member,
            State.WITHDRAWN,
            on=on or never_went(movement),
            note=note,
            today=today,
        )
        earlier = before(movement, past)
        if earlier is not None and on is None:  # who did not move on stayed where he was
            movements.edit(registry, earlier.id, {"ended_on": None, "outcome": None})
        return ended


def _open(registry: Registry, member: Member, today: date) -> Movement:
    movement = movements.open_of(registry, member.id, on=today)
    if movement is None:
        raise Conflict("move_none_open", member=member.name, label=member.label)
    return movement
