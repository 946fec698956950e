"""Who is away together, and who belongs to which group."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flowparty.domain.groups import COUNTY, AwayTogether
from flowparty.repository.members import BRANCH, state_on
from flowparty.repository.movements import OPEN_ON
from flowparty.repository.orgs import listed

if TYPE_CHECKING:
    from datetime import date

    from flowparty.domain.ids import MemberId, OrgId
    from flowparty.repository.registry import Registry

_AWAY = f"""SELECT m.name, b.id AS branch_id, b.name AS branch,
        CASE WHEN length(v.destination_code) >= {COUNTY}
            AND substr(v.destination_code, 5, 2) <> '00'
            THEN substr(v.destination_code, 1, {COUNTY}) END AS county,
        {state_on("group", "org_id")} AS group_id
    FROM movement v JOIN member m ON m.id = v.member_id
    {BRANCH}"""


def away(registry: Registry, *, on: date, org: OrgId | None = None) -> list[AwayTogether]:
    """Everybody of ours who is away on a day, with the county and the group."""
    rows = listed(
        registry,
        _AWAY,
        "v.direction = 'out'",
        OPEN_ON,
        "coalesce(m.ended_on, '9') > :day",
        order="m.name, m.id",
        org=org,
        day=on.isoformat(),
    )
    return [AwayTogether(**dict(row)) for row in rows]


def members_of(registry: Registry, group: OrgId, *, on: date) -> list[MemberId]:
    """The numbers of those in a group on a day."""
    rows = registry.rows(
        f"SELECT m.id FROM member m WHERE {state_on('group', 'org_id')} = :group"
        " AND coalesce(m.ended_on, '9') > :day ORDER BY m.name, m.id",
        group=group,
        day=on.isoformat(),
    )
    return [row["id"] for row in rows]
