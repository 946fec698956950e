"""Reading an open registry: rows of queries, whose it is, and how far its journal goes."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from flowparty.domain.errors import Damaged
from flowparty.repository import journal
from flowparty.repository.connection import sqlite_problems

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable
    from pathlib import Path


class Reader:
    """What can be asked of an open registry file."""

    def __init__(
        self, path: Path, connection: sqlite3.Connection, now: Callable[[], datetime]
    ) -> None:
        """Wrap a checked connection."""
        self.path = path
        self._connection = connection
        self._now = now
        self._office: str | None = None

    def rows(self, sql: str, /, **parameters: object) -> list[sqlite3.Row]:
        """All rows of a query with named parameters."""
        with sqlite_problems(self.path):
            return self._connection.execute(sql, parameters).fetchall()

    def row(self, sql: str, /, **parameters: object) -> sqlite3.Row | None:
        """The first row of a query, or None."""
        with sqlite_problems(self.path):
            found: sqlite3.Row | None = self._connection.execute(sql, parameters).fetchone()
            return found

    @property
    def office(self) -> str:
        """The UUID of the office that owns what this registry records."""
        if self._office is None:
            found = self.row("SELECT office FROM registry")
            if found is None:
                raise Damaged("registry_foreign", path=str(self.path))
            self._office = str(found["office"])
        return self._office

    def last_entry(self) -> journal.Last:
        """The journal's last entry; before ``init`` has written its own, the beginning."""
        row = self.row("SELECT seq, at, hash FROM journal_entry ORDER BY seq DESC LIMIT 1")
        return journal.Last(0, "", journal.GENESIS) if row is None else journal.Last(**dict(row))

    def clock_is_behind(self) -> bool:
        """Whether the machine's clock says a time before the journal's last entry."""
        last = self.last_entry().at
        return bool(last) and datetime.fromisoformat(last) > self._now()
