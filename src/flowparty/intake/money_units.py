"""In what unit a column of money is, as the words above it say: 元, 千元, 万元."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

YUAN = 1
UNCLEAR = -1
"""What is said contradicts itself, or stands over other columns."""
FOREIGN = -2
"""Another currency: nobody here knows at what rate."""

_FACTORS = {"元": YUAN, "百元": 100, "千元": 1_000, "万元": 10_000, "万": 10_000}
_CURRENCY = (
    r"(?:(?:美|欧|港|日|韩|澳|新台|新加坡)元(?!旦)|[港澳台韩日加欧外]币|美金|英镑"
    r"|USD|EUR|HKD|JPY|GBP)"
)
_FOREIGN = re.compile(f"{_CURRENCY}|[$€£]", re.IGNORECASE)
_WORD = f"({'|'.join(_FACTORS)}|[百千万]?{_CURRENCY})"
_PER = "(?:[/每][年月人户].{0,2})?"
_UNIT_IS = re.compile(rf"单位:?[(]?(?:人民币)?{_WORD}")
_ALONE = re.compile(rf"(?:人民币)?{_WORD}{_PER}|[(\[【](?:单位:?)?(?:人民币)?{_WORD}{_PER}[)\]】]")
_BRACKETED = re.compile(rf"[(\[【](?:人民币)?{_WORD}{_PER}[)\]】]")
_IN_HEADING = re.compile(r"(?<![0-9.一二三四五六七八九十两几余多百千万亿])((?:[百千]?元|万)$|万元)")
"""A heading may say it without brackets; 160万元 is an amount."""


def is_foreign(text: str) -> bool:
    """Whether a text names another currency: 美元, HK$, EUR."""
    return _FOREIGN.search(_plain(text)) is not None


def is_unit(text: str) -> bool:
    """Whether a text is a unit and nothing else: 万元, （元）."""
    return _ALONE.fullmatch(_plain(text)) is not None


def says_unit(text: str) -> bool:
    """Whether a text beside the headings gives the unit of what it stands over.

    With 单位 it is the whole list's, and gives way to a heading.
    """
    plain = _plain(text)
    if _UNIT_IS.search(plain):
        return False
    return is_unit(plain) or _BRACKETED.search(plain) is not None


def of_headings(path: Iterable[str]) -> int | None:
    """How many yuan one is, by all the headings over a column; None if none of them says it."""
    return _agreed({found for text in path if (found := _of_heading(_plain(text)))})


def of_titles(rows: Iterable[Sequence[str]], index: int) -> int | None:
    """The same by the rows above the headings, for the column at ``index``.

    单位：万元 is the whole list's wherever it stands. 万元 alone or in brackets is the column's
    where it stands over it or begins the row, as titles do; over other columns it leaves it open.
    """
    said = set()
    for row in rows:
        for text in dict.fromkeys(row):
            plain = _plain(text)
            if found := _UNIT_IS.search(plain):
                said.add(_FACTORS.get(found[1], FOREIGN))
            elif says_unit(plain) and (factor := _of_heading(plain)):
                over = index < len(row) and text in (row[0], row[index])
                said.add(factor if over or factor == YUAN else UNCLEAR)
    return _agreed(said)


def _of_heading(plain: str) -> int | None:
    if is_foreign(plain):
        return FOREIGN
    for form in (_UNIT_IS, _BRACKETED, _IN_HEADING):
        if found := form.search(plain):
            return _FACTORS[found[1]]
    return None


def _agreed(factors: set[int]) -> int | None:
    if not factors:
        return None
    return factors.pop() if len(factors) == 1 else UNCLEAR


def _plain(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split())
