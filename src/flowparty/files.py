"""Files made safely: private, complete or not at all, with faults of the disk as our problems."""

from __future__ import annotations

import contextlib
import errno
import fcntl
import os
import re
import unicodedata
from typing import TYPE_CHECKING, BinaryIO

from flowparty.domain.canonical import sha256
from flowparty.domain.errors import BadValue, Denied, Problem, Storage

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_UNUSABLE = {errno.EISDIR, errno.ENAMETOOLONG, errno.EINVAL}
_REFUSED = {errno.EACCES, errno.EPERM, errno.EROFS}

# What Windows, where files go by stick, takes for something else than a letter of a name.
_FOREIGN = re.compile(r'[\\/:*?"<>|]')
_RESERVED = re.compile(r"(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(?=\.|$)", re.IGNORECASE)
_DATABASE, _KEY_FILE, _HEAD = b"SQLite format 3\0", b'"flowparty_key"', 200
"""How registries and key files begin, and within how many bytes."""
_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
_LONGEST = 255 - len(".") - len(".12345678.part")
"""Bytes of a name, less what :func:`replace_file` puts around it while it is written."""


def file_name(*parts: str, ending: str) -> str:
    """A file's name made of words that somebody typed; it lies in no other folder, on any system.

    Separators, controls and marks of direction become ``_``; dots and blanks at the ends go, as
    Windows drops them; the longest part is cut where all is too long.

    Args:
        parts: what the name says; joined by ``_``, empty ones left out.
        ending: with its dot, taken as it is.
    """
    words = [word for word in map(_as_word, parts) if word]
    room = _LONGEST - len("_".join([*words, ending]).encode())
    while room < 0:
        longest = max(range(len(words)), key=lambda at: len(words[at].encode()))
        room += len(words[longest][-1].encode())
        words[longest] = words[longest][:-1]
    stem = "_".join(words).strip(" .") or "_"
    return f"_{stem}{ending}" if _RESERVED.match(stem) else f"{stem}{ending}"


def _as_word(text: str) -> str:
    plain = " ".join(unicodedata.normalize("NFC", text).split())
    seen = ("_" if unicodedata.category(c) in _UNSEEN else c for c in plain)
    return _FOREIGN.sub("_", "".join(seen)).strip(" .")


def as_problem(error: OSError, path: Path | str) -> Problem:
    """The problem behind a fault of the operating system at ``path``."""
    if error.errno in _FULL:
        return Storage("disk_full", path=str(path))
    if error.errno in _REFUSED:
        return Denied("not_writable", path=str(path))
    if error.errno in (errno.ENOENT, errno.ENOTDIR):
        return BadValue("output_folder_missing", path=str(path))
    if error.errno in _UNUSABLE:
        return BadValue("output_name_unusable", path=str(path))
    return Storage("disk_error", path=str(path))


def read_file(path: Path, most: int) -> bytes:
    """The first bytes of a file: ``most`` and one more, so that a larger one shows itself.

    Raises:
        BadValue: there is no such file. Denied, Storage: it cannot be read.
    """
    try:
        with path.open("rb") as file:
            return file.read(most + 1)
    except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
        raise BadValue("file_missing", path=str(path)) from None
    except PermissionError:
        raise Denied("not_readable", path=str(path)) from None
    except OSError as error:
        raise as_problem(error, path) from error


def make_folder(path: Path) -> None:
    """Make a private folder and those above it, unless they are there.

    Raises:
        Denied, Storage: it cannot be made.
    """
    try:
        path.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise as_problem(error, path) from error


@contextlib.contextmanager
def replace_file(path: Path, *, keep: bool = False, key: bool = False) -> Iterator[BinaryIO]:
    """Write a file that appears whole under its name, mode 0600, or not at all.

    What stood there stays until the new file is complete and on disk. A temporary file that a dead
    process left beside it is removed.

    Args:
        path: the file's name.
        keep: the block records the file's digest, so that its content must not be lost from then
            on: if it cannot get its name, :func:`finish_left` gives it next time.
        key: it is the office's key file that is written anew.

    Raises:
        BadValue: the folder does not exist, or a registry or key file stands there. Denied: it may
            not be written, or the target is held by another program (the temporary file stays and
            is named). Storage: no space.
    """
    _require_replaceable(path, key=key)
    try:
        remove_stale(path, "part")
        temporary = path.with_name(f".{path.name}.{os.urandom(4).hex()}.part")
        flags = os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_RDWR
        with os.fdopen(os.open(temporary, flags, 0o600), "w+b") as out:
            try:
                fcntl.flock(out, fcntl.LOCK_EX)
                yield out
            except BaseException as error:
                if not keep or not isinstance(error, Problem) or error.written is False:
                    _discard(temporary)
                raise
            try:
                settle(out)
                _put_in_place(temporary, path)
            except OSError:
                if not keep:
                    _discard(temporary)
                raise
    except OSError as error:
        raise as_problem(error, path) from error


def _require_replaceable(path: Path, *, key: bool) -> None:
    """Refuse a name that is none, and to write over what cannot be had again.

    That is a registry, the journal beside it that makes it whole again, and an office's key file,
    without which nothing that was sealed to its keys can be read.
    """
    if not path.name:  # "." and "/" have none
        raise BadValue("output_name_unusable", path=str(path))
    beside = path.with_name(path.name.removesuffix("-journal") or path.name)
    if any(_head(place).startswith(_DATABASE) for place in {path, beside}):
        raise BadValue("output_is_registry", path=str(path))
    if not key and _KEY_FILE in _head(path):
        raise BadValue("output_is_key_file", path=str(path))


def _head(path: Path) -> bytes:
    """How a file begins; nothing if none can be read there."""
    with contextlib.suppress(OSError), path.open("rb") as standing:
        return standing.read(_HEAD)
    return b""


def _discard(temporary: Path) -> None:
    """Remove what failed; what failed first is told, and the next run removes what stays."""
    with contextlib.suppress(OSError):
        temporary.unlink(missing_ok=True)


def _put_in_place(temporary: Path, path: Path) -> None:
    try:
        temporary.replace(path)
    except PermissionError as error:
        raise Denied("output_busy", path=str(path), kept=str(temporary)) from error
    try:
        _settle_folder(path.parent)
    except OSError as error:
        problem = as_problem(error, path)
        problem.written = True
        raise problem from error


def _settle_folder(path: Path) -> None:
    folder = os.open(path, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def settle(out: BinaryIO) -> None:
    """Bring what was written to the disk: before the journal speaks of it, it must be there."""
    out.flush()
    os.fsync(out.fileno())


def finish_left(path: Path, digest: str) -> bool:
    """Give a file its name that a run wrote whole and recorded, but could not name any more.

    Raises:
        Denied, Storage: it cannot be named now either.
    """
    for left in _left(path, "part"):
        with contextlib.suppress(BlockingIOError), left.open("rb") as held:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
            if sha256(held.read()) != digest:
                continue
            try:
                _put_in_place(left, path)
            except OSError as error:
                raise as_problem(error, path) from error
            return True
    return False


def remove_stale(path: Path, ending: str) -> None:
    """Remove temporary files of a target whose writer is dead: nobody holds their lock."""
    for left in _left(path, ending):
        with contextlib.suppress(OSError), left.open("rb") as held:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
            left.unlink()


def _left(path: Path, ending: str) -> Iterator[Path]:
    return path.parent.glob(f".{_escaped(path.name)}.*.{ending}")


def _escaped(name: str) -> str:
    return "".join(f"[{character}]" if character in "*?[" else character for character in name)
