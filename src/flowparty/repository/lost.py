"""The dates behind lost contact, decisions about memberships, and hardship."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flowparty.domain.ids import HardshipId
from flowparty.domain.lost import Clock, DecisionKind, Hardship, MemberDecision
from flowparty.repository.members import BRANCH, LIVING_ON, state_on
from flowparty.repository.orgs import listed

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Mapping
    from datetime import date

    from flowparty.domain.ids import MemberId, OrgId
    from flowparty.repository.registry import Registry

_CLOCKS = f"""SELECT m.id AS member_id, m.name AS member, b.name AS branch,
        (SELECT max(v."on") FROM activity_person p JOIN activity v ON v.id = p.activity_id
            WHERE p.member_id = m.id AND p.came = 1 AND v."on" <= :day) AS last_activity_on,
        (SELECT p."on" FROM dues_payment p WHERE p.member_id = m.id AND p."on" <= :day
            AND (p.reversed_on IS NULL OR p.reversed_on > :day)
            ORDER BY p."on" DESC LIMIT 1) AS last_dues_on,
        (SELECT k."on" FROM contact k WHERE k.member_id = m.id AND k."on" <= :day
            AND k.outcome = 'reached' ORDER BY k."on" DESC LIMIT 1) AS last_reached_on,
        {state_on("standing", "code")} IS 'suspended' AS suspended,
        CASE {state_on("standing", "code")} WHEN 'suspended'
            THEN nullif({state_on("standing", "since")}, '') END AS suspended_on
    FROM member m {BRANCH}"""

_DECISIONS = f"""SELECT d.id, d.member_id, m.name AS member, b.name AS branch, d.kind, d."on",
        d.document, d.by, d.text
    FROM member_decision d JOIN member m ON m.id = d.member_id {BRANCH}"""

_HARDSHIP = f"""SELECT h.id, h.member_id, m.name AS member, b.name AS branch, h.since, h.until,
        h.by, h.text, h.ended_on, h.end_note
    FROM hardship h JOIN member m ON m.id = h.member_id {BRANCH}"""


_STALE = """(suspended_on IS NOT NULL
        OR max(coalesce(last_activity_on, ''), coalesce(last_dues_on, ''))
            BETWEEN '1' AND :stale)"""


def clocks(
    registry: Registry, *, on: date, org: OrgId | None = None, stale: date | None = None
) -> list[Clock]:
    """Every member's dates up to a day, by branch and name; guests are not ours to lose.

    ``stale``: only those whose clock has stood still since that day, and the suspended.
    """
    rows = listed(
        registry,
        _CLOCKS,
        "m.guest = 0",
        LIVING_ON,
        *(() if stale is None else (_STALE,)),
        order="b.id, m.name, m.id",
        org=org,
        day=on.isoformat(),
        stale=None if stale is None else stale.isoformat(),
    )
    return [Clock(**{**dict(row), "suspended": bool(row["suspended"])}) for row in rows]


def _decision(row: sqlite3.Row) -> MemberDecision:
    return MemberDecision(**{**dict(row), "kind": DecisionKind(row["kind"])})


def add_decision(registry: Registry, values: Mapping[str, Any], *, on: date) -> MemberDecision:
    """Record a decision about a membership and return it."""
    number = registry.insert("member_decision", values)
    row = registry.row(f"{_DECISIONS} WHERE d.id = :id", id=number, day=on.isoformat())
    if row is None:
        raise KeyError(number)
    return _decision(row)


def decisions(
    registry: Registry, *, on: date, org: OrgId | None = None, member: MemberId | None = None
) -> list[MemberDecision]:
    """The decisions made up to a day, oldest first."""
    rows = listed(
        registry,
        _DECISIONS,
        'd."on" <= :day',
        "(:member IS NULL OR d.member_id = :member)",
        order='d."on", d.id',
        org=org,
        day=on.isoformat(),
        member=member,
    )
    return [_decision(row) for row in rows]


def add_hardship(registry: Registry, values: Mapping[str, Any]) -> HardshipId:
    """Record a recognition."""
    return HardshipId(registry.insert("hardship", values))


def end_hardship(registry: Registry, hardship: HardshipId, values: Mapping[str, Any]) -> bool:
    """Record that a recognition ended before its time."""
    return registry.update("hardship", hardship, values)


def hardship(registry: Registry, number: HardshipId, *, on: date) -> Hardship:
    """One recognition by number."""
    row = registry.row(f"{_HARDSHIP} WHERE h.id = :id", id=number, day=on.isoformat())
    if row is None:
        raise KeyError(number)
    return Hardship(**dict(row))


def list_hardship(
    registry: Registry,
    *,
    on: date,
    org: OrgId | None = None,
    member: MemberId | None = None,
    limit: int | None = None,
) -> list[Hardship]:
    """The recognitions begun by a day, by branch and name; the caller asks which are in force."""
    rows = listed(
        registry,
        _HARDSHIP,
        "h.since <= :day",
        "(:member IS NULL OR h.member_id = :member)",
        order="b.id, m.name, h.id",
        org=org,
        limit=limit,
        day=on.isoformat(),
        member=member,
    )
    return [Hardship(**dict(row)) for row in rows]
