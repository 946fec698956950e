"""The agenda for one office: only the people and facts of its items, never what they said."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flowparty.domain.meetings import (
    Agenda,
    AgendaItem,
    check_office,
    on_agenda,
    unexplained,
)
from flowparty.domain.movements import Direction
from flowparty.domain.needs import CONFIDENTIAL
from flowparty.forms import agenda as form
from flowparty.forms.returns import destination, dotted
from flowparty.repository import blanks, movements, needs, orgs
from flowparty.repository.codes import table
from flowparty.repository.divisions import load_gazetteer
from flowparty.service.disclosure import disclosing

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from flowparty.domain.ids import OrgId
    from flowparty.domain.meetings import Meeting
    from flowparty.domain.movements import Movement
    from flowparty.domain.needs import Need
    from flowparty.domain.orgs import Org
    from flowparty.repository.registry import Registry


def build(registry: Registry, office: Org, *, on: date) -> Agenda:
    """What an office is to be asked on a day.

    Its needs are those assigned to it and not answered; of them the agenda has what the office was
    asked, never what the member said, and nothing at all of rights cases and disputes, which are
    only counted. Its movements are those of the members below the organization it stands under.

    Raises:
        Conflict: it is no office.
    """
    check_office(office)
    mine = [need for need in needs.list_needs(registry, on=on) if on_agenda(need, office.id, on)]
    away = movements.list_movements(
        registry, on=on, org=_whose(registry, office), direction=Direction.OUT
    )
    return Agenda(
        tuple(_need(need, on) for need in mine if need.kind not in CONFIDENTIAL),
        tuple(_movement(move) for move in away if unexplained(move)),
        sum(need.kind in CONFIDENTIAL for need in mine),
    )


def _whose(registry: Registry, office: Org) -> OrgId:
    return orgs.top(registry).id if office.parent_id is None else office.parent_id


def _need(need: Need, on: date) -> AgendaItem:
    assigned = need.assignment(on)
    asked, due = ("", None) if assigned is None else (assigned.text or "", assigned.due)
    return AgendaItem(need.member_id, need.member, need.branch, need.label, asked, due)


def _movement(move: Movement) -> AgendaItem:
    words = table("unexplained")
    asked = "、".join(words.zh(name) for name in unexplained(move))
    where = destination(load_gazetteer(), move.destination_code, move.destination_text)
    known = "　".join(filter(None, (dotted(move.left_on), where)))
    return AgendaItem(move.member_id, move.member, move.branch, known, asked, None)


def write(
    registry: Registry, office: Org, meeting: Meeting | None, path: Path, *, on: date
) -> Agenda:
    """Write the agenda of an office as a workbook and journal the disclosure.

    Raises:
        Conflict: it is no office. Denied, Storage, BadValue: the file cannot be written there.
    """
    agenda = build(registry, office, on=on)
    rows = len(agenda.needs) + len(agenda.movements)
    blank = blanks.in_force(registry, "agenda")
    with disclosing(registry, path, "agenda", org=office.name, rows=rows, masked=False) as out:
        form.write(
            out,
            blank,
            agenda,
            office=office.name,
            unit=orgs.top(registry).name,
            meeting=meeting,
            on=on,
        )
    return agenda
