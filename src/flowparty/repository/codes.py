"""The code tables, read once a run from ``data/codes.csv``."""

from __future__ import annotations

import csv
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


def built_in_answers(section: str) -> list[str]:
    """The usual answers of a survey section that come with the program; empty if it has none."""
    with data_path("survey_answers.csv").open(encoding="utf-8", newline="") as lines:
        return [row["answer"] for row in csv.DictReader(lines) if row["section"] == section]


def table(name: str) -> CodeTable:
    """One table."""
    return load_tables()[name]
