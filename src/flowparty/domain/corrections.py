"""Corrections of a closed month: where the facts as known now differ from what was frozen."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING

from flowparty.domain.cards import Kind
from flowparty.domain.dates import china_day
from flowparty.domain.ledger import Away, EventFact, counts_as
from flowparty.domain.masking import Masked

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from flowparty.domain.ids import MemberId, OrgId

Value = str | Masked | None

AWAY = "away"
UNKNOWN_PLACE = "不掌握"
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
    """One fact of a closed month that reads otherwise now; values as plain text, codes as codes.

    An identity number stays masked until a form reveals it; of a place without a code there are its
    words.
    """

    member_id: MemberId
    name: str
    branch_id: OrgId | None
    branch: str | None
    field: str
    reported: Value
    now: Value

    @property
    def fact(self) -> str:
        """Which fact of the member it is: a field, or one card event."""
        if self.field in _EVENTS:
            return event_fact(self.field, str(self.reported or self.now or ""))
        return self.field


@dataclass(frozen=True, slots=True)
class Correction(Difference):
    """A difference with who made it and why: the entry of the journal that made it so.

    ``months`` are the closed months whose returns said otherwise.
    """

    at: str | None = None
    by: str | None = None
    command: str | None = None
    why: str | None = None
    months: tuple[str, ...] = ()

    @property
    def on(self) -> str | None:
        """The day it was made, in China."""
        return None if self.at is None else china_day(self.at)


def differences(
    frozen: tuple[Sequence[Away], Sequence[EventFact]],
    now: tuple[Sequence[Away], Sequence[EventFact]],
    branches: Mapping[OrgId | None, str],
) -> list[Difference]:
    """What reads otherwise now, by person; rows of erased people say nothing.

    Args:
        frozen: the people away and the card events as they were frozen.
        now: the same as of the same day, as known now.
        branches: the names of the branches, for those who are not away.
    """
    gone = {person.member_id for person in frozen[0] if person.erased}
    was = {person.member_id: person for person in frozen[0] if not person.erased}
    is_ = {person.member_id: person for person in now[0] if person.member_id not in gone}
    found: list[Difference] = []
    for member in sorted(was.keys() | is_.keys()):
        found += _of_person(was.get(member), is_.get(member))
    before, after = (
        [event for event in part[1] if event.member_id not in gone] for part in (frozen, now)
    )
    found += _of_events(before, after, branches)
    return found + list(_of_holders(before, after, was.keys() & is_.keys(), branches))


def _of_person(was: Away | None, is_: Away | None) -> Iterator[Difference]:
    person = is_ or was
    if person is None:
        return
    if was is None or is_ is None:
        yield _difference(person, AWAY, _yes(was), _yes(is_))
        return
    for field in fields(Away):
        old, new = (getattr(one, field.name) for one in (was, is_))
        if old == new or field.name in _LATEST_ONLY:
            continue
        if field.name == "branch_id":
            old, new = was.branch, is_.branch
        elif field.name == "destination_code":
            old, new = _place(was), _place(is_)
        yield _difference(person, field.name, _text(old), _text(new))


def _place(person: Away) -> str:
    return person.destination_code or person.destination_text or UNKNOWN_PLACE


def _yes(person: Away | None) -> str:
    return "no" if person is None else "yes"


def _difference(person: Away, field: str, reported: Value, now: Value) -> Difference:
    return Difference(
        person.member_id, person.name, person.branch_id, person.branch, field, reported, now
    )


def _text(value: object) -> Value:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return value if isinstance(value, Masked | None) else str(value)


def _of_events(
    frozen: Sequence[EventFact], now: Sequence[EventFact], branches: Mapping[OrgId | None, str]
) -> Iterator[Difference]:
    """Card events too many or too few; one is known by its member, kind and day, not by words.

    The issue of a card that replaces another is no event of a return: it counts as the reissue.
    """
    was, is_ = (Counter(map(_event, filter(counts_as, events))) for events in (frozen, now))
    told = {_event(event): event for event in (*frozen, *now)}
    for key in sorted((was - is_) + (is_ - was), key=str):
        event = told[key]
        days = (event.on, None) if was[key] > is_[key] else (None, event.on)
        branch = branches.get(event.branch_id)
        yield Difference(event.member_id, event.name, event.branch_id, branch, event.kind, *days)


def _of_holders(
    frozen: Sequence[EventFact],
    now: Sequence[EventFact],
    away: Collection[MemberId],
    branches: Mapping[OrgId | None, str],
) -> Iterator[Difference]:
    """Whose card events count in another branch now, of those whose row does not say it."""
    was = {event.member_id: event.branch_id for event in frozen}
    for event in {event.member_id: event for event in now}.values():
        before = was.get(event.member_id, event.branch_id)
        if before != event.branch_id and event.member_id not in away:
            branch = branches.get(event.branch_id)
            yield Difference(event.member_id, event.name, event.branch_id, branch, "branch_id",
                             branches.get(before), branch)  # fmt: skip


def _event(event: EventFact) -> tuple[MemberId, str, str]:
    return event.member_id, event.kind, event.on


def told_once(found: Sequence[Difference]) -> list[Difference]:
    """Without the words of a place whose code another line tells: who corrects it gives both."""
    places = {one.member_id for one in found if one.field == "destination_code"}
    return [one for one in found if one.field != "destination_text" or one.member_id not in places]


def unlisted(found: Sequence[Difference], listed: Iterable[Correction]) -> list[Difference]:
    """What was not told yet: the facts of now against the month as later returns corrected it.

    Args:
        found: what reads otherwise now than the month's frozen rows say.
        listed: the corrections of that month that later returns listed, in their order.
    """
    first: dict[tuple[MemberId, str], Correction] = {}
    last: dict[tuple[MemberId, str], Correction] = {}
    for told in listed:
        first.setdefault((told.member_id, told.fact), told)
        last[told.member_id, told.fact] = told
    new: list[Difference] = []
    once = told_once(found)
    for one in found:
        known = last.pop((one.member_id, one.fact), None)
        if one not in once:
            continue
        if known is None:
            new.append(one)
        elif known.now != one.now:
            new.append(replace(one, reported=known.now))
    whole = {one.member_id for one in found if one.field == AWAY}
    for key, told in last.items():  # it reads again as it was frozen
        if told.now != first[key].reported and told.member_id not in whole:
            new.append(
                Difference(
                    told.member_id,
                    told.name,
                    told.branch_id,
                    told.branch,
                    told.field,
                    told.now,
                    first[key].reported,
                )
            )
    return new


def span(months: Sequence[str]) -> str:
    """The first and the last of some months in order, as people read them."""
    return " – ".join(dict.fromkeys((*months[:1], *months[-1:])))


def by_fact(found: Iterable[tuple[str, Correction]]) -> list[Correction]:
    """One line for each fact that one command corrected, with all the months it corrects.

    Args:
        found: corrections with the month whose return each corrects, in the order of the months.
    """
    lines: dict[tuple[MemberId, str, Value, Value, str | None], Correction] = {}
    for month, one in found:
        key = (one.member_id, one.fact, one.reported, one.now, one.at)
        known = lines.get(key)
        lines[key] = replace(one, months=(*(known.months if known else ()), month))
    return list(lines.values())
