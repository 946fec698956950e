"""Contacts: every attempt, failed ones too, and who keeps in touch with whom."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flowparty.domain.errors import Conflict
from flowparty.domain.text import clean_name
from flowparty.repository import contacts
from flowparty.service.living import living
from flowparty.service.recorded import Recorded

if TYPE_CHECKING:
    from datetime import date

    from flowparty.domain.contacts import Contact, Pair
    from flowparty.domain.members import Member
    from flowparty.repository.registry import Registry


def add(
    registry: Registry,
    member: Member,
    *,
    on: date,
    method: str,
    outcome: str,
    by: str | None,
    notes: str | None,
    again: bool = False,
) -> Recorded[Contact]:
    """Record one attempt to reach a member.

    Raises:
        Conflict: membership has ended.
    """
    with registry.write():
        member = living(registry, member, on=on)
        same = contacts.same(
            registry, member.id, on=on, method=method, outcome=outcome, notes=notes
        )
        if same is not None and not again:
            return Recorded(same, repeated=True)
        return Recorded(
            contacts.add(
                registry, member.id, on=on, method=method, outcome=outcome, by=by, notes=notes
            )
        )


def pair(
    registry: Registry,
    member: Member,
    contactor: str,
    *,
    duty: str | None,
    phone: str | None,
    since: date,
) -> Recorded[Pair]:
    """Record a contact pair from a day on.

    Raises:
        BadValue: the contactor's name is empty or unsafe. Conflict: membership has ended.
    """
    contactor = clean_name(contactor)
    with registry.write():
        member = living(registry, member, on=since)
        for known in contacts.list_pairs(registry, on=since, member=member.id):
            if known.contactor == contactor:
                return Recorded(known, repeated=True)
        number = contacts.add_pair(
            registry, member.id, contactor, duty=duty, phone=phone, since=since
        )
        return Recorded(contacts.pair(registry, number, on=since))


def unpair(registry: Registry, member: Member, contactor: str | None, *, on: date) -> Pair:
    """End a contact pair on a day; ``contactor`` may be left out when there is only one.

    Raises:
        Conflict: no such pair in force on that day, or several and none named.
    """
    with registry.write():
        open_pairs = [
            known
            for known in contacts.list_pairs(registry, on=on, member=member.id)
            if contactor is None or known.contactor == contactor
        ]
        if len(open_pairs) != 1:
            names = [known.contactor for known in open_pairs]
            raise Conflict("pair_not_one", member=member.name, contactors=names)
        contacts.end_pair(registry, open_pairs[0].id, on)
        return contacts.pair(registry, open_pairs[0].id, on=on)
