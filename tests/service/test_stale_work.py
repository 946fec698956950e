"""The town's other work: what was read before the transaction may be old by then."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from flowparty.domain.activities import Kind as ActivityKind
from flowparty.domain.aid import Kind as AidKind
from flowparty.domain.aid import Purpose
from flowparty.domain.dates import PartialDate
from flowparty.domain.dues import Basis
from flowparty.domain.errors import Conflict
from flowparty.domain.holdings import Kind as HoldingKind
from flowparty.domain.identity import parse_id
from flowparty.domain.lost import DecisionKind
from flowparty.domain.members import EndReason, NewMember
from flowparty.domain.months import Month
from flowparty.domain.movements import Direction, NewMovement
from flowparty.domain.needs import Kind, Result
from flowparty.domain.notices import Kind as NoticeKind
from flowparty.domain.notices import Take
from flowparty.domain.orgs import OrgKind
from flowparty.domain.projects import Kind as ProjectKind
from flowparty.domain.projects import State
from flowparty.repository import members as member_rows
from flowparty.repository import orgs as org_rows
from flowparty.repository import transfers as letter_rows
from flowparty.service import (
    activities,
    aid,
    aid_reversals,
    dues,
    groups,
    holdings,
    lost,
    meetings,
    members,
    movements,
    needs,
    notices,
    orgs,
    projects,
    transfers,
)
from tests.conftest import TODAY
from tests.people import id_number

if TYPE_CHECKING:
    from flowparty.domain.members import Member
    from flowparty.domain.needs import Need
    from flowparty.domain.orgs import Org
    from flowparty.repository.registry import Registry

ON = date(2026, 11, 20)


@pytest.fixture
def member(registry: Registry) -> Member:
    identity = parse_id(id_number(1), today=TODAY)
    new = NewMember("王小明", identity, identity.sex, PartialDate.of(identity.birth_date))
    branch = org_rows.find(registry, "金叶社区")
    return members.register(
        registry, new, branch=branch, category="full", standing="normal", since=None, today=TODAY
    ).record


@pytest.fixture
def office(registry: Registry) -> Org:
    top = org_rows.top(registry)
    return orgs.add(registry, OrgKind.OFFICE, "派出所", parent=top, today=TODAY, facts={}).record


def raised(registry: Registry, member: Member) -> Need:
    return needs.add(registry, member, Kind.WISH, needs.Origin(ON, "养牛")).record


def test_a_need_that_was_closed_meanwhile(registry: Registry, member: Member, office: Org) -> None:
    old = raised(registry, member)
    needs.close(registry, old, Result.WITHDRAWN, on=ON, text=None, by=None)
    with pytest.raises(Conflict, match="need_state_forbids"):
        needs.assign(registry, old, office, on=TODAY, due=TODAY, ask="协助", by=None)
    meeting = meetings.add(registry, "会", [office], on=ON, place=None, chair=None).record
    with pytest.raises(Conflict, match="need_state_forbids"):
        meetings.decide(
            registry, meeting, "核实", office, due=TODAY, need=old, by=None, today=TODAY
        )


def test_aid_that_was_reversed_meanwhile(registry: Registry, member: Member, office: Org) -> None:
    need = raised(registry, member)
    needs.assign(registry, need, office, on=ON, due=TODAY, ask="协助", by=None)
    pot = aid.add_pot(registry, aid.NewPot("资金", "县里", 1000, ON)).record
    new = aid.NewGrant(Purpose.STARTUP, AidKind.FUNDS, 1000, ON)
    old = aid.allocate(registry, member, pot, new, again=False).record
    aid_reversals.reverse_grant(registry, old, on=ON, reason="登错")
    with pytest.raises(Conflict, match="aid_grant_reversed"):
        needs.act(registry, need, on=TODAY, text=None, by=None, grant=old)


def test_a_decision_that_was_carried_out_meanwhile(
    registry: Registry, member: Member, office: Org
) -> None:
    need = raised(registry, member)
    meeting = meetings.add(registry, "会", [office], on=ON, place=None, chair=None).record
    old = meetings.decide(
        registry, meeting, "核实", office, due=TODAY, need=need, by=None, today=TODAY
    ).record
    meetings.done(registry, old, on=ON, note=None, by=None)
    with pytest.raises(Conflict, match="decision_done"):
        meetings.done(registry, old, on=TODAY, note="又一次", by=None)
    assert meetings.done(registry, old, on=ON, note=None, by=None).repeated


def test_a_letter_that_was_answered_or_withdrawn_meanwhile(
    registry: Registry, member: Member
) -> None:
    place = NewMovement(Direction.OUT, PartialDate.of(ON), "441900", "东莞", "unknown", "work")
    movements.begin(registry, member, place, today=TODAY)
    old = notices.send(
        registry, member, NoticeKind.QUERY, to="东莞支部", on=ON, text=None, today=TODAY
    ).record
    said = {"occupation": "焊工"}
    notices.reply(registry, old, said, on=ON, by=None, text=None, today=TODAY)
    with pytest.raises(Conflict, match="notice_answered"):
        notices.reply(registry, old, {"occupation": "木工"}, on=TODAY, by=None, text=None,
                      today=TODAY)  # fmt: skip
    with pytest.raises(Conflict, match="notice_answered"):
        notices.withdraw(registry, old, on=TODAY)
    notices.agree(registry, old, [], Take.OURS, on=ON, today=TODAY)
    with pytest.raises(Conflict, match="notice_agreed"):
        notices.agree(registry, old, ["occupation"], Take.THEIRS, on=TODAY, today=TODAY)


def test_a_transfer_that_was_cancelled_meanwhile(registry: Registry, member: Member) -> None:
    with registry.write():
        number = letter_rows.add(registry, {
            "number": "贞1", "member_id": member.id, "branch_id": member.branch_id,
            "receiver": "龙岗党委", "on": ON.isoformat(), "valid_days": 10,
            "dues_paid_to": "2026-10",
        })  # fmt: skip
    old = letter_rows.get(registry, number)
    transfers.cancel(registry, old, on=ON, note=None)
    with pytest.raises(Conflict, match="transfer_ended"):
        transfers.receive(registry, old, received_on=ON, receipt_on=TODAY, today=TODAY)
    assert members_of(registry, member).ended_on is None


def members_of(registry: Registry, member: Member) -> Member:
    return member_rows.get(registry, member.id, on=TODAY)


def test_dues_paid_or_reversed_meanwhile(registry: Registry, member: Member) -> None:
    dues.set_standard(registry, [member], Basis.FARMER, 20, since=Month(2026, 10), today=TODAY)
    two = dues.NewPayment(TODAY, 2)
    (old,) = dues.pay(registry, [member], two, today=TODAY, again=False).record
    assert dues.pay(registry, [member], two, today=TODAY, again=False).repeated
    with pytest.raises(Conflict, match="dues_ahead"):
        dues.pay(registry, [member], two, today=TODAY, again=True)
    dues.reverse(registry, old, on=TODAY, reason="登错", today=TODAY)
    assert dues.reverse(registry, old, on=TODAY, reason="登错", today=TODAY).repeated


def test_a_holding_that_was_refused_meanwhile(registry: Registry, member: Member) -> None:
    new = holdings.NewHolding(HoldingKind.POST, "护林岗", ON, duties="巡山")
    old = holdings.apply(registry, member, new).record
    holdings.refuse(registry, old, on=ON, note=None)
    with pytest.raises(Conflict, match="holding_state_forbids"):
        holdings.recognise(registry, old, on=TODAY, by="支部")


def test_a_project_that_was_stopped_meanwhile(registry: Registry, member: Member) -> None:
    village = org_rows.find(registry, "甘田村")
    old = projects.add(
        registry, "蜂糖李", member, village, ProjectKind.PLANTING, projects.Standing(ON),
        investor=None,
    ).record  # fmt: skip
    projects.update(registry, old, projects.Standing(ON, state=State.STOPPED))
    with pytest.raises(Conflict, match="project_stopped"):
        projects.update(registry, old, projects.Standing(TODAY, jobs=5))


def test_a_group_that_ended_or_was_left_meanwhile(registry: Registry, member: Member) -> None:
    branch = org_rows.find(registry, "金叶社区")
    one, other = (
        orgs.add(registry, OrgKind.GROUP, name, parent=branch, today=TODAY, facts={}).record
        for name in ("一组", "二组")
    )
    groups.join(registry, one, [member], on=ON)
    groups.join(registry, other, [member], on=ON)
    with pytest.raises(Conflict, match="group_other"):
        groups.leave(registry, one, [member], on=TODAY)
    orgs.end(registry, one, on=ON)
    with pytest.raises(Conflict, match="org_ended"):
        groups.join(registry, one, [member], on=TODAY)


def test_a_standing_that_was_decided_meanwhile(registry: Registry, member: Member) -> None:
    lost.decide(
        registry, member, DecisionKind.SUSPEND, on=ON, document="1号", by="镇党委", text=None,
        today=TODAY,
    )  # fmt: skip
    with pytest.raises(Conflict, match="decision_standing"):
        lost.decide(
            registry, member, DecisionKind.SUSPEND, on=TODAY, document="2号", by="镇党委",
            text=None, today=TODAY,
        )  # fmt: skip


def test_a_member_who_ended_meanwhile(registry: Registry, member: Member, office: Org) -> None:
    village = org_rows.find(registry, "甘田村")
    party = activities.NewActivity("党日", ActivityKind.ORG_LIFE, ON, 60)
    held = activities.add(registry, village, party, [], today=TODAY).record
    group = orgs.add(registry, OrgKind.GROUP, "一组", parent=village, today=TODAY, facts={}).record
    members.end(registry, member, EndReason.DIED, on=ON, note=None, today=TODAY)
    post = holdings.NewHolding(HoldingKind.POST, "护林岗", TODAY, duties="巡山")
    for write in (
        lambda: raised(registry, member),
        lambda: notices.send(
            registry, member, NoticeKind.QUERY, to="x", on=TODAY, text=None, today=TODAY
        ),
        lambda: dues.pay(registry, [member], dues.NewPayment(TODAY, 1), today=TODAY, again=False),
        lambda: dues.set_standard(
            registry, [member], Basis.FARMER, 20, since=Month(2026, 1), today=TODAY
        ),
        lambda: holdings.apply(registry, member, post),
        lambda: activities.attend(
            registry, held, [member], came=True, result=None, note=None, today=TODAY
        ),
        lambda: groups.join(registry, group, [member], on=TODAY),
        lambda: lost.recognise(
            registry, member, since=ON, until=TODAY, by="民政办", text=None
        ),
        lambda: projects.add(
            registry, "李园", member, village, ProjectKind.PLANTING, projects.Standing(TODAY),
            investor=None,
        ),
    ):  # fmt: skip
        with pytest.raises(Conflict, match="member_ended"):
            write()
