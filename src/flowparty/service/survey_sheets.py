"""The sheets of a survey round, a workbook a branch: named disclosures, journaled."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from flowparty.domain.errors import Conflict
from flowparty.domain.movements import Direction
from flowparty.files import make_folder
from flowparty.forms import survey_sheet
from flowparty.forms.survey_sheet import SurveySheet
from flowparty.repository import blanks, members, movements, survey_frames, surveys
from flowparty.repository.divisions import load_gazetteer
from flowparty.service.disclosure import disclosing

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from flowparty.domain.ids import MemberId, OrgId
    from flowparty.domain.movements import Movement
    from flowparty.domain.surveys import Person, Round
    from flowparty.repository.registry import Registry

_UNUSABLE = re.compile(r'[\\/:*?"<>|\x00-\x1f]')


def write(
    registry: Registry,
    the_round: Round,
    folder: Path,
    *,
    org: OrgId | None,
    missing: bool,
    masked: bool,
    on: date,
) -> list[Path]:
    """Write a sheet for every branch that has people to reach; returns the files.

    Args:
        registry: where.
        the_round: the round; its frame says who stands on the sheets.
        folder: where the workbooks go; it is made if it is not there.
        org: only this organization and those below it.
        missing: only people whose outcome is not known yet.
        masked: a copy without identity numbers and phones, which cannot be read back.
        on: the day whose facts stand there.

    Raises:
        Conflict: ``survey_nobody``: nobody is to be reached. Denied, Storage: a file cannot be
            written.
    """
    frame = survey_frames.people(registry, the_round.id, org=org)
    branches: dict[OrgId, list[Person]] = {}
    for person in frame:
        if not (missing and person.known):
            branches.setdefault(person.branch_id, []).append(person)
    if not branches:
        raise Conflict("survey_nobody", round=the_round.name)
    make_folder(folder)
    away = _away(registry, on)
    return [
        _write(registry, the_round, folder, people, away, masked=masked, on=on)
        for people in branches.values()
    ]


def _away(registry: Registry, on: date) -> dict[MemberId, Movement]:
    found = movements.list_movements(registry, on=on, direction=Direction.OUT)
    return {movement.member_id: movement for movement in found}


def _write(
    registry: Registry,
    the_round: Round,
    folder: Path,
    people: list[Person],
    away: dict[MemberId, Movement],
    *,
    masked: bool,
    on: date,
) -> Path:
    listed = members.select(registry, [person.member_id for person in people], on=on)
    branch = people[0].branch
    sheet = SurveySheet(
        round=the_round.name,
        branch=branch,
        team=people[0].team,
        sections=surveys.sections(registry, the_round.id),
        people=[(member, away.get(member.id)) for member in listed],
        masked=masked,
    )
    name = _UNUSABLE.sub("_", f"摸底排查表_{the_round.name}_{branch}.xlsx")
    blank = blanks.in_force(registry, "survey_sheet")
    form = f"survey_sheet R{the_round.id}"
    with disclosing(registry, folder / name, form, org=branch, rows=len(listed)) as out:
        survey_sheet.write(out, blank, sheet, places=load_gazetteer())
    return folder / name
