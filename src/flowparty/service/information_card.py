"""The information card of one member: a named disclosure, journaled."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flowparty.domain.movements import Direction
from flowparty.forms.member_card import MemberCard
from flowparty.repository import blanks, cards, contacts, movements, orgs
from flowparty.repository.codes import load_tables
from flowparty.repository.divisions import load_gazetteer
from flowparty.service.disclosure import disclosing

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from flowparty.domain.members import Member
    from flowparty.repository.registry import Registry

CONTACTS_SHOWN = 8


def write(
    registry: Registry, member: Member, path: Path, *, on: date, by: str | None, masked: bool
) -> None:
    """Write one member's card to ``path`` with the latest contacts, and journal it.

    Raises:
        Denied, Storage: the file cannot be written.
    """
    moves = movements.of_member(registry, member.id, on=on)
    away = [move for move in moves if move.direction is Direction.OUT]
    held = cards.of_member(registry, member.id, on=on)
    unit = orgs.top(registry).name
    form = MemberCard(load_tables(), load_gazetteer(), on=on, masked=masked)
    latest = contacts.list_contacts(registry, on=on, member=member.id, limit=CONTACTS_SHOWN)
    blank = blanks.in_force(registry, "member_card")
    with disclosing(registry, path, "member_card", org=unit, rows=1, masked=masked) as out:
        form.write(
            out,
            blank,
            member,
            away[-1] if away else None,
            held[-1] if held else None,
            latest,
            unit=unit,
            prepared_by=by,
        )
