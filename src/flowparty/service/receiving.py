"""``report receive``: verified, then read, then compared, then merged in one transaction.

The order is fixed: size, signature, recipient, period and number, decryption, form, totals.
Nothing of a file is parsed before its signature was found good, and nothing is written before all
is judged.
"""

from __future__ import annotations

import base64
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from flowparty.domain import packages as rules
from flowparty.domain.errors import Conflict, TooNew, Untrusted
from flowparty.domain.orgs import OrgKind, division_uuid
from flowparty.domain.packages import Link
from flowparty.domain.period import Period
from flowparty.exchange import figures, payload
from flowparty.exchange.cards import spoken
from flowparty.exchange.crypto import unseal, verified
from flowparty.exchange.stream import MOST_BYTES, Header, Kind, Stream, split
from flowparty.repository import office_keys, packages, settings
from flowparty.service import merging
from flowparty.service.keys import Unlocked
from flowparty.service.merge_plan import plan
from flowparty.service.packing import seal_stream

if TYPE_CHECKING:
    from datetime import datetime

    from flowparty.exchange.payload import Payload
    from flowparty.repository.office_keys import OfficeKey
    from flowparty.repository.packages import Received, Sent
    from flowparty.repository.registry import Registry
    from flowparty.service.merge_plan import Plan
    from flowparty.service.merging import Difference
    from flowparty.settings import Settings


__all__ = ["MOST_BYTES", "Arrived", "Terms", "Unlocked", "number_of", "open_package", "receive",
           "require_totals", "verify"]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Arrived:
    """What became of one file: ``outcome`` is a code of table ``arrival``."""

    outcome: str
    unit: str
    sender: str
    period: str
    revision: int
    seq: int
    members: int
    missing: tuple[str, ...]
    differences: tuple[Difference, ...]
    conflicts: int
    receipt: bytes | None


@dataclass(frozen=True, slots=True)
class Terms:
    """Under what conditions a file is taken: the day, the clock, a gap's reason, or only a look."""

    today: date
    at: datetime
    gap: str | None = None
    dry_run: bool = False


def receive(registry: Registry, data: bytes, keys: Unlocked, terms: Terms) -> Arrived:
    """Take one file: a package from below, or a receipt from above.

    Raises:
        Untrusted: too large, damaged, not signed by a key we trust, or malformed (15).
        TooNew: a newer program made it (14). BadKey: sealed to a key we have no more (12).
        Conflict: for somebody else, wrong month, older, a fork, a gap, or other totals (16).
    """
    stream = split(data)
    signer = verify(registry, stream)
    if stream.header.kind == Kind.RECEIPT:
        return _receipt_arrived(registry, stream, signer, keys, terms, data)
    known = packages.received_by_digest(registry, stream.digest)
    if known is not None:
        receipt = None if terms.dry_run else _receipt(registry, stream, signer, keys, terms)
        return _arrived("already", stream.header, signer, known.members, receipt=receipt)
    contents, missing = open_package(registry, stream, signer, keys, terms)
    return _merge(registry, stream, signer, keys, terms, contents, missing)


def number_of(data: bytes) -> int:
    """The number a file claims, to take several of one office in order; 0 if it is no package."""
    try:
        return split(data).header.seq
    except (Untrusted, TooNew):
        return 0


def verify(registry: Registry, stream: Stream) -> OfficeKey:
    """The trusted key that signed the file.

    Raises:
        Untrusted: an unknown or revoked key, another office's, or the signature is wrong.
    """
    header = stream.header
    signer = office_keys.by_digest(registry, header.sender_key)
    if signer is None or signer.holder != header.sender:
        raise Untrusted("package_sender_unknown", fingerprint=spoken(header.sender_key))
    if signer.revoked_on is not None:
        raise Untrusted("package_key_revoked", name=signer.name, on=signer.revoked_on)
    if not verified(bytes.fromhex(signer.sign_key), stream.signed, stream.signature):
        raise Untrusted("package_signature_wrong", name=signer.name)
    return signer


def open_package(
    registry: Registry, stream: Stream, signer: OfficeKey, keys: Unlocked, terms: Terms
) -> tuple[Payload, list[str]]:
    """Judge and decrypt a verified package; returns its contents and the months missing."""
    header = stream.header
    identity, in_force = settings.identity(registry), settings.load(registry)
    _require_ours(registry, header)
    rules.check_below(signer.division, identity.division)
    if header.unit != signer.division:
        raise Conflict("package_not_below", unit=header.unit, ours=signer.division)
    month = _month(header)
    rules.check_period(month, today=terms.today, cutoff_day=in_force.cutoff_day)
    received = [_link(one) for one in packages.received_from(registry, header.sender)]
    arriving = Link(header.seq, stream.digest, header.period, header.revision,
                    header.journal_seq, header.journal_head)  # fmt: skip
    rules.check_order(arriving, received)
    plain = unseal(stream.ciphertext, keys.for_digest(header.recipient_key), stream.info)
    contents = payload.decode(plain)
    if contents.header != header.as_dict():
        raise Untrusted("package_header_differs")
    chain = _chain(contents)
    rules.check_chain(arriving, header.prev, chain, received)
    _require_rules(contents, month, in_force)
    _require_offices(contents, signer)
    require_totals(contents, signer.division)
    missing = rules.missing_months(header.period, chain, received)
    if missing and terms.gap is None:
        raise Conflict("package_gap", period=header.period, missing=missing)
    return contents, missing


def _require_ours(registry: Registry, header: Header) -> None:
    if header.recipient != registry.office:
        known = office_keys.live_of(registry, header.recipient)
        raise Conflict("package_for_other", recipient=known.name if known else header.recipient,
                       ours=settings.identity(registry).name)  # fmt: skip


def _month(header: Header) -> Period:
    try:
        date(header.year, header.month, 1)
    except ValueError:
        raise Untrusted("package_malformed", detail="period") from None
    return Period(header.year, header.month)


def _link(one: Received) -> Link:
    return Link(one.seq, one.digest, one.period, one.revision, one.journal_seq, one.journal_head)


def _chain(contents: Payload) -> list[Link]:
    try:
        return [Link(**one) for one in contents.chain]
    except TypeError:
        raise Untrusted("package_malformed", detail="chain") from None


def _require_rules(contents: Payload, month: Period, in_force: Settings) -> None:
    """Both offices must count by the same rules, or their figures could not be added."""
    ours = {
        "since": month.start(in_force.cutoff_day).isoformat(),
        "on": month.end(in_force.cutoff_day).isoformat(),
        "threshold_months": in_force.threshold_months,
        "group_size": in_force.group_size,
    }
    for name, value in ours.items():
        if contents.rules.get(name) != value:
            raise Conflict("package_rules_differ", rule=name, ours=value,
                           theirs=contents.rules.get(name))  # fmt: skip


def _require_offices(contents: Payload, signer: OfficeKey) -> None:
    if not all(
        isinstance(one, str) and one.startswith(signer.division) for one in contents.offices
    ):
        raise Conflict("package_row_foreign", entity="office")


def require_totals(contents: Payload, division: str) -> None:
    """Count the totals anew from the rows and compare every cell.

    Raises:
        Conflict: ``package_totals_differ`` with the cell and both values.
    """
    told = contents.rules
    try:
        measure = figures.Measure(
            date.fromisoformat(told["since"]),
            date.fromisoformat(told["on"]),
            told["threshold_months"],
            told["group_size"],
            division,
        )
        counted = figures.count(contents.tables, measure)
        stated = {"": contents.totals["whole"], **contents.totals["branches"]}
        found = rules.first_difference(stated, {"": counted["whole"], **counted["branches"]})
    except (KeyError, ValueError, TypeError, AttributeError):
        raise Untrusted("package_malformed", detail="totals") from None
    if found is not None:
        raise Conflict("package_totals_differ", cell=found[0], stated=found[1], found=found[2])


def _merge(
    registry: Registry,
    stream: Stream,
    signer: OfficeKey,
    keys: Unlocked,
    terms: Terms,
    contents: Payload,
    missing: list[str],
) -> Arrived:
    offices = [division_uuid(one, OrgKind.COMMITTEE) for one in contents.offices]
    judged = plan(registry, contents.tables, offices)
    head = packages.head(registry)
    found = merging.differences(judged, contents.tables)
    count, people = len(judged.conflicts), len(contents.tables["member"])
    if not terms.dry_run:
        with registry.bulk(), registry.write(terms.gap or "", package=stream.digest):
            if packages.head(registry) != head:
                if packages.received_by_digest(registry, stream.digest) is not None:
                    return _arrived("already", stream.header, signer, people)
                received = [_link(o) for o in packages.received_from(registry, signer.holder)]
                rules.check_order(_arriving(stream), received)
                judged = plan(registry, contents.tables, offices)
            _write(registry, stream, signer, terms, contents, judged, offices, missing)
    return _arrived(
        "looked" if terms.dry_run else "merged",
        stream.header,
        signer,
        people,
        missing=tuple(missing),
        differences=tuple(found),
        conflicts=count,
        receipt=None if terms.dry_run else _receipt(registry, stream, signer, keys, terms),
    )


def _arriving(stream: Stream) -> Link:
    header = stream.header
    return Link(header.seq, stream.digest, header.period, header.revision, header.journal_seq,
                header.journal_head)  # fmt: skip


def _write(
    registry: Registry,
    stream: Stream,
    signer: OfficeKey,
    terms: Terms,
    contents: Payload,
    judged: Plan,
    offices: list[str],
    missing: list[str],
) -> None:
    merging.apply(registry, judged)
    merging.record_conflicts(registry, judged, offices, package=stream.digest, today=terms.today)
    header = stream.header
    packages.add_received(
        registry,
        {
            "sender": signer.holder,
            "key_digest": signer.key_digest,
            "period": header.period,
            "revision": header.revision,
            "seq": header.seq,
            "digest": stream.digest,
            "journal_seq": header.journal_seq,
            "journal_head": header.journal_head,
            "members": len(contents.tables["member"]),
            "totals": contents.totals,
            "on": terms.today.isoformat(),
            "gap": f"{' '.join(missing)}: {terms.gap}" if missing else None,
        },
    )


def _arrived(
    outcome: str,
    header: Header,
    signer: OfficeKey,
    members: int,
    *,
    missing: tuple[str, ...] = (),
    differences: tuple[Difference, ...] = (),
    conflicts: int = 0,
    receipt: bytes | None = None,
) -> Arrived:
    return Arrived(
        outcome,
        signer.division,
        signer.name,
        header.period,
        header.revision,
        header.seq,
        members,
        missing,
        differences,
        conflicts,
        receipt,
    )


def _receipt(
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


def _receipt_arrived(
    registry: Registry,
    stream: Stream,
    signer: OfficeKey,
    keys: Unlocked,
    terms: Terms,
    data: bytes,
) -> Arrived:
    header = stream.header
    _require_ours(registry, header)
    plain = unseal(stream.ciphertext, keys.for_digest(header.recipient_key), stream.info)
    if payload.decompress(plain) != {"schema": payload.SCHEMA, "header": header.as_dict()}:
        raise Untrusted("package_header_differs")
    sent = _acknowledged(registry, header)
    if sent.receipt_on is not None or terms.dry_run:
        outcome = "receipt_known" if sent.receipt_on is not None else "receipt"
        return _arrived(outcome, header, signer, sent.members)
    with registry.write(package=stream.digest):
        packages.add_receipt(
            registry, sent, on=terms.today.isoformat(), receipt=base64.b64encode(data).decode()
        )
    return _arrived("receipt", header, signer, sent.members)


def _acknowledged(registry: Registry, header: Header) -> Sent:
    sent = packages.sent_by_digest(registry, header.prev)
    if sent is None or sent.recipient != header.sender:
        raise Conflict("receipt_unknown", period=header.period, seq=header.seq)
    anchor = (sent.journal_seq, sent.journal_head)
    if anchor != (header.journal_seq, header.journal_head):
        raise Conflict("package_journal_differs", entry=sent.journal_seq, known=sent.journal_head,
                       given=header.journal_head)  # fmt: skip
    return sent
