"""``flowparty demo DIR``: a registry of made-up people for 长田镇, and its returns."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from flowparty import clock
from flowparty.cli.ledger import say_head, statistics_columns
from flowparty.cli.noun import Noun
from flowparty.cli.options import FormatOption
from flowparty.cli.session import Globals, actor, say
from flowparty.files import make_folder
from flowparty.language import _
from flowparty.output.formats import Format, emit
from flowparty.output.terminal import progress
from flowparty.repository.registry import Registry
from flowparty.service import demo as story
from flowparty.service import ledger
from flowparty.service.demo_story import TODAY

app = Noun()


@app.command()
def demo(
    ctx: typer.Context,
    folder: Annotated[
        Path, typer.Argument(metavar="DIR", help=_("The folder to put it in."))
    ] = Path("demo"),
    fmt: FormatOption = Format.TABLE,
) -> None:
    """Build a registry of made-up people and turn out its returns of 2026-11."""
    given: Globals = ctx.obj
    who = actor(given)
    make_folder(folder)
    path = folder / "registry.db"
    with progress(_("Writing the demo"), story.STEPS) as step:
        story.build(path, actor=who, now=clock.now, step=step)
    with Registry.open(path, actor=who, command=story.COMMAND, now=clock.now) as registry:
        returns = ledger.build(registry, None, None, today=TODAY)
        written = ledger.export(
            registry, returns, folder, today=TODAY, prepared_by=given.clerk or None,
            masked=False,
        )  # fmt: skip
    say_head(returns)
    emit([*returns.rows, returns.total], statistics_columns(), fmt)
    for made in (path, *written):
        say(str(made))
    say(_("Look around with  flowparty --db {path} member list").format(path=path))
