"""Contact attempts and contact pairs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flowparty.domain.contacts import REACHED, Contact, Owed, Pair
from flowparty.domain.errors import NotFound
from flowparty.domain.ids import ContactId, PairId
from flowparty.domain.masking import Masked
from flowparty.repository.members import BRANCH, LIVING_ON, OURS_BY
from flowparty.repository.movements import AWAY_SINCE, OPEN_ON
from flowparty.repository.orgs import SUBTREE, listed

if TYPE_CHECKING:
    import sqlite3
    from datetime import date

    from flowparty.domain.ids import MemberId, OrgId
    from flowparty.repository.registry import Registry

_CONTACTS = f"""SELECT k.id, k.member_id, m.name AS member, b.name AS branch, k."on", k.method,
        k.outcome, k.by, k.notes
    FROM contact k JOIN member m ON m.id = k.member_id {BRANCH}"""

_PAIRS = f"""SELECT p.id, p.member_id, m.name AS member, b.name AS branch, p.contactor, p.duty,
        p.phone, p.since, p.until
    FROM contact_pair p JOIN member m ON m.id = p.member_id {BRANCH}"""


def _pair(row: sqlite3.Row) -> Pair:
    phone = None if row["phone"] is None else Masked(row["phone"], "phone")
    return Pair(**{**dict(row), "phone": phone})


def add(
    registry: Registry,
    member: MemberId,
    *,
    on: date,
    method: str,
    outcome: str,
    by: str | None,
    notes: str | None,
) -> Contact:
    """Record one attempt and return it."""
    number = registry.insert(
        "contact",
        {
            "member_id": member,
            "on": on.isoformat(),
            "method": method,
            "outcome": outcome,
            "by": by,
            "notes": notes,
        },
    )
    return get(registry, ContactId(number), on=on)


def get(registry: Registry, contact: ContactId, *, on: date) -> Contact:
    """One attempt by number, with the member's branch as of a day."""
    row = registry.row(f"{_CONTACTS} WHERE k.id = :id", id=contact, day=on.isoformat())
    if row is None:
        raise KeyError(contact)
    return Contact(**dict(row))


def same(
    registry: Registry,
    member: MemberId,
    *,
    on: date,
    method: str,
    outcome: str,
    notes: str | None,
) -> Contact | None:
    """The attempt recorded before with the same member, day, kind and content."""
    row = registry.row(
        f'{_CONTACTS} WHERE k.member_id = :member AND k."on" = :day AND k.method = :method'
        " AND k.outcome = :outcome AND k.notes IS :notes ORDER BY k.id LIMIT 1",
        member=member,
        day=on.isoformat(),
        method=method,
        outcome=outcome,
        notes=notes,
    )
    return None if row is None else Contact(**dict(row))


def list_contacts(
    registry: Registry,
    *,
    on: date,
    since: date | None = None,
    member: MemberId | None = None,
    org: OrgId | None = None,
    limit: int | None = None,
) -> list[Contact]:
    """The attempts up to a day, newest first."""
    conditions = ['k."on" <= :day']
    if since is not None:
        conditions.append('k."on" >= :since')
    if member is not None:
        conditions.append("k.member_id = :member")
    rows = listed(
        registry,
        _CONTACTS,
        *conditions,
        order='k."on" DESC, k.id DESC',
        org=org,
        limit=limit,
        day=on.isoformat(),
        since=None if since is None else since.isoformat(),
        member=member,
    )
    return [Contact(**dict(row)) for row in rows]


def add_pair(
    registry: Registry,
    member: MemberId,
    contactor: str,
    *,
    duty: str | None,
    phone: str | None,
    since: date,
) -> PairId:
    """Record that somebody keeps in touch with a member from a day on."""
    return PairId(
        registry.insert(
            "contact_pair",
            {
                "member_id": member,
                "contactor": contactor,
                "duty": duty,
                "phone": phone,
                "since": since.isoformat(),
            },
        )
    )


def end_pair(registry: Registry, pair: PairId, on: date) -> bool:
    """End a pair on a day; False if it ended on that day before."""
    return registry.update("contact_pair", pair, {"until": on.isoformat()})


def pair(registry: Registry, number: PairId, *, on: date) -> Pair:
    """One pair by number.

    Raises:
        NotFound: no such pair.
    """
    row = registry.row(f"{_PAIRS} WHERE p.id = :id", id=number, day=on.isoformat())
    if row is None:
        raise NotFound("pair_not_found", value=f"P{number}")
    return _pair(row)


def list_pairs(
    registry: Registry,
    *,
    on: date,
    member: MemberId | None = None,
    org: OrgId | None = None,
    limit: int | None = None,
) -> list[Pair]:
    """The pairs in force on a day, by branch and member."""
    conditions = ["p.since <= :day", "(p.until IS NULL OR p.until > :day)"]
    if member is not None:
        conditions.append("p.member_id = :member")
    rows = listed(
        registry,
        _PAIRS,
        *conditions,
        order="b.id, m.name, p.id",
        org=org,
        limit=limit,
        day=on.isoformat(),
        member=member,
    )
    return [_pair(row) for row in rows]


_OWED = f"""
    SELECT m.id AS member_id, m.name AS member, b.name AS branch, b.secretary, m.mobile AS phone,
        coalesce({AWAY_SINCE}, v.left_on) AS left_on,
        (SELECT count(*) FROM contact k WHERE k.member_id = m.id
            AND k."on" BETWEEN :first AND :day) AS attempts,
        (SELECT k."on" FROM contact k WHERE k.member_id = m.id AND k.outcome = '{REACHED}'
            AND k."on" <= :day ORDER BY k."on" DESC LIMIT 1) AS last_reached_on
    FROM movement v JOIN member m ON m.id = v.member_id {BRANCH}
    WHERE v.direction = 'out' AND {OPEN_ON} AND {LIVING_ON} AND {OURS_BY}
"""

_SINCE_REACHED = """SELECT w.*,
        CASE WHEN w.last_reached_on >= :first THEN w.last_reached_on END AS reached_on,
        (SELECT group_concat(k."on") FROM contact k WHERE k.member_id = w.member_id
            AND k."on" <= :day AND k."on" > coalesce(w.last_reached_on, '')) AS failed_on"""


_TO_DO = """(coalesce(w.last_reached_on, '') < :first OR (SELECT count(*) FROM contact k
        WHERE k.member_id = w.member_id AND k."on" <= :day AND k."on" > w.last_reached_on)
        >= :failures)"""


def owed(
    registry: Registry, *, on: date, org: OrgId | None = None, failures: int | None = None
) -> list[Owed]:
    """Every member away on a day with this calendar month's contacts, by secretary and name.

    ``failures``: only those not reached this month, or not in so many attempts running.
    """
    place = "" if org is None else " AND b.id IN (SELECT id FROM subtree)"
    narrow = "" if failures is None else f"WHERE {_TO_DO}"
    rows = registry.rows(
        ("" if org is None else SUBTREE) + f"{_SINCE_REACHED} FROM ({_OWED}{place}) w {narrow}"
        " ORDER BY w.branch, w.member, w.member_id",
        day=on.isoformat(),
        first=on.replace(day=1).isoformat(),
        org=org,
        failures=failures,
    )
    return [_owed(row) for row in rows]


def _owed(row: sqlite3.Row) -> Owed:
    phone = row["phone"] and Masked(row["phone"], "phone")
    failed = tuple(sorted(row["failed_on"].split(","))) if row["failed_on"] else ()
    return Owed(**{**dict(row), "phone": phone, "failed_on": failed})
