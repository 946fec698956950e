"""The totals of the 统计表 counted anew from a package's rows, by rules and without a registry.

The same cells as ``service/ledger`` has, reached another way; what both agree on may leave.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from flowparty.domain.cards import STATE_AFTER, Kind
from flowparty.domain.dates import PartialDate
from flowparty.domain.ids import MemberId, OrgId
from flowparty.domain.ledger import Away, EventFact, tabulate, totals
from flowparty.domain.masking import Masked
from flowparty.domain.members import ours_on
from flowparty.domain.movements import State, open_on, ours_by, over_threshold
from flowparty.domain.onward import away_since

if TYPE_CHECKING:
    from datetime import date

    from flowparty.domain.ledger import BranchRow

Row = dict[str, Any]
Tables = dict[str, list[Row]]

_NO_STATE = (Kind.VERIFY, Kind.REVIEW)


@dataclass(frozen=True, slots=True)
class Measure:
    """What a count depends on beside the rows: the days, the settings and the unit's division."""

    since: date
    on: date
    threshold_months: int
    group_size: int
    unit: str


def count(tables: Tables, measure: Measure) -> Row:
    """The totals of a package: the whole, and each branch by its UUID.

    Returns:
        ``{"whole": {"counts": …, "lacking": …}, "branches": {uuid: the same}}``.
    """
    numbers = {row["uuid"]: OrgId(number) for number, row in enumerate(tables["org"], start=1)}
    facts = _Facts(tables, measure, numbers)
    away, events = facts.away(), facts.events()
    branches = [(OrgId(numbers[org["uuid"]]), org["name"]) for org in _branches(tables, measure.on)]
    rows = tabulate(branches, away, events)
    names: dict[OrgId | None, str] = {number: uuid for uuid, number in numbers.items()}
    return {
        "whole": _plain(totals(away, events)),
        "branches": {names[row.branch_id]: _plain(row) for row in rows},
    }


def _plain(row: BranchRow) -> Row:
    return {"counts": row.counts, "lacking": row.lacking}


def _branches(tables: Tables, on: date) -> list[Row]:
    day = on.isoformat()
    return [
        org
        for org in tables["org"]
        if org["kind"] in ("branch", "general_branch")
        and (org["since"] is None or org["since"] <= day)
        and (org["until"] is None or org["until"] > day)
    ]


def away_members(tables: Tables, on: date) -> list[str]:
    """The UUIDs of those whom a package counts as away."""
    return sorted(row["member"] for row in _open(tables, on.isoformat()))


def _open(tables: Tables, day: str) -> list[Row]:
    """The movements away of living members of ours that are open at the end of a day."""
    belonging, memberships = _belonging(tables, day), _dated(tables, "membership")
    ours = {
        row["uuid"]
        for row in tables["member"]
        if not row["guest"]
        and (row["ended_on"] is None or row["ended_on"] > day)
        and row["uuid"] in belonging
        and ours_on(memberships.get(row["uuid"], ()), day)
    }
    return [
        row
        for row in tables["movement"]
        if row["direction"] == "out"
        and open_on(row["left_on"], row["ended_on"], day)
        and row["member"] in ours
    ]


def _belonging(tables: Tables, day: str) -> set[str]:
    """Who belonged to the office by a day, whatever became of them."""
    branches = _dated(tables, "branch")
    return {row["uuid"] for row in tables["member"] if ours_by(branches.get(row["uuid"], ()), day)}


def _dated(tables: Tables, attribute: str) -> dict[str, list[Row]]:
    """The values of one dated attribute, by member."""
    found: dict[str, list[Row]] = {}
    for row in tables["member_state"]:
        if row["attribute"] == attribute:
            found.setdefault(row["member"], []).append(row)
    return found


class _Facts:
    """The rows of a package by what the rules ask for."""

    def __init__(self, tables: Tables, measure: Measure, numbers: dict[str, OrgId]) -> None:
        self.tables = tables
        self.measure = measure
        self.day = measure.on.isoformat()
        self.numbers = numbers
        self.orgs = {row["uuid"]: row for row in tables["org"]}
        self.members = {row["uuid"]: row for row in tables["member"]}
        self.states = self._states()
        self.onward: dict[str, list[Row]] = {}
        for row in tables["movement"]:
            if row["outcome"] == State.ONWARD:
                self.onward.setdefault(row["member"], []).append(row)
        self.cards = {row["uuid"]: row for row in tables["card"]}
        self.card_order = {row["uuid"]: number for number, row in enumerate(tables["card"])}

    def _states(self) -> dict[tuple[str, str], Row]:
        latest: dict[tuple[str, str], Row] = {}
        for row in self.tables["member_state"]:
            key = (row["member"], row["attribute"])
            if row["since"] <= self.day and (
                key not in latest or row["since"] > latest[key]["since"]
            ):
                latest[key] = row
        return latest

    def org_of(self, member: str, attribute: str) -> str | None:
        found = self.states.get((member, attribute))
        return None if found is None else found["org"]

    def away(self) -> list[Away]:
        moves = _open(self.tables, self.day)
        sizes = Counter(self.org_of(row["member"], "group") for row in moves)
        held = self._held()
        return [self._away(row, sizes, held) for row in moves]

    def _held(self) -> dict[str, Kind]:
        """The last deciding event of each member's latest card."""
        latest: dict[str, tuple[str, int, str]] = {}
        events: dict[str, list[Row]] = {}
        for event in self.tables["card_event"]:
            if event["on"] > self.day:
                continue
            card = self.cards[event["card"]]
            events.setdefault(event["card"], []).append(event)
            if event["kind"] == Kind.ISSUE:
                mine = (event["on"], self.card_order[event["card"]], event["card"])
                latest[card["member"]] = max(latest.get(card["member"], mine), mine)
        found = {}
        for member, (_, _, card_uuid) in latest.items():
            deciding = [e for e in events[card_uuid] if e["kind"] not in _NO_STATE]
            # Of two events on one day the later row decides: max takes the first it meets.
            found[member] = Kind(
                max(reversed(deciding), key=lambda event: str(event["on"]))["kind"]
            )
        return found

    def _away(self, row: Row, sizes: Counter[str | None], held: dict[str, Kind]) -> Away:
        member = self.members[row["member"]]
        branch = self.org_of(row["member"], "branch")
        group = self.org_of(row["member"], "group")
        since = away_since(row, self.onward.get(row["member"], ()))
        left = None if since is None else PartialDate.from_iso(since)
        kind = held.get(row["member"])
        home = None if branch is None else self.orgs[branch]["division"]
        return Away(
            member_id=MemberId(0),
            name=member["name"],
            sex=member["sex"],
            ethnicity=member["ethnicity"],
            id_number=Masked(member["id_number"], "id"),
            birth_date=member["birth_date"],
            education=member["education"],
            joined_on=member["joined_on"],
            full_member_on=member["full_member_on"],
            branch_id=None if branch is None else self.numbers[branch],
            branch=None,
            home=home or self.measure.unit,
            left=left,
            destination_code=row["destination_code"],
            destination_text=row["destination_text"],
            reason=row["reason"],
            occupation=row["occupation"],
            fixed_place=row["fixed_place"],
            host_org=None,
            host_contact=None,
            host_phone=None,
            mobile=None,
            card_number=None,
            card_state=None if kind is None else STATE_AFTER[kind],
            verified_on=None,
            contacted_on=None,
            remark=None,
            over=over_threshold(left, self.measure.on, self.measure.threshold_months),
            in_group=group is not None and sizes[group] >= self.measure.group_size,
        )

    def events(self) -> list[EventFact]:
        since = self.measure.since.isoformat()
        belonging, never = _belonging(self.tables, self.day), self._never_cards()
        found = []
        for event in self.tables["card_event"]:
            card = self.cards[event["card"]]
            counts = card["member"] in belonging and event["card"] not in never
            if counts and since <= event["on"] <= self.day:
                branch = self.org_of(card["member"], "branch")
                found.append(
                    EventFact(
                        MemberId(0),
                        self.members[card["member"]]["name"],
                        None if branch is None else self.numbers[branch],
                        Kind(event["kind"]),
                        card["replaces"] is not None,
                    )
                )
        return found

    def _never_cards(self) -> set[str]:
        """The cards that are void from their first day: their events count in no figure."""
        first: dict[str, str] = {}
        for event in self.tables["card_event"]:
            first[event["card"]] = min(first.get(event["card"], event["on"]), event["on"])
        return {
            event["card"]
            for event in self.tables["card_event"]
            if event["kind"] == Kind.VOID and event["on"] == first[event["card"]]
        }
