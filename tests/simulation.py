"""A life of eight offices: people come and go, and the packages between them meet every mishap.

County, town, six villages. Every month each village closes and packs; packages are lost, late,
doubled, swapped, corrected and damaged at random; then the town closes and packs for the county.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from dateutil.relativedelta import relativedelta

from flowparty.domain.cards import Kind
from flowparty.domain.dates import PartialDate
from flowparty.domain.errors import Conflict, Problem, TooNew, Untrusted
from flowparty.domain.identity import parse_id
from flowparty.domain.members import EndReason, NewMember
from flowparty.domain.movements import Direction, NewMovement, State, at_once
from flowparty.domain.orgs import OrgKind
from flowparty.domain.period import Period
from flowparty.exchange import figures
from flowparty.exchange.selection import select
from flowparty.repository import cards, closings, members, movements, orgs, outgoing
from flowparty.repository.check import check
from flowparty.service import balance, closing, contacts, groups, ledger, report_status, returning
from flowparty.service import cards as card_service
from flowparty.service import members as member_service
from flowparty.service import movements as movement_service
from flowparty.service import orgs as org_service
from flowparty.service.demo_people import People
from tests.offices import COUNTY, VILLAGES, Office, introduce, make_office, make_town

if TYPE_CHECKING:
    from pathlib import Path
    from random import Random

    from flowparty.domain.members import Member
    from flowparty.domain.movements import Movement

START = date(2026, 1, 1)
CUTOFF = 27
PLACES = ("440306", "330206", "520102", "522301", "522325", "522325107205", "990000", None)
REASONS = ("work", "work", "business", "official", "other")


@dataclass
class Parcel:
    """One package on its way, with what its village knew when it was closed."""

    village: int
    period: Period
    seq: int
    data: bytes
    tables: dict[str, Any]


@dataclass
class World:
    """The eight offices, and what the town must hold."""

    random: Random
    county: Office
    town: Office
    villages: list[Office]
    people: People
    accepted: dict[int, Parcel] = field(default_factory=dict)
    waiting: list[Parcel] = field(default_factory=list)
    sent: list[tuple[Office, Period, Any]] = field(default_factory=list)
    cards: int = 0


def make_world(folder: Path, random: Random) -> World:
    """All offices with their keys, and six to ten members in each village."""
    town, villages = make_town(folder, VILLAGES, START)
    county = make_office(folder / COUNTY, COUNTY, START)
    introduce(town, county, START)
    world = World(random, county, town, villages, People(random))
    for village in villages:
        with village.registry.write():
            for _ in range(random.randrange(6, 11)):
                add_member(world, village, START)
            branch = orgs.top(village.registry)
            org_service.add(village.registry, OrgKind.GROUP, "驻外党小组", parent=branch,
                            today=START, facts={})  # fmt: skip
    return world


def add_member(world: World, village: Office, day: date) -> None:
    branch = orgs.top(village.registry)
    member_service.register(
        village.registry, world.people.member(branch.name), branch=branch, category="full",
        standing="normal", since=None, today=day,
    )  # fmt: skip


def live(world: World, village: Office, first: date, last: date) -> None:
    """A month in a village: one transaction, a few events on random days in order."""
    random = world.random
    days = sorted(
        first + timedelta(days=random.randrange((last - first).days + 1)) for _ in range(6)
    )
    with village.registry.write():
        for day in days:
            if random.random() < 0.15:
                add_member(world, village, day)
            there = members.list_members(village.registry, on=day)
            happen(world, village, random.choice(there), day)
    come_back(world, village, last)


def come_back(world: World, village: Office, last: date) -> None:
    """Who was transferred out comes back, or the end was a mistake; most go away again."""
    registry, random = village.registry, world.random
    gone = [
        one
        for one in members.list_members(registry, on=last, ended=True)
        if one.end_reason == EndReason.TRANSFERRED and str(one.ended_on) < last.isoformat()
    ]
    if not gone or random.random() < 0.4:
        return
    one = random.choice(gone)
    if random.random() < 0.3:
        returning.reopen(registry, one, today=last, reason="误登")
        return
    between = last - date.fromisoformat(str(one.ended_on))
    since = last - timedelta(days=random.randrange(min(between.days, 40)))
    identity = parse_id(one.id_number.reveal(), today=last)
    member_service.register(
        registry, NewMember(one.name, identity, one.sex, None), branch=orgs.top(registry),
        category="full", standing="normal", since=since, today=last,
    )  # fmt: skip
    if random.random() < 0.7:
        leave(world, village, one, since)


def happen(world: World, village: Office, member: Member, day: date) -> None:
    """One thing that happens to a member on a day."""
    registry, random = village.registry, world.random
    if random.random() < 0.2:
        contacts.add(
            registry, member, on=day, method="phone", outcome="reached", by=None, notes=None
        )
    movement = movements.open_of(registry, member.id, on=day)
    if movement is None:
        leave(world, village, member, day)
    elif random.random() < 0.25:
        outcome = State.RETURNED
        movement_service.finish(registry, member, outcome, on=day, note=None, today=day)
    elif random.random() < 0.15 and movement.direction is Direction.OUT:
        go_on(world, village, member, movement, day)
    elif random.random() < 0.1:
        reason = random.choice((EndReason.DIED, EndReason.TRANSFERRED, EndReason.TRANSFERRED))
        member_service.end(registry, member, reason, on=day, note=None, today=day)
        return
    elif random.random() < 0.2:
        (group,) = [o for o in orgs.list_orgs(registry) if o.kind is OrgKind.GROUP]
        groups.join(registry, group, [member], on=day)
    keep_card(world, village, member, day)


def leave(world: World, village: Office, member: Member, day: date) -> None:
    random = world.random
    days = [
        PartialDate.of(day), PartialDate.of(day - timedelta(days=random.randrange(300))),
        PartialDate(day.year, day.month), PartialDate(day.year - 1), None,
    ]  # fmt: skip
    past = movements.of_member(village.registry, member.id, on=day)
    left = random.choice([one for one in days if _is_apart(one, past)])
    movement_service.begin(
        village.registry, member,
        NewMovement(
            Direction.OUT, left, random.choice(PLACES), "某地", reason=random.choice(REASONS),
            fixed_place=random.choice(("yes", "no", "unknown")),
        ),
        today=day,
    )  # fmt: skip


def go_on(world: World, village: Office, member: Member, movement: Movement, day: date) -> None:
    """Who is away longer than a day goes on to another place."""
    if movement.left is None or movement.left.last < day:
        place = {"destination_code": world.random.choice(PLACES), "destination_text": "别处"}
        movement_service.move_on(village.registry, member, place, on=day, today=day)


def _is_apart(left: PartialDate | None, past: list[Movement]) -> bool:
    """Whether somebody who was away before may have left then."""
    life = None if left is None else str(left), None
    return not any(at_once(life, (move.left_on, move.ended_on)) for move in past)


def keep_card(world: World, village: Office, member: Member, day: date) -> None:
    registry, random = village.registry, world.random
    card = cards.live_of(registry, member.id, on=day)
    world.cards += 1
    number = f"贞{world.cards}"
    if card is None:
        if random.random() < 0.5:
            card_service.issue(registry, member, number, on=day, by=None, place=None)
        return
    kinds = [Kind.VERIFY, Kind.VERIFY, Kind.REVIEW, Kind.LOST, Kind.HAND_IN]
    if card.state_on(day) == "lost":
        card_service.reissue(registry, card, number, on=day, by=None, place=None)
    else:
        card_service.record(registry, card, random.choice(kinds), on=day, by=None)


def pack(world: World, number: int, period: Period, today: date) -> Parcel:
    """Close a village's month, check its totals, and make its package."""
    village = world.villages[number]
    village.close_month(period, today)
    closed = closings.closed(village.registry, period)
    assert closed is not None
    tables = select(
        outgoing.tables_at(village.registry, closed.journal_seq), closed.cutoff.isoformat()
    )
    sent, data = village.pack(period, today)
    world.sent.append((village, period, closing.month(village.registry, period, today=today)))
    return Parcel(number, period, sent.seq, data, tables)


def deliver(world: World, parcel: Parcel, today: date) -> None:
    """Bring a package to the town; what is older than the last is refused and writes nothing."""
    last = world.accepted.get(parcel.village)
    before = world.town.head()
    if last is not None and parcel.seq < last.seq:
        known = world.town.registry.row("SELECT 1 FROM package_received WHERE digest = :d",
                                        d=_digest(parcel.data))  # fmt: skip
        if known is None:
            with pytest.raises(Conflict) as refused:
                world.town.receive(parcel.data, today)
            assert refused.value.code == "package_older"
        else:
            assert world.town.receive(parcel.data, today).outcome == "already"
        assert world.town.head() == before
        return
    gap = None
    if last is None or parcel.seq > last.seq + 1:
        gap = "上月的包丢了"
        require_gap_refused(world, parcel, last, today)
    arrived = world.town.receive(parcel.data, today, gap=gap)
    assert arrived.outcome == ("already" if last is parcel else "merged")
    assert arrived.receipt is not None
    village = world.villages[parcel.village]
    assert village.receive(arrived.receipt, today).outcome in ("receipt", "receipt_known")
    world.accepted[parcel.village] = parcel


def require_gap_refused(world: World, parcel: Parcel, last: Parcel | None, today: date) -> None:
    """Without a reason a missing month is not passed over."""
    first = Period(2026, 1) if last is None else last.period
    skipped = parcel.period.before > first if last else parcel.period > first
    if skipped:
        before = world.town.head()
        with pytest.raises(Conflict) as refused:
            world.town.receive(parcel.data, today)
        assert refused.value.code == "package_gap"
        assert world.town.head() == before


def _digest(data: bytes) -> str:
    from flowparty.domain.canonical import sha256

    return sha256(data)


def damaged(world: World, parcel: Parcel, today: date) -> None:
    """A copy with a flipped byte or a cut end is refused, and nothing is written."""
    data, before = bytearray(parcel.data), world.town.head()
    place = world.random.randrange(len(data))
    if world.random.random() < 0.5:
        del data[place:]
    else:
        data[place] ^= 1 << world.random.randrange(8)
    with pytest.raises(Problem) as refused:
        world.town.receive(bytes(data), today)
    assert isinstance(refused.value, Untrusted | TooNew)
    assert world.town.head() == before


def month(world: World, period: Period) -> None:
    """One month: live, close, pack, carry, compare; then the town does the same for the county."""
    first, last = period.start(CUTOFF), period.end(CUTOFF)
    today = last + timedelta(days=1)
    parcels = [p for p in world.waiting if world.random.random() < 0.7]
    world.waiting = [p for p in world.waiting if p not in parcels]
    for number, village in enumerate(world.villages):
        live(world, village, first, last)
        parcels.append(pack(world, number, period, today))
        if world.random.random() < 0.15:
            parcels.append(correct(world, number, period, today))
    world.random.shuffle(parcels)
    for parcel in parcels:
        fate = world.random.random()
        if fate < 0.10:
            world.waiting.append(parcel)
            continue
        if fate < 0.15:
            continue
        if fate < 0.25:
            damaged(world, parcel, today)
        deliver(world, parcel, today)
        if fate > 0.85:
            deliver(world, parcel, today)
    compare(world, period, today)
    report(world, period, today)


def correct(world: World, number: int, period: Period, today: date) -> Parcel:
    """A village opens its closed month again, mends something, and packs it anew."""
    village = world.villages[number]
    closing.reopen(village.registry, period, reason="漏报", today=today)
    last = period.end(CUTOFF)
    with village.registry.write():
        add_member(world, village, last)
        newest = members.list_members(village.registry, on=last)[-1]
        if movements.open_of(village.registry, newest.id, on=last) is None:
            leave(world, village, newest, last)
    return pack(world, number, period, today)


def expected(world: World, period: Period) -> dict[str, Any]:
    """The branches of the town by what its accepted packages say, counted by the other way."""
    found: dict[str, Any] = {}
    for number, parcel in world.accepted.items():
        measure = figures.Measure(
            period.start(CUTOFF), period.end(CUTOFF), 6, 3, world.villages[number].division
        )
        found |= figures.count(parcel.tables, measure)["branches"]
    return found


def compare(world: World, period: Period, today: date) -> None:
    """The town's figures are the sum of what it has accepted, branch by branch and as a whole."""
    for office in (world.town,):
        built = ledger.build(office.registry, period, None, today=today)
        uuid_of = {org.id: org.uuid for org in orgs.list_orgs(office.registry)}
        rows = {uuid_of[row.branch_id]: row for row in built.rows if row.branch_id is not None}
        told = expected(world, period)
        for branch, row in rows.items():
            if branch in told:
                assert row.counts == told[branch]["counts"], (period, branch)
                assert row.lacking == told[branch]["lacking"], (period, branch)
            else:
                assert not any(row.counts.values())
        for cell, count in built.total.counts.items():
            assert count == sum(one["counts"][cell] for one in told.values()), (period, cell)


def report(world: World, period: Period, today: date) -> None:
    """The town closes and packs; the county's figures are the town's."""
    world.town.close_month(period, today)
    _, data = world.town.pack(period, today)
    arrived = world.county.receive(data, today)
    assert arrived.outcome == "merged"
    assert arrived.receipt is not None
    assert world.town.receive(arrived.receipt, today).outcome == "receipt"
    ours = closing.month(world.town.registry, period, today=today)
    theirs = ledger.build(world.county.registry, period, None, today=today)
    assert theirs.total.counts == ours.total.counts
    assert theirs.total.lacking == ours.total.lacking
    assert balance.check(world.town.registry, ours) == []
    world.sent.append((world.town, period, ours))


def run(folder: Path, random: Random, months: int) -> World:
    """The whole life; in the end everything arrives and every book is sound."""
    world = make_world(folder, random)
    period, today = Period(2026, 1), START
    for at in range(months):
        day = START + relativedelta(months=at)
        period = Period(day.year, day.month)
        today = period.end(CUTOFF) + timedelta(days=1)
        month(world, period)
    for parcel in sorted(world.waiting, key=lambda parcel: parcel.seq):
        deliver(world, parcel, today)
    for number, village in enumerate(world.villages):
        last = world.accepted.get(number)
        if last is None or last.seq < len(_sent(village)):
            sent, data = village.pack(period, today, again=True)
            deliver(
                world, Parcel(number, period, sent.seq, data, last_tables(village, period)), today
            )
    send_lost_months(world, months, today)
    compare(world, period, today)
    compare_all(world, period, today)
    for office in (world.county, world.town, *world.villages):
        assert list(check(office.registry)) == []
        office.registry.close()
    return world


def send_lost_months(world: World, months: int, today: date) -> None:
    """Months that never arrived are sent anew and recorded; then nobody is missing in any."""
    for at in range(months):
        day = START + relativedelta(months=at)
        period = Period(day.year, day.month)
        status = report_status.status(world.town.registry, period)
        lacking = {unit.division for unit in status if unit.state == "missing"}
        for village in world.villages:
            if village.division in lacking:
                _, data = village.pack(period, today, again=True)
                assert world.town.receive(data, today).outcome == "recorded"
        found = report_status.status(world.town.registry, period)
        assert [unit.state for unit in found if unit.state == "missing" or unit.gap] == []


def _sent(village: Office) -> list[Any]:
    return village.registry.rows("SELECT 1 FROM package_sent")


def last_tables(village: Office, period: Period) -> dict[str, Any]:
    closed = closings.closed(village.registry, period)
    assert closed is not None
    seq, cutoff = closed.journal_seq, closed.cutoff.isoformat()
    return select(outgoing.tables_at(village.registry, seq), cutoff)


def compare_all(world: World, period: Period, today: date) -> None:
    """Once all has arrived the town is the sum of its villages, and every sent month stands."""
    built = ledger.build(world.town.registry, period, None, today=today)
    own = [closing.month(v.registry, period, today=today).total for v in world.villages]
    for cell, count in built.total.counts.items():
        assert count == sum(total.counts[cell] for total in own), cell
    latest = {(office.division, month): (office, told) for office, month, told in world.sent}
    for (_, month_), (office, told) in latest.items():
        again = closing.month(office.registry, month_, today=today)
        assert again.total == told.total
        assert again.rows == told.rows
        assert [a.name for a in again.away] == [a.name for a in told.away]
        assert balance.check(office.registry, again) == []
