"""What is shown of survey rounds, sheets and their coverage."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from flowparty.domain.surveys import Coverage, Person, Round, Section, Sheet, Team
from flowparty.language import _
from flowparty.output.columns import Column, attribute
from flowparty.words import term

if TYPE_CHECKING:
    from flowparty.service.survey_progress import AnswerCount, Progress

RoundOption = Annotated[
    str | None,
    typer.Option(
        "--round", metavar="ROUND", help=_("A round: its name or R2; left out: the latest.")
    ),
]


def round_columns() -> list[Column[Round]]:
    """What is shown of a round."""
    return [
        Column("number", _("No."), lambda r: f"R{r.id}"),
        Column("name", _("Round"), attribute("name")),
        Column("since", _("Since"), attribute("since")),
        Column("closed_on", _("Closed"), attribute("closed_on")),
    ]


def section_columns() -> list[Column[Section]]:
    """What is shown of a section with its usual answers."""
    return [
        Column("position", _("No."), attribute("position"), right=True),
        Column("section", _("Section"), attribute("name")),
        Column(
            "answers",
            _("Usual answers"),
            lambda section: tuple(text for _, text in section.choices),
            "、".join,
            fold=True,
        ),
    ]


def sheet_columns() -> list[Column[Sheet]]:
    """What is shown of a sheet."""
    return [
        Column("member", _("Name"), attribute("member")),
        Column("member_number", _("No."), lambda sheet: f"M{sheet.member_id}"),
        Column("on", _("Day"), attribute("on")),
        Column("mode", _("Mode"), attribute("mode"), term("survey_mode")),
        Column("outcome", _("Outcome"), attribute("outcome"), term("survey_outcome")),
        Column("attempts", _("Attempts"), attribute("attempts"), right=True),
        Column("interviewer", _("Interviewer"), attribute("interviewer"), wide=True),
        Column(
            "answers",
            _("Answers"),
            lambda sheet: tuple(f"{a.section}={a.said}" for a in sheet.answers),
            "；".join,
            fold=True,
        ),
    ]


def person_columns() -> list[Column[Person]]:
    """What is shown of a person in the frame."""
    return [
        Column("member", _("Name"), attribute("member")),
        Column("member_number", _("No."), lambda person: f"M{person.member_id}"),
        Column("branch", _("Branch"), attribute("branch")),
        Column("team", _("Team"), attribute("team")),
        Column("outcome", _("Outcome"), attribute("outcome"), term("survey_outcome")),
        Column("attempts", _("Attempts"), attribute("attempts"), right=True),
    ]


def team_columns() -> list[Column[Team]]:
    """What is shown of a team."""
    return [
        Column("team", _("Team"), attribute("name")),
        Column("members", _("People"), attribute("members"), "、".join, fold=True),
        Column("branches", _("Branches"), attribute("branches"), "、".join, fold=True),
        Column("since", _("Since"), attribute("since")),
        Column("until", _("Until"), attribute("until"), wide=True),
    ]


def percent(share: float) -> str:
    """A share as people read it."""
    return f"{share:.1%}"


def coverage_columns() -> list[Column[Coverage]]:
    """What is shown of coverage; the names still missing stand last."""
    return [
        Column("name", _("Of"), attribute("name"), lambda name: name or _("no team")),
        Column("frame", _("To reach"), attribute("frame"), right=True),
        Column("done", _("Interviewed"), attribute("done"), right=True),
        Column("absent", _("Absent"), attribute("absent"), right=True, wide=True),
        Column("refused", _("Refused"), attribute("refused"), right=True, wide=True),
        Column("not_reached", _("Not reached"), attribute("not_reached"), right=True, wide=True),
        Column("coverage", _("Coverage"), attribute("coverage"), percent, right=True),
        Column("interviewed", _("Talked to"), attribute("interviewed"), percent, right=True),
        Column("missing", _("Missing"), attribute("missing"), "、".join, fold=True),
    ]


def progress_json(progress: Progress) -> dict[str, Any]:
    """A round's progress as one object with stable keys."""

    def plain(coverage: Coverage) -> dict[str, Any]:
        return {column.key: column.plain(coverage) for column in coverage_columns()}

    return {
        "round": progress.round.name,
        "closed_on": progress.round.closed_on,
        **{key: value for key, value in plain(progress.whole).items() if key != "name"},
        "branches": [plain(coverage) for coverage in progress.branches],
        "teams": [plain(coverage) for coverage in progress.teams],
    }


def answer_columns() -> list[Column[AnswerCount]]:
    """What is shown of counted answers."""
    return [
        Column("section", _("Section"), attribute("section")),
        Column(
            "answer", _("Answer"), attribute("answer"), lambda a: a or _("free text"), fold=True
        ),
        Column("people", _("People"), attribute("people"), right=True),
        Column("before", _("Last round"), attribute("before"), right=True),
    ]
