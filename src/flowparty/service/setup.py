"""A new registry with its tree: the office's committee, and what the divisions tell below it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from flowparty.domain.errors import BadValue
from flowparty.domain.orgs import LEVEL_BY_LENGTH, Level, OrgKind, division_uuid
from flowparty.repository import create as creation
from flowparty.repository import orgs
from flowparty.repository.divisions import load_gazetteer

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import date, datetime
    from pathlib import Path

    from flowparty.domain.ids import OrgId
    from flowparty.domain.orgs import Org
    from flowparty.repository.journal import Actor
    from flowparty.repository.registry import Registry


def create(
    path: Path,
    division: str,
    *,
    name: str | None,
    today: date,
    actor: Actor,
    command: str,
    now: Callable[[], datetime],
) -> list[Org]:
    """Make the registry of a county (6 digits), town (9) or village (12) and return its tree.

    A town gets its committee and one branch for each village-level division that ``data`` knows;
    a county its committee and one for each town; a village its own branch.

    Raises:
        BadValue: the code is none, or unknown and without ``name``.
        Conflict: there is a file already.
    """
    office = creation.Office(division, _level(division), _name(division, name))
    with creation.create(
        path, office, today=today, actor=actor, command=command, now=now
    ) as registry:
        _plant(registry, office)
        return orgs.list_orgs(registry)


def _level(division: str) -> Level:
    level = LEVEL_BY_LENGTH.get(len(division))
    if level is None or not re.fullmatch("[0-9]+", division):
        raise BadValue("division_invalid", value=division)
    return level


def _name(division: str, given: str | None) -> str:
    if given:
        return given
    place = load_gazetteer().get(division)
    if place is None:
        raise BadValue("division_unknown", value=division)
    return place.names[-1]


def _plant(registry: Registry, office: creation.Office) -> None:
    if office.level is Level.VILLAGE:
        _add(registry, OrgKind.BRANCH, office.division, f"{office.name}党支部", None)
        return
    top = _add(registry, OrgKind.COMMITTEE, office.division, f"中共{office.name}委员会", None)
    for code, name in _below(office.division):
        if office.level is Level.COUNTY:
            _add(registry, OrgKind.COMMITTEE, code, f"中共{name}委员会", top)
        else:
            _add(registry, OrgKind.BRANCH, code, f"{name}党支部", top)


def _below(division: str) -> Iterator[tuple[str, str]]:
    for place in load_gazetteer().children(division):
        yield place.code, place.names[-1]


def _add(
    registry: Registry, kind: OrgKind, division: str, name: str, parent: OrgId | None
) -> OrgId:
    return orgs.add(
        registry,
        {
            "uuid": division_uuid(division, kind),
            "kind": kind,
            "class": _class(name) if kind is OrgKind.BRANCH else None,
            "name": name,
            "division": division,
            "parent_id": parent,
        },
    )


def _class(branch: str) -> str:
    """街道社区 or 农村: a village-level division is one or the other by its name."""
    return "urban_community" if "社区" in branch else "rural"
