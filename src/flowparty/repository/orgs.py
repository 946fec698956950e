"""Organizations: the tree, found by code, number or name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flowparty.domain.errors import NotFound
from flowparty.domain.ids import OrgId, numbered
from flowparty.domain.masking import Masked
from flowparty.domain.orgs import Org, OrgKind

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Mapping
    from datetime import date

    from flowparty.repository.registry import Registry

_COLUMNS = "id, uuid, kind, class, name, division, parent_id, secretary, phone, hours, since, until"


def _org(row: sqlite3.Row) -> Org:
    values = dict(row)
    values["kind"] = OrgKind(values["kind"])
    values["org_class"] = values.pop("class")
    if values["phone"] is not None:
        values["phone"] = Masked(values["phone"], "phone")
    return Org(**values)


def add(registry: Registry, values: Mapping[str, Any]) -> OrgId:
    """Record an organization; ``uuid`` and ``office`` may be given where a code fixes them."""
    return OrgId(registry.insert("org", values))


def edit(registry: Registry, org: OrgId, values: Mapping[str, Any]) -> bool:
    """Correct an organization in place; False if nothing differs."""
    return registry.update("org", org, values)


def get(registry: Registry, org: OrgId) -> Org:
    """One organization by number.

    Raises:
        NotFound: no such organization.
    """
    row = registry.row(f"SELECT {_COLUMNS} FROM org WHERE id = :id", id=org)
    if row is None:
        raise NotFound("org_not_found", value=f"O{org}")
    return _org(row)


def find(registry: Registry, text: str) -> Org:
    """The organization that ``text`` names: ``O3``, a division code, its name, or part of it.

    A whole name wins over a part; a village's name means its branch.

    Raises:
        NotFound: none, or several (their names in ``candidates``).
    """
    wanted = text.strip()
    number = numbered(wanted, "O")
    if number is not None:
        return get(registry, OrgId(number))
    everything = list_orgs(registry)
    whole = [org for org in everything if wanted in (org.name, org.division)]
    part = [org for org in everything if wanted and wanted in org.name]
    for found in (whole, [org for org in part if org.kind is OrgKind.BRANCH], part):
        if len(found) == 1:
            return found[0]
        if found:
            names = [f"O{org.id} {org.name}" for org in found]
            raise NotFound("org_ambiguous", value=wanted, candidates=names)
    raise NotFound("org_not_found", value=wanted)


def list_orgs(registry: Registry, *, on: date | None = None) -> list[Org]:
    """All organizations in the order they were made; those alive on a day if one is given."""
    rows = registry.rows(f"SELECT {_COLUMNS} FROM org ORDER BY id")
    found = [_org(row) for row in rows]
    return found if on is None else [org for org in found if org.lives_on(on)]


def top(registry: Registry) -> Org:
    """The organization of the registry's own office: the first one without a parent."""
    row = registry.row(f"SELECT {_COLUMNS} FROM org WHERE parent_id IS NULL ORDER BY id LIMIT 1")
    if row is None:
        raise NotFound("org_not_found", value="")
    return _org(row)


def subtree(registry: Registry, org: OrgId) -> set[int]:
    """An organization and all below it, by number."""
    return {row["id"] for row in registry.rows(SUBTREE + "SELECT id FROM subtree", org=org)}


SUBTREE = (
    "WITH RECURSIVE subtree (id) AS (SELECT :org UNION"
    " SELECT org.id FROM org JOIN subtree ON org.parent_id = subtree.id) "
)
"""Prefix a query with this to use ``subtree``: an organization and all below it."""


def listed(
    registry: Registry,
    select: str,
    *conditions: str,
    order: str,
    group: str = "",
    org: OrgId | None = None,
    limit: int | None = None,
    **parameters: object,
) -> list[sqlite3.Row]:
    """The rows of a list: every condition holds, the branch ``b`` stands within ``org``.

    Args:
        registry: where to look.
        select: the query up to WHERE; its member's branch is ``b``.
        conditions: what must hold.
        order: the ORDER BY of the list.
        group: its GROUP BY, if rows are counted.
        org: only members of this organization and those below it; None for all.
        limit: at most so many rows.
        parameters: the values of the named parameters.
    """
    places = () if org is None else ("b.id IN (SELECT id FROM subtree)",)
    where = " AND ".join((*conditions, *places)) or "TRUE"
    grouped = f" GROUP BY {group}" if group else ""
    sql = f"{select} WHERE {where}{grouped} ORDER BY {order} LIMIT :limit"
    return registry.rows(
        sql if org is None else SUBTREE + sql,
        org=org,
        limit=-1 if limit is None else limit,
        **parameters,
    )
