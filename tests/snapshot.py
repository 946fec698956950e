"""Snapshots: what a screen looked like when somebody looked at it and was content.

``FLOWPARTY_SNAPSHOTS=write`` writes them anew; look at the difference before you commit it.
"""

from __future__ import annotations

import os
from pathlib import Path

FOLDER = Path(__file__).parent / "data" / "screens"
WRITE = os.environ.get("FLOWPARTY_SNAPSHOTS") == "write"


def check(name: str, text: str) -> None:
    """Compare a screen with its snapshot."""
    path = FOLDER / f"{name}.txt"
    if WRITE:
        path.write_text(text, encoding="utf-8")
    assert text == path.read_text(encoding="utf-8"), f"{name} looks different"
