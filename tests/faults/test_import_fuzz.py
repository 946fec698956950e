"""Thousands of changed lists through one worker of little memory: ``FLOWPARTY_FUZZ`` says how many.

The seed is printed; ``FLOWPARTY_SEED`` repeats a run.
"""

from __future__ import annotations

import os
import time
from typing import TYPE_CHECKING

import pytest

from flowparty.service import setup
from tests.conftest import ACTOR, TODAY, TOWN, now
from tests.intake.fuzzing import fuzz

if TYPE_CHECKING:
    from pathlib import Path

COUNT = int(os.environ.get("FLOWPARTY_FUZZ", "2000"))
SEED = int(os.environ.get("FLOWPARTY_SEED", str(time.time_ns() % 1_000_000)))
SHARES = 4
"""So that two processes can share the work."""


@pytest.mark.parametrize("share", range(SHARES))
def test_lists_gone_wrong_break_no_promise(tmp_path: Path, path: Path, share: int) -> None:
    count, seed = -(-COUNT // SHARES), SEED + share
    print(f"FLOWPARTY_SEED={SEED}, share {share}: {count} files")
    setup.create(path, TOWN, name=None, today=TODAY, actor=ACTOR, command="init", now=now)
    (tmp_path / "in").mkdir()
    tally = fuzz(path, tmp_path / "in", seed=seed, count=count)
    print(dict(sorted(tally.exits.items(), key=str)))
    print(*tally.broken, sep="\n\n")
    assert tally.broken == [], f"FLOWPARTY_SEED={SEED}"
    assert sum(tally.exits.values()) >= count
