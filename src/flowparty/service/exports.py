"""Lists going out in the very headings that an import reads: what goes out can come back."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, BinaryIO

from flowparty.domain.cards import ENDS, Kind
from flowparty.domain.errors import UsageProblem
from flowparty.domain.masking import Masked
from flowparty.domain.money import yuan
from flowparty.domain.movements import Direction
from flowparty.forms.listing import write_csv, write_workbook
from flowparty.intake.fields import kind_of
from flowparty.repository import (
    aid,
    cards,
    contacts,
    members,
    movements,
    orgs,
    survey_frames,
    surveys,
)
from flowparty.repository.codes import table
from flowparty.service.disclosure import disclosing

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date
    from pathlib import Path

    from flowparty.domain.cards import Card
    from flowparty.domain.ids import MemberId, OrgId
    from flowparty.domain.members import Member
    from flowparty.domain.movements import Movement
    from flowparty.domain.surveys import Sheet
    from flowparty.repository.registry import Registry

Value = str | Masked | None
Row = dict[str, Value]

SUFFIXES = (".xlsx", ".csv", ".json")


@dataclass(frozen=True, slots=True)
class Listing:
    """A list to go out: its headings by field, and a row a record; ``org`` is whose."""

    kind: str
    org: str
    headings: dict[str, str]
    rows: list[Row]


def gather(registry: Registry, kind: str, *, on: date, org: OrgId | None) -> Listing:
    """The records of one kind as of a day, under the fields of an import of that kind.

    Args:
        registry: where.
        kind: members, moves, cards, contacts, survey (the latest round) or aid.
        on: the day; what was so then.
        org: only members of this organization and those below it on that day.

    Raises:
        NotFound: ``survey_none``: there is no round.
    """
    people = {
        person.id: person
        for ended in (False, True)
        for person in members.list_members(registry, on=on, org=org, ended=ended)
    }
    rows = _GATHER[kind](registry, people, on)
    known = {name: field.zh for name, field in kind_of(kind).fields.items()}
    headings = {name: known.get(name, name) for row in rows for name in row}
    whose = orgs.top(registry) if org is None else orgs.get(registry, org)
    return Listing(kind, whose.name, headings, rows)


def _person(member: Member) -> Row:
    return {"name": member.name, "id_number": member.id_number, "branch": member.branch}


def _word(name: str, code: str | None) -> str | None:
    return None if code is None else table(name).zh(code)


def _yes_no(value: bool | None) -> str | None:  # noqa: FBT001 - the value that is worded
    return None if value is None else "是" if value else "否"


def _members(registry: Registry, people: Mapping[MemberId, Member], on: date) -> list[Row]:
    away = movements.list_movements(registry, on=on, direction=Direction.OUT)
    moves = {move.member_id: move for move in away}
    return [
        _member(member, moves.get(member.id))
        for member in people.values()
        if member.ended_on is None or member.ended_on > on.isoformat()
    ]


def _member(member: Member, move: Movement | None) -> Row:
    return {
        **_person(member),
        "sex": _word("sex", member.sex),
        "ethnicity": member.ethnicity,
        "birth_date": member.birth_date,
        "education": member.education,
        "category": _word("category", member.category),
        "joined_on": member.joined_on,
        "full_member_on": member.full_member_on,
        "post": member.post,
        "mobile": member.mobile,
        "landline": member.landline,
        "address": member.address,
        "standing": _word("standing", member.standing),
        "is_lost": _yes_no(member.lost_reported),
        "lost_on": member.lost_since,
        "is_mobile": _yes_no(move is not None),
        "destination": None if move is None else move.destination_text,
        "remark": _private(member.remark),
    }


def _private(text: str | None) -> Masked | None:
    return None if text is None else Masked(text, "text")


def _moves(registry: Registry, people: Mapping[MemberId, Member], on: date) -> list[Row]:
    away = movements.list_movements(registry, on=on, direction=Direction.OUT)
    return [
        {
            **_person(people[move.member_id]),
            "mobile": people[move.member_id].mobile,
            "left_on": None if move.away is None else str(move.away),
            "destination": move.destination_text,
            "reason": _word("move_reason", move.reason),
            "occupation": move.occupation,
            "host_org": move.host_org,
            "host_contact": move.host_contact and Masked(move.host_contact, "contact"),
            "host_phone": move.host_phone,
            "remark": _private(move.remark),
        }
        for move in away
        if move.member_id in people
    ]


def _cards(registry: Registry, people: Mapping[MemberId, Member], on: date) -> list[Row]:
    return [
        {
            **_person(people[card.member_id]),
            "card_number": card.number,
            "issued_on": card.last(Kind.ISSUE, on),
            "verified_on": card.last(Kind.VERIFY, on),
            "remark": _ended(card, on),
        }
        for card in cards.list_cards(registry, on=on)
        if card.member_id in people
    ]


def _ended(card: Card, on: date) -> str | None:
    """How a card ended, as a register remarks it: ``2026-11-03交回``."""
    ends = [e for e in card.events if e.on <= on.isoformat() and e.kind in (*ENDS, Kind.LOST)]
    return f"{ends[-1].on}{_word('card_event', ends[-1].kind)}" if ends else None


def _contacts(registry: Registry, people: Mapping[MemberId, Member], on: date) -> list[Row]:
    return [
        {
            **_person(people[one.member_id]),
            "contacted_on": one.on,
            "method": _word("contact_method", one.method),
            "outcome": _word("contact_outcome", one.outcome),
            "notes": _private(one.notes),
            "by": one.by,
        }
        for one in contacts.list_contacts(registry, on=on)
        if one.member_id in people
    ]


def _survey(registry: Registry, people: Mapping[MemberId, Member], on: date) -> list[Row]:
    the_round = surveys.find(registry, None)
    fields = {field.zh: name for name, field in kind_of("survey").fields.items()}
    names = [section.name for section in surveys.sections(registry, the_round.id)]
    rows = []
    for person in survey_frames.people(registry, the_round.id, on=on):
        if person.member_id not in people or not person.known:
            continue
        made = surveys.sheets_of(registry, the_round.id, person.member_id)
        sheet = [one for one in made if one.on <= on.isoformat()][-1]
        answers = {fields.get(name, name): _answer(sheet, name) for name in names}
        rows.append({**_person(people[person.member_id]), **answers, **_sheet(sheet)})
    return rows


def _answer(sheet: Sheet, section: str) -> Masked | None:
    return _private("；".join(a.said for a in sheet.answers if a.section == section) or None)


def _sheet(sheet: Sheet) -> Row:
    return {
        "surveyed_on": sheet.on,
        "mode": _word("survey_mode", sheet.mode),
        "outcome": _word("survey_outcome", sheet.outcome),
        "attempts": str(sheet.attempts),
        "interviewer": sheet.interviewer,
    }


def _aid(registry: Registry, people: Mapping[MemberId, Member], on: date) -> list[Row]:
    return [
        {
            **_person(people[grant.member_id]),
            "pot": grant.pot,
            "amount": yuan(grant.amount_fen),
            "allocated_on": grant.on,
            "purpose": _word("aid_purpose", grant.purpose),
            "aid_kind": _word("aid_kind", grant.kind),
            "project": grant.project,
            "provider": grant.provider,
        }
        for grant in aid.list_grants(registry, on=on)
        if grant.member_id in people and grant.reversed_on is None
    ]


_GATHER: dict[str, Callable[[Registry, Mapping[MemberId, Member], date], list[Row]]] = {
    "members": _members,
    "moves": _moves,
    "cards": _cards,
    "contacts": _contacts,
    "survey": _survey,
    "aid": _aid,
}


def write(
    registry: Registry, listing: Listing, path: Path, *, unmask: bool, reason: str, encoding: str
) -> None:
    """Write a list as the file's name says; in full only with a reason, which the journal keeps.

    Raises:
        UsageProblem: ``export_suffix``, ``unmask_needs_reason``. BadValue: the encoding lacks a
            character. Denied, Storage: the file cannot be written.
    """
    suffix = path.suffix.lower()
    if suffix not in SUFFIXES:
        raise UsageProblem("export_suffix", path=str(path))
    if unmask and not reason.strip():
        raise UsageProblem("unmask_needs_reason")
    rows = [{name: _out(value, unmask=unmask) for name, value in r.items()} for r in listing.rows]
    with disclosing(
        registry,
        path,
        f"export {listing.kind}",
        org=listing.org,
        rows=len(rows),
        masked=not unmask,
        reason=reason,
    ) as out:
        _write(out, suffix, listing, rows, encoding)


def _out(value: Value, *, unmask: bool) -> str | None:
    if isinstance(value, Masked):
        return value.reveal() if unmask else str(value)
    return value


def _write(
    out: BinaryIO,
    suffix: str,
    listing: Listing,
    rows: list[dict[str, str | None]],
    encoding: str,
) -> None:
    if suffix == ".json":
        out.write(json.dumps(rows, ensure_ascii=False, indent=1).encode())
    elif suffix == ".csv":
        write_csv(out, listing.headings, rows, encoding)
    else:
        write_workbook(out, listing.kind, listing.headings, rows)
