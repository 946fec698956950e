"""What is shown of aid; money in yuan on screen, in fen for programs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flowparty.domain.aid import FollowUp, Grant, Payment, Pot
from flowparty.domain.money import yuan
from flowparty.language import _
from flowparty.output.columns import Column, attribute
from flowparty.service.aid_status import By, Line
from flowparty.words import term

if TYPE_CHECKING:
    from collections.abc import Callable


def pot_columns() -> list[Column[Pot]]:
    """What is shown of a pot."""
    return [
        Column("number", _("No."), lambda pot: f"T{pot.id}"),
        Column("name", _("Pot"), attribute("name"), fold=True),
        Column("source", _("Source"), attribute("source"), fold=True),
        Column("provider", _("Office"), attribute("provider"), wide=True),
        Column("document", _("Document"), attribute("document"), wide=True),
        Column("amount_fen", _("Budget"), attribute("amount_fen"), yuan, right=True),
        Column("committed_fen", _("Allocated"), attribute("committed_fen"), yuan, right=True),
        Column("left_fen", _("Remaining"), attribute("left_fen"), yuan, right=True),
        Column("since", _("Since"), attribute("since"), wide=True),
        Column("until", _("Until"), attribute("until"), wide=True),
        Column("reversed_on", _("Reversed"), attribute("reversed_on"), table=False),
    ]


def grant_columns() -> list[Column[Grant]]:
    """What is shown of an allocation."""
    return [
        Column("number", _("No."), attribute("label")),
        Column("member", _("Recipient"), attribute("member")),
        Column("member_number", _("Member"), lambda grant: f"M{grant.member_id}", wide=True),
        Column("branch", _("Branch"), attribute("branch"), wide=True),
        Column("on", _("Day"), attribute("on")),
        Column("purpose", _("Purpose"), attribute("purpose"), term("aid_purpose")),
        Column("kind", _("Kind"), attribute("kind"), term("aid_kind")),
        Column("pot", _("Pot"), attribute("pot"), fold=True, wide=True),
        Column("provider", _("Office"), attribute("provider"), table=False),
        Column("project", _("Project"), attribute("project"), fold=True, wide=True),
        Column("amount_fen", _("Amount"), attribute("amount_fen"), yuan, right=True),
        Column("paid_fen", _("Paid"), attribute("paid_fen"), yuan, right=True),
        Column("left_fen", _("Remaining"), attribute("left_fen"), yuan, right=True),
        Column("ended_on", _("Ended"), attribute("ended_on"), wide=True),
        Column("reversed_on", _("Reversed"), attribute("reversed_on"), wide=True),
        Column("reversal", _("Why reversed"), attribute("reversal"), table=False),
    ]


def payment_columns() -> list[Column[Payment]]:
    """What is shown of a payment or return."""
    return [
        Column("number", _("No."), lambda payment: f"Y{payment.id}"),
        Column("grant", _("Allocation"), lambda payment: f"A{payment.grant_id}"),
        Column("member", _("Recipient"), attribute("member")),
        Column("kind", _("Kind"), attribute("kind"), term("aid_movement")),
        Column("on", _("Day"), attribute("on")),
        Column("amount_fen", _("Amount"), attribute("amount_fen"), yuan, right=True),
        Column("voucher", _("Voucher"), attribute("voucher")),
        Column("reversed_on", _("Reversed"), attribute("reversed_on")),
    ]


def follow_up_columns() -> list[Column[FollowUp]]:
    """What is shown of a follow-up."""
    return [
        Column("grant", _("Allocation"), lambda look: f"A{look.grant_id}"),
        Column("member", _("Recipient"), attribute("member")),
        Column("on", _("Day"), attribute("on")),
        Column("months", _("Months"), attribute("months"), right=True),
        Column("trading", _("Trading"), attribute("trading"), term("trading")),
        Column("result", _("Result"), attribute("result"), fold=True),
        Column("by", _("By"), attribute("by"), wide=True),
    ]


_TABLES: dict[By, str] = {By.KIND: "aid_kind", By.PURPOSE: "aid_purpose"}


def aid_status_columns(by: By) -> list[Column[Line]]:
    """What is shown of aid in sum."""
    return [
        Column("name", _("Of"), attribute("name"), _word(by), fold=True),
        Column("budget_fen", _("Budget"), attribute("budget_fen"), yuan, right=True),
        Column("allocated_fen", _("Allocated"), attribute("allocated_fen"), yuan, right=True),
        Column("paid_fen", _("Paid"), attribute("paid_fen"), yuan, right=True),
        Column("left_fen", _("Remaining"), attribute("left_fen"), yuan, right=True),
        Column("people", _("People"), attribute("people"), right=True),
        Column("grants", _("Allocations"), attribute("grants"), right=True),
    ]


def _word(by: By) -> Callable[[str], str]:
    table = _TABLES.get(by)

    def word(name: str) -> str:
        if name == "":
            return _("Total")
        if name == "-":
            return _("without a pot") if by is By.POT else _("no branch")
        return name if table is None else term(table)(name)

    return word
