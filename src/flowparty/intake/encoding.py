"""How a text file is written: found by strict decoding, told, and never guessed between two."""

from __future__ import annotations

import codecs
import re
from typing import TYPE_CHECKING

from flowparty.domain.errors import BadValue, UsageProblem

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

ENCODINGS = ("utf-8", "utf-16", "utf-16-le", "utf-16-be", "gb18030")
"""What a person may name; GBK and GB2312 are parts of GB18030."""

_KNOWN = "UTF-8, UTF-16, GB18030"
_ALSO = {"gbk": "gb18030", "gb2312": "gb18030", "cp936": "gb18030", "utf8": "utf-8"}
_MARKS = {
    codecs.BOM_UTF8: "utf-8-sig",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}
_MARKED = {"utf-8": "utf-8-sig", "utf-16-le": "utf-16", "utf-16-be": "utf-16"}
_CHUNK = 1 << 20
_HAN_IN_UTF8 = re.compile(rb"(?<=[\0-\x7f])(?:[\xe2-\xe9\xef][\x80-\xbf]{2}){3,}(?=[\0-\x7f])")
"""Three Chinese characters or more as UTF-8 writes them; in GB18030 next to impossible."""
_FIRST_OF_THREE_BYTES = "\u0800"
_CONTROLS = re.compile(r"[\0-\x08\x0b\x0c\x0e-\x1f\x7f]")
_FEW_CONTROLS = 10
_TENTH, _HUNDREDTH = 10, 100


def detect(path: Path, asked: str | None) -> str:
    """Find out how a text file is written: by its mark, else UTF-8, else GB18030, strictly.

    Args:
        path: the file; it is read to its end.
        asked: what a person says; it only has to be possible.

    Returns:
        The name of a codec: ``utf-8-sig`` and ``utf-16`` where a mark stands.

    Raises:
        BadValue: ``file_encoding_ambiguous``: two are possible, or they are mixed.
            ``file_encoding_wrong``: not as asked. ``file_encoding_unknown``: in none we know.
            ``file_not_a_workbook``: it is no text.
        UsageProblem: ``encoding_unknown``.
    """
    with path.open("rb") as opened:
        beginning = opened.read(_CHUNK)
    mark = next((name for mark, name in _MARKS.items() if beginning.startswith(mark)), None)
    if asked is not None:
        found = _as_asked(path, asked, mark)
    elif mark is not None:
        found = _marked(path, mark)
    else:
        _refuse_unmarked_utf16(path, beginning)
        found = _unmarked(path)
    _refuse_other_than_text(path, found)
    return found


def _as_asked(path: Path, asked: str, mark: str | None) -> str:
    name = asked.lower().replace("_", "-")
    name = _ALSO.get(name, name)
    if name not in ENCODINGS:
        raise UsageProblem("encoding_unknown", value=asked, known=", ".join(ENCODINGS))
    return _strictly(path, mark if mark is not None and _MARKED.get(name, name) == mark else name)


def _strictly(path: Path, name: str) -> str:
    if not _decodes(path, name):
        raise BadValue("file_encoding_wrong", path=str(path), encoding=name)
    return name


def _marked(path: Path, name: str) -> str:
    """What its mark says, if all of it is written so: lines may have been added in another one."""
    if not _decodes(path, name):
        raise BadValue("file_encoding_unknown", path=str(path), known=_KNOWN)
    return name


def _unmarked(path: Path) -> str:
    utf8, gb18030 = _decodes(path, "utf-8"), _decodes(path, "gb18030")
    if utf8 and gb18030 and not _surely_utf8(path):
        raise BadValue("file_encoding_ambiguous", path=str(path))
    if utf8:
        return "utf-8"
    if not gb18030:
        _refuse_controls(path, next(_text(path, "latin-1")))
        raise BadValue("file_encoding_unknown", path=str(path), known=_KNOWN)
    with path.open("rb") as opened:
        if any(_HAN_IN_UTF8.search(chunk) for chunk in iter(lambda: opened.read(_CHUNK), b"")):
            raise BadValue("file_encoding_ambiguous", path=str(path))
    return "gb18030"


def _surely_utf8(path: Path) -> bool:
    """Whether it is ASCII or has Chinese as UTF-8: two letters of two bytes may be GB18030."""
    ascii_only = True
    for chunk in _text(path, "utf-8"):
        ascii_only = ascii_only and chunk.isascii()
        if not chunk.isascii() and max(chunk) >= _FIRST_OF_THREE_BYTES:
            return True
    return ascii_only


def _decodes(path: Path, name: str) -> bool:
    try:
        for _ in _text(path, name):
            pass
    except UnicodeError:
        return False
    return True


def _text(path: Path, name: str) -> Iterator[str]:
    with path.open(encoding=name, newline="") as opened:
        yield from iter(lambda: opened.read(_CHUNK), "")


def _refuse_unmarked_utf16(path: Path, beginning: bytes) -> None:
    zeros = beginning.count(0)
    if zeros * _TENTH <= len(beginning):
        return
    at_even = beginning[::2].count(0)
    if min(at_even, zeros - at_even) * _TENTH > zeros:
        raise BadValue("file_not_a_workbook", path=str(path), kind="other")
    raise BadValue("file_encoding_ambiguous", path=str(path))


def _refuse_other_than_text(path: Path, name: str) -> None:
    """Refuse what decodes but is no text: a stray control character is only its cell's fault."""
    _refuse_controls(path, next(_text(path, name), ""))


def _refuse_controls(path: Path, beginning: str) -> None:
    if len(_CONTROLS.findall(beginning)) > _FEW_CONTROLS + len(beginning) // _HUNDREDTH:
        raise BadValue("file_not_a_workbook", path=str(path), kind="other")
