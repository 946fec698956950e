"""One cleaner for each kind of cell: names, identity numbers, words of a table, free text."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from flowparty.domain.errors import BadValue
from flowparty.domain.identity import IdNumber, parse_id
from flowparty.domain.masking import mask
from flowparty.domain.text import bare, clean_name, clean_text, is_several_names, without_unsafe

if TYPE_CHECKING:
    from flowparty.domain.codes import CodeTable
    from flowparty.intake.sheets import Cell

_UNSEEN = "\u200b\u200c\u200d\u2060\ufeff\u00ad"
_HIDDEN = dict.fromkeys(map(ord, _UNSEEN))
_SEEN = re.compile(rf"[^\s{_UNSEEN}]")
_HAN_GAP = re.compile(r"(?<=[^\x00-\xb6\xb8-\u024f])\s+(?=[^\x00-\xb6\xb8-\u024f])")
_FULL_STOP = re.compile(r"(?<=[\u3400-\u9fff])[.．](?=[\u3400-\u9fff])")
"""Typed for the middle dot of a name (买买提.艾力), or between two people."""
_NO_WORD = re.compile(r"[\s\-—–_/\\.。·?？、]*")
_NOTE = re.compile(r"[(（]\s*[\u3400-\u9fff]")
# A lost rare character leaves a private-use one, a question mark or U+FFFD; （小） is a note.
_SUSPICIOUS = re.compile(r"[?？()（）\ufe00-\ufe0f\ufffd\ue000-\uf8ff\U000e0100-\U000e01ef]")
_COUNT = re.compile(r"([0-9]{1,4})(?:\.0+)?(?:岁|周岁|人|口|个|次)?")
_EXPONENT = re.compile(r"[0-9]+(?:\.[0-9]+)?E\+?[0-9]{1,2}")
_EATEN = re.compile(r"[0-9]{15}000")
_FORMULA_TEXT = re.compile(r'="([^"]*)"')
_EXACT = 10**15
"""Excel keeps 15 digits of a number; from the 16th on there are zeros [IEEE 754]."""
_LONG = 500
"""More characters than a cell of these forms holds on paper: half a page of words."""


@dataclass(frozen=True, slots=True)
class TextReading:
    """A cleaned text (None if nothing stands there) and what is to be said about it.

    ``why``: what tells of it more closely than the code.
    """

    value: str | None = None
    code: str | None = None
    why: str = ""


def as_text(cell: Cell) -> str:
    """A cell as text: a whole number without its ``.0``, a date as ISO, nothing as ``""``."""
    if isinstance(cell, str):
        return cell
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return cell.isoformat() if isinstance(cell, date) else str(cell)


def is_blank(cell: Cell) -> bool:
    """Whether a cell holds nothing that can be seen."""
    return cell is None or (isinstance(cell, str) and _SEEN.search(cell) is None)


def read_name(cell: Cell) -> TextReading:
    """Read a name; blanks that only stretch it (谭 菊 会) go without a word.

    Codes: ``name_missing``, ``name_unsafe`` (formula, markup, control or direction characters, or
    several names: what is seen is not what is stored), ``name_suspicious``, ``name_cleaned``.
    """
    text = as_text(cell).strip()
    shown = text.translate(_HIDDEN)
    if is_several_names(shown):
        return TextReading(code="name_unsafe")
    name = _HAN_GAP.sub("", unicodedata.normalize("NFC", shown)).strip()
    if _NO_WORD.fullmatch(name):
        return TextReading(code="name_missing")
    try:
        clean = clean_name(name)
    except BadValue:
        return _doubtful(name)
    return TextReading(clean, None if shown == text else "name_cleaned")


def _doubtful(written: str) -> TextReading:
    name = _FULL_STOP.sub("·", written)
    try:
        clean_name(_SUSPICIOUS.sub("", name))
    except BadValue:
        return TextReading(code="name_unsafe")
    why = "name_noted" if _NOTE.search(name) else "name_dotted" if name != written else ""
    return TextReading(name, "name_suspicious", why)


def read_id(cell: Cell, *, today: date) -> IdNumber | None:
    """Read an identity number; digits that Excel has eaten are never guessed.

    Returns:
        The number; None if nothing stands there.

    Raises:
        BadValue: ``id_precision_lost``, ``id_format``, ``id_date_invalid``, ``id_checksum``.
    """
    text = bare(as_text(cell)).upper()
    if not text:
        return None
    text = _FORMULA_TEXT.sub(r"\1", text)
    eaten = isinstance(cell, int | float) and abs(cell) >= _EXACT
    if eaten or _EXPONENT.fullmatch(text):
        raise BadValue("id_precision_lost", value=mask(text, "id"))
    try:
        return parse_id(text, today=today)
    except BadValue as problem:
        if problem.code == "id_checksum" and _EATEN.fullmatch(text):
            raise BadValue("id_precision_lost", value=mask(text, "id")) from problem
        raise


def read_code(cell: Cell, table: CodeTable) -> TextReading:
    """Read a word of a table as its code; ``value_unrecognised`` keeps what was written."""
    text = read_free(cell).value
    if text is None:
        return TextReading()
    code = table.find(bare(text))
    return TextReading(text, "value_unrecognised") if code is None else TextReading(code)


def read_count(cell: Cell) -> TextReading | int:
    """Read a whole number with its measure word: 26岁, 7人, 57.0."""
    text = bare(as_text(cell))
    if not text or _NO_WORD.fullmatch(text):
        return TextReading()
    found = _COUNT.fullmatch(text)
    return int(found[1]) if found else TextReading(code="value_unrecognised")


def read_free(cell: Cell) -> TextReading:
    """Read free text; a dash alone is nothing; unseen characters go (``text_cleaned``).

    A text may be of any length; ``text_long`` says that it is kept whole and longer than usual.
    """
    text = as_text(cell).strip()
    if _NO_WORD.fullmatch(text):
        return TextReading()
    try:
        return TextReading(clean_text(text), "text_long" if len(text) > _LONG else None)
    except BadValue:
        return TextReading(without_unsafe(text).strip() or None, "text_cleaned")
