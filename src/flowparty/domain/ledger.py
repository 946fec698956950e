"""The two returns of the 28th: who stands in the 台账, and what each cell of the 统计表 counts.

Every figure is a rule over one named person, so that it can be opened: a cell is the people for
whom its rule holds.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

from flowparty.domain.cards import Kind, State
from flowparty.domain.places import scope

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Sequence

    from flowparty.domain.dates import PartialDate
    from flowparty.domain.ids import MemberId, OrgId
    from flowparty.domain.masking import Masked

PERCENT = 1000  # tenths of a per cent


@dataclass(frozen=True, slots=True)
class Away:
    """One member away at the cut-off: a row of the 台账, with what its rules need.

    ``erased`` marks the row of a closed month whose person was erased since: its own facts are
    gone, its part in the frozen figures is not.
    """

    member_id: MemberId
    name: str
    sex: str
    ethnicity: str | None
    id_number: Masked
    birth_date: str | None
    education: str | None
    joined_on: str | None
    full_member_on: str | None
    branch_id: OrgId | None
    branch: str | None
    home: str
    left: PartialDate | None
    destination_code: str | None
    destination_text: str | None
    reason: str
    occupation: str | None
    fixed_place: str
    host_org: str | None
    host_contact: str | None
    host_phone: Masked | None
    mobile: Masked | None
    card_number: str | None
    card_state: State | None
    verified_on: str | None
    contacted_on: str | None
    remark: str | None
    over: bool
    in_group: bool
    unit_kind: str = "unknown"
    post: str | None = None
    erased: bool = False

    @property
    def scope(self) -> str:
        """How far away, seen from the branch's own division: a code of table ``move_scope``."""
        return scope(self.home, self.destination_code)

    @property
    def transfer_due(self) -> bool:
        """Over the threshold in a fixed place: should transfer membership [2019 条例 art. 25]."""
        return self.over and self.fixed_place == "yes"

    @property
    def card_due(self) -> bool:
        """应持证: over the threshold, no transfer due, no group of three, not on official duty.

        Source: 2006-12-08 notice on the 《流动党员活动证》.
        """
        return (
            self.over and not self.transfer_due and not self.in_group and self.reason != "official"
        )

    @property
    def card_held(self) -> bool:
        """已持证: of those due, a card in use."""
        return self.card_due and self.card_state is State.IN_USE

    @property
    def lacking(self) -> str | None:
        """Why a due member holds no card: never issued, lost, or the last one ended."""
        if not self.card_due or self.card_held:
            return None
        if self.card_state is None:
            return "not_issued"
        return "lost" if self.card_state is State.LOST else "pending"


@dataclass(frozen=True, slots=True)
class Cell:
    """One column of the 统计表 that counts people away, with its one-line definition."""

    key: str
    definition: str
    holds: Callable[[Away], bool]


CELLS = (
    Cell("away", "流出党员总数：截止日仍在外的本支部党员", lambda _: True),
    Cell(
        "cross_province", "跨省：去向在省外，含港澳台和境外", lambda a: a.scope == "cross_province"
    ),
    Cell("in_province", "省内跨市(州)：去向在本省其他市(州)", lambda a: a.scope == "in_province"),
    Cell("in_city", "市(州)内跨县：去向在本市(州)其他县", lambda a: a.scope == "in_city"),
    Cell(
        "in_county",
        "县内(含镇内)：去向在本县，含本镇",
        lambda a: a.scope in ("in_county", "in_town"),
    ),
    Cell("unknown", "不掌握：地点未知，或只知到不足以归类的一级", lambda a: a.scope == "unknown"),
    Cell(
        "due", "应持证：外出满规定月数，无固定去处，非因公，不在三人以上小组", lambda a: a.card_due
    ),
    Cell("held", "已持证：应持证者中活动证在用的", lambda a: a.card_held),
)
SCOPES = ("cross_province", "in_province", "in_city", "in_county", "unknown")

EVENT_CELLS = {
    "issued": Kind.ISSUE,
    "verified": Kind.VERIFY,
    "reviewed": Kind.REVIEW,
    "reissued": Kind.REISSUE,
    "lost": Kind.LOST,
    "handed_in": Kind.HAND_IN,
}
"""Columns that count the period's card events of the branch's members, whether away or back."""

LACKING = {"not_issued": "未发", "lost": "遗失未补", "pending": "待办"}
"""未持证原因 as the form words them."""


@dataclass(frozen=True, slots=True)
class EventFact:
    """One card event inside the period; a first issue and the issue after a loss differ."""

    member_id: MemberId
    name: str
    branch_id: OrgId | None
    kind: Kind
    replacement: bool
    on: str = ""


@dataclass(frozen=True, slots=True)
class BranchRow:
    """One row of the 统计表: counts by cell key, and why cards are lacking."""

    branch_id: OrgId | None
    branch: str
    counts: dict[str, int]
    lacking: dict[str, int]

    @property
    def rate(self) -> str:
        """持证率 such as ``85.7%``; blank when nobody is due."""
        due = self.counts["due"]
        if not due:
            return ""
        tenths = (self.counts["held"] * PERCENT * 2 + due) // (due * 2)
        return f"{tenths // 10}.{tenths % 10}%"


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


def tabulate(
    branches: Sequence[tuple[OrgId, str]], away: Sequence[Away], events: Sequence[EventFact]
) -> list[BranchRow]:
    """One row for each branch given, counting the people and events of that branch."""
    people: dict[OrgId | None, list[Away]] = {}
    for person in away:
        people.setdefault(person.branch_id, []).append(person)
    happened: dict[OrgId | None, list[EventFact]] = {}
    for event in events:
        happened.setdefault(event.branch_id, []).append(event)
    return [
        _row(branch, name, people.get(branch, ()), happened.get(branch, ()))
        for branch, name in branches
    ]


def totals(away: Sequence[Away], events: Sequence[EventFact]) -> BranchRow:
    """The same cells over everybody, counted anew and not summed, so that the two can differ."""
    return _row(None, "", away, events)


def _row(
    branch: OrgId | None, name: str, away: Sequence[Away], events: Sequence[EventFact]
) -> BranchRow:
    counts = {cell.key: sum(map(cell.holds, away)) for cell in CELLS}
    for key, kind in EVENT_CELLS.items():
        counts[key] = sum(counts_as(event) is kind for event in events)
    reasons = Counter(person.lacking for person in away if person.lacking)
    return BranchRow(branch, name, counts, {key: reasons[key] for key in LACKING if reasons[key]})


def counts_as(event: EventFact) -> Kind | None:
    """A card that replaces another counts once, as its reissue."""
    return None if event.kind is Kind.ISSUE and event.replacement else event.kind


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
