"""Groups: who joins and leaves by day, and where one is missing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flowparty.domain.errors import Conflict
from flowparty.domain.groups import Ungrouped, ungrouped
from flowparty.domain.members import Attribute
from flowparty.domain.orgs import check_group
from flowparty.repository import groups, members, orgs, settings
from flowparty.service.living import living
from flowparty.service.recorded import Recorded

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from flowparty.domain.ids import OrgId
    from flowparty.domain.members import Member
    from flowparty.domain.orgs import Org
    from flowparty.repository.registry import Registry


def join(
    registry: Registry, group: Org, people: Sequence[Member], *, on: date
) -> Recorded[list[Member]]:
    """Let members belong to a group from a day on; they leave the one they were in.

    Raises:
        Conflict: it is no group or has ended, or a membership has ended.
    """
    return _set(registry, group, people, group.id, on)


def leave(
    registry: Registry, group: Org, people: Sequence[Member], *, on: date
) -> Recorded[list[Member]]:
    """Let members leave a group on a day.

    Raises:
        Conflict: one of them is in another group.
    """
    with registry.write():
        for member in people:
            held = members.get(registry, member.id, on=on)
            if held.group_id not in (None, group.id):
                raise Conflict("group_other", member=member.name, group=held.group)
        return _set(registry, group, people, None, on)


def _set(
    registry: Registry, group: Org, people: Sequence[Member], value: OrgId | None, on: date
) -> Recorded[list[Member]]:
    with registry.write():
        check_group(orgs.get(registry, group.id), on)
        touched = False
        for member in people:
            living(registry, member, on=on)
            touched |= members.set_state(registry, member.id, Attribute.GROUP, value, on)
        after = [members.get(registry, member.id, on=on) for member in people]
        return Recorded(after, repeated=not touched)


def missing(registry: Registry, *, on: date, org: OrgId | None = None) -> list[Ungrouped]:
    """Where members of one branch are away together in one county without a group."""
    size = settings.load(registry).group_size
    return ungrouped(groups.alone(registry, on=on, size=size, org=org), size)
