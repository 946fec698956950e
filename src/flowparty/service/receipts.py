"""Receipts: our signature over a package and its sender's anchor, and theirs over ours."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING

from flowparty import files
from flowparty.domain.errors import Conflict, Untrusted
from flowparty.exchange import payload
from flowparty.exchange.crypto import unseal
from flowparty.exchange.stream import Header, Kind, Stream
from flowparty.repository import office_keys, packages
from flowparty.service.arrivals import Arrived, Terms, arrived
from flowparty.service.opening import require_ours
from flowparty.service.packing import seal_stream

if TYPE_CHECKING:
    from flowparty.repository.office_keys import OfficeKey
    from flowparty.repository.packages import Sent
    from flowparty.repository.registry import Registry
    from flowparty.service.keys import Unlocked


def make(
    registry: Registry, stream: Stream, signer: OfficeKey, keys: Unlocked, terms: Terms
) -> bytes:
    """A receipt: our signature over the package's digest and the sender's anchor."""
    told = stream.header
    to = office_keys.live_of(registry, signer.holder) or signer
    header = Header(
        kind=Kind.RECEIPT,
        sender=registry.office,
        sender_key=keys.card.key_digest,
        recipient=to.holder,
        recipient_key=to.key_digest,
        unit=told.unit,
        year=told.year,
        month=told.month,
        revision=told.revision,
        seq=told.seq,
        prev=stream.digest,
        journal_seq=told.journal_seq,
        journal_head=told.journal_head,
        at=int(terms.at.timestamp()),
    )
    plain = payload.compress({"schema": payload.SCHEMA, "header": header.as_dict()})
    return seal_stream(header, plain, keys, bytes.fromhex(to.seal_key))


def file_name(arrived: Arrived) -> str:
    """The name of a package's receipt: whose it is, of which month and number; no two are alike."""
    numbers = (arrived.period, f"{arrived.seq:04d}")
    return files.file_name(arrived.sender, arrived.unit, *numbers, ending=".receipt")


def take(
    registry: Registry,
    stream: Stream,
    signer: OfficeKey,
    keys: Unlocked,
    terms: Terms,
    data: bytes,
) -> Arrived:
    """Record the receipt of a package of ours, once.

    Raises:
        Conflict: for another office, of no package of ours, or over another journal.
    """
    header = stream.header
    require_ours(registry, header)
    plain = unseal(stream.ciphertext, keys.for_digest(header.recipient_key), stream.info)
    if payload.decompress(plain) != {"schema": payload.SCHEMA, "header": header.as_dict()}:
        raise Untrusted("package_header_differs")
    sent = _acknowledged(registry, header)
    if sent.receipt_on is not None or terms.dry_run:
        outcome = "receipt_known" if sent.receipt_on is not None else "receipt"
        return arrived(outcome, header, signer, sent.members)
    with registry.write(package=stream.digest):
        packages.add_receipt(
            registry, sent, on=terms.today.isoformat(), receipt=base64.b64encode(data).decode()
        )
    return arrived("receipt", header, signer, sent.members)


def _acknowledged(registry: Registry, header: Header) -> Sent:
    sent = packages.sent_by_digest(registry, header.prev)
    if sent is None or sent.recipient != header.sender:
        raise Conflict("receipt_unknown", period=header.period, seq=header.seq)
    anchor = (sent.journal_seq, sent.journal_head)
    if anchor != (header.journal_seq, header.journal_head):
        raise Conflict("package_journal_differs", entry=sent.journal_seq, known=sent.journal_head,
                       given=header.journal_head)  # fmt: skip
    return sent
