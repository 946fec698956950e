"""The town's own settings, as far as they differ from the defaults."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from flowparty.domain.dates import china_midnight
from flowparty.domain.errors import Damaged
from flowparty.domain.orgs import Level
from flowparty.repository.at_seq import rows_at
from flowparty.settings import Settings, from_stored

if TYPE_CHECKING:
    from datetime import date

    from flowparty.repository.registry import Registry


@dataclass(frozen=True, slots=True)
class OfficeIdentity:
    """The office that keeps this registry."""

    division: str
    level: Level
    name: str


def stored(registry: Registry) -> dict[str, str]:
    """What the town changed: the value of each setting by name."""
    rows = registry.rows("SELECT name, value FROM setting")
    return {row["name"]: row["value"] for row in rows}


def load(registry: Registry) -> Settings:
    """The settings in force."""
    return from_stored(stored(registry))


def as_of(registry: Registry, day: date) -> Settings | None:
    """The settings in force at the end of a day in China; None before the registry began."""
    end = china_midnight((day + timedelta(days=1)).isoformat()).isoformat()
    row = registry.row("SELECT max(seq) AS seq FROM journal_entry WHERE at < :end", end=end)
    if row is None or row["seq"] is None:
        return None
    return from_stored({r["name"]: r["value"] for r in rows_at(registry, "setting", row["seq"])})


def keep(registry: Registry, name: str, value: str | None) -> bool:
    """Let a value be in force, None: the default again; False if it is already."""
    row = registry.row("SELECT id FROM setting WHERE name = :name", name=name)
    if value is None:
        if row is not None:
            registry.delete("setting", row["id"])
        return row is not None
    if row is not None:
        return registry.update("setting", row["id"], {"value": value})
    registry.insert_raw("setting", {"name": name, "value": value})
    return True


def identity(registry: Registry) -> OfficeIdentity:
    """Whose registry this is."""
    row = registry.row("SELECT division, level, name FROM registry")
    if row is None:
        raise Damaged("registry_foreign", path=str(registry.path))
    return OfficeIdentity(row["division"], Level(row["level"]), row["name"])
