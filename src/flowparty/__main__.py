"""The program's entry: make the process safe, settle the language, then load the commands."""

from __future__ import annotations

import io
import os
import signal
import sys
from typing import NoReturn

from flowparty import language
from flowparty.errors import Terminated


def main() -> NoReturn:
    """Run ``flowparty`` with the arguments of the command line; never returns."""
    prepare()
    language.use(language.choose(sys.argv[1:], os.environ))
    from flowparty.cli.root import app

    app(prog_name="flowparty")
    sys.exit(0)


def prepare() -> None:
    """Private files, open standard channels, UTF-8 on them, and an orderly end on SIGTERM."""
    os.umask(0o077)
    _fill_closed_channels()
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    signal.signal(signal.SIGTERM, _terminate)


def _fill_closed_channels() -> None:
    """Keep descriptors 0 to 2 taken: a registry opened as 2 would be written by every message."""
    for number in range(3):
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, os.O_RDWR)


def _terminate(_signal: int, _frame: object) -> NoReturn:
    raise Terminated


if __name__ == "__main__":
    main()
