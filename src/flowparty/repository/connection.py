"""One connection to one registry file: how it is opened, what is checked, what may go wrong.

Rollback journal and not WAL: a WAL-reset race could corrupt databases up to SQLite 3.51.2, and WAL
cannot live on a network share. ``synchronous=EXTRA`` also syncs the folder after each commit.
"""

from __future__ import annotations

import os
import sqlite3
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

from flowparty.domain.errors import (
    BadValue,
    Busy,
    Conflict,
    Damaged,
    Denied,
    NoRegistry,
    Storage,
    TooNew,
)

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

APPLICATION_ID = 0x666C7074  # "flpt"
SCHEMA_VERSION = 1

_RETRY_SECONDS = 0.2

_PRAGMAS = """
    PRAGMA foreign_keys = ON;
    PRAGMA recursive_triggers = ON;
    PRAGMA trusted_schema = OFF;
    PRAGMA cell_size_check = ON;
    PRAGMA mmap_size = 0;
    PRAGMA temp_store = MEMORY;
    PRAGMA secure_delete = ON;
    PRAGMA synchronous = EXTRA;
"""


def connect(path: Path, *, wait_seconds: float = 30.0) -> sqlite3.Connection:
    """Open an existing registry after checking that it is one of ours and not newer than we are.

    Args:
        path: the file; it is never created here.
        wait_seconds: how long a statement waits for another process.

    Raises:
        NoRegistry: there is no such file.
        Damaged: the file is foreign, empty, cut off or not a database.
        TooNew: a newer program wrote it.
        Denied, Busy, Storage: it cannot be read now.
    """
    real = path.resolve()
    with sqlite_problems(real):
        _require_file(real)
        connection = raw_connect(real, wait_seconds=wait_seconds)
        try:
            _require_ours(connection, real)
        except BaseException:
            connection.close()
            raise
    return connection


def raw_connect(path: Path, *, wait_seconds: float = 30.0) -> sqlite3.Connection:
    """Connect without looking at the contents; only for files this program is just making."""
    name = str(path).replace("%", "%25").replace("?", "%3f").replace("#", "%23")
    connection = sqlite3.connect(
        f"file:{name}?mode=rw", uri=True, isolation_level=None, timeout=wait_seconds
    )
    connection.row_factory = sqlite3.Row
    connection.executescript(_PRAGMAS)
    return connection


def begin(connection: sqlite3.Connection, path: Path, wait_seconds: float) -> None:
    """BEGIN IMMEDIATE, in short waits, so that Ctrl-C is heard within a second.

    Raises:
        Busy: another process kept the file for the whole waiting time.
    """
    deadline = time.monotonic() + wait_seconds
    while True:
        left = deadline - time.monotonic()
        connection.execute(f"PRAGMA busy_timeout = {int(min(_RETRY_SECONDS, max(left, 0)) * 1000)}")
        try:
            connection.execute("BEGIN IMMEDIATE")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY:
                raise
            if left <= 0:
                raise Busy("registry_busy", path=str(path)) from error
        else:
            break
    connection.execute(f"PRAGMA busy_timeout = {int(wait_seconds * 1000)}")


def _require_file(path: Path) -> None:
    try:
        size = path.stat().st_size
    except FileNotFoundError:
        raise NoRegistry("registry_missing", path=str(path)) from None
    except NotADirectoryError:
        raise NoRegistry("registry_missing", path=str(path)) from None
    if not path.is_file():
        raise Damaged("registry_foreign", path=str(path))
    if size == 0:
        raise Damaged("registry_empty", path=str(path))


def _require_ours(connection: sqlite3.Connection, path: Path) -> None:
    application = connection.execute("PRAGMA application_id").fetchone()[0]
    if application != APPLICATION_ID:
        raise Damaged("registry_foreign", path=str(path))
    version = connection.execute("PRAGMA user_version").fetchone()[0]
    if version > SCHEMA_VERSION:
        raise TooNew("registry_newer", path=str(path), found=version, known=SCHEMA_VERSION)
    # A truncated file shows itself at the first look at the schema.
    connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()


@contextmanager
def sqlite_problems(path: Path) -> Iterator[None]:
    """Turn what the user can mend (busy, full, damaged …) into our problems; let bugs be."""
    try:
        yield
    except sqlite3.Error as error:
        problem = _translate(error, path)
        if problem is None:
            raise
        raise problem from error
    except PermissionError as error:
        raise Denied("not_writable", path=str(path)) from error
    except OverflowError:
        raise BadValue("number_too_large") from None


_UNSAID = {sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_READONLY_ROLLBACK}
"""What SQLite says when a file would not open for writing, whether by its mode or by a fault."""


def _is_ours_to_write(path: Path) -> bool:
    """Whether modes and mounts let us write the registry: then it was the disk that refused."""
    real = path.resolve()
    return os.access(real, os.R_OK | os.W_OK) and os.access(real.parent, os.W_OK | os.X_OK)


def _translate(error: sqlite3.Error, path: Path) -> Exception | None:
    code = getattr(error, "sqlite_errorcode", None)
    if code is None:
        return None
    place = str(path)
    if code in _UNSAID and _is_ours_to_write(path):
        return Storage("disk_error", path=place)
    primary = code & 0xFF
    problems: dict[int, Exception] = {
        sqlite3.SQLITE_BUSY: Busy("registry_busy", path=place),
        sqlite3.SQLITE_LOCKED: Busy("registry_busy", path=place),
        sqlite3.SQLITE_CORRUPT: Damaged("registry_damaged", path=place),
        sqlite3.SQLITE_NOTADB: Damaged("registry_foreign", path=place),
        sqlite3.SQLITE_READONLY: Denied("registry_read_only", path=place),
        sqlite3.SQLITE_PERM: Denied("registry_read_only", path=place),
        sqlite3.SQLITE_CANTOPEN: Denied("registry_unopenable", path=place),
        sqlite3.SQLITE_FULL: Storage("disk_full", path=place),
        sqlite3.SQLITE_IOERR: Storage("disk_error", path=place),
        sqlite3.SQLITE_CONSTRAINT: Conflict("record_conflict", detail=str(error)),
    }
    return problems.get(primary)
