"""The package around a workbook: is it one, is it whole, and is it small enough to be read."""

from __future__ import annotations

import contextlib
import copy
import zipfile
import zlib
from typing import TYPE_CHECKING, BinaryIO

from flowparty.domain.errors import BadValue, Denied

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from flowparty.settings import Settings

_MOST_PARTS = 10_000
_CHUNK = 1 << 20
_SMALL = 1 << 20
"""Parts up to this size may shrink as far as they like."""
_XLSX, _XLSB, _ODS = "xl/workbook.xml", "xl/workbook.bin", "content.xml"
_ODS_TYPE = b"application/vnd.oasis.opendocument.spreadsheet"
_DOCUMENTS = ("word/document.xml", "ppt/presentation.xml", _ODS)
_MACRO_PARTS = ("xl/macrosheets/", "basic/", "scripts/")
_TYPES = "[Content_Types].xml"


class Package:
    """The parts of a workbook by name; every read is counted against what was promised."""

    def __init__(self, path: Path, archive: zipfile.ZipFile, limits: Settings) -> None:
        self.path = path
        self._archive = archive
        self._limits = limits
        self._parts = {
            part.filename.replace("\\", "/").lower(): part for part in archive.infolist()
        }
        self._check()
        self.format = self._format()

    def _check(self) -> None:
        parts = self._archive.infolist()
        # Two parts of one name could be read differently by two readers.
        if len(self._parts) != len(parts) or any(part.flag_bits & 1 for part in parts):
            raise BadValue("file_unreadable", path=str(self.path))
        most = self._limits.import_bytes
        if len(parts) > _MOST_PARTS:
            raise BadValue("file_too_large", path=str(self.path), limit=_MOST_PARTS, unit="parts")
        if sum(part.file_size for part in parts) > most:
            megabytes = most // 1_000_000
            raise BadValue("file_too_large", path=str(self.path), limit=megabytes, unit="megabytes")
        ratio = self._limits.import_ratio
        if any(part.file_size > max(_SMALL, ratio * part.compress_size) for part in parts):
            raise BadValue("file_bomb", path=str(self.path), limit=ratio)
        for part in parts:
            self._exhaust(part)

    def _exhaust(self, part: zipfile.ZipInfo) -> None:
        """Unpack once to nowhere: a part longer than it says, or damaged, is found here."""
        longer = copy.copy(part)
        longer.file_size = part.file_size + 1
        got = 0
        with self._archive.open(longer) as opened:
            while chunk := opened.read(_CHUNK):
                got += len(chunk)
        if got != part.file_size:
            raise BadValue("file_unreadable", path=str(self.path))

    def _format(self) -> str:
        """What the parts make up.

        Raises:
            BadValue: ``file_macro``, ``file_binary_workbook``, ``file_encrypted``,
                ``file_not_a_workbook``.
        """
        if self._has_macros():
            raise BadValue("file_macro", path=str(self.path))
        if _XLSB in self._parts:
            raise BadValue("file_binary_workbook", path=str(self.path))
        if _XLSX in self._parts:
            return "xlsx"
        if _ODS in self._parts and self._read("mimetype").startswith(_ODS_TYPE):
            if b"encryption-data" in self._read("META-INF/manifest.xml"):
                raise BadValue("file_encrypted", path=str(self.path))
            return "ods"
        kind = "document" if any(name in self._parts for name in _DOCUMENTS) else "archive"
        raise BadValue("file_not_a_workbook", path=str(self.path), kind=kind)

    def _has_macros(self) -> bool:
        return b"macroEnabled" in self._read(_TYPES) or any(
            name.endswith("/vbaproject.bin") or name.startswith(_MACRO_PARTS)
            for name in self._parts
        )

    def _read(self, name: str) -> bytes:
        if name not in self:
            return b""
        with self.open(name) as opened:
            return opened.read(_CHUNK)

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
def open_package(path: Path, limits: Settings) -> Iterator[Package]:
    """Open a checked workbook's package.

    Raises:
        BadValue: ``file_unreadable`` (cut off, damaged), ``file_too_large`` (unpacked),
            ``file_bomb``, ``file_macro``, ``file_binary_workbook``, ``file_encrypted``,
            ``file_not_a_workbook``.
        Denied: ``file_not_readable``.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            yield Package(path, archive, limits)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError) as error:
        raise BadValue("file_unreadable", path=str(path)) from error
    except OSError as error:
        raise Denied("file_not_readable", path=str(path)) from error
