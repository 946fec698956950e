"""Members away together who have no group of their own.

Source: domain notes, section 2: in a rural branch three or more members who leave together for one
place call for a (temporary) branch or group.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from flowparty.domain.ids import MemberId, OrgId

COUNTY = 6
"""How many characters of a division code name the county."""


@dataclass(frozen=True, slots=True)
class AwayTogether:
    """One person away: since when, whose branch, which county (None: unknown), which group."""

    member_id: MemberId
    name: str
    left_on: str | None
    branch_id: OrgId | None
    branch: str | None
    county: str | None
    group_id: OrgId | None


@dataclass(frozen=True, slots=True)
class Ungrouped:
    """People of one branch in one county without a group, and since when they are too many.

    ``since`` is the ISO text of the day, month or year on which the last one needed left; None if
    nobody knows.
    """

    branch_id: OrgId
    branch: str
    county: str
    people: tuple[str, ...]
    members: tuple[MemberId, ...]
    since: str | None


def ungrouped(away: Iterable[AwayTogether], size: int) -> list[Ungrouped]:
    """Where ``size`` or more of one branch are away in one county and in no group, most first."""
    places: dict[tuple[OrgId, str, str], list[AwayTogether]] = defaultdict(list)
    for one in away:
        if one.group_id is None and one.county and one.branch_id is not None:
            places[one.branch_id, one.branch or "", one.county].append(one)
    found = [
        Ungrouped(
            branch_id,
            branch,
            county,
            tuple(one.name for one in people),
            tuple(one.member_id for one in people),
            sorted(one.left_on or "" for one in people)[size - 1] or None,
        )
        for (branch_id, branch, county), people in places.items()
        if len(people) >= size
    ]
    return sorted(found, key=lambda one: (-len(one.people), one.branch_id, one.county))
