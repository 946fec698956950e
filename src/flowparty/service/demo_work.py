"""The demo's other work: needs and meetings, letters, dues, activities, posts, projects."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from flowparty.domain.activities import Kind as ActivityKind
from flowparty.domain.activities import Result as Appraisal
from flowparty.domain.activities import Side
from flowparty.domain.dues import Basis, Consent
from flowparty.domain.holdings import Kind as HoldingKind
from flowparty.domain.holdings import Result
from flowparty.domain.lost import DecisionKind
from flowparty.domain.money import parse_yuan
from flowparty.domain.months import Month
from flowparty.domain.projects import Kind as ProjectKind
from flowparty.domain.projects import State
from flowparty.repository import members as member_rows
from flowparty.repository import movements as movement_rows
from flowparty.service import activities, dues, holdings, lost, projects
from flowparty.service.demo_story import TODAY

if TYPE_CHECKING:
    from collections.abc import Sequence

    from flowparty.domain.members import Member
    from flowparty.domain.orgs import Org
    from flowparty.service.demo_story import Story

PROJECTS = (
    ("李子深加工厂", "processing", "running", "320万", 26),
    ("花椒种植基地", "planting", "running", "86万", 31),
    ("肉牛养殖场", "husbandry", "building", "150万", 9),
    ("电商服务站", "commerce", "running", "18万", 6),
    ("刺绣合作社", "processing", "running", "42万", 22),
    ("蜂蜜加工坊", "processing", "agreed", "25万", 0),
    ("三岔河农家乐", "tourism", "running", "60万", 8),
    ("食用菌大棚", "planting", "building", "75万", 12),
    ("竹编工坊", "processing", "running", "15万", 11),
    ("冷链仓库", "services", "planned", "0", 0),
    ("村组路灯", "public_works", "running", "12万", 0),
    ("林下土鸡", "husbandry", "stopped", "9万", 0),
)
POSTS = (
    ("政策宣传岗", "宣讲政策，带头遵守"),
    ("邻里调解岗", "调解纠纷，反映诉求"),
    ("护林防火岗", "巡查山林，劝阻野外用火"),
)
SHOPS = (("韦家花椒", "花椒种植销售", 12), ("岑记米粉", "餐饮", 4))
APPRAISALS = (Appraisal.EXCELLENT, Appraisal.QUALIFIED, Appraisal.QUALIFIED, Appraisal.BASIC)


def tell(story: Story, branches: Sequence[Org]) -> None:
    """Record a year of each kind, branch by branch."""
    for number, branch in enumerate(branches):
        people = member_rows.list_members(story.registry, on=TODAY, org=branch.id)
        _dues(story, branch, people, number)
        _activities(story, branch, people, number)
    _projects(story, branches)
    _holdings(story, branches)
    _hardship_and_loss(story, branches)


def _dues(story: Story, branch: Org, people: Sequence[Member], number: int) -> None:
    """Everybody pays at home to September; most to November, one with consent through a relative.

    The last of every branch has paid to March only, the way people are lost.
    """
    registry = story.registry
    dues.set_standard(
        registry, people, Basis.FARMER, parse_yuan("0.5"), since=Month(2026, 1), today=TODAY
    )
    story.step()
    lagging = people[-1:]
    paying = people[:-1]
    first = dues.NewPayment(on=date(2026, 3, 28), months=3)
    dues.pay(registry, people, first, today=TODAY, again=False)
    second = dues.NewPayment(on=date(2026, 9, 26), months=6)
    dues.pay(registry, paying, second, today=TODAY, again=False)
    story.step()
    deferred, rest = paying[number % 3], [*paying[: number % 3], *paying[number % 3 + 1 :]]
    dues.pay(
        registry, rest, dues.NewPayment(on=date(2026, 11, 25), months=2), today=TODAY, again=False
    )
    kind = Consent.AFTERWARDS if number % 2 else Consent.QUARTERLY
    consent = dues.NewConsent(
        kind, Month(2026, 10), Month(2026, 12), date(2026, 10, 8), branch.name, None
    )
    dues.consent(registry, deferred, consent, today=TODAY)
    if lagging:
        story.lagging.append(lagging[0])
    story.step()


def _activities(story: Story, branch: Org, people: Sequence[Member], number: int) -> None:
    """Organization life at home and online, training, and the yearly appraisal."""
    registry = story.registry
    moves = movement_rows.list_movements(registry, on=TODAY, org=branch.id)
    away = {move.member_id for move in moves}
    home = [member for member in people if member.id not in away]
    far = [member for member in people if member.id in away][:-1]
    held = (
        ("春节返乡党员座谈", ActivityKind.ORG_LIFE, date(2026, 2, 20), 120, Side.HOME, people),
        ("政策微课", ActivityKind.TRAINING, date(2026, 6, 18), 90, Side.REMOTE, far),
        ("七一主题党日", ActivityKind.ORG_LIFE, date(2026, 7, 1), 150, Side.HOME, home),
        ("村庄清洁行动", ActivityKind.SERVICE, date(2026, 9, 12), 180, Side.HOME, home),
    )
    for name, kind, on, minutes, side, came in held:
        new = activities.NewActivity(name, kind, on, minutes, side, "村活动室")
        made = activities.add(registry, branch, new, people, today=TODAY).record
        activities.attend(
            registry, made, came[number % 2 :], came=True, result=None, note=None, today=TODAY
        )
        story.step()
    new = activities.NewActivity(
        "2026年民主评议", ActivityKind.APPRAISAL, date(2026, 11, 15), 180, Side.HOME, "村活动室"
    )
    made = activities.add(registry, branch, new, people, today=TODAY).record
    for place, result in enumerate(APPRAISALS):
        judged = [*home, *far][place :: len(APPRAISALS)]
        activities.attend(registry, made, judged, came=True, result=result, note=None, today=TODAY)
        story.step()


def _projects(story: Story, branches: Sequence[Org]) -> None:
    for number, (name, kind, state, amount, jobs) in enumerate(PROJECTS):
        branch = branches[number % len(branches)]
        people = member_rows.list_members(story.registry, on=TODAY, org=branch.id)
        begun = projects.Standing(date(2026, 1 + number % 5, 10), State.PLANNED)
        made = projects.add(
            story.registry, name, people[number % 5], branch, ProjectKind(kind), begun,
            investor=story.people.somebody(),
        ).record  # fmt: skip
        now = projects.Standing(
            date(2026, 9, 1 + number), State(state), parse_yuan(amount), jobs, None
        )
        projects.update(story.registry, made, now)
        story.step()


def _holdings(story: Story, branches: Sequence[Org]) -> None:
    for number, branch in enumerate(branches):
        people = member_rows.list_members(story.registry, on=TODAY, org=branch.id)
        name, duties = POSTS[number % len(POSTS)]
        new = holdings.NewHolding(HoldingKind.POST, name, date(2025, 9, 1), duties)
        made = holdings.apply(story.registry, people[-2], new).record
        holdings.recognise(story.registry, made, on=date(2025, 9, 10), by=branch.name)
        if number % 3:
            holdings.review(
                story.registry, made, 2026, Result.GOOD, on=date(2026, 9, 20), by=branch.name,
                findings=None,
            )  # fmt: skip
        story.step()
    for branch, (name, trade, households) in zip(branches, SHOPS, strict=False):
        people = member_rows.list_members(story.registry, on=TODAY, org=branch.id)
        shop = holdings.NewHolding(
            HoldingKind.MODEL_SHOP, name, date(2026, 4, 1), trade=trade, households=households
        )
        made = holdings.apply(story.registry, people[-3], shop).record
        holdings.recognise(story.registry, made, on=date(2026, 4, 20), by="长田镇党委")
        story.step()


def _hardship_and_loss(story: Story, branches: Sequence[Org]) -> None:
    """A few are recognized as in hardship; one lost member's Party membership was suspended."""
    for branch in branches[:4]:
        people = member_rows.list_members(story.registry, on=TODAY, org=branch.id)
        lost.recognise(
            story.registry, people[1], since=date(2026, 1, 10), until=date(2026, 12, 31),
            by=branch.name, text=None,
        )  # fmt: skip
        story.step()
    lost.decide(
        story.registry, story.lagging[-1], DecisionKind.SUSPEND, on=date(2026, 11, 6),
        document="长党发〔2026〕31号", by="中共长田镇委员会", text=None, today=TODAY,
    )  # fmt: skip
    story.step()
