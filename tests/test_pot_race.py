"""A pot drained by sixteen processes at once: to exactly zero, and never below."""

from __future__ import annotations

import multiprocessing
from typing import TYPE_CHECKING, Any

import pytest

from flowparty.domain.aid import Kind, Purpose
from flowparty.domain.dates import PartialDate
from flowparty.domain.errors import Conflict
from flowparty.domain.identity import parse_id
from flowparty.domain.members import NewMember
from flowparty.repository import aid as rows
from flowparty.repository import check, members, orgs
from flowparty.repository.registry import Registry
from flowparty.service import aid
from flowparty.service.members import enter
from tests.conftest import ACTOR, TODAY, now
from tests.people import id_number

if TYPE_CHECKING:
    from pathlib import Path

PROCESSES, TRIES, PIECE = 16, 6, 10_000
POT = PIECE * 64


def drain(path: Path, number: int, won: Any) -> None:
    """Take pieces until the pot refuses."""
    with Registry.open(path, actor=ACTOR, command="aid allocate", now=now) as registry:
        member = members.list_members(registry, on=TODAY)[number]
        pot = rows.find_pot(registry, "T1")
        for piece in range(TRIES):
            new = aid.NewGrant(Purpose.STARTUP, Kind.FUNDS, PIECE, TODAY, project=str(piece))
            try:
                aid.allocate(registry, member, pot, new, again=True)
            except Conflict as refused:
                assert refused.code == "aid_pot_exceeded"  # noqa: PT017
            else:
                with won.get_lock():
                    won.value += 1


def test_sixteen_at_once(registry: Registry, path: Path) -> None:
    branch = orgs.find(registry, "金叶社区").id
    with registry.write():
        for number in range(1, PROCESSES + 1):
            identity = parse_id(id_number(number), today=TODAY)
            person = NewMember(
                "王小明", identity, identity.sex, PartialDate.of(identity.birth_date)
            )
            enter(registry, person, branch=branch, category="full", standing=None, since=None)
    aid.add_pot(registry, aid.NewPot("资金", "县里", POT, TODAY))
    spawn = multiprocessing.get_context("spawn")
    won = spawn.Value("i", 0)
    workers = [spawn.Process(target=drain, args=(path, number, won)) for number in range(PROCESSES)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(120)
    assert [worker.exitcode for worker in workers] == [0] * PROCESSES
    assert won.value == POT // PIECE
    assert rows.find_pot(registry, "T1").left_fen == 0
    assert list(check.check(registry)) == []


def test_the_constraint_holds_even_where_the_rule_is_passed_by(registry: Registry) -> None:
    branch = orgs.find(registry, "金叶社区").id
    with registry.write():
        identity = parse_id(id_number(1), today=TODAY)
        person = NewMember("王小明", identity, identity.sex, None)
        member = enter(registry, person, branch=branch, category="full", standing=None, since=None)
    aid.add_pot(registry, aid.NewPot("资金", "县里", 100, TODAY))
    grant = {"pot_id": 1, "member_id": member, "on": TODAY.isoformat(), "purpose": "startup",
             "kind": "funds", "amount_fen": 101}  # fmt: skip
    with pytest.raises(Conflict, match="record_conflict"), registry.write():
        rows.add_grant(registry, grant)
    with registry.write():
        rows.add_grant(registry, {**grant, "amount_fen": 100})
    over = {"grant_id": 1, "kind": "pay", "on": TODAY.isoformat(), "amount_fen": 101}
    with pytest.raises(Conflict, match="record_conflict"), registry.write():
        rows.add_payment(registry, over)
