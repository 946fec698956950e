"""The one place where the program ends: problems, usage errors, signals and lost output."""

from __future__ import annotations

import contextlib
import json
import os
import re
import sys
import traceback
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from typer._click import exceptions as click
from typer.exceptions import Abort
from typer.exceptions import Exit as TyperExit

from flowparty.cli.session import wrote
from flowparty.domain.errors import Problem
from flowparty.domain.masking import mask_digits
from flowparty.domain.text import visible
from flowparty.errors import Exit, Terminated, explain, is_closed_pipe
from flowparty.files import as_problem
from flowparty.language import N_, _

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence


def run_to_the_end(  # noqa: PLR0911 - one line for each way to end
    command: Callable[[], Any], words: Sequence[str]
) -> int:
    """Run a command line and return its exit code, having said what there is to say.

    Args:
        command: runs it; returns an exit code or nothing.
        words: the command line, for ``--format json`` and ``--debug`` however far parsing came.
    """
    wrote.set(False)
    as_json = "--format=json" in words or ("--format", "json") in pairwise(words)
    try:
        return _flushed(command)
    except Problem as problem:
        return _tell(problem, as_json=as_json)
    except click.ClickException as error:
        return _tell_usage(error, as_json=as_json)
    except TyperExit as ended:
        return int(ended.exit_code)
    except (KeyboardInterrupt, Abort):
        _say(_("Interrupted; nothing was left half done."))
        return Exit.INTERRUPTED
    except Terminated:
        _say(_("Stopped; nothing was left half done."))
        return Exit.TERMINATED
    except SystemExit:  # Typer and rich end so, and only, where nobody reads; no command does
        return _unread()
    except OSError as error:
        return _tell_os(error, as_json=as_json)
    except Exception as error:  # noqa: BLE001 - the last net: a fault of ours must not show data
        return _tell_fault(error, debug="--debug" in words)


def _flushed(command: Callable[[], Any]) -> int:
    """Run, then make sure that the output has really left: a full disk must not go unnoticed."""
    code = command()
    if sys.stdout is not None:
        sys.stdout.flush()
    if code == Exit.INTERRUPTED:  # Typer turns Ctrl-C into this answer
        raise KeyboardInterrupt
    return code if isinstance(code, int) else Exit.OK


def _tell(problem: Problem, *, as_json: bool) -> int:
    recorded = wrote.get()
    problem.written = problem.written if recorded is False else recorded
    explanation = explain(problem)
    if as_json:
        _say(json.dumps(explanation.as_json(), ensure_ascii=False))
    else:
        _say("\n".join(explanation.lines()))
    return explanation.exit


def _tell_os(error: OSError, *, as_json: bool) -> int:
    if is_closed_pipe(error):
        return _unread()
    if error.filename is None:  # a write to standard output failed
        _abandon_output()
    return _tell(as_problem(error, error.filename or _("standard output")), as_json=as_json)


def _unread() -> int:
    _abandon_output()
    return Exit.PIPE_CLOSED


def _abandon_output() -> None:
    """Let Python's own flush at exit go nowhere instead of failing once more."""
    with contextlib.suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)


def _say(text: str) -> None:
    """Write a message to standard error; if even that is closed, there is nobody to tell."""
    if sys.stderr is not None:
        with contextlib.suppress(OSError):
            sys.stderr.write(f"{text}\n")
            sys.stderr.flush()


_USAGE = (
    (r"Missing option (?P<what>.+?)\.?$", N_("Missing option {what}.")),
    (r"Missing argument (?P<what>.+?)\.?$", N_("Missing argument {what}.")),
    (r"Missing parameter (?P<what>.+?)\.?$", N_("Missing parameter {what}.")),
    (
        r"No such option: (?P<what>[^ ]+) \(Possible options: (?P<more>.+)\)$",
        N_("No such option: {what}. Did you mean {more}?"),
    ),
    (r"No such option: (?P<what>[^ ]+)$", N_("No such option: {what}.")),
    (
        r"No such command (?P<what>'.*?')\. Did you mean (?P<more>.+)\?$",
        N_("No such command: {what}. Did you mean {more}?"),
    ),
    (r"No such command (?P<what>'.*?')\.$", N_("No such command: {what}.")),
    (r".*Missing command\.$", N_("A verb is missing.")),
    (
        r"Got unexpected extra argument\(?s?\)? \(?(?P<what>.+?)\)?$",
        N_("Unexpected words: {what}"),
    ),
    (r"Option (?P<what>.+) requires an argument\.$", N_("Option {what} needs a value.")),
    (r"Option (?P<what>.+) does not take a value\.$", N_("Option {what} takes no value.")),
    (
        r"Invalid value for (?P<what>.+?): (?P<value>'.*') is not one of (?P<more>.+?)\.$",
        N_("Invalid value for {what}: {value} is none of {more}."),
    ),
    (
        r"Invalid value for (?P<what>.+?): (?P<value>.+) is not in the range (?P<more>.+?)\.$",
        N_("Invalid value for {what}: {value} is not within {more}."),
    ),
    (
        r"Invalid value for (?P<what>.+?): (?P<value>'.*') is not a valid [\w ]+\.$",
        N_("Invalid value for {what}: {value} is not a number."),
    ),
    (r"Invalid value for (?P<what>.+?): (?P<more>.+)$", N_("Invalid value for {what}: {more}")),
)
"""Sentences of Typer's own Click, which has no catalogue, and ours in their place."""


def _tell_usage(error: click.ClickException, *, as_json: bool) -> int:
    if isinstance(error, click.NoArgsIsHelpError):
        _say(error.format_message())
        return Exit.USAGE
    message = visible(mask_digits(_usage_text(error.format_message())), single_line=True)
    ctx = getattr(error, "ctx", None)
    hint = "" if ctx is None else _("see  {command} --help").format(command=ctx.command_path)
    if as_json:
        body = {"code": "usage", "exit": int(Exit.USAGE), "written": False}
        _say(json.dumps({"error": {**body, "message": message, "hint": hint}}, ensure_ascii=False))
    else:
        _say("\n".join(filter(None, [
            "" if ctx is None else ctx.get_usage(),
            f"{_('Error')} usage: {message}",
            hint and f"  {_('What to do:')} {hint}",
        ])))  # fmt: skip
    return Exit.USAGE


def _usage_text(said: str) -> str:
    for pattern, ours in _USAGE:
        found = re.match(pattern, said)
        if found:
            words = {name: value or "" for name, value in found.groupdict().items()}
            return _(ours).format_map(words).strip()
    return said


def _tell_fault(error: Exception, *, debug: bool) -> int:
    """A fault of ours: no traceback unless asked for, and never with the values in it."""
    if debug:
        frames = traceback.format_tb(error.__traceback__)
        _say("".join(frames).rstrip())
    _say(
        _("A fault of the program ({kind}); nothing was left half done.").format(
            kind=type(error).__name__
        )
    )
    if debug:
        _say(visible(mask_digits(str(error)), single_line=True))
    else:
        _say(_("What to do: run it again with --debug and report what it shows."))
    return Exit.INTERNAL
