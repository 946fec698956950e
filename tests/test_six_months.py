"""Half a year in one office, at random: each month closed balances with the next, by name."""

from __future__ import annotations

import contextlib
import itertools
from datetime import date, timedelta
from random import Random
from typing import TYPE_CHECKING, Any

import pytest

from flowparty.domain import balance as rules
from flowparty.domain.cards import Kind
from flowparty.domain.dates import PartialDate
from flowparty.domain.errors import Problem
from flowparty.domain.members import Attribute, EndReason
from flowparty.domain.movements import Direction, NewMovement, State
from flowparty.domain.period import Period
from flowparty.repository import closings, orgs
from flowparty.repository import members as people_of
from flowparty.repository.check import check
from flowparty.service import balance, cards, closing, ledger, members, movements
from flowparty.service.demo_people import People
from flowparty.service.frozen import frozen

if TYPE_CHECKING:
    from flowparty.repository.registry import Registry
    from flowparty.service.ledger import Ledger

MONTHS = [Period(2026, month) for month in range(1, 7)]
PEOPLE, MOVES = 40, 30
PLACES = ("440300", "330200", "520100", "522301", "522325", None)


class Office:
    """One clerk's office; every act is a service call on a random person and day."""

    def __init__(self, registry: Registry, seed: int) -> None:
        self.registry = registry
        self.random = Random(seed)
        self.branches = [o for o in orgs.list_orgs(registry) if o.kind == "branch"]
        story = People(self.random)
        for number in range(PEOPLE):
            branch = self.branches[number % len(self.branches)]
            members.register(
                registry, story.member(branch.name), branch=branch, category="full",
                standing="normal", since=None, today=date(2025, 12, 1),
            )  # fmt: skip
        self.cards = 0

    def act(self, today: date) -> None:
        """One thing that happens; what the records forbid is refused and changes nothing."""
        number = self.random.randrange(PEOPLE) + 1
        member = people_of.get(self.registry, number, on=today)  # type: ignore[arg-type]
        on = today - timedelta(days=self.random.randrange(40))
        acts = (self.leave, self.leave, self.come_back, self.change_branch, self.issue, self.end)
        with contextlib.suppress(Problem):
            self.random.choice(acts)(member, on, today)

    def leave(self, member: Any, on: date, today: date) -> None:
        left = self.random.choice([PartialDate.of(on), PartialDate(on.year, on.month), None])
        new = NewMovement(Direction.OUT, left, self.random.choice(PLACES))
        movements.begin(self.registry, member, new, today=today)

    def come_back(self, member: Any, on: date, today: date) -> None:
        movements.finish(self.registry, member, State.RETURNED, on=on, note=None, today=today)

    def change_branch(self, member: Any, on: date, today: date) -> None:
        branch = self.random.choice(self.branches)
        members.edit(self.registry, member, corrections={}, dated={Attribute.BRANCH: branch.id},
                     since=on, today=today)  # fmt: skip

    def issue(self, member: Any, on: date, today: date) -> None:  # noqa: ARG002 - as all acts
        self.cards += 1
        cards.issue(self.registry, member, f"贞{self.cards}", on=on, by=None, place=None)

    def end(self, member: Any, on: date, today: date) -> None:
        if self.random.random() < 0.2:
            members.end(self.registry, member, EndReason.DIED, on=on, note=None, today=today)


@pytest.mark.parametrize("seed", [7, 28])
def test_every_month_continues_the_one_before(registry: Registry, seed: int) -> None:
    office = Office(registry, seed)
    sent: list[Ledger] = []
    for month in MONTHS:
        first = month.start(27)
        for _ in range(MOVES):
            office.act(first + timedelta(days=office.random.randrange(28)))
        closed = closing.close(registry, month, by="韦光明", today=month.end(27) + timedelta(1))
        sent.append(frozen(registry, closed.record))
        for org in (None, *office.branches):
            at = closing.month(registry, month, org, today=month.end(27))
            found = balance.difference(registry, at, None, org, today=month.end(27))
            assert balance.check(registry, at, org) == []
    moved = dict.fromkeys((*rules.INTO, *rules.OUT_OF), 0)
    for before, after in itertools.pairwise(sent):
        found = balance.difference(registry, after, today=after.on)
        assert [p.member_id for p in found.balance.opening] == [p.member_id for p in before.away]
        assert [p.member_id for p in found.balance.closing] == [p.member_id for p in after.away]
        for way in moved:
            moved[way] += len(getattr(found.balance, way))
    assert moved["went_away"]
    assert moved["came_back"]
    assert moved["corrected_in"]
    _rebuilt(registry, sent)


def _rebuilt(registry: Registry, sent: list[Ledger]) -> None:
    """What was closed reads the same for ever, whatever was corrected since."""
    for was in sent:
        month = closings.closed(registry, was.period)
        assert month is not None
        assert frozen(registry, month) == was
        ledger.require_agreement(was)
    assert any(was.corrections for was in sent)
    assert list(check(registry)) == []


def test_a_card_issued_in_the_month_opens_by_name(registry: Registry) -> None:
    office = Office(registry, 1)
    member = people_of.get(registry, 1, on=date(2026, 1, 5))  # type: ignore[arg-type]
    office.issue(member, date(2026, 1, 5), date(2026, 1, 5))
    closed = closing.close(registry, MONTHS[0], by=None, today=date(2026, 1, 28))
    (event,) = frozen(registry, closed.record).events
    assert (event.kind, event.name, event.on) == (Kind.ISSUE, member.name, "2026-01-05")
