"""A share as a bar of characters."""

from __future__ import annotations

from flowparty.output.terminal import draws_lines

_WIDTH = 20


def bar(share: float) -> str:
    """A bar of twenty characters and the per cent behind it; ASCII where the encoding needs it."""
    full, empty = ("█", "░") if draws_lines() else ("#", ".")
    filled = min(max(round(share * _WIDTH), 0), _WIDTH)
    return f"{full * filled}{empty * (_WIDTH - filled)} {share:.0%}"
