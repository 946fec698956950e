"""Both sides of one movement within our own area: the home's 外出 and the host's 流入 as one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flowparty.repository.members import LIVING_ON, state_on
from flowparty.repository.movements import OPEN_ON

if TYPE_CHECKING:
    import sqlite3
    from datetime import date

    from flowparty.repository.registry import Registry


@dataclass(frozen=True, slots=True)
class TwoSides:
    """One movement: ``known_by`` is a code of table ``known_by``, the rest what each side says.

    ``home_code`` and ``home_named`` are where a guest came from, as the host says.
    """

    known_by: str
    member: str
    home_id: int | None
    guest_id: int | None
    home: str | None
    host: str | None
    left_on: str | None
    came_on: str | None
    host_named: str | None
    home_code: str | None = None
    home_named: str | None = None


_SIDE = f"""
    SELECT m.id, m.name, m.id_number, v.left_on, v.host_org, v.destination_code,
        (SELECT name FROM org WHERE id = {state_on("branch", "org_id")}) AS branch
    FROM member m JOIN movement v ON v.member_id = m.id
    WHERE {OPEN_ON} AND v.direction = :direction AND (v.direction = 'in' OR {LIVING_ON})
    ORDER BY m.id
"""
_HOME = """
    SELECT id, name, id_number,
        (SELECT name FROM org WHERE id = {branch}) AS branch
    FROM member m WHERE guest = 0 AND {living} ORDER BY id
"""


def reconcile(registry: Registry, division: str, *, on: date) -> list[TwoSides]:
    """Movements within a division as of a day, matched by identity number.

    A guest who came from within the division should be away from somebody here, and somebody of
    ours whose destination lies within it should be a guest of somebody here. Packages bring only
    those who are or were away: a home that does not know of the movement may not have sent the
    person at all.

    Args:
        registry: where.
        division: our own code.
        on: the day.
    """
    day = on.isoformat()
    out = {r["id_number"]: r for r in registry.rows(_SIDE, day=day, direction="out")}
    here = {r["id_number"]: r for r in registry.rows(_SIDE, day=day, direction="in")}
    homes = {
        r["id_number"]: r
        for r in registry.rows(
            _HOME.format(branch=state_on("branch", "org_id"), living=LIVING_ON), day=day
        )
        if r["id_number"] in here
    }
    known_at_home = [
        _as_home_says(row, here.get(number))
        for number, row in out.items()
        if number in here or (row["destination_code"] or "").startswith(division)
    ]
    known_by_host = [
        _as_host_says(homes.get(number), guest)
        for number, guest in here.items()
        if number not in out
        and (number in homes or (guest["destination_code"] or "").startswith(division))
    ]
    return known_at_home + known_by_host


def _as_home_says(row: sqlite3.Row, guest: sqlite3.Row | None) -> TwoSides:
    """A movement that its home recorded, and perhaps its host."""
    return TwoSides(
        known_by="home" if guest is None else "both",
        member=row["name"],
        home_id=row["id"],
        guest_id=None if guest is None else guest["id"],
        home=row["branch"],
        host=None if guest is None else guest["branch"],
        left_on=row["left_on"],
        came_on=None if guest is None else guest["left_on"],
        host_named=row["host_org"],
    )


def _as_host_says(home: sqlite3.Row | None, guest: sqlite3.Row) -> TwoSides:
    """A guest whose home knows of no movement; perhaps it never sent the person."""
    return TwoSides(
        known_by="host",
        member=guest["name"],
        home_id=None if home is None else home["id"],
        guest_id=guest["id"],
        home=None if home is None else home["branch"],
        host=guest["branch"],
        left_on=None,
        came_on=guest["left_on"],
        host_named=None,
        home_code=guest["destination_code"],
        home_named=guest["host_org"],
    )
