"""Transfer letters: issued, received, cancelled, filed. Until received the sender answers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flowparty.domain.errors import BadValue, Conflict
from flowparty.domain.members import EndReason
from flowparty.domain.text import clean_text
from flowparty.domain.transfers import (
    Outcome,
    State,
    Transfer,
    check_cancelled,
    check_filed,
    check_received,
    check_valid_days,
)
from flowparty.repository import dues, members, settings, transfers
from flowparty.service import members as memberships
from flowparty.service.living import living
from flowparty.service.recorded import Recorded

if TYPE_CHECKING:
    from datetime import date

    from flowparty.domain.ids import MemberId
    from flowparty.domain.members import Member
    from flowparty.domain.months import Month
    from flowparty.repository.registry import Registry


@dataclass(frozen=True, slots=True)
class NewTransfer:
    """A letter about to be issued; ``dues_paid_to`` None: as the payments on record say."""

    number: str
    receiver: str
    on: date
    valid_days: int | None = None
    dues_paid_to: Month | None = None


def issue(
    registry: Registry, member: Member, new: NewTransfer, *, by: str | None
) -> Recorded[Transfer]:
    """Issue a letter for a member who transfers elsewhere; one that expired makes room for it.

    Raises:
        BadValue: no number or receiver, too long a validity, or nobody knows how far the dues are
            paid. Conflict: the number was used, a letter is still valid, membership has ended or is
            suspended, or the person is a guest.
    """
    number, receiver = clean_text(new.number).strip(), clean_text(new.receiver).strip()
    if not number or not receiver:
        raise BadValue("transfer_incomplete")
    with registry.write():
        member = living(registry, member, on=new.on)
        known = transfers.by_number(registry, number)
        if known is not None:
            _require_same(known, (member.id, receiver, new.on.isoformat()))
            return Recorded(known, repeated=True)
        _check_member(member)
        force = settings.load(registry)
        days = force.transfer_valid_days if new.valid_days is None else new.valid_days
        check_valid_days(days, force.transfer_valid_most)
        _make_room(registry, member, new.on)
        letter = transfers.add(
            registry,
            {
                "number": number,
                "member_id": member.id,
                "branch_id": member.branch_id,
                "receiver": receiver,
                "on": new.on.isoformat(),
                "valid_days": days,
                "dues_paid_to": str(new.dues_paid_to or _paid_to(registry, member, new.on)),
                "by": by,
            },
        )
        return Recorded(transfers.get(registry, letter))


def _require_same(known: Transfer, content: tuple[MemberId, str, str]) -> None:
    """Refuse the number of a letter about somebody else, to somebody else or of another day."""
    if (known.member_id, known.receiver, known.on) != content:
        raise Conflict("transfer_number_used", number=known.number, member=known.member)


def _check_member(member: Member) -> None:
    if member.guest:
        raise Conflict("transfer_guest", member=member.name)
    if member.standing == "suspended":
        raise Conflict("transfer_suspended", member=member.name)


def _make_room(registry: Registry, member: Member, on: date) -> None:
    """Mark an expired letter as such; one that is still valid forbids another."""
    for letter in transfers.of_member(registry, member.id):
        if letter.outcome is not None:
            continue
        if letter.state_on(on) is not State.EXPIRED:
            raise Conflict("transfer_open", member=member.name, number=letter.number)
        values = {"outcome": Outcome.EXPIRED, "ended_on": letter.expired_on.isoformat()}
        transfers.edit(registry, letter.id, values)


def _paid_to(registry: Registry, member: Member, on: date) -> Month:
    """How far the dues were paid on the day of the letter: what was paid later is not on it."""
    paid = dues.account(registry, member.id, on=on).paid_to(on)
    if paid is None:
        raise BadValue("transfer_dues_unknown", member=member.name)
    return paid


def receive(
    registry: Registry,
    letter: Transfer,
    *,
    received_on: date,
    receipt_on: date,
    today: date,
) -> Recorded[Transfer]:
    """Record the receipt: the receiver took the letter, and membership here ends with that day.

    The receipt may come late, even after another letter took its place; the letter must have been
    taken while it was valid.

    Raises:
        Conflict: it was taken after its validity, it ended otherwise, or another one is open.
        BadValue: before it was issued, or the receipt before it was taken.
    """
    with registry.write():
        letter = transfers.get(registry, letter.id)
        days = (received_on.isoformat(), receipt_on.isoformat())
        if letter.outcome == Outcome.RECEIVED and (letter.ended_on, letter.receipt_on) == days:
            return Recorded(letter, repeated=True)
        check_received(letter, received_on, receipt_on)
        _check_only_one(registry, letter)
        values = {"outcome": Outcome.RECEIVED, "ended_on": days[0], "receipt_on": days[1]}
        transfers.edit(registry, letter.id, values)
        member = members.get(registry, letter.member_id, on=today)
        memberships.end(
            registry,
            member,
            EndReason.TRANSFERRED,
            on=received_on,
            note=letter.receiver,
            today=today,
        )
        return Recorded(transfers.get(registry, letter.id))


def _check_only_one(registry: Registry, letter: Transfer) -> None:
    """Refuse a late receipt while a letter that took its place is open: it must be taken back."""
    for other in transfers.of_member(registry, letter.member_id):
        if other.id != letter.id and other.outcome is None:
            raise Conflict("transfer_replaced", member=letter.member, number=other.number)


def cancel(
    registry: Registry, letter: Transfer, *, on: date, note: str | None
) -> Recorded[Transfer]:
    """Cancel a letter that was not received; the member stays here.

    Raises:
        Conflict: it ended already. BadValue: before it was issued.
    """
    with registry.write():
        letter = transfers.get(registry, letter.id)
        if (letter.outcome, letter.ended_on) == (Outcome.CANCELLED, on.isoformat()):
            return Recorded(letter, repeated=True)
        check_cancelled(letter, on)
        values = {"outcome": Outcome.CANCELLED, "ended_on": on.isoformat(), "end_note": note}
        transfers.edit(registry, letter.id, values)
        return Recorded(transfers.get(registry, letter.id))


def file(registry: Registry, letter: Transfer, *, on: date) -> Recorded[Transfer]:
    """Record that stub and receipt lie in the file.

    Raises:
        Conflict: the receipt is not back, or it was filed on another day.
        BadValue: before the receipt came.
    """
    with registry.write():
        letter = transfers.get(registry, letter.id)
        if letter.filed_on == on.isoformat():
            return Recorded(letter, repeated=True)
        check_filed(letter, on)
        transfers.edit(registry, letter.id, {"filed_on": on.isoformat()})
        return Recorded(transfers.get(registry, letter.id))
