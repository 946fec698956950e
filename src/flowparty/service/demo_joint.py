"""The demo's joint work: needs, meetings with other offices, notices, transfer letters, groups."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from flowparty.domain.dates import PartialDate
from flowparty.domain.movements import Direction
from flowparty.domain.needs import Kind, Result
from flowparty.domain.notices import Kind as NoticeKind
from flowparty.domain.notices import Take
from flowparty.domain.orgs import OrgKind
from flowparty.repository import aid as aid_rows
from flowparty.repository import members as member_rows
from flowparty.repository import movements as movement_rows
from flowparty.repository import needs as need_rows
from flowparty.repository import orgs as org_rows
from flowparty.repository import surveys as survey_rows
from flowparty.service import aid, meetings, needs, notices, orgs, transfers
from flowparty.service.demo_story import TODAY
from flowparty.service.sourced import PLACE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from flowparty.domain.meetings import Meeting
    from flowparty.domain.members import Member
    from flowparty.domain.movements import Movement
    from flowparty.domain.orgs import Org
    from flowparty.service.demo_story import Story

OFFICES = ("长田派出所", "长田镇计生办", "长田镇人社中心", "长田镇司法所")
ASKS = ("协调子女就读", "核实就医报销政策", "对接创业担保贷款")
HELD = (date(2026, 3, 25), date(2026, 6, 24), date(2026, 10, 14))


def tell(story: Story, branches: Sequence[Org]) -> None:
    """Record the offices, what members asked for, the meetings, the letters."""
    top = org_rows.top(story.registry)
    offices = [
        orgs.add(story.registry, OrgKind.OFFICE, name, parent=top, today=TODAY, facts={}).record
        for name in OFFICES
    ]
    _raise(story)
    minutes = [_meeting(story, offices, on) for on in HELD]
    _work(story, offices, minutes[-1])
    _aided(story, offices[2], minutes[1])
    _rights(story, offices[-1], branches[2])
    _learn(story, minutes[-1])
    _notices(story)
    _letters(story, branches)


def _raise(story: Story) -> None:
    """What the autumn survey's answers ask for."""
    the_round = survey_rows.list_rounds(story.registry)[0]
    asked = needs.from_answers(story.registry, the_round, "困难问题", today=TODAY)
    needs.gather(story.registry, asked[:12])
    story.step()


def _meeting(story: Story, offices: Sequence[Org], on: date) -> Meeting:
    topic = f"{on.year}年第{(on.month - 1) // 3 + 1}季度流动党员工作联席会议"
    called = offices[:3]
    made = meetings.add(
        story.registry, topic, called, on=on, place="镇政府二楼会议室",
        chair=story.people.somebody(),
    ).record  # fmt: skip
    for office in called:
        meetings.attend(
            story.registry, made, office, came=True, person=story.people.somebody(), today=TODAY
        )
        story.step()
    return made


def _work(story: Story, offices: Sequence[Org], meeting: Meeting) -> None:
    """The meeting gives most needs an owner; some are done, answered, closed; one got aid."""
    raised = need_rows.list_needs(story.registry, on=TODAY)
    for number, need in enumerate(raised[:8]):
        decision = meetings.decide(
            story.registry, meeting, ASKS[number % len(ASKS)], offices[number % 3],
            due=date(2026, 11, 10) + timedelta(days=5 * number), need=need, by=None, today=TODAY,
        ).record  # fmt: skip
        story.step()
        if number < 4:  # noqa: PLR2004
            done = date(2026, 10, 28) + timedelta(days=number)
            meetings.done(story.registry, decision, on=done, note="已办理", by=None)
            fresh = need_rows.get(story.registry, need.id, on=TODAY)
            needs.reply(story.registry, fresh, on=done, text="已告知本人办理情况", by=None)
            story.step()
        if number < 2:  # noqa: PLR2004
            fresh = need_rows.get(story.registry, need.id, on=TODAY)
            needs.close(
                story.registry, fresh, Result.SOLVED, on=date(2026, 11, 3), text=None, by=None
            )


def _aided(story: Story, owner: Org, meeting: Meeting) -> None:
    """One need's whole way: asked for, decided, aided, looked at again, answered, closed."""
    hardship = [
        grant
        for grant in aid_rows.list_grants(story.registry, on=TODAY)
        if grant.purpose == "hardship" and grant.on > meeting.on and grant.paid_fen
    ]
    grant = hardship[0]
    member = member_rows.get(story.registry, grant.member_id, on=TODAY)
    origin = needs.Origin(date(2026, 6, 10), "老人住院，家里周转不开")
    need = needs.add(story.registry, member, Kind.DIFFICULTY, origin).record
    decision = meetings.decide(
        story.registry, meeting, "核定救助金并发放", owner, due=date(2026, 8, 31), need=need,
        by=None, today=TODAY,
    ).record  # fmt: skip
    needs.act(
        story.registry, need, on=date.fromisoformat(grant.on), text=None, by=None, grant=grant
    )
    meetings.done(story.registry, decision, on=date(2026, 8, 20), note="已发放", by=None)
    aid.follow_up(
        story.registry, grant, on=date(2026, 11, 2), months=3, trading="unknown",
        result="老人已出院，生活稳定", by=None,
    )  # fmt: skip
    needs.reply(story.registry, need, on=date(2026, 11, 3), text="救助金已到账", by=None)
    needs.close(story.registry, need, Result.SOLVED, on=date(2026, 11, 3), text=None, by=None)
    story.step()


def _rights(story: Story, office: Org, branch: Org) -> None:
    """A rights case, which never stands on an agenda."""
    member = member_rows.list_members(story.registry, on=TODAY, org=branch.id)[3]
    origin = needs.Origin(date(2026, 10, 20), "工地欠薪两个月")
    need = needs.add(story.registry, member, Kind.RIGHTS, origin).record
    needs.assign(
        story.registry, need, office, on=date(2026, 10, 21), due=date(2026, 12, 20),
        ask="协助追讨劳动报酬", by=None,
    )  # fmt: skip
    story.step()


def _away(story: Story, *, dated: bool) -> list[Movement]:
    moves = movement_rows.list_movements(story.registry, on=TODAY, direction=Direction.OUT)
    return [move for move in moves if (move.left_on is not None) == dated]


def _learn(story: Story, meeting: Meeting) -> None:
    """The police know when one of those left of whom nobody knew."""
    move = _away(story, dated=False)[0]
    member = member_rows.get(story.registry, move.member_id, on=TODAY)
    left = {"left_on": PartialDate(2025, 3)}
    meetings.learn(story.registry, meeting, member, left, today=TODAY)
    story.step()


def _notices(story: Story) -> None:
    """Letters to hosts: one answered alike, one that contradicts us and is agreed, two waiting."""
    hosted = [move for move in _away(story, dated=True) if move.host_org is not None]
    for number, move in enumerate(hosted[:4]):
        member = member_rows.get(story.registry, move.member_id, on=TODAY)
        sent = notices.send(
            story.registry, member, list(NoticeKind)[number % 3], to=None,
            on=date(2026, 10, 20) + timedelta(days=9 * number), text=None, today=TODAY,
        ).record  # fmt: skip
        story.step()
        if number > 1:
            continue
        theirs = {PLACE: move.destination_code, "occupation": ("搬运工", move.occupation)[number]}
        back = notices.reply(
            story.registry, sent, {k: v for k, v in theirs.items() if v},
            on=date(2026, 11, 9), by=move.host_contact, text=None, today=TODAY,
        ).record  # fmt: skip
        if number == 0:
            notices.agree(story.registry, back, [], Take.THEIRS, on=date(2026, 11, 11), today=TODAY)
        story.step()


def _letters(story: Story, branches: Sequence[Org]) -> None:
    """Four who live in a fixed place get letters: received and filed, expired, on its way."""
    fixed = [move for move in _away(story, dated=True) if move.fixed_place == "yes"]
    people: list[Member] = [
        member_rows.get(story.registry, move.member_id, on=TODAY) for move in fixed[:3]
    ]
    days = (date(2026, 11, 25), date(2026, 10, 12), date(2026, 11, 23))
    for number, (member, on) in enumerate(zip(people, days, strict=False), start=1):
        new = transfers.NewTransfer(f"长组介〔2026〕{number}号", "流入地街道党工委", on)
        letter = transfers.issue(story.registry, member, new, by=branches[0].secretary).record
        if number == 1:
            got = transfers.receive(
                story.registry, letter, received_on=date(2026, 11, 26),
                receipt_on=TODAY, today=TODAY,
            ).record  # fmt: skip
            transfers.file(story.registry, got, on=TODAY)
        story.step()
