"""A registry: writing to it in journaled transactions, and all that reading it can do."""

from __future__ import annotations

import sqlite3
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any, Self
from uuid import uuid4

from flowparty.domain.errors import Damaged, Problem, Storage
from flowparty.repository import journal, vouched
from flowparty.repository.connection import begin, connect, sqlite_problems
from flowparty.repository.reading import Reader

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from datetime import datetime
    from pathlib import Path

    from flowparty.repository.open_entry import OpenEntry


class Registry(Reader):
    """An open registry file. Reads go to ``rows`` and ``row``; writes need ``write``."""

    def __init__(
        self,
        path: Path,
        connection: sqlite3.Connection,
        *,
        actor: journal.Actor,
        command: str,
        now: Callable[[], datetime],
        wait_seconds: float = 30.0,
    ) -> None:
        """Wrap a checked connection; ``command`` is the noun and verb, never its arguments."""
        super().__init__(path, connection, now)
        self.command = command
        self._actor = actor
        self._wait = wait_seconds
        self._entry: OpenEntry | None = None
        self._committing = 0
        self.wrote: bool | None = False
        """Whether a write here stands; None when the disk failed so that nobody can tell."""
        self.clock_was_behind = False
        """Whether a write here found the machine's clock behind the journal."""

    @classmethod
    def open(
        cls,
        path: Path,
        *,
        actor: journal.Actor,
        command: str,
        now: Callable[[], datetime],
        wait_seconds: float = 30.0,
    ) -> Self:
        """Open the registry at ``path``; see ``connect`` for what is refused."""
        connection = connect(path, wait_seconds=wait_seconds)
        return cls(
            path, connection, actor=actor, command=command, now=now, wait_seconds=wait_seconds
        )

    def close(self) -> None:
        """Close the file; an open transaction is rolled back."""
        self._connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    # -- writing ------------------------------------------------------------------------------

    @contextmanager
    def write(self, reason: str = "", *, package: str | None = None) -> Iterator[None]:
        """One transaction and one journal entry; a write inside a write joins the outer one.

        Nothing touched means no entry. Any error rolls everything back.

        Args:
            reason: the user's ``--reason``; only its digest stands in the chain.
            package: the SHA-256 of the package whose rows these are; None for our own work.

        Raises:
            Busy: another process kept the file for the whole waiting time.
        """
        if self._entry is not None:
            yield
            return
        from flowparty.repository.open_entry import OpenEntry  # a read does not wait for it

        try:
            with sqlite_problems(self.path):
                begin(self._connection, self.path, self._wait)
                try:
                    self._entry = OpenEntry(self._connection)
                    yield
                    self._finish(reason, package)
                except BaseException:
                    self._roll_back()
                    raise
                finally:
                    self._entry = None
        except Storage as problem:
            problem.written = self._stands()
            self.wrote = self.wrote or problem.written
            raise

    @contextmanager
    def attempt(self) -> Iterator[None]:
        """Do a part of a write that may fail alone: what it wrote is taken back, the rest stays."""
        mark = self._open_entry().mark()
        with sqlite_problems(self.path):
            self._connection.execute("SAVEPOINT attempt")
        try:
            yield
        except BaseException:
            if self._connection.in_transaction:
                self._connection.execute("ROLLBACK TO attempt")
                self._connection.execute("RELEASE attempt")
            self._open_entry().back_to(mark)
            raise
        self._connection.execute("RELEASE attempt")

    @contextmanager
    def bulk(self) -> Iterator[None]:
        """Keep a long write in memory until it commits: readers are not held up meanwhile.

        What it reads again and again stays there too, up to 64 MB.
        """
        self._connection.execute("PRAGMA cache_spill = OFF")
        self._connection.execute("PRAGMA cache_size = -65536")
        try:
            yield
        finally:
            self._connection.execute("PRAGMA cache_spill = ON")
            self._connection.execute("PRAGMA cache_size = -2000")

    def _finish(self, reason: str, package: str | None) -> None:
        entry = self._open_entry()
        if not entry.touched:
            self._connection.execute("ROLLBACK")
            return
        self.clock_was_behind = self.clock_was_behind or self.clock_is_behind()
        self._committing = entry.close(
            at=self._now(),
            actor=self._actor,
            command=self.command,
            reason=reason,
            package=package,
        )
        self._connection.execute("COMMIT")
        self._committing = 0
        self.wrote = True

    def _roll_back(self) -> None:
        """Take everything back; where the disk refuses even that, the next to open does it."""
        with suppress(sqlite3.Error):
            if self._connection.in_transaction:
                self._connection.execute("ROLLBACK")

    def _stands(self) -> bool | None:
        """Whether the entry whose commit failed is there all the same; None if nobody can tell.

        A commit is done once SQLite's journal is gone, and the sync of the folder comes after.
        """
        entry, self._committing = self._committing, 0
        try:
            return bool(entry) and self.last_entry().seq >= entry
        except Problem:
            return None

    def insert(self, entity: str, values: Mapping[str, Any]) -> int:
        """Add a row with a new UUID under our office; returns its local number.

        Raises:
            Conflict: a constraint of the table forbids it.
        """
        return self.insert_raw(entity, {"uuid": str(uuid4()), "office": self.office, **values})

    def insert_raw(self, entity: str, values: Mapping[str, Any]) -> int:
        """Add a row exactly as given: one without UUID, or with one that was fixed before."""
        with sqlite_problems(self.path):
            row_id = int(self._table(entity).insert(dict(values), pk="id").last_pk)
            if vouched.last_digest(self, entity, row_id) is not None:
                raise Damaged("row_missing", entity=entity, row=row_id)
            self._record(entity, row_id, None, None)
        return row_id

    def insert_many(self, entity: str, rows: Sequence[Mapping[str, Any]]) -> list[int]:
        """Add many rows at once, each journaled as ``insert`` does; for closes, merges, imports.

        Args:
            entity: the table.
            rows: their values, all with the same names; a UUID and our office are added where
                the names do not have them.

        Returns:
            The rows' local numbers, in the order given.

        Raises:
            Conflict: a constraint of the table forbids one; then none of them is written.
            ValueError: the rows do not all have the same names.
        """
        from flowparty.repository.many_rows import in_order

        return self.insert_rows(entity, *in_order(rows)) if rows else []

    def insert_rows(
        self, entity: str, names: Sequence[str], rows: Sequence[tuple[Any, ...]]
    ) -> list[int]:
        """Add many rows as :meth:`insert_many` does; values in the order of their names."""
        from flowparty.repository.many_rows import insert, owned

        self._require_entity(entity)
        with sqlite_problems(self.path):
            first = vouched.next_id(self, entity)
            columns, values = owned(names, rows, first=first)
            alike = {} if "office" in names else {"office": self.office}
            insert(self._connection, entity, columns, values, alike=alike)
            self._open_entry().add_inserted(entity, first)
        return list(range(first, first + len(rows)))

    def update(self, entity: str, row_id: int, values: Mapping[str, Any]) -> bool:
        """Change fields of a row; False if it already holds exactly these values.

        Raises:
            Damaged: the row is not there, or not as the journal left it.
            Conflict: a constraint of the table forbids it.
        """
        old = vouched.stored(self, entity, row_id)
        if all(old[name] == value for name, value in values.items()):
            return False
        before = vouched.require_untouched(self, entity, row_id, old)
        with sqlite_problems(self.path):
            self._table(entity).update(row_id, dict(values))
            self._record(entity, row_id, old, before)
        return True

    def delete(self, entity: str, row_id: int) -> None:
        """Remove a row (a mistaken dated value, a setting); members are never removed."""
        old = vouched.stored(self, entity, row_id)
        before = vouched.require_untouched(self, entity, row_id, old)
        with sqlite_problems(self.path):
            self._table(entity).delete(row_id)
        self._open_entry().add(journal.change_of(entity, row_id, old, None, before))

    def disclose(
        self, form: str, *, org: str, rows: int, digest: str, about: tuple[str, ...] = ()
    ) -> None:
        """Journal that personal data left in full: which form, whose, how many, which bytes."""
        fields = (f"form={form}", f"org={org}", f"rows={rows}", *about)
        self._open_entry().add(journal.Change("disclosure", 0, "disclose", fields, None, digest))

    def note(self, entity: str, operation: str, fields: tuple[str, ...]) -> None:
        """Journal what this write is about, beside the rows it touches."""
        self._open_entry().add(journal.Change(entity, 0, operation, fields))

    def execute(self, sql: str, /, **parameters: object) -> None:
        """Keep an index table (search) in step, inside a write; never for journaled tables."""
        self._open_entry()
        with sqlite_problems(self.path):
            self._connection.execute(sql, parameters)

    def index_many(
        self, table: str, names: Sequence[str], rows: Sequence[tuple[object, ...]]
    ) -> None:
        """Add many rows to an index table, as :meth:`execute` does."""
        from flowparty.repository.many_rows import insert

        self._open_entry()
        with sqlite_problems(self.path):
            insert(self._connection, table, names, rows)

    def _open_entry(self) -> OpenEntry:
        if self._entry is None:
            raise RuntimeError("rows are only written inside registry.write()")
        return self._entry

    def _table(self, entity: str) -> Any:
        from sqlite_utils import Database

        self._require_entity(entity)
        return Database(self._connection, execute_plugins=False).table(entity)

    def _require_entity(self, entity: str) -> None:
        from flowparty.repository.entities import ENTITIES

        self._open_entry()
        if entity not in ENTITIES:
            raise ValueError(entity)

    def _record(
        self, entity: str, row_id: int, old: journal.Row | None, before: str | None
    ) -> None:
        new = vouched.stored(self, entity, row_id)
        self._open_entry().add(journal.change_of(entity, row_id, old, new, before))
