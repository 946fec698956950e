"""The secretary's call list of a month: a named disclosure, journaled."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from flowparty.domain import calls as rules
from flowparty.domain.calls import Call
from flowparty.domain.contacts import REACHED
from flowparty.domain.movements import Direction
from flowparty.forms import call_sheet as form
from flowparty.repository import (
    blanks,
    cards,
    contacts,
    members,
    movements,
    needs,
    settings,
    survey_frames,
    surveys,
)
from flowparty.repository.codes import load_tables
from flowparty.repository.divisions import load_gazetteer
from flowparty.service.disclosure import disclosing

if TYPE_CHECKING:
    from datetime import date

    from flowparty.domain.cards import Card
    from flowparty.domain.contacts import Contact
    from flowparty.domain.ids import MemberId
    from flowparty.domain.needs import Need
    from flowparty.domain.orgs import Org
    from flowparty.repository.registry import Registry


def build(registry: Registry, org: Org, *, on: date) -> list[Call]:
    """Everybody of an organization who is away on a day, those owed a contact first."""
    owed = contacts.owed(registry, on=on, org=org.id)
    people = members.select(registry, [one.member_id for one in owed], on=on)
    phones = {person.id: person.mobile or person.landline for person in people}
    away = movements.list_movements(registry, on=on, org=org.id, direction=Direction.OUT)
    moves = {move.member_id: move for move in away}
    held = _latest_cards(registry, org, on)
    attempts = _attempts(registry, org, on)
    raised = _needs(registry, org, on)
    surveyed = _not_surveyed(registry, org, on)
    calls = []
    for one in owed:
        who = one.member_id
        mine = attempts.get(who, [])
        last = next((made for made in mine if made.outcome == REACHED), None)
        secret = rules.withheld(raised.get(who, ()))
        calls.append(
            Call(
                owed=one,
                phone=phones[who],
                movement=moves[who],
                last=last,
                said=None if last is None or last.id in secret else last.notes,
                needs=rules.told(raised.get(who, ()), on),
                questions=rules.questions(
                    moves[who],
                    phone=phones[who],
                    latest=mine[0] if mine else None,
                    card=held.get(who),
                    survey_due=who in surveyed,
                    on=on,
                ),
            )
        )
    return rules.in_order(calls)


def _latest_cards(registry: Registry, org: Org, on: date) -> dict[MemberId, Card]:
    issued = sorted(cards.list_cards(registry, on=on, org=org.id), key=lambda card: card.id)
    return {card.member_id: card for card in issued}


def _attempts(registry: Registry, org: Org, on: date) -> dict[MemberId, list[Contact]]:
    """Every attempt by member, newest first."""
    made: dict[MemberId, list[Contact]] = {}
    for one in contacts.list_contacts(registry, on=on, org=org.id):
        made.setdefault(one.member_id, []).append(one)
    return made


def _needs(registry: Registry, org: Org, on: date) -> dict[MemberId, list[Need]]:
    raised: dict[MemberId, list[Need]] = {}
    for need in needs.list_needs(registry, on=on, org=org.id):
        raised.setdefault(need.member_id, []).append(need)
    return raised


def _not_surveyed(registry: Registry, org: Org, on: date) -> set[MemberId]:
    """Those whose outcome a round open on that day still lacks."""
    day = on.isoformat()
    return {
        person.member_id
        for the_round in surveys.list_rounds(registry)
        if the_round.since <= day and (the_round.closed_on is None or the_round.closed_on > day)
        for person in survey_frames.people(registry, the_round.id, org=org.id, on=on)
        if not person.known
    }


def usual_path(org: Org, on: date) -> Path:
    """Where a call list lies when nobody says: in the folder one is in, named by unit and month."""
    return Path(form.file_name(org.name, on))


def write(
    registry: Registry,
    org: Org,
    path: Path,
    *,
    on: date,
    owed_only: bool,
    masked: bool,
    by: str | None,
) -> list[Call]:
    """Write the call list as a workbook and journal the disclosure; returns what stands on it.

    Raises:
        BadValue, Denied, Storage: the file cannot be written there.
    """
    everybody = build(registry, org, on=on)
    listed = [call for call in everybody if call.owed.owed or not owed_only]
    head = form.Head(
        unit=org.name,
        home=settings.identity(registry).division,
        secretary=org.secretary,
        on=on,
        away=len(everybody),
        owed=sum(call.owed.owed for call in everybody),
        prepared_by=by,
    )
    tables, places = load_tables(), load_gazetteer()
    blank = blanks.in_force(registry, "call_sheet")
    title = f"call_sheet {on:%Y-%m}"
    with disclosing(registry, path, title, org=org.name, rows=len(listed), masked=masked) as out:
        form.write(out, blank, head, listed, tables=tables, places=places, masked=masked)
    return listed
