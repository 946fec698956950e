"""The town's own settings, as far as they differ from the defaults."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flowparty.domain.errors import Damaged
from flowparty.domain.orgs import Level
from flowparty.settings import Settings, from_stored

if TYPE_CHECKING:
    from flowparty.repository.registry import Registry


@dataclass(frozen=True, slots=True)
class OfficeIdentity:
    """The office that keeps this registry."""

    division: str
    level: Level
    name: str


def load(registry: Registry) -> Settings:
    """The settings in force."""
    rows = registry.rows("SELECT name, value FROM setting")
    return from_stored({row["name"]: row["value"] for row in rows})


def identity(registry: Registry) -> OfficeIdentity:
    """Whose registry this is."""
    row = registry.row("SELECT division, level, name FROM registry")
    if row is None:
        raise Damaged("registry_foreign", path=str(registry.path))
    return OfficeIdentity(row["division"], Level(row["level"]), row["name"])
