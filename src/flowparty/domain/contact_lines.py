"""A line about one call, as people type it: ``张三 已联系 电话 想回乡开店``.

Who comes first, then in any order how and with what result, then what was said; a day may stand at
the beginning or the end. Blanks, commas, colons, bars and tabs part the words, full-width or not.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING

from flowparty.domain.contacts import REACHED
from flowparty.domain.dates import parse_day, refuse_future
from flowparty.domain.errors import BadValue
from flowparty.domain.text import clean_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from flowparty.domain.codes import CodeTable

PHONE = "phone"
"""How a member was reached when the line does not say: what ``contact add`` takes too."""

LATE = timedelta(days=183)
"""A day without its year is last year's if no more than so long ago; else it lies ahead [ours]."""

_WORD = re.compile(r"[^\s,，、;；:：|｜。—]+")
_SERIAL = re.compile(r"\s*[(（]?[0-9]{1,3}[.．、)）](?![0-9])")
_MONTH_DAY = re.compile(r"([0-9]{1,2})(?:[-./]([0-9]{1,2})|月([0-9]{1,2})[日号]?)")
_FULL_DAY = re.compile(r"[0-9]{4}(?:[-./年][0-9]{1,2}[-./月][0-9]{1,2}[日号]?|[0-9]{4})")
_PRICE = re.compile(r"[0-9]+\.[0-9]")
_SECOND_NAME = re.compile(r"[Mm][0-9]+|[0-9]{4}|1[3-9][0-9]{9}")


@dataclass(frozen=True, slots=True)
class Reading:
    """What one line says; ``doubts`` are codes for what was taken for granted.

    ``who`` has one or two names of the same person (``张三`` and the tail of a telephone).
    """

    who: tuple[str, ...]
    on: date
    method: str
    outcome: str
    notes: str | None
    doubts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Words:
    """The words for how and with what result, and the day from which days are counted."""

    methods: CodeTable
    outcomes: CodeTable
    today: date


@dataclass(slots=True)
class _Facts:
    """What was found on a line so far; each fact is taken once."""

    words: Words
    codes: dict[str, str] = field(default_factory=dict)
    on: date | None = None
    doubts: list[str] = field(default_factory=list)

    def take(self, text: str, *, at_end: bool = False) -> bool:
        """Whether ``text`` is a result, a method or a day not yet known; then it is kept."""
        for name, table in (("outcome", self.words.outcomes), ("method", self.words.methods)):
            code = _code(table, text)
            if code is not None and name not in self.codes:
                self.codes[name] = code
                self.doubts += ["read_at_end"] if at_end else []
                return True
        return self.on is None and self._day(unicodedata.normalize("NFKC", text), at_end=at_end)

    def _day(self, text: str, *, at_end: bool) -> bool:
        if at_end and _PRICE.fullmatch(text):
            return False
        day = _day_of(text, self.words.today)
        if day is None:
            return False
        if at_end and not _FULL_DAY.fullmatch(text):
            self.doubts.append("read_at_end")
        if day.year != self.words.today.year and _MONTH_DAY.fullmatch(text):
            self.doubts.append("year_assumed")
        self.on = day
        return True


def read_line(text: str, words: Words, *, on: date) -> Reading | None:
    """Read one line; None if nothing stands on it, or only a remark (``#``).

    Args:
        text: the line.
        words: the tables of methods and outcomes, and today.
        on: the day of the calls where a line does not say.

    Raises:
        BadValue: ``paste_nobody`` (no name), ``paste_no_outcome`` (neither a result nor what was
            said), a day that does not exist or lies ahead, characters that are not text.
    """
    kept = clean_text(text.replace("\ufeff", "")).rstrip()
    serial = _SERIAL.match(kept)
    start = serial.end() if serial else 0
    if not kept[start:].strip() or kept.lstrip().startswith("#"):
        return None
    facts = _Facts(words)
    parts = list(_WORD.finditer(kept, start))
    who, first = _front(facts, parts)
    if not who:
        raise BadValue("paste_nobody")
    last = _back(facts, parts, first)
    end = len(kept) if last == len(parts) else parts[last - 1].end()
    return _reading(facts, who, kept[parts[first].start() : end] if first < last else None, on)


def _front(facts: _Facts, parts: Sequence[re.Match[str]]) -> tuple[tuple[str, ...], int]:
    """The names of who it is, and the number of the first word of what was said."""
    who: list[str] = []
    at = 0
    while at < len(parts):
        taken = next((n for n in (2, 1) if facts.take(_joined(parts[at : at + n]))), 0)
        if not taken:
            word = parts[at].group()
            if who and (len(who) > 1 or not _SECOND_NAME.fullmatch(word)):
                break
            who.append(word)
        at += taken or 1
    return tuple(who), min(at, len(parts))


def _back(facts: _Facts, parts: Sequence[re.Match[str]], first: int) -> int:
    """Where what was said ends: facts behind it are taken, but never its first word."""
    last = len(parts)
    while last - first > 1:
        most = min(2, last - first - 1)
        taken = next(
            (
                n
                for n in range(most, 0, -1)
                if facts.take(_joined(parts[last - n : last]), at_end=True)
            ),
            0,
        )
        if not taken:
            break
        last -= taken
    return last


def _joined(parts: Sequence[re.Match[str]]) -> str:
    """Two words may be one: ``no answer``."""
    return " ".join(part.group() for part in parts)


def _reading(facts: _Facts, who: tuple[str, ...], notes: str | None, on: date) -> Reading:
    outcome = facts.codes.get("outcome")
    if outcome is None and notes is None:
        raise BadValue("paste_no_outcome")
    doubts = list(facts.doubts)
    if outcome is None:
        doubts.append("outcome_assumed")
    elif notes is not None and _code(facts.words.outcomes, _WORD.findall(notes)[0]) is not None:
        doubts.append("outcome_twice")
    return Reading(
        who=who,
        on=facts.on or on,
        method=facts.codes.get("method", PHONE),
        outcome=outcome or REACHED,
        notes=notes,
        doubts=tuple(dict.fromkeys(doubts)),
    )


def _code(table: CodeTable, text: str) -> str | None:
    try:
        return table.parse(text)
    except BadValue:
        return None


def _day_of(text: str, today: date) -> date | None:
    """The day a word means; None if it is no day.

    Raises:
        BadValue: it looks like one, but the calendar has none such, or it lies ahead.
    """
    if found := _MONTH_DAY.fullmatch(text):
        day = _in_the_past(int(found[1]), int(found[2] or found[3]), today)
        if day is None and found[3]:
            raise BadValue("date_invalid", value=text)
        return day
    try:
        day = parse_day(text.replace("号", "日"), today)
    except BadValue:
        if _FULL_DAY.fullmatch(text) and not text.isdigit():
            raise
        return None
    refuse_future(day, today)
    return day


def _in_the_past(month: int, day: int, today: date) -> date | None:
    """Such a day of this year, or of the last if this year's is ahead; None if there is none.

    Raises:
        BadValue: ``date_future``: last year's would be too long ago to be meant.
    """
    this, before = (_built(year, month, day) for year in (today.year, today.year - 1))
    if this is not None and this <= today:
        return this
    if before is not None and today - before <= LATE:
        return before
    if this is not None:
        raise BadValue("date_future", value=this.isoformat(), today=today)
    return None


def _built(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
