"""The package around a workbook: is it one, is it whole, and is it small enough to be read."""

from __future__ import annotations

import contextlib
import stat
import zipfile
import zlib
from typing import TYPE_CHECKING, BinaryIO

from flowparty.domain.errors import BadValue, Denied

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

MOST_BYTES = 500_000_000
"""What a workbook may hold when unpacked; 200 000 rows of 20 columns take about 200 MB."""

_MOST_PARTS = 10_000
_CHUNK = 1 << 20
_WORKBOOK = "xl/workbook.xml"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_KINDS = {b"%PDF": "pdf", b"\x89PNG": "image", b"\xff\xd8\xff": "image", b"Rar!": "archive"}


def check_file(path: Path) -> None:
    """Refuse what is not a whole ``.xlsx`` workbook, whatever its name says.

    Raises:
        BadValue: ``file_missing``, ``file_empty``, ``file_encrypted``, ``file_not_a_workbook``
            (``kind`` names what it is instead).
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
    if not beginning:
        raise BadValue("file_empty", path=str(path))
    if beginning.startswith(_OLE):
        if _ENCRYPTED in path.read_bytes():
            raise BadValue("file_encrypted", path=str(path))
        raise BadValue("file_not_a_workbook", path=str(path), kind="xls")
    if not beginning.startswith(b"PK"):
        raise BadValue("file_not_a_workbook", path=str(path), kind=_kind(beginning))


def _kind(beginning: bytes) -> str:
    for magic, kind in _KINDS.items():
        if beginning.startswith(magic):
            return kind
    if b"<html" in beginning.lower() or b"<table" in beginning.lower():
        return "html"
    return "other" if b"\x00" in beginning else "text"


class Package:
    """The parts of a workbook by name; every read is counted against what was promised."""

    def __init__(self, path: Path, archive: zipfile.ZipFile) -> None:
        self.path = path
        self._archive = archive
        self._parts = {
            part.filename.replace("\\", "/").lower(): part for part in archive.infolist()
        }
        self._check()

    def _check(self) -> None:
        parts = self._archive.infolist()
        if _WORKBOOK not in self._parts:
            kind = "xlsb" if "xl/workbook.bin" in self._parts else "archive"
            raise BadValue("file_not_a_workbook", path=str(self.path), kind=kind)
        # Two parts of one name could be read differently by two readers.
        if len(self._parts) != len(parts) or any(part.flag_bits & 1 for part in parts):
            raise BadValue("file_unreadable", path=str(self.path))
        if len(parts) > _MOST_PARTS or sum(part.file_size for part in parts) > MOST_BYTES:
            raise BadValue("file_too_large", path=str(self.path), limit=MOST_BYTES)
        for part in parts:
            self._exhaust(part)

    def _exhaust(self, part: zipfile.ZipInfo) -> None:
        """Unpack once to nowhere: a part longer than it says fails its checksum here."""
        with self._archive.open(part) as opened:
            while opened.read(_CHUNK):
                pass

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the parts, in lower case."""
        return tuple(self._parts)

    def __contains__(self, name: str) -> bool:
        return name.lower() in self._parts

    def open(self, name: str) -> BinaryIO:
        """Open a part for reading.

        Raises:
            BadValue: ``file_unreadable``: there is no such part.
        """
        part = self._parts.get(name.lower())
        if part is None:
            raise BadValue("file_unreadable", path=str(self.path))
        return self._archive.open(part)  # type: ignore[return-value]


@contextlib.contextmanager
def open_package(path: Path) -> Iterator[Package]:
    """Open a checked workbook's package.

    Raises:
        BadValue: as :func:`check_file`; ``file_unreadable`` (cut off, damaged),
            ``file_too_large`` (unpacked).
        Denied: ``file_not_readable``.
    """
    check_file(path)
    try:
        with zipfile.ZipFile(path) as archive:
            yield Package(path, archive)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError) as error:
        raise BadValue("file_unreadable", path=str(path)) from error
    except OSError as error:
        raise Denied("file_not_readable", path=str(path)) from error
