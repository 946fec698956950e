"""Organization life, training, service (组织生活, 教育培训, 服务): who was expected, who came."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import TYPE_CHECKING

from flowparty.domain.errors import BadValue, Conflict
from flowparty.domain.text import bare

if TYPE_CHECKING:
    from datetime import date

    from flowparty.domain.ids import ActivityId, MemberId, OrgId

_HOURS = re.compile(r"([0-9]{1,3}(?:\.[0-9]{1,2})?)(?:小时|学时)?")
_MINUTES = 60


class Kind(StrEnum):
    """What it was; ``appraisal`` is the yearly 民主评议."""

    ORG_LIFE = "org_life"
    APPRAISAL = "appraisal"
    TRAINING = "training"
    SERVICE = "service"


class Side(StrEnum):
    """At home, at the host's, or from afar."""

    HOME = "home"
    HOST = "host"
    REMOTE = "remote"


class Result(StrEnum):
    """What an appraisal found."""

    EXCELLENT = "excellent"
    QUALIFIED = "qualified"
    BASIC = "basic"
    UNQUALIFIED = "unqualified"


@dataclass(frozen=True, slots=True)
class Participant:
    """One member of an activity; ``came`` is None until somebody says."""

    activity_id: ActivityId
    member_id: MemberId
    member: str
    branch: str | None
    expected: bool
    came: bool | None
    result: str | None
    note: str | None


@dataclass(frozen=True, slots=True)
class Activity:
    """One activity of an organization; its length in minutes."""

    id: ActivityId
    org_id: OrgId
    org: str
    on: str
    kind: Kind
    name: str
    side: Side
    place: str | None
    minutes: int
    people: tuple[Participant, ...]

    @property
    def label(self) -> str:
        """``V3``: how a command names it."""
        return f"V{self.id}"

    @property
    def expected(self) -> int:
        """How many were expected."""
        return sum(one.expected for one in self.people)

    @property
    def came(self) -> int:
        """How many came, expected or not."""
        return sum(one.came is True for one in self.people)

    @property
    def absent(self) -> tuple[str, ...]:
        """Who was expected and is known not to have come."""
        missing = [one for one in self.people if one.expected and one.came is False]
        return tuple(f"M{one.member_id} {one.member}" for one in missing)


@dataclass(frozen=True, slots=True)
class Hours:
    """One member's year: how often, and the minutes of each kind."""

    member_id: MemberId
    member: str
    branch: str | None
    times: int
    org_life_minutes: int
    training_minutes: int
    service_minutes: int
    appraisal: str | None

    @property
    def minutes(self) -> int:
        """The minutes of all kinds."""
        return self.org_life_minutes + self.training_minutes + self.service_minutes


def parse_hours(text: str) -> int:
    """Read hours (``2``, ``1.5``, ``1.5小时``) as minutes.

    Raises:
        BadValue: ``hours_invalid``: no number, nothing, parts of a minute, or a thousand and more.
    """
    found = _HOURS.fullmatch(bare(text))
    minutes = Decimal(found[1]) * _MINUTES if found else Decimal(0)
    if not minutes or minutes != minutes.to_integral_value():
        raise BadValue("hours_invalid", value=text)
    return int(minutes)


def hours(minutes: int) -> str:
    """Minutes as hours: ``1.5``."""
    return f"{Decimal(minutes) / _MINUTES:.2f}".rstrip("0").rstrip(".")


def check_result(activity: Activity, result: Result | None) -> None:
    """Refuse the result of an appraisal anywhere else, and an appraisal without one.

    Raises:
        Conflict: ``activity_no_appraisal``. BadValue: ``appraisal_missing``.
    """
    if activity.kind is Kind.APPRAISAL and result is None:
        raise BadValue("appraisal_missing", activity=activity.label)
    if activity.kind is not Kind.APPRAISAL and result is not None:
        raise Conflict("activity_no_appraisal", activity=activity.label)


def check_held(activity: Activity, today: date) -> None:
    """Refuse to say who came to what has not taken place.

    Raises:
        Conflict: ``activity_ahead``.
    """
    if activity.on > today.isoformat():
        raise Conflict("activity_ahead", activity=activity.label, on=activity.on)
