"""How much a test does: a little on every change, the figures of each commit, those of a release.

``make test``, ``make faults`` and ``make soak`` set ``TEST_TIER``; the figures are those of the
reliability contract. A test marked ``tiered`` runs in all three, one marked ``faults`` not in the
first.
"""

from __future__ import annotations

import os

TIER = os.environ.get("TEST_TIER", "test")


def figure(test: int, faults: int, soak: int) -> int:
    """The figure of the tier that is running."""
    return {"test": test, "faults": faults, "soak": soak}[TIER]
