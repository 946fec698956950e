"""``report pack``: a closed month as one file for the level above, signed, sealed and numbered."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from flowparty import files
from flowparty.domain.canonical import sha256
from flowparty.domain.errors import BadKey, BadValue, Conflict, Damaged
from flowparty.domain.packages import FIRST, Link, first_difference
from flowparty.exchange import figures, payload
from flowparty.exchange.content import first_fault
from flowparty.exchange.crypto import SEAL_BYTES, seal, sign
from flowparty.exchange.selection import select
from flowparty.exchange.stream import HEAD_DIGITS, MOST_BYTES, Header, Kind
from flowparty.repository import closings, office_keys, orgs, outgoing, packages, settings
from flowparty.repository.codes import load_tables
from flowparty.service.frozen import frozen
from flowparty.service.month_rules import rules_of_close
from flowparty.service.recorded import Recorded

if TYPE_CHECKING:
    from datetime import date, datetime
    from pathlib import Path

    from flowparty.domain.closing import ClosedMonth
    from flowparty.domain.ledger import BranchRow
    from flowparty.domain.period import Period
    from flowparty.repository.office_keys import OfficeKey
    from flowparty.repository.packages import Sent
    from flowparty.repository.registry import Registry
    from flowparty.service.keys import Unlocked

_ABOVE = {12: 9, 9: 6}


def office_above(registry: Registry) -> OfficeKey:
    """The trusted office that our packages go to.

    Raises:
        BadKey: its key is not trusted yet. Conflict: nobody is above a county.
    """
    division = settings.identity(registry).division
    length = _ABOVE.get(len(division))
    if length is None:
        raise Conflict("pack_nobody_above")
    for key in office_keys.list_keys(registry):
        if key.live and key.division == division[:length]:
            return key
    raise BadKey("key_above_missing", division=division[:length])


def file_name(registry: Registry, period: str, seq: int) -> str:
    """The usual name of a package: the unit, the month and its number, and nobody's name."""
    unit = settings.identity(registry).name
    return files.file_name(unit, period, f"{seq:04d}", ending=".flowpkg")


@dataclass(frozen=True, slots=True)
class Made:
    """A package that was made: what is recorded of it, and its bytes."""

    sent: dict[str, Any]
    content: bytes


def pack(
    registry: Registry,
    period: Period,
    keys: Unlocked,
    folder: Path,
    *,
    output: Path | None = None,
    again: bool = False,
    today: date,
    at: datetime,
) -> Recorded[tuple[Sent, Path]]:
    """Write the package of a closed month, once; ``again`` makes another under the next number.

    Args:
        registry: whose month.
        period: which month; it must be closed.
        keys: ours, unlocked.
        folder: where the file goes under its usual name.
        output: the file's name instead.
        again: the file is lost: make it anew.
        today: the day of making.
        at: the machine's time, written into the header.

    Raises:
        Conflict: the month is open, it was packed already and the file is elsewhere or a key was
            changed since, or the totals of the rows are not those of the closed month.
        BadKey: no trusted key above.
    """
    recipient = office_above(registry)
    closed = closings.closed(registry, period)
    if closed is None:
        raise Conflict("pack_not_closed", period=str(period))
    before = packages.sent_to(registry, recipient.holder)
    known = [s for s in before if (s.period, s.revision) == (str(period), closed.revision)]
    seq = known[-1].seq if known and not again else len(before) + 1
    path = output or folder / file_name(registry, str(period), seq)
    if path.is_dir():
        raise BadValue("output_name_unusable", path=str(path))
    if known and not again:
        _require_same_keys(known[-1], keys, recipient)
        if path.exists() and sha256(path.read_bytes()) == known[-1].digest:
            return Recorded((known[-1], path), repeated=True)
        if files.finish_left(path, known[-1].digest):  # a run that died after its commit wrote it
            return Recorded((known[-1], path), repeated=True)
        raise Conflict(
            "pack_done", period=str(period), seq=seq, path=str(path), written_to=known[-1].file
        )
    made = _make(registry, closed, recipient, before, keys, at)
    with files.replace_file(path, keep=True) as out:
        out.write(made.content)
        files.settle(out)
        made.sent["file"] = str(path.resolve())
        _record(registry, made, len(before), keys, today)
    return Recorded((packages.sent_to(registry, recipient.holder)[-1], path))


def _require_same_keys(sent: Sent, keys: Unlocked, recipient: OfficeKey) -> None:
    """Refuse to name a package again that may be of no use, because a key was changed since.

    A receipt says that it was taken all the same.

    Raises:
        Conflict: ``pack_keys_changed``.
    """
    now = (keys.card.key_digest, recipient.key_digest)
    if sent.receipt_on is None and (sent.key_digest, sent.recipient_key) != now:
        raise Conflict("pack_keys_changed", period=sent.period, seq=sent.seq, written_to=sent.file)


def _record(registry: Registry, made: Made, before: int, keys: Unlocked, today: date) -> None:
    """Journal the package and its disclosure before the file has its name."""
    with registry.write():
        ours = office_keys.live_of(registry, registry.office)
        replaced = ours is None or ours.key_digest != keys.card.key_digest
        if replaced or len(packages.sent_to(registry, made.sent["recipient"])) != before:
            raise Conflict("pack_overtaken")
        packages.add_sent(registry, {**made.sent, "on": today.isoformat()})
        registry.disclose(
            f"package {made.sent['period']}",
            org=settings.identity(registry).name,
            rows=made.sent["members"],
            digest=made.sent["digest"],
        )


def _make(
    registry: Registry,
    closed: ClosedMonth,
    recipient: OfficeKey,
    before: list[Sent],
    keys: Unlocked,
    at: datetime,
) -> Made:
    division = settings.identity(registry).division
    header = Header(
        kind=Kind.PACKAGE,
        sender=registry.office,
        sender_key=keys.card.key_digest,
        recipient=recipient.holder,
        recipient_key=recipient.key_digest,
        unit=division,
        year=closed.period.year,
        month=closed.period.month,
        revision=closed.revision,
        seq=len(before) + 1,
        prev=before[-1].digest if before else FIRST,
        journal_seq=closed.journal_seq,
        journal_head=closed.journal_head[:HEAD_DIGITS],
        at=int(at.timestamp()),
    )
    contents = _payload(registry, closed, header, [_link(registry, sent) for sent in before])
    content = seal_stream(header, payload.encode(contents), keys, bytes.fromhex(recipient.seal_key))
    if len(content) > MOST_BYTES:
        raise Conflict("pack_too_large", size=len(content), most=MOST_BYTES)
    whole = contents.totals["whole"]["counts"]
    sent = {
        "key_digest": header.sender_key,
        "recipient": recipient.holder,
        "recipient_key": header.recipient_key,
        "period": str(closed.period),
        "revision": closed.revision,
        "seq": header.seq,
        "digest": sha256(content),
        "prev": header.prev,
        "journal_seq": header.journal_seq,
        "journal_head": header.journal_head,
        "members": len(contents.tables["member"]),
        "away": whole["away"],
    }
    return Made(sent, content)


def seal_stream(header: Header, plain: bytes, keys: Unlocked, public: bytes) -> bytes:
    """The bytes of a file: header, what is sealed to the recipient, and our signature over both."""
    head = header.pack(len(plain) + SEAL_BYTES)
    signed = head + seal(plain, public, head)
    return signed + sign(keys.current, signed)


def _payload(
    registry: Registry, closed: ClosedMonth, header: Header, chain: list[Link]
) -> payload.Payload:
    tables = select(outgoing.tables_at(registry, closed.journal_seq), closed.cutoff.isoformat())
    fault = first_fault(tables, load_tables(), closed.closed_on)
    if fault is not None:
        raise Conflict("pack_content", **asdict(fault))
    measure = figures.Measure(
        closed.since,
        closed.cutoff,
        closed.threshold_months,
        closed.group_size,
        header.unit,
    )
    known = outgoing.divisions(registry)
    offices = {row["office"] for rows in tables.values() for row in rows} | {registry.office}
    return payload.Payload(
        header=header.as_dict(),
        offices=sorted(known[office] for office in offices),
        rules={
            "since": closed.since.isoformat(),
            **rules_of_close(closed).as_dict(),
        },
        tables=tables,
        totals=_totals(registry, closed, figures.count(tables, measure)),
        chain=[link.as_dict() for link in chain],
    )


def _totals(registry: Registry, closed: ClosedMonth, counted: dict[str, Any]) -> dict[str, Any]:
    """What the rows add up to, which must be what the month was closed with.

    Raises:
        Conflict: the rows and the frozen returns differ in a cell.
    """
    ledger = frozen(registry, closed)
    uuid_of = {org.id: org.uuid for org in orgs.list_orgs(registry)}
    stated = {uuid_of[row.branch_id]: _cells(row) for row in ledger.rows if row.branch_id}
    found = first_difference(
        {"": _cells(ledger.total), **stated}, {"": counted["whole"], **counted["branches"]}
    )
    if found is not None:
        raise Conflict("pack_totals_differ", cell=found[0], stated=found[1], found=found[2])
    return counted


def _cells(row: BranchRow) -> dict[str, Any]:
    return {"counts": row.counts, "lacking": row.lacking}


def _link(registry: Registry, sent: Sent) -> Link:
    """An earlier package with the journal's head of then as the journal has it now.

    Raises:
        Damaged: they differ: this registry is not the one that sent it.
    """
    head = (packages.head_at(registry, sent.journal_seq) or "")[:HEAD_DIGITS]
    if head != sent.journal_head:
        raise Damaged("journal_anchor_differs", entry=sent.journal_seq, period=sent.period)
    return Link(sent.seq, sent.digest, sent.period, sent.revision, sent.journal_seq, head)
