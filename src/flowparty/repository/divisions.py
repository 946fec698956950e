"""The division tables, read once a run from ``data/divisions``."""

from __future__ import annotations

import csv
from functools import cache
from typing import TYPE_CHECKING

from flowparty.data import data_path
from flowparty.domain.places import Gazetteer

if TYPE_CHECKING:
    from collections.abc import Iterator

_TABLES = ("provinces", "cities", "areas", "zhenfeng_towns", "zhenfeng_villages", "extra")


@cache
def load_gazetteer() -> Gazetteer:
    """Every division known: all provinces, cities and counties, 贞丰县's towns and villages."""
    return Gazetteer(_rows())


def _rows() -> Iterator[tuple[str, str]]:
    for table in _TABLES:
        path = data_path("divisions", f"{table}.csv")
        with path.open(encoding="utf-8", newline="") as lines:
            rows = csv.reader(lines)
            next(rows)
            for row in rows:
                yield row[0], row[1]
