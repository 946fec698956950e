"""The root of all commands: nouns loaded when named, global options, and the one way to end."""

from __future__ import annotations

import sys
from importlib import import_module
from typing import TYPE_CHECKING, Annotated, Any

import typer

from flowparty.cli.ending import run_to_the_end
from flowparty.cli.noun import Group, Noun
from flowparty.cli.session import Globals
from flowparty.language import LANGUAGES, N_, _

if TYPE_CHECKING:
    from collections.abc import Sequence

    from typer._click.core import Command, Context

NOUNS = {
    "init": "setup",
    "import": "intake",
    "export": "export",
    "org": "org",
    "member": "member",
    "move": "move",
    "card": "card",
    "survey": "survey",
    "contact": "contact",
    "aid": "aid",
    "need": "need",
    "meeting": "meeting",
    "notice": "notice",
    "transfer": "transfer",
    "dues": "dues",
    "holding": "holding",
    "project": "project",
    "activity": "activity",
    "today": "today",
    "status": "status",
    "ledger": "ledger",
    "form": "form",
    "report": "report",
    "conflict": "conflict",
    "key": "key",
    "history": "history",
    "db": "db",
    "settings": "settings",
    "cron": "cron",
    "demo": "demo",
}
"""Every command at the top, and the module in ``flowparty.cli`` that it is loaded from."""

BARE = frozenset({"init", "today", "status", "history", "demo"})
"""Commands without verbs."""


class RootGroup(Group):
    """Loads a noun's module when the noun is named, and ends the program in one place."""

    def list_commands(self, ctx: Context) -> list[str]:  # noqa: ARG002 - as the base has it
        """All nouns, in the order of the table."""
        return [*NOUNS]

    def get_command(self, ctx: Context, cmd_name: str) -> Command | None:
        """Import the noun's module and build its command."""
        if cmd_name in NOUNS and cmd_name not in self.commands:
            module = import_module(f"flowparty.cli.{NOUNS[cmd_name]}")
            build = typer.main.get_command if cmd_name in BARE else typer.main.get_group
            command = build(module.app)
            command.name = cmd_name
            self.add_command(command)
        return super().get_command(ctx, cmd_name)

    def resolve_command(self, ctx: Context, args: list[str]) -> Any:
        """Load every noun before complaining of an unknown one: the hint needs their names."""
        if args and args[0] not in NOUNS:
            for name in NOUNS:
                self.get_command(ctx, name)
        return super().resolve_command(ctx, args)

    def main(self, args: Sequence[str] | None = None, **extra: Any) -> Any:  # type: ignore[override]
        """Run, and turn every way to end into one exit code."""
        words = list(sys.argv[1:] if args is None else args)
        extra["standalone_mode"] = False
        sys.exit(run_to_the_end(lambda: super(RootGroup, self).main(args=words, **extra), words))


app = Noun(
    N_("The working book of the clerk who looks after a town's mobile Party members."),
    cls=RootGroup,
)


def _version(wanted: bool) -> None:  # noqa: FBT001 - Typer's callback shape
    if wanted:
        from importlib.metadata import version

        typer.echo(f"flowparty {version('flowparty')}")
        raise typer.Exit


@app.callback()
def root(
    ctx: typer.Context,
    db: Annotated[
        str | None,
        typer.Option("--db", envvar="FLOWPARTY_DB", metavar="FILE", help=_("The registry file.")),
    ] = None,
    lang: Annotated[
        str | None,
        typer.Option("--lang", metavar="|".join(LANGUAGES), help=_("Language of the program.")),
    ] = None,
    clerk: Annotated[
        str,
        typer.Option(
            "--clerk",
            envvar="FLOWPARTY_CLERK",
            metavar="NAME",
            help=_("Who is at work; the journal records it."),
        ),
    ] = "",
    wait: Annotated[
        float,
        typer.Option(
            "--wait", metavar="SECONDS", min=0, help=_("How long to wait for another writer.")
        ),
    ] = 30.0,
    debug: Annotated[
        bool, typer.Option("--debug", help=_("Show where a fault of the program arose."))
    ] = False,
    no_input: Annotated[
        bool, typer.Option("--no-input", help=_("Never ask anything at the terminal."))
    ] = False,
    version: Annotated[
        bool,
        typer.Option(
            "--version", callback=_version, is_eager=True, help=_("Show the version and exit.")
        ),
    ] = False,
) -> None:
    """Take the global options; the registry is opened by the command that needs it."""
    ctx.obj = Globals(db=db, clerk=clerk, wait_seconds=wait, no_input=no_input)
