"""Names and free text: what may be in them, and how they are shown safely."""

from __future__ import annotations

import re
import unicodedata

from flowparty.domain.errors import BadValue

_DOTS = dict.fromkeys(map(ord, "·‧・•∙⋅･᛫"), "·")
_HAN = (
    "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\u3007"
    "\U00020000-\U0002a6df\U0002a700-\U0002ebef\U0002ebf0-\U0002ee5f\U0002f800-\U0002fa1f"
    "\U00030000-\U000323af"
)
_NAME = re.compile(f"[{_HAN}A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f0-9 ·]+")
_KEPT_CONTROLS = "\n\t"
_INVISIBLE = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff\u00ad"))


def bare(text: str) -> str:
    """What was meant by a typed number or day: half-width, no blanks, no invisible characters.

    The apostrophe with which Excel marks a number kept as text is dropped too.
    """
    plain = unicodedata.normalize("NFKC", text).translate(_INVISIBLE)
    return re.sub(r"\s", "", plain).lstrip("'‘’`")


def clean_name(text: str) -> str:
    """A person's name as it is kept: NFC, one kind of middle dot, no blanks around.

    Han characters (extensions A to I and the compatibility block too), Latin letters, digits,
    blanks and the middle dot are allowed; markup, formulas, control and direction characters not.

    Raises:
        BadValue: ``name_missing``, ``name_unsafe``.
    """
    name = unicodedata.normalize("NFC", text).translate(_DOTS).strip(" \u00a0\u3000")
    if not name:
        raise BadValue("name_missing")
    if not _NAME.fullmatch(name) or not any(character.isalpha() for character in name):
        raise BadValue("name_unsafe", shown=visible(name, single_line=True))
    return name


def clean_text(text: str) -> str:
    """Free text, kept to the letter but for its line ends.

    Raises:
        BadValue: ``text_unsafe``: control, direction or invalid characters.
    """
    kept = text.replace("\r\n", "\n")
    if any(_unsafe(character) for character in kept):
        raise BadValue("text_unsafe", shown=visible(kept, single_line=True))
    return kept


def name_key(name: str) -> str:
    """What two spellings of one name share; for finding and for warnings, never for merging."""
    folded = unicodedata.normalize("NFKC", name).translate(_DOTS).casefold()
    return re.sub(r"[\s·]", "", folded)


def visible(text: str, *, single_line: bool = False) -> str:
    """The text with every character that a terminal would obey written out by its number."""
    shown = []
    for character in text:
        if character in _KEPT_CONTROLS:
            shown.append(" " if single_line else character)
        elif _unsafe(character) or unicodedata.category(character) in ("Cf", "Zl", "Zp"):
            shown.append(_escaped(character))
        else:
            shown.append(character)
    return "".join(shown)


def _unsafe(character: str) -> bool:
    if character in _KEPT_CONTROLS:
        return False
    code = ord(character)
    if unicodedata.category(character) in ("Cc", "Cs") or code & _NONCHARACTER == _NONCHARACTER:
        return True
    return code in range(0xFDD0, 0xFDF0) or code in _DIRECTIONS


_NONCHARACTER = 0xFFFE
"""The last two code points of every plane, 0xFFFE and 0xFFFF, are no characters."""

_DIRECTIONS = {*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x200E, 0x200F, 0x061C}


def _escaped(character: str) -> str:
    code = ord(character)
    return f"\\u{code:04x}" if code <= 0xFFFF else f"\\U{code:08x}"  # noqa: PLR2004 - end of the BMP
