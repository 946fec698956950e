"""Aid: pots, allocations, payments, follow-ups; a mistake is reversed, never edited."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from flowparty.domain.aid import (
    FollowUp,
    Grant,
    Kind,
    Paid,
    Payment,
    Pot,
    Purpose,
    check_amount,
    check_payment,
    check_pot,
    require_alive,
)
from flowparty.domain.errors import BadValue, Conflict
from flowparty.repository import aid as repository
from flowparty.service.living import living
from flowparty.service.recorded import Recorded

if TYPE_CHECKING:
    from flowparty.domain.members import Member
    from flowparty.repository.registry import Registry


@dataclass(frozen=True, slots=True)
class NewPot:
    """A pot about to be recorded; the amount in fen."""

    name: str
    source: str
    amount_fen: int
    since: date
    until: date | None = None
    provider: str | None = None
    document: str | None = None


def add_pot(registry: Registry, new: NewPot) -> Recorded[Pot]:
    """Record a pot.

    Raises:
        BadValue: no name or source, no money, or an end before the beginning.
        Conflict: another pot has the name.
    """
    if not new.name.strip() or not new.source.strip():
        raise BadValue("aid_pot_unnamed")
    if not new.amount_fen:
        raise BadValue("money_zero")
    if new.until is not None and new.until < new.since:
        raise BadValue("aid_period_order", since=new.since, until=new.until)
    values = {
        "name": new.name.strip(),
        "source": new.source.strip(),
        "provider": new.provider,
        "document": new.document,
        "amount_fen": new.amount_fen,
        "since": new.since.isoformat(),
        "until": None if new.until is None else new.until.isoformat(),
    }
    with registry.write():
        for known in repository.list_pots(registry):
            if known.name == values["name"]:
                if all(getattr(known, name) == value for name, value in values.items()):
                    return Recorded(known, repeated=True)
                raise Conflict("aid_pot_exists", pot=known.name)
        number = repository.add_pot(registry, values)
        return Recorded(repository.find_pot(registry, f"T{number}"))


@dataclass(frozen=True, slots=True)
class NewGrant:
    """An allocation about to be made; the amount in fen, 0 for a policy or project without any."""

    purpose: Purpose
    kind: Kind
    amount_fen: int
    on: date
    provider: str | None = None
    project: str | None = None


def allocate(
    registry: Registry, member: Member, pot: Pot | None, new: NewGrant, *, again: bool
) -> Recorded[Grant]:
    """Allocate to a recipient, from a pot where there is money.

    The identical allocation answers that it is recorded; a different one to the same recipient
    from the same pot needs ``again``.

    Raises:
        BadValue: funds without money, or money without a pot.
        Conflict: the pot cannot bear it, or a second one to this recipient without ``again``.
    """
    check_amount(new.kind, new.amount_fen, has_pot=pot is not None)
    with registry.write():
        member = living(registry, member, on=new.on)
        earlier = _earlier(registry, member, pot)
        same = [grant for grant in earlier if _same(grant, new)]
        if same and not again:
            return Recorded(same[0], repeated=True)
        if earlier and pot is not None and not again:
            raise Conflict(
                "aid_second_grant", member=member.name, pot=pot.name, grant=earlier[0].label
            )
        if pot is not None:
            fresh = repository.find_pot(registry, f"T{pot.id}")
            check_pot(fresh, new.amount_fen, new.on)
        number = repository.add_grant(registry, _grant_values(member, pot, new))
        return Recorded(repository.get_grant(registry, number, on=date.max))


def _earlier(registry: Registry, member: Member, pot: Pot | None) -> list[Grant]:
    """What the recipient holds from the same pot, reversed ones left out."""
    source = None if pot is None else pot.id
    grants = repository.list_grants(registry, on=date.max, member=member.id)
    return [g for g in grants if g.reversed_on is None and g.pot_id == source]


def _grant_values(member: Member, pot: Pot | None, new: NewGrant) -> dict[str, object]:
    return {
        "pot_id": None if pot is None else pot.id,
        "member_id": member.id,
        "on": new.on.isoformat(),
        "purpose": new.purpose,
        "kind": new.kind,
        "provider": new.provider,
        "project": new.project,
        "amount_fen": new.amount_fen,
    }


def _same(grant: Grant, new: NewGrant) -> bool:
    return (
        grant.on, grant.purpose, grant.kind, grant.provider, grant.project, grant.amount_fen,
    ) == (
        new.on.isoformat(), new.purpose, new.kind, new.provider, new.project, new.amount_fen,
    )  # fmt: skip


def move_money(
    registry: Registry,
    grant: Grant,
    kind: Paid,
    amount_fen: int,
    *,
    on: date,
    voucher: str | None,
    again: bool,
) -> Recorded[Payment]:
    """Pay under an allocation, or take money back.

    Money returned under an ended allocation goes back to the pot at once.

    Raises:
        BadValue: nothing, or before the allocation. Conflict: more than was allocated or paid.
    """
    with registry.write():
        grant = repository.get_grant(registry, grant.id, on=date.max)
        values = {
            "kind": kind,
            "on": on.isoformat(),
            "amount_fen": amount_fen,
            "voucher": voucher,
        }
        same = [p for p in repository.payments_of(registry, grant.id) if _holds(p, values)]
        if same and not again:
            return Recorded(same[0], repeated=True)
        check_payment(grant, kind, amount_fen, on)
        number = repository.add_payment(registry, {"grant_id": grant.id, **values})
        if kind is Paid.RETURN and grant.ended_on is not None:
            freed = grant.amount_fen - grant.paid_fen + amount_fen
            repository.edit(registry, "aid_grant", grant.id, {"freed_fen": freed})
        return Recorded(repository.payment(registry, number))


def _holds(known: Payment | FollowUp, values: dict[str, object]) -> bool:
    """Whether a record says exactly this, and was not reversed."""
    reversed_on = getattr(known, "reversed_on", None)
    return reversed_on is None and all(getattr(known, k) == v for k, v in values.items())


def follow_up(
    registry: Registry,
    grant: Grant,
    *,
    on: date,
    months: int,
    trading: str,
    result: str | None,
    by: str | None,
) -> Recorded[FollowUp]:
    """Record a look back at an allocation, ``months`` after it: still trading, and the result.

    Raises:
        BadValue: before the allocation. Conflict: it was reversed.
    """
    with registry.write():
        grant = repository.get_grant(registry, grant.id, on=date.max)
        if grant.reversed_on is not None:
            require_alive(grant)
        if on.isoformat() < grant.on:
            raise BadValue("aid_before_allocation", grant=grant.label, on=on, allocated=grant.on)
        values: dict[str, object] = {
            "on": on.isoformat(),
            "months": months,
            "trading": trading,
            "result": result,
        }
        same = [f for f in repository.follow_ups_of(registry, grant.id) if _holds(f, values)]
        if same:
            return Recorded(same[0], repeated=True)
        repository.add_follow_up(registry, {"grant_id": grant.id, "by": by, **values})
        return Recorded(repository.follow_ups_of(registry, grant.id)[-1])


def end(registry: Registry, grant: Grant, *, on: date, note: str | None) -> Recorded[Grant]:
    """End an allocation on a day; what was not paid goes back to the pot.

    Raises:
        Conflict: it ended on another day, or was reversed. BadValue: before it was made.
    """
    with registry.write():
        grant = repository.get_grant(registry, grant.id, on=date.max)
        if grant.ended_on == on.isoformat():
            return Recorded(grant, repeated=True)
        require_alive(grant)
        if on.isoformat() < grant.on:
            raise BadValue("aid_before_allocation", grant=grant.label, on=on, allocated=grant.on)
        freed = {"ended_on": on.isoformat(), "end_note": note, "freed_fen": grant.left_fen}
        repository.edit(registry, "aid_grant", grant.id, freed)
        return Recorded(repository.get_grant(registry, grant.id, on=date.max))
