"""How duties are shown: by urgency and kind, one screen on a terminal, all of them elsewhere."""

from __future__ import annotations

import re
import shlex
import shutil
from contextlib import suppress
from itertools import groupby
from typing import TYPE_CHECKING, Any

from flowparty.domain.duties.duty import Urgency
from flowparty.domain.duties.returns import running
from flowparty.domain.text import visible
from flowparty.language import N_, _
from flowparty.output.columns import Column
from flowparty.output.formats import write
from flowparty.output.terminal import console
from flowparty.settings import as_text
from flowparty.words import term

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from datetime import date

    from flowparty.output.terminal import Screen
    from flowparty.service.duties import Item
    from flowparty.service.duty_table import Line
    from flowparty.settings import Settings

URGENCIES = {
    Urgency.OVERDUE: N_("Overdue"),
    Urgency.NEAR: N_("Pressing"),
    Urgency.OPEN: N_("To do"),
}
_PLAIN = re.compile(r"[\w@%+=:,./…-]+")
_FIRST, _NEXT = "  ", "    "
_KEPT = 3
"""Lines of the screen for the summary, the last hint and the prompt that follows."""


def columns(force: Settings) -> list[Column[Item]]:
    """What programs get of a duty; ``identity`` stays the same from day to day."""
    return [
        Column("identity", "", lambda item: item.duty.identity),
        Column("urgency", "", lambda item: item.urgency),
        Column("kind", "", lambda item: item.duty.kind),
        Column("title", "", lambda item: _(item.line.title)),
        Column("since", "", lambda item: item.duty.since and item.duty.since.isoformat()),
        Column("by", "", lambda item: item.duty.by and item.duty.by.isoformat()),
        Column("subject", "", lambda item: item.duty.subject),
        Column("who", "", lambda item: item.duty.who),
        Column("branch", "", lambda item: item.duty.branch),
        Column("detail", "", detail),
        Column("why", "", lambda item: why(item.line, force)),
        Column("source", "", lambda item: _(item.line.source)),
        Column("command", "", command),
    ]


def command(item: Item) -> str:
    """The whole line to type; words in capitals stand for what only the clerk knows."""
    words = (word if _PLAIN.fullmatch(word) else shlex.quote(word) for word in item.duty.command)
    return " ".join(("flowparty", *words))


def why(line: Line, force: Settings) -> str:
    """The rule, with the settings in force."""
    values = {name: as_text(getattr(force, name)) for name in line.settings}
    return _(line.why).format_map(values)


def detail(item: Item) -> str:
    """What is told of one duty beside who and since when; nothing of what nobody knows."""
    said = {name: _said(name, value) for name, value in item.duty.facts.items() if value}
    parts = []
    for part in item.line.detail:
        with suppress(KeyError):
            parts.append(_(part).format_map(said))
    return _(", ").join(parts)


def _said(name: str, value: Any) -> str:
    if name == "fields":
        return _(", ").join(term("field")(field) for field in str(value).split(","))
    return str(value)


def summary(items: Sequence[Item], on: date, cutoff_day: int) -> str:
    """The day in one line: how much is owed, and how far the cut-off is."""
    period = running(on, cutoff_day)
    days = (period.end(cutoff_day) - on).days
    cutoff = _("{days} days to the cut-off of {period}").format(days=days, period=period)
    if not items:
        return _("Nothing is owed on {day}; {cutoff}.").format(day=on, cutoff=cutoff)
    counts = [item.urgency for item in items]
    said = (f"{_(word)} {counts.count(urgency)}" for urgency, word in URGENCIES.items())
    return f"{on}  {'  '.join(said)}  ({cutoff})"


def show(items: Sequence[Item], force: Settings, *, whole: bool) -> None:
    """Write the duties for people; a terminal gets as many of each kind as fit its height.

    Where not even one of each fits, it gets a line a kind, with the command that lists it.

    Args:
        items: the duties in order.
        force: the settings in force.
        whole: show all, however high the terminal is.
    """
    screen = console()
    text = list(_drawn(items, force, screen, len(items)))
    height = shutil.get_terminal_size().lines - _KEPT
    if screen.terminal and not whole:
        most = len(items)
        while len(text) > height and most > 0:
            most = min(most - 1, most * height // len(text))
            text = list(_drawn(items, force, screen, most))
        if most < len(items):
            text.append(_("All of one kind:  flowparty today --kind KIND"))
    write("".join(f"{line}\n" for line in text))


def _drawn(items: Sequence[Item], force: Settings, screen: Screen, most: int) -> Iterator[str]:
    """The lines: a heading for each urgency and kind, then at most so many of it (0: no more)."""
    width = _width(screen)
    for urgency, these in groupby(items, lambda item: item.urgency):
        yield f"── {_(URGENCIES[urgency])} ──" if not screen.ascii_only else _(URGENCIES[urgency])
        for line, of_kind in groupby(these, lambda item: item.line):
            listed = list(of_kind)
            if not most:
                yield from _flow(_headed(line, listed), "", _NEXT, screen, width)
                continue
            reason = f"{why(line, force)} [{_(line.source)}]"
            yield from _flow((f"{_(line.title)} {len(listed)}", reason), "", _NEXT, screen, width)
            for item in listed[:most]:
                duty = item.duty
                told = (str(duty.since or _("unknown")), duty.who, duty.branch or "", detail(item))
                shown = [visible(part, single_line=True) for part in told if part]
                shown += [command(item)]
                yield from _flow(tuple(dict.fromkeys(shown)), _FIRST, _NEXT, screen, width)


def _headed(line: Line, listed: Sequence[Item]) -> tuple[str, ...]:
    """One line for a whole kind: how many, since when, and how to see them."""
    since = listed[0].duty.since or _("unknown")
    return (f"{_(line.title)} {len(listed)}", str(since), f"flowparty today --kind {line.kind}")


def _width(screen: Screen) -> Callable[[str], int]:
    """How wide a text is; off a terminal it does not matter."""
    if not screen.terminal:
        return len
    from rich.cells import cell_len

    return cell_len


def _flow(
    parts: Sequence[str], first: str, later: str, screen: Screen, width: Callable[[str], int]
) -> Iterator[str]:
    """Parts two blanks apart, as many on a line as fit; one too long is broken between words."""
    line, empty = first, True
    for part in parts:
        for piece in _pieces(part, screen.width - width(later), width):
            joined = f"{line}{piece}" if empty else f"{line}  {piece}"
            if not empty and width(joined) > screen.width:
                yield line
                joined = f"{later}{piece}"
            line, empty = joined, False
    yield line


def _pieces(part: str, room: int, width: Callable[[str], int]) -> Iterator[str]:
    """A part that fits a line as it is; a longer one in pieces that a shell still joins."""
    if width(part) <= room:
        yield part
        return
    line = ""
    for word in part.split(" "):
        if line and width(f"{line} {word} \\") > room:
            yield f"{line} \\"
            line = word
        else:
            line = f"{line} {word}" if line else word
    yield line
