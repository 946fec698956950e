"""Judging a package before it is merged: signature, addressee, month, number, form, rules, totals.

Nothing of a file is parsed before its signature was found good.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date
from typing import TYPE_CHECKING

from flowparty.domain import forks
from flowparty.domain import packages as rules
from flowparty.domain.errors import BadValue, Conflict, Untrusted
from flowparty.domain.orgs import OrgKind, division_uuid
from flowparty.domain.packages import Link
from flowparty.domain.period import Period, parse_period
from flowparty.exchange import figures, payload
from flowparty.exchange.cards import spoken
from flowparty.exchange.content import first_fault
from flowparty.exchange.crypto import unseal, verified
from flowparty.exchange.stream import Kind
from flowparty.repository import office_keys, packages, settings
from flowparty.repository.codes import load_tables
from flowparty.repository.divisions import load_gazetteer
from flowparty.service.month_rules import rules_of

if TYPE_CHECKING:
    from flowparty.domain.forks import Fork
    from flowparty.exchange.payload import Payload
    from flowparty.exchange.stream import Header, Stream
    from flowparty.repository.office_keys import OfficeKey
    from flowparty.repository.packages import Received
    from flowparty.repository.registry import Registry
    from flowparty.service.arrivals import Terms
    from flowparty.service.keys import Unlocked


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


@dataclass(frozen=True, slots=True)
class Opened:
    """A package judged good, and the months missing before it.

    One ``behind`` is older than what was merged: its month is recorded, its rows are not merged.
    ``fork`` is what is given up for it.
    """

    contents: Payload
    missing: list[str]
    behind: bool
    fork: Fork | None


def open_package(
    registry: Registry, stream: Stream, signer: OfficeKey, keys: Unlocked, terms: Terms
) -> Opened:
    """Judge and decrypt a verified package."""
    header = stream.header
    identity = settings.identity(registry)
    require_ours(registry, header)
    rules.check_below(signer.division, identity.division)
    if header.unit != signer.division:
        raise Conflict("package_not_below", unit=header.unit, ours=signer.division)
    month = _month(header)
    known = rules.ended(month, rules_of(registry, month), today=terms.today)
    every = packages.received_from(registry, header.sender)
    before = [one for one in every if not one.given_up]
    arriving = Link(header.seq, stream.digest, header.period, header.revision,
                    header.journal_seq, header.journal_head)  # fmt: skip
    _require_number(header, arriving, signer, before, terms)
    _require_signer_in_force(registry, signer, header.seq, before)
    plain = unseal(stream.ciphertext, keys.for_digest(header.recipient_key), stream.info)
    contents = payload.decode(plain)
    if contents.header != header.as_dict():
        raise Untrusted("package_header_differs")
    chain = _chain(contents)
    rules.check_whole(header.seq, header.prev, chain)
    received, fork = _continued(arriving, chain, [_link(one) for one in before], terms)
    rules.check_state(arriving, received)
    rules.check_rules(month, contents.rules, known)
    fault = first_fault(contents.tables, load_tables(), terms.today)
    if fault is not None:
        raise Untrusted("package_content", **asdict(fault))
    _require_offices(contents, signer)
    require_totals(contents, signer.division)
    months = {one.period for one in every}
    missing = [
        month
        for month in rules.missing_months(header.period, chain, received, months)
        if not terms.comes_along(header.sender, header.seq, month)
    ]
    if missing and terms.gap is None:
        raise Conflict("package_gap", seq=header.seq, period=header.period, missing=missing)
    return Opened(contents, missing, rules.is_behind(arriving, received), fork)


def _require_number(
    header: Header, arriving: Link, signer: OfficeKey, before: list[Received], terms: Terms
) -> None:
    """Refuse a number that is not the sender's next, unless its registry is said to be set back.

    Then it is the key that must be in force, and the package newer than what it pushes aside.
    """
    if not terms.restored:
        rules.check_number(arriving, [_link(one) for one in before])
        return
    forks.check_in_force(header.seq, signer.name, live=signer.live)
    if before:
        last = before[-1]
        forks.check_made_since(header.seq, header.at, last.seq, last.made_at)


def _continued(
    arriving: Link, chain: list[Link], received: list[Link], terms: Terms
) -> tuple[list[Link], Fork | None]:
    """The packages that this one goes on from, which must be all; else what is given up for it."""
    if not terms.restored:
        rules.check_chain(chain, received)
        return received, None
    fork = forks.parting(chain, received)
    kept = received if fork is None else [one for one in received if one.seq < fork.seq]
    return kept, forks.check_given_up(arriving, fork, kept)


def _require_signer_in_force(
    registry: Registry, signer: OfficeKey, seq: int, before: list[Received]
) -> None:
    later = {key.key_digest: key.first_seq for key in office_keys.after(registry, signer)}
    told = [first for first in later.values() if first is not None]
    signed = [one.seq for one in before if one.key_digest in later]
    rules.check_signer(seq, [*told, *signed], signer.name)


def require_ours(registry: Registry, header: Header) -> None:
    """Refuse what is addressed to another office."""
    if header.recipient != registry.office:
        raise Conflict("package_for_other", recipient=_addressee(registry, header),
                       ours=settings.identity(registry).name)  # fmt: skip


def _addressee(registry: Registry, header: Header) -> str:
    """The name of the office a file is for: a package's lies above its sender, a receipt's below.

    Nobody need know that office here; its name then follows from its division code.
    """
    known = office_keys.of_holder(registry, header.recipient)
    if known:
        return known[0].name
    division = header.unit if header.kind == Kind.RECEIPT else header.unit[:-3]
    if division_uuid(division, OrgKind.COMMITTEE) != header.recipient:
        return header.recipient[:8]
    place = load_gazetteer().get(division)
    return place.names[-1] if place else division


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
        links = [Link(**one) for one in contents.chain]
        for link in links:
            parse_period(link.period)
    except (TypeError, AttributeError, BadValue):
        raise Untrusted("package_malformed", detail="chain") from None
    return links


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
