"""The code tables, read once a run from ``data/codes.csv``."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from flowparty.data import data_path
from flowparty.domain.codes import CodeTable, read_tables

if TYPE_CHECKING:
    from collections.abc import Mapping


@cache
def load_tables() -> Mapping[str, CodeTable]:
    """Every table by name."""
    with data_path("codes.csv").open(encoding="utf-8", newline="") as lines:
        return read_tables(lines)


def table(name: str) -> CodeTable:
    """One table."""
    return load_tables()[name]
