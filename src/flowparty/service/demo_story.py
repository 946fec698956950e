"""The demo while it is being written: its registry, its people, and chance with a fixed seed."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from random import Random

    from flowparty.domain.members import Member
    from flowparty.repository.registry import Registry
    from flowparty.service.demo_people import People

TODAY = date(2026, 11, 28)
"""The day of the demo."""


@dataclass
class Story:
    """The demo being written: a registry, people, chance with a fixed seed, and a step counter."""

    registry: Registry
    people: People
    random: Random
    step: Callable[[], None]
    next_card: int = 1
    lagging: list[Member] = field(default_factory=list)

    def card_number(self) -> str:
        """The next number from the list that the county sent (made up, like the people)."""
        number = f"贞流证{2024000 + self.next_card}"
        self.next_card += 1
        return number

    def day(self, first: date, last: date) -> date:
        """A day in between."""
        return first + timedelta(days=self.random.randrange((last - first).days + 1))
