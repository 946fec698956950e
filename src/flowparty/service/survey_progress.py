"""How far a survey round has come, what was answered, and its close."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flowparty.domain.errors import BadValue
from flowparty.domain.surveys import cover, require_complete, require_open
from flowparty.repository import survey_frames, surveys
from flowparty.service.recorded import Recorded

if TYPE_CHECKING:
    from datetime import date

    from flowparty.domain.orgs import Org
    from flowparty.domain.surveys import Coverage, Person, Round
    from flowparty.repository.registry import Registry


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a round has come: the whole, each branch, each team."""

    round: Round
    whole: Coverage
    branches: list[Coverage]
    teams: list[Coverage]


def progress(
    registry: Registry, the_round: Round, *, org: Org | None = None, on: date | None = None
) -> Progress:
    """Count a round's coverage by branch and by team, with the names still missing."""
    whose = None if org is None else org.id
    people = survey_frames.people(registry, the_round.id, org=whose, on=on)
    branches: dict[str, list[Person]] = {}
    teams: dict[str, list[Person]] = {}
    for person in people:
        branches.setdefault(person.branch, []).append(person)
        teams.setdefault(person.team or "", []).append(person)
    return Progress(
        the_round,
        cover(the_round.name, people),
        [cover(name, listed) for name, listed in branches.items()],
        [cover(name, listed) for name, listed in teams.items()],
    )


def close(registry: Registry, the_round: Round, *, on: date) -> Recorded[Round]:
    """Close a round whose every person has an outcome.

    Raises:
        Conflict: somebody's is unknown (all are named), or it was closed on another day.
        BadValue: before it began.
    """
    with registry.write():
        the_round = surveys.get(registry, the_round.id)
        if the_round.closed_on == on.isoformat():
            return Recorded(the_round, repeated=True)
        require_open(the_round)
        if on.isoformat() < the_round.since:
            raise BadValue("survey_before_round", on=on, since=the_round.since)
        require_complete(the_round, progress(registry, the_round).whole)
        surveys.close(registry, the_round.id, on)
        return Recorded(surveys.get(registry, the_round.id))


@dataclass(frozen=True, slots=True)
class AnswerCount:
    """How many gave one answer (empty: free text) now and last time (None: not asked then)."""

    section: str
    answer: str
    people: int
    before: int | None


def counted_answers(registry: Registry, the_round: Round) -> list[AnswerCount]:
    """The answers by section beside those of the round before; free text is counted as one."""
    earlier = [r for r in surveys.list_rounds(registry) if r.since < the_round.since]
    now = surveys.answer_counts(registry, the_round.id)
    before = surveys.answer_counts(registry, earlier[0].id) if earlier else {}
    asked = (
        {section.name for section in surveys.sections(registry, earlier[0].id)}
        if earlier
        else set()
    )
    return [
        AnswerCount(
            section.name,
            answer or "",
            now.get((section.name, answer), 0),
            before.get((section.name, answer), 0) if section.name in asked else None,
        )
        for section in surveys.sections(registry, the_round.id)
        for answer in (*(text for _, text in section.choices), None)
    ]
