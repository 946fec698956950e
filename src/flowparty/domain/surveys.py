"""Survey rounds (摸底排查): six sections, a frame of people, teams, and one sheet a person."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from flowparty.domain import outcomes
from flowparty.domain.errors import BadValue, Conflict

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from flowparty.domain.ids import (
        ChoiceId,
        MemberId,
        OrgId,
        PersonId,
        RoundId,
        SectionId,
        SheetId,
        TeamId,
    )

FIXED = ("从业现状", "创业意愿", "困难问题", "意见建议")
"""The four sections the town's 摸底排查表 names [news article, 2014-11-13]; two are its own."""

USUAL_OWN = ("培训需求", "返乡打算")
"""What the two others ask when the town names none [ours]."""

SECTIONS = 6


class Outcome(StrEnum):
    """What came of the attempts to reach somebody; all four are an outcome known."""

    DONE = "done"
    ABSENT = "absent"
    REFUSED = "refused"
    NOT_REACHED = "not_reached"


def outcome_of(said: outcomes.Said) -> Outcome:
    """The outcome of an attempt of which words say why nobody was talked to."""
    return Outcome.REFUSED if said.outcome == outcomes.REFUSED else Outcome.NOT_REACHED


@dataclass(frozen=True, slots=True)
class Round:
    """One round: from a day, until it is closed."""

    id: RoundId
    name: str
    since: str
    closed_on: str | None


@dataclass(frozen=True, slots=True)
class Section:
    """One section of a round as it was asked, with its usual answers."""

    id: SectionId
    position: int
    name: str
    choices: tuple[tuple[ChoiceId, str], ...]


@dataclass(frozen=True, slots=True)
class Person:
    """One person of the frame: who, of which branch, whose work, and what came of it so far."""

    id: PersonId
    member_id: MemberId
    member: str
    branch_id: OrgId
    branch: str
    team_id: TeamId | None
    team: str | None
    outcome: str | None
    attempts: int

    @property
    def known(self) -> bool:
        """Whether an outcome is known: this is what coverage counts."""
        return self.outcome is not None

    @property
    def interviewed(self) -> bool:
        """Whether the person was really talked to."""
        return self.outcome == Outcome.DONE


@dataclass(frozen=True, slots=True)
class Team:
    """One survey team with its people and its branches."""

    id: TeamId
    name: str
    members: tuple[str, ...]
    branches: tuple[str, ...]
    since: str
    until: str | None


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer of a sheet: a usual one, or free text."""

    section: str
    choice: str | None
    text: str | None

    @property
    def said(self) -> str:
        """What was answered, either way."""
        return self.choice or self.text or ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """One answer sheet; the latest of a person is the one that counts."""

    id: SheetId
    member_id: MemberId
    member: str
    on: str
    mode: str | None
    outcome: str
    attempts: int
    interviewer: str | None
    answers: tuple[Answer, ...]


@dataclass(frozen=True, slots=True)
class Coverage:
    """How far a round has come for a branch, a team or the whole.

    Coverage is outcome known ÷ frame; ``interviewed`` stands beside it as a figure of its own.
    """

    name: str
    frame: int
    done: int
    absent: int
    refused: int
    not_reached: int
    missing: tuple[str, ...]

    @property
    def known(self) -> int:
        """People with any outcome."""
        return self.done + self.absent + self.refused + self.not_reached

    @property
    def coverage(self) -> float | None:
        """Outcome known ÷ frame; None where nobody is to be reached."""
        return self.known / self.frame if self.frame else None

    @property
    def interviewed(self) -> float | None:
        """Interviewed ÷ frame."""
        return self.done / self.frame if self.frame else None


def cover(name: str, people: Sequence[Person]) -> Coverage:
    """Count one group of the frame."""
    outcomes = [person.outcome for person in people]
    return Coverage(
        name,
        frame=len(people),
        done=outcomes.count(Outcome.DONE),
        absent=outcomes.count(Outcome.ABSENT),
        refused=outcomes.count(Outcome.REFUSED),
        not_reached=outcomes.count(Outcome.NOT_REACHED),
        missing=tuple(f"M{p.member_id} {p.member}" for p in people if not p.known),
    )


def section_names(own: Sequence[str]) -> tuple[str, ...]:
    """The six sections of a round: the four fixed ones and the town's two.

    Raises:
        BadValue: ``survey_sections_wrong``: more than two, or one named twice.
    """
    chosen = (*own, *(name for name in USUAL_OWN if name not in own))[: SECTIONS - len(FIXED)]
    names = (*FIXED, *chosen)
    if len(own) > SECTIONS - len(FIXED) or len(set(names)) != SECTIONS or not all(names):
        raise BadValue("survey_sections_wrong", given="、".join(own))
    return names


def require_open(the_round: Round) -> None:
    """Refuse to write into a closed round.

    Raises:
        Conflict: ``survey_closed``.
    """
    if the_round.closed_on is not None:
        raise Conflict("survey_closed", round=the_round.name, on=the_round.closed_on)


def check_sheet(the_round: Round, outcome: Outcome, answers: int, on: date) -> None:
    """Refuse a sheet before its round began, or answers of somebody who was not talked to.

    Raises:
        BadValue: ``survey_before_round``, ``survey_answers_without_talk``.
    """
    if on.isoformat() < the_round.since:
        raise BadValue("survey_before_round", on=on, since=the_round.since)
    if outcome is not Outcome.DONE and answers:
        raise BadValue("survey_answers_without_talk", outcome=outcome)


def require_complete(the_round: Round, whole: Coverage) -> None:
    """Refuse to close a round while somebody's outcome is unknown.

    Raises:
        Conflict: ``survey_incomplete``, naming everybody who is missing.
    """
    if whole.missing:
        raise Conflict("survey_incomplete", round=the_round.name, people=list(whole.missing))
