"""Party dues (党费): the standard by month, consents, payments, and how far they reach.

Source: 2008 规定. Farmers 0.2 to 1 yuan a month; students, unemployed, on relief 0.2; a card holder
may pay at the host [art. 9]; with the branch's consent quarterly, through another person, or
afterwards, normally within 6 months [art. 12]; the organization never pays for a member [art. 14].
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING

from flowparty.domain.errors import BadValue, Conflict
from flowparty.domain.money import yuan
from flowparty.domain.months import Month, span

if TYPE_CHECKING:
    from collections.abc import Sequence

    from flowparty.domain.ids import ConsentId, DuesId, MemberId
    from flowparty.domain.members import Member


class Basis(StrEnum):
    """By what a member's standard is set."""

    FARMER = "farmer"
    STUDENT = "student"
    UNEMPLOYED = "unemployed"
    RELIEF = "relief"
    WAGE = "wage"
    SELF_EMPLOYED = "self_employed"
    RETIRED = "retired"


class Consent(StrEnum):
    """What a branch may consent to [art. 12]."""

    QUARTERLY = "quarterly"
    BY_OTHER = "by_other"
    AFTERWARDS = "afterwards"


FIXED_FEN = {
    Basis.FARMER: (20, 100),
    Basis.STUDENT: (20, 20),
    Basis.UNEMPLOYED: (20, 20),
    Basis.RELIEF: (20, 20),
}
"""The least and the most a month, in fen; the others pay a share of what they earn."""


@dataclass(frozen=True, slots=True)
class Standard:
    """What a member owes a month, from a month on; fen."""

    member_id: MemberId
    since: Month
    basis: str
    amount_fen: int


@dataclass(frozen=True, slots=True)
class Deferral:
    """A branch's consent for some months; ``person`` pays where it is ``by_other``."""

    id: ConsentId
    member_id: MemberId
    member: str
    kind: Consent
    since: Month
    until: Month
    on: str
    by: str | None
    person: str | None

    def covers(self, month: Month) -> bool:
        """Whether the consent holds for the dues of a month."""
        return self.since <= month <= self.until


@dataclass(frozen=True, slots=True)
class Payment:
    """Dues paid on a day for the months from ``since`` to ``until``; ``F5`` names it."""

    id: DuesId
    member_id: MemberId
    member: str
    branch: str | None
    on: str
    since: Month
    until: Month
    amount_fen: int
    person: str | None
    host_org: str | None
    voucher: str | None
    reversed_on: str | None
    reversal: str | None

    def counts_on(self, day: date) -> bool:
        """Whether it had been made and was not reversed by the end of a day."""
        at = day.isoformat()
        return self.on <= at and (self.reversed_on is None or self.reversed_on > at)


@dataclass(frozen=True, slots=True)
class Account:
    """One member's dues: standards oldest first, consents, payments."""

    member_id: MemberId
    member: str
    branch: str | None
    standards: tuple[Standard, ...] = ()
    deferrals: tuple[Deferral, ...] = ()
    payments: tuple[Payment, ...] = ()

    def standard_of(self, month: Month) -> Standard | None:
        """The standard that holds for a month."""
        held = [one for one in self.standards if one.since <= month]
        return held[-1] if held else None

    def first_unpaid(self, day: date) -> Month | None:
        """The first month not paid by the end of a day; None without a standard."""
        if not self.standards:
            return None
        month = self.standards[0].since
        counted = (p for p in self.payments if p.counts_on(day))
        for payment in sorted(counted, key=lambda p: p.since):
            if payment.since <= month <= payment.until:
                month = payment.until.plus(1)
        return month

    def paid_to(self, day: date) -> Month | None:
        """Paid through which month, without a gap; None if nothing is."""
        unpaid = self.first_unpaid(day)
        if unpaid is None or unpaid == self.standards[0].since:
            return None
        return unpaid.plus(-1)

    def last_paid_on(self, day: date) -> str | None:
        """The ISO day of the last payment that counts on a day."""
        return max((p.on for p in self.payments if p.counts_on(day)), default=None)

    def owed_fen(self, first: Month, last: Month) -> int:
        """What is owed for the months from the first to the last; fen."""
        months = (self.standard_of(month) for month in span(first, last))
        return sum(one.amount_fen for one in months if one is not None)


def require_payer(member: Member) -> None:
    """Refuse the dues of a guest, who pays at home.

    Raises:
        Conflict: ``dues_guest``.
    """
    if member.guest:
        raise Conflict("dues_guest", member=member.name)


def check_standard(basis: Basis, amount_fen: int) -> None:
    """Refuse an amount that the rules do not allow for this basis [2008 规定].

    Raises:
        BadValue: ``money_zero``, ``dues_standard_outside``.
    """
    if not amount_fen:
        raise BadValue("money_zero")
    least, most = FIXED_FEN.get(basis, (1, amount_fen))
    if not least <= amount_fen <= most:
        raise BadValue(
            "dues_standard_outside",
            basis=basis,
            amount=yuan(amount_fen),
            least=yuan(least),
            most=yuan(most),
        )


def check_consent(kind: Consent, since: Month, until: Month, person: str | None) -> None:
    """Refuse a consent whose months are in the wrong order, or without the one who pays.

    Raises:
        BadValue: ``dues_months_order``, ``dues_person_missing``.
    """
    if until < since:
        raise BadValue("dues_months_order", since=str(since), until=str(until))
    if kind is Consent.BY_OTHER and not person:
        raise BadValue("dues_person_missing")


def check_months(account: Account, first: Month, last: Month, on: date, *, ahead: bool) -> None:
    """Refuse to pay months that are paid, leave a gap, have no standard, or lie ahead.

    Args:
        account: the member's dues.
        first: the first month paid for.
        last: the last month paid for.
        on: the day of the payment.
        ahead: whether the town lets members pay in advance (local rules only; off by default).

    Raises:
        Conflict: ``dues_no_standard``, ``dues_month_paid``, ``dues_gap``, ``dues_ahead``.
    """
    unpaid = account.first_unpaid(date.max)
    if unpaid is None:
        raise Conflict("dues_no_standard", member=account.member)
    if first < unpaid:
        raise Conflict("dues_month_paid", member=account.member, month=str(first))
    if first > unpaid:
        raise Conflict("dues_gap", member=account.member, unpaid=str(unpaid))
    if last > Month.of(on) and not ahead:
        raise Conflict("dues_ahead", month=str(last), on=on)


def check_payer(account: Account, months: Sequence[Month], person: str | None) -> None:
    """Refuse payment through another person without the branch's consent [art. 12].

    Raises:
        Conflict: ``dues_no_consent``.
    """
    if person is None:
        return
    for month in months:
        allowed = [
            one.person
            for one in account.deferrals
            if one.kind is Consent.BY_OTHER and one.covers(month)
        ]
        if person not in allowed:
            raise Conflict(
                "dues_no_consent", member=account.member, person=person, month=str(month)
            )


def check_amount(account: Account, first: Month, last: Month, amount_fen: int) -> None:
    """Refuse less than the standard of these months; a member may always pay more.

    Raises:
        BadValue: ``dues_too_little``.
    """
    owed = account.owed_fen(first, last)
    if amount_fen < owed:
        raise BadValue("dues_too_little", amount=yuan(amount_fen), owed=yuan(owed))
