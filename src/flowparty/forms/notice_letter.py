"""《流动党员双向管理函》: a letter to the other side with a reply slip, on one A4 page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, BinaryIO

from flowparty.domain.movements import Direction
from flowparty.forms.fill import fill
from flowparty.forms.returns import chinese_day, contact, destination, dotted
from flowparty.forms.text import typed

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from flowparty.domain.blanks import Blank
    from flowparty.domain.codes import CodeTable
    from flowparty.domain.members import Member
    from flowparty.domain.movements import Movement
    from flowparty.domain.notices import Notice
    from flowparty.domain.places import Gazetteer
    from flowparty.forms.blank import Value

_SENTENCES = {
    Direction.OUT: {
        "inform": "现将我处下列流动党员情况通报你处，请予接收和日常管理，并将有关情况填回执函复。",
        "query": "我处下列党员流动情况不明，请协助查询核实，并将查询结果填回执函复。",
        "joint": "下列流动党员拟由双方共同教育培养，请予安排并将有关情况填回执函复。",
    },
    Direction.IN: {
        "inform": "下列流动党员现在我处，由我处日常管理，特此通报，请将有关情况填回执函复。",
        "query": "下列流动党员现在我处，请协助核实其党员身份和组织关系，并将结果填回执函复。",
        "joint": "下列流动党员现在我处，拟由双方共同教育培养，请予配合并将有关情况填回执函复。",
    },
}
FORMS = {Direction.OUT: "notice", Direction.IN: "notice_home"}
"""By the movement: a guest's home is asked other things than the host of a member away."""


@dataclass(frozen=True, slots=True)
class Letter:
    """What stands on a notice; nothing else of a person is at hand here.

    ``masked``: a copy without the telephone of whoever is to be asked.
    """

    notice: Notice
    member: Member
    movement: Movement
    card_number: str | None
    unit: str
    unit_phone: str | None
    prepared_by: str | None
    answer_by: date
    masked: bool


def write(
    out: BinaryIO,
    blank: Blank,
    letter: Letter,
    *,
    tables: Mapping[str, CodeTable],
    places: Gazetteer,
) -> None:
    """Fill the letter into ``out``; only these facts are ever on it."""
    notice, member, movement = letter.notice, letter.member, letter.movement
    said = {
        column: typed(column, getattr(movement, column), masked=letter.masked)
        for column in ("destination_text", "occupation", "host_org")
    }
    values: dict[str, Value] = {
        "kind": tables["notice_kind"].zh(notice.kind),
        "code": f"{notice.code[:3]}-{notice.code[3:]}",
        "addressee": notice.addressee,
        "sentence": _SENTENCES[movement.direction][notice.kind],
        "text": notice.text or "",
        "name": member.name,
        "sex": tables["sex"].zh(member.sex),
        "birth": dotted(member.birth_date[:7]) if member.birth_date else None,
        "category": None if member.category is None else tables["category"].zh(member.category),
        "branch": member.branch,
        "card_number": letter.card_number,
        "left_on": dotted(movement.left_on) or "不详",
        "destination": destination(places, movement.destination_code, said["destination_text"]),
        "occupation": said["occupation"],
        "host_org": said["host_org"],
        "host_contact": contact(movement.host_contact, movement.host_phone, masked=letter.masked),
        "unit": letter.unit,
        "unit_phone": letter.unit_phone,
        "prepared_by": letter.prepared_by,
        "sent_on": chinese_day(notice.sent),
        "answer_by": chinese_day(letter.answer_by),
    }
    fill(blank, out, values)
