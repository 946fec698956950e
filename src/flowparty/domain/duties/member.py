"""Dues, recognitions of hardship, and the yearly review of posts and titles."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from flowparty.domain.dues_standing import State, standing
from flowparty.domain.duties.duty import Ask, Duty, Kind
from flowparty.domain.money import yuan

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from flowparty.domain.dues import Account
    from flowparty.domain.holdings import Holding
    from flowparty.domain.lost import Hardship


def dues_overdue(facts: Iterable[Account], on: date, deferral_months: int) -> Iterator[Duty]:
    """Dues not paid by their last day, or by the later one the branch consented to."""
    for account in facts:
        stands = standing(account, on, deferral_months)
        if stands.state is State.OVERDUE and stands.due is not None:
            label = f"M{account.member_id}"
            yield Duty(
                Kind.DUES_OVERDUE,
                label,
                str(stands.due),
                account.member,
                account.branch,
                stands.due + timedelta(days=1),
                stands.due,
                ("dues", "pay", label, "--months", str(stands.months)),
                {"months": stands.months, "owed": yuan(stands.owed_fen)},
            )


def hardship_ending(facts: Sequence[Hardship], on: date, near_days: int) -> Iterator[Duty]:
    """A recognition whose last day is near, and that no later one follows."""
    for one in facts:
        until = date.fromisoformat(one.until)
        followed = any(o.member_id == one.member_id and o.since > one.until for o in facts)
        since = max(until - timedelta(days=near_days), date.fromisoformat(one.since))
        if one.holds_on(on) and since <= on and not followed:
            label = f"M{one.member_id}"
            yield Duty(
                Kind.HARDSHIP_ENDING,
                label,
                one.until,
                one.member,
                one.branch,
                since,
                until,
                (
                    *("member", "hardship", label, "--by", Ask.NAME),
                    *("--on", str(until + timedelta(days=1)), "--until", Ask.DAY),
                ),
                {"until": one.until, "by": one.by},
            )


def holding_review(facts: Iterable[Holding], on: date) -> Iterator[Duty]:
    """A post or title whose yearly review is due."""
    for one in facts:
        due = one.review_due(on)
        if due is not None and due <= on:
            yield Duty(
                Kind.HOLDING_REVIEW,
                one.label,
                str(due),
                one.member,
                one.branch,
                due,
                due,
                ("holding", "review", one.label, "--result", Ask.RESULT),
                {"name": one.name},
            )
