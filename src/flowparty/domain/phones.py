"""Telephone numbers: Chinese mobiles and landlines, and those abroad with their plus."""

from __future__ import annotations

import re

from flowparty.domain.errors import BadValue
from flowparty.domain.masking import mask
from flowparty.domain.text import bare

_HOME = r"(?:(?:\+|00)?86)?"
_MOBILE = re.compile(rf"{_HOME}(1[3-9][0-9]{{9}})")
# Area codes have three digits for 010 and 02x only, so that 01062345678 has one reading.
_LANDLINE = re.compile(
    rf"{_HOME}\(?(010|02[0-9]|0[3-9][0-9]{{2}})\)?-?([2-9][0-9]{{6,7}})"
    r"(?:(?:-|转|ext\.?)([0-9]{1,6}))?"
)
_LOCAL = re.compile(r"[2-9][0-9]{6,7}")
_ABROAD = re.compile(r"(?:\+|00)([1-9][0-9]{6,14})")


def clean_phone(text: str) -> str:
    """A telephone number as it is kept: ``13800138000``, ``0859-6651637``, ``+85251234567``.

    Raises:
        BadValue: ``phone_invalid``.
    """
    plain = bare(text).replace(".", "").lower()
    if found := _MOBILE.fullmatch(plain.replace("-", "")):
        return found[1]
    if found := _LANDLINE.fullmatch(plain):
        extension = f"-{found[3]}" if found[3] else ""
        return f"{found[1]}-{found[2]}{extension}"
    if _LOCAL.fullmatch(plain):
        return plain
    if found := _ABROAD.fullmatch(plain.replace("-", "")):
        return f"+{found[1]}"
    raise BadValue("phone_invalid", value=mask(plain, "phone"))
