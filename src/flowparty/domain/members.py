"""Members: their facts, what changes by day, and how membership ends."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from flowparty.domain.dates import PartialDate
from flowparty.domain.errors import BadValue, Conflict

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from flowparty.domain.identity import IdNumber
    from flowparty.domain.ids import MemberId, OrgId
    from flowparty.domain.masking import Masked

NO_PROBATION = (date(1969, 4, 1), date(1977, 8, 11))
"""Between the 9th and the 11th congress members joined without probation."""


class Attribute(StrEnum):
    """What a member has from a day on; everything else is corrected in place."""

    BRANCH = "branch"
    GROUP = "group"
    CATEGORY = "category"
    STANDING = "standing"
    MEMBERSHIP = "membership"
    """What somebody was before: only of those who came back, or who were guests first."""


class EndReason(StrEnum):
    """The only ways membership ends [statistics review rules]: never by deletion."""

    TRANSFERRED = "transferred"
    EXPELLED = "expelled"
    REMOVED = "removed"
    WITHDREW = "withdrew"
    DIED = "died"


OURS, GUEST = "ours", "guest"
MEMBERSHIPS = frozenset({OURS, GUEST, *EndReason})
"""What a membership may be from a day on: ours, a guest's, or ended in one of the ways."""


def ours_on(memberships: Iterable[Mapping[str, Any]], day: str) -> bool:
    """Whether somebody was ours on a day by the dated memberships; by none, since ever."""
    held = [row for row in memberships if row["since"] <= day]
    latest = max(held, key=lambda row: str(row["since"]), default=None)
    return latest is None or latest["code"] == OURS


def stretches(
    since: str, memberships: Iterable[tuple[str, str]], ended: str | None
) -> list[tuple[str, str | None]]:
    """From which day to which somebody was ours, as often as that was.

    Args:
        since: the first day of all; empty: since ever.
        memberships: the dated ones, each its first day and its code.
        ended: the last end; None: it goes on.
    """
    found: list[tuple[str, str | None]] = []
    begun: str | None = since
    for day, code in sorted(memberships):
        if begun is not None and code != OURS:
            found += [(begun, day)] if begun < day else []
            begun = None
        elif begun is None and code == OURS:
            begun = max(day, since)
    return found if begun is None else [*found, (begun, ended)]


@dataclass(frozen=True, slots=True)
class NewMember:
    """The facts of a person about to be registered; sex and birth date as the paper gives them."""

    name: str
    id_number: IdNumber
    sex: str
    birth_date: PartialDate | None
    ethnicity: str | None = None
    education: str | None = None
    joined_on: PartialDate | None = None
    full_member_on: PartialDate | None = None
    post: str | None = None
    mobile: str | None = None
    landline: str | None = None
    address: str | None = None
    guest: bool = False
    lost_reported: bool | None = None
    lost_since: PartialDate | None = None
    remark: str | None = None


@dataclass(frozen=True, slots=True)
class Member:
    """One person as recorded, with membership, branch, group, category and standing as of one day.

    ``again_on`` is since when the membership goes on again after an end, or after being a guest.
    """

    id: MemberId
    uuid: str
    name: str
    id_number: Masked
    sex: str
    birth_date: str | None
    ethnicity: str | None
    education: str | None
    joined_on: str | None
    full_member_on: str | None
    post: str | None
    mobile: Masked | None
    landline: Masked | None
    address: Masked | None
    guest: bool
    lost_reported: bool | None
    lost_since: str | None
    remark: str | None
    ended_on: str | None
    end_reason: str | None
    again_on: str | None
    branch_id: OrgId | None
    branch: str | None
    group_id: OrgId | None
    group: str | None
    category: str | None
    standing: str | None

    @property
    def label(self) -> str:
        """``M12``: what tells namesakes apart."""
        return f"M{self.id}"

    @property
    def again(self) -> date:
        """``again_on`` as a day; the first of all where the membership never went on again."""
        return date.min if self.again_on is None else date.fromisoformat(self.again_on)


def check_identity(id_number: IdNumber, sex: str, birth_date: PartialDate | None) -> None:
    """Refuse a sex or a birth date that contradicts the identity number [GB 11643].

    Raises:
        BadValue: ``id_sex_mismatch``, ``id_birth_mismatch``.
    """
    if sex != id_number.sex:
        raise BadValue("id_sex_mismatch", given=sex, number=id_number.sex)
    if birth_date is not None and not birth_date.first <= id_number.birth_date <= birth_date.last:
        raise BadValue("id_birth_mismatch", given=str(birth_date))


def taken_along(
    old: IdNumber, new: IdNumber, sex: str, birth_date: PartialDate | None
) -> dict[str, Any]:
    """Sex and birth date that go with a corrected number: those that said what the old one said.

    They were taken from it, so its error was theirs; what contradicted it already is left alone.
    """
    found: dict[str, Any] = {}
    if sex == old.sex != new.sex:
        found["sex"] = new.sex
    if (
        birth_date is not None
        and birth_date.first <= old.birth_date <= birth_date.last
        and not birth_date.first <= new.birth_date <= birth_date.last
    ):
        found["birth_date"] = PartialDate.of(new.birth_date)
    return found


def check_dates(joined_on: PartialDate | None, full_member_on: PartialDate | None) -> None:
    """Refuse becoming a full member before joining, or on the same day out of its time.

    Raises:
        BadValue: ``date_order``.
    """
    if joined_on is None or full_member_on is None:
        return
    later = joined_on.first > full_member_on.last
    same = joined_on.is_day and joined_on == full_member_on
    begin, end = NO_PROBATION
    if later or (same and not begin <= joined_on.first <= end):
        raise BadValue("date_order", joined_on=str(joined_on), full_on=str(full_member_on))


def require_living(member: Member) -> None:
    """Refuse to record new facts about somebody whose membership has ended.

    Raises:
        Conflict: ``member_ended``.
    """
    require_not_ended(member.name, member.label, member.ended_on, member.end_reason)


def require_not_ended(name: str, label: str, ended_on: str | None, reason: str | None) -> None:
    """The same for whoever is known by these facts only.

    Raises:
        Conflict: ``member_ended``.
    """
    if ended_on is not None:
        raise Conflict("member_ended", member=name, label=label, on=ended_on, reason=reason)
