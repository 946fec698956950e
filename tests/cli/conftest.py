"""Fixtures of the commands' tests."""

from __future__ import annotations

from typing import Any

import pytest

from tests.people import NAMES, add_words


@pytest.fixture
def one(town: Any) -> Any:
    """The town with one member."""
    town(*add_words(NAMES[0], 1))
    return town
