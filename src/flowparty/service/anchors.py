"""What the level above signed of our journal: its receipts, against the journal as it is now."""

from __future__ import annotations

import base64
import binascii
from typing import TYPE_CHECKING

from flowparty.domain.errors import TooNew, Untrusted
from flowparty.exchange.crypto import verified
from flowparty.exchange.stream import split
from flowparty.repository import office_keys, packages
from flowparty.repository.check import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flowparty.exchange.stream import Header
    from flowparty.repository.registry import Registry


def check_receipts(registry: Registry) -> Iterator[Finding]:
    """Yield every receipt that is not as it was signed, or that signs another journal than ours.

    An older registry put back, an end cut off and a chain written anew all show here, because
    nobody can sign for the level above; also after its key was changed or revoked.
    """
    for kept in packages.receipts(registry):
        header = _signed(registry, kept.receipt)
        if header is None or header.prev != kept.digest:
            yield Finding("receipt_altered", "package_sent", kept.id, kept.period)
        elif not (kept.head or "").startswith(header.journal_head) or (
            header.journal_seq != kept.journal_seq
        ):
            yield Finding("receipt_differs", "package_sent", kept.id, kept.period)


def _signed(registry: Registry, receipt: str) -> Header | None:
    try:
        stream = split(base64.b64decode(receipt, validate=True))
    except (Untrusted, TooNew, binascii.Error, ValueError):
        return None
    signer = office_keys.by_digest(registry, stream.header.sender_key)
    if signer is None:
        return None
    key = bytes.fromhex(signer.sign_key)
    return stream.header if verified(key, stream.signed, stream.signature) else None
