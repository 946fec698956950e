"""Making a new registry: built whole under a temporary name, then linked into place."""

from __future__ import annotations

import contextlib
import fcntl
import os
from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import uuid4

from flowparty.data import data_path
from flowparty.domain.errors import Conflict
from flowparty.domain.orgs import OrgKind, division_uuid
from flowparty.files import as_problem, make_folder, remove_stale
from flowparty.repository.connection import APPLICATION_ID, SCHEMA_VERSION, raw_connect
from flowparty.repository.registry import Registry

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Iterator
    from datetime import date, datetime
    from pathlib import Path

    from flowparty.domain.orgs import Level
    from flowparty.repository.journal import Actor


@dataclass(frozen=True, slots=True)
class Office:
    """Whose registry it is: a county's, a town's or a village's own."""

    division: str
    level: Level
    name: str


@contextlib.contextmanager
def create(
    path: Path,
    office: Office,
    *,
    today: date,
    actor: Actor,
    command: str,
    now: Callable[[], datetime],
) -> Iterator[Registry]:
    """Make a new registry and yield it inside its first transaction, for the tree of organizations.

    It appears under its name only when the block has ended well; a crash leaves nothing there.

    Raises:
        Conflict: something lies at ``path`` already.
        Denied, Storage: it cannot be written there.
    """
    if path.exists() or path.is_symlink():
        raise Conflict("registry_exists", path=str(path))
    make_folder(path.parent)
    remove_stale(path, "new")
    temporary = path.with_name(f".{path.name}.{os.urandom(4).hex()}.new")
    try:
        with contextlib.ExitStack() as cleanup:
            flags = os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_WRONLY
            # Held and locked to the end: closing it earlier would drop SQLite's own locks.
            holder = os.open(temporary, flags, 0o600)
            cleanup.callback(os.close, holder)
            cleanup.callback(temporary.unlink, missing_ok=True)
            fcntl.flock(holder, fcntl.LOCK_EX)
            registry = Registry(
                temporary, _with_schema(temporary), actor=actor, command=command, now=now
            )
            with registry, registry.write():
                registry.insert_raw("registry", _identity(office, today))
                yield registry
            _put_in_place(temporary, path)
    except OSError as error:
        raise as_problem(error, path) from error


def schema_text() -> str:
    """The truth for a new registry."""
    return data_path("schema.sql").read_text(encoding="utf-8")


def _with_schema(path: Path) -> sqlite3.Connection:
    connection = raw_connect(path)
    connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    connection.executescript(schema_text())
    connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")
    return connection


def _identity(office: Office, today: date) -> dict[str, object]:
    return {
        "id": 1,
        "uuid": str(uuid4()),
        "office": division_uuid(office.division, OrgKind.COMMITTEE),
        "division": office.division,
        "level": office.level,
        "name": office.name,
        "created_on": today.isoformat(),
    }


def _put_in_place(temporary: Path, path: Path) -> None:
    """Give the finished file its name without ever overwriting another."""
    try:
        os.link(temporary, path)
    except FileExistsError:
        raise Conflict("registry_exists", path=str(path)) from None
    except OSError:  # FAT sticks know no links
        temporary.rename(path)
