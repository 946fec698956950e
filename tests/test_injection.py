"""The injector on every change: it counts, it strikes, and its judgement sees a torn write."""

from __future__ import annotations

import errno
from typing import TYPE_CHECKING

import pytest

from flowparty.domain.errors import Problem
from tests.injection.judging import Trial
from tests.injection.lines import LINES
from tests.injection.machine import machine
from tests.injection.tracer import Fault, run

if TYPE_CHECKING:
    from pathlib import Path

    from tests.injection.world import World

FAULTS = [
    Fault(0, None), Fault(-1, None), Fault(-3, None), Fault(1, errno.EIO), Fault(2, errno.ENOSPC),
    Fault(-1, errno.EIO), Fault(-3, errno.ENOSPC, lasting=True), Fault(-8, errno.EIO),
]  # fmt: skip
"""At calls counted from the beginning, or from the end where they are negative."""


@pytest.fixture(scope="module")
def trial(world: World, tmp_path_factory: pytest.TempPathFactory) -> Trial:
    return Trial(world, LINES["member add"], tmp_path_factory.mktemp("trial"))


@pytest.mark.parametrize("fault", FAULTS, ids=str)
def test_a_fault_at_a_call_of_member_add(trial: Trial, fault: Fault) -> None:
    at = fault.at if fault.at > 0 else len(trial.calls) + 1 + fault.at
    struck = trial.point(Fault(at, fault.error, fault.lasting))
    assert struck == (fault.at != 0)


@pytest.mark.parametrize("error", [errno.EIO, errno.ENOSPC])
def test_a_fault_of_the_disk_is_no_fault_of_a_row(world: World, tmp_path: Path, error: int) -> None:
    """The journal's file cannot be made at the first row: that row must not be left out."""
    trial = Trial(world, LINES["import contacts"], tmp_path)
    opened = trial.calls.index("openat registry.db-journal") + 1
    assert trial.point(Fault(opened, error))


def test_a_package_whose_file_got_no_name_gets_it_by_the_same_command(
    world: World, tmp_path: Path
) -> None:
    trial = Trial(world, LINES["report pack"], tmp_path)
    (renamed,) = [n for n, call in enumerate(trial.calls, 1) if call.startswith("rename ")]
    assert trial.point(Fault(renamed, None))
    assert trial.point(Fault(renamed, errno.EIO))


@pytest.mark.parametrize("name", ["form export", "report reopen"])
def test_a_folder_that_is_not_synced_after_all_is_done(
    world: World, tmp_path: Path, name: str
) -> None:
    trial = Trial(world, LINES[name], tmp_path)
    assert trial.point(Fault(len(trial.calls), errno.EIO))


def test_calls_are_counted_below_the_folder_only(tmp_path: Path) -> None:
    inside = tmp_path / "in"
    inside.mkdir()

    def work() -> int:
        for folder in (inside, tmp_path):
            (folder / "a").write_bytes(b"x")
            (folder / "a").rename(folder / "b")
            (folder / "b").unlink()
        return 7

    ended = run(work, tmp_path / "said", inside.resolve())
    assert (ended.exit, ended.hit) == (7, False)
    assert ended.calls == ["openat a", "write a", "rename a", "unlink b"]


@pytest.mark.parametrize("at", [1, 2, 3])
def test_a_call_that_fails_is_not_done(tmp_path: Path, at: int) -> None:
    def work() -> int:
        failed = 0
        for name in "abc":
            try:
                (tmp_path / name).mkdir()
            except OSError as error:
                failed += error.errno == errno.EDQUOT
        return failed

    folder = tmp_path.resolve()
    for lasting, count in ((False, 1), (True, 4 - at)):
        ended = run(work, tmp_path.with_name("said"), folder, Fault(at, errno.EDQUOT, lasting))
        assert (ended.exit, ended.hit) == (count, True)
        made = sorted(path.name for path in tmp_path.iterdir())
        assert made == (list("abc"[: at - 1]) + ([] if lasting else list("abc"[at:])))
        for name in made:
            (tmp_path / name).rmdir()


def test_a_torn_write_is_seen(trial: Trial, monkeypatch: pytest.MonkeyPatch) -> None:
    """Were SQLite not to sync and keep a journal, a kill between two pages would show."""
    from flowparty.repository import connection

    careless = connection._PRAGMAS + "PRAGMA journal_mode = OFF;"  # noqa: SLF001
    monkeypatch.setattr(connection, "_PRAGMAS", careless)
    loose = trial.perform(trial.fresh())
    assert not [call for call in loose.calls if call.endswith("-journal")]
    writes = [n for n, call in enumerate(loose.calls, 1) if call == "pwrite64 registry.db"]
    with pytest.raises((AssertionError, Problem)):
        trial.point(Fault(writes[3], None))


def test_a_machine_without_a_table_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("platform.machine", lambda: "mips")
    with pytest.raises(RuntimeError, match="no table"):
        machine()
