"""The printed letters: the notice with its reply slip, and the 介绍信 in its three parts."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from flowparty.domain.cards import State
from flowparty.domain.identity import age_on
from flowparty.forms import notice_letter, transfer_letter
from flowparty.repository import blanks, cards, members, movements, orgs, settings
from flowparty.repository.codes import load_tables
from flowparty.repository.divisions import load_gazetteer
from flowparty.service.disclosure import disclosing

if TYPE_CHECKING:
    from pathlib import Path

    from flowparty.domain.notices import Notice
    from flowparty.domain.transfers import Transfer
    from flowparty.repository.registry import Registry


def print_notice(
    registry: Registry, notice: Notice, path: Path, *, by: str | None, masked: bool
) -> None:
    """Write a notice as a workbook for one A4 page, and journal the disclosure.

    It carries the name, sex, month of birth, branch, category, the number of a card in use and
    what is known of the movement; never an identity number, the member's phone or address, what
    the member said, needs or aid [design, section 7].

    Raises:
        Denied, Storage, BadValue: the file cannot be written there.
    """
    on = notice.sent
    member = members.get(registry, notice.member_id, on=on)
    card = cards.live_of(registry, member.id, on=on)
    held = card is not None and card.state_on(on) is State.IN_USE
    top = orgs.top(registry)
    movement = movements.get(registry, notice.movement_id, on=on)
    letter = notice_letter.Letter(
        notice=notice,
        member=member,
        movement=movement,
        card_number=card.number if card is not None and held else None,
        unit=top.name,
        unit_phone=None if top.phone is None else top.phone.reveal(),
        prepared_by=by,
        answer_by=on + timedelta(days=settings.load(registry).notice_days),
        masked=masked,
    )
    blank = blanks.in_force(registry, notice_letter.FORMS[movement.direction])
    with disclosing(registry, path, "notice", org=top.name, rows=1, masked=masked) as out:
        notice_letter.write(out, blank, letter, tables=load_tables(), places=load_gazetteer())


def print_transfer(registry: Registry, letter: Transfer, path: Path, *, masked: bool) -> None:
    """Write a 介绍信 with stub, letter and receipt on one A4 page, and journal the disclosure.

    Raises:
        Denied, Storage, BadValue: the file cannot be written there.
    """
    on = letter.issued
    member = members.get(registry, letter.member_id, on=on)
    top = orgs.top(registry)
    printed = transfer_letter.Printed(
        letter=letter,
        member=member,
        age=age_on(member.id_number.reveal(), on),
        unit=top.name,
        unit_phone=None if top.phone is None else top.phone.reveal(),
        masked=masked,
    )
    blank = blanks.in_force(registry, "transfer")
    with disclosing(registry, path, "transfer_letter", org=top.name, rows=1, masked=masked) as out:
        transfer_letter.write(out, blank, printed, tables=load_tables())
