"""The demo's survey: seven teams, one a village, and a sheet for everybody."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from flowparty.domain.surveys import Outcome
from flowparty.repository import members as member_rows
from flowparty.repository import survey_frames as frame_rows
from flowparty.repository.surveys import sections
from flowparty.service import survey_frames, survey_progress, surveys
from flowparty.service.demo_story import TODAY

if TYPE_CHECKING:
    from collections.abc import Sequence

    from flowparty.domain.members import Member
    from flowparty.domain.orgs import Org
    from flowparty.domain.surveys import Round
    from flowparty.service.demo_story import Story

_SINCE = date(2026, 9, 1)
_CLOSED = date(2026, 9, 30)
_NAME = "2026年秋季摸底排查"
_OUTCOMES = {7: Outcome.NOT_REACHED, 19: Outcome.ABSENT, 37: Outcome.REFUSED}


def tell(story: Story, branches: Sequence[Org]) -> None:
    """Open the round, send the teams, record every sheet, close."""
    the_round = surveys.open_round(story.registry, _NAME, (), since=_SINCE, org=None).record
    teams = {}
    for number, branch in enumerate(branches, start=1):
        people = [story.people.somebody() for _ in range(3)]
        teams[branch.id] = people[0]
        survey_frames.add_team(
            story.registry,
            the_round,
            f"第{number}排查组",
            people=people,
            branches=[branch],
            since=_SINCE,
        )
        story.step()
    for number, person in enumerate(frame_rows.people(story.registry, the_round.id)):
        member = member_rows.get(story.registry, person.member_id, on=_CLOSED)
        _sheet(story, the_round, member, number, teams[person.branch_id])
    survey_progress.close(story.registry, the_round, on=_CLOSED)


def _sheet(story: Story, the_round: Round, member: Member, number: int, by: str) -> None:
    outcome = _OUTCOMES.get(number % 40, Outcome.DONE)
    done = outcome is Outcome.DONE
    new = surveys.NewSheet(
        on=story.day(_SINCE, date(2026, 9, 28)),
        mode="phone" if number % 3 == 0 else "visit",
        outcome=outcome,
        attempts=1 if done else 3,
        interviewer=by,
        answers=_answers(story, the_round) if done else (),
    )
    surveys.record(story.registry, the_round, member, new, today=TODAY)
    story.step()


def _answers(story: Story, the_round: Round) -> tuple[tuple[str, str], ...]:
    return tuple(
        (section.name, story.random.choice([text for _, text in section.choices]))
        for section in sections(story.registry, the_round.id)
        if section.choices
    )
