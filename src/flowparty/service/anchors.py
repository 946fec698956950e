"""The anchors held by the level above: what its signed receipts say of our journal."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING

from flowparty.domain.errors import Problem
from flowparty.exchange.crypto import verified
from flowparty.exchange.stream import HEAD_DIGITS, MOST_BYTES, Header, Kind, split
from flowparty.repository import office_keys, packages
from flowparty.repository.check import Finding

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from flowparty.repository.packages import Sent
    from flowparty.repository.registry import Registry

__all__ = ["MOST_BYTES", "check_receipts"]


def check_receipts(registry: Registry, given: Iterable[bytes] = ()) -> Iterator[Finding]:
    """Yield every receipt that is not its signer's, or tells of another package or journal.

    Whoever rewrites the whole file can make its hashes fit, but not these signatures. Receipts
    ``given`` from outside the file show besides that an older registry was put back.
    """
    for sent, kept in packages.receipts(registry):
        yield from _judged(registry, sent, _attested(registry, _decoded(kept)))
    for data in given:
        header = _attested(registry, data)
        sent_then = packages.sent_by_digest(registry, header.prev) if header else None
        if header is not None and sent_then is None:
            yield Finding("receipt_unknown", "package_sent", None, header.period)
        else:
            yield from _judged(registry, sent_then, header)


def _judged(registry: Registry, sent: Sent | None, header: Header | None) -> Iterator[Finding]:
    if sent is None or header is None:
        where = (None, "") if sent is None else (sent.id, sent.period)
        yield Finding("receipt_forged", "package_sent", *where)
    elif _told(header) != _recorded(registry, sent):
        yield Finding("receipt_differs", "package_sent", sent.id, sent.period)
    elif _head(registry, header.journal_seq) != header.journal_head:
        yield Finding("receipt_journal_differs", "package_sent", sent.id, sent.period)


def _decoded(kept: str) -> bytes:
    try:
        return base64.b64decode(kept, validate=True)
    except ValueError:
        return b""


def _attested(registry: Registry, data: bytes) -> Header | None:
    """What a receipt says; None if its signature is not that of a key we know.

    A key revoked since then still signed what it signed.
    """
    try:
        stream = split(data)
        signer = office_keys.by_digest(registry, stream.header.sender_key)
        good = (
            signer is not None
            and signer.holder == stream.header.sender
            and verified(bytes.fromhex(signer.sign_key), stream.signed, stream.signature)
        )
    except (ValueError, TypeError, Problem):
        return None  # a flipped bit may have made anything of a key
    return stream.header if good else None


def _told(header: Header) -> tuple[object, ...]:
    return (
        header.kind, header.sender, header.recipient, header.prev, header.period,
        header.revision, header.seq, header.journal_seq, header.journal_head,
    )  # fmt: skip


def _recorded(registry: Registry, sent: Sent) -> tuple[object, ...]:
    return (
        Kind.RECEIPT, sent.recipient, registry.office, sent.digest, sent.period,
        sent.revision, sent.seq, sent.journal_seq, sent.journal_head,
    )  # fmt: skip


def _head(registry: Registry, seq: int) -> str:
    return (packages.head_at(registry, seq) or "")[:HEAD_DIGITS]
