"""Money: integers of fen inside, yuan as people write them outside."""

from __future__ import annotations

import re
from decimal import Decimal

from flowparty.domain.errors import BadValue
from flowparty.domain.text import bare

_FORM = re.compile(r"[¥￥]?([0-9]+(?:,[0-9]{3})*(?:\.[0-9]+)?)(万元|万|元)?")
_UNITS = {"万元": 1_000_000, "万": 1_000_000, "元": 100, None: 100}
_MOST = 10**15


def parse_yuan(text: str) -> int:
    """Read an amount in yuan (``15000``, ``15,000.00``, ``1.5万``) as fen.

    Raises:
        BadValue: ``money_invalid``: not an amount, negative, a part of a fen, or beyond reason.
    """
    found = _FORM.fullmatch(bare(text))
    if not found:
        raise BadValue("money_invalid", value=text)
    fen = Decimal(found[1].replace(",", "")) * _UNITS[found[2]]
    if fen != fen.to_integral_value() or fen > _MOST:
        raise BadValue("money_invalid", value=text)
    return int(fen)


def yuan(fen: int) -> str:
    """An amount as people read it: ``15,000.00``."""
    sign = "-" if fen < 0 else ""
    return f"{sign}{abs(fen) // 100:,}.{abs(fen) % 100:02d}"
