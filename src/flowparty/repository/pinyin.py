"""Pinyin initials of a name, computed when it is written and stored beside it."""

from __future__ import annotations

from typing import Any

SURNAMES = {
    "单": "s", "仇": "q", "曾": "z", "解": "x", "查": "z", "朴": "p", "区": "o", "盖": "g",
    "尉迟": "yc", "万俟": "mq", "澹台": "tt", "长孙": "zs",
}  # fmt: skip
"""Characters that read otherwise as a surname; the dictionary gives their everyday reading."""


def _one_by_one(text: str) -> Any:
    return list(text)


def initials(name: str) -> str:
    """Lower-case initials: 欧阳娜 → ``oyn``; Latin letters and digits stand for themselves.

    Characters the dictionary does not know (rare ones) are left out.
    """
    from pypinyin import Style, lazy_pinyin

    for length in (2, 1):
        surname = SURNAMES.get(name[:length])
        if surname is not None:
            return surname + initials(name[length:])
    readings = lazy_pinyin(name, style=Style.FIRST_LETTER, errors=_one_by_one)
    return "".join(r.lower() for r in readings if r.isascii() and r.isalnum())
