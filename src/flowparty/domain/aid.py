"""Aid: pots of money, allocations, payments, returns and follow-ups. Money in fen."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from flowparty.domain.errors import BadValue, Conflict
from flowparty.domain.money import yuan

if TYPE_CHECKING:
    from datetime import date

    from flowparty.domain.ids import FollowUpId, GrantId, MemberId, PaymentId, PotId


class Purpose(StrEnum):
    """Start-up (创业帮扶) or hardship relief (困难党员救助)."""

    STARTUP = "startup"
    HARDSHIP = "hardship"


class Kind(StrEnum):
    """Funds, a project or a policy; the last two may carry no money."""

    FUNDS = "funds"
    PROJECT = "project"
    POLICY = "policy"


class Paid(StrEnum):
    """Money going to the recipient, or coming back."""

    PAY = "pay"
    RETURN = "return"


@dataclass(frozen=True, slots=True)
class Pot:
    """Money from one source for one period; ``committed_fen`` is what allocations hold of it."""

    id: PotId
    name: str
    source: str
    provider: str | None
    document: str | None
    amount_fen: int
    since: str
    until: str | None
    reversed_on: str | None
    committed_fen: int

    @property
    def left_fen(self) -> int:
        """What may still be allocated."""
        return self.amount_fen - self.committed_fen


@dataclass(frozen=True, slots=True)
class Grant:
    """One allocation; ``committed_fen`` is the amount less what its ending freed."""

    id: GrantId
    pot_id: PotId | None
    pot: str | None
    member_id: MemberId
    member: str
    branch: str | None
    on: str
    purpose: str
    kind: str
    provider: str | None
    project: str | None
    amount_fen: int
    committed_fen: int
    paid_fen: int
    ended_on: str | None
    end_note: str | None
    reversed_on: str | None
    reversal: str | None

    @property
    def label(self) -> str:
        """``A3``: how a command names it."""
        return f"A{self.id}"

    @property
    def left_fen(self) -> int:
        """What may still be paid."""
        return self.committed_fen - self.paid_fen

    @property
    def alive(self) -> bool:
        """Neither ended nor reversed."""
        return self.ended_on is None and self.reversed_on is None


@dataclass(frozen=True, slots=True)
class Payment:
    """Money paid or returned under one allocation; ``Y5`` names it."""

    id: PaymentId
    grant_id: GrantId
    member: str
    kind: str
    on: str
    amount_fen: int
    voucher: str | None
    reversed_on: str | None


@dataclass(frozen=True, slots=True)
class FollowUp:
    """A look back after 6 or 12 months: still trading, with what result."""

    id: FollowUpId
    grant_id: GrantId
    member: str
    on: str
    months: int
    trading: str
    result: str | None
    by: str | None


def check_pot(pot: Pot, amount_fen: int, on: date) -> None:
    """Refuse an allocation that the pot cannot bear on that day.

    Raises:
        Conflict: ``aid_pot_exceeded``, ``aid_pot_reversed``, ``aid_pot_early``, ``aid_pot_period``.
    """
    if pot.reversed_on is not None:
        raise Conflict("aid_pot_reversed", pot=pot.name, on=pot.reversed_on)
    if on.isoformat() < pot.since and pot.until is None:
        raise Conflict("aid_pot_early", pot=pot.name, on=on, since=pot.since)
    if on.isoformat() < pot.since or (pot.until is not None and on.isoformat() > pot.until):
        raise Conflict("aid_pot_period", pot=pot.name, on=on, since=pot.since, until=pot.until)
    if amount_fen > pot.left_fen:
        raise Conflict(
            "aid_pot_exceeded", pot=pot.name, left=yuan(pot.left_fen), asked=yuan(amount_fen)
        )


def check_amount(kind: Kind, amount_fen: int, *, has_pot: bool) -> None:
    """Refuse funds without money, and money without a pot.

    Raises:
        BadValue: ``aid_amount_missing``, ``aid_pot_missing``.
    """
    if kind is Kind.FUNDS and not amount_fen:
        raise BadValue("aid_amount_missing")
    if amount_fen and not has_pot:
        raise BadValue("aid_pot_missing")


def require_alive(grant: Grant) -> None:
    """Refuse to go on with an allocation that ended or was reversed.

    Raises:
        Conflict: ``aid_grant_ended``, ``aid_grant_reversed``.
    """
    if grant.reversed_on is not None:
        raise Conflict("aid_grant_reversed", grant=grant.label, on=grant.reversed_on)
    if grant.ended_on is not None:
        raise Conflict("aid_grant_ended", grant=grant.label, on=grant.ended_on)


def check_payment(grant: Grant, kind: Paid, amount_fen: int, on: date) -> None:
    """Refuse to pay more than was allocated, to take back more than was paid, or to do it early.

    Raises:
        BadValue: ``aid_before_allocation``, ``money_zero``.
        Conflict: ``aid_overpaid``, ``aid_overreturned``, or the allocation was reversed.
    """
    if grant.reversed_on is not None or kind is Paid.PAY:
        require_alive(grant)
    if not amount_fen:
        raise BadValue("money_zero")
    if on.isoformat() < grant.on:
        raise BadValue("aid_before_allocation", grant=grant.label, on=on, allocated=grant.on)
    if kind is Paid.PAY and amount_fen > grant.left_fen:
        raise Conflict(
            "aid_overpaid", grant=grant.label, left=yuan(grant.left_fen), asked=yuan(amount_fen)
        )
    if kind is Paid.RETURN and amount_fen > grant.paid_fen:
        raise Conflict(
            "aid_overreturned",
            grant=grant.label,
            paid=yuan(grant.paid_fen),
            asked=yuan(amount_fen),
        )
