"""Fixtures: an isolated world, ``run()`` for whole command lines, and a registry with people."""

from __future__ import annotations

import fcntl
import json
import os
import signal
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cache
from typing import TYPE_CHECKING, Any

import pytest
from typer.main import get_command
from typer.testing import CliRunner

from flowparty import language
from flowparty.repository.journal import Actor
from flowparty.repository.registry import Registry
from flowparty.service import demo as story
from flowparty.service import setup

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.injection.world import World

TOWN = "522325107"
TODAY = date(2026, 11, 28)


# A shell that runs the tests in the background has them, and their children, ignore Ctrl-C.
signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(autouse=True)
def isolation(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No test sees the developer's registry, language, clerk or day."""
    for name in [name for name in os.environ if name.startswith("FLOWPARTY_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("FLOWPARTY_DB", str(tmp_path / "registry.db"))
    monkeypatch.setenv("FLOWPARTY_TODAY", TODAY.isoformat())
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.setenv("COLUMNS", "100")
    monkeypatch.chdir(tmp_path)
    language.use("en")


@dataclass(frozen=True)
class Ran:
    """What a command line did."""

    exit: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """Standard output as JSON."""
        return json.loads(self.out)

    @property
    def error(self) -> Any:
        """The error object that ``--format json`` puts on standard error."""
        last = [line for line in self.err.splitlines() if line.startswith("{")][-1]
        return json.loads(last)["error"]


_built_once = cache(get_command)


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Run a command line in this process: ``run("member", "list", exit=0)``."""
    from flowparty.cli.root import app

    monkeypatch.setattr("typer.testing._get_command", _built_once)

    def runner(*words: str, exit: int = 0) -> Ran:  # noqa: A002 - it is what it is
        done = CliRunner().invoke(app, list(words), prog_name="flowparty")
        if done.exception is not None and not isinstance(done.exception, SystemExit):
            raise done.exception
        ran = Ran(done.exit_code, done.stdout, done.stderr)
        assert ran.exit == exit, f"{words}: exit {ran.exit}, not {exit}\n{ran.out}\n{ran.err}"
        return ran

    return runner


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where the registry of the test lies."""
    return tmp_path / "registry.db"


def now() -> datetime:
    """The journal's clock in tests."""
    return datetime(2026, 11, 28, 1, 2, 3, tzinfo=UTC)


def long_ago() -> datetime:
    """The journal's clock when the files that tests begin with were made: before every test."""
    return datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)


ACTOR = Actor("tester", "文书")


@pytest.fixture(scope="session")
def empty_town(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A new registry of 长田镇, made once and copied for every test."""
    path = tmp_path_factory.mktemp("town") / "registry.db"
    setup.create(path, TOWN, name=None, today=TODAY, actor=ACTOR, command="init", now=long_ago)
    return path


@pytest.fixture
def town(run: Any, path: Path, empty_town: Path) -> Any:
    """A new registry of 长田镇; returns ``run``."""
    write_private(path, empty_town.read_bytes())
    return run


@pytest.fixture
def on_day(town: Any, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Run a line on a day: ``on_day("2026-03-05", "need list", lang="zh_CN")``."""

    def runner(
        day: str,
        line: str,
        exit: int = 0,  # noqa: A002 - as ``run`` has it
        *,
        lang: str = "en",
    ) -> Ran:
        monkeypatch.setenv("FLOWPARTY_TODAY", day)
        language.use(lang)
        ran: Ran = town(*line.split(" "), exit=exit)
        return ran

    return runner


def write_private(path: Path, content: bytes) -> None:
    """A file of 0600, as the program makes them."""
    path.touch(mode=0o600)
    path.write_bytes(content)


@pytest.fixture
def registry(path: Path, empty_town: Path) -> Iterator[Registry]:
    """An open registry of 长田镇, for tests below the command line."""
    write_private(path, empty_town.read_bytes())
    with Registry.open(path, actor=ACTOR, command="test", now=now, wait_seconds=5) as opened:
        yield opened


@pytest.fixture(scope="session")
def world(tmp_path_factory: pytest.TempPathFactory) -> World:
    """Three offices to run commands in under fault."""
    from tests.injection.world import make_world, warm

    warm()
    return make_world(tmp_path_factory.mktemp("world"), date(2026, 1, 1))


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo's registry, built once for all workers of a run; read it, or write to a copy."""
    base = tmp_path_factory.getbasetemp()
    folder = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    done = folder / "demo.db"
    with (folder / "demo.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not done.exists():
            story.build(folder / "new.db", actor=ACTOR, now=long_ago, step=lambda: None)
            (folder / "new.db").rename(done)
    return done
