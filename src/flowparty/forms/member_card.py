"""《流动党员信息卡》: one person on one page of A4."""

from __future__ import annotations

from typing import TYPE_CHECKING, BinaryIO

from flowparty.domain.cards import Kind
from flowparty.forms.fill import fill
from flowparty.forms.returns import chinese_day, contact, destination, dotted
from flowparty.forms.text import personal, typed

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from flowparty.domain.blanks import Blank
    from flowparty.domain.cards import Card
    from flowparty.domain.codes import CodeTable
    from flowparty.domain.contacts import Contact
    from flowparty.domain.members import Member
    from flowparty.domain.movements import Movement
    from flowparty.domain.places import Gazetteer
    from flowparty.forms.blank import Value


class MemberCard:
    """Fills the card; ``masked`` for a copy without identity numbers and phones."""

    def __init__(
        self, tables: Mapping[str, CodeTable], places: Gazetteer, *, on: date, masked: bool
    ) -> None:
        """Take the words of the form and the day it is filled."""
        self._tables = tables
        self._places = places
        self._on = on
        self._masked = masked

    def write(
        self,
        out: BinaryIO,
        blank: Blank,
        member: Member,
        movement: Movement | None,
        card: Card | None,
        contacts: Sequence[Contact],
        *,
        unit: str,
        prepared_by: str | None,
    ) -> None:
        """Write one person's card into ``out``."""
        values: dict[str, Value] = {
            **self._person(member),
            **self._movement(movement),
            **self._card(card),
            "unit": unit,
            "filled_on": chinese_day(self._on),
            "prepared_by": prepared_by or "",
        }
        rows = ({f"row.{key}": value for key, value in self._contact(c).items()} for c in contacts)
        fill(blank, out, values, rows)

    def _person(self, member: Member) -> dict[str, Value]:
        return {
            "name": member.name,
            "sex": self._word("sex", member.sex),
            "ethnicity": member.ethnicity,
            "birth": dotted(member.birth_date),
            "id_number": personal(member.id_number, masked=self._masked),
            "education": member.education,
            "category": self._word("category", member.category),
            "joined_on": dotted(member.joined_on),
            "full_member_on": dotted(member.full_member_on),
            "branch": member.branch,
            "group": member.group,
            "phone": personal(member.mobile or member.landline, masked=self._masked),
            "address": personal(member.address, masked=self._masked),
            "post": self._typed("post", member.post),
            "remark": self._typed("remark", member.remark),
        }

    def _movement(self, movement: Movement | None) -> dict[str, Value]:
        if movement is None:
            return dict.fromkeys(_MOVEMENT)
        text = self._typed("destination_text", movement.destination_text)
        place = destination(self._places, movement.destination_code, text)
        return {
            "left_on": dotted(movement.left_on) or "不详",
            "destination": place,
            "reason": self._word("move_reason", movement.reason),
            "occupation": self._typed("occupation", movement.occupation),
            "unit_kind": self._word("unit_kind", movement.unit_kind),
            "host_org": self._typed("host_org", movement.host_org),
            "host_contact": contact(
                movement.host_contact, movement.host_phone, masked=self._masked
            ),
            "arrived_on": dotted(movement.arrived_on),
        }

    def _card(self, card: Card | None) -> dict[str, Value]:
        if card is None:
            return dict.fromkeys(_CARD)
        return {
            "card_number": card.number,
            "issued_on": dotted(card.last(Kind.ISSUE, self._on)),
            "card_state": self._word("card_state", card.state_on(self._on)),
            "verified_on": dotted(card.last(Kind.VERIFY, self._on)),
        }

    def _contact(self, made: Contact) -> dict[str, Value]:
        return {
            "on": dotted(made.on),
            "method": self._word("contact_method", made.method),
            "outcome": self._word("contact_outcome", made.outcome),
            "by": made.by,
            "notes": "" if self._masked else made.notes,
        }

    def _typed(self, column: str, text: str | None) -> str | None:
        return typed(column, text, masked=self._masked)

    def _word(self, table: str, code: str | None) -> str | None:
        return None if code is None else self._tables[table].zh(code)


_MOVEMENT = (
    "left_on", "destination", "reason", "occupation", "unit_kind", "host_org", "host_contact",
    "arrived_on",
)  # fmt: skip
_CARD = ("card_number", "issued_on", "card_state", "verified_on")
