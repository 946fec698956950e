"""Processes that write at once: nothing lost, nobody told of a lock, one line of journal."""

from __future__ import annotations

import multiprocessing
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

PROCESSES, WRITES = figure(8, 32, 64), figure(50, 100, 200)


@pytest.mark.tiered
def test_many_processes_write_at_once(town: Any, path: Path) -> None:
    town(*add_words())
    spawn = multiprocessing.get_context("spawn")
    workers = [
        spawn.Process(target=write_contacts, args=(path, f"p{number}", WRITES))
        for number in range(PROCESSES)
    ]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(1200)
    assert [worker.exitcode for worker in workers] == [0] * PROCESSES
    with Registry.open(path, actor=ACTOR, command="test", now=now) as registry:
        notes = {row["notes"] for row in registry.rows("SELECT notes FROM contact")}
        assert notes == {f"p{p}-{w}" for p in range(PROCESSES) for w in range(WRITES)}
        sequence = [
            row["seq"] for row in registry.rows("SELECT seq FROM journal_entry ORDER BY seq")
        ]
        assert sequence == list(range(1, PROCESSES * WRITES + 3))
        assert list(check(registry)) == []
