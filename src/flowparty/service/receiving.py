"""``report receive``: verified, then read, then compared, then merged in one transaction.

The order is fixed: size, signature, recipient, period and number, decryption, form, totals; and
nothing is written before all is judged.
"""

from __future__ import annotations

from contextlib import contextmanager, suppress
from datetime import date
from typing import TYPE_CHECKING

from flowparty.domain.errors import Conflict, TooNew, Untrusted
from flowparty.domain.orgs import OrgKind, division_uuid
from flowparty.domain.packages import gap_text
from flowparty.exchange.cards import is_card
from flowparty.exchange.figures import away_members
from flowparty.exchange.stream import MOST_BYTES, Kind, Stream, split
from flowparty.repository import packages
from flowparty.service import merging, receipts
from flowparty.service.arrivals import Arrived, Terms, arrived
from flowparty.service.keys import Unlocked
from flowparty.service.merge_plan import plan
from flowparty.service.opening import open_package, verify
from flowparty.service.receipts import file_name as receipt_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from contextlib import AbstractContextManager

    from flowparty.repository.office_keys import OfficeKey
    from flowparty.repository.registry import Registry
    from flowparty.service.opening import Opened

__all__ = [
    "MOST_BYTES",
    "Arrived",
    "Terms",
    "Unlocked",
    "along",
    "number_of",
    "receipt_name",
    "receive",
    "trial",
]


def number_of(data: bytes) -> int:
    """The number a file claims, to take several of one office in order; 0 if it is no package."""
    try:
        return split(data).header.seq
    except (Untrusted, TooNew):
        return 0


def along(registry: Registry, files: Iterable[bytes]) -> frozenset[tuple[str, int, str]]:
    """What comes in one run, for ``Terms.along``: of files that somebody we trust has signed."""
    found = set()
    for data in files:
        with suppress(Untrusted, TooNew):
            stream = split(data)
            verify(registry, stream)
            found.add((stream.header.sender, stream.header.seq, stream.header.period))
    return frozenset(found)


@contextmanager
def trial(registry: Registry) -> Iterator[None]:
    """Everything that is received inside is taken back at the end, as ``Terms.dry_run`` asks."""
    with suppress(_TakenBackError), registry.write():
        yield
        raise _TakenBackError


class _TakenBackError(Exception):
    """Takes a trial back."""


def receive(registry: Registry, data: bytes, keys: Unlocked, terms: Terms) -> Arrived:
    """Take one file: a package from below, or a receipt from above; a dry run inside ``trial``.

    Raises:
        Untrusted: too large, damaged, not signed by a key we trust, or malformed (15).
        TooNew: a newer program made it (14). BadKey: sealed to a key we have no more (12).
        Conflict: for somebody else, wrong month, older, a fork, a gap, or other totals (16).
    """
    while True:
        head = packages.head(registry)
        stream = _taken_apart(data)
        signer = verify(registry, stream)
        if stream.header.kind == Kind.RECEIPT:
            return receipts.take(registry, stream, signer, keys, terms, data)
        known = packages.received_by_digest(registry, stream.digest)
        if known is not None:
            back = None if terms.dry_run else receipts.make(registry, stream, signer, keys, terms)
            return arrived("already", stream.header, signer, known.members, receipt=back)
        taken = _take_package(registry, stream, signer, keys, terms, head)
        if taken is not None:
            return taken


def _taken_apart(data: bytes) -> Stream:
    """The parts of a file; a card of keys, on the same stick, is told as what it is."""
    if is_card(data):
        raise Untrusted("package_is_card")
    return split(data)


def _take_package(
    registry: Registry,
    stream: Stream,
    signer: OfficeKey,
    keys: Unlocked,
    terms: Terms,
    head: tuple[int, str],
) -> Arrived | None:
    """Judge a verified package and merge it; None if somebody wrote here since ``head``."""
    try:
        opened = open_package(registry, stream, signer, keys, terms)
        tables = opened.contents.tables
        offices = [division_uuid(one, OrgKind.COMMITTEE) for one in opened.contents.offices]
        judged = None if opened.behind else plan(registry, tables, offices, signer.division)
    except Conflict:
        if packages.head(registry) == head:
            raise
        return None
    found = [] if judged is None else merging.differences(judged, tables)
    conflicts = 0
    with registry.bulk(), _writing(registry, stream, terms):
        untouched = packages.head(registry) == head
        if untouched and judged is not None:
            merging.apply(registry, judged)
            conflicts = merging.record_conflicts(
                registry, judged, offices, package=stream.digest, today=terms.today
            )
        if untouched:
            _record(registry, stream, signer, terms, opened)
    if not untouched:
        return None
    return arrived(
        "looked" if terms.dry_run else "recorded" if opened.behind else "merged",
        stream.header,
        signer,
        len(tables["member"]),
        missing=tuple(opened.missing),
        differences=tuple(found),
        conflicts=conflicts,
        fork=opened.fork,
        receipt=None if terms.dry_run else receipts.make(registry, stream, signer, keys, terms),
    )


def _writing(registry: Registry, stream: Stream, terms: Terms) -> AbstractContextManager[None]:
    if terms.dry_run:
        return registry.attempt()
    return registry.write(terms.gap or terms.reason, package=stream.digest)


def _record(
    registry: Registry, stream: Stream, signer: OfficeKey, terms: Terms, opened: Opened
) -> None:
    header, contents = stream.header, opened.contents
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
            "away": away_members(contents.tables, date.fromisoformat(contents.rules["on"])),
            "on": terms.today.isoformat(),
            "gap": gap_text(opened.missing, terms.gap or ""),
            "made_at": min(header.at, int(terms.at.timestamp())),
            "fork_seq": opened.fork and opened.fork.seq,
            "fork_head": opened.fork and opened.fork.journal_head,
        },
    )
