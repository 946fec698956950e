"""Text that was typed or pasted, as lines: UTF-8, or what Windows editors save instead."""

from __future__ import annotations

import codecs
from typing import TYPE_CHECKING

from flowparty.domain.errors import BadValue, Denied

if TYPE_CHECKING:
    from pathlib import Path

MOST_BYTES = 1_000_000
"""A page of fifteen calls has about a thousand; what is larger is no list of calls."""

_UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def read_file(path: Path) -> list[str]:
    """The lines of a text file.

    Raises:
        BadValue: ``file_missing``, ``text_too_long``, ``text_unreadable``.
        Denied: ``file_not_readable``.
    """
    try:
        with path.open("rb") as opened:
            content = opened.read(MOST_BYTES + 1)
    except (FileNotFoundError, NotADirectoryError) as error:
        raise BadValue("file_missing", path=str(path)) from error
    except OSError as error:
        raise Denied("file_not_readable", path=str(path)) from error
    return lines_of(content)


def lines_of(content: bytes) -> list[str]:
    """The lines of a text: UTF-8, UTF-16 with its mark, else GB 18030.

    Raises:
        BadValue: ``text_too_long``, ``text_unreadable``: in none of the three.
    """
    if len(content) > MOST_BYTES:
        raise BadValue("text_too_long", limit=MOST_BYTES)
    encodings = ("utf-16",) if content.startswith(_UTF_16) else ("utf-8-sig", "gb18030")
    for encoding in encodings:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    raise BadValue("text_unreadable")
