"""The sheets of a survey round, a workbook a branch: named disclosures, journaled."""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING

from flowparty.domain.errors import Conflict
from flowparty.domain.movements import Direction
from flowparty.files import file_name, make_folder
from flowparty.forms import survey_sheet
from flowparty.forms.survey_sheet import SurveySheet
from flowparty.repository import blanks, members, movements, survey_frames, surveys
from flowparty.repository.divisions import load_gazetteer
from flowparty.service.disclosure import disclosing, may_replace

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date
    from pathlib import Path

    from flowparty.domain.ids import MemberId, OrgId
    from flowparty.domain.movements import Movement
    from flowparty.domain.surveys import Person, Round
    from flowparty.repository.registry import Registry


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
    named = [people[0].branch for people in branches.values()]
    paths = _paths(registry, folder, the_round, named)
    for path, people in zip(paths, branches.values(), strict=True):
        _write(registry, the_round, path, people, away, masked=masked, on=on)
    return paths


def _paths(
    registry: Registry, folder: Path, the_round: Round, branches: Iterable[str]
) -> list[Path]:
    """A file a branch; numbered where two would be called alike, or where somebody has written."""
    names: dict[str, str] = {}
    for branch in branches:
        for number in count(1):
            again = str(number) if number > 1 else ""
            name = file_name("摸底排查表", the_round.name, branch, again, ending=".xlsx")
            if name.casefold() not in names and may_replace(registry, folder / name):
                names[name.casefold()] = name
                break
    return [folder / name for name in names.values()]


def _away(registry: Registry, on: date) -> dict[MemberId, Movement]:
    found = movements.list_movements(registry, on=on, direction=Direction.OUT)
    return {movement.member_id: movement for movement in found}


def _write(
    registry: Registry,
    the_round: Round,
    path: Path,
    people: list[Person],
    away: dict[MemberId, Movement],
    *,
    masked: bool,
    on: date,
) -> None:
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
    blank = blanks.in_force(registry, "survey_sheet")
    form = f"survey_sheet R{the_round.id}"
    with disclosing(registry, path, form, org=branch, rows=len(listed), masked=masked) as out:
        survey_sheet.write(out, blank, sheet, places=load_gazetteer())
