"""Thousands of changed lists through one worker of little memory; ``FLOWPARTY_SEED`` varies them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from flowparty.service import setup
from tests.conftest import ACTOR, TODAY, TOWN, now
from tests.intake.fuzzing import fuzz
from tests.tiers import figure, seed

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.faults

COUNT = figure(40, 2_000, 100_000)
SHARES = 4
"""So that two processes can share the work."""


@pytest.mark.parametrize("share", range(SHARES))
def test_lists_gone_wrong_break_no_promise(tmp_path: Path, path: Path, share: int) -> None:
    count, first = -(-COUNT // SHARES), seed()
    setup.create(path, TOWN, name=None, today=TODAY, actor=ACTOR, command="init", now=now)
    (tmp_path / "in").mkdir()
    tally = fuzz(path, tmp_path / "in", seed=first + share, count=count)
    print(dict(sorted(tally.exits.items(), key=str)))
    print(*tally.broken, sep="\n\n")
    assert tally.broken == [], f"FLOWPARTY_SEED={first}"
    assert sum(tally.exits.values()) >= count
