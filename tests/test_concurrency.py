"""Eight processes that write at once: nothing lost, nobody told of a lock, one line of journal."""

from __future__ import annotations

import multiprocessing
from typing import TYPE_CHECKING, Any

from flowparty.repository.check import check
from flowparty.repository.registry import Registry
from tests.conftest import ACTOR, now
from tests.people import add_words
from tests.writers import write_contacts

if TYPE_CHECKING:
    from pathlib import Path

PROCESSES, WRITES = 8, 50


def test_eight_processes_fifty_writes_each(town: Any, path: Path) -> None:
    town(*add_words())
    spawn = multiprocessing.get_context("spawn")
    workers = [
        spawn.Process(target=write_contacts, args=(path, f"p{number}", WRITES))
        for number in range(PROCESSES)
    ]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(240)
    assert [worker.exitcode for worker in workers] == [0] * PROCESSES
    with Registry.open(path, actor=ACTOR, command="test", now=now) as registry:
        notes = {row["notes"] for row in registry.rows("SELECT notes FROM contact")}
        assert notes == {f"p{p}-{w}" for p in range(PROCESSES) for w in range(WRITES)}
        sequence = [
            row["seq"] for row in registry.rows("SELECT seq FROM journal_entry ORDER BY seq")
        ]
        assert sequence == list(range(1, PROCESSES * WRITES + 3))
        assert list(check(registry)) == []
