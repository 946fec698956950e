"""Whole numbers in words: 伍仟, 一万二千, 十五."""

from __future__ import annotations

import re

_DIGITS = "零一二三四五六七八九"
_PLACES = {"千": 1_000, "百": 100, "十": 10, "": 1}
_SIMPLE = str.maketrans("〇○壹贰叁肆伍陆柒捌玖拾佰仟萬两", "零零一二三四五六七八九十百千万二")
_MYRIAD = 10_000


def read_numeral(text: str) -> int | None:
    """The number that words mean; None for anything that is not the full spelling of one.

    二百五 is none: it means 250 to some and 205 to others.
    """
    plain = re.sub("(^|[万零])十", r"\1一十", text.translate(_SIMPLE))
    number = _summed(plain)
    return number if number and _spelled(number) == plain else None


def _summed(plain: str) -> int:
    myriads = section = digit = 0
    for character in plain:
        if character == "万":
            myriads, section, digit = section + digit, 0, 0
        elif character in _PLACES:
            section, digit = section + digit * _PLACES[character], 0
        else:
            digit = max(_DIGITS.find(character), 0)
    return myriads * _MYRIAD + section + digit


def _spelled(number: int) -> str:
    """The one full spelling: 10203 is 一万零二百零三."""
    myriads, rest = divmod(number, _MYRIAD)
    gap = "零" if myriads and rest < _PLACES["千"] else ""
    high = f"{_section(myriads)}万{gap}" if myriads else ""
    return f"{high}{_section(rest)}".rstrip("零")


def _section(number: int) -> str:
    digits = [(number // place % 10, word) for word, place in _PLACES.items()]
    text = "".join(f"{_DIGITS[digit]}{word}" if digit else "零" for digit, word in digits)
    return re.sub("零+", "零", text).strip("零")
