"""Kills at random moments: what was acknowledged is there, and the registry is sound."""

from __future__ import annotations

import multiprocessing
import os
import signal
import time
from random import Random
from typing import TYPE_CHECKING, Any

import pytest

from flowparty.repository.check import check
from flowparty.repository.registry import Registry
from tests.conftest import ACTOR, now
from tests.people import add_words
from tests.tiers import figure
from tests.writers import write_contacts

if TYPE_CHECKING:
    from pathlib import Path

KILLS = figure(100, 500, 10_000)
ENDLESS = 10_000
LONGEST = 0.08


@pytest.mark.tiered
def test_kills_at_random(town: Any, path: Path, tmp_path: Path) -> None:
    town(*add_words())
    seed = Random().randrange(10**6)
    print(f"seed {seed}")
    random = Random(seed)
    fork = multiprocessing.get_context("fork")
    for kill in range(KILLS):
        acknowledged = tmp_path / f"ack{kill}"
        worker = fork.Process(target=write_contacts, args=(path, f"k{kill}", ENDLESS, acknowledged))
        worker.start()
        while not acknowledged.exists():
            time.sleep(0.001)
        time.sleep(random.random() * LONGEST)
        assert worker.pid is not None
        os.kill(worker.pid, signal.SIGKILL)
        worker.join(30)
        assert worker.exitcode == -signal.SIGKILL
        _require_nothing_lost(path, f"k{kill}", acknowledged.read_text().splitlines())
    with Registry.open(path, actor=ACTOR, command="test", now=now) as registry:
        assert list(check(registry)) == []


def _require_nothing_lost(path: Path, name: str, acknowledged: list[str]) -> None:
    with Registry.open(path, actor=ACTOR, command="test", now=now) as registry:
        written = registry.rows(
            "SELECT notes FROM contact WHERE notes LIKE :mine ORDER BY id", mine=f"{name}-%"
        )
    notes = [row["notes"] for row in written]
    assert notes[: len(acknowledged)] == acknowledged
    assert len(notes) <= len(acknowledged) + 1
