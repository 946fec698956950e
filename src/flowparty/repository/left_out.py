"""Members who are not kept, for another record of the same person: what is remembered of them."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from flowparty.domain.canonical import canonical
from flowparty.domain.ids import MemberId
from flowparty.repository.conflicts import end

if TYPE_CHECKING:
    from flowparty.repository.registry import Registry

_REMEMBERED = """kind = 'field' AND entity = 'member' AND package = '' AND kept = 'ours'
    AND field IN ('ended_on', 'end_reason')"""


@dataclass(frozen=True, slots=True)
class LeftOut:
    """From which day a member was left out here, and the end that the office itself gives it."""

    member: MemberId
    day: str
    ended_on: str | None
    end_reason: str | None


def everybody(registry: Registry) -> list[LeftOut]:
    """All who are left out now."""
    rows = registry.rows(
        f"SELECT row_id, field, ours, theirs FROM merge_conflict WHERE {_REMEMBERED} ORDER BY id"
    )
    ours: dict[int, dict[str, str]] = {}
    theirs: dict[int, dict[str, str | None]] = {}
    for row in rows:
        ours.setdefault(row["row_id"], {})[row["field"]] = json.loads(row["ours"])
        theirs.setdefault(row["row_id"], {})[row["field"]] = json.loads(row["theirs"])
    return [
        LeftOut(MemberId(one), said["ended_on"], theirs[one]["ended_on"], theirs[one]["end_reason"])
        for one, said in ours.items()
    ]


def of_member(registry: Registry, member: int) -> LeftOut | None:
    """What is remembered of one member; None: not left out."""
    return next((one for one in everybody(registry) if one.member == member), None)


def hear(registry: Registry, member: int, field: str, theirs: str | None) -> None:
    """Keep what the office says now of the end of somebody who is left out."""
    for row in registry.rows(
        f"SELECT id FROM merge_conflict WHERE {_REMEMBERED} AND row_id = :id AND field = :field",
        id=member,
        field=field,
    ):
        registry.update("merge_conflict", row["id"], {"theirs": canonical(theirs)})


def forget(registry: Registry, member: int, on: str) -> None:
    """The member is left out no more, and what was settled so holds no more."""
    rows = registry.rows(
        f"SELECT id FROM merge_conflict WHERE ({_REMEMBERED}) AND row_id = :id"
        " OR kind = 'person' AND (row_id = :id AND kept = 'theirs'"
        " OR other_id = :id AND kept = 'ours')",
        id=member,
    )
    for row in rows:
        end(registry, row["id"], on=on)
