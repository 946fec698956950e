"""A few changed files each time the tests run; thousands in ``tests/faults``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flowparty.service import setup
from tests.conftest import ACTOR, TODAY, TOWN, now
from tests.intake.fuzzing import fuzz

if TYPE_CHECKING:
    from pathlib import Path

SEED = 8
COUNT = 40


def test_lists_gone_wrong_break_no_promise(tmp_path: Path, path: Path) -> None:
    setup.create(path, TOWN, name=None, today=TODAY, actor=ACTOR, command="init", now=now)
    (tmp_path / "in").mkdir()
    tally = fuzz(path, tmp_path / "in", seed=SEED, count=COUNT)
    assert tally.broken == []
    assert sum(tally.exits.values()) >= COUNT
    assert tally.exits.get(5, 0) > COUNT // 3
