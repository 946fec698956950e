"""Processes that write contacts through the services, for the tests of concurrency and kills."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from flowparty.repository import members
from flowparty.repository.registry import Registry
from flowparty.service import contacts
from tests.conftest import ACTOR, TODAY, now

if TYPE_CHECKING:
    from pathlib import Path


def write_contacts(path: Path, name: str, count: int, acknowledged: Path | None = None) -> None:
    """Write ``count`` contacts; each one acknowledged in a file that is synced to disk."""
    with Registry.open(path, actor=ACTOR, command="contact add", now=now) as registry:
        member = members.list_members(registry, on=TODAY)[0]
        ledger = None if acknowledged is None else acknowledged.open("ab")
        for number in range(count):
            contacts.add(
                registry, member, on=TODAY, method="phone", outcome="reached", by=None,
                notes=f"{name}-{number}",
            )  # fmt: skip
            if ledger is not None:
                ledger.write(f"{name}-{number}\n".encode())
                ledger.flush()
                os.fsync(ledger.fileno())
