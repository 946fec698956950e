"""Packages under fault: every byte, every length, chance, and kills while one is received."""

from __future__ import annotations

import multiprocessing
import os
import shutil
import signal
import time
from random import Random
from typing import TYPE_CHECKING

import pytest

from flowparty.domain.errors import Problem, TooNew, Untrusted
from flowparty.repository.check import check
from flowparty.repository.registry import Registry
from flowparty.service import receiving
from tests.conftest import ACTOR, now
from tests.exchange_cases import MONTH, TODAY, Case, make_case
from tests.offices import AT
from tests.simulation import run
from tests.tiers import figure, seed

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from flowparty.service.keys import Unlocked

pytestmark = pytest.mark.faults

MONTHS = figure(6, 24, 120)
MUTATIONS = figure(0, 2_000, 100_000)
KILLS = figure(0, 40, 1_000)
LONGEST = 0.06


@pytest.fixture
def case(tmp_path: Path) -> Iterator[Case]:
    made = make_case(tmp_path / "offices")
    yield made
    for office in (made.town, made.village, made.other):
        office.registry.close()


def _refused(case: Case, data: bytes) -> None:
    with pytest.raises(Problem) as problem:
        case.town.receive(data, TODAY)
    assert isinstance(problem.value, Untrusted | TooNew)


def test_every_byte_and_every_length_of_a_package(case: Case) -> None:
    random, before, whole = Random(1), case.town.head(), case.town.path.read_bytes()
    for at in range(len(case.data)):
        data = bytearray(case.data)
        data[at] ^= random.randrange(1, 256)
        _refused(case, bytes(data))
        _refused(case, case.data[:at])
    assert case.town.head() == before
    assert case.town.path.read_bytes() == whole


def test_every_byte_and_every_length_of_a_receipt(case: Case) -> None:
    receipt = case.town.receive(case.data, TODAY).receipt
    assert receipt is not None
    before = case.village.head()
    for at in range(len(receipt)):
        data = bytearray(receipt)
        data[at] ^= 1
        for wrong in (bytes(data), receipt[:at]):
            with pytest.raises(Problem) as problem:
                case.village.receive(wrong, TODAY)
            assert isinstance(problem.value, Untrusted | TooNew)
    assert case.village.head() == before


def test_mutations_at_random(case: Case) -> None:
    random, before = Random(seed()), case.town.head()
    for _ in range(MUTATIONS):
        data = bytearray(case.data)
        for _ in range(random.randrange(1, 9)):
            at = random.randrange(len(data))
            data[at:at] = random.randbytes(random.randrange(3))
            del data[at : at + random.randrange(4)]
        if bytes(data) != case.data:
            _refused(case, bytes(data))
    assert case.town.head() == before


def test_the_life_of_eight_offices(tmp_path: Path) -> None:
    run(tmp_path / "world", Random(seed()), MONTHS)


def _take(path: Path, keys: Unlocked, data: bytes, begun: Path) -> None:
    with Registry.open(path, actor=ACTOR, command="report receive", now=now) as registry:
        begun.touch()
        receiving.receive(registry, data, keys, receiving.Terms(TODAY, AT))


def test_kills_while_a_package_is_received(case: Case, tmp_path: Path) -> None:
    """All or nothing; the same file again brings the books where they belong."""
    random, fork = Random(seed()), multiprocessing.get_context("fork")
    case.town.registry.close()
    fresh = tmp_path / "fresh.db"
    shutil.copy(case.town.path, fresh)
    merged = 0
    for kill in range(KILLS):
        path, begun = tmp_path / f"{kill}.db", tmp_path / f"{kill}.begun"
        shutil.copy(fresh, path)
        worker = fork.Process(target=_take, args=(path, case.town.keys, case.data, begun))
        worker.start()
        while not begun.exists():
            time.sleep(0.001)
        time.sleep(random.random() * LONGEST)
        assert worker.pid is not None
        os.kill(worker.pid, signal.SIGKILL)
        worker.join(30)
        with Registry.open(path, actor=ACTOR, command="test", now=now) as registry:
            rows = len(registry.rows("SELECT 1 FROM member"))
            known = len(registry.rows("SELECT 1 FROM package_received"))
            assert (rows, known) in ((0, 0), (2, 1))
            merged += known
            terms = receiving.Terms(TODAY, AT)
            outcome = receiving.receive(registry, case.data, case.town.keys, terms).outcome
            assert outcome == ("already" if known else "merged")
            assert list(check(registry)) == []
        path.unlink()
    print(f"{merged} of {KILLS} were merged before the kill")


def _receive_all(path: Path, keys: Unlocked, packages: list[bytes]) -> None:
    with Registry.open(path, actor=ACTOR, command="report receive", now=now) as registry:
        for data in packages:
            receiving.receive(registry, data, keys, receiving.Terms(TODAY, AT))


def test_eight_processes_receive_the_same_packages(case: Case) -> None:
    case.other.close_month(MONTH, TODAY)
    both = [case.data, case.other.pack(MONTH, TODAY)[1]]
    case.town.registry.close()
    fork = multiprocessing.get_context("fork")
    workers = [
        fork.Process(
            target=_receive_all, args=(case.town.path, case.town.keys, both[:: 1 - at % 2 * 2])
        )
        for at in range(8)
    ]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(120)
    assert [worker.exitcode for worker in workers] == [0] * 8
    with Registry.open(case.town.path, actor=ACTOR, command="test", now=now) as registry:
        assert len(registry.rows("SELECT 1 FROM package_received")) == 2
        assert len(registry.rows("SELECT 1 FROM member")) == 4
        assert list(check(registry)) == []
