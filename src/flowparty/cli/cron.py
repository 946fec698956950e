"""``flowparty cron print``: the crontab of this registry."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from flowparty.cli.noun import Noun
from flowparty.cli.session import Globals, session
from flowparty.domain import crontab
from flowparty.language import N_, _, spoken
from flowparty.output.formats import write
from flowparty.repository import orgs, settings

if TYPE_CHECKING:
    from flowparty.domain.crontab import Job

app = Noun(N_("What runs by the clock: the crontab of this registry."))

NAME = "flowparty"
RETURNS = "上报"
"""Where the returns go when nobody says: a folder beside the registry."""
WAIT = "600"
"""Seconds a job waits for somebody who is writing: nobody sits there and could try again."""

HEAD = (
    N_("flowparty: what runs by the clock for {unit}"),
    N_("Put these lines in with:  crontab -e"),
    N_("Every path is a full one: the jobs need neither PATH nor HOME nor a terminal."),
    N_("A job with nothing to say sends no mail; what a missed run left stays owed."),
    N_("Print the lines anew after moving the program or the registry, or changing the cut-off."),
)
MAIL = N_("Whom cron writes to: take the # away and put the clerk's address.")
WHY = {
    "today": N_("Every morning: what is owed, with the commands that settle it."),
    "export": N_("The day after the cut-off: the month's two returns, into the folder at the end."),
    "check": N_("Mondays: is everything as it was written? Says nothing when it is."),
}


@app.command("print")
def print_(
    ctx: typer.Context,
    output: Annotated[
        Path | None,
        typer.Option(
            "--output", metavar="DIR", help=_("Where the returns go; else 上报 by the registry.")
        ),
    ] = None,
) -> None:
    """Print the crontab for this registry; put it in with crontab -e."""
    given: Globals = ctx.obj
    registry = given.path().absolute()
    folder = str((output or registry.parent / RETURNS).absolute())
    words = [*program(), "--no-input", "--wait", WAIT, "--db", str(registry)]
    words += ["--clerk", given.clerk] if given.clerk else []
    with session(ctx) as at:
        unit = orgs.top(at.registry).name
        cutoff_day = settings.load(at.registry).cutoff_day
    text = [_comment(line, unit=unit) for line in HEAD]
    text += ["", "SHELL=/bin/sh", f"FLOWPARTY_LANG={spoken()}"]
    text += ['CONTENT_TYPE="text/plain; charset=utf-8"']
    text += [_comment(MAIL), "#MAILTO=clerk@example.org"]
    for job in crontab.JOBS:
        text += ["", *_job(job, words, folder, cutoff_day)]
    write("".join(f"{line}\n" for line in text))


def _job(job: Job, words: list[str], folder: str, cutoff_day: int) -> list[str]:
    return [_comment(WHY[job.name]), *crontab.lines(job, words, folder, cutoff_day)]


def _comment(text: str, **values: str) -> str:
    """A line of explanation; a name with a line break in it would end it."""
    return f"# {' '.join(_(text).format_map(values).split())}"


def program() -> list[str]:
    """How to start this program from anywhere: its script, or the interpreter with its module."""
    script = Path(sys.argv[0])
    if script.name == NAME and script.is_file():
        return [str(script.absolute())]
    return [sys.executable, "-P", "-m", NAME]
