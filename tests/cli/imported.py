"""Lists of one member of 金叶社区, and what an import made of them."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING, Any

from tests.people import NAMES

if TYPE_CHECKING:
    from pathlib import Path

WHO = ["姓名", "党支部"]
HIM = [NAMES[0], "金叶社区"]


def codes(row: dict[str, Any]) -> list[str]:
    """What was said of a row."""
    return [reason["code"] for reason in row["reasons"]]


def stored(path: Path, query: str) -> list[Any]:
    """The first column of what the registry holds."""
    with sqlite3.connect(path) as database:
        return [value for (value,) in database.execute(query)]
