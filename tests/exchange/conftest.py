"""One case, made once and copied for each test."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.exchange_cases import Case, copy_case, make_case

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Case:
    """A town, two villages, and the first village's package."""
    found = make_case(tmp_path_factory.mktemp("offices"))
    for office in (found.town, found.village, found.other):
        office.registry.close()
    return found


@pytest.fixture
def case(made: Case, tmp_path: Path) -> Iterator[Case]:
    """The same in a folder of its own."""
    mine = copy_case(made, tmp_path / "offices")
    yield mine
    for office in (mine.town, mine.village, mine.other):
        office.registry.close()
