"""The two returns of the 28th: who stands in the 台账, and what each cell of the 统计表 counts.

Every figure is a rule over one named person, so that it can be opened: a cell is the people for
whom its rule holds.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from flowparty.domain.cards import Kind, State
from flowparty.domain.places import scope

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

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
