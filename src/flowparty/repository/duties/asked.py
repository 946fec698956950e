"""What is asked: which registry, which day, whose people, under which settings."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    from flowparty.domain.ids import OrgId
    from flowparty.repository.registry import Registry
    from flowparty.settings import Settings


@dataclass(frozen=True, slots=True)
class Asked:
    """One question for duties; ``org`` None: the whole registry."""

    registry: Registry
    on: date
    org: OrgId | None
    force: Settings
