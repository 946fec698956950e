"""Dues: standards, consents and payments, gathered into one account a member."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, TypeVar

from flowparty.domain.dues import Account, Consent, Deferral, Payment, Standard
from flowparty.domain.errors import NotFound
from flowparty.domain.ids import ConsentId, DuesId, MemberId, numbered
from flowparty.domain.months import Month
from flowparty.repository.members import BRANCH, LIVING_ON
from flowparty.repository.orgs import listed

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Iterable, Mapping
    from datetime import date

    from flowparty.domain.ids import OrgId
    from flowparty.repository.registry import Registry

T = TypeVar("T")

_PEOPLE = f"SELECT m.id AS member_id, m.name AS member, b.name AS branch FROM member m {BRANCH}"

_STANDARDS = f"""SELECT s.member_id, s.since, s.basis, s.amount_fen
    FROM dues_standard s JOIN member m ON m.id = s.member_id {BRANCH}"""

_CONSENTS = f"""SELECT c.id, c.member_id, m.name AS member, c.kind, c.since, c.until, c."on", c.by,
        c.person
    FROM dues_consent c JOIN member m ON m.id = c.member_id {BRANCH}"""

_PAYMENTS = f"""SELECT p.id, p.member_id, m.name AS member, b.name AS branch, p."on", p.since,
        p.until, p.amount_fen, p.person, p.host_org, p.voucher, p.reversed_on, p.reversal
    FROM dues_payment p JOIN member m ON m.id = p.member_id {BRANCH}"""


def _months(row: sqlite3.Row) -> dict[str, Any]:
    months = {name: Month.from_iso(row[name]) for name in ("since", "until")}
    return {**dict(row), **months}


def _standard(row: sqlite3.Row) -> Standard:
    return Standard(**{**dict(row), "since": Month.from_iso(row["since"])})


def _payment(row: sqlite3.Row) -> Payment:
    return Payment(**_months(row))


def _consent(row: sqlite3.Row) -> Deferral:
    return Deferral(**{**_months(row), "kind": Consent(row["kind"])})


def _number(month: str) -> str:
    """SQL: a month counted through, so that months can be subtracted."""
    return f"(substr({month}, 1, 4) * 12 + substr({month}, 6, 2))"


_OWING = f"""SELECT s.member_id FROM
        (SELECT member_id, min(since) AS first FROM dues_standard GROUP BY member_id) s
    LEFT JOIN (SELECT member_id, min(since) AS since, max(until) AS until,
            sum({_number("until")} - {_number("since")} + 1) AS months
        FROM dues_payment WHERE "on" <= :day AND (reversed_on IS NULL OR reversed_on > :day)
        GROUP BY member_id) p ON p.member_id = s.member_id
    WHERE s.first <= :over AND (p.months IS NULL OR p.since > s.first OR p.until < :over
        OR p.months < {_number("p.until")} - {_number("p.since")} + 1)"""
"""SQL: who has not paid all months from the first owed up to ``:over``; no month is paid twice."""


def owing(registry: Registry, *, on: date) -> list[MemberId]:
    """The members who have not paid every month that is over on a day."""
    over = str(Month.of(on).plus(-1))
    return [
        MemberId(row["member_id"]) for row in registry.rows(_OWING, day=on.isoformat(), over=over)
    ]


def accounts(
    registry: Registry,
    *,
    on: date,
    org: OrgId | None = None,
    member: MemberId | None = None,
    people: list[MemberId] | None = None,
    limit: int | None = None,
) -> list[Account]:
    """The dues of our members on a day, of all or of some ``people``, by branch and name."""
    ids = people if member is None else [member]

    def rows(
        select: str, whose: str, *more: str, order: str, limit: int | None = None
    ) -> list[sqlite3.Row]:
        if ids is not None:
            more = (*more, f"{whose} IN (SELECT value FROM json_each(:ids))")
        return listed(
            registry,
            select,
            *more,
            order=order,
            org=org,
            limit=limit,
            day=on.isoformat(),
            ids=json.dumps(ids),
        )

    alive = ("m.guest = 0", LIVING_ON)
    living = rows(_PEOPLE, "m.id", *alive, order="b.id, m.name, m.id", limit=limit)
    standards = _by_member(rows(_STANDARDS, "s.member_id", order="s.since"), _standard)
    consents = _by_member(rows(_CONSENTS, "c.member_id", order="c.since, c.id"), _consent)
    payments = _by_member(rows(_PAYMENTS, "p.member_id", order='p."on", p.id'), _payment)
    return [
        Account(
            **dict(row),
            standards=tuple(standards.get(row["member_id"], ())),
            deferrals=tuple(consents.get(row["member_id"], ())),
            payments=tuple(payments.get(row["member_id"], ())),
        )
        for row in living
    ]


def _by_member(
    rows: Iterable[sqlite3.Row], make: Callable[[sqlite3.Row], T]
) -> dict[MemberId, list[T]]:
    """What was made of each row, by the member it is about, in the order of the rows."""
    found: dict[MemberId, list[T]] = {}
    for row in rows:
        found.setdefault(row["member_id"], []).append(make(row))
    return found


def account(registry: Registry, member: MemberId, *, on: date) -> Account:
    """One living member's dues."""
    return accounts(registry, on=on, member=member)[0]


def set_standard(
    registry: Registry, member: MemberId, since: Month, basis: str, amount_fen: int
) -> bool:
    """Let a standard hold from a month on; False if it does already."""
    values = {"basis": basis, "amount_fen": amount_fen}
    row = registry.row(
        "SELECT id FROM dues_standard WHERE member_id = :member AND since = :since",
        member=member,
        since=str(since),
    )
    if row is not None:
        return registry.update("dues_standard", row["id"], values)
    registry.insert("dues_standard", {"member_id": member, "since": str(since), **values})
    return True


def add_consent(registry: Registry, values: Mapping[str, Any]) -> ConsentId:
    """Record a consent."""
    return ConsentId(registry.insert("dues_consent", values))


def consents_of(registry: Registry, member: MemberId, *, on: date) -> list[Deferral]:
    """The consents given to a member, oldest first."""
    rows = registry.rows(
        f"{_CONSENTS} WHERE c.member_id = :member ORDER BY c.since, c.id",
        member=member,
        day=on.isoformat(),
    )
    return [_consent(row) for row in rows]


def add_payment(registry: Registry, values: Mapping[str, Any]) -> DuesId:
    """Record a payment.

    Raises:
        Conflict: a month would be paid twice.
    """
    return DuesId(registry.insert("dues_payment", values))


def reverse(registry: Registry, payment: DuesId, values: Mapping[str, Any]) -> bool:
    """Mark a payment as reversed."""
    return registry.update("dues_payment", payment, values)


def payment(registry: Registry, number: DuesId, *, on: date) -> Payment:
    """One payment by number.

    Raises:
        NotFound: no such payment.
    """
    row = registry.row(f"{_PAYMENTS} WHERE p.id = :id", id=number, day=on.isoformat())
    if row is None:
        raise NotFound("dues_payment_not_found", value=f"F{number}")
    return Payment(**_months(row))


def find_payment(registry: Registry, text: str, *, on: date) -> Payment:
    """The payment that ``F5`` names.

    Raises:
        NotFound: no such payment.
    """
    number = numbered(text, "F")
    if number is None:
        raise NotFound("dues_payment_not_found", value=text)
    return payment(registry, DuesId(number), on=on)


def payments(
    registry: Registry,
    *,
    on: date,
    since: date | None = None,
    org: OrgId | None = None,
    member: MemberId | None = None,
    limit: int | None = None,
) -> list[Payment]:
    """The payments made up to a day, newest first."""
    rows = listed(
        registry,
        _PAYMENTS,
        'p."on" <= :day',
        '(:since IS NULL OR p."on" >= :since)',
        "(:member IS NULL OR p.member_id = :member)",
        order='p."on" DESC, p.id DESC',
        org=org,
        limit=limit,
        day=on.isoformat(),
        since=None if since is None else since.isoformat(),
        member=member,
    )
    return [Payment(**_months(row)) for row in rows]
