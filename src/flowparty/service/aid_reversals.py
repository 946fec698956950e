"""A mistake in aid is reversed, with its reason, and never edited."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from flowparty.domain.errors import Conflict
from flowparty.repository import aid as repository
from flowparty.service.recorded import Recorded
from flowparty.service.reversing import marks

if TYPE_CHECKING:
    from flowparty.domain.aid import Grant, Payment, Pot
    from flowparty.domain.ids import PaymentId
    from flowparty.repository.registry import Registry


def reverse_grant(registry: Registry, grant: Grant, *, on: date, reason: str) -> Recorded[Grant]:
    """Reverse an allocation made by mistake; nothing may have been paid under it.

    Raises:
        BadValue: no reason. Conflict: money was paid under it.
    """
    values = marks(on, reason)
    with registry.write(reason):
        grant = repository.get_grant(registry, grant.id, on=date.max)
        if grant.reversed_on is not None:
            return Recorded(grant, repeated=True)
        if grant.paid_fen:
            raise Conflict("aid_reverse_paid", grant=grant.label)
        repository.edit(registry, "aid_grant", grant.id, values)
        return Recorded(repository.get_grant(registry, grant.id, on=date.max))


def reverse_payment(
    registry: Registry, payment: PaymentId, *, on: date, reason: str
) -> Recorded[Payment]:
    """Reverse a payment or a return recorded by mistake.

    Raises:
        BadValue: no reason. Conflict: what remains would be over-paid or over-returned.
    """
    values = marks(on, reason)
    with registry.write(reason):
        known = repository.payment(registry, payment)
        if known.reversed_on is not None:
            return Recorded(known, repeated=True)
        repository.edit(registry, "aid_payment", payment, values)
        return Recorded(repository.payment(registry, payment))


def reverse_pot(registry: Registry, pot: Pot, *, on: date, reason: str) -> Recorded[Pot]:
    """Reverse a pot recorded by mistake; nothing may be allocated from it.

    Raises:
        BadValue: no reason. Conflict: something is allocated from it.
    """
    values = marks(on, reason)
    with registry.write(reason):
        pot = repository.find_pot(registry, f"T{pot.id}")
        if pot.reversed_on is not None:
            return Recorded(pot, repeated=True)
        if pot.committed_fen:
            raise Conflict("aid_reverse_used", pot=pot.name)
        repository.edit(registry, "aid_pot", pot.id, values)
        return Recorded(repository.find_pot(registry, f"T{pot.id}"))
