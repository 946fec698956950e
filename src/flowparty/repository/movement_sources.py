"""Where facts of a movement were learned: at a meeting, or from the other side's reply."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flowparty.domain.movements import Source

if TYPE_CHECKING:
    from datetime import date

    from flowparty.domain.ids import MeetingId, MovementId, NoticeId
    from flowparty.repository.registry import Registry


def add(
    registry: Registry,
    movement: MovementId,
    field: str,
    value: str | None,
    *,
    on: date,
    meeting: MeetingId | None = None,
    notice: NoticeId | None = None,
) -> None:
    """Record where one fact of a movement came from."""
    registry.insert(
        "movement_source",
        {
            "movement_id": movement,
            "field": field,
            "value": value,
            "on": on.isoformat(),
            "meeting_id": meeting,
            "notice_id": notice,
        },
    )


def of_movement(registry: Registry, movement: MovementId) -> list[Source]:
    """The sources of a movement's facts, oldest first."""
    rows = registry.rows(
        'SELECT s.movement_id, s.field, s.value, s."on", s.meeting_id, g.topic AS meeting,'
        " n.code AS notice FROM movement_source s LEFT JOIN meeting g ON g.id = s.meeting_id"
        " LEFT JOIN notice n ON n.id = s.notice_id WHERE s.movement_id = :movement"
        ' ORDER BY s."on", s.id',
        movement=movement,
    )
    return [Source(**dict(row)) for row in rows]
