"""Lost contact (失联): who is a candidate, by which dates. The program lists; people decide.

Sources: after 6 months without contact a candidate for 停止党籍, after 2 more years for 除名 [2019
条例 art. 24]; the clock runs from the later of the last 组织生活 and the last dues [Sichuan form].
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING

from dateutil.relativedelta import relativedelta

from flowparty.domain.errors import BadValue, Conflict

if TYPE_CHECKING:
    from flowparty.domain.ids import HardshipId, MemberId
    from flowparty.domain.members import Member


class Stage(StrEnum):
    """For what somebody is a candidate."""

    SUSPEND = "suspend"
    REMOVE = "remove"
    NO_DATES = "no_dates"


class DecisionKind(StrEnum):
    """What people may decide."""

    SUSPEND = "suspend"
    RESTORE = "restore"
    REMOVE = "remove"


STANDING_AFTER = {DecisionKind.SUSPEND: "suspended", DecisionKind.RESTORE: "normal"}
_STANDING_BEFORE: dict[DecisionKind, frozenset[str | None]] = {
    DecisionKind.SUSPEND: frozenset({"normal", None}),
    DecisionKind.RESTORE: frozenset({"suspended"}),
    DecisionKind.REMOVE: frozenset({"suspended"}),
}
"""None: an imported list did not say."""


@dataclass(frozen=True, slots=True)
class Clock:
    """One member's dates: the last activity attended, dues paid, contact that reached.

    ``suspended_on`` is None although ``suspended`` where nobody knows the day (an import).
    """

    member_id: MemberId
    member: str
    branch: str | None
    last_activity_on: str | None
    last_dues_on: str | None
    last_reached_on: str | None
    suspended: bool
    suspended_on: str | None

    @property
    def since(self) -> str | None:
        """From when the clock runs: the later of the last activity and the last dues."""
        days = [day for day in (self.last_activity_on, self.last_dues_on) if day]
        return max(days, default=None)


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody whose dates make a candidate, for what, and since which day."""

    clock: Clock
    stage: Stage
    since: date | None


def judge(clock: Clock, day: date, lost_months: int, removal_years: int) -> Candidate | None:
    """For what a member is a candidate at the end of a day; None for nothing.

    A member whose membership is suspended is judged by the day of the suspension alone.
    """
    if clock.suspended and clock.suspended_on is None:
        return Candidate(clock, Stage.NO_DATES, None)
    if clock.suspended_on is not None:
        ripe = date.fromisoformat(clock.suspended_on) + relativedelta(years=removal_years)
        return Candidate(clock, Stage.REMOVE, ripe) if ripe <= day else None
    if clock.since is None:
        return Candidate(clock, Stage.NO_DATES, None)
    ripe = date.fromisoformat(clock.since) + relativedelta(months=lost_months)
    return Candidate(clock, Stage.SUSPEND, ripe) if ripe <= day else None


@dataclass(frozen=True, slots=True)
class MemberDecision:
    """What was decided about a membership, by whom, in which document."""

    id: int
    member_id: MemberId
    member: str
    branch: str | None
    kind: DecisionKind
    on: str
    document: str
    by: str
    text: str | None


@dataclass(frozen=True, slots=True)
class Hardship:
    """A member recognized as in hardship (困难党员), by whom and until when."""

    id: HardshipId
    member_id: MemberId
    member: str
    branch: str | None
    since: str
    until: str
    by: str
    text: str | None
    ended_on: str | None
    end_note: str | None

    def holds_on(self, day: date) -> bool:
        """Whether it is in force on a day; ``until`` is its last one."""
        at = day.isoformat()
        return self.since <= at and not self.over_on(day)

    def over_on(self, day: date) -> bool:
        """Whether it had run out or was ended by a day; ``ended_on`` is the first without it."""
        at = day.isoformat()
        return self.until < at or (self.ended_on is not None and self.ended_on <= at)


def check_decision(member: Member, kind: DecisionKind, on: date, last: str | None) -> None:
    """Refuse a decision before the ``last`` one, or that the standing does not allow.

    Raises:
        BadValue: ``decision_order``. Conflict: ``decision_standing``.
    """
    if last is not None and on.isoformat() < last:
        raise BadValue("decision_order", member=member.name, on=on, last=last)
    if member.standing not in _STANDING_BEFORE[kind]:
        raise Conflict(
            "decision_standing", member=member.name, standing=member.standing, decision=kind
        )


def check_term(since: date, until: date) -> None:
    """Refuse a recognition that would end before it begins.

    Raises:
        BadValue: ``hardship_order``.
    """
    if until < since:
        raise BadValue("hardship_order", since=since, until=until)
