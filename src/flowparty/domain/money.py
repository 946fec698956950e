"""Money: integers of fen inside, yuan as people write them outside."""

from __future__ import annotations

import re
from decimal import Decimal

from flowparty.domain.errors import BadValue
from flowparty.domain.numerals import read_numeral
from flowparty.domain.text import bare

_FORM = re.compile(
    r"(?:人民币)?[¥￥]?([0-9]+(?:,[0-9]{3})*(?:\.[0-9]+)?)([万千]?)(?:(?:元|圆|块钱?)[整正]?)?"
)
_WORDS = re.compile(r"(?:人民币)?(\D+?)[元圆块][整正]?")
_UNITS = {"万": 1_000_000, "千": 100_000, "": 100}
_MOST = 10**15


def parse_yuan(text: str) -> int:
    """Read an amount in yuan (``15000``, ``15,000.00元``, ``1.5万``, ``伍仟元整``) as fen.

    Raises:
        BadValue: ``money_invalid``: not an amount, negative, a part of a fen, or beyond reason.
    """
    plain = bare(text)
    if found := _FORM.fullmatch(plain):
        fen = Decimal(found[1].replace(",", "")) * _UNITS[found[2]]
    elif (found := _WORDS.fullmatch(plain)) and (number := read_numeral(found[1])):
        fen = Decimal(number * _UNITS[""])
    else:
        raise BadValue("money_invalid", value=text)
    if fen != fen.to_integral_value() or fen > _MOST:
        raise BadValue("money_invalid", value=text)
    return int(fen)


def yuan(fen: int) -> str:
    """An amount as people read it: ``15,000.00``."""
    sign = "-" if fen < 0 else ""
    return f"{sign}{abs(fen) // 100:,}.{abs(fen) % 100:02d}"
