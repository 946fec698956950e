"""Corrections of a closed month: where the facts as known now differ from what was frozen."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING

from flowparty.domain.cards import Kind
from flowparty.domain.dates import china_day
from flowparty.domain.ledger import Away, EventFact

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from flowparty.domain.ids import MemberId, OrgId

AWAY = "away"
_LATEST_ONLY = frozenset(
    {"mobile", "host_org", "host_contact", "host_phone", "remark", "branch", "home", "in_group",
     "erased", "post", "unit_kind"}
)  # fmt: skip
"""What has no day of its own, so that its latest value says nothing of the closed month."""

_EVENTS = frozenset(Kind)


def event_fact(kind: str, on: str) -> str:
    """The name of a card event among the facts of its member."""
    return f"{kind} {on}"


@dataclass(frozen=True, slots=True)
class Difference:
    """One fact of a closed month that reads otherwise now; values as plain text, codes as codes."""

    member_id: MemberId
    name: str
    branch_id: OrgId | None
    branch: str | None
    field: str
    reported: str | None
    now: str | None

    @property
    def fact(self) -> str:
        """Which fact of the member it is: a field, or one card event."""
        if self.field in _EVENTS:
            return event_fact(self.field, self.reported or self.now or "")
        return self.field


@dataclass(frozen=True, slots=True)
class Correction:
    """A difference with who made it and why: the entry of the journal that made it so."""

    member_id: MemberId
    name: str
    branch_id: OrgId | None
    branch: str | None
    field: str
    reported: str | None
    now: str | None
    at: str | None = None
    by: str | None = None
    command: str | None = None
    why: str | None = None

    @property
    def on(self) -> str | None:
        """The day it was made, in China."""
        return None if self.at is None else china_day(self.at)


def differences(
    frozen: tuple[Sequence[Away], Sequence[EventFact]],
    now: tuple[Sequence[Away], Sequence[EventFact]],
) -> list[Difference]:
    """What reads otherwise now, by person; rows of erased people say nothing.

    Args:
        frozen: the people away and the card events as they were frozen.
        now: the same as of the same day, as known now.
    """
    gone = {person.member_id for person in frozen[0] if person.erased}
    was = {person.member_id: person for person in frozen[0] if not person.erased}
    is_ = {person.member_id: person for person in now[0] if person.member_id not in gone}
    found: list[Difference] = []
    for member in sorted(was.keys() | is_.keys()):
        found += _of_person(was.get(member), is_.get(member))
    return found + list(_of_events(frozen[1], now[1], gone))


def _of_person(was: Away | None, is_: Away | None) -> Iterator[Difference]:
    person = is_ or was
    if person is None:
        return
    if was is None or is_ is None:
        yield _difference(person, AWAY, _yes(was), _yes(is_))
        return
    for field in fields(Away):
        old, new = (getattr(one, field.name) for one in (was, is_))
        if old != new and field.name not in _LATEST_ONLY:
            old, new = (was.branch, is_.branch) if field.name == "branch_id" else (old, new)
            yield _difference(person, field.name, _text(old), _text(new))


def _yes(person: Away | None) -> str:
    return "no" if person is None else "yes"


def _difference(person: Away, field: str, reported: str | None, now: str | None) -> Difference:
    return Difference(
        person.member_id, person.name, person.branch_id, person.branch, field, reported, now
    )


def _text(value: object) -> str | None:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return None if value is None else str(value)


def _of_events(
    frozen: Sequence[EventFact], now: Sequence[EventFact], gone: set[MemberId]
) -> Iterator[Difference]:
    """Card events too many or too few; one is known by its member, kind and day, not by words."""
    was, is_ = (
        Counter(_event(event) for event in events if event.member_id not in gone)
        for events in (frozen, now)
    )
    told = {_event(event): event for event in (*frozen, *now)}
    for key in sorted((was - is_) + (is_ - was), key=str):
        event = told[key]
        days = (event.on, None) if was[key] > is_[key] else (None, event.on)
        yield Difference(event.member_id, event.name, event.branch_id, None, event.kind, *days)


def _event(event: EventFact) -> tuple[MemberId, str, str]:
    return event.member_id, event.kind, event.on
