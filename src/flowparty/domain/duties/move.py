"""Movements that lack a date, a place or a host, and memberships to transfer."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from flowparty.domain.duties.duty import Ask, Duty, Kind
from flowparty.domain.meetings import unexplained
from flowparty.domain.movements import State, over_day

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from flowparty.domain.ledger import Away
    from flowparty.domain.movements import Movement
    from flowparty.domain.transfers import Transfer


def transfer_due(
    away: Iterable[Away], letters: Iterable[Transfer], on: date, threshold_months: int
) -> Iterator[Duty]:
    """Over the threshold in a fixed place, and no letter under way [2019 条例 art. 25]."""
    under_way = {one.member_id for one in letters if one.unfinished_on(on)}
    for one in away:
        if one.transfer_due and one.member_id not in under_way:
            since = over_day(one.left, threshold_months)
            yield Duty(
                Kind.TRANSFER_DUE,
                f"M{one.member_id}",
                str(since or ""),
                one.name,
                one.branch,
                since,
                None,
                (
                    *("transfer", "issue", f"M{one.member_id}"),
                    *("--number", Ask.NUMBER, "--to", Ask.NAME),
                ),
                {"left": str(one.left) if one.left else None},
            )


def move_not_taken_up(facts: Iterable[Movement], on: date, arrival_days: int) -> Iterator[Duty]:
    """A movement the host has not taken up so many days after it began.

    Without date or place nobody can be asked: those are owed first.
    """
    for one in facts:
        if one.left is None or one.destination_code is None:
            continue
        due = one.left.last + timedelta(days=arrival_days)
        if one.state_on(on) is State.WAITING and due <= on:
            words = ("move", "arrive", f"M{one.member_id}", "--host", Ask.NAME)
            yield _of(one, Kind.MOVE_NOT_TAKEN_UP, due, words)


def move_no_date(facts: Iterable[Movement], on: date) -> Iterator[Duty]:
    """A movement of which nobody knows when it began."""
    del on
    for one in facts:
        if "left_on" in unexplained(one):
            words = ("move", "edit", f"M{one.member_id}", "--on", Ask.DAY)
            yield _of(one, Kind.MOVE_NO_DATE, None, words)


def move_no_place(facts: Iterable[Movement], on: date) -> Iterator[Duty]:
    """A movement of which nobody knows where it leads: since it began."""
    del on
    for one in facts:
        if "destination" in unexplained(one):
            words = ("move", "edit", f"M{one.member_id}", "--to", Ask.PLACE)
            yield _of(one, Kind.MOVE_NO_PLACE, one.left.first if one.left else None, words)


def _of(one: Movement, kind: Kind, since: date | None, words: tuple[str, ...]) -> Duty:
    return Duty(
        kind,
        f"M{one.member_id}",
        f"V{one.id}",
        one.member,
        one.branch,
        since,
        None,
        words,
        {"left": one.left_on},
    )
