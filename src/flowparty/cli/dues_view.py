"""What is shown of dues; money in yuan on screen, in fen for programs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flowparty.domain.dues import Account, Deferral, Payment
from flowparty.domain.dues_standing import Standing, Totals
from flowparty.domain.money import yuan
from flowparty.domain.months import Month
from flowparty.language import _
from flowparty.output.columns import Column, attribute
from flowparty.words import term

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date


def _text(name: str) -> Callable[[Any], str | None]:
    """An attribute as text: a month or a day."""

    def value(row: Any) -> str | None:
        found = getattr(row, name)
        return None if found is None else str(found)

    return value


def account_columns(day: date) -> list[Column[Account]]:
    """What is shown of a member's standard on a day."""
    month = Month.of(day)

    def held(name: str) -> Callable[[Account], Any]:
        return lambda account: getattr(account.standard_of(month), name, None)

    return [
        Column("member", _("Name"), attribute("member")),
        Column("member_number", _("No."), lambda account: f"M{account.member_id}"),
        Column("branch", _("Branch"), attribute("branch")),
        Column("basis", _("Basis"), held("basis"), term("dues_basis")),
        Column("standard_fen", _("A month"), held("amount_fen"), yuan, right=True),
    ]


def consent_columns() -> list[Column[Deferral]]:
    """What is shown of a consent."""
    return [
        Column("member", _("Name"), attribute("member")),
        Column("member_number", _("No."), lambda consent: f"M{consent.member_id}", wide=True),
        Column("kind", _("Consent"), attribute("kind"), term("dues_consent")),
        Column("since", _("Since"), _text("since")),
        Column("until", _("Until"), _text("until")),
        Column("person", _("Paid by"), attribute("person")),
        Column("on", _("Day"), attribute("on")),
        Column("by", _("By"), attribute("by")),
    ]


def payment_columns(*, one: bool = False) -> list[Column[Payment]]:
    """What is shown of a payment; why it was reversed only of ``one``."""
    why: list[Column[Payment]] = [
        Column("reversal", _("Why reversed"), attribute("reversal"), fold=True)
    ]
    return [
        Column("number", _("No."), lambda payment: f"F{payment.id}"),
        Column("member", _("Name"), attribute("member")),
        Column("member_number", _("Member"), lambda payment: f"M{payment.member_id}", wide=True),
        Column("branch", _("Branch"), attribute("branch"), wide=True),
        Column("on", _("Day"), attribute("on")),
        Column("since", _("Since"), _text("since")),
        Column("until", _("Until"), _text("until")),
        Column("amount_fen", _("Amount"), attribute("amount_fen"), yuan, right=True),
        Column("person", _("Paid by"), attribute("person")),
        Column("host_org", _("At the host"), attribute("host_org"), wide=True),
        Column("voucher", _("Voucher"), attribute("voucher"), wide=True),
        Column("reversed_on", _("Reversed"), attribute("reversed_on")),
        *(why if one else []),
    ]


def standing_columns() -> list[Column[Standing]]:
    """What is shown of how a member stands."""
    return [
        Column("member", _("Name"), attribute("member")),
        Column("member_number", _("No."), lambda standing: f"M{standing.member_id}"),
        Column("branch", _("Branch"), attribute("branch")),
        Column(
            "standard_fen", _("A month"), attribute("standard_fen"), yuan, right=True, wide=True
        ),
        Column("paid_to", _("Paid to"), _text("paid_to")),
        Column("state", _("State"), attribute("state"), term("dues_state")),
        Column("months", _("Months owed"), attribute("months"), right=True, wide=True),
        Column("owed_fen", _("Owed"), attribute("owed_fen"), yuan, right=True),
        Column("due", _("Due"), _text("due")),
        Column("last_paid_on", _("Last paid"), attribute("last_paid_on"), wide=True),
    ]


def totals_columns() -> list[Column[Totals]]:
    """What is shown of a branch's dues."""
    return [
        Column("name", _("Branch"), attribute("name"), lambda name: name or _("Total")),
        Column("people", _("People"), attribute("people"), right=True),
        Column("paid", _("Paid up"), attribute("paid"), right=True),
        Column("deferred", _("May pay later"), attribute("deferred"), right=True),
        Column("overdue", _("Overdue"), attribute("overdue"), right=True),
        Column("no_standard", _("No standard"), attribute("no_standard"), right=True),
        Column("owed_fen", _("Owed"), attribute("owed_fen"), yuan, right=True),
    ]
