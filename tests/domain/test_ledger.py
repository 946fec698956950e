"""The returns: who is due a card, what each cell counts, and what must add up."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from flowparty.domain.cards import Kind, State
from flowparty.domain.findings import disagreements
from flowparty.domain.ids import MemberId, OrgId
from flowparty.domain.ledger import (
    CELLS,
    SCOPES,
    Away,
    EventFact,
    tabulate,
    totals,
)
from flowparty.domain.masking import Masked

HOME = "522325107001"
BRANCHES = [(OrgId(2), "金叶社区党支部"), (OrgId(3), "雨柏村党支部")]

EMPTY: dict[str, Any] = dict.fromkeys(
    ("ethnicity", "birth_date", "education", "joined_on", "full_member_on", "left",
     "destination_text", "occupation", "host_org", "host_contact", "host_phone", "mobile",
     "card_number", "card_state", "verified_on", "contacted_on", "remark")
)  # fmt: skip


def person(number: int = 1, **facts: Any) -> Away:
    base = Away(
        member_id=MemberId(number),
        name=f"党员{number}",
        sex="male",
        id_number=Masked(f"52232519700101{number:03d}X", "id"),
        branch_id=OrgId(2),
        branch="金叶社区党支部",
        home=HOME,
        destination_code="440300",
        reason="work",
        fixed_place="no",
        over=True,
        in_group=False,
        **EMPTY,
    )
    return replace(base, **facts)


@pytest.mark.parametrize(
    ("facts", "due", "held", "lacking"),
    [
        ({}, True, False, "not_issued"),
        ({"card_state": State.IN_USE}, True, True, None),
        ({"card_state": State.LOST}, True, False, "lost"),
        ({"card_state": State.HANDED_IN}, True, False, "pending"),
        ({"over": False, "card_state": State.IN_USE}, False, False, None),
        ({"fixed_place": "yes"}, False, False, None),
        ({"fixed_place": "unknown"}, True, False, "not_issued"),
        ({"reason": "official"}, False, False, None),
        ({"in_group": True}, False, False, None),
    ],
)
def test_who_is_due_a_card_and_who_holds_one(
    facts: dict[str, Any], due: bool, held: bool, lacking: str | None
) -> None:
    one = person(**facts)
    assert (one.card_due, one.card_held, one.lacking) == (due, held, lacking)


def test_a_transfer_is_due_over_the_threshold_in_a_fixed_place() -> None:
    assert person(fixed_place="yes").transfer_due
    assert not person(fixed_place="yes", over=False).transfer_due
    assert not person(fixed_place="no").transfer_due


@pytest.mark.parametrize(
    ("code", "cell"),
    [
        ("440300", "cross_province"), ("810000", "cross_province"), ("990000", "cross_province"),
        ("520100", "in_province"), ("522301", "in_city"), ("522325", "in_county"),
        ("522325107209", "in_county"), ("520000", "unknown"), ("522300", "unknown"),
        (None, "unknown"),
    ],
)  # fmt: skip
def test_every_destination_falls_into_exactly_one_cell(code: str | None, cell: str) -> None:
    one = person(destination_code=code)
    assert [c.key for c in CELLS if c.key in SCOPES and c.holds(one)] == [cell]


def test_the_rate_and_the_reasons() -> None:
    away = [person(n, card_state=State.IN_USE if n <= 6 else None) for n in range(1, 8)]
    row = totals(away, [])
    assert row.rate == "85.7%"
    assert row.lacking == {"not_issued": 1}
    assert totals([person(over=False)], []).rate == ""


def event(kind: Kind, **facts: Any) -> EventFact:
    base = EventFact(MemberId(1), "党员1", OrgId(2), kind, replacement=False)
    return replace(base, **facts)


def test_a_reissue_counts_once() -> None:
    events = [event(Kind.ISSUE), event(Kind.LOST), event(Kind.REISSUE),
              event(Kind.ISSUE, replacement=True)]  # fmt: skip
    counts = totals([], events).counts
    assert (counts["issued"], counts["lost"], counts["reissued"]) == (1, 1, 1)


def found(away: list[Away], events: list[EventFact]) -> set[str]:
    rows = tabulate(BRANCHES, away, events)
    return {finding.code for finding in disagreements(rows, away, events)}


def test_sound_returns_agree() -> None:
    away = [person(1), person(2, branch_id=OrgId(3)), person(3, destination_code=None)]
    assert found(away, [event(Kind.VERIFY)]) == set()


def test_what_does_not_add_up_is_found_with_its_people() -> None:
    assert found([person(1), person(1)], []) == {"counted_twice"}
    number = Masked("522325197001010012", "id")
    two = [person(1, id_number=number), person(2, id_number=number)]
    assert found(two, []) == {"counted_twice"}
    assert found([person(1, branch_id=OrgId(9))], []) == {"no_branch_row"}
    assert found([person(1, branch_id=None)], []) == {"no_branch_row"}
    assert found([], [event(Kind.VERIFY, branch_id=OrgId(9))]) == {"no_branch_row"}
    away = [person(7, branch_id=None)]
    (finding,) = disagreements(tabulate(BRANCHES, away, []), away, [])
    assert finding.people == ("M7 党员7",)


def test_a_branch_row_that_was_tampered_with_is_found() -> None:
    away = [person(1), person(2)]
    rows = tabulate(BRANCHES, away, [])
    rows[0].counts["held"] += 1
    assert {f.cell for f in disagreements(rows, away, [])} == {"held", "due"}
