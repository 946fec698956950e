"""Transfer letters (组织关系介绍信)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flowparty.domain.errors import NotFound
from flowparty.domain.ids import TransferId, numbered
from flowparty.domain.transfers import Transfer
from flowparty.repository.find import one_member
from flowparty.repository.orgs import listed

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from flowparty.domain.ids import MemberId, OrgId
    from flowparty.repository.registry import Registry

_TRANSFERS = """SELECT t.id, t.number, t.member_id, m.name AS member, b.name AS branch, t.receiver,
        t."on", t.valid_days, t.dues_paid_to, t.by, t.outcome, t.ended_on, t.end_note,
        t.receipt_on, t.filed_on
    FROM transfer t JOIN member m ON m.id = t.member_id JOIN org b ON b.id = t.branch_id"""


def add(registry: Registry, values: Mapping[str, Any]) -> TransferId:
    """Record a letter.

    Raises:
        Conflict: its number was used, or the member has an open one.
    """
    return TransferId(registry.insert("transfer", values))


def edit(registry: Registry, transfer: TransferId, values: Mapping[str, Any]) -> bool:
    """Record how a letter ended, its receipt, or that it was filed."""
    return registry.update("transfer", transfer, values)


def get(registry: Registry, transfer: TransferId) -> Transfer:
    """One letter by number.

    Raises:
        NotFound: no such letter.
    """
    row = registry.row(f"{_TRANSFERS} WHERE t.id = :id", id=transfer)
    if row is None:
        raise NotFound("transfer_not_found", value=f"L{transfer}")
    return Transfer(**dict(row))


def by_number(registry: Registry, number: str) -> Transfer | None:
    """The letter with this number of the paper."""
    row = registry.row(f"{_TRANSFERS} WHERE t.number = :number", number=number)
    return None if row is None else Transfer(**dict(row))


def find(registry: Registry, text: str, *, on: date) -> Transfer:
    """The letter that ``text`` names: its number, ``L3``, or its member (the latest).

    Raises:
        NotFound: no such letter or person, or the person never had one.
    """
    known = by_number(registry, text.strip())
    if known is not None:
        return known
    number = numbered(text, "L")
    if number is not None:
        return get(registry, TransferId(number))
    member = one_member(registry, text, on=on)
    letters = of_member(registry, member.id)
    if not letters:
        raise NotFound("transfer_none", member=member.name, label=member.label)
    return letters[-1]


def of_member(registry: Registry, member: MemberId) -> list[Transfer]:
    """Every letter of a member, oldest first."""
    rows = registry.rows(f"{_TRANSFERS} WHERE t.member_id = :member ORDER BY t.id", member=member)
    return [Transfer(**dict(row)) for row in rows]


def list_transfers(
    registry: Registry, *, on: date, org: OrgId | None = None, limit: int | None = None
) -> list[Transfer]:
    """The letters issued up to a day, oldest first."""
    rows = listed(
        registry,
        _TRANSFERS,
        't."on" <= :day',
        order='t."on", t.id',
        org=org,
        limit=limit,
        day=on.isoformat(),
    )
    return [Transfer(**dict(row)) for row in rows]
