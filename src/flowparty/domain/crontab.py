"""What is due by the clock, and how a line of a crontab is written so that it means one thing."""

from __future__ import annotations

import shlex
from dataclasses import dataclass
from typing import TYPE_CHECKING

from flowparty.domain.errors import BadValue

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

SHORTEST_MONTH = 28
"""Every month has this day; the day after it does not come in every February."""


@dataclass(frozen=True, slots=True)
class Job:
    """One command of the program and when cron runs it: ``when`` has lines of its five fields.

    ``folder``: whether it is told where the returns go. All jobs run after seven by the machine's
    clock: in every time zone the day has then begun in China too, whose days the program goes by.
    """

    name: str
    words: tuple[str, ...]
    when: tuple[str, ...]
    folder: bool = False


JOBS = (
    Job("today", ("today", "--quiet", "--check"), ("30 7 * * *",)),
    Job("export", ("ledger", "export"), (), folder=True),
    Job("check", ("db", "check", "--quiet"), ("40 7 * * 1",)),
)
"""Everything due by the clock, in the crontab's order; an empty ``when`` follows the cut-off."""


def times(job: Job, cutoff_day: int) -> tuple[str, ...]:
    """When a job runs; one that follows the cut-off, on the day after it.

    After a cut-off on the 28th that is the 29th, and the 1st of March where February has none.
    """
    if job.when:
        return job.when
    after = f"20 7 {cutoff_day + 1} * *"
    return (after, "20 7 1 3 *") if cutoff_day >= SHORTEST_MONTH else (after,)


def command(words: Sequence[str]) -> str:
    """A command as cron hands it to the shell: every word quoted, every ``%`` escaped.

    Raises:
        BadValue: ``cron_word_unsafe``: a crontab has no way to write a line break.
    """
    for word in words:
        if "\n" in word or "\r" in word or "\0" in word:
            raise BadValue("cron_word_unsafe", value=word)
    return shlex.join(words).replace("%", "\\%")


def lines(job: Job, program: Sequence[str], folder: str, cutoff_day: int) -> Iterator[str]:
    """The lines of one job.

    Args:
        job: what runs.
        program: the program with its global options, by absolute paths.
        folder: where the returns go, an absolute path.
        cutoff_day: the last day of a reporting month.
    """
    output = ("--output", folder) if job.folder else ()
    for when in times(job, cutoff_day):
        yield f"{when} {command([*program, *job.words, *output])}"
