"""The anchors held by the level above: what its signed receipts say of our journal."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING

from flowparty.domain.errors import Problem, Untrusted
from flowparty.exchange.crypto import verified
from flowparty.exchange.stream import HEAD_DIGITS, MOST_BYTES, Header, Kind, split
from flowparty.repository import office_keys, packages
from flowparty.repository.check import Finding
from flowparty.service.opening import require_ours

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flowparty.exchange.stream import Stream
    from flowparty.repository.packages import Sent
    from flowparty.repository.registry import Registry

__all__ = ["MOST_BYTES", "check_given", "check_receipts"]


def check_receipts(registry: Registry) -> Iterator[Finding]:
    """Yield every receipt recorded that is not its signer's, or of another package or journal.

    Whoever rewrites the whole file can make its hashes fit, but not these signatures.
    """
    for sent, kept in packages.receipts(registry):
        header = _attested(registry, _decoded(kept))
        if header is None:
            yield Finding("receipt_forged", "package_sent", sent.id, sent.period)
        else:
            yield from _judged(registry, sent, header)


def check_given(registry: Registry, data: bytes) -> Iterator[Finding]:
    """Yield what a receipt kept outside the file shows: above all that an older file was put back.

    A file that is no receipt of ours says nothing of the registry, so it is refused.

    Raises:
        Untrusted: no receipt, cut off, or not signed by a key we know. Conflict: another office's.
    """
    stream = split(data)
    if stream.header.kind != Kind.RECEIPT:
        raise Untrusted("receipt_not_one")
    if not _signed(registry, stream):
        raise Untrusted("receipt_unsigned")
    require_ours(registry, stream.header)
    sent = packages.sent_by_digest(registry, stream.header.prev)
    if sent is None:
        yield Finding("receipt_unknown", "package_sent", None, stream.header.period)
    else:
        yield from _judged(registry, sent, stream.header)


def _judged(registry: Registry, sent: Sent, header: Header) -> Iterator[Finding]:
    if _told(header) != _recorded(registry, sent):
        yield Finding("receipt_differs", "package_sent", sent.id, sent.period)
    elif _head(registry, header.journal_seq) != header.journal_head:
        yield Finding("receipt_journal_differs", "package_sent", sent.id, sent.period)


def _decoded(kept: str) -> bytes:
    try:
        return base64.b64decode(kept, validate=True)
    except ValueError:
        return b""


def _attested(registry: Registry, data: bytes) -> Header | None:
    """What a receipt says; None if its signature is not that of a key we know."""
    try:
        stream = split(data)
        return stream.header if _signed(registry, stream) else None
    except (ValueError, TypeError, Problem):
        return None  # a flipped bit may have made anything of a key


def _signed(registry: Registry, stream: Stream) -> bool:
    """Whether a key we know signed it; one revoked since then still signed what it signed."""
    signer = office_keys.by_digest(registry, stream.header.sender_key)
    return (
        signer is not None
        and signer.holder == stream.header.sender
        and verified(bytes.fromhex(signer.sign_key), stream.signed, stream.signature)
    )


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
