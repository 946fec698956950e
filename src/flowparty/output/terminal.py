"""The terminal: how wide, how coloured, and which lines it can draw."""

from __future__ import annotations

import io
import locale
import os
import shutil
import sys
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from rich.box import Box
    from rich.console import Console

_UNBOUNDED = 10_000
_NARROWEST = 20
_WIDE = 100


@dataclass(frozen=True, slots=True)
class Screen:
    """Where tables are drawn; off a terminal the width does not matter and nothing is coloured."""

    width: int
    terminal: bool
    ascii_only: bool

    @property
    def narrow(self) -> bool:
        """Whether columns of less weight are left out."""
        return self.width < _WIDE

    @property
    def box(self) -> Box:
        """Lines that the encoding can draw."""
        from rich import box

        return box.ASCII if self.ascii_only else box.SIMPLE_HEAD

    def draw(self, drawable: Any) -> str:
        """Render to text without trailing blanks."""
        out = io.StringIO()
        self._rich(out).print(drawable)
        return "".join(f"{line.rstrip()}\n" for line in out.getvalue().splitlines())

    def _rich(self, out: io.StringIO) -> Console:
        from rich.console import Console

        colour = self.terminal and not os.environ.get("NO_COLOR") and _capable()
        return Console(
            file=out,
            width=self.width,
            force_terminal=colour,
            color_system="standard" if colour else None,
            markup=False,
            highlight=False,
            emoji=False,
            legacy_windows=False,
            _environ={},
        )


def _capable() -> bool:
    return os.environ.get("TERM", "dumb") not in ("dumb", "")


def console() -> Screen:
    """The screen as it is now: the terminal's width, or unbounded into a file or a pipe."""
    terminal = sys.stdout is not None and sys.stdout.isatty()
    width = max(shutil.get_terminal_size().columns, _NARROWEST) if terminal else _UNBOUNDED
    return Screen(width, terminal, not draws_lines())


def draws_lines() -> bool:
    """Whether the locale's encoding has box characters; an unset locale is taken for UTF-8."""
    encoding = locale.getlocale()[1] or "utf-8"
    try:
        "─│".encode(encoding)
    except (LookupError, UnicodeEncodeError):
        return False
    return True


@contextmanager
def progress(text: str, steps: int) -> Iterator[Callable[[], None]]:
    """A bar on standard error while long work runs; nothing off a terminal.

    Yields a function to call after each of about ``steps`` steps.
    """
    if sys.stderr is None or not sys.stderr.isatty():
        yield lambda: None
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(text, total=steps)
        yield lambda: bar.advance(task)
