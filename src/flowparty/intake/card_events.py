"""What a remark in a register of cards says of the card's life."""

from __future__ import annotations

import re

_CARD_EVENTS = (
    ("reissue", re.compile(r"(?<![未没待])(?<!需要)补(?:发|办|证)")),
    ("void", re.compile(r"(?<![未没])(?:注销|作废)")),
    ("hand_in", re.compile(r"(?<![未没])(?:交回|收回|上交|缴回|归还)")),
    ("lost", re.compile(r"(?<![未没])(?:遗失|丢失|挂失|损毁)")),
)


def card_event(remark: str) -> str | None:
    """What a remark in a register of cards says of the card's life; the last stage wins."""
    return next((event for event, said in _CARD_EVENTS if said.search(remark)), None)
