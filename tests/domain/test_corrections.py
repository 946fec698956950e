"""Corrections are derived: what reads otherwise now than it was frozen, and nothing else."""

from __future__ import annotations

from dataclasses import asdict, replace
from typing import Any

import pytest

from flowparty.domain.cards import Kind, State
from flowparty.domain.closing import (
    Form,
    FrozenRow,
    away_cells,
    away_of,
    branch_cells,
    branch_of,
    event_cells,
    event_of,
    summed,
)
from flowparty.domain.corrections import Correction, Value, by_fact, differences, span, unlisted
from flowparty.domain.dates import PartialDate
from flowparty.domain.ids import MemberId, OrgId
from flowparty.domain.ledger import Away, tabulate, totals
from flowparty.domain.masking import Masked
from tests.domain.test_ledger import BRANCHES, event, person

NAMES: dict[OrgId | None, str] = dict(BRANCHES)


def found(frozen: list[Away], now: list[Away]) -> list[tuple[str, Value, Value]]:
    return [(d.field, d.reported, d.now) for d in differences((frozen, []), (now, []), NAMES)]


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({}, []),
        ({"left": PartialDate(2026, 3)}, [("left", None, "2026-03")]),
        ({"destination_code": "330200"}, [("destination_code", "440300", "330200")]),
        ({"destination_code": None},
         [("destination_code", "440300", "不掌握")]),
        ({"card_state": State.IN_USE}, [("card_state", None, "in_use")]),
        ({"over": False}, [("over", "yes", "no")]),
        ({"branch_id": OrgId(3), "branch": "雨柏村党支部"},
         [("branch_id", "金叶社区党支部", "雨柏村党支部")]),
        ({"verified_on": "2026-11-05"}, [("verified_on", None, "2026-11-05")]),
        ({"mobile": Masked("13800138000", "phone")}, []),
        ({"host_contact": "李国"}, []),
        ({"remark": "已联系"}, []),
        ({"branch": "改了名的党支部"}, []),
    ],
)  # fmt: skip
def test_what_counts_as_a_correction(facts: dict[str, Any], expected: list[Any]) -> None:
    assert found([person(1)], [person(1, **facts)]) == expected


def test_somebody_too_many_or_too_few() -> None:
    assert found([person(1)], []) == [("away", "yes", "no")]
    assert found([], [person(1)]) == [("away", "no", "yes")]


def test_an_identity_number_is_never_told_in_full() -> None:
    other = person(1, id_number=Masked("522325197001010039", "id"))
    ((field, reported, now),) = found([person(1)], [other])
    assert field == "id_number"
    assert {str(reported), str(now)} == {"522325************"}


def test_card_events_too_many_and_too_few() -> None:
    was = [event(Kind.VERIFY, on="2026-11-05"), event(Kind.ISSUE, on="2026-11-02")]
    now = [event(Kind.VERIFY, on="2026-11-05"), event(Kind.LOST, on="2026-11-09")]
    listed = [(d.field, d.reported, d.now) for d in differences(([], was), ([], now), NAMES)]
    assert sorted(listed, key=str) == [("issue", "2026-11-02", None), ("lost", None, "2026-11-09")]


def test_the_issue_of_a_card_that_replaces_another_is_told_as_its_reissue_only() -> None:
    late = [event(Kind.LOST), event(Kind.REISSUE), event(Kind.ISSUE, replacement=True)]
    told = differences(([], []), ([], late), {})
    assert [one.field for one in told] == ["lost", "reissue"]


def test_a_card_event_is_known_by_whose_it_is_and_not_by_words() -> None:
    one = event(Kind.VERIFY, on="2026-11-05")
    assert differences(([], [one]), ([], [replace(one, name="改了名")]), NAMES) == []


def test_another_branch_of_a_card_s_holder_is_told_once() -> None:
    was = [event(kind, on="2026-11-05") for kind in (Kind.VERIFY, Kind.REVIEW)]
    now = [replace(one, branch_id=OrgId(3)) for one in was]
    (told,) = differences(([], was), ([], now), NAMES)
    assert (told.field, told.reported, told.now) == (
        "branch_id", "金叶社区党支部", "雨柏村党支部",
    )  # fmt: skip
    here, there = person(1), person(1, branch_id=OrgId(3), branch="雨柏村党支部")
    (once,) = differences(([here], was), ([there], now), NAMES)
    assert replace(once, name=told.name) == told


def test_a_card_event_is_told_under_the_name_of_today() -> None:
    one = event(Kind.VERIFY, on="2026-11-05")
    lost = event(Kind.LOST, on="2026-11-09")
    both = [replace(one, name="改了名"), replace(lost, name="改了名")]
    (told,) = differences(([], [one]), ([], both), NAMES)
    assert (told.name, told.field, told.now) == ("改了名", "lost", "2026-11-09")


def test_of_an_erased_person_nothing_is_said() -> None:
    frozen = [person(1, erased=True)]
    assert found(frozen, [person(1)]) == found(frozen, []) == []


FULL = {"left": PartialDate(2026, 3), "card_state": State.LOST, "card_number": "贞1",
        "mobile": Masked("13800138000", "phone"), "host_phone": Masked("13900139000", "phone"),
        "post": "农民", "unit_kind": "village"}  # fmt: skip


@pytest.mark.parametrize("facts", [{}, FULL, {"left": PartialDate(2026)}, {"branch_id": None}])
def test_a_frozen_person_reads_back_the_same(facts: dict[str, Any]) -> None:
    import json

    one = person(7, **facts)
    cells = json.loads(json.dumps(away_cells(one)))
    row = FrozenRow(Form.LEDGER, 1, None, one.member_id, cells)
    assert away_of(row, one.branch_id, None) == one


def test_a_frozen_event_and_a_frozen_branch_read_back_the_same() -> None:
    one = event(Kind.ISSUE, replacement=True, on="2026-11-02")
    row = FrozenRow(Form.EVENT, 1, None, one.member_id, event_cells(one))
    assert event_of(row, one.branch_id) == one
    (branch, _) = tabulate(BRANCHES, [person(1)], [])
    frozen = FrozenRow(Form.STATISTICS, 1, None, None, branch_cells(branch))
    assert branch_of(frozen, branch.branch_id) == branch


def test_an_erased_person_keeps_number_and_branch_only() -> None:
    row = FrozenRow(Form.LEDGER, 3, None, MemberId(7), None)
    read = away_of(row, OrgId(2), "金叶社区党支部")
    assert (read.member_id, read.branch, read.name, read.erased) == (
        7, "金叶社区党支部", "已删除", True,
    )  # fmt: skip
    assert event_of(FrozenRow(Form.EVENT, 1, None, MemberId(7), None), None) is None


def test_branch_rows_add_up_to_what_is_counted_over_everybody() -> None:
    away = [person(1), person(2, branch_id=OrgId(3), card_state=State.LOST), person(3)]
    total = summed(tabulate(BRANCHES, away, []))
    assert total == totals(away, [])


@pytest.mark.parametrize(
    ("at", "day"),
    [
        ("2026-11-28T15:59:59.999+00:00", "2026-11-28"),
        ("2026-11-28T16:00:00.000+00:00", "2026-11-29"),
        ("2028-02-28T16:00:00.000+00:00", "2028-02-29"),
        ("2026-12-31T16:00:00.000+00:00", "2027-01-01"),
    ],
)
def test_the_day_of_a_correction_is_china_s(at: str, day: str) -> None:
    one = Correction(MemberId(1), "党员1", None, None, "away", "yes", "no", at=at)
    assert one.on == day
    assert replace(one, at=None).on is None


def told(field: str, reported: Value, now: Value, member: int = 1) -> Correction:
    return Correction(MemberId(member), "党员1", None, None, field, reported, now)


@pytest.mark.parametrize(
    ("found", "listed", "expected"),
    [
        ([told("left", "1", "2")], [], [("left", "1", "2")]),
        ([told("left", "1", "2")], [told("left", "1", "2")], []),
        ([told("left", "1", "3")], [told("left", "1", "2")], [("left", "2", "3")]),
        ([], [told("left", "1", "2")], [("left", "2", "1")]),
        ([], [told("left", "1", "2"), told("left", "2", "1")], []),
        ([told("left", "1", "2")], [told("left", "1", "2"), told("left", "2", "1")],
         [("left", "1", "2")]),
        ([told("left", "1", "2")], [told("left", "1", "2", member=2)],
         [("left", "1", "2"), ("left", "2", "1")]),
        ([told("away", "yes", "no")], [told("left", "1", "2")], [("away", "yes", "no")]),
        ([], [told("away", "yes", "no")], [("away", "no", "yes")]),
        ([told("verify", None, "2026-11-05")], [told("verify", None, "2026-11-05")], []),
        ([told("verify", None, "2026-11-06")], [told("verify", None, "2026-11-05")],
         [("verify", None, "2026-11-06"), ("verify", "2026-11-05", None)]),
        ([], [told("verify", "2026-11-05", None)], [("verify", None, "2026-11-05")]),
    ],
)  # fmt: skip
def test_what_earlier_returns_have_not_told(
    found: list[Correction], listed: list[Correction], expected: list[Any]
) -> None:
    assert [(d.field, d.reported, d.now) for d in unlisted(found, listed)] == expected


def test_one_fact_is_one_line_with_all_its_months() -> None:
    left, other = told("left", "1", "2"), replace(told("left", "1", "2"), at="later")
    found = by_fact([("2026-11", left), ("2026-12", left), ("2026-12", other)])
    assert [one.months for one in found] == [("2026-11", "2026-12"), ("2026-12",)]
    assert [span(one.months) for one in found] == ["2026-11 – 2026-12", "2026-12"]


def test_a_place_and_its_words_are_one_line() -> None:
    there = person(1, destination_code="520100", destination_text="贵州贵阳")
    both = differences(([person(1)], []), ([there], []), NAMES)
    assert [one.field for one in both] == ["destination_code", "destination_text"]
    before = told("destination_text", both[1].reported, "贵州")
    for listed in ([], [before]):
        assert [one.field for one in unlisted(both, listed)] == ["destination_code"]
    assert unlisted(both, [Correction(**asdict(both[0]))]) == []
