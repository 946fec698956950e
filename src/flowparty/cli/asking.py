"""Asking at the terminal: plainly, on standard error, and only where somebody sits."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from flowparty.language import _
from flowparty.output.formats import Format

if TYPE_CHECKING:
    from typer import Context

    from flowparty.cli.session import Globals

YES = frozenset({"y", "yes", "是", "好", "对", "写"})
"""Answers that mean yes in either language; everything else means no."""


def at_terminal() -> bool:
    """Whether standard input is somebody typing."""
    return sys.stdin is not None and sys.stdin.isatty()


def may_ask(ctx: Context, fmt: Format) -> bool:
    """Whether a question may be asked: not in scripts, never with ``--no-input`` or json."""
    given: Globals = ctx.obj
    return at_terminal() and not given.no_input and fmt is Format.TABLE


def confirmed(question: str) -> bool:
    """Ask; only a clear yes is one.

    Raises:
        KeyboardInterrupt: the input ended without an answer, as by Ctrl-C.
    """
    sys.stdout.flush()
    sys.stderr.write(f"{question} {_('[y/N]')} ")
    sys.stderr.flush()
    answer = sys.stdin.readline()
    if not answer:
        sys.stderr.write("\n")
        raise KeyboardInterrupt
    return answer.strip().casefold() in YES
