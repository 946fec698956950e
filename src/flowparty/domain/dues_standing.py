"""How members stand with their dues on a day: paid, deferred by consent, or overdue; and how many.

What is owed follows from the accounts of :mod:`dues`; nothing of it is stored.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from flowparty.domain.dues import Consent
from flowparty.domain.months import Month, span

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from flowparty.domain.dues import Account
    from flowparty.domain.ids import MemberId


class State(StrEnum):
    """How a member stands with the dues on a day."""

    PAID = "paid"
    DEFERRED = "deferred"
    OVERDUE = "overdue"
    NO_STANDARD = "no_standard"


@dataclass(frozen=True, slots=True)
class Standing:
    """One member's dues on a day: months and fen owed, and the day they had or have to be paid."""

    member_id: MemberId
    member: str
    branch: str | None
    standard_fen: int | None
    paid_to: Month | None
    state: State
    months: int
    owed_fen: int
    due: date | None
    last_paid_on: str | None


@dataclass(frozen=True, slots=True)
class Totals:
    """How many of a branch (empty name: of all) stand how, and what they owe in fen."""

    name: str
    people: int
    paid: int
    deferred: int
    overdue: int
    no_standard: int
    owed_fen: int


def totals(standings: Sequence[Standing]) -> list[Totals]:
    """The counts of every branch in the order they come, then of all."""
    branches: dict[str, list[Standing]] = {}
    for one in standings:
        branches.setdefault(one.branch or "-", []).append(one)
    return [*(_count(name, these) for name, these in branches.items()), _count("", standings)]


def _count(name: str, standings: Sequence[Standing]) -> Totals:
    states = [one.state for one in standings]
    return Totals(
        name,
        len(states),
        states.count(State.PAID),
        states.count(State.DEFERRED),
        states.count(State.OVERDUE),
        states.count(State.NO_STANDARD),
        sum(one.owed_fen for one in standings),
    )


def due_day(account: Account, month: Month, deferral_months: int) -> date:
    """By when the dues of a month must be paid: its last day, or later by consent."""
    days = [month.last_day]
    for consent in account.deferrals:
        if consent.covers(month) and consent.kind is Consent.QUARTERLY:
            days.append(month.quarter_end.last_day)
        if consent.covers(month) and consent.kind is Consent.AFTERWARDS:
            days.append(month.plus(deferral_months).last_day)
    return max(days)


def standing(account: Account, day: date, deferral_months: int) -> Standing:
    """How a member stands at the end of a day; the month that runs is not owed before its end."""
    unpaid = account.first_unpaid(day)
    this = Month.of(day)
    over = this.plus(-1)
    state, months, owed, due = State.NO_STANDARD, 0, 0, None
    if unpaid is not None:
        behind = list(span(unpaid, over))
        # A later month without consent may be due before an earlier one with it.
        due = min(due_day(account, month, deferral_months) for month in behind or [unpaid])
        months = len(behind)
        owed = account.owed_fen(unpaid, over)
        state = State.PAID if not months else State.DEFERRED if day <= due else State.OVERDUE
    current = account.standard_of(this)
    return Standing(
        account.member_id,
        account.member,
        account.branch,
        None if current is None else current.amount_fen,
        account.paid_to(day),
        state,
        months,
        owed,
        due,
        account.last_paid_on(day),
    )
