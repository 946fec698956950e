"""What a file is by its first bytes; its name says nothing."""

from __future__ import annotations

import codecs
import stat
from typing import TYPE_CHECKING, Literal

from flowparty.domain.errors import BadValue, Denied

if TYPE_CHECKING:
    from pathlib import Path

Container = Literal["zip", "ole", "text"]

_CHUNK = 1 << 16
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_LARGEST_OLE = 100_000_000
"""An old workbook of 65 536 full rows takes about 30 MB."""
_ENTRY = 128
"""Bytes of a directory entry; its name stands first, its length in bytes at 64 [MS-CFB 2.6.1]."""
_MAGIC = {
    b"%PDF": "pdf",
    b"{\\rtf": "document",
    b"\x89PNG": "image",
    b"\xff\xd8\xff": "image",
    b"GIF8": "image",
    b"BM": "image",
    b"Rar!": "archive",
    b"7z\xbc\xaf": "archive",
    b"\x1f\x8b": "archive",
}
_SPREADSHEET_XML = b"urn:schemas-microsoft-com:office:spreadsheet"


def container(path: Path) -> Container:
    """Tell a zip, an OLE file and text apart, and refuse what none of our readers reads.

    Raises:
        BadValue: ``file_missing``, ``file_empty``, ``file_not_a_workbook`` (``kind`` names what it
            is instead).
        Denied: ``file_not_readable``.
    """
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            raise BadValue("file_not_a_workbook", path=str(path), kind="folder")
        with path.open("rb") as opened:
            beginning = opened.read(_CHUNK)
    except (FileNotFoundError, NotADirectoryError) as error:
        raise BadValue("file_missing", path=str(path)) from error
    except OSError as error:
        raise Denied("file_not_readable", path=str(path)) from error
    if not beginning.strip(b"\0 \t\r\n" + codecs.BOM_UTF8):
        raise BadValue("file_empty", path=str(path))
    if beginning.startswith(_OLE):
        return "ole"
    if beginning.startswith(b"PK"):
        return "zip"
    _refuse_known(path, beginning)
    return "text"


def _refuse_known(path: Path, beginning: bytes) -> None:
    kind = next((kind for magic, kind in _MAGIC.items() if beginning.startswith(magic)), None)
    # UTF-16 is every other byte zero.
    plain = beginning.replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").lower()
    if kind == "image" and beginning.startswith(b"BM") and b"\0" not in beginning:
        kind = None
    if plain.startswith((b"<", b"mime-version:")):
        kind = "xml" if _SPREADSHEET_XML in plain else "html"
    if kind is not None:
        raise BadValue("file_not_a_workbook", path=str(path), kind=kind)


def check_ole(path: Path) -> None:
    """Refuse an OLE file that holds no old workbook.

    Raises:
        BadValue: ``file_encrypted`` (a workbook of the new kind under a password),
            ``file_not_a_workbook``, ``file_unreadable``, ``file_too_large``.
        Denied: ``file_not_readable``.
    """
    try:
        if path.stat().st_size > _LARGEST_OLE:
            most = _LARGEST_OLE // 1_000_000
            raise BadValue("file_too_large", path=str(path), limit=most, unit="megabytes")
        content = path.read_bytes()
    except OSError as error:
        raise Denied("file_not_readable", path=str(path)) from error
    if _has_stream(content, "Workbook") or _has_stream(content, "Book"):
        return
    if _ENCRYPTED in content:
        raise BadValue("file_encrypted", path=str(path))
    if _has_stream(content, "Root Entry"):
        raise BadValue("file_not_a_workbook", path=str(path), kind="document")
    raise BadValue("file_unreadable", path=str(path))


def _has_stream(content: bytes, name: str) -> bool:
    """Whether a directory entry has this name; the directory may lie anywhere."""
    written = f"{name}\0".encode("utf-16-le")
    at = content.find(written)
    while at >= 0:
        length = int.from_bytes(content[at + 64 : at + 66], "little")
        if at % _ENTRY == 0 and length == len(written):
            return True
        at = content.find(written, at + 1)
    return False
