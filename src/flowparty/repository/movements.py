"""Movements away, and of guests who came."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flowparty.domain.ids import MemberId, MovementId
from flowparty.domain.masking import Masked
from flowparty.domain.movements import Direction, Movement, State
from flowparty.repository.members import BRANCH
from flowparty.repository.orgs import listed

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Mapping
    from datetime import date

    from flowparty.domain.ids import OrgId
    from flowparty.domain.movements import NewMovement
    from flowparty.repository.registry import Registry

_COLUMNS = """v.id, v.member_id, m.name AS member, b.name AS branch, v.direction, v.left_on,
    v.destination_code, v.destination_text, v.unit_kind, v.reason, v.occupation, v.fixed_place,
    v.host_org, v.host_contact, v.host_phone, v.remark, v.arrived_on, v.ended_on, v.outcome,
    v.end_note"""

AWAY_SINCE = """CASE WHEN EXISTS (SELECT 1 FROM movement p WHERE p.member_id = v.member_id
        AND p.outcome = 'onward' AND p.ended_on = v.left_on)
    THEN (SELECT coalesce(f.left_on, '') FROM movement f WHERE f.member_id = v.member_id
        AND f.outcome = 'onward' AND coalesce(f.left_on, '') < v.left_on
        AND NOT EXISTS (SELECT 1 FROM movement p WHERE p.member_id = f.member_id
            AND p.outcome = 'onward' AND p.ended_on = f.left_on)
        ORDER BY coalesce(f.left_on, '') DESC LIMIT 1) END"""
"""SQL: when who moved on left home, empty for an unknown day; null: this movement is the first."""

_SHOWN = f"{_COLUMNS}, {AWAY_SINCE} AS away_since"

_FROM = f"""FROM movement v JOIN member m ON m.id = v.member_id
    {BRANCH}"""


def _movement(row: sqlite3.Row) -> Movement:
    values = dict(row)
    values["direction"] = Direction(values["direction"])
    if values["host_phone"] is not None:
        values["host_phone"] = Masked(values["host_phone"], "phone")
    return Movement(**values)


def add(
    registry: Registry, member: MemberId, new: NewMovement, *, returned_on: date | None = None
) -> MovementId:
    """Record the beginning of a movement, and the return from it where it is over.

    Raises:
        Conflict: the member has an open one.
    """
    values = stored_values(member, new)
    if returned_on is not None:
        values |= {"ended_on": returned_on.isoformat(), "outcome": State.RETURNED}
    return MovementId(registry.insert("movement", values))


def stored_values(member: MemberId, new: NewMovement) -> dict[str, object]:
    """A beginning movement by column, as it is kept."""
    return {
        "member_id": member,
        "direction": new.direction,
        "left_on": None if new.left_on is None else str(new.left_on),
        "destination_code": new.destination_code,
        "destination_text": new.destination_text,
        "unit_kind": new.unit_kind,
        "reason": new.reason,
        "occupation": new.occupation,
        "fixed_place": new.fixed_place,
        "host_org": new.host_org,
        "host_contact": new.host_contact,
        "host_phone": new.host_phone,
        "remark": new.remark,
    }


def edit(registry: Registry, movement: MovementId, values: Mapping[str, object]) -> bool:
    """Change a movement: its arrival, its ending, or a correction. False if nothing differs."""
    return registry.update("movement", movement, values)


def get(registry: Registry, movement: MovementId, *, on: date) -> Movement:
    """One movement, with its member's branch as of a day."""
    row = registry.row(
        f"SELECT {_SHOWN} {_FROM} WHERE v.id = :id",
        id=movement,
        day=on.isoformat(),
    )
    if row is None:
        raise KeyError(movement)
    return _movement(row)


def of_member(registry: Registry, member: MemberId, *, on: date) -> list[Movement]:
    """All movements of one member, oldest first."""
    rows = registry.rows(
        f"SELECT {_SHOWN} {_FROM} WHERE v.member_id = :member ORDER BY v.id",
        member=member,
        day=on.isoformat(),
    )
    return [_movement(row) for row in rows]


def open_of(registry: Registry, member: MemberId, *, on: date) -> Movement | None:
    """The member's open movement, whichever direction, or None."""
    found = [m for m in of_member(registry, member, on=on) if m.ended_on is None]
    return found[0] if found else None


BEGUN = "(v.left_on IS NULL OR v.left_on <= substr(:day, 1, length(v.left_on)))"
"""SQL: the movement had begun by ``:day``; a month or year counts from its first day."""

OPEN_ON = f"({BEGUN} AND (v.ended_on IS NULL OR v.ended_on > :day))"
"""SQL: the movement was open at the end of ``:day``."""


_UNSETTLED = """(v.left_on IS NULL OR v.destination_code IS NULL
    OR coalesce(v.arrived_on, '9') > :day)"""


def list_movements(
    registry: Registry,
    *,
    on: date,
    org: OrgId | None = None,
    direction: Direction | None = None,
    everything: bool = False,
    unsettled: bool = False,
    limit: int | None = None,
) -> list[Movement]:
    """The movements open on a day (``everything``: ended ones too), by branch and member.

    Args:
        registry: where to look.
        on: the day.
        org: only members of this organization and those below it on that day.
        direction: only away, or only here.
        everything: also those that had ended by then.
        unsettled: only those without date, destination or arrival by then.
        limit: at most so many.
    """
    conditions = [BEGUN if everything else OPEN_ON]
    if direction is not None:
        conditions.append("v.direction = :direction")
    if unsettled:
        conditions.append(_UNSETTLED)
    rows = listed(
        registry,
        f"SELECT {_SHOWN} {_FROM}",
        *conditions,
        order="b.id, m.name, m.id, v.id",
        org=org,
        limit=limit,
        day=on.isoformat(),
        direction=direction,
    )
    return [_movement(row) for row in rows]
