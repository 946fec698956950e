"""Aid: pots, allocations, payments and follow-ups."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flowparty.domain.aid import FollowUp, Grant, Payment, Pot
from flowparty.domain.errors import NotFound
from flowparty.domain.ids import FollowUpId, GrantId, PaymentId, PotId, numbered
from flowparty.repository.find import one_member
from flowparty.repository.members import BRANCH
from flowparty.repository.orgs import listed

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from flowparty.domain.ids import MemberId, OrgId
    from flowparty.repository.registry import Registry

_POTS = """SELECT p.id, p.name, p.source, p.provider, p.document, p.amount_fen, p.since, p.until,
        p.reversed_on, u.committed_fen
    FROM aid_pot p JOIN aid_pot_use u ON u.pot_id = p.id"""

_GRANTS = f"""SELECT g.id, g.pot_id, p.name AS pot, g.member_id, m.name AS member,
        b.name AS branch, g."on", g.purpose, g.kind, g.provider, g.project, g.amount_fen,
        CASE WHEN g.reversed_on <= :day THEN 0
            WHEN g.ended_on <= :day THEN g.amount_fen - g.freed_fen ELSE g.amount_fen
            END AS committed_fen,
        (SELECT coalesce(sum(CASE y.kind WHEN 'pay' THEN y.amount_fen ELSE -y.amount_fen END), 0)
            FROM aid_payment y WHERE y.grant_id = g.id AND y."on" <= :day
            AND (y.reversed_on IS NULL OR y.reversed_on > :day)) AS paid_fen,
        CASE WHEN g.ended_on <= :day THEN g.ended_on END AS ended_on, g.end_note,
        CASE WHEN g.reversed_on <= :day THEN g.reversed_on END AS reversed_on, g.reversal
    FROM aid_grant g JOIN member m ON m.id = g.member_id
    LEFT JOIN aid_pot p ON p.id = g.pot_id
    {BRANCH}"""

_PAYMENTS = """SELECT y.id, y.grant_id, m.name AS member, y.kind, y."on", y.amount_fen, y.voucher,
        y.reversed_on
    FROM aid_payment y JOIN aid_grant g ON g.id = y.grant_id JOIN member m ON m.id = g.member_id"""


def add_pot(registry: Registry, values: Mapping[str, Any]) -> PotId:
    """Record a pot."""
    return PotId(registry.insert("aid_pot", values))


def add_grant(registry: Registry, values: Mapping[str, Any]) -> GrantId:
    """Record an allocation.

    Raises:
        Conflict: the pot would be over-allocated.
    """
    return GrantId(registry.insert("aid_grant", values))


def add_payment(registry: Registry, values: Mapping[str, Any]) -> PaymentId:
    """Record a payment or a return.

    Raises:
        Conflict: the allocation would be over-paid, or more returned than was paid.
    """
    return PaymentId(registry.insert("aid_payment", values))


def add_follow_up(registry: Registry, values: Mapping[str, Any]) -> FollowUpId:
    """Record a follow-up."""
    return FollowUpId(registry.insert("aid_follow_up", values))


def edit(registry: Registry, entity: str, number: int, values: Mapping[str, Any]) -> bool:
    """Mark a pot, allocation or payment as ended or reversed."""
    return registry.update(entity, number, values)


def find_pot(registry: Registry, text: str) -> Pot:
    """The pot that ``text`` names: its name, part of it, its document number, or ``T2``.

    Raises:
        NotFound: no such pot, or several.
    """
    wanted = text.strip()
    pots = list_pots(registry)
    whole = [p for p in pots if wanted in (p.name, p.document, f"T{p.id}")]
    for found in (whole, [p for p in pots if wanted and wanted in p.name]):
        if len(found) == 1:
            return found[0]
        if found:
            names = [f"T{p.id} {p.name}" for p in found]
            raise NotFound("aid_pot_ambiguous", value=wanted, candidates=names)
    raise NotFound("aid_pot_not_found", value=wanted)


def list_pots(registry: Registry) -> list[Pot]:
    """All pots in the order they were made."""
    return [Pot(**dict(row)) for row in registry.rows(f"{_POTS} ORDER BY p.id")]


def get_grant(registry: Registry, grant: GrantId, *, on: date) -> Grant:
    """One allocation by number, with what was committed, paid, ended and reversed by a day.

    Raises:
        NotFound: no such allocation.
    """
    row = registry.row(f"{_GRANTS} WHERE g.id = :id", id=grant, day=on.isoformat())
    if row is None:
        raise NotFound("aid_grant_not_found", value=f"A{grant}")
    return Grant(**dict(row))


def find_grant(registry: Registry, text: str, *, on: date) -> Grant:
    """The allocation that ``text`` names: ``A3``, or its recipient if there is only one alive.

    Raises:
        NotFound: none, or several.
    """
    number = numbered(text, "A")
    if number is not None:
        return get_grant(registry, GrantId(number), on=on)
    member = one_member(registry, text, on=on)
    alive = [g for g in list_grants(registry, on=on, member=member.id) if g.alive]
    if len(alive) == 1:
        return alive[0]
    if not alive:
        raise NotFound("aid_grant_not_found", value=text)
    names = [f"{g.label} {g.pot or ''} {g.on}" for g in alive]
    raise NotFound("aid_grant_ambiguous", value=text, candidates=names)


def list_grants(
    registry: Registry,
    *,
    on: date,
    since: date | None = None,
    org: OrgId | None = None,
    member: MemberId | None = None,
    pot: PotId | None = None,
    limit: int | None = None,
) -> list[Grant]:
    """The allocations made up to a day, as they stood then, with the recipient's branch."""
    conditions = ['g."on" <= :day']
    if since is not None:
        conditions.append('g."on" >= :since')
    if member is not None:
        conditions.append("g.member_id = :member")
    if pot is not None:
        conditions.append("g.pot_id = :pot")
    rows = listed(
        registry,
        _GRANTS,
        *conditions,
        order='g."on", g.id',
        org=org,
        limit=limit,
        day=on.isoformat(),
        since=None if since is None else since.isoformat(),
        member=member,
        pot=pot,
    )
    return [Grant(**dict(row)) for row in rows]


def followed_months(registry: Registry, *, on: date) -> dict[GrantId, frozenset[int]]:
    """After how many months each allocation was looked at again by a day."""
    months: dict[GrantId, set[int]] = {}
    for row in registry.rows(
        'SELECT grant_id, months FROM aid_follow_up WHERE "on" <= :day', day=on.isoformat()
    ):
        months.setdefault(GrantId(row["grant_id"]), set()).add(row["months"])
    return {grant: frozenset(these) for grant, these in months.items()}


def payment(registry: Registry, number: PaymentId) -> Payment:
    """One payment by number.

    Raises:
        NotFound: no such payment.
    """
    row = registry.row(f"{_PAYMENTS} WHERE y.id = :id", id=number)
    if row is None:
        raise NotFound("aid_payment_not_found", value=f"Y{number}")
    return Payment(**dict(row))


def payments_of(registry: Registry, grant: GrantId) -> list[Payment]:
    """The payments and returns of an allocation, oldest first."""
    rows = registry.rows(
        f'{_PAYMENTS} WHERE y.grant_id = :grant ORDER BY y."on", y.id', grant=grant
    )
    return [Payment(**dict(row)) for row in rows]


def follow_ups_of(registry: Registry, grant: GrantId) -> list[FollowUp]:
    """The follow-ups of an allocation, oldest first."""
    rows = registry.rows(
        'SELECT f.id, f.grant_id, m.name AS member, f."on", f.months, f.trading, f.result, f.by'
        " FROM aid_follow_up f JOIN aid_grant g ON g.id = f.grant_id"
        ' JOIN member m ON m.id = g.member_id WHERE f.grant_id = :grant ORDER BY f."on", f.id',
        grant=grant,
    )
    return [FollowUp(**dict(row)) for row in rows]
