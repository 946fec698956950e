"""``contact sheet``: the month's calls on one page; ``contact paste`` brings the answers back."""

from __future__ import annotations

from typing import Annotated

import typer

from flowparty.cli.noun import Noun
from flowparty.cli.options import MaskedOption, OptionalWorkbookOption
from flowparty.cli.session import say, session
from flowparty.language import _
from flowparty.repository import orgs

app = Noun()

WholeOrg = Annotated[
    str,
    typer.Option("--org", metavar="ORG", help=_("An organization: name, code or number (O3).")),
]


@app.command()
def sheet(
    ctx: typer.Context,
    org: WholeOrg,
    output: OptionalWorkbookOption = None,
    owed: Annotated[
        bool, typer.Option("--owed", help=_("Only those owed a contact this month."))
    ] = False,
    on: Annotated[
        str | None,
        typer.Option("--on", metavar="DAY", help=_("As of which day; today if left out.")),
    ] = None,
    masked: MaskedOption = False,
) -> None:
    """Print the month's call list (流动党员联系表), a page of A4 for 15 people."""
    from flowparty.service import call_sheet as service

    with session(ctx) as at:
        whose = orgs.find(at.registry, org)
        day = at.as_of(on)
        path = output or service.usual_path(whose, day)
        listed = service.write(
            at.registry, whose, path, on=day, owed_only=owed, masked=masked, by=at.by(None)
        )
    say(_("Written: {path} ({people} people)").format(path=path, people=len(listed)))
