"""Offices that trust each other, for tests of packages: a county, a town, villages, each with keys."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from flowparty.exchange.cards import spoken
from flowparty.repository.registry import Registry
from flowparty.service import closing, keys, packing, receiving, setup
from tests.conftest import ACTOR, now

if TYPE_CHECKING:
    from pathlib import Path

    from flowparty.domain.period import Period
    from flowparty.repository.packages import Sent
    from flowparty.service.keys import Unlocked
    from flowparty.service.receiving import Arrived

COUNTY, TOWN = "522325", "522325107"
VILLAGES = (
    "522325107001", "522325107203", "522325107205", "522325107209", "522325107210", "522325107211",
)  # fmt: skip
PASSPHRASE = "八个字以上的口令"  # noqa: S105 - of made-up offices
CHEAP = 10
"""Scrypt's cost in tests: the smallest that a key file may name."""
AT = datetime(2026, 12, 1, 9, 0, 0, tzinfo=UTC)


@dataclass
class Office:
    """One office at work: its open registry, its unlocked keys and its folder."""

    division: str
    folder: Path
    registry: Registry
    keys: Unlocked

    @property
    def path(self) -> Path:
        return self.folder / "registry.db"

    def close_month(self, period: Period, today: date) -> None:
        closing.close(self.registry, period, by=None, today=today)

    def pack(
        self, period: Period, today: date, *, again: bool = False, at: datetime = AT
    ) -> tuple[Sent, bytes]:
        """Pack a closed month; what is recorded of the package, and its bytes."""
        recorded = packing.pack(
            self.registry, period, self.keys, self.folder, again=again, today=today, at=at
        )
        sent, path = recorded.record
        return sent, path.read_bytes()

    def receive(
        self,
        data: bytes,
        today: date,
        gap: str | None = None,
        *,
        reason: str = "",
        restored: bool = False,
    ) -> Arrived:
        at = datetime.combine(today, AT.timetz())
        terms = receiving.Terms(today, at, gap, reason=reason, restored=restored)
        return receiving.receive(self.registry, data, self.keys, terms)

    def head(self) -> tuple[int, str]:
        """Where the journal stands: nothing was written while it stays the same."""
        (row,) = self.registry.rows("SELECT max(seq) AS seq, count(*) AS n FROM journal_entry")
        return row["seq"], str(row["n"])


def make_office(folder: Path, division: str, today: date) -> Office:
    """A new registry with keys."""
    folder.mkdir(mode=0o700)
    path = folder / "registry.db"
    setup.create(path, division, name=None, today=today, actor=ACTOR, command="init", now=now)
    registry = Registry.open(path, actor=ACTOR, command="test", now=now, wait_seconds=5)
    key = folder / "registry.key"
    keys.init(registry, key, PASSPHRASE, today=today, cost=CHEAP)
    return Office(division, folder, registry, keys.unlock(registry, key, PASSPHRASE))


def introduce(one: Office, other: Office, today: date) -> None:
    """Each hands the other its card and reads out its fingerprint."""
    for giver, taker in ((one, other), (other, one)):
        card = giver.folder / "card.json"
        keys.export_card(giver.registry, giver.keys, card)
        told = spoken(giver.keys.card.key_digest)
        keys.trust(taker.registry, card.read_bytes(), told, today=today)


def make_town(folder: Path, villages: tuple[str, ...], today: date) -> tuple[Office, list[Office]]:
    """A town and villages below it, all trusted."""
    folder.mkdir(mode=0o700, exist_ok=True)
    town = make_office(folder / TOWN, TOWN, today)
    below = [make_office(folder / division, division, today) for division in villages]
    for village in below:
        introduce(village, town, today)
    return town, below
