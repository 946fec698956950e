"""The annual forms of the report: their options, and how they show."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from flowparty.cli.session import say
from flowparty.domain.annual import COLUMNS, Line
from flowparty.language import _
from flowparty.output.columns import Column

if TYPE_CHECKING:
    from collections.abc import Callable

    from flowparty.service.annual import Annual

YearOption = Annotated[
    int, typer.Option("--year", min=1921, max=9998, metavar="YYYY", help=_("Which year."))
]
FormYearOption = Annotated[
    int | None,
    typer.Option(
        "--year", min=1921, max=9998, metavar="YYYY", help=_("The year of an annual form.")
    ),
]
FolderOption = Annotated[
    Path | None,
    typer.Option("--output", metavar="DIR", help=_("Write both workbooks to this folder.")),
]


SHORT = {
    "farmer": "农牧渔",
    "worker": "工勤",
    "professional": "专技",
    "manager": "管理",
    "government": "机关",
    "retired": "离退",
}
"""Headings that leave room for ten columns on a terminal; the form itself has them in full."""


def say_annual(found: Annual) -> None:
    """Tell which day the figures stand for."""
    mark = _(" (provisional)") if found.provisional else ""
    say(f"{found.unit} · {found.year}{mark} · {found.on}")


def line_columns() -> list[Column[Line]]:
    """What is shown of a row: its figures by former occupation, official words throughout."""
    return [
        Column("row", _("Cell"), lambda line: f"annual.{line.row.key}", table=False),
        Column("title", _("Title"), lambda line: line.row.title, fold=True),
        *(Column(k, SHORT.get(k, word), _count(k), right=True) for k, word in COLUMNS.items()),
    ]


def _count(key: str) -> Callable[[Line], int]:
    return lambda line: line.counts[key]
