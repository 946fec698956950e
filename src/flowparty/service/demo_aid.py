"""The demo's aid: pots of several sources, and what each village's people were given."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from flowparty.domain.aid import Kind, Paid, Purpose
from flowparty.domain.money import parse_yuan
from flowparty.repository import members as member_rows
from flowparty.service import aid
from flowparty.service.demo_story import TODAY

if TYPE_CHECKING:
    from collections.abc import Sequence

    from flowparty.domain.aid import Pot
    from flowparty.domain.members import Member
    from flowparty.domain.orgs import Org
    from flowparty.service.demo_story import Story

POTS = (
    ("返乡创业扶持资金", "县委组织部", "贞组通〔2026〕11号", "80万"),
    ("乡村振兴产业贷款贴息", "县农业农村局", "贞农发〔2026〕23号", "60万"),
    ("困难党员救助金", "镇党委", "长党发〔2026〕7号", "30万"),
)
GRANTS = (
    (0, "startup", "funds", "李子种植", "10万"),
    (0, "startup", "funds", "电商服务站", "8万"),
    (0, "startup", "funds", "农家乐", "7万"),
    (0, "startup", "project", "茶叶加工", "12万"),
    (0, "startup", "funds", "养鸡场", "9万"),
    (0, "startup", "funds", "汽车修理", "8万"),
    (0, "startup", "funds", "刺绣合作社", "11万"),
    (0, "startup", "project", "农机服务队", "10万"),
    (1, "startup", "funds", "黄牛养殖", "12万"),
    (1, "startup", "funds", "花椒基地", "9万"),
    (1, "startup", "funds", "蜂蜜加工", "6万"),
    (1, "startup", "project", "冷库", "15万"),
    (1, "startup", "funds", "竹编工坊", "5万"),
    (1, "startup", "funds", "运输车队", "8万"),
    (2, "hardship", "funds", None, "4万"),
    (2, "hardship", "funds", None, "5万"),
    (2, "hardship", "funds", None, "3万"),
    (2, "hardship", "funds", None, "6万"),
    (2, "hardship", "funds", None, "2万"),
    (None, "startup", "policy", "创业担保贷款", "0"),
    (2, "hardship", "funds", None, "10万"),
)


def tell(story: Story, branches: Sequence[Org]) -> None:
    """Record the pots, then the allocations one village after the other, most of them paid."""
    pots = [_pot(story, *pot) for pot in POTS]
    listed = {
        branch.id: member_rows.list_members(story.registry, on=TODAY, org=branch.id)
        for branch in branches
    }
    for number, (pot, purpose, kind, project, amount) in enumerate(GRANTS):
        branch = branches[number % len(branches)]
        member = listed[branch.id][number // len(branches)]
        source = None if pot is None else pots[pot]
        new = aid.NewGrant(
            Purpose(purpose),
            Kind(kind),
            parse_yuan(amount),
            date(2026, 3 + number // 4, 1 + number),
            POTS[pot][1] if pot is not None else "县人社局",
            project,
        )
        _grant(story, member, source, new, number)


def _pot(story: Story, name: str, source: str, document: str, amount: str) -> Pot:
    new = aid.NewPot(
        name=name,
        source=source,
        amount_fen=parse_yuan(amount),
        since=date(2026, 1, 1),
        until=date(2026, 12, 31),
        provider="长田镇组织办",
        document=document,
    )
    story.step()
    return aid.add_pot(story.registry, new).record


def _grant(story: Story, member: Member, pot: Pot | None, new: aid.NewGrant, number: int) -> None:
    grant = aid.allocate(story.registry, member, pot, new, again=False).record
    story.step()
    if new.amount_fen and number % 5:
        part = new.amount_fen if number % 2 else new.amount_fen // 2
        aid.move_money(
            story.registry, grant, Paid.PAY, part, on=new.on.replace(day=28),
            voucher=f"2026-{number:03d}", again=False,
        )  # fmt: skip
        story.step()
    if number in (0, 1):
        aid.follow_up(
            story.registry, grant, on=date(2026, 9, 15), months=6, trading="yes",
            result="已带动三户", by=None,
        )  # fmt: skip
