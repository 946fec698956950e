"""Contacts: every attempt counts as a fact, and each member away is owed one a month."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flowparty.domain.ids import ContactId, MemberId, PairId
    from flowparty.domain.masking import Masked

REACHED = "reached"


@dataclass(frozen=True, slots=True)
class Contact:
    """One attempt: when, how, by whom, with what result; ``notes`` hold what was said."""

    id: ContactId
    member_id: MemberId
    member: str
    branch: str | None
    on: str
    method: str
    outcome: str
    by: str | None
    notes: str | None


@dataclass(frozen=True, slots=True)
class Pair:
    """联系对子: somebody who keeps in touch with one member away."""

    id: PairId
    member_id: MemberId
    member: str
    branch: str | None
    contactor: str
    duty: str | None
    phone: Masked | None
    since: str
    until: str | None


@dataclass(frozen=True, slots=True)
class Owed:
    """One member away in one calendar month: reached or still owed a contact.

    Source: the branch secretary contacts every member away once a month (联系驻外党员制度).
    ``failed_on`` are the days of the attempts since the last that reached the member, in order.
    """

    member_id: MemberId
    member: str
    branch: str | None
    secretary: str | None
    phone: Masked | None
    left_on: str | None
    attempts: int
    reached_on: str | None
    last_reached_on: str | None
    failed_on: tuple[str, ...]

    @property
    def failed_running(self) -> int:
        """How many attempts have failed since the last that reached the member."""
        return len(self.failed_on)

    @property
    def owed(self) -> bool:
        """Whether nobody has reached the member this month."""
        return self.reached_on is None
