"""Files made to do harm: each its own message and exit 5, in bounded memory, nothing written."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from flowparty.service import setup
from tests.conftest import ACTOR, TODAY, TOWN, now
from tests.intake.bombs import BOMBS, Bomb
from tests.intake.confinement import MOST_MEGABYTES, Worker

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

MOST_SECONDS = 60
"""Twice what the reader is given, for a busy machine."""


@pytest.fixture(scope="module")
def worker() -> Iterator[Worker]:
    with Worker() as started:
        yield started


@pytest.fixture(scope="module")
def registry_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("registry") / "registry.db"
    setup.create(file, TOWN, name=None, today=TODAY, actor=ACTOR, command="init", now=now)
    return file


@pytest.mark.parametrize("bomb", BOMBS, ids=lambda bomb: bomb.name.replace(" ", "_"))
def test_a_bomb_does_not_go_off(
    tmp_path: Path, registry_file: Path, worker: Worker, bomb: Bomb
) -> None:
    (tmp_path / "in").mkdir()
    file = bomb.build(tmp_path / "in")
    before = registry_file.read_bytes()
    ran = worker.run("--db", str(registry_file), "import", "members", str(file))
    assert not ran["traceback"], ran["traceback"]
    assert ran["exit"] == 5, ran["err"]
    assert f"Error {bomb.code}:" in ran["err"] or f"错误 {bomb.code}:" in ran["err"], ran["err"]
    assert ran["seconds"] < MOST_SECONDS
    assert ran["megabytes"] < MOST_MEGABYTES
    assert registry_file.read_bytes() == before
    assert list((tmp_path / "in").iterdir()) == [file]
