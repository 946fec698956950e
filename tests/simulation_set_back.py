"""In the life of eight offices: a village's disk dies, and its registry is restored from a copy."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from flowparty.domain.canonical import sha256
from flowparty.domain.errors import Conflict
from flowparty.domain.period import Period
from flowparty.repository import closings, packages
from flowparty.repository.registry import Registry
from tests.conftest import ACTOR, now

if TYPE_CHECKING:
    from datetime import date

    from tests.offices import Office
    from tests.simulation import Parcel, World


BEGUN = Period(2026, 1)


@dataclass
class Copy:
    """A village's registry as it stood between two months, and how many packages it had sent."""

    content: bytes
    sent: int


def maybe(world: World, first: date, period: Period) -> None:
    """Before a month: now and then a copy is kept, and rarely one is put back."""
    for number, village in enumerate(world.villages):
        if number in world.copies and world.random.random() < 0.06:
            put_back(world, number, first, period)
        elif world.random.random() < 0.4:
            world.copies[number] = Copy(village.path.read_bytes(), sent_by(village))


def sent_by(village: Office) -> int:
    return len(village.registry.rows("SELECT 1 FROM package_sent"))


def put_back(world: World, number: int, first: date, period: Period) -> None:
    """What the village did since its copy is lost; months that it knows no more it closes again."""
    village, copy = world.villages[number], world.copies[number]
    village.registry.close()
    village.path.write_bytes(copy.content)
    village.registry = Registry.open(
        village.path, actor=ACTOR, command="test", now=now, wait_seconds=5
    )
    lost = [m for m in _before(period) if closings.closed(village.registry, m) is None]
    world.sent = [s for s in world.sent if s[0] is not village or s[1] not in lost]
    for month in lost:
        village.close_month(month, first)
    last = world.accepted.get(number)
    if last is not None and last.seq > copy.sent:
        world.set_back.add(number)
    world.void += [parcel for parcel in world.waiting if parcel.village == number]
    world.waiting = [parcel for parcel in world.waiting if parcel.village != number]


def _before(period: Period) -> list[Period]:
    """The months that have been, in order."""
    found = [period.before]
    while found[0] > BEGUN:
        found.insert(0, found[0].before)
    return found


def decide(world: World, parcel: Parcel, today: date) -> None:
    """The town refuses the first package after that, and takes it once somebody says so."""
    before = world.town.head()
    with pytest.raises(Conflict):
        world.town.receive(parcel.data, today, gap="恢复")
    assert world.town.head() == before
    arrived = world.town.receive(parcel.data, today, gap="恢复", restored=True)
    assert (arrived.outcome, arrived.fork is None) == ("merged", False)
    assert arrived.receipt is not None
    assert world.villages[parcel.village].receive(arrived.receipt, today).outcome == "receipt"
    world.accepted[parcel.village] = parcel
    world.set_back.remove(parcel.village)


def bring_void(world: World, today: date) -> None:
    """Nothing that a lost registry has sent is taken any more, nor what is older than its copy."""
    for parcel in world.void:
        before = world.town.head()
        if packages.received_by_digest(world.town.registry, sha256(parcel.data)):
            assert world.town.receive(parcel.data, today).outcome == "already"
        else:
            with pytest.raises(Conflict) as refused:
                world.town.receive(parcel.data, today, gap="旧包")
            assert refused.value.code in ("package_fork", "package_older")
        assert world.town.head() == before
