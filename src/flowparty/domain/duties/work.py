"""Needs and decisions past their day, aid to look at again, money about to lapse."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from dateutil.relativedelta import relativedelta

from flowparty.domain.aid import Purpose
from flowparty.domain.duties.duty import Ask, Duty, Kind
from flowparty.domain.money import yuan

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from flowparty.domain.aid import Grant, Pot
    from flowparty.domain.meetings import Decision
    from flowparty.domain.needs import Need


@dataclass(frozen=True, slots=True)
class Followed:
    """One allocation, and after how many months it was looked at again."""

    grant: Grant
    months: frozenset[int]


def need_overdue(facts: Iterable[Need], on: date) -> Iterator[Duty]:
    """A need whose office let its day pass without an answer; never what the member said."""
    for one in facts:
        assigned = one.assignment(on)
        if assigned is None or assigned.due is None or not one.overdue_on(on):
            continue
        due = date.fromisoformat(assigned.due)
        yield Duty(
            Kind.NEED_OVERDUE,
            one.label,
            str(due),
            one.member,
            one.branch,
            due + timedelta(days=1),
            due,
            ("need", "answer", one.label, "--text", Ask.TEXT),
            {"office": assigned.org},
        )


def decision_overdue(facts: Iterable[Decision], on: date) -> Iterator[Duty]:
    """What a joint meeting decided and nobody has done by its day."""
    for one in facts:
        if one.on <= on.isoformat() and one.overdue_on(on):
            due = date.fromisoformat(one.due)
            yield Duty(
                Kind.DECISION_OVERDUE,
                one.label,
                str(due),
                one.owner,
                None,
                due + timedelta(days=1),
                due,
                ("meeting", "done", one.label),
                {"held": one.on},
            )


def aid_follow_up(
    facts: Iterable[Followed], on: date, follow_up_months: Sequence[int]
) -> Iterator[Duty]:
    """Start-up aid that stands or was paid, so many months after it was given."""
    for one in facts:
        grant = one.grant
        given = grant.reversed_on is None and (grant.ended_on is None or grant.paid_fen > 0)
        if grant.purpose != Purpose.STARTUP or not given:
            continue
        for months in follow_up_months:
            due = date.fromisoformat(grant.on) + relativedelta(months=months)
            if due <= on and months not in one.months:
                yield Duty(
                    Kind.AID_FOLLOW_UP,
                    grant.label,
                    str(months),
                    grant.member,
                    grant.branch,
                    due,
                    None,
                    (
                        *("aid", "follow-up", grant.label, "--months", str(months)),
                        *("--trading", Ask.TRADING),
                    ),
                    {"months": months, "given": grant.on},
                )


def aid_pot_lapsing(facts: Iterable[Pot], on: date, lapse_days: int) -> Iterator[Duty]:
    """A pot with money left whose last day is near; after it nothing can be allocated."""
    for one in facts:
        if one.until is None or one.reversed_on is not None or not one.left_fen:
            continue
        until = date.fromisoformat(one.until)
        since = max(until - timedelta(days=lapse_days), date.fromisoformat(one.since))
        if since <= on <= until:
            left = yuan(one.left_fen)
            yield Duty(
                Kind.AID_POT_LAPSING,
                f"T{one.id}",
                str(until),
                one.name,
                None,
                since,
                until,
                ("aid", "allocate", Ask.MEMBER, "--pot", f"T{one.id}", "--amount", left),
                {"left": left, "until": str(until)},
            )
