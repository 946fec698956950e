"""Text as a cell of a workbook can carry it: never a formula, never a character XML forbids."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from flowparty.domain.masking import mask_column

if TYPE_CHECKING:
    from flowparty.domain.masking import Masked

LONGEST = 32_767
"""Characters a cell holds; Excel cuts the rest without a word, so we cut with a mark."""

_FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_ESCAPE_LIKE = re.compile("_(?=x[0-9A-Fa-f]{4}_)")
_SPECIAL = re.compile("[&<>_\r]|[^\t\n\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def cell_text(text: str) -> str:
    """The text without forbidden characters, at most as long as a cell, read back as it is.

    Spreadsheets read ``_x001B_`` as one character; a literal one is escaped as ``_x005F_x001B_``.
    """
    kept = _FORBIDDEN.sub("", text)
    if len(kept) > LONGEST:
        kept = kept[: LONGEST - 1] + "…"
    return _ESCAPE_LIKE.sub("_x005F_", kept)


def xml_text(text: str) -> str:
    """``cell_text`` as XML content."""
    if len(text) <= LONGEST and not _SPECIAL.search(text):
        return text
    return escape(cell_text(text)).replace("\r", "&#13;")


def personal(value: Masked | None, *, masked: bool) -> str | None:
    """A personal value on a form: in full, because that is its purpose, or masked on a copy."""
    if value is None:
        return None
    return str(value) if masked else value.reveal()


def typed(column: str, text: str | None, *, masked: bool) -> str | None:
    """Words as somebody typed them into a column; a masked copy has nothing that may identify."""
    return mask_column(column, text) if masked else text
