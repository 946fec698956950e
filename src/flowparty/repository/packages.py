"""Packages sent and received: what is known of each beside its rows."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from flowparty.domain.canonical import canonical

if TYPE_CHECKING:
    from collections.abc import Mapping

    from flowparty.repository.registry import Registry

_SENT = """id, key_digest, recipient, recipient_key, period, revision, seq, digest, prev,
    journal_seq, journal_head, members, away, file, "on", receipt_on"""
_RECEIVED = """id, sender, key_digest, period, revision, seq, digest, journal_seq, journal_head,
    members, totals, "on", gap, made_at, fork_seq, EXISTS (SELECT 1 FROM package_received f
    WHERE f.sender = p.sender AND f.id > p.id AND f.fork_seq <= p.seq) AS given_up"""


@dataclass(frozen=True, slots=True)
class Sent:
    """A package that was made for an office above; ``file`` is where it was written.

    ``key_digest`` is the key of ours that signed it, ``recipient_key`` the one it is sealed to.
    """

    id: int
    key_digest: str
    recipient: str
    recipient_key: str
    period: str
    revision: int
    seq: int
    digest: str
    prev: str
    journal_seq: int
    journal_head: str
    members: int
    away: int
    file: str
    on: str
    receipt_on: str | None = None


@dataclass(frozen=True, slots=True)
class Received:
    """A package that was merged; ``totals`` are counts only, ``gap`` why one is missing.

    ``fork_seq``: from this number on it took the place of what came before, which is ``given_up``.
    """

    id: int
    sender: str
    key_digest: str
    period: str
    revision: int
    seq: int
    digest: str
    journal_seq: int
    journal_head: str
    members: int
    totals: Mapping[str, Any]
    on: str
    gap: str | None
    made_at: int
    fork_seq: int | None
    given_up: bool


def sent_to(registry: Registry, recipient: str) -> list[Sent]:
    """Everything sent to an office, in order."""
    rows = registry.rows(
        f"SELECT {_SENT} FROM package_sent WHERE recipient = :recipient ORDER BY seq",
        recipient=recipient,
    )
    return [Sent(**dict(row)) for row in rows]


def sent_periods(registry: Registry) -> set[str]:
    """The months of which a package was made."""
    return {str(row["period"]) for row in registry.rows("SELECT DISTINCT period FROM package_sent")}


def last_sent(registry: Registry) -> int:
    """The highest number of a package that we sent, to whomever; 0 if there is none."""
    row = registry.row("SELECT max(seq) AS seq FROM package_sent")
    return 0 if row is None or row["seq"] is None else int(row["seq"])


def sent_by_digest(registry: Registry, digest: str) -> Sent | None:
    """The package we sent that has this digest."""
    row = registry.row(f"SELECT {_SENT} FROM package_sent WHERE digest = :digest", digest=digest)
    return None if row is None else Sent(**dict(row))


def add_sent(registry: Registry, values: Mapping[str, Any]) -> None:
    """Record a package that was made."""
    registry.insert("package_sent", values)


def add_receipt(registry: Registry, sent: Sent, *, on: str, receipt: str) -> None:
    """Record the signed receipt of a package; base64 of the file."""
    registry.update("package_sent", sent.id, {"receipt_on": on, "receipt": receipt})


def receipts(registry: Registry) -> list[tuple[Sent, str]]:
    """Every package that was acknowledged, with its receipt; base64 of the file."""
    rows = registry.rows(
        f"SELECT {_SENT}, receipt FROM package_sent WHERE receipt IS NOT NULL ORDER BY id"
    )
    found = []
    for row in rows:
        values = dict(row)
        receipt = str(values.pop("receipt"))
        found.append((Sent(**values), receipt))
    return found


def _received(row: Mapping[str, Any]) -> Received:
    told = {"totals": json.loads(row["totals"]), "given_up": bool(row["given_up"])}
    return Received(**{**row, **told})


def received_from(registry: Registry, sender: str) -> list[Received]:
    """Everything merged from an office, as it came; without what is given up, also by number."""
    rows = registry.rows(
        f"SELECT {_RECEIVED} FROM package_received p WHERE sender = :sender ORDER BY id",
        sender=sender,
    )
    return [_received(dict(row)) for row in rows]


def received_by_digest(registry: Registry, digest: str) -> Received | None:
    """The merged package that has this digest."""
    row = registry.row(
        f"SELECT {_RECEIVED} FROM package_received p WHERE digest = :digest", digest=digest
    )
    return None if row is None else _received(dict(row))


def list_received(registry: Registry, periods: tuple[str, ...]) -> list[Received]:
    """Everything merged for some periods, by sender and as it came."""
    rows = registry.rows(
        f"SELECT {_RECEIVED} FROM package_received p"
        " WHERE period IN (SELECT value FROM json_each(:periods)) ORDER BY sender, id",
        periods=json.dumps(periods),
    )
    return [_received(dict(row)) for row in rows]


def add_received(registry: Registry, values: Mapping[str, Any]) -> None:
    """Record a merged package; ``totals`` as a mapping, ``away`` as a list of UUIDs."""
    told = {name: canonical(values[name]) for name in ("totals", "away")}
    registry.insert("package_received", {**values, **told})


SENDER = """(SELECT k.name FROM package_received p
    JOIN office_key k ON k.key_digest = p.key_digest WHERE p.digest = e.package)"""
"""SQL: whose package a journal entry ``e`` took in; NULL for our own work."""

_KNOWN = """SELECT p.* FROM package_received p WHERE :seq IS NULL OR EXISTS (
    SELECT 1 FROM journal_change c
    WHERE c.entity = 'package_received' AND c.row_id = p.id AND c.seq <= :seq)"""
"""What had been received at an entry of the journal, or up to now."""

_STANDING = """SELECT * FROM known p WHERE NOT EXISTS (SELECT 1 FROM known f
    WHERE f.sender = p.sender AND f.id > p.id AND f.fork_seq <= p.seq)"""
"""Of that what had not been given up for a registry set back."""


def away_by_sender(
    registry: Registry, period: str | None = None, seq: int | None = None
) -> dict[str, dict[int, str]]:
    """Whom the newest state that each office sent counts as away.

    Args:
        registry: where.
        period: only of offices whose newest state is one of this month.
        seq: as it was known at this entry of the journal; None: now.

    Returns:
        By office the members' numbers here and names.
    """
    rows = registry.rows(
        f"WITH known AS ({_KNOWN}), standing AS ({_STANDING})"
        " SELECT p.sender, m.id, m.name FROM standing p"
        " LEFT JOIN json_each(p.away) a LEFT JOIN member m ON m.uuid = a.value"
        " WHERE (:period IS NULL OR p.period = :period) AND NOT EXISTS (SELECT 1 FROM standing q"
        " WHERE q.sender = p.sender AND (q.journal_seq, q.seq) > (p.journal_seq, p.seq))",
        period=period,
        seq=seq,
    )
    found: dict[str, dict[int, str]] = {}
    for row in rows:
        people = found.setdefault(row["sender"], {})
        if row["id"] is not None:
            people[row["id"]] = row["name"]
    return found


def head(registry: Registry) -> tuple[int, str]:
    """Number and hash of the journal's last entry."""
    row = registry.row("SELECT seq, hash FROM journal_entry ORDER BY seq DESC LIMIT 1")
    return (0, "0" * 64) if row is None else (row["seq"], row["hash"])


def head_at(registry: Registry, seq: int) -> str | None:
    """The hash of one journal entry."""
    row = registry.row("SELECT hash FROM journal_entry WHERE seq = :seq", seq=seq)
    return None if row is None else str(row["hash"])
