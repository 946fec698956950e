"""How much a test does: a little on every change, the figures of each commit, those of a release.

``make test``, ``make faults`` and ``make soak`` set ``TEST_TIER``; the figures are those of the
reliability contract. A test marked ``tiered`` runs in all three, one marked ``faults`` not in the
first.
"""

from __future__ import annotations

import os
from random import SystemRandom

TIER = os.environ.get("TEST_TIER", "test")


def figure(test: int, faults: int, soak: int) -> int:
    """The figure of the tier that is running."""
    return {"test": test, "faults": faults, "soak": soak}[TIER]


def seed() -> int:
    """The seed of a run, printed: always the same on a change, so that only the change can fail.

    ``make soak`` draws one; ``FLOWPARTY_SEED`` sets it in any tier, to vary a run or to repeat one.
    """
    drawn = SystemRandom().randrange(10**6) if TIER == "soak" else 20_261_128
    chosen = int(os.environ.get("FLOWPARTY_SEED", drawn))
    print(f"FLOWPARTY_SEED={chosen}")
    return chosen
