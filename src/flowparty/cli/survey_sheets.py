"""The sheets of a round to carry to the door: a command of ``survey``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from flowparty.cli.noun import Noun
from flowparty.cli.options import MaskedOption, OrgOption
from flowparty.cli.session import say, session
from flowparty.cli.survey_view import RoundOption
from flowparty.language import _
from flowparty.repository import orgs, surveys
from flowparty.service import survey_sheets as service

app = Noun()


@app.command()
def sheet(
    ctx: typer.Context,
    output: Annotated[
        Path, typer.Option("--output", metavar="DIR", help=_("The folder for the workbooks."))
    ],
    the_round: RoundOption = None,
    org: OrgOption = None,
    missing: Annotated[
        bool, typer.Option("--missing", help=_("Only people whose outcome is not known yet."))
    ] = False,
    masked: MaskedOption = False,
) -> None:
    """Write the 摸底排查表, a workbook a branch, with what is known of each person."""
    with session(ctx) as at:
        whose = None if org is None else orgs.find(at.registry, org).id
        written = service.write(
            at.registry,
            surveys.find(at.registry, the_round),
            output,
            org=whose,
            missing=missing,
            masked=masked,
            on=at.today,
        )
    for path in written:
        say(_("Written: {path}").format(path=path))
