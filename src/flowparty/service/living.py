"""Whom a write is about, looked at again inside its transaction."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flowparty.domain.members import require_living
from flowparty.repository import members

if TYPE_CHECKING:
    from datetime import date

    from flowparty.domain.members import Member
    from flowparty.repository.registry import Registry


def living(registry: Registry, member: Member, *, on: date) -> Member:
    """The member as the registry has it now; another process may have written since it was read.

    Raises:
        Conflict: membership has ended.
    """
    found = members.get(registry, member.id, on=on)
    require_living(found)
    return found
