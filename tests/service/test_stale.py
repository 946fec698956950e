"""What a command read before its transaction may be old: services look again inside it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from flowparty.domain.aid import Kind as AidKind
from flowparty.domain.aid import Paid, Purpose
from flowparty.domain.cards import Kind
from flowparty.domain.dates import PartialDate
from flowparty.domain.errors import Conflict
from flowparty.domain.identity import parse_id
from flowparty.domain.members import EndReason, NewMember
from flowparty.domain.surveys import Outcome
from flowparty.repository import cards as card_rows
from flowparty.repository import orgs
from flowparty.repository import survey_frames as frame_rows
from flowparty.service import aid, aid_reversals, cards, contacts, members, surveys
from flowparty.service import survey_progress as progress
from tests.conftest import TODAY
from tests.people import id_number

if TYPE_CHECKING:
    from flowparty.domain.members import Member
    from flowparty.repository.registry import Registry

ON = date(2026, 11, 20)


@pytest.fixture
def member(registry: Registry) -> Member:
    identity = parse_id(id_number(1), today=TODAY)
    new = NewMember("王小明", identity, identity.sex, PartialDate.of(identity.birth_date))
    branch = orgs.find(registry, "金叶社区")
    return members.register(
        registry, new, branch=branch, category="full", standing="normal", since=None, today=TODAY
    ).record


def test_a_card_that_was_handed_in_meanwhile(registry: Registry, member: Member) -> None:
    cards.issue(registry, member, "1", on=ON, by=None, place=None)
    old = card_rows.find(registry, "1", on=TODAY)
    cards.record(registry, old, Kind.HAND_IN, on=ON, by=None)
    for kind in (Kind.VERIFY, Kind.LOST):
        with pytest.raises(Conflict, match="card_state_forbids"):
            cards.record(registry, old, kind, on=TODAY, by=None)


def test_a_member_who_ended_meanwhile(registry: Registry, member: Member) -> None:
    members.end(registry, member, EndReason.DIED, on=ON, note=None, today=TODAY)
    with pytest.raises(Conflict, match="member_ended"):
        contacts.add(
            registry, member, on=TODAY, method="phone", outcome="reached", by=None, notes=None
        )
    with pytest.raises(Conflict, match="member_ended"):
        members.edit(
            registry, member, corrections={"post": "村医"}, dated={}, since=None, today=TODAY
        )
    again = members.end(registry, member, EndReason.DIED, on=ON, note=None, today=TODAY)
    assert again.repeated


def test_a_round_that_was_closed_meanwhile(registry: Registry, member: Member) -> None:
    old = surveys.open_round(registry, "一轮", (), since=ON, org=None).record
    sheet = surveys.NewSheet(ON, "visit", Outcome.DONE, 1, None)
    surveys.record(registry, old, member, sheet, today=TODAY)
    progress.close(registry, old, on=TODAY)
    later = surveys.NewSheet(TODAY, "phone", Outcome.REFUSED, 2, None)
    with pytest.raises(Conflict, match="survey_closed"):
        surveys.record(registry, old, member, later, today=TODAY)
    (person,) = frame_rows.people(registry, old.id)
    assert person.outcome == Outcome.DONE


def test_the_same_answer_twice_is_one(registry: Registry, member: Member) -> None:
    the_round = surveys.open_round(registry, "一轮", (), since=ON, org=None).record
    twice = (("困难问题", "无"), ("困难问题", "无"))
    sheet = surveys.NewSheet(ON, "visit", Outcome.DONE, 1, None, answers=twice)
    done = surveys.record(registry, the_round, member, sheet, today=TODAY)
    assert [answer.said for answer in done.record.answers] == ["无"]
    assert surveys.record(registry, the_round, member, sheet, today=TODAY).repeated


def test_an_allocation_that_was_ended_meanwhile(registry: Registry, member: Member) -> None:
    pot = aid.add_pot(registry, aid.NewPot("资金", "县里", 1000, ON)).record
    new = aid.NewGrant(Purpose.STARTUP, AidKind.FUNDS, 1000, ON)
    old = aid.allocate(registry, member, pot, new, again=False).record
    aid.end(registry, old, on=ON, note=None)
    with pytest.raises(Conflict, match="aid_grant_ended"):
        aid.move_money(registry, old, Paid.PAY, 1, on=TODAY, voucher=None, again=False)
    assert aid.end(registry, old, on=ON, note=None).repeated
    aid_reversals.reverse_pot(registry, pot, on=TODAY, reason="登错")
    with pytest.raises(Conflict, match="aid_pot_reversed"):
        aid.allocate(registry, member, pot, new, again=True)
