"""Pinyin initials of a name, computed when it is written and stored beside it."""

from __future__ import annotations

from functools import cache

SURNAMES = {
    "单": "s", "仇": "q", "曾": "z", "解": "x", "查": "z", "朴": "p", "区": "o", "盖": "g",
    "尉迟": "yc", "万俟": "mq", "澹台": "tt", "长孙": "zs",
}  # fmt: skip
"""Characters that read otherwise as a surname; the dictionary gives their everyday reading."""


def initials(name: str) -> str:
    """Lower-case initials: 欧阳娜 → ``oyn``; Latin letters and digits stand for themselves.

    Characters the dictionary does not know (rare ones) are left out.
    """
    for length in (2, 1):
        surname = SURNAMES.get(name[:length])
        if surname is not None:
            return surname + initials(name[length:])
    return "".join(map(_initial, name))


@cache
def _initial(character: str) -> str:
    """One character's; the dictionary is slow, and a town's names share few characters."""
    from pypinyin import Style, lazy_pinyin

    reading = "".join(lazy_pinyin(character, style=Style.FIRST_LETTER, errors=list))
    return reading.lower() if reading.isascii() and reading.isalnum() else ""
