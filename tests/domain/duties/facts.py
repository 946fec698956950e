"""Facts of one made-up person, with whatever a case is about put in."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from flowparty.domain.aid import Grant, Pot
from flowparty.domain.cards import Card, CardEvent, Kind
from flowparty.domain.contacts import Owed
from flowparty.domain.dates import PartialDate
from flowparty.domain.dues import Account, Consent, Deferral, Payment, Standard
from flowparty.domain.duties.card import HeldCard
from flowparty.domain.duties.exchange import OpenConflict, Unsent
from flowparty.domain.duties.returns import Sent
from flowparty.domain.duties.survey import OpenRound
from flowparty.domain.duties.work import Followed
from flowparty.domain.groups import AwayTogether
from flowparty.domain.holdings import Holding, Review
from flowparty.domain.ids import (
    CardId,
    ConsentId,
    DecisionId,
    DuesId,
    EventId,
    GrantId,
    HardshipId,
    HoldingId,
    MeetingId,
    MemberId,
    MovementId,
    NeedId,
    NoticeId,
    OrgId,
    PersonId,
    PotId,
    RoundId,
    TransferId,
)  # fmt: skip
from flowparty.domain.ledger import Away
from flowparty.domain.lost import Clock, Hardship
from flowparty.domain.masking import Masked
from flowparty.domain.meetings import Decision
from flowparty.domain.months import Month
from flowparty.domain.movements import Direction, Movement
from flowparty.domain.needs import Kind as NeedKind
from flowparty.domain.needs import Need, NeedEvent, Step
from flowparty.domain.notices import Kind as NoticeKind
from flowparty.domain.notices import Notice, NoticeField
from flowparty.domain.orgs import Org, OrgKind
from flowparty.domain.surveys import Person, Round
from flowparty.domain.transfers import Transfer

WHO, BRANCH, MEMBER = "王小明", "金叶社区党支部", MemberId(7)

if TYPE_CHECKING:
    from collections.abc import Sequence


def owed(**given: Any) -> Owed:
    values = {"left_on": "2026-01-05", "attempts": 0, "reached_on": None, "last_reached_on": None}
    return Owed(
        **{
            "member_id": MEMBER, "member": WHO, "branch": BRANCH, "secretary": "李国",
            "phone": None, "failed_on": (), **values, **given,
        }
    )  # fmt: skip


def clock(activity: str | None, dues: str | None = None, suspended: str | None = None) -> Clock:
    return Clock(MEMBER, WHO, BRANCH, activity, dues, None, suspended is not None, suspended)


def away(left: str | None, **given: Any) -> Away:
    values: dict[str, Any] = {
        "member_id": MEMBER, "name": WHO, "sex": "male", "ethnicity": "汉族",
        "id_number": Masked("522325198503120017", "id"), "birth_date": None,
        "education": "junior", "joined_on": "1999-07-01", "full_member_on": None,
        "branch_id": OrgId(2), "branch": BRANCH, "home": "522325107",
        "left": None if left is None else PartialDate.from_iso(left),
        "destination_code": "440307", "destination_text": "深圳龙岗", "reason": "work",
        "occupation": "普工", "fixed_place": "no", "host_org": None, "host_contact": None,
        "host_phone": None, "mobile": Masked("13800138000", "phone"), "card_number": None,
        "card_state": None, "verified_on": None, "contacted_on": None, "remark": None,
        "over": True, "in_group": False,
    }  # fmt: skip
    return Away(**{**values, **given})


def card(*events: tuple[str, str], home: str | None = None) -> HeldCard:
    lived = tuple(
        CardEvent(EventId(n), CardId(3), "贞1", MEMBER, WHO, Kind(kind), on, None, None, None)
        for n, (kind, on) in enumerate(events)
    )
    return HeldCard(Card(CardId(3), "贞1", MEMBER, WHO, BRANCH, None, lived), home)


def move(left: str | None, place: str | None = "440307", **given: Any) -> Movement:
    values: dict[str, Any] = {
        "id": MovementId(5), "member_id": MEMBER, "member": WHO, "branch": BRANCH,
        "direction": Direction.OUT, "left_on": left, "destination_code": place,
        "destination_text": None, "unit_kind": "unknown", "reason": "work", "occupation": None,
        "fixed_place": "no", "host_org": None, "host_contact": None, "host_phone": None,
        "remark": None,
        "arrived_on": None, "ended_on": None, "outcome": None, "end_note": None,
    }  # fmt: skip
    return Movement(**{**values, **given})


def letter(on: str, days: int = 10, **given: Any) -> Transfer:
    values: dict[str, Any] = {
        "id": TransferId(4), "number": "介1号", "member_id": MEMBER, "member": WHO,
        "branch": BRANCH, "receiver": "龙岗街道党工委", "on": on, "valid_days": days,
        "dues_paid_to": "2026-01", "by": None, "outcome": None, "ended_on": None,
        "end_note": None, "receipt_on": None, "filed_on": None,
    }  # fmt: skip
    return Transfer(**{**values, **given})


def notice(on: str, *, agreed: str | None = None, **given: Any) -> Notice:
    fields = (NoticeField(1, NoticeId(6), "occupation", "普工", "厨师", None, agreed),)
    values: dict[str, Any] = {
        "id": NoticeId(6), "code": "ABCDEF", "member_id": MEMBER, "member": WHO,
        "branch": BRANCH, "movement_id": MovementId(5), "kind": NoticeKind.INFORM,
        "addressee": "龙岗街道党工委", "on": on, "text": None, "replied_on": None,
        "replied_by": None, "reply": None, "withdrawn_on": None, "fields": fields,
    }  # fmt: skip
    return Notice(**{**values, **given})


def account(paid: tuple[str, str, str] | None, consent: Consent | None = None) -> Account:
    """Dues since 2026-01; ``paid``: on which day, from and to which month."""
    payments = () if paid is None else (
        Payment(DuesId(1), MEMBER, WHO, BRANCH, paid[0], Month.from_iso(paid[1]),
                Month.from_iso(paid[2]), 50, None, None, None, None, None),
    )  # fmt: skip
    consents = () if consent is None else (
        Deferral(ConsentId(1), MEMBER, WHO, consent, Month(2026, 1), Month(2026, 12),
                 "2026-01-01", None, None),
    )  # fmt: skip
    standards = (Standard(MEMBER, Month(2026, 1), "farmer", 50),)
    return Account(MEMBER, WHO, BRANCH, standards, consents, payments)


def need(due: str, *steps: tuple[Step, str]) -> Need:
    made = ((Step.ASSIGN, "2026-01-02"), *steps)
    events = tuple(
        NeedEvent(EventId(n), NeedId(8), WHO, kind, on, OrgId(9), "派出所",
                  due if kind is Step.ASSIGN else None, None, None, None, None, None)
        for n, (kind, on) in enumerate(made)
    )  # fmt: skip
    return Need(
        NeedId(8), MEMBER, WHO, BRANCH, "2026-01-01", NeedKind.WISH, "想开店", None, None, events
    )


def decision(due: str, done: str | None = None) -> Decision:
    return Decision(
        DecisionId(2), MeetingId(1), "2026-01-01", "联席会议", None, OrgId(9), "派出所", "核实", due,
        done, None,
    )  # fmt: skip


def followed(on: str, *months: int, **given: Any) -> Followed:
    values: dict[str, Any] = {
        "id": GrantId(3), "pot_id": None, "pot": None, "member_id": MEMBER, "member": WHO,
        "branch": BRANCH, "on": on, "purpose": "startup", "kind": "funds", "provider": None,
        "project": None, "amount_fen": 100, "committed_fen": 100, "paid_fen": 0, "ended_on": None,
        "end_note": None, "reversed_on": None, "reversal": None,
    }  # fmt: skip
    return Followed(Grant(**{**values, **given}), frozenset(months))


def pot(until: str | None, committed: int = 40, **given: Any) -> Pot:
    values: dict[str, Any] = {
        "id": PotId(1), "name": "返乡创业资金", "source": "县委组织部", "provider": None,
        "document": None, "amount_fen": 100, "since": "2026-01-01", "until": until,
        "reversed_on": None, "committed_fen": committed,
    }  # fmt: skip
    return Pot(**{**values, **given})


def survey(*missing: str, last: str | None = None) -> OpenRound:
    people = [
        Person(PersonId(n), MemberId(n), name, OrgId(2), BRANCH, None, None, None, 0)
        for n, name in enumerate(missing, start=1)
    ]
    return OpenRound(Round(RoundId(1), "秋季排查", "2026-09-01", None), people, last)


def together(*left: str | None) -> list[AwayTogether]:
    return [
        AwayTogether(MemberId(n), f"党员{n}", day, OrgId(2), BRANCH, "440307", None)
        for n, day in enumerate(left, start=1)
    ]


def point(secretary: str | None, **given: Any) -> Org:
    values = {"kind": OrgKind.SERVICE_POINT, "since": "2026-03-01", **given}
    return Org(id=OrgId(9), uuid="u", name="金叶服务点", secretary=secretary, **values)


def sent(*periods: str, begun: str = "2025-01-01", closed: Sequence[str] = ()) -> Sent:
    return Sent("中共长田镇委员会", begun, frozenset(periods), frozenset(closed))


def unsent(end: str) -> Unsent:
    return Unsent("522325107205", "甘田村", end[:7], date.fromisoformat(end))


def conflict(since: str) -> OpenConflict:
    return OpenConflict("K3", WHO, since)


def hardship(since: str, until: str, ended: str | None = None) -> Hardship:
    return Hardship(
        HardshipId(1), MEMBER, WHO, BRANCH, since, until, "镇党委", None, ended, None
    )  # fmt: skip


def holding(since: str | None, *reviews: str, ended: str | None = None) -> Holding:
    from flowparty.domain.holdings import Kind as HoldingKind

    seen = tuple(Review(HoldingId(1), int(on[:4]), on, "good", None, None) for on in reviews)
    return Holding(
        HoldingId(1), MEMBER, WHO, BRANCH, HoldingKind.POST, "调解岗", "调解", None, None,
        since or "2024-01-01", since, None if since is None else "支部", None, ended, None, seen,
    )  # fmt: skip
