"""The change that explains a correction: of this very fact, of a row that speaks of that day."""

from __future__ import annotations

from typing import Any

import pytest

from flowparty.domain.cards import Kind
from flowparty.domain.corrections import event_fact
from flowparty.domain.explaining import RowChange, explanation
from flowparty.domain.ids import MemberId

DAY = "2026-11-27"
ROWS: dict[str, dict[str, Any]] = {
    "movement": {
        "direction": "out", "left_on": "2026-03", "ended_on": None, "outcome": None, "destination_code": "441900",
        "destination_text": "东莞", "reason": "work", "occupation": None, "fixed_place": "no",
    },
    "member": {
        "name": "王小明", "sex": "male", "ethnicity": None, "id_number": "1", "birth_date": None,
        "education": None, "joined_on": None, "full_member_on": None, "guest": 0, "ended_on": None,
        "mobile": None,
    },
    "member_state": {"attribute": "branch", "since": "2026-01-01", "org_id": 2},
    "card": {"number": "贞1"},
    "card_event": {"kind": "verify", "on": "2026-11-05", "card_id": 1},
    "contact": {"outcome": "reached", "on": "2026-11-05"},
}  # fmt: skip


def change(
    entity: str, seq: int = 1, *, new: bool = False, gone: bool = False, **facts: Any
) -> RowChange:
    """A change of a row to these facts; they are those of a new or removed one as well."""
    row = ROWS[entity]
    before = None if new else {**row, **facts} if gone else row
    after = None if gone else {**row, **facts}
    return RowChange(seq, "", "", "", None, entity, MemberId(1), before, after)


@pytest.mark.parametrize(
    ("fact", "entity", "facts"),
    [
        ("left", "movement", {"left_on": "2026-05"}),
        ("over", "movement", {"left_on": "2026-05"}),
        ("destination_code", "movement", {"destination_code": "330200"}),
        ("occupation", "movement", {"occupation": "电工"}),
        ("away", "movement", {"left_on": "2026-12"}),
        ("away", "movement", {"ended_on": DAY}),
        ("away", "movement", {"direction": "in"}),
        ("away", "movement", {"new": True}),
        ("away", "movement", {"gone": True}),
        ("away", "member", {"ended_on": "2026-11-01"}),
        ("away", "member", {"guest": 1}),
        ("name", "member", {"name": "王晓明"}),
        ("id_number", "member", {"id_number": "2"}),
        ("away", "member_state", {"gone": True, "first": True}),
        ("away", "member_state", {"new": True, "first": True}),
        ("branch_id", "member_state", {"org_id": 3}),
        ("branch_id", "member_state", {"new": True}),
        ("branch_id", "member_state", {"since": "2026-12-01"}),
        ("card_number", "card", {"number": "贞2"}),
        ("card_number", "card_event", {"new": True, "kind": "issue"}),
        ("card_state", "card_event", {"new": True, "kind": "lost"}),
        ("verified_on", "card_event", {"new": True}),
        (event_fact(Kind.VERIFY, "2026-11-05"), "card_event", {"gone": True}),
        (event_fact(Kind.VERIFY, "2026-11-05"), "card_event", {"on": "2026-11-06"}),
        (event_fact(Kind.VERIFY, "2026-11-06"), "card_event", {"on": "2026-11-06"}),
        ("contacted_on", "contact", {"new": True}),
    ],
)  # fmt: skip
def test_what_explains(fact: str, entity: str, facts: dict[str, Any]) -> None:
    made = change(entity, **facts)
    assert explanation([made], fact, DAY) is made


@pytest.mark.parametrize(
    ("fact", "entity", "facts"),
    [
        ("left", "movement", {"destination_code": "330200"}),
        ("away", "movement", {"destination_code": "330200"}),
        ("away", "member_state", {"new": True}),
        ("destination_code", "movement", {"left_on": "2026-05"}),
        ("destination_code", "movement", {"new": True, "left_on": "2026-12-01"}),
        ("occupation", "movement", {"gone": True, "ended_on": "2026-01-01"}),
        ("away", "movement", {"ended_on": "2026-12-10"}),
        ("away", "member", {"name": "王晓明"}),
        ("name", "member", {"mobile": "13800138000"}),
        ("branch_id", "member_state", {"new": True, "since": "2026-12-01"}),
        ("branch_id", "member_state", {"new": True, "attribute": "group"}),
        ("card_state", "card_event", {"new": True}),
        ("verified_on", "card_event", {"new": True, "on": "2026-12-01"}),
        (event_fact(Kind.VERIFY, "2026-11-05"), "card_event", {"new": True, "kind": "review"}),
        ("contacted_on", "contact", {"new": True, "outcome": "failed"}),
        ("contacted_on", "contact", {"new": True, "on": "2026-12-01"}),
    ],
)  # fmt: skip
def test_what_does_not(fact: str, entity: str, facts: dict[str, Any]) -> None:
    assert explanation([change(entity, **facts)], fact, DAY) is None


def test_the_last_change_of_the_fact_counts_and_no_later_one_of_another() -> None:
    made = [
        change("movement", 1, occupation="木工"),
        change("movement", 2, occupation="电工"),
        change("movement", 3, destination_code="330200"),
        change("member", 4, name="王晓明"),
    ]
    found = explanation(made, "occupation", DAY)
    assert found is not None
    assert found.seq == 2


def test_of_two_rows_the_one_that_decides_that_day() -> None:
    made = [
        change("member_state", 1, new=True, since="2026-10-01", org_id=3),
        change("member_state", 2, since="", org_id=4),
    ]
    found = explanation(made, "branch_id", DAY)
    assert found is not None
    assert found.seq == 1


def test_what_was_erased_explains_nothing() -> None:
    erased = RowChange(1, "", "", "", None, "member", MemberId(1), None, None)
    assert explanation([erased], "name", DAY) is None
