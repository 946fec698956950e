"""Posts with duties, model shops, and their yearly reviews."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from flowparty.domain.errors import NotFound
from flowparty.domain.holdings import Holding, Kind, Review
from flowparty.domain.ids import HoldingId, numbered
from flowparty.repository.members import BRANCH
from flowparty.repository.orgs import listed

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Mapping
    from datetime import date

    from flowparty.domain.ids import MemberId, OrgId
    from flowparty.repository.registry import Registry

_HOLDINGS = f"""SELECT h.id, h.member_id, m.name AS member, b.name AS branch, h.kind, h.name,
        h.duties, h.trade, h.households, h.applied_on, h.since, h.recognised_by, h.refused_on,
        h.ended_on, h.end_note
    FROM holding h JOIN member m ON m.id = h.member_id
    {BRANCH}"""


def _holdings(registry: Registry, rows: list[sqlite3.Row]) -> list[Holding]:
    reviews = registry.rows(
        'SELECT holding_id, year, "on", result, by, findings FROM holding_review'
        " WHERE holding_id IN (SELECT value FROM json_each(:ids)) ORDER BY year",
        ids=json.dumps([row["id"] for row in rows]),
    )
    of: dict[int, list[Review]] = {}
    for review in reviews:
        of.setdefault(review["holding_id"], []).append(Review(**dict(review)))
    return [
        Holding(**{**dict(row), "kind": Kind(row["kind"])}, reviews=tuple(of.get(row["id"], ())))
        for row in rows
    ]


def add(registry: Registry, values: Mapping[str, Any]) -> HoldingId:
    """Record an application."""
    return HoldingId(registry.insert("holding", values))


def edit(registry: Registry, holding: HoldingId, values: Mapping[str, Any]) -> bool:
    """Record the recognition, the refusal or the end."""
    return registry.update("holding", holding, values)


def add_review(registry: Registry, values: Mapping[str, Any]) -> None:
    """Record a yearly review."""
    registry.insert("holding_review", values)


def get(registry: Registry, holding: HoldingId, *, on: date) -> Holding:
    """One holding by number, with its holder's branch as of a day.

    Raises:
        NotFound: no such holding.
    """
    rows = registry.rows(f"{_HOLDINGS} WHERE h.id = :id", id=holding, day=on.isoformat())
    if not rows:
        raise NotFound("holding_not_found", value=f"H{holding}")
    return _holdings(registry, rows)[0]


def find(registry: Registry, text: str, *, on: date) -> Holding:
    """The holding that ``H3`` names.

    Raises:
        NotFound: no such holding.
    """
    number = numbered(text, "H")
    if number is None:
        raise NotFound("holding_not_found", value=text)
    return get(registry, HoldingId(number), on=on)


def list_holdings(
    registry: Registry,
    *,
    on: date,
    org: OrgId | None = None,
    member: MemberId | None = None,
    limit: int | None = None,
) -> list[Holding]:
    """The holdings applied for up to a day, by branch and holder."""
    rows = listed(
        registry,
        _HOLDINGS,
        "h.applied_on <= :day",
        "(:member IS NULL OR h.member_id = :member)",
        order="b.id, m.name, h.id",
        org=org,
        limit=limit,
        day=on.isoformat(),
        member=member,
    )
    return _holdings(registry, rows)
