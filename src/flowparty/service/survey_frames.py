"""The frame and the teams of a round: nobody is added or dropped silently."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flowparty.domain.errors import BadValue, Conflict, NotFound
from flowparty.domain.orgs import check_home
from flowparty.domain.surveys import Person, Team, require_open
from flowparty.domain.text import clean_name, clean_text
from flowparty.intake.names import read_names
from flowparty.repository import people, surveys
from flowparty.repository import survey_frames as repository
from flowparty.repository.find import find_members
from flowparty.service.recorded import Recorded

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from pathlib import Path

    from flowparty.domain.members import Member
    from flowparty.domain.orgs import Org
    from flowparty.domain.surveys import Round
    from flowparty.intake.names import Named
    from flowparty.repository.registry import Registry


def add(
    registry: Registry, the_round: Round, member: Member, *, source: str = "hand"
) -> Recorded[Person]:
    """Put a member into the frame of an open round.

    Raises:
        Conflict: the round is closed, or the member belongs to no branch.
    """
    with registry.write():
        require_open(surveys.get(registry, the_round.id))
        known = repository.person(registry, the_round.id, member.id)
        if known is not None:
            return Recorded(known, repeated=True)
        if member.branch_id is None:
            raise Conflict("survey_no_branch", member=member.name)
        repository.add_person(registry, the_round.id, member.id, member.branch_id, source)
        return Recorded(_person(registry, the_round, member))


def _person(registry: Registry, the_round: Round, member: Member) -> Person:
    found = repository.person(registry, the_round.id, member.id)
    if found is None:
        raise NotFound("survey_outside_frame", member=member.name, round=the_round.name)
    return found


def drop(
    registry: Registry, the_round: Round, member: Member, *, on: date, reason: str
) -> Recorded[Person]:
    """Take a member out of the frame of an open round; why is journaled and kept.

    Raises:
        BadValue: no reason. Conflict: the round is closed, or there is a sheet already.
        NotFound: the member is not in the frame.
    """
    note = clean_text(reason).strip()
    if not note:
        raise BadValue("survey_drop_needs_reason")
    with registry.write(note):
        require_open(surveys.get(registry, the_round.id))
        person = _person(registry, the_round, member)
        if person.known:
            raise Conflict("survey_drop_known", member=member.name, outcome=person.outcome)
        repository.drop_person(registry, person.id, on, note)
        return Recorded(person)


@dataclass(frozen=True, slots=True)
class FrameImport:
    """What a list of names would put into a frame, or did."""

    added: list[Member]
    already: list[Member]
    unmatched: list[tuple[Named, str]]
    written: bool


def import_frame(
    registry: Registry,
    the_round: Round,
    path: Path,
    *,
    today: date,
    skip_bad: bool,
    dry_run: bool,
) -> FrameImport:
    """Put the people of a household or name list into the frame of an open round.

    Each row is matched by identity number, else by name, narrowed by branch where the list has it.
    Rows that fit nobody or several are reported; with one of them nothing is written, unless
    ``skip_bad``.

    Raises:
        BadValue: the file cannot be read, or has no column of names.
        Conflict: the round is closed.
    """
    rows = read_names(path, people.name_keys(registry))
    with registry.write():
        require_open(surveys.get(registry, the_round.id))
        added: list[Member] = []
        already: list[Member] = []
        unmatched: list[tuple[Named, str]] = []
        for row in rows:
            found = _match(registry, row, today)
            if len(found) != 1 or found[0].branch_id is None:
                unmatched.append((row, "member_ambiguous" if found else "member_not_found"))
            elif repository.person(registry, the_round.id, found[0].id) is not None:
                already.append(found[0])
            elif found[0] not in added:
                added.append(found[0])
        written = not dry_run and (skip_bad or not unmatched) and bool(added)
        if written:
            for member in added:
                add(registry, the_round, member, source="file")
        return FrameImport(added, already, unmatched, written)


def _match(registry: Registry, row: Named, today: date) -> list[Member]:
    found = find_members(registry, row.id_number or row.name, on=today)
    found = [m for m in found if m.ended_on is None and not m.guest and m.name == row.name]
    if row.branch:
        narrowed = [m for m in found if m.branch and row.branch in m.branch]
        return narrowed or found
    return found


def add_team(
    registry: Registry,
    the_round: Round,
    name: str,
    *,
    people: Sequence[str],
    branches: Sequence[Org],
    since: date,
) -> Recorded[Team]:
    """Record a team; each of its branches is its work alone.

    Raises:
        BadValue: no name or nobody in the team. Conflict: the round is closed, a branch is none or
            another team's work, or the name is taken.
    """
    title = clean_text(name).strip()
    members = [clean_name(person) for person in people]
    if not title or not members:
        raise BadValue("survey_team_empty")
    with registry.write():
        require_open(surveys.get(registry, the_round.id))
        for known in repository.list_teams(registry, the_round.id):
            if known.name == title:
                same = (known.members, set(known.branches)) == (
                    tuple(members),
                    {branch.name for branch in branches},
                )
                if same:
                    return Recorded(known, repeated=True)
                raise Conflict("survey_team_exists", team=title)
        for branch in branches:
            check_home(branch, since)
            other = repository.team_of(registry, the_round.id, branch.id)
            if other is not None:
                raise Conflict("survey_branch_taken", branch=branch.name, team=other)
        repository.add_team(
            registry, the_round.id, title, members, [branch.id for branch in branches], since
        )
        return Recorded(repository.team_named(registry, the_round.id, title))


def end_team(registry: Registry, the_round: Round, name: str, *, on: date) -> Recorded[Team]:
    """End a team's work on a day; its branches are free for another.

    Raises:
        NotFound: no such team. BadValue: before it began.
    """
    with registry.write():
        team = repository.team_named(registry, the_round.id, name)
        if team.until is not None:
            return Recorded(team, repeated=True)
        if on.isoformat() < team.since:
            raise BadValue("survey_before_round", on=on, since=team.since)
        repository.end_team(registry, team.id, on)
        return Recorded(repository.team_named(registry, the_round.id, name))
