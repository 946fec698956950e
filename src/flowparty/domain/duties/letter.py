"""Transfer letters and notices: near their end, past it, or waiting for the other side."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from flowparty.domain.duties.duty import Ask, Duty, Kind
from flowparty.domain.notices import State as NoticeState
from flowparty.domain.transfers import State

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from flowparty.domain.notices import Notice
    from flowparty.domain.transfers import Transfer


def letter_near(facts: Iterable[Transfer], on: date, near_days: int) -> Iterator[Duty]:
    """A letter not taken yet whose last day is near."""
    for one in facts:
        since = max(one.issued, one.valid_until - timedelta(days=near_days))
        if one.state_on(on) is State.ISSUED and since <= on:
            yield _letter(one, Kind.LETTER_NEAR, since, one.valid_until, *_receive(one))


def letter_expired(facts: Iterable[Transfer], on: date, receipt_months: int) -> Iterator[Duty]:
    """A letter that ran out and made room for none, until its receipt is overdue too."""
    for one in facts:
        expired = one.state_on(on) is State.EXPIRED and one.unfinished_on(on)
        if expired and not one.receipt_overdue(on, receipt_months):
            since = one.valid_until + timedelta(days=1)
            yield _letter(
                one,
                Kind.LETTER_EXPIRED,
                since,
                one.valid_until,
                *("transfer", "issue", f"M{one.member_id}"),
                *("--number", Ask.NUMBER, "--to", one.receiver),
            )


def letter_receipt(facts: Iterable[Transfer], on: date, receipt_months: int) -> Iterator[Duty]:
    """A letter without its receipt when the receiver should have returned it."""
    for one in facts:
        waiting = one.state_on(on) in (State.ISSUED, State.EXPIRED) and one.unfinished_on(on)
        if waiting and one.receipt_overdue(on, receipt_months):
            due = one.receipt_due(receipt_months)
            yield _letter(
                one, Kind.LETTER_RECEIPT, due + timedelta(days=1), due, *_receive(one)
            )  # fmt: skip


def letter_unfiled(facts: Iterable[Transfer], on: date) -> Iterator[Duty]:
    """A letter whose receipt is back and that nobody has filed: since the receipt came."""
    for one in facts:
        if one.state_on(on) is State.RECEIVED and one.receipt_on is not None:
            since = date.fromisoformat(one.receipt_on)
            yield _letter(one, Kind.LETTER_UNFILED, since, None, "transfer", "file", one.label)


def _receive(one: Transfer) -> tuple[str, ...]:
    return ("transfer", "receive", one.label, "--received", Ask.DAY)


def _letter(one: Transfer, kind: Kind, since: date, by: date | None, *words: str) -> Duty:
    facts = {"number": one.number, "receiver": one.receiver, "until": str(one.valid_until)}
    return Duty(kind, one.label, str(since), one.member, one.branch, since, by, words, facts)


def notice_unanswered(facts: Iterable[Notice], on: date, days: int) -> Iterator[Duty]:
    """A notice the other side has not answered in time: since the day after its last one."""
    for one in facts:
        if one.state_on(on, days) is NoticeState.OVERDUE:
            due = one.due(days)
            words = ("notice", "reply", one.code, "--text", Ask.TEXT)
            yield _notice(one, Kind.NOTICE_UNANSWERED, due + timedelta(days=1), due, words)


def notice_differing(facts: Iterable[Notice], on: date, days: int) -> Iterator[Duty]:
    """An answer that says other things than we do, until both are agreed."""
    for one in facts:
        if one.state_on(on, days) is NoticeState.DIFFERING and one.replied_on is not None:
            since = date.fromisoformat(one.replied_on)
            words = ("notice", "agree", one.code, "--take", Ask.SIDE)
            yield _notice(one, Kind.NOTICE_DIFFERING, since, None, words)


def _notice(one: Notice, kind: Kind, since: date, by: date | None, words: tuple[str, ...]) -> Duty:
    facts = {"addressee": one.addressee, "sent": one.on}
    return Duty(kind, one.code, str(since), one.member, one.branch, since, by, words, facts)
