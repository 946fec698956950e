"""The fast reader behind a wall: asked in a process of its own, its answers not taken on trust."""

from __future__ import annotations

import io
import json
import signal
import subprocess
import sys
import threading
from contextlib import contextmanager
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, cast

from flowparty.domain.errors import BadValue
from flowparty.intake import child
from flowparty.intake.markup import check_extent
from flowparty.intake.sheets import Merge, Sheet

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path
    from typing import IO

    from flowparty.settings import Settings

MOST_BYTES = 512 * 1024 * 1024
MOST_SECONDS = 30
"""Of the processor; by the clock it may be twice as long, for a machine with other work."""
MOST_ANSWER = 200_000_000
"""Characters of an answer; 200 000 rows of 20 columns take 50 million."""
_LONGEST_LINE = 20_000_000

_TOO_LONG = {-signal.SIGKILL, -signal.SIGXCPU}
_DAMAGED = {child.UNREADABLE, -signal.SIGSEGV, -signal.SIGBUS}
_TOO_LARGE = {child.NO_MEMORY, -signal.SIGABRT}
"""How a child ends; the reader aborts when it is given no more memory."""


@contextmanager
def reading(path: Path, limits: Settings) -> Iterator[Callable[[], list[Sheet]]]:
    """Let a child process read a workbook's values with calamine while others look it over.

    Args:
        path: a workbook of any kind it reads.
        limits: rows, columns and characters beyond which its answer is refused.

    Yields:
        What waits for every worksheet, hidden ones too, with its merges; the XML's look-over is
        not in it. It raises BadValue: ``file_unreadable``, ``file_encrypted``, ``file_too_large``,
        ``file_takes_too_long``, ``file_cell_too_long``.
    """
    with _child(path) as lines:
        yield lambda: _sheets(lines, path, limits)


def _sheets(lines: Iterator[str], path: Path, limits: Settings) -> list[Sheet]:
    sheets: list[Sheet] = []
    decode = json.JSONDecoder(object_hook=_untagged).decode
    for line in lines:
        answer = decode(line)
        if answer is None:
            break
        if isinstance(answer, Sheet):
            sheets.append(answer)
            continue
        rows = sheets[-1].rows
        rows.append(answer)
        _check(rows, len(line), path, limits)
    return sheets


def _check(rows: list[Any], length: int, path: Path, limits: Settings) -> None:
    """Refuse what an honest look-over would have refused before; old files have none."""
    check_extent(path, len(rows), len(rows[-1]), limits)
    if length > limits.import_cell and any(
        isinstance(cell, str) and len(cell) > limits.import_cell for cell in rows[-1]
    ):
        raise BadValue(
            "file_cell_too_long", path=str(path), row=len(rows), limit=limits.import_cell
        )


def _untagged(answer: dict[str, Any]) -> date | Sheet:
    day = answer.get("day")
    if day is None:
        merges = tuple(
            Merge(top + 1, end + 1, left, right) for (top, left), (end, right) in answer["merges"]
        )
        return Sheet(str(answer["name"]), [], merges, hidden=bool(answer["hidden"]))
    return datetime.fromisoformat(day) if "T" in day else date.fromisoformat(day)


@contextmanager
def _child(path: Path) -> Iterator[Iterator[str]]:
    """The lines a child writes; it is gone when this ends, whatever happened."""
    words = ["-P", "-m", child.__name__, str(path.absolute()), str(MOST_BYTES), str(MOST_SECONDS)]
    with subprocess.Popen(  # noqa: S603 - our own program
        [sys.executable, *words],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    ) as process:
        watch = threading.Timer(2 * MOST_SECONDS, process.kill)
        watch.start()
        try:
            yield _answer(process, path)
        finally:
            watch.cancel()
            process.kill()


def _answer(process: subprocess.Popen[bytes], path: Path) -> Iterator[str]:
    """Line by line what a child says; if it ends before its last one, why.

    Raises:
        BadValue: by how it ended. RuntimeError: it could not begin.
    """
    taken = 0
    stream = io.TextIOWrapper(cast("IO[bytes]", process.stdout), encoding="utf-8", newline="\n")
    while line := stream.readline(_LONGEST_LINE):
        taken += len(line)
        if taken > MOST_ANSWER or len(line) >= _LONGEST_LINE:
            raise _too_large(path)
        if line.endswith("\n"):
            yield line
    raise _ended(process.wait(), path)


def _ended(status: int, path: Path) -> BadValue:
    if status in _TOO_LARGE:
        return _too_large(path)
    if status in _TOO_LONG:
        return BadValue("file_takes_too_long", path=str(path), limit=MOST_SECONDS)
    if status == child.ENCRYPTED:
        return BadValue("file_encrypted", path=str(path))
    if status in _DAMAGED:
        return BadValue("file_unreadable", path=str(path))
    raise RuntimeError(status)


def _too_large(path: Path) -> BadValue:
    return BadValue("file_too_large", path=str(path), limit=MOST_BYTES >> 20, unit="megabytes")
