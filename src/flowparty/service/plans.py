"""What a package would change here, before anything is written."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Update:
    """One row to change: the values that differ, after every conflict was looked at."""

    entity: str
    row_id: int
    values: Row
    before: Row
    incoming: Row


@dataclass(frozen=True, slots=True)
class FieldConflict:
    """A field that was changed here and that the owner says differently."""

    entity: str
    row_id: int
    field: str
    ours: Any
    theirs: Any


@dataclass(frozen=True, slots=True)
class OneSided:
    """A record of ours that its owner does not have, with our values, and whose it is."""

    entity: str
    row: Row
    member: int


@dataclass(slots=True)
class Plan:
    """Rows to add (still with UUIDs as references), to change, to remove; and the conflicts.

    ``heard`` is what is said now of fields about which a conflict is open, ``of_left_out`` of the
    ends of those who are not kept; ``fills`` are values of
    ours that stay because the owner says nothing; ``one_sided`` records of ours that the owner does
    not have; ``adopted`` our own members who become the sender's;
    ``kept`` rows that the owner removed and that must stay; ``returned`` conflicts about a record
    that the owner has again. ``decided``, ``undecided`` and ``open_records``: what was said before.
    """

    offices: list[str]
    area: str
    inserts: dict[str, list[Row]] = field(default_factory=dict)
    updates: list[Update] = field(default_factory=list)
    deletes: list[tuple[str, int, Row]] = field(default_factory=list)
    conflicts: list[FieldConflict] = field(default_factory=list)
    heard: list[FieldConflict] = field(default_factory=list)
    of_left_out: list[FieldConflict] = field(default_factory=list)
    fills: list[FieldConflict] = field(default_factory=list)
    one_sided: list[OneSided] = field(default_factory=list)
    numbers: dict[str, dict[str, int]] = field(default_factory=dict)
    adopted: set[int] = field(default_factory=set)
    kept: dict[str, set[int]] = field(default_factory=dict)
    absent: list[Row] = field(default_factory=list)
    returned: list[int] = field(default_factory=list)
    top: int = 0
    decided: dict[tuple[str, int, str], str | None] = field(default_factory=dict)
    undecided: dict[tuple[str, int], dict[str, tuple[Any, Any]]] = field(default_factory=dict)
    open_records: dict[str, int] = field(default_factory=dict)

    @property
    def disagreements(self) -> int:
        """How many conflicts it brings, besides people and cards that stand in two offices."""
        return len(self.conflicts) + len(self.one_sided)
