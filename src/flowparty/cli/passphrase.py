"""The key file and its passphrase: from a prompt or a file, never a flag or the environment."""

from __future__ import annotations

import getpass
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from flowparty.domain.errors import BadKey
from flowparty.language import _
from flowparty.service import keys

if TYPE_CHECKING:
    from flowparty.cli.session import Globals, Session
    from flowparty.service.keys import Unlocked

KeyOption = Annotated[
    Path | None,
    typer.Option("--key", metavar="FILE", help=_("The key file; beside the registry if left out.")),
]
PassphraseOption = Annotated[
    Path | None,
    typer.Option(
        "--passphrase-file",
        metavar="FILE",
        help=_("A file whose first line is the passphrase; asked for if left out."),
    ),
]


def key_path(at: Session, given: Path | None) -> Path:
    """The key file: the one named, else the registry's own name ending in ``.key``."""
    return given if given is not None else at.registry.path.with_suffix(".key")


def passphrase(ctx: typer.Context, file: Path | None, *, twice: bool = False) -> str:
    """The passphrase.

    Raises:
        BadKey: the file cannot be read, nobody can be asked, or the two answers differ.
    """
    if file is not None:
        try:
            return file.read_text(encoding="utf-8-sig").partition("\n")[0].rstrip("\r")
        except (OSError, UnicodeDecodeError):
            raise BadKey("passphrase_unreadable", path=str(file)) from None
    given: Globals = ctx.obj
    if given.no_input or sys.stdin is None or not sys.stdin.isatty():
        raise BadKey("passphrase_missing")
    typed = getpass.getpass(_("Passphrase of the key file: "))
    if twice and typed != getpass.getpass(_("Once more: ")):
        raise BadKey("passphrase_differs")
    return typed


def unlock(ctx: typer.Context, at: Session, key: Path | None, file: Path | None) -> Unlocked:
    """Our keys, in the open for this one command."""
    return keys.unlock(at.registry, key_path(at, key), passphrase(ctx, file))
