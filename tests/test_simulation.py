"""Six months of eight offices whose packages meet every mishap; ``make faults`` lives 24."""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING

from tests.simulation import run
from tests.tiers import seed

if TYPE_CHECKING:
    from pathlib import Path


def test_six_months(tmp_path: Path) -> None:
    run(tmp_path, Random(seed()), 6)
