"""Dues: standards, consents, payments; a mistake is reversed, never edited."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from flowparty.domain.cards import State as CardState
from flowparty.domain.dues import (
    Account,
    Basis,
    Consent,
    Deferral,
    Payment,
    check_amount,
    check_consent,
    check_months,
    check_payer,
    check_standard,
    require_payer,
)
from flowparty.domain.errors import BadValue, Conflict
from flowparty.domain.months import span
from flowparty.repository import cards, dues, orgs, settings
from flowparty.service.living import living
from flowparty.service.recorded import Recorded
from flowparty.service.reversing import marks

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from flowparty.domain.members import Member
    from flowparty.domain.months import Month
    from flowparty.repository.registry import Registry


def set_standard(
    registry: Registry,
    people: Sequence[Member],
    basis: Basis,
    amount_fen: int,
    *,
    since: Month,
    today: date,
) -> Recorded[list[Account]]:
    """Let a monthly standard hold from a month on, for one member or many, in one write.

    Raises:
        BadValue: the amount is outside what the rules allow for the basis.
        Conflict: membership has ended, a guest pays at home, or months of the new standard are
            paid already.
    """
    check_standard(basis, amount_fen)
    touched = False
    with registry.write():
        for given in people:
            member = _payer(registry, given, today)
            account = dues.account(registry, member.id, on=today)
            known = account.standard_of(since)
            if known is not None and (known.basis, known.amount_fen) == (basis, amount_fen):
                continue
            _check_unpaid(account, since)
            touched |= dues.set_standard(registry, member.id, since, basis, amount_fen)
        found = [dues.account(registry, member.id, on=today) for member in people]
        return Recorded(found, repeated=not touched)


def _payer(registry: Registry, member: Member, today: date) -> Member:
    member = living(registry, member, on=today)
    require_payer(member)
    return member


def _check_unpaid(account: Account, since: Month) -> None:
    for payment in account.payments:
        if payment.reversed_on is None and payment.until >= since:
            raise Conflict("dues_standard_paid", member=account.member, month=str(payment.until))


@dataclass(frozen=True, slots=True)
class NewConsent:
    """A branch's consent about to be recorded."""

    kind: Consent
    since: Month
    until: Month
    on: date
    by: str | None
    person: str | None


def consent(
    registry: Registry, member: Member, new: NewConsent, *, today: date
) -> Recorded[Deferral]:
    """Record that the branch consents: quarterly, through another person, or afterwards [art. 12].

    Raises:
        BadValue: the months are in the wrong order, or nobody is named who pays.
        Conflict: another consent of the kind begins with the same month, the organization would
            pay, or membership has ended.
    """
    check_consent(new.kind, new.since, new.until, new.person)
    with registry.write():
        _refuse_organization(registry, new.person)
        member = _payer(registry, member, today)
        for known in dues.consents_of(registry, member.id, on=today):
            if (known.kind, known.since) != (new.kind, new.since):
                continue
            if (known.until, known.person) == (new.until, new.person):
                return Recorded(known, repeated=True)
            raise Conflict("dues_consent_exists", member=member.name, since=str(known.since))
        number = dues.add_consent(
            registry,
            {
                "member_id": member.id,
                "kind": new.kind,
                "since": str(new.since),
                "until": str(new.until),
                "on": new.on.isoformat(),
                "by": new.by,
                "person": new.person,
            },
        )
        made = dues.consents_of(registry, member.id, on=today)
        return Recorded(next(one for one in made if one.id == number))


@dataclass(frozen=True, slots=True)
class NewPayment:
    """A payment about to be recorded; ``amount_fen`` None: exactly what these months cost."""

    on: date
    months: int
    amount_fen: int | None = None
    person: str | None = None
    host_org: str | None = None
    voucher: str | None = None


def pay(
    registry: Registry, people: Sequence[Member], new: NewPayment, *, today: date, again: bool
) -> Recorded[list[Payment]]:
    """Record dues paid for the next unpaid months, by one member or many, in one write.

    Raises:
        Conflict: no standard, months ahead, no consent for the one who pays, the organization
            pays, at the host without a card in use, or membership has ended.
        BadValue: less than the standard.
    """
    with registry.write():
        _refuse_organization(registry, new.person)
        done = [_pay(registry, member, new, today=today, again=again) for member in people]
        found = [payment for payment, _ in done]
        return Recorded(found, repeated=all(repeated for _, repeated in done))


def _pay(
    registry: Registry, member: Member, new: NewPayment, *, today: date, again: bool
) -> tuple[Payment, bool]:
    member = _payer(registry, member, today)
    account = dues.account(registry, member.id, on=today)
    same = _same(account, new)
    if same is not None and not again:
        return same, True
    first = account.first_unpaid(today) or _no_standard(account)
    last = first.plus(new.months - 1)
    check_months(account, first, last, new.on, ahead=settings.load(registry).dues_ahead)
    check_payer(account, list(span(first, last)), new.person)
    _check_host(registry, member, new)
    owed = account.owed_fen(first, last)
    amount = owed if new.amount_fen is None else new.amount_fen
    check_amount(account, first, last, amount)
    values: dict[str, Any] = {
        "member_id": member.id,
        "on": new.on.isoformat(),
        "since": str(first),
        "until": str(last),
        "amount_fen": amount,
        "person": new.person,
        "host_org": new.host_org,
        "voucher": new.voucher,
    }
    return dues.payment(registry, dues.add_payment(registry, values), on=today), False


def _no_standard(account: Account) -> Month:
    raise Conflict("dues_no_standard", member=account.member)


def _same(account: Account, new: NewPayment) -> Payment | None:
    """The payment recorded before with the same day, months, payer and, if given, amount."""
    for known in account.payments:
        same = (known.on, known.person, known.host_org, known.voucher) == (
            new.on.isoformat(),
            new.person,
            new.host_org,
            new.voucher,
        )
        months = len(list(span(known.since, known.until))) == new.months
        amount = new.amount_fen in (None, known.amount_fen)
        if same and months and amount and known.reversed_on is None:
            return known
    return None


def _refuse_organization(registry: Registry, person: str | None) -> None:
    """The organization never pays for a member, nor deducts [2008 规定 art. 14]."""
    if person is None:
        return
    if any(org.name == person for org in orgs.list_orgs(registry)):
        raise Conflict("dues_org_pays", name=person)


def _check_host(registry: Registry, member: Member, new: NewPayment) -> None:
    """Whoever pays at the host shows a card in use [2008 规定 art. 9]."""
    if new.host_org is None:
        return
    card = cards.live_of(registry, member.id, on=new.on)
    if card is None or card.state_on(new.on) is not CardState.IN_USE:
        raise Conflict("dues_host_card", member=member.name, on=new.on)


def reverse(
    registry: Registry, payment: Payment, *, on: date, reason: str, today: date
) -> Recorded[Payment]:
    """Reverse a payment recorded by mistake; later months must be reversed first.

    Raises:
        BadValue: no reason, or before the payment.
        Conflict: later months are paid, which would leave a gap.
    """
    values = marks(on, reason)
    with registry.write(reason):
        payment = dues.payment(registry, payment.id, on=today)
        if payment.reversed_on is not None:
            return Recorded(payment, repeated=True)
        if on.isoformat() < payment.on:
            raise BadValue("dues_reverse_before", on=on, paid=payment.on)
        later = [
            other
            for other in dues.payments(registry, on=today, member=payment.member_id)
            if other.reversed_on is None and other.since > payment.until
        ]
        if later:
            raise Conflict("dues_reverse_later", payments=[f"F{one.id}" for one in later])
        dues.reverse(registry, payment.id, values)
        return Recorded(dues.payment(registry, payment.id, on=today))
