"""The facts behind the monthly returns, as of a cut-off day."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from flowparty.domain.cards import STATE_AFTER, Kind
from flowparty.domain.dates import PartialDate
from flowparty.domain.ids import MemberId, OrgId
from flowparty.domain.ledger import Away, EventFact
from flowparty.domain.masking import Masked
from flowparty.domain.movements import over_threshold
from flowparty.repository.members import LIVING_ON, OURS_BY, OURS_ON, state_on
from flowparty.repository.movements import AWAY_SINCE, OPEN_ON
from flowparty.repository.orgs import SUBTREE, subtree

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Collection
    from datetime import date

    from flowparty.repository.registry import Registry
    from flowparty.settings import Settings

_LATEST_CARD = """(SELECT c.id FROM card c JOIN card_event e ON e.card_id = c.id
        WHERE c.member_id = m.id AND e.kind = 'issue' AND e."on" <= :day
        ORDER BY e."on" DESC, c.id DESC LIMIT 1)"""

_AWAY = f"""
    SELECT w.*, b.name AS branch, coalesce(b.division, r.division) AS home, c.number AS card_number,
        (SELECT e.kind FROM card_event e WHERE e.card_id = w.card_id AND e."on" <= :day
            AND e.kind NOT IN ('verify', 'review')
            ORDER BY e."on" DESC, e.id DESC LIMIT 1) AS card_kind,
        (SELECT max(e."on") FROM card_event e WHERE e.card_id = w.card_id AND e."on" <= :day
            AND e.kind = 'verify') AS verified_on,
        (SELECT k."on" FROM contact k WHERE k.member_id = w.member_id AND k."on" <= :day
            AND k.outcome = 'reached' ORDER BY k."on" DESC LIMIT 1) AS contacted_on
    FROM (
        SELECT m.id AS member_id, m.name, m.sex, m.ethnicity, m.id_number, m.birth_date,
            m.education, m.joined_on, m.full_member_on, m.mobile, m.remark, m.post, v.left_on,
            {AWAY_SINCE} AS away_since,
            v.destination_code, v.destination_text, v.reason, v.occupation, v.fixed_place,
            v.host_org, v.host_contact,
            v.host_phone, v.unit_kind, {state_on("branch", "org_id")} AS branch_id,
            {state_on("group", "org_id")} AS group_id, {_LATEST_CARD} AS card_id
        FROM movement v JOIN member m ON m.id = v.member_id
        WHERE (:people IS NULL OR v.member_id IN (SELECT value FROM json_each(:people)))
            AND v.direction = 'out' AND {OPEN_ON} AND {LIVING_ON}
            AND m.guest = 0 AND {OURS_BY}
    ) w JOIN registry r LEFT JOIN org b ON b.id = w.branch_id LEFT JOIN card c ON c.id = w.card_id
"""

_EVENTS = f"""
    SELECT m.id AS member_id, m.name, e.kind, e."on", c.replaces_id,
        {state_on("branch", "org_id")} AS branch_id
    FROM card_event e JOIN card c ON c.id = e.card_id JOIN member m ON m.id = c.member_id
    WHERE e."on" BETWEEN :since AND :day AND {OURS_BY} AND NOT EXISTS (
        SELECT 1 FROM card_event v WHERE v.card_id = e.card_id AND v.kind = 'void'
        AND v."on" = (SELECT min(f."on") FROM card_event f WHERE f.card_id = e.card_id))
    ORDER BY e."on", e.id
"""
"""Without those of a card that is void from its first day: it never was one."""


_LACKING = """WHERE w.card_id IS NULL OR coalesce(c.closed_on, '9') <= :day OR w.fixed_place = 'yes'
    OR w.ethnicity IS NULL OR w.education IS NULL OR w.joined_on IS NULL OR w.mobile IS NULL
    OR w.occupation IS NULL"""

_GROUPS = f"""SELECT {state_on("group", "org_id")} AS group_id, count(*) AS people
    FROM movement v JOIN member m ON m.id = v.member_id
    WHERE m.id IN (SELECT s.member_id FROM org o JOIN member_state s ON s.org_id = o.id
            WHERE o.kind = 'group')
        AND v.direction = 'out' AND {OPEN_ON} AND {LIVING_ON} AND m.guest = 0
        AND {OURS_BY}
    GROUP BY 1"""


_ELSEWHERE = f"""SELECT m.id FROM movement v JOIN member m ON m.id = v.member_id
    WHERE v.direction = 'out' AND {OPEN_ON} AND NOT ({OURS_BY} AND {OURS_ON})"""


def elsewhere(registry: Registry, *, on: date) -> frozenset[MemberId]:
    """Who was away at the end of a day before belonging to a branch of ours."""
    rows = registry.rows(_ELSEWHERE, day=on.isoformat())
    return frozenset(MemberId(row["id"]) for row in rows)


def away(
    registry: Registry,
    *,
    on: date,
    settings: Settings,
    org: OrgId | None = None,
    lacking: bool = False,
    people: Collection[MemberId] | None = None,
) -> list[Away]:
    """Everybody of ours who is away at the end of a day, by branch and name.

    Whether somebody is in a group of three or more is settled over the whole registry, so that a
    return of one branch says the same of its people as the return of the town.

    Args:
        registry: where to look.
        on: the day.
        settings: the thresholds in force.
        org: only those of this organization and those below it.
        lacking: only those without a live card, in a fixed place, or of whom a fact is not known.
        people: only these.
    """
    order = " ORDER BY w.branch_id, w.name, w.member_id"
    rows = registry.rows(
        _AWAY + (_LACKING if lacking else "") + order,
        day=on.isoformat(),
        people=None if people is None else json.dumps(sorted(people)),
    )
    group_sizes = {
        row["group_id"]: row["people"]
        for row in registry.rows(_GROUPS, day=on.isoformat())
        if row["group_id"] is not None
    }
    wanted = None if org is None else subtree(registry, org)
    return [
        _fact(row, on, settings, group_sizes.get(row["group_id"], 0) >= settings.group_size)
        for row in rows
        if wanted is None or row["branch_id"] in wanted
    ]


def _fact(row: sqlite3.Row, on: date, settings: Settings, in_group: bool) -> Away:  # noqa: FBT001
    values: dict[str, Any] = dict(row)
    since = values["left_on"] if values["away_since"] is None else values["away_since"]
    left = PartialDate.from_iso(since) if since else None
    kind = values.pop("card_kind")
    for name in ("left_on", "away_since", "group_id", "card_id"):
        del values[name]
    values["id_number"] = Masked(values["id_number"], "id")
    for name in ("mobile", "host_phone"):
        values[name] = None if values[name] is None else Masked(values[name], "phone")
    return Away(
        **values,
        left=left,
        card_state=None if kind is None else STATE_AFTER[Kind(kind)],
        over=over_threshold(left, on, settings.threshold_months),
        in_group=in_group,
    )


def events(
    registry: Registry, *, since: date, on: date, org: OrgId | None = None
) -> list[EventFact]:
    """The card events of a period, with the holder's branch at its end."""
    rows = registry.rows(_EVENTS, since=since.isoformat(), day=on.isoformat())
    wanted = None if org is None else subtree(registry, org)
    return [
        EventFact(
            MemberId(row["member_id"]),
            row["name"],
            row["branch_id"],
            Kind(row["kind"]),
            row["replaces_id"] is not None,
            row["on"],
        )
        for row in rows
        if wanted is None or row["branch_id"] in wanted
    ]


def branches(registry: Registry, *, on: date, org: OrgId | None = None) -> list[tuple[OrgId, str]]:
    """The branches alive on a day that have a row in the 统计表, in the order they were made."""
    place = "" if org is None else " AND id IN (SELECT id FROM subtree)"
    rows = registry.rows(
        ("" if org is None else SUBTREE)
        + "SELECT id, name FROM org WHERE kind IN ('branch', 'general_branch')"
        + " AND (since IS NULL OR since <= :day) AND (until IS NULL OR until > :day)"
        + f"{place} ORDER BY id",
        org=org,
        day=on.isoformat(),
    )
    return [(OrgId(row["id"]), row["name"]) for row in rows]
