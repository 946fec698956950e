"""Telephone cells: numbers as numbers, several in one cell, with a word beside, or wrong."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from flowparty.domain.errors import BadValue
from flowparty.domain.phones import clean_phone
from flowparty.domain.text import bare

_NONE = frozenset({"", "0", "无", "没有", "-", "—", "/", "不详", "空号"})
_LIKE = re.compile(
    r"(?<![0-9])(?:\+?86[- ]?)?"
    r"(?:1[3-9][0-9](?:[- ]?[0-9]{4}){2}|0[0-9]{2,3}[- ]?[0-9]{7,8})(?![0-9])"
)
_OWN_WORDS = re.compile(
    r"(?:电话|手机号?|号码|微信(?:号|同号)?|同号|同步|QQ群?|本人|联系|方式|短信|视频|新|换|改为?|现用?|为|是|的|或|和|及)"
)
_MARKS = re.compile(r"[\s、,，;；:：/\\()（）.。+\-—|&0-9]*")
_SOME_DIGITS = re.compile(r"[0-9]{5}")
_MASKED = re.compile(r"[0-9]{0,4}\*{3,}[0-9]{0,4}")
_TYPED_DIGITS = re.compile(r"[0-9+][0-9+-]*")


@dataclass(frozen=True, slots=True)
class PhoneReading:
    """The number to store (as written if it is wrong, so that it can be mended) and the flag.

    ``code``: None, ``phone_invalid``, ``phone_multiple`` (the first is stored) or
    ``phone_annotated`` (the number without the words).
    """

    value: str | None = None
    code: str | None = None

    @property
    def is_landline(self) -> bool:
        """Whether the number hangs on a wall, so that no message reaches it."""
        return self.code != "phone_invalid" and self.value is not None and self.value[0] not in "1+"


def is_masked(text: str) -> bool:
    """Whether a copy without personal data lies before us: ``138****8000``, ``***``."""
    return _MASKED.fullmatch(bare(text)) is not None


def read_contact(text: str) -> PhoneReading:
    """Read how to reach somebody in words: 电话13800138000，微信同号; no number is no fault."""
    plain = unicodedata.normalize("NFKC", text)
    if not _SOME_DIGITS.search("".join(re.sub(r"[\s-]", "", plain))):
        return PhoneReading()
    return read_phone(text)


def read_phone(text: str) -> PhoneReading:
    """Read a telephone cell; ``0`` and 无 mean none."""
    plain = bare(text)
    if plain in _NONE:
        return PhoneReading()
    try:
        return PhoneReading(clean_phone(plain))
    except BadValue:
        return _from_words(text, plain)


def _from_words(text: str, plain: str) -> PhoneReading:
    found = _LIKE.findall(unicodedata.normalize("NFKC", text))
    numbers = list(dict.fromkeys(filter(None, map(_cleaned, found))))
    if not numbers:
        # Digits can be corrected by whoever knows them; 1.38E+10 or 138****1234 holds no number.
        kept = plain if _TYPED_DIGITS.fullmatch(plain) else None
        return PhoneReading(kept, "phone_invalid")
    if len(numbers) > 1:
        return PhoneReading(numbers[0], "phone_multiple")
    beside = _OWN_WORDS.sub("", unicodedata.normalize("NFKC", text))
    harmless = len(found) == 1 and _MARKS.fullmatch(beside)
    return PhoneReading(numbers[0], None if harmless else "phone_annotated")


def _cleaned(text: str) -> str | None:
    try:
        return clean_phone(text)
    except BadValue:
        return None
