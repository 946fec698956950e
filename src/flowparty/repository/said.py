"""Since when a fact stands as it does: typed at a moment, or said by a list of a day."""

from __future__ import annotations

import json
from datetime import datetime
from typing import TYPE_CHECKING

from flowparty.domain.dates import china_day, china_midnight

if TYPE_CHECKING:
    from collections.abc import Sequence
    from sqlite3 import Row

    from flowparty.domain.members import Attribute
    from flowparty.repository.registry import Registry

_BY_LIST = "import "
_CHANGES = """SELECT e.seq, e.at, e.command, c.fields FROM journal_change c
    JOIN journal_entry e ON e.seq = c.seq"""
_FIELD = f"{_CHANGES} WHERE c.entity = :entity AND c.row_id = :row ORDER BY c.id DESC"
_STATE = f"""{_CHANGES} JOIN member_state s ON c.entity = 'member_state' AND c.row_id = s.id
    WHERE s.member_id = :member AND s.attribute = :attribute ORDER BY c.id DESC LIMIT 1"""
_LISTS = "SELECT seq, fields FROM journal_change WHERE entity = 'list' AND row_id = 0"


class Said:
    """When facts were said, as the journal knows it."""

    def __init__(self, registry: Registry) -> None:
        """Read the days of all lists once; of several in one write the latest counts."""
        self._registry = registry
        self._days: dict[int, str] = {}
        for row in registry.rows(_LISTS):
            day = _day(json.loads(row["fields"]))
            self._days[row["seq"]] = max(day, self._days.get(row["seq"], ""))

    def field(self, entity: str, row: int, name: str) -> datetime | None:
        """When a field of a record was last said; None if nobody ever filled it in.

        What was typed counts from that moment, what a list said from the beginning of its day, so
        that lists of one day are none newer than the other. A fact that another list brought is no
        newer for having been imported later.
        """
        changes = self._registry.rows(_FIELD, entity=entity, row=row)
        return next((self._at(c) for c in changes if name in json.loads(c["fields"])), None)

    def state(self, member: int, attribute: Attribute) -> datetime | None:
        """The same of a member's dated values of one kind."""
        change = self._registry.row(_STATE, member=member, attribute=attribute)
        return None if change is None else self._at(change)

    def _at(self, change: Row) -> datetime:
        if not str(change["command"]).startswith(_BY_LIST):
            return datetime.fromisoformat(change["at"])
        return china_midnight(self._days.get(change["seq"]) or china_day(change["at"]))


def take_in(registry: Registry, kind: str, day: str) -> None:
    """Journal with this write that it takes in a list of a day."""
    registry.note("list", "take", (f"kind={kind}", f"day={day}"))


def _day(fields: Sequence[str]) -> str:
    return next(field.removeprefix("day=") for field in fields if field.startswith("day="))
