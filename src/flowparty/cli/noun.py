"""The shape of every noun: a Typer whose commands speak the user's language."""

from __future__ import annotations

import inspect
from typing import TYPE_CHECKING, Any

import typer
from typer._click.core import Context
from typer._click.formatting import HelpFormatter
from typer.core import TyperCommand, TyperGroup

from flowparty.language import N_, _

if TYPE_CHECKING:
    from collections.abc import Callable

HELP_OPTION = N_("Show this message and exit.")
OPTIONS = N_("[OPTIONS]")
COMMANDS = N_("COMMAND [ARGS]...")


class _Formatter(HelpFormatter):
    """Typer's own Click has no catalogue: the word before a usage line is put in here."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        super().write_usage(prog, args, prefix or f"{_('Usage:')} ")


class _Context(Context):
    formatter_class = _Formatter


class Command(TyperCommand):
    """A verb."""

    context_class = _Context

    def get_help_option(self, ctx: Context) -> Any:
        """Typer's ``--help``, with its text in the user's language."""
        return _translated(super().get_help_option(ctx))


class Group(TyperGroup):
    """A noun with its verbs."""

    context_class = _Context

    def get_help_option(self, ctx: Context) -> Any:
        """Typer's ``--help``, with its text in the user's language."""
        return _translated(super().get_help_option(ctx))


def _translated(option: Any) -> Any:
    if option is not None:
        option.help = _(HELP_OPTION)
    return option


class Noun(typer.Typer):
    """A Typer whose verbs take their help from their docstring, through the catalogue."""

    def __init__(self, help: str = "", **settings: Any) -> None:  # noqa: A002 - Typer's own name
        """Make a noun; ``help`` is marked for translation where it is written."""
        settings.setdefault("cls", Group)
        super().__init__(
            no_args_is_help=True,
            options_metavar=_(OPTIONS),
            subcommand_metavar=_(COMMANDS),
            help=_(help) or None,
            add_completion=False,
            pretty_exceptions_enable=False,
            rich_markup_mode="rich",
            **settings,
        )

    def command(self, name: str | None = None, **settings: Any) -> Callable[..., Any]:
        """Register a verb; the first paragraph of its docstring is its help."""

        def register(function: Callable[..., Any]) -> Callable[..., Any]:
            text = (inspect.getdoc(function) or "").split("\n\n")[0].replace("\n", " ")
            typer.Typer.command(
                self, name, cls=Command, help=_(text), options_metavar=_(OPTIONS), **settings
            )(function)
            return function

        return register
