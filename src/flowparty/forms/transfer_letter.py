"""《中国共产党党员组织关系介绍信》 in its three parts: stub, letter, receipt; one A4 page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, BinaryIO

from flowparty.forms.fill import fill
from flowparty.forms.returns import chinese_day
from flowparty.forms.text import personal

if TYPE_CHECKING:
    from collections.abc import Mapping

    from flowparty.domain.blanks import Blank
    from flowparty.domain.codes import CodeTable
    from flowparty.domain.members import Member
    from flowparty.domain.transfers import Transfer
    from flowparty.forms.blank import Value


@dataclass(frozen=True, slots=True)
class Printed:
    """What stands on the letter; ``masked`` for a copy without identity number and phone."""

    letter: Transfer
    member: Member
    age: int
    unit: str
    unit_phone: str | None
    masked: bool


def write(
    out: BinaryIO, blank: Blank, printed: Printed, *, tables: Mapping[str, CodeTable]
) -> None:
    """Fill the three parts into ``out``."""
    letter, member = printed.letter, printed.member
    year, month = letter.dues_paid_to.split("-")
    category = member.category or "full"
    sex = tables["sex"].zh(member.sex)
    values: dict[str, Value] = {
        "mark": "（脱敏副本）" if printed.masked else "",
        "number": letter.number.removeprefix("第").removesuffix("号").strip(),
        "name": member.name,
        "person": "，".join(filter(None, (sex, f"{printed.age}岁", member.ethnicity))),
        "category": tables["category"].zh(category),
        "id_number": personal(member.id_number, masked=printed.masked),
        "phone": personal(member.mobile or member.landline, masked=printed.masked),
        "branch": letter.branch,
        "receiver": letter.receiver,
        "dues": f"{year}年{int(month)}月",
        "valid_days": str(letter.valid_days),
        "valid_until": chinese_day(letter.valid_until),
        "unit": printed.unit,
        "unit_phone": printed.unit_phone,
        "by": letter.by,
        "on": chinese_day(letter.issued),
    }
    fill(blank, out, values)
