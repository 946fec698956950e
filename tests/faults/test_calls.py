"""Every call that changes a file, in every command that matters: killed, failed, and full.

The six main commands and the close in ``make faults``, every write command with a line in
``LINES`` in ``make soak``; no point is left out.
"""

from __future__ import annotations

import errno
import shutil
from random import Random
from typing import TYPE_CHECKING

import pytest

from tests.injection.judging import State, Trial
from tests.injection.lines import LINES, MAIN
from tests.injection.tracer import Fault
from tests.tiers import TIER, figure, seed

if TYPE_CHECKING:
    from pathlib import Path

    from tests.injection.world import World

pytestmark = pytest.mark.faults

KINDS = [
    (None, False), (errno.EIO, False), (errno.EIO, True), (errno.ENOSPC, False),
    (errno.ENOSPC, True),
]  # fmt: skip
COMPOUND = figure(5, 50, 500)
NAMES = [*LINES] if TIER == "soak" else MAIN


@pytest.mark.parametrize("name", LINES)
def test_every_line_does_what_it_says(world: World, tmp_path: Path, name: str) -> None:
    trial = Trial(world, LINES[name], tmp_path)
    assert trial.calls
    assert trial.after.entries != trial.before.entries or trial.new_files(trial.after)


@pytest.mark.parametrize("kind", KINDS, ids=str)
@pytest.mark.parametrize("name", NAMES)
def test_every_call(world: World, tmp_path: Path, name: str, kind: tuple[int | None, bool]) -> None:
    trial = Trial(world, LINES[name], tmp_path)
    at = 1
    while trial.point(Fault(at, *kind)):
        shutil.rmtree(trial.last)
        at += 1
    print(f"{at - 1} points")
    assert at > 1


def test_faults_while_a_fault_is_recovered_from(world: World, tmp_path: Path) -> None:
    """Killed in the middle of a write; then, while the next run takes it back, again."""
    random, trial, struck = Random(seed()), Trial(world, LINES["member add"], tmp_path), 0
    writes = [n for n, call in enumerate(trial.calls, 1) if call == "pwrite64 registry.db"]
    while struck < COMPOUND:
        folder = trial.fresh()
        first = Fault(random.choice(writes), None)
        assert trial.perform(folder, first).hit
        assert (folder / "registry.db-journal").stat().st_size > 0
        second = Fault(random.randrange(1, 20), random.choice((None, errno.EIO, errno.ENOSPC)))
        struck += trial.again(folder, first, second)
        shutil.rmtree(trial.last)
    assert State.read(world.base / "open").entries == trial.before.entries
