"""What becomes of a file that came, and under what conditions it is taken."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date, datetime

    from flowparty.domain.forks import Fork
    from flowparty.exchange.stream import Header
    from flowparty.repository.office_keys import OfficeKey
    from flowparty.service.merging import Difference


@dataclass(frozen=True, slots=True)
class Arrived:
    """What became of one file: ``outcome`` is a code of table ``arrival``.

    ``fork`` is what was given up for it, because its office's registry was set back.
    """

    outcome: str
    unit: str
    sender: str
    period: str
    revision: int
    seq: int
    members: int
    missing: tuple[str, ...]
    differences: tuple[Difference, ...]
    conflicts: int
    receipt: bytes | None
    fork: Fork | None = None


@dataclass(frozen=True, slots=True)
class Terms:
    """Under what conditions a file is taken: the day, the clock, a gap's reason, or only a look.

    ``reason`` is why it is taken at all, as the journal keeps it; ``restored``: somebody decided
    that the registry that made it goes on, and what came of another one is given up. ``along`` are
    the packages that come in the same run: sender, number and month of each.
    """

    today: date
    at: datetime
    gap: str | None = None
    dry_run: bool = False
    reason: str = ""
    restored: bool = False
    along: frozenset[tuple[str, int, str]] = frozenset()

    def comes_along(self, sender: str, seq: int, month: str) -> bool:
        """Whether an office's month lies in this run under a later number than this one."""
        return any(s == sender and n > seq and m == month for s, n, m in self.along)


def arrived(
    outcome: str,
    header: Header,
    signer: OfficeKey,
    members: int,
    *,
    missing: tuple[str, ...] = (),
    differences: tuple[Difference, ...] = (),
    conflicts: int = 0,
    receipt: bytes | None = None,
    fork: Fork | None = None,
) -> Arrived:
    """What is told of a file that a trusted key signed."""
    return Arrived(
        outcome,
        signer.division,
        signer.name,
        header.period,
        header.revision,
        header.seq,
        members,
        missing,
        differences,
        conflicts,
        receipt,
        fork,
    )
