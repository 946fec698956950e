"""A movement corrected by what somebody told: each changed fact keeps where it came from."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flowparty.repository import movement_sources, movements
from flowparty.service import movements as service

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from flowparty.domain.ids import MeetingId, NoticeId
    from flowparty.domain.members import Member
    from flowparty.domain.movements import Movement
    from flowparty.repository.registry import Registry
    from flowparty.service.recorded import Recorded

PLACE = "destination"


def learn(
    registry: Registry,
    member: Member,
    values: Mapping[str, Any],
    *,
    on: date,
    today: date,
    meeting: MeetingId | None = None,
    notice: NoticeId | None = None,
) -> Recorded[Movement]:
    """Correct the open movement, and record the source of every fact that changed.

    Raises:
        Conflict: the member has no open movement. BadValue: the facts contradict each other.
    """
    with registry.write():
        before = movements.open_of(registry, member.id, on=today)
        recorded = service.correct(registry, member, values, today=today)
        for field in {PLACE if name.startswith(PLACE) else name: None for name in values}:
            old, new = (None if m is None else fact(m, field) for m in (before, recorded.record))
            if old != new:
                movement_sources.add(
                    registry,
                    recorded.record.id,
                    field,
                    new,
                    on=on,
                    meeting=meeting,
                    notice=notice,
                )
        return recorded


def fact(movement: Movement, field: str) -> str | None:
    """A fact of a movement as text; of a place its code, or the words where it has none."""
    if field == PLACE:
        return movement.destination_code or movement.destination_text
    if field == "host_phone":
        return None if movement.host_phone is None else movement.host_phone.reveal()
    value = getattr(movement, field)
    return None if value is None else str(value)
