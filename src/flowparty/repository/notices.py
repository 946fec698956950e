"""Notices to the other side, and what came back."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from flowparty.domain.errors import NotFound
from flowparty.domain.ids import NoticeId
from flowparty.domain.notices import Kind, Notice, NoticeField, read_code
from flowparty.repository.members import BRANCH
from flowparty.repository.orgs import listed

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Mapping
    from datetime import date

    from flowparty.domain.ids import MemberId, OrgId
    from flowparty.repository.registry import Registry

_NOTICES = f"""SELECT n.id, n.code, n.member_id, m.name AS member, b.name AS branch,
        n.movement_id, n.kind, n.addressee, n."on", n.text, n.replied_on, n.replied_by, n.reply,
        n.withdrawn_on
    FROM notice n JOIN member m ON m.id = n.member_id
    {BRANCH}"""


def _notices(registry: Registry, rows: list[sqlite3.Row]) -> list[Notice]:
    fields = registry.rows(
        "SELECT id, notice_id, field, ours, theirs, agreed, agreed_on FROM notice_field"
        " WHERE notice_id IN (SELECT value FROM json_each(:ids)) ORDER BY id",
        ids=json.dumps([row["id"] for row in rows]),
    )
    of: dict[int, list[NoticeField]] = {}
    for field in fields:
        of.setdefault(field["notice_id"], []).append(NoticeField(**dict(field)))
    return [
        Notice(**{**dict(row), "kind": Kind(row["kind"])}, fields=tuple(of.get(row["id"], ())))
        for row in rows
    ]


def add(registry: Registry, values: Mapping[str, Any]) -> NoticeId:
    """Record a letter."""
    return NoticeId(registry.insert("notice", values))


def edit(registry: Registry, notice: NoticeId, values: Mapping[str, Any]) -> bool:
    """Record the reply or the withdrawal of a letter."""
    return registry.update("notice", notice, values)


def add_field(registry: Registry, notice: NoticeId, values: Mapping[str, Any]) -> None:
    """Record one fact of a reply beside ours."""
    registry.insert("notice_field", {"notice_id": notice, **values})


def agree(registry: Registry, field: int, value: str | None, on: date) -> bool:
    """Record what was agreed on for one fact."""
    return registry.update("notice_field", field, {"agreed": value, "agreed_on": on.isoformat()})


def code_used(registry: Registry, code: str) -> bool:
    """Whether a letter has this code."""
    return registry.row("SELECT id FROM notice WHERE code = :code", code=code) is not None


def get(registry: Registry, notice: NoticeId, *, on: date) -> Notice:
    """One letter by number."""
    rows = registry.rows(f"{_NOTICES} WHERE n.id = :id", id=notice, day=on.isoformat())
    if not rows:
        raise KeyError(notice)
    return _notices(registry, rows)[0]


def find(registry: Registry, text: str, *, on: date) -> Notice:
    """The letter with this receipt code.

    Raises:
        BadValue: it cannot be a code of ours. NotFound: no letter has it.
    """
    code = read_code(text)
    rows = registry.rows(f"{_NOTICES} WHERE n.code = :code", code=code, day=on.isoformat())
    if not rows:
        raise NotFound("notice_not_found", value=code)
    return _notices(registry, rows)[0]


def list_notices(
    registry: Registry,
    *,
    on: date,
    org: OrgId | None = None,
    member: MemberId | None = None,
    limit: int | None = None,
) -> list[Notice]:
    """The letters sent up to a day, oldest first."""
    conditions = ['n."on" <= :day']
    if member is not None:
        conditions.append("n.member_id = :member")
    rows = listed(
        registry,
        _NOTICES,
        *conditions,
        order='n."on", n.id',
        org=org,
        limit=limit,
        day=on.isoformat(),
        member=member,
    )
    return _notices(registry, rows)
