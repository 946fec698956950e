"""Contacts typed or pasted as lines: read, matched to people of one organization, then recorded."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING

from flowparty.domain.contact_lines import Reading, Words, read_line
from flowparty.domain.errors import Conflict, NotFound, Problem
from flowparty.domain.members import require_living
from flowparty.domain.text import name_key
from flowparty.repository import contacts as rows
from flowparty.repository.codes import table
from flowparty.repository.find import candidates, find_members
from flowparty.service import contacts

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from flowparty.domain.ids import MemberId
    from flowparty.domain.members import Member
    from flowparty.domain.orgs import Org
    from flowparty.repository.registry import Registry


class State(StrEnum):
    """What becomes of a line."""

    NEW = "new"
    KNOWN = "known"
    GIVEN_BACK = "given_back"
    RECORDED = "recorded"


@dataclass(frozen=True, slots=True)
class Pasted:
    """The lines as they came, whose people they are about, and the day where a line has none."""

    texts: tuple[str, ...]
    org: Org
    on: date
    today: date


@dataclass(frozen=True, slots=True)
class Line:
    """One line as understood; one that is given back has its ``problem`` instead of a member."""

    number: int
    text: str
    state: State
    reading: Reading | None = None
    member: Member | None = None
    doubts: tuple[str, ...] = ()
    problem: Problem | None = None

    def content(self) -> tuple[object, ...]:
        """What would be written: to tell whether two readings of one line agree."""
        return (self.number, self.state, self.reading, self.member and self.member.id)


def understand(registry: Registry, pasted: Pasted) -> list[Line]:
    """Every line that says something, with its person, or with why it is given back."""
    words = Words(table("contact_method"), table("contact_outcome"), pasted.today)
    away = {one.member_id for one in rows.owed(registry, on=pasted.today, org=pasted.org.id)}
    seen: set[tuple[object, ...]] = set()
    lines = []
    for number, text in enumerate(pasted.texts, start=1):
        try:
            reading = read_line(text, words, on=pasted.on)
            if reading is None:
                continue
            member = _whose(registry, reading, pasted)
        except Problem as problem:
            lines.append(Line(number, text, State.GIVEN_BACK, problem=problem))
            continue
        key = (member.id, reading.on, reading.method, reading.outcome, reading.notes)
        known = key in seen or _recorded(registry, member.id, reading)
        seen.add(key)
        doubts = (*reading.doubts, *_doubts(member, reading, away))
        state = State.KNOWN if known else State.NEW
        lines.append(Line(number, text, state, reading, member, doubts))
    return lines


def _recorded(registry: Registry, member: MemberId, reading: Reading) -> bool:
    same = rows.same(
        registry,
        member,
        on=reading.on,
        method=reading.method,
        outcome=reading.outcome,
        notes=reading.notes,
    )
    return same is not None


def _doubts(member: Member, reading: Reading, away: set[MemberId]) -> tuple[str, ...]:
    """Somebody named by initials or a part of the name, and somebody who is not away."""
    name = name_key(reading.who[0])
    typed = name.isalpha() and name != name_key(member.name)
    return (
        *(["name_differs"] if typed else []),
        *(["not_away"] if member.id not in away else []),
    )


def _whose(registry: Registry, reading: Reading, pasted: Pasted) -> Member:
    """The one member of the organization whom all names of the line mean.

    Raises:
        NotFound: nobody (``paste_elsewhere`` if there is somebody in another branch), or several.
        Conflict: membership has ended.
    """
    org, on = pasted.org, pasted.today
    said = " ".join(reading.who)
    found = find_members(registry, reading.who[0], on=on, org=org.id)
    if not found:
        raise _nobody(registry, said, reading.who[0], pasted)
    if len(reading.who) > 1:
        also = {one.id for one in find_members(registry, reading.who[1], on=on, org=org.id)}
        both = [one for one in found if one.id in also]
        if not both:
            raise NotFound("paste_contradiction", value=said, candidates=candidates(found))
        found = both
    living = [one for one in found if one.ended_on is None] or found
    if len(living) > 1:
        raise NotFound("member_ambiguous", value=said, candidates=candidates(living))
    require_living(living[0])
    return living[0]


def _nobody(registry: Registry, said: str, name: str, pasted: Pasted) -> NotFound:
    elsewhere = find_members(registry, name, on=pasted.today)
    if not elsewhere:
        return NotFound("member_not_found", value=said)
    listed = candidates(elsewhere)
    return NotFound("paste_elsewhere", value=said, org=pasted.org.name, candidates=listed)


def record(
    registry: Registry, pasted: Pasted, shown: Sequence[Line], *, by: str | None
) -> list[Line]:
    """Write every new line in one transaction; returns the lines as they stand then.

    Raises:
        Conflict: ``paste_changed``: the records changed since the lines were shown.
    """
    with registry.write():
        lines = understand(registry, pasted)
        if [line.content() for line in lines] != [line.content() for line in shown]:
            raise Conflict("paste_changed")
        return [_record(registry, line, by) for line in lines]


def _record(registry: Registry, line: Line, by: str | None) -> Line:
    if line.state is not State.NEW or line.member is None or line.reading is None:
        return line
    reading = line.reading
    contacts.add(
        registry,
        line.member,
        on=reading.on,
        method=reading.method,
        outcome=reading.outcome,
        by=by,
        notes=reading.notes,
    )
    return replace(line, state=State.RECORDED)
