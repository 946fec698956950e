"""``flowparty init``: a new registry for a county, a town or a village."""

from __future__ import annotations

from typing import Annotated

import typer

from flowparty import clock
from flowparty.cli.noun import Noun
from flowparty.cli.options import FormatOption
from flowparty.cli.org import org_columns, tree_names
from flowparty.cli.session import Globals, actor, command_of, say, today
from flowparty.language import _
from flowparty.output.formats import Format, emit
from flowparty.service import setup

app = Noun()


@app.command()
def init(
    ctx: typer.Context,
    division: Annotated[
        str,
        typer.Option(
            "--division",
            metavar="CODE",
            help=_("The office's division code: 6 digits a county, 9 a town, 12 a village."),
        ),
    ],
    name: Annotated[
        str | None,
        typer.Option(
            "--name", metavar="NAME", help=_("The division's name, if we do not know it.")
        ),
    ] = None,
    fmt: FormatOption = Format.TABLE,
) -> None:
    """Make a new registry with the office's own organizations."""
    given: Globals = ctx.obj
    tree = setup.create(
        given.path(),
        division,
        name=name,
        today=today(),
        actor=actor(given),
        command=command_of(ctx),
        now=clock.now,
    )
    say(_("Made {path}.").format(path=given.path()))
    emit(tree, org_columns(tree_names(tree)), fmt)
