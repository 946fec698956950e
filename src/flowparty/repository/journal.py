"""The journal: one entry a write, one change a row, each entry chained to the one before.

An entry's hash covers its own words, its changes and the hash before it. A change carries salted
digests of the row before and after; the values and salts stand in ``journal_value``, the only
table besides ``journal_reason`` that erasure empties, so that the chain outlives the person.
"""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from flowparty.domain.canonical import canonical, sha256

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

GENESIS = "0" * 64
SALT = 16
"""Bytes of a salt."""

_TAG = b"flowparty/journal/1\n"

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Actor:
    """Who writes: the account at the machine, and the clerk as declared (``--clerk``)."""

    os_user: str
    clerk: str = ""


@dataclass(frozen=True, slots=True)
class Last:
    """The head of the journal: an entry's number, UTC time (ISO) and hash."""

    seq: int
    at: str
    hash: str


@dataclass(frozen=True, slots=True)
class Change:
    """One row touched: digests before and after, and the values that erasure may take away."""

    entity: str
    row_id: int
    operation: str
    fields: tuple[str, ...]
    before: str | None = None
    after: str | None = None
    salt: str | None = None
    values: str | None = None

    def chained(self) -> list[Any]:
        """The part that the chain covers, in its canonical order."""
        fields = list(self.fields)
        return [self.entity, self.row_id, self.operation, fields, self.before, self.after]


def salted_digest(salt: str, text: str) -> str:
    """SHA-256 of ``text`` under ``salt``; hex."""
    return sha256(f"{salt}\n{text}".encode())


def change_of(
    entity: str, row_id: int, old: Row | None, new: Row | None, before: str | None
) -> Change:
    """Describe what happened to one row.

    Args:
        entity: the table.
        row_id: its ``id``.
        old: the row as it stood, None for a new one.
        new: the row as it stands now, None for a removed one.
        before: the digest journaled when ``old`` was written.
    """
    operation = "insert" if old is None else "delete" if new is None else "update"
    fields = _changed(old or {}, new or {})
    if new is None:
        return Change(entity, row_id, operation, fields, before)
    salt = os.urandom(SALT).hex()
    values = canonical(new)
    return Change(
        entity, row_id, operation, fields, before, salted_digest(salt, values), salt, values
    )


def _changed(old: Row, new: Row) -> tuple[str, ...]:
    if not old:
        return tuple(sorted([name for name, value in new.items() if value is not None]))
    return tuple(name for name in sorted({*old, *new}) if old.get(name) != new.get(name))


def _begun() -> Any:
    from hashlib import sha256

    return sha256(_TAG + b'{"changes":[')


@dataclass(slots=True)
class EntryHash:
    """The hash of an entry, fed with its changes in their order as they come.

    It covers canonical JSON of ``{"changes": […], "entry": {its words}}`` and the hash before it.
    """

    so_far: Any = field(default_factory=_begun)
    comma: str = ""

    def add(self, lines: Iterable[str]) -> None:
        """Take in changes, each as canonical JSON of what :meth:`Change.chained` says."""
        text = ",".join(lines)
        if text:
            self.so_far.update(f"{self.comma}{text}".encode())
            self.comma = ","

    def copy(self) -> EntryHash:
        """The hash as it stands, for a part that may be taken back."""
        return EntryHash(self.so_far.copy(), self.comma)

    def end(self, entry: Mapping[str, Any]) -> str:
        """The entry's hash; hex."""
        words = canonical({name: entry[name] for name in _CHAINED})
        whole = self.so_far.copy()
        whole.update(f'],"entry":{words}}}\n{entry["prev"]}'.encode())
        return str(whole.hexdigest())


def entry_hash(entry: Mapping[str, Any], changes: Iterable[Sequence[Any]]) -> str:
    """The hash of an entry: its words, its changes in order, and the hash before it."""
    found = EntryHash()
    found.add(canonical(list(change)) for change in changes)
    return found.end(entry)


_CHAINED = (
    "seq", "at", "utc_offset", "os_user", "clerk", "command", "reason_digest", "package",
)  # fmt: skip
