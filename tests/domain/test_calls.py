"""The month's calls: what is asked, what is told, and whose turn it is first."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from flowparty.domain import calls
from flowparty.domain.cards import Card, CardEvent
from flowparty.domain.cards import Kind as CardKind
from flowparty.domain.contacts import Contact, Owed
from flowparty.domain.ids import CardId, ContactId, EventId, MemberId, MovementId, NeedId
from flowparty.domain.masking import Masked
from flowparty.domain.movements import Direction, Movement
from flowparty.domain.needs import Kind, Need, NeedEvent, Step
from flowparty.repository.codes import table

ON = date(2026, 11, 28)
WHO = MemberId(1)


def movement(**known: Any) -> Movement:
    facts: dict[str, Any] = {
        "left_on": "2026-03-05", "destination_code": "440307", "destination_text": "广东深圳",
        "host_org": None, "arrived_on": "2026-03-20", **known,
    }  # fmt: skip
    return Movement(
        id=MovementId(1), member_id=WHO, member="王小明", branch="金叶", direction=Direction.OUT,
        unit_kind="unknown", reason="labour", occupation=None, fixed_place="no",
        host_contact=None, host_phone=None, remark=None, ended_on=None, outcome=None, end_note=None, **facts,
    )  # fmt: skip


def contact(outcome: str) -> Contact:
    return Contact(ContactId(7), WHO, "王小明", "金叶", "2026-11-01", "phone", outcome, None, None)


def card(*events: tuple[CardKind, str]) -> Card:
    listed = tuple(
        CardEvent(EventId(n), CardId(1), "1", WHO, "王小明", kind, on, None, None, None)
        for n, (kind, on) in enumerate(events)
    )
    return Card(CardId(1), "1", WHO, "王小明", "金叶", None, listed)


ISSUED = (CardKind.ISSUE, "2026-04-01")
COMPLETE: dict[str, Any] = {
    "movement": movement(), "phone": Masked("13800138000", "phone"), "latest": None, "card": None,
    "survey_due": False,
}  # fmt: skip


@pytest.mark.parametrize(
    ("lacking", "asked"),
    [
        ({}, ()),
        ({"phone": None}, ("phone",)),
        ({"latest": contact("wrong_number")}, ("phone",)),
        ({"latest": contact("no_answer")}, ()),
        ({"movement": movement(left_on=None)}, ("left_on",)),
        ({"movement": movement(left_on="2026-03")}, ("left_on",)),
        ({"movement": movement(left_on="2026")}, ("left_on",)),
        ({"movement": movement(destination_code=None)}, ("destination",)),
        ({"movement": movement(arrived_on=None)}, ("arrived",)),
        ({"movement": movement(arrived_on=None, host_org="龙岗街道党工委")}, ()),
        ({"card": card(ISSUED)}, ("card",)),
        ({"card": card(ISSUED, (CardKind.VERIFY, "2026-11-28"))}, ()),
        ({"card": card(ISSUED, (CardKind.VERIFY, "2026-11-29"))}, ("card",)),
        ({"card": card(ISSUED, (CardKind.LOST, "2026-11-28"))}, ()),
        ({"survey_due": True}, ("survey",)),
        ({"survey_due": True, "phone": None, "movement": movement(left_on=None)},
         ("phone", "left_on", "survey")),
    ],
)  # fmt: skip
def test_what_to_ask_this_time(lacking: dict[str, Any], asked: tuple[str, ...]) -> None:
    facts = {**COMPLETE, **lacking}
    assert calls.questions(facts.pop("movement"), **facts, on=ON) == asked


def test_every_question_has_its_word() -> None:
    assert table("call_question").codes == calls.QUESTIONS


def need(kind: Kind, *steps: tuple[Step, str], origin: int | None = None) -> Need:
    events = tuple(
        NeedEvent(EventId(n), NeedId(1), "王小明", step, on, None, None, None, None, None, None,
                  None, None)
        for n, (step, on) in enumerate(steps)
    )  # fmt: skip
    raised = None if origin is None else ContactId(origin)
    return Need(NeedId(1), WHO, "王小明", "金叶", "2026-10-01", kind, "…", None, raised, events)


@pytest.mark.parametrize(
    ("one", "shown"),
    [
        (need(Kind.DIFFICULTY), True),
        (need(Kind.DIFFICULTY, (Step.ASSIGN, "2026-10-02"), (Step.ANSWER, "2026-10-09")), True),
        (need(Kind.WISH, (Step.CLOSE, "2026-11-28")), False),
        (need(Kind.WISH, (Step.CLOSE, "2026-11-29")), True),
        (need(Kind.RIGHTS), False),
        (need(Kind.DISPUTE), False),
    ],
)
def test_which_needs_a_paper_may_name(one: Need, shown: bool) -> None:
    assert calls.told([one], ON) == ((one,) if shown else ())


def test_a_need_raised_later_is_not_told_before() -> None:
    assert calls.told([need(Kind.WISH)], date(2026, 9, 30)) == ()
    assert len(calls.told([need(Kind.WISH)], date(2026, 10, 1))) == 1


def test_the_talk_a_rights_case_came_from_is_not_told() -> None:
    needs = [need(Kind.RIGHTS, origin=7), need(Kind.WISH, origin=8), need(Kind.DISPUTE)]
    assert calls.withheld(needs) == {ContactId(7)}


def test_those_owed_come_first_each_part_as_it_came() -> None:
    def call(number: int, reached: str | None) -> calls.Call:
        one = Owed(MemberId(number), "王", "金叶", None, None, None, 0, reached, reached, ())
        return calls.Call(one, None, movement(), None, None, (), ())

    listed = calls.in_order(
        [call(1, "2026-11-02"), call(2, None), call(3, "2026-11-01"), call(4, None)]
    )
    assert [one.owed.member_id for one in listed] == [2, 4, 1, 3]
