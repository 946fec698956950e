"""Organizations: committees, branches, groups, service points, and those outside the town."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING
from uuid import UUID, uuid5

from flowparty.domain.errors import Conflict

if TYPE_CHECKING:
    from datetime import date

    from flowparty.domain.ids import OrgId
    from flowparty.domain.masking import Masked

_NAMESPACE = UUID("6f1d2a86-6b1c-5d5e-9c55-0a4d8b7c1e01")


class OrgKind(StrEnum):
    """What an organization is; the words stand in ``codes.csv``, table ``org_kind``."""

    COMMITTEE = "committee"
    GENERAL_BRANCH = "general_branch"
    BRANCH = "branch"
    GROUP = "group"
    SERVICE_CENTRE = "service_centre"
    SERVICE_POINT = "service_point"
    OUTSIDE = "outside"
    OFFICE = "office"


class Level(StrEnum):
    """Whose registry this is, told by the length of its division code."""

    COUNTY = "county"
    TOWN = "town"
    VILLAGE = "village"


LEVEL_BY_LENGTH = {6: Level.COUNTY, 9: Level.TOWN, 12: Level.VILLAGE}

MEMBER_HOMES = frozenset({OrgKind.BRANCH, OrgKind.GENERAL_BRANCH})
"""Members belong to branches; a general branch without branches of its own may hold them too."""

_PARENTS = {
    OrgKind.GROUP: {OrgKind.BRANCH, OrgKind.GENERAL_BRANCH},
    OrgKind.BRANCH: {OrgKind.COMMITTEE, OrgKind.GENERAL_BRANCH},
    OrgKind.GENERAL_BRANCH: {OrgKind.COMMITTEE},
    OrgKind.COMMITTEE: {OrgKind.COMMITTEE},
}


@dataclass(frozen=True, slots=True)
class Org:
    """One organization as it is recorded now; ``parent_id`` makes the tree."""

    id: OrgId
    uuid: str
    kind: OrgKind
    name: str
    org_class: str | None = None
    division: str | None = None
    parent_id: OrgId | None = None
    secretary: str | None = None
    phone: Masked | None = None
    hours: str | None = None
    since: str | None = None
    until: str | None = None

    def lives_on(self, day: date) -> bool:
        """Whether it existed on ``day``; an unknown beginning counts as always."""
        begun = self.since is None or self.since <= day.isoformat()
        return begun and (self.until is None or day.isoformat() < self.until)


def division_uuid(division: str, kind: OrgKind) -> str:
    """The same UUID in every registry for the organization of one kind in one division."""
    return str(uuid5(_NAMESPACE, f"{kind}:{division}"))


def check_parent(kind: OrgKind, parent: Org | None, day: date) -> None:
    """Refuse an organization under one that cannot hold it.

    Raises:
        Conflict: a group outside a branch, a branch outside a committee, or an ended parent.
    """
    if parent is None:
        if kind is OrgKind.GROUP:
            raise Conflict("org_group_needs_branch")
        return
    check_alive(parent, day)
    allowed = _PARENTS.get(kind)
    if allowed is not None and parent.kind not in allowed:
        raise Conflict("org_parent_wrong", kind=kind, parent=parent.name, parent_kind=parent.kind)


def check_alive(org: Org, day: date) -> None:
    """Refuse an organization that has ended by ``day``.

    Raises:
        Conflict: ``org_ended``.
    """
    if not org.lives_on(day):
        raise Conflict("org_ended", name=org.name, until=org.until)


def check_home(org: Org, day: date) -> None:
    """Refuse an organization that cannot hold members on ``day``.

    Raises:
        Conflict: it is not a branch, or has ended.
    """
    if org.kind not in MEMBER_HOMES:
        raise Conflict("org_not_branch", name=org.name, kind=org.kind)
    check_alive(org, day)


def check_group(org: Org, day: date) -> None:
    """Refuse an organization that is no group, or has ended by ``day``.

    Raises:
        Conflict: ``org_not_group``, ``org_ended``.
    """
    if org.kind is not OrgKind.GROUP:
        raise Conflict("org_not_group", name=org.name, kind=org.kind)
    check_alive(org, day)
