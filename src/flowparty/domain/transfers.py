"""组织关系介绍信: issued, then received, expired or cancelled; a received one is filed.

Practice of the field: validity usually about 10 days, at most 3 months; the receiving committee
returns the receipt within 1 month; until it has received the letter the sender stays responsible.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from dateutil.relativedelta import relativedelta

from flowparty.domain.errors import BadValue, Conflict

if TYPE_CHECKING:
    from flowparty.domain.ids import MemberId, TransferId


class State(StrEnum):
    """Where a letter stands on a day."""

    ISSUED = "issued"
    EXPIRED = "expired"
    RECEIVED = "received"
    FILED = "filed"
    CANCELLED = "cancelled"


UNFINISHED = frozenset({State.ISSUED, State.EXPIRED, State.RECEIVED})
"""Where something is still to be done: wait for the receipt, issue anew, file."""


class Outcome(StrEnum):
    """How a letter's validity ended."""

    RECEIVED = "received"
    CANCELLED = "cancelled"
    EXPIRED = "expired"


@dataclass(frozen=True, slots=True)
class Transfer:
    """One letter; days are ISO text, ``dues_paid_to`` is a month."""

    id: TransferId
    number: str
    member_id: MemberId
    member: str
    branch: str
    receiver: str
    on: str
    valid_days: int
    dues_paid_to: str
    by: str | None
    outcome: str | None
    ended_on: str | None
    end_note: str | None
    receipt_on: str | None
    filed_on: str | None

    @property
    def label(self) -> str:
        """``L3``: how a command names it."""
        return f"L{self.id}"

    @property
    def issued(self) -> date:
        """The day of the letter."""
        return date.fromisoformat(self.on)

    @property
    def valid_until(self) -> date:
        """The last day on which the receiver may take it; the day of issue is the first."""
        return self.issued + timedelta(days=self.valid_days - 1)

    @property
    def expired_on(self) -> date:
        """The first day on which nobody may take it any more."""
        return self.issued + timedelta(days=self.valid_days)

    def state_on(self, day: date) -> State | None:
        """The state at the end of ``day``; None before it was issued."""
        at = day.isoformat()
        if self.on > at:
            return None
        if self.filed_on is not None and self.filed_on <= at:
            return State.FILED
        if self.outcome is not None and self.ended_on is not None and self.ended_on <= at:
            return State(self.outcome)
        return State.EXPIRED if self.expired_on <= day else State.ISSUED

    def unfinished_on(self, day: date) -> bool:
        """Whether something is still to be done; one that made room for another is over."""
        state = self.state_on(day)
        return state in UNFINISHED and not (state is State.EXPIRED and self.outcome is not None)

    def receipt_due(self, months: int) -> date:
        """By when the receipt must be back: ``months`` after the receiver took the letter.

        While nobody knows that day, the last day of its validity stands for it.
        """
        received = self.outcome == Outcome.RECEIVED and self.ended_on is not None
        taken = date.fromisoformat(str(self.ended_on)) if received else self.valid_until
        return taken + relativedelta(months=months)

    def receipt_overdue(self, day: date, months: int) -> bool:
        """Whether the receipt was or is late on a day; never of a letter that ended otherwise."""
        if self.outcome in (Outcome.CANCELLED, Outcome.EXPIRED):
            return False
        back = None if self.receipt_on is None else date.fromisoformat(self.receipt_on)
        return self.receipt_due(months) < (day if back is None else min(back, day))


def check_valid_days(days: int, most: int) -> None:
    """Refuse a validity longer than the rules allow.

    Raises:
        BadValue: ``transfer_valid_days``.
    """
    if not 1 <= days <= most:
        raise BadValue("transfer_valid_days", days=days, most=most)


def check_received(letter: Transfer, on: date, receipt_on: date) -> None:
    """Refuse a letter taken after its validity, before it was issued, or ended already.

    A receipt may come late; what counts is the day on which the receiver took the letter. So it
    may even come for a letter that seemed to have run out, and had made room for another.

    Raises:
        BadValue: ``transfer_before``, ``transfer_receipt_before``.
        Conflict: ``transfer_expired``, ``transfer_ended``.
    """
    if letter.outcome != Outcome.EXPIRED:
        _check_open(letter)
    _check_after(letter, on)
    if on > letter.valid_until:
        raise Conflict("transfer_expired", number=letter.number, until=letter.valid_until, on=on)
    if receipt_on < on:
        raise BadValue("transfer_receipt_before", number=letter.number, on=receipt_on, received=on)


def check_cancelled(letter: Transfer, on: date) -> None:
    """Refuse to cancel what ended already, or before it was issued.

    Raises:
        BadValue: ``transfer_before``. Conflict: ``transfer_ended``.
    """
    _check_open(letter)
    _check_after(letter, on)


def _check_open(letter: Transfer) -> None:
    if letter.outcome is not None:
        raise Conflict(
            "transfer_ended", number=letter.number, on=letter.ended_on, outcome=letter.outcome
        )


def _check_after(letter: Transfer, on: date) -> None:
    if on.isoformat() < letter.on:
        raise BadValue("transfer_before", number=letter.number, on=on, issued=letter.on)


def check_filed(letter: Transfer, on: date) -> None:
    """Refuse to file a letter without its receipt, or before the receipt came.

    Raises:
        Conflict: ``transfer_no_receipt``, ``transfer_filed``. BadValue: ``transfer_filed_before``.
    """
    if letter.receipt_on is None:
        raise Conflict("transfer_no_receipt", number=letter.number)
    if letter.filed_on is not None:
        raise Conflict("transfer_filed", number=letter.number, on=letter.filed_on)
    if on.isoformat() < letter.receipt_on:
        raise BadValue(
            "transfer_filed_before", number=letter.number, on=on, receipt=letter.receipt_on
        )
