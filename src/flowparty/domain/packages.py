"""Whether a package may be merged now: its period, its number, and what went before it.

A package carries everything its office knows of its people, so the newest state wins whole; what
must never happen is that an older one is laid over it, or that a missing month goes unnoticed. A
missing month sent anew after a newer one is therefore recorded, and its rows are not merged.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flowparty.domain.errors import BadKey, Conflict, Untrusted
from flowparty.domain.period import Period, parse_period

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence
    from datetime import date

FIRST = "0" * 64
"""What stands for the package before the first one."""
_MONTHS = 12


@dataclass(frozen=True, slots=True)
class Link:
    """One package in an office's chain: number, digest, month, and the journal's anchor."""

    seq: int
    digest: str
    period: str
    revision: int
    journal_seq: int
    journal_head: str

    def as_dict(self) -> dict[str, object]:
        """As it travels."""
        return {
            "seq": self.seq,
            "digest": self.digest,
            "period": self.period,
            "revision": self.revision,
            "journal_seq": self.journal_seq,
            "journal_head": self.journal_head,
        }


def check_below(division: str, ours: str) -> None:
    """Refuse a package of an office that does not report to us.

    Raises:
        Conflict: it lies elsewhere, or not right below.
    """
    step = {6: 9, 9: 12}.get(len(ours))
    if len(division) != step or not division.startswith(ours):
        raise Conflict("package_not_below", unit=division, ours=ours)


@dataclass(frozen=True, slots=True)
class MonthRules:
    """By which rules a month is counted: its last day, the threshold and the size of a group."""

    on: date
    threshold_months: int
    group_size: int

    def as_dict(self) -> dict[str, object]:
        """As they travel."""
        return {
            "on": self.on.isoformat(),
            "threshold_months": self.threshold_months,
            "group_size": self.group_size,
        }


def ended(period: Period, known: Sequence[MonthRules], *, today: date) -> list[MonthRules]:
    """Those of a month's rules by which it is over.

    Raises:
        Conflict: ``package_period_future``: it is not over by any of them.
    """
    over = [one for one in known if one.on < today]
    if not over:
        end = min(one.on for one in known)
        raise Conflict("package_period_future", period=str(period), end=end, today=today)
    return over


def check_rules(period: Period, told: Mapping[str, object], known: Sequence[MonthRules]) -> None:
    """Refuse a package counted by none of its month's rules: its figures could not be added.

    The first day is the sender's: it follows its own close before, also where the cut-off moved.

    Raises:
        Conflict: ``package_rules_differ`` with the first rule that is another and both values.
    """
    differing = [
        [(name, value) for name, value in one.as_dict().items() if told.get(name) != value]
        for one in known
    ]
    if all(differing):
        name, ours = differing[0][0]
        raise Conflict("package_rules_differ", period=str(period), rule=name, ours=ours,
                       theirs=told.get(name))  # fmt: skip


def check_number(arriving: Link, received: Sequence[Link]) -> None:
    """Refuse a number that is not above all those received from the same office, in order.

    Raises:
        Conflict: the same number with other contents (fork), or an older number.
    """
    if not received:
        return
    last = received[-1]
    same = next((link for link in received if link.seq == arriving.seq), None)
    if same is not None:
        raise Conflict(
            "package_fork", seq=arriving.seq, known=same.digest[:20], given=arriving.digest[:20]
        )
    if arriving.seq < last.seq:
        raise Conflict("package_older", seq=arriving.seq, last=last.seq, period=last.period)


def check_state(arriving: Link, received: Sequence[Link]) -> None:
    """Refuse what says nothing that is newer than what was received from the same office.

    Raises:
        Conflict: an older revision of its month, or an older state of the office's books that says
            nothing new of its month.
    """
    newest = max((r.revision for r in received if r.period == arriving.period), default=0)
    if arriving.revision < newest:
        raise Conflict(
            "package_revision_older",
            period=arriving.period,
            revision=arriving.revision,
            known=newest,
        )
    if is_behind(arriving, received) and arriving.revision == newest:
        raise Conflict("package_month_known", seq=arriving.seq, period=arriving.period)


def is_behind(arriving: Link, received: Iterable[Link]) -> bool:
    """Whether a package holds an older state of its office's books than one that was received."""
    return any(arriving.journal_seq < link.journal_seq for link in received)


def check_signer(seq: int, firsts: Iterable[int], name: str) -> None:
    """Refuse what a replaced key signed under a number that belongs to the keys after it.

    What it signed before it was replaced has a smaller number, however late it comes; whoever took
    the old key and signs anew has none left.

    Args:
        seq: the package's number.
        firsts: numbers that later keys of the office signed, or that their first package has as
            the key before said when it was replaced.
        name: the office's.

    Raises:
        BadKey: ``package_key_replaced``.
    """
    first = min(firsts, default=seq + 1)
    if seq >= first:
        raise BadKey("package_key_replaced", name=name, seq=seq, first=first)


def check_whole(seq: int, prev: str, chain: Sequence[Link]) -> None:
    """Refuse a package whose own account of what went before leaves something out.

    Raises:
        Untrusted: the chain inside is not whole.
    """
    whole = [link.seq for link in chain] == list(range(1, seq))
    if not whole or prev != (chain[-1].digest if chain else FIRST):
        raise Untrusted("package_malformed", detail="chain")


def check_chain(chain: Sequence[Link], received: Sequence[Link]) -> None:
    """Refuse a package whose own account of what went before is not ours.

    Raises:
        Conflict: it names another package, or another state of the sender's journal, at a number
            that we hold: the sender's registry was replaced or rewritten.
    """
    told = {link.seq: link for link in chain}
    for link in received:
        said = told[link.seq]
        if said.digest != link.digest:
            raise Conflict(
                "package_fork", seq=link.seq, known=link.digest[:20], given=said.digest[:20]
            )
        if (said.journal_seq, said.journal_head) != (link.journal_seq, link.journal_head):
            raise Conflict(
                "package_journal_differs",
                entry=link.journal_seq,
                known=link.journal_head,
                given=said.journal_head,
            )


def missing_months(
    period: str, chain: Iterable[Link], received: Sequence[Link], known: set[str]
) -> list[str]:
    """The months between the last one merged and this one of which we hold nothing.

    Args:
        period: the arriving package's month.
        chain: what it names before itself.
        received: the packages it goes on from.
        known: the months of which anything came.
    """
    told = {link.period for link in chain if not received or link.seq > received[-1].seq}
    return sorted((told | _between(max(known, default=period), period)) - known - {period})


def gap_text(missing: Iterable[str], reason: str) -> str | None:
    """How the months passed over stand beside a package, with the reason; None without any."""
    months = " ".join(missing)
    return f"{months}: {reason}" if months else None


def gap_left(gap: str, known: Collection[str]) -> str | None:
    """The same without the months that have come since."""
    months, _, reason = gap.partition(": ")
    return gap_text((month for month in months.split() if month not in known), reason)


def _between(first: str, last: str) -> set[str]:
    found, month = set(), parse_period(first)
    end = parse_period(last)
    while month < end:
        found.add(str(month))
        month = _after(month)
    return found


def _after(month: Period) -> Period:
    if month.month == _MONTHS:
        return Period(month.year + 1, 1)
    return Period(month.year, month.month + 1)


def first_difference(
    stated: Mapping[str, Mapping[str, Mapping[str, int]]],
    found: Mapping[str, Mapping[str, Mapping[str, int]]],
) -> tuple[str, int | None, int | None] | None:
    """The first cell in which two sets of branch totals differ: its name and both values."""
    for branch in sorted({*stated, *found}):
        for part in ("counts", "lacking"):
            ours = stated.get(branch, {}).get(part, {})
            theirs = found.get(branch, {}).get(part, {})
            for key in sorted({*ours, *theirs}):
                if ours.get(key) != theirs.get(key):
                    return f"{key} {branch}".strip(), ours.get(key), theirs.get(key)
    return None
