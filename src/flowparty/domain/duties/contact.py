"""Contacts owed, members to watch, and those with whom contact is lost."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from flowparty.domain.dates import PartialDate
from flowparty.domain.duties.duty import Ask, Duty, Kind
from flowparty.domain.lost import Stage, judge
from flowparty.domain.months import Month

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from flowparty.domain.contacts import Owed
    from flowparty.domain.lost import Clock


def contact_owed(facts: Iterable[Owed], on: date) -> Iterator[Duty]:
    """Each member away and not reached in this calendar month, until the month is over."""
    month = Month.of(on)
    for one in facts:
        if one.owed:
            left = PartialDate.from_iso(one.left_on).first if one.left_on else None
            yield Duty(
                Kind.CONTACT_OWED,
                f"M{one.member_id}",
                str(month),
                one.member,
                one.branch,
                max(on.replace(day=1), left or date.min),
                month.last_day,
                ("contact", "add", f"M{one.member_id}", "--notes", Ask.TEXT),
                {"secretary": one.secretary, "last": one.last_reached_on},
            )


def contact_watch(facts: Iterable[Owed], on: date, failures: int) -> Iterator[Duty]:
    """Whoever could not be reached so many times running: since the day of the last of them."""
    del on
    for one in facts:
        if one.failed_running >= failures:
            since = one.failed_on[failures - 1]
            yield Duty(
                Kind.CONTACT_WATCH,
                f"M{one.member_id}",
                since,
                one.member,
                one.branch,
                date.fromisoformat(since),
                None,
                ("contact", "add", f"M{one.member_id}", "--notes", Ask.TEXT),
                {"failures": one.failed_running, "last": one.last_reached_on},
            )


def lost_candidate(
    facts: Iterable[Clock], on: date, lost_months: int, removal_years: int
) -> Iterator[Duty]:
    """Whose dates make a candidate; those without any date prove nothing and are left out."""
    words = {Stage.SUSPEND: "停止党籍", Stage.REMOVE: "除名"}
    for clock in facts:
        found = judge(clock, on, lost_months, removal_years)
        if found is None or found.since is None:
            continue
        label = f"M{clock.member_id}"
        yield Duty(
            Kind.LOST_CANDIDATE,
            label,
            f"{found.stage}-{found.since}",
            clock.member,
            clock.branch,
            found.since,
            None,
            (
                *("member", "decide", label, "--as", words[found.stage]),
                *("--document", Ask.NUMBER, "--by", Ask.NAME),
            ),
            {
                "decision": words[found.stage],
                "activity": clock.last_activity_on,
                "dues": clock.last_dues_on,
                "suspended": clock.suspended_on,
            },
        )
