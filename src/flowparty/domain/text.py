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
_LETTERS = f"{_HAN}A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f"
_COMPOUND = re.compile(
    "欧阳|上官|司马|诸葛|尉迟|司徒|慕容|夏侯|皇甫|令狐|东方|公孙|轩辕|端木|长孙|宇文|独孤|"
    "南宫|呼延|闻人|赫连|澹台|申屠|百里|东郭|西门|钟离|太史|公羊|濮阳|淳于|单于|万俟|鲜于|"
    "闾丘|拓跋|公冶|宗政|太叔|仲孙"
)
"""Surnames of two characters, after which a blank may stand as after any other."""
_FULL_NAME = re.compile(f"[{_HAN}]{{2,}}|[{_HAN}]+·[{_HAN}·]+")
_ORDINARY = re.compile("[\u3400-\u4dbf\u4e00-\u9fff]+")
# A letter must be among them. Not str.isalpha: an older Python does not know the newest characters.
_NAME = re.compile(f"[0-9 ·]*[{_LETTERS}][{_LETTERS}0-9 ·]*")
_KEPT_CONTROLS = "\n\t"
_PLANE_ENDS = "".join(
    chr(plane + end) for plane in range(0, 0x110000, 0x10000) for end in (0xFFFE, 0xFFFF)
)
# Controls but newline and tab; lone surrogates; marks of direction; noncharacters.
_UNSAFE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
    f"\ufdd0-\ufdef{_PLANE_ENDS}]"
)
_INVISIBLE = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff\u00ad"))


def bare(text: str) -> str:
    """What was meant by a typed number or day: half-width, no blanks, no invisible characters.

    The apostrophe with which Excel marks a number kept as text is dropped too.
    """
    plain = text if text.isascii() else unicodedata.normalize("NFKC", text).translate(_INVISIBLE)
    return "".join(plain.split()).lstrip("'‘’`")


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
    if not _NAME.fullmatch(name):
        raise BadValue("name_unsafe", shown=visible(name, single_line=True))
    return name


def is_several_names(text: str) -> bool:
    """Whether blanks part a text into several names: 张三 李四, but not 张 三 or 欧阳 贵忠."""
    if len(text.split()) == 1:  # nearly always
        return False
    parts = re.sub(r"\s*·\s*", "·", text.translate(_DOTS)).split()
    full = [part for part in parts if _FULL_NAME.fullmatch(part)]
    return len(full) > 1 and not (len(parts) == 2 and _COMPOUND.fullmatch(parts[0]))  # noqa: PLR2004


def clean_text(text: str) -> str:
    """Free text, kept to the letter but for its line ends.

    Raises:
        BadValue: ``text_unsafe``: control, direction or invalid characters.
    """
    kept = text.replace("\r\n", "\n")
    if _UNSAFE.search(kept):
        raise BadValue("text_unsafe", shown=visible(kept, single_line=True))
    return kept


def without_unsafe(text: str) -> str:
    """The text without control, direction and invalid characters; all line ends are line feeds."""
    return _UNSAFE.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def name_key(name: str) -> str:
    """What two spellings of one name share; for finding and for warnings, never for merging."""
    if _ORDINARY.fullmatch(name):  # nearly always, and nothing of it is folded below
        return name
    folded = unicodedata.normalize("NFKC", name).translate(_DOTS).casefold()
    return re.sub(r"[\s·]", "", folded)


def visible(text: str, *, single_line: bool = False) -> str:
    """The text with every character that a terminal would obey written out by its number."""
    if text.isprintable():  # nearly always, and then nothing of it is escaped below
        return text
    shown = []
    for character in text:
        if character in _KEPT_CONTROLS:
            shown.append(" " if single_line else character)
        elif _UNSAFE.match(character) or unicodedata.category(character) in ("Cf", "Zl", "Zp"):
            shown.append(_escaped(character))
        else:
            shown.append(character)
    return "".join(shown)


def _escaped(character: str) -> str:
    code = ord(character)
    return f"\\u{code:04x}" if code <= 0xFFFF else f"\\U{code:08x}"  # noqa: PLR2004 - end of the BMP
