"""Words that name several places: 深圳、东莞等地; what stands between them, and behind the last."""

from __future__ import annotations

import re
from dataclasses import dataclass

_MARK = r"[\s\-—–/、·,，.]"
MARKS = re.compile(f"{_MARK}+")
"""Between the levels of one place, and between several."""
_BEFORE = re.compile(f"{_MARK}*$")
_LISTING = re.compile(r"[、,，/]")
_JOIN = re.compile(r"(?:以及|或者?|[和与及跟至到→;&+]|后来?)+|\(")
_OTHERS = re.compile(r"等(?:多?地|[几多]?个?地方|处|省|市|[一二两三四五几]+[地省市])")
_NO_ADDRESS = re.compile(
    r"(?:等|两|三|各|多|地|省|市|处|地方|一带|周边|附近|之间|来回|\))*"
    r"(?:(?:务工|打工|经商|就业|工作|上班|居住|生活|不定|流动|跑|做|开|从事).*)?"
)
_STREET = re.compile(r"[^区县市镇]{0,3}(?:路|街|大道|巷)")


@dataclass(frozen=True, slots=True)
class Behind:
    """What follows a place, without marks; ``listed``: joined as lists are, not as levels are."""

    text: str
    listed: bool


def behind(text: str, rest: str) -> Behind:
    """What follows in a text of which ``rest``, its end without marks, was not read yet."""
    at, left = len(text), len(rest)
    while left:
        at -= 1
        left -= not MARKS.fullmatch(text[at])
    marks = text[len(_BEFORE.sub("", text[:at])) : at]
    join = _JOIN.match(text, at)
    follows = MARKS.sub("", text[join.end() if join else at :])
    return Behind(follows, bool(_LISTING.search(marks)) or (join is not None and join[0] != "("))


def names_others(rest: str) -> bool:
    """Whether what follows a place says that there are others: 深圳等地."""
    return _OTHERS.match(rest) is not None


def is_no_address(rest: str) -> bool:
    """Whether what follows a place belongs to no address in it: 等地, 务工; but not 花园3栋."""
    return _NO_ADDRESS.fullmatch(rest) is not None


def is_street(rest: str) -> bool:
    """Whether a name goes on as that of a street: 上海 of 上海东路 is no place."""
    return _STREET.match(rest) is not None
