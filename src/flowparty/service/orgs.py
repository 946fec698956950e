"""Organizations: add, correct, end."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flowparty.domain.errors import BadValue, Conflict
from flowparty.domain.orgs import check_parent
from flowparty.domain.text import clean_text
from flowparty.repository import groups, members, orgs
from flowparty.service.recorded import Recorded

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from flowparty.domain.ids import OrgId
    from flowparty.domain.orgs import Org, OrgKind
    from flowparty.repository.registry import Registry


def add(
    registry: Registry,
    kind: OrgKind,
    name: str,
    *,
    parent: Org | None,
    today: date,
    facts: Mapping[str, Any],
) -> Recorded[Org]:
    """Record an organization under ``parent`` (None: beside the top).

    Args:
        registry: where.
        kind: what it is.
        name: as it signs.
        parent: the one above it.
        today: the day against which the parent must live.
        facts: any of ``class``, ``division``, ``secretary``, ``phone``, ``hours``, ``since``.

    Raises:
        BadValue: the name is empty or unsafe.
        Conflict: the parent cannot hold it, or another one of this kind has the name there, with
            other facts.
    """
    name = _name(name)
    above = None if parent is None else parent.id
    with registry.write():
        check_parent(kind, parent, today)
        for other in orgs.list_orgs(registry, on=today):
            if (other.kind, other.name, other.parent_id) == (kind, name, above):
                if _differs(other, facts):
                    raise Conflict("org_exists", name=name, label=f"O{other.id}")
                return Recorded(other, repeated=True)
        new = orgs.add(registry, {"kind": kind, "name": name, "parent_id": above, **facts})
        return Recorded(orgs.get(registry, new))


def _differs(org: Org, facts: Mapping[str, Any]) -> bool:
    stored = {
        "class": org.org_class,
        "division": org.division,
        "secretary": org.secretary,
        "phone": None if org.phone is None else org.phone.reveal(),
        "hours": org.hours,
        "since": org.since,
    }
    return any(stored[name] != value for name, value in facts.items())


def _name(name: str) -> str:
    cleaned = clean_text(name).strip()
    if not cleaned:
        raise BadValue("org_name_missing")
    return cleaned


def edit(registry: Registry, org: Org, values: Mapping[str, Any], *, today: date) -> Recorded[Org]:
    """Correct an organization in place; a new parent must be able to hold it.

    Raises:
        Conflict: the parent cannot hold it, or stands below it.
    """
    changes = dict(values)
    if "name" in changes:
        changes["name"] = _name(changes["name"])
    with registry.write():
        org = orgs.get(registry, org.id)
        if changes.get("parent_id") is not None:
            _check_new_parent(registry, org, changes["parent_id"], today)
        touched = orgs.edit(registry, org.id, changes)
        return Recorded(orgs.get(registry, org.id), repeated=not touched)


def _check_new_parent(registry: Registry, org: Org, parent_id: OrgId, today: date) -> None:
    parent = orgs.get(registry, parent_id)
    check_parent(org.kind, parent, today)
    above: Org | None = parent
    while above is not None:
        if above.id == org.id:
            raise Conflict("org_circle", name=org.name, parent=parent.name)
        above = None if above.parent_id is None else orgs.get(registry, above.parent_id)


def end(registry: Registry, org: Org, *, on: date) -> Recorded[Org]:
    """End an organization on a day; its members must have gone elsewhere by then.

    Raises:
        Conflict: it ended on another day, still holds members, or has others below it.
    """
    with registry.write():
        org = orgs.get(registry, org.id)
        if org.until == on.isoformat():
            return Recorded(org, repeated=True)
        if org.until is not None:
            raise Conflict("org_ended", name=org.name, until=org.until)
        inside = members.select(registry, groups.members_of(registry, org.id, on=on), on=on)
        left = inside or members.list_members(registry, on=on, org=org.id)
        if left:
            raise Conflict("org_not_empty", name=org.name, people=[m.name for m in left])
        below = [o for o in orgs.list_orgs(registry, on=on) if o.parent_id == org.id]
        if below:
            raise Conflict("org_has_children", name=org.name, orgs=[o.name for o in below])
        orgs.edit(registry, org.id, {"until": on.isoformat()})
        return Recorded(orgs.get(registry, org.id))
