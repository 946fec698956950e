"""What a command has at hand: the registry, today, the clerk; and how it answers."""

from __future__ import annotations

import getpass
import os
import sys
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from flowparty import clock
from flowparty.domain.dates import parse_day, refuse_future
from flowparty.domain.errors import BadValue
from flowparty.domain.text import clean_name, clean_text
from flowparty.language import _
from flowparty.output.formats import Format, Part, emit, emit_whole
from flowparty.repository import orgs
from flowparty.repository.journal import Actor
from flowparty.repository.registry import Registry

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from typer import Context

    from flowparty.domain.ids import OrgId
    from flowparty.output.columns import Column
    from flowparty.service.recorded import Recorded

T = TypeVar("T")

wrote: ContextVar[bool | None] = ContextVar("wrote", default=False)
"""Whether the command has recorded something: a failure after that must not deny it."""


@dataclass(frozen=True, slots=True)
class Globals:
    """The global options."""

    db: str | None = None
    clerk: str = ""
    wait_seconds: float = 30.0
    no_input: bool = False

    def path(self) -> Path:
        """The registry file: ``--db`` or ``FLOWPARTY_DB``, else in the user's data folder."""
        if self.db:
            return Path(self.db)
        from platformdirs import user_data_path

        return user_data_path("flowparty", appauthor=False) / "registry.db"


class Session:
    """One command at work on one registry, on one day."""

    def __init__(self, registry: Registry, today: date, clerk: str = "") -> None:
        """Bind an open registry to the day of the command and the clerk at work."""
        self.registry = registry
        self.today = today
        self.clerk = clerk

    def day(self, text: str | None) -> date:
        """The day an option names; today without one.

        Raises:
            BadValue: it is not a day, or lies in the future.
        """
        if text is None:
            return self.today
        day = parse_day(text, self.today)
        refuse_future(day, self.today)
        return day

    def as_of(self, text: str | None) -> date:
        """The day to look at; it may lie ahead, when nothing is known to change."""
        return self.today if text is None else parse_day(text, self.today)

    def org_id(self, text: str | None) -> OrgId | None:
        """The organization an ``--org`` option names."""
        return None if text is None else orgs.find(self.registry, text).id

    def by(self, name: str | None) -> str | None:
        """Who did it: the name given, else the clerk at work, else nobody known."""
        return clean_name(name or self.clerk) if name or self.clerk else None


def optional_text(text: str | None) -> str | None:
    """Free text kept to the letter; nothing for an empty one.

    Raises:
        BadValue: it holds characters that are not text.
    """
    return clean_text(text) or None if text is not None else None


def actor(given: Globals) -> Actor:
    """Who writes, for the journal."""
    try:
        user = getpass.getuser()
    except (OSError, KeyError):
        user = str(os.getuid())
    return Actor(user, given.clerk)


def command_of(ctx: Context) -> str:
    """The noun and verb, for the journal: never the arguments."""
    return ctx.command_path.partition(" ")[2]


def today() -> date:
    """The day of the command.

    Raises:
        BadValue: ``FLOWPARTY_TODAY`` is not a day.
    """
    try:
        return clock.today()
    except ValueError:
        raise BadValue("today_invalid", value=os.environ.get("FLOWPARTY_TODAY")) from None


@contextmanager
def session(ctx: Context) -> Iterator[Session]:
    """Open the registry for one command."""
    given: Globals = ctx.obj
    with Registry.open(
        given.path(),
        actor=actor(given),
        command=command_of(ctx),
        now=clock.now,
        wait_seconds=given.wait_seconds,
    ) as registry:
        try:
            yield Session(registry, today(), given.clerk)
        finally:
            wrote.set(registry.wrote)
        if registry.clock_was_behind:
            say(_("The machine's clock is behind the journal's last entry: please set it."))


def say(text: str) -> None:
    """Tell a person something beside the data: on standard error."""
    if sys.stderr is not None:
        print(text, file=sys.stderr)  # noqa: T201


def answer(recorded: Recorded[T], columns: Sequence[Column[T]], fmt: Format) -> None:
    """Answer a write: whether the record is new or stood there already, and the record itself."""
    answer_whole(recorded, columns, (), fmt)


def answer_whole(
    recorded: Recorded[T], columns: Sequence[Column[T]], parts: Sequence[Part[Any]], fmt: Format
) -> None:
    """Answer a write of a single thing with its lists."""
    say_recorded(repeated=recorded.repeated)
    emit_whole(recorded.record, columns, parts, fmt)


def answer_list(recorded: Recorded[list[T]], columns: Sequence[Column[T]], fmt: Format) -> None:
    """Answer a write of several records at once."""
    say_recorded(repeated=recorded.repeated)
    emit(recorded.record, columns, fmt)


def say_recorded(*, repeated: bool) -> None:
    """Tell whether something was written."""
    say(_("Already recorded; nothing was written.") if repeated else _("Recorded."))
