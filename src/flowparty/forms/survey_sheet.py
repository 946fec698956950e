"""《摸底排查表》 of one branch, to be filled in at the door: known facts stand there already."""

from __future__ import annotations

import io
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, BinaryIO

from flowparty.domain.handing_back import OPTIONS
from flowparty.forms.fill import fill
from flowparty.forms.returns import destination
from flowparty.forms.text import cell_text, personal, typed

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from flowparty.domain.blanks import Blank
    from flowparty.domain.members import Member
    from flowparty.domain.movements import Movement
    from flowparty.domain.places import Gazetteer
    from flowparty.domain.surveys import Section
    from flowparty.forms.blank import Value


@dataclass(frozen=True, slots=True)
class SurveySheet:
    """What stands on one branch's sheet; ``masked`` for a copy that cannot be read back."""

    round: str
    branch: str
    team: str | None
    sections: Sequence[Section]
    people: Sequence[tuple[Member, Movement | None]]
    masked: bool


def write(out: BinaryIO, blank: Blank, sheet: SurveySheet, *, places: Gazetteer) -> None:
    """Fill one branch's sheet into ``out``, its drop-downs with the usual answers."""
    values: dict[str, Value] = {
        "mark": "（脱敏副本）" if sheet.masked else "",
        "round": sheet.round,
        "branch": sheet.branch,
        "team": sheet.team or "",
        **{f"section{section.position}": section.name for section in sheet.sections},
    }
    rows = (
        _row(number, *one, places=places, masked=sheet.masked)
        for number, one in enumerate(sheet.people, start=1)
    )
    answers = {
        section.position: [text for _, text in section.choices] for section in sheet.sections
    }
    fill(_with_options(blank, answers), out, values, rows)


def _row(
    number: int, member: Member, movement: Movement | None, *, places: Gazetteer, masked: bool
) -> dict[str, Value]:
    text = typed("destination_text", movement.destination_text if movement else None, masked=masked)
    occupation = movement.occupation if movement else None
    return {
        "row.serial": number,
        "row.name": member.name,
        "row.id_number": personal(member.id_number, masked=masked),
        "row.phone": personal(member.mobile or member.landline, masked=masked),
        "row.destination": None
        if movement is None
        else destination(places, movement.destination_code, text),
        "row.occupation": typed("occupation", occupation or member.post, masked=masked),
    }


def _with_options(blank: Blank, answers: Mapping[int, Sequence[str]]) -> Blank:
    """The blank with the round's usual answers behind its drop-downs, if it has any."""
    from openpyxl import load_workbook

    book = load_workbook(io.BytesIO(blank.content))
    if OPTIONS not in book.sheetnames:
        return blank
    for column, texts in answers.items():
        for row, text in enumerate(texts, start=1):
            cell = book[OPTIONS].cell(row, column)
            cell.value = cell_text(text)
            cell.data_type = "s"  # an answer that begins with = is no formula
    out = io.BytesIO()
    book.save(out)
    return replace(blank, content=out.getvalue())
