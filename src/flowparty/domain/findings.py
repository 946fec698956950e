"""What does not add up between the returns of a month, with the people behind it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

from flowparty.domain.ledger import CELLS, SCOPES, totals

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from flowparty.domain.ledger import Away, BranchRow, EventFact


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that does not add up, with the people behind it; ``cell`` is one of the 统计表.

    ``events`` stands for all figures of what happened to cards.
    """

    code: str
    cell: str
    people: tuple[str, ...]

    @property
    def where(self) -> str:
        """The figure's whole name, as ``report cells`` lists it."""
        return self.cell if self.cell == "events" else f"card.{self.cell}"

    def __str__(self) -> str:
        """For programs."""
        return f"{self.code} ({self.where}): {', '.join(self.people)}"


def disagreements(
    rows: Sequence[BranchRow],
    away: Sequence[Away],
    events: Sequence[EventFact],
    apart: Collection[frozenset[int]] = (),
) -> list[Finding]:
    """What does not add up between the 台账, the 统计表 and its branches; empty when all is well.

    Checked: nobody counted twice; everybody in exactly one branch row; each cell's branches sum to
    its total; the five destinations sum to the whole; held and lacking sum to due. ``apart`` are
    pairs of members of whom it was settled that they are two people with one identity number.
    """
    known = {row.branch_id for row in rows}
    whole = totals(away, events)
    findings = [
        Finding("counted_twice", "away", _names(_doubles(away, apart))),
        Finding("no_branch_row", "away", _names(a for a in away if a.branch_id not in known)),
        Finding("no_branch_row", "events", _names(e for e in events if e.branch_id not in known)),
        Finding("destination_unclassed", "away", _names(a for a in away if _classes(a) != 1)),
        Finding(
            "due_unexplained",
            "due",
            _names(a for a in away if a.card_due and a.card_held == (a.lacking is not None)),
        ),
    ]
    findings = [finding for finding in findings if finding.people]
    return findings or sums_differ(rows, whole, len(away))


def sums_differ(rows: Sequence[BranchRow], total: BranchRow, listed: int) -> list[Finding]:
    """Figures that do not add up among themselves: all that can be said of frozen ones.

    Checked: each cell's branches sum to its total; the 统计表 counts as many as the 台账 lists; the
    destinations sum to the whole; held and lacking sum to due, in every row.

    Args:
        rows: the rows of the 统计表.
        total: its total.
        listed: how many people the 台账 lists.
    """
    codes = [
        ("totals_differ", key)
        for key, n in total.counts.items()
        if sum(row.counts[key] for row in rows) != n
    ]
    if total.counts["away"] != listed:
        codes.append(("forms_differ", "away"))
    for row in (*rows, total):
        if sum(row.counts[key] for key in SCOPES) != row.counts["away"]:
            codes.append(("destinations_differ", "away"))
        if row.counts["held"] + sum(row.lacking.values()) != row.counts["due"]:
            codes.append(("due_differs", "due"))
    return [Finding(code, cell, ()) for code, cell in dict.fromkeys(codes)]


def _doubles(away: Sequence[Away], apart: Collection[frozenset[int]]) -> Iterator[Away]:
    """Who stands there twice: by record, or as one identity number that two offices sent."""
    by_number: dict[str, list[Away]] = {}
    for person in away:
        if person.id_number is not None:
            by_number.setdefault(person.id_number.reveal(), []).append(person)
    alike = (
        pair
        for people in by_number.values()
        for pair in combinations(people, 2)
        if frozenset(person.member_id for person in pair) not in apart
    )
    twice = {person.member_id for pair in alike for person in pair}
    records = Counter(person.member_id for person in away)
    return (p for p in away if records[p.member_id] > 1 or p.member_id in twice)


def _classes(person: Away) -> int:
    return sum(cell.holds(person) for cell in CELLS if cell.key in SCOPES)


def _names(people: Iterable[Away | EventFact]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(f"M{person.member_id} {person.name}" for person in people))
