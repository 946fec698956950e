"""Who is away together, and who belongs to which group."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flowparty.domain.groups import COUNTY, AwayTogether
from flowparty.repository.members import BRANCH, LIVING_ON, OURS_BY, state_on
from flowparty.repository.movements import OPEN_ON
from flowparty.repository.orgs import SUBTREE

if TYPE_CHECKING:
    from datetime import date

    from flowparty.domain.ids import MemberId, OrgId
    from flowparty.repository.registry import Registry

_AWAY = f"""SELECT m.id AS member_id, m.name, v.left_on, b.id AS branch_id,
        b.name AS branch,
        CASE WHEN length(v.destination_code) >= {COUNTY}
            AND substr(v.destination_code, 5, 2) <> '00'
            THEN substr(v.destination_code, 1, {COUNTY}) END AS county,
        {state_on("group", "org_id")} AS group_id
    FROM movement v JOIN member m ON m.id = v.member_id
    {BRANCH}"""


_ALONE = f"""SELECT member_id, name, left_on, branch_id, branch, county, group_id FROM (
        SELECT w.*, count(*) OVER (PARTITION BY w.branch_id, w.county) AS people FROM ({_AWAY}
            WHERE v.direction = 'out' AND {OPEN_ON} AND {LIVING_ON}
            AND {OURS_BY}) w
        WHERE w.county IS NOT NULL AND w.group_id IS NULL)
    WHERE people >= :size AND (:org IS NULL OR branch_id IN (SELECT id FROM subtree))
    ORDER BY name, member_id"""


def alone(
    registry: Registry, *, on: date, size: int, org: OrgId | None = None
) -> list[AwayTogether]:
    """Those of ours who are away in a county with so many of their branch, in no group."""
    rows = registry.rows(SUBTREE + _ALONE, day=on.isoformat(), size=size, org=org)
    return [AwayTogether(**dict(row)) for row in rows]


def members_of(registry: Registry, group: OrgId, *, on: date) -> list[MemberId]:
    """The numbers of those in a group on a day."""
    rows = registry.rows(
        f"SELECT m.id FROM member m WHERE {state_on('group', 'org_id')} = :group"
        f" AND {LIVING_ON} ORDER BY m.name, m.id",
        group=group,
        day=on.isoformat(),
    )
    return [row["id"] for row in rows]
