"""A mistake in aid is reversed, with its reason, and never edited."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from flowparty.domain.errors import BadValue, Conflict
from flowparty.domain.text import clean_text
from flowparty.repository import aid as repository
from flowparty.service.recorded import Recorded

if TYPE_CHECKING:
    from flowparty.domain.aid import Grant, Payment, Pot
    from flowparty.domain.ids import PaymentId
    from flowparty.repository.registry import Registry


def reverse_grant(registry: Registry, grant: Grant, *, on: date, reason: str) -> Recorded[Grant]:
    """Reverse an allocation made by mistake; nothing may have been paid under it.

    Raises:
        BadValue: no reason. Conflict: money was paid under it.
    """
    marks = _marks(on, reason)
    with registry.write(reason):
        grant = repository.get_grant(registry, grant.id, on=date.max)
        if grant.reversed_on is not None:
            return Recorded(grant, repeated=True)
        if grant.paid_fen:
            raise Conflict("aid_reverse_paid", grant=grant.label)
        repository.edit(registry, "aid_grant", grant.id, marks)
        return Recorded(repository.get_grant(registry, grant.id, on=date.max))


def reverse_payment(
    registry: Registry, payment: PaymentId, *, on: date, reason: str
) -> Recorded[Payment]:
    """Reverse a payment or a return recorded by mistake.

    Raises:
        BadValue: no reason. Conflict: what remains would be over-paid or over-returned.
    """
    marks = _marks(on, reason)
    with registry.write(reason):
        known = repository.payment(registry, payment)
        if known.reversed_on is not None:
            return Recorded(known, repeated=True)
        repository.edit(registry, "aid_payment", payment, marks)
        return Recorded(repository.payment(registry, payment))


def reverse_pot(registry: Registry, pot: Pot, *, on: date, reason: str) -> Recorded[Pot]:
    """Reverse a pot recorded by mistake; nothing may be allocated from it.

    Raises:
        BadValue: no reason. Conflict: something is allocated from it.
    """
    marks = _marks(on, reason)
    with registry.write(reason):
        pot = repository.find_pot(registry, f"T{pot.id}")
        if pot.reversed_on is not None:
            return Recorded(pot, repeated=True)
        if pot.committed_fen:
            raise Conflict("aid_reverse_used", pot=pot.name)
        repository.edit(registry, "aid_pot", pot.id, marks)
        return Recorded(repository.find_pot(registry, f"T{pot.id}"))


def _marks(on: date, reason: str) -> dict[str, Any]:
    """What marks a record as reversed.

    Raises:
        BadValue: ``reversal_needs_reason``.
    """
    why = clean_text(reason).strip()
    if not why:
        raise BadValue("reversal_needs_reason")
    return {"reversed_on": on.isoformat(), "reversal": why}
