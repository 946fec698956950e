"""The demo: 长田镇's year in made-up records, entered through the services a clerk's commands use.

No figure stands here: the returns are counted from what these records say.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from random import Random
from typing import TYPE_CHECKING

from flowparty.domain.cards import Kind
from flowparty.domain.dates import PartialDate
from flowparty.domain.errors import Conflict
from flowparty.domain.members import Attribute, EndReason
from flowparty.domain.movements import Direction, NewMovement, State
from flowparty.domain.orgs import OrgKind
from flowparty.repository import orgs as org_rows
from flowparty.repository.divisions import load_gazetteer
from flowparty.repository.history import first_command
from flowparty.repository.registry import Registry
from flowparty.service import (
    cards,
    contacts,
    demo_aid,
    demo_cards,
    demo_joint,
    demo_survey,
    demo_work,
    members,
    movements,
    orgs,
    setup,
)
from flowparty.service.demo_people import People
from flowparty.service.demo_story import TODAY, Story
from flowparty.service.places import settle

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import datetime
    from pathlib import Path

    from flowparty.domain.members import Member, NewMember
    from flowparty.domain.orgs import Org
    from flowparty.repository.journal import Actor

DIVISION = "522325107"
COMMAND = "demo"
_SEED = 20261128
_MEMBERS_PER_BRANCH = (15, 13, 12, 14, 12, 13, 12)
_AWAY_PER_BRANCH = (9, 8, 7, 8, 6, 7, 7)

DESTINATIONS = (
    ("广东省深圳市龙岗区", "电子厂普工", "private_enterprise"),
    ("广东东莞", "注塑工", "private_enterprise"),
    ("浙江省宁波市北仑区", "模具工", "private_enterprise"),
    ("浙江义乌", "小商品经营", "self_employed"),
    ("贵阳市观山湖区", "建筑工", "private_enterprise"),
    ("福建晋江", "制鞋工", "private_enterprise"),
    ("兴义市", "餐饮", "self_employed"),
    ("贞丰县珉谷街道", "货运司机", "self_employed"),
    ("广东佛山顺德", "家具厂", "private_enterprise"),
    ("江苏省昆山市", "装配工", "private_enterprise"),
    ("长田镇长田村", "茶场管理", "village"),
    ("上海浦东", "家政", "urban_community"),
    ("广东", "务工", "unknown"),
    ("不掌握", None, "unknown"),
)
PAIR_DUTIES = ("镇党委书记", "镇长", "组织委员", "纪委书记", "副镇长", "人大主席", "武装部长")


def build(
    path: Path, *, actor: Actor, now: Callable[[], datetime], step: Callable[[], None]
) -> None:
    """Write the demo registry at ``path``; one made by an earlier run is replaced.

    Args:
        path: the registry file.
        actor: for the journal.
        now: the journal's clock.
        step: called after every record, for a progress bar; ``STEPS`` says about how often.

    Raises:
        Conflict: what lies at ``path`` was not made by the demo.
    """
    _clear(path, actor, now)
    setup.create(path, DIVISION, name=None, today=TODAY, actor=actor, command=COMMAND, now=now)
    random = Random(_SEED)  # noqa: S311 - made-up people, the same every time
    with Registry.open(path, actor=actor, command=COMMAND, now=now) as registry:
        _tell(Story(registry, People(random), random, step))


STEPS = 720
"""About how many records the story has."""


def _clear(path: Path, actor: Actor, now: Callable[[], datetime]) -> None:
    """Remove the registry of an earlier demo; never a clerk's own."""
    if not path.exists():
        return
    with Registry.open(path, actor=actor, command=COMMAND, now=now) as registry:
        made_by = first_command(registry)
    if made_by != COMMAND:
        raise Conflict("registry_exists", path=str(path))
    path.unlink()


def _tell(story: Story) -> None:
    _offices(story)
    branches = _branches(story)
    sizes = zip(branches, _MEMBERS_PER_BRANCH, _AWAY_PER_BRANCH, strict=True)
    for number, (branch, size, leaving) in enumerate(sizes):
        people = [_register(story, branch) for _ in range(size)]
        away = people[:leaving]
        for position, member in enumerate(away):
            _leave(story, member, number + position)
        for position, member in enumerate(away):
            demo_cards.card(story, member, number + position)
            demo_cards.keep_in_touch(story, member, branch.secretary, number * 3 + position)
        _pair(story, away[0], number)
        _back_home(story, people, branch, number)
    _group(story, branches[0])
    _together(story, branches[1])
    _guests(story, branches)
    demo_survey.tell(story, branches)
    demo_aid.tell(story, branches)
    demo_work.tell(story, branches)
    demo_joint.tell(story, branches)


def _branches(story: Story) -> list[Org]:
    return [o for o in org_rows.list_orgs(story.registry) if o.kind is OrgKind.BRANCH]


def _offices(story: Story) -> None:
    top, branches = org_rows.top(story.registry), _branches(story)
    for org in (top, *branches):
        phone = story.people.mobile()
        secretary = {"secretary": story.people.somebody(), "phone": phone}
        orgs.edit(story.registry, org, secretary, today=TODAY)
        story.step()
    _org(story, OrgKind.SERVICE_CENTRE, "长田镇流动党员服务中心", top)
    for branch in branches:
        village = branch.name.removesuffix("党支部")
        _org(story, OrgKind.SERVICE_POINT, f"{village}流动党员服务点", branch)


def _org(story: Story, kind: OrgKind, name: str, parent: Org) -> None:
    facts = {"phone": story.people.mobile(), "secretary": story.people.somebody()}
    if kind is OrgKind.SERVICE_POINT:
        facts["hours"] = "周一至周五 9:00–17:00"
    orgs.add(story.registry, kind, name, parent=parent, today=TODAY, facts=facts)
    story.step()


def _register(story: Story, branch: Org) -> Member:
    village = branch.name.removesuffix("党支部")
    recorded = members.register(
        story.registry,
        story.people.member(village),
        branch=branch,
        category="full",
        standing="normal",
        since=None,
        today=TODAY,
    )
    story.step()
    return recorded.record


def _leave(story: Story, member: Member, number: int) -> None:
    place, occupation, unit = DESTINATIONS[number * 3 % len(DESTINATIONS)]
    settled = settle(load_gazetteer(), place, home=DIVISION)
    left = _left_on(story, number)
    new = NewMovement(
        direction=Direction.OUT,
        left_on=left,
        destination_code=settled.code,
        destination_text=settled.text,
        unit_kind=unit,
        reason="business" if unit == "self_employed" else "work",
        occupation=occupation,
        fixed_place="yes" if number % 9 == 4 else "no" if number % 3 else "unknown",  # noqa: PLR2004
    )
    movements.begin(story.registry, member, new, today=TODAY)
    story.step()
    if left is not None and settled.code is not None and number % 4:
        host = {
            "host_org": f"{settled.text}流动党员服务站",
            "host_contact": story.people.somebody(),
            "host_phone": story.people.mobile(),
        }
        on = min(left.last + timedelta(days=20), TODAY)
        movements.arrive(story.registry, member, on=on, host=host, today=TODAY)
        story.step()


def _left_on(story: Story, number: int) -> PartialDate | None:
    """When people left: most to the day, some to the month, one in thirteen nobody knows."""
    if number % 13 == 7:  # noqa: PLR2004
        return None
    on = story.day(date(2024, 2, 10), date(2026, 10, 20))
    return PartialDate(on.year, on.month) if number % 5 == 0 else PartialDate.of(on)


def _pair(story: Story, member: Member, number: int) -> None:
    contacts.pair(
        story.registry,
        member,
        story.people.somebody(),
        duty=PAIR_DUTIES[number],
        phone=story.people.mobile(),
        since=date(2026, 3, 1),
    )
    story.step()


def _back_home(story: Story, people: list[Member], branch: Org, number: int) -> None:
    """One of each branch came home and handed the card in; one membership of the town ended."""
    member = people[-1]
    left = PartialDate(2025, 3, 2)
    new = NewMovement(Direction.OUT, left, "440307", "广东深圳龙岗", "private_enterprise", "work")
    movements.begin(story.registry, member, new, today=TODAY)
    cards.issue(
        story.registry, member, story.card_number(), on=date(2025, 3, 1), by=branch.secretary,
        place="长田镇",
    )  # fmt: skip
    back = date(2026, 11, 3) + timedelta(days=number)
    movements.finish(story.registry, member, State.RETURNED, on=back, note="回乡创业", today=TODAY)
    demo_cards.event(story, member, Kind.HAND_IN, back)
    if number == 0:
        members.end(
            story.registry, people[-2], EndReason.DIED, on=date(2026, 10, 9), note=None, today=TODAY
        )
    story.step()


def _group(story: Story, branch: Org) -> None:
    """Three who work in one place have a group there: they need no cards."""
    group = orgs.add(
        story.registry, OrgKind.GROUP, "深圳龙岗流动党小组", parent=branch, today=TODAY,
        facts={"class": "place"},
    ).record  # fmt: skip
    for _ in range(3):
        member = _register(story, branch)
        _leave(story, member, 0)
        members.edit(
            story.registry, member, corrections={}, dated={Attribute.GROUP: group.id},
            since=date(2026, 1, 5), today=TODAY,
        )  # fmt: skip
        story.step()


def _together(story: Story, branch: Org) -> None:
    """Three who work in one place without a group: the program points at them."""
    for _ in range(3):
        _leave(story, _register(story, branch), 1)


def _guests(story: Story, branches: Iterable[Org]) -> None:
    """Members from elsewhere who live here: never in our own totals."""
    for branch in list(branches)[:4]:
        recorded = members.register(
            story.registry,
            _as_guest(story, branch),
            branch=branch,
            category="full",
            standing=None,
            since=None,
            today=TODAY,
        )
        new = NewMovement(
            Direction.IN, PartialDate(2026, 5, 6), "522301", "兴义市", "village", "farming",
            host_org="兴义市某村党支部",
        )  # fmt: skip
        movements.begin(story.registry, recorded.record, new, today=TODAY)
        story.step()


def _as_guest(story: Story, branch: Org) -> NewMember:
    return replace(story.people.member(branch.name.removesuffix("党支部")), guest=True)
