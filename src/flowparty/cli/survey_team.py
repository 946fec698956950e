"""The teams of a round: who asks, and in which branches."""

from __future__ import annotations

from typing import Annotated

import typer

from flowparty.cli.noun import Noun
from flowparty.cli.options import FormatOption, OnOption
from flowparty.cli.session import answer, session
from flowparty.cli.survey_view import RoundOption, team_columns
from flowparty.language import N_, _
from flowparty.output.formats import Format, emit
from flowparty.repository import orgs, surveys
from flowparty.repository import survey_frames as repository
from flowparty.service import survey_frames as service

app = Noun(N_("The teams of a round."))

TeamArgument = Annotated[str, typer.Argument(metavar="TEAM", help=_("The team's name."))]


@app.command("list")
def list_(
    ctx: typer.Context, the_round: RoundOption = None, fmt: FormatOption = Format.TABLE
) -> None:
    """List the teams with their people and branches."""
    with session(ctx) as at:
        found = surveys.find(at.registry, the_round)
        teams = repository.list_teams(at.registry, found.id)
    emit(teams, team_columns(), fmt)


@app.command()
def add(
    ctx: typer.Context,
    name: TeamArgument,
    person: Annotated[
        list[str], typer.Option("--person", metavar="NAME", help=_("Somebody of the team."))
    ],
    branch: Annotated[
        list[str], typer.Option("--branch", metavar="ORG", help=_("A branch that is its work."))
    ],
    the_round: RoundOption = None,
    on: OnOption = None,
    fmt: FormatOption = Format.TABLE,
) -> None:
    """Record a team; one branch is one team's work."""
    with session(ctx) as at:
        found = surveys.find(at.registry, the_round)
        recorded = service.add_team(
            at.registry,
            found,
            name,
            people=person,
            branches=[orgs.find(at.registry, one) for one in branch],
            since=at.day(on),
        )
    answer(recorded, team_columns(), fmt)


@app.command()
def end(
    ctx: typer.Context,
    name: TeamArgument,
    the_round: RoundOption = None,
    on: OnOption = None,
    fmt: FormatOption = Format.TABLE,
) -> None:
    """End a team's work; its branches are free for another."""
    with session(ctx) as at:
        found = surveys.find(at.registry, the_round)
        recorded = service.end_team(at.registry, found, name, on=at.day(on))
    answer(recorded, team_columns(), fmt)
