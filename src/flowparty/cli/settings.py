"""What a town may change: every threshold with its value, default, unit and source."""

from __future__ import annotations

from typing import Annotated

import typer

from flowparty.cli.noun import Noun
from flowparty.cli.options import FormatOption
from flowparty.cli.session import answer, session
from flowparty.language import N_, _
from flowparty.output.columns import Column, attribute
from flowparty.output.formats import Format, emit
from flowparty.service import settings as service
from flowparty.settings import InForce, Unit
from flowparty.words import term

app = Noun(N_("Every threshold with its value, default, unit and source."))

UNITS = {
    Unit.DAYS: N_("days"),
    Unit.MONTHS: N_("months"),
    Unit.YEARS: N_("years"),
    Unit.DAY_OF_MONTH: N_("day of the month"),
    Unit.PEOPLE: N_("people"),
    Unit.TIMES: N_("times"),
    Unit.MONTH_LIST: N_("months"),
    Unit.YES_NO: N_("yes or no"),
    Unit.PATTERN: N_("expression"),
    Unit.ROWS: N_("rows"),
    Unit.COLUMNS: N_("columns"),
    Unit.CHARACTERS: N_("characters"),
    Unit.BYTES: N_("bytes"),
}

Name = Annotated[
    str, typer.Argument(metavar="NAME", help=_("A setting by its name: notice_days …"))
]


def columns() -> list[Column[InForce]]:
    """What is shown of a setting; one that the town changed is marked."""
    return [
        Column("name", _("Setting"), attribute("name")),
        Column("value", _("In force"), attribute("value"), _value, right=True),
        Column("default", _("Default"), attribute("default"), _value, right=True),
        Column("unit", _("Counted in"), attribute("unit"), lambda unit: _(UNITS[unit])),
        Column("changed", _("Changed"), attribute("changed"), _changed, table=False),
        Column("meaning", _("Meaning"), attribute("meaning"), _, fold=True),
        Column("source", _("Source"), attribute("source"), _, fold=True),
    ]


def _value(value: str) -> str:
    return term("yes_no")(value)


def _changed(changed: bool) -> str:  # noqa: FBT001 - a value of the column
    return _("changed") if changed else ""


@app.command("list")
def list_settings(ctx: typer.Context, fmt: FormatOption = Format.TABLE) -> None:
    """List every setting with value, default, unit and source."""
    with session(ctx) as at:
        found = service.listed(at.registry)
    emit(found, columns(), fmt)


@app.command("set")
def set_setting(
    ctx: typer.Context,
    name: Name,
    value: Annotated[str, typer.Argument(metavar="VALUE", help=_("Its value from now on."))],
    fmt: FormatOption = Format.TABLE,
) -> None:
    """Let another value be in force; the journal records it."""
    with session(ctx) as at:
        recorded = service.change(at.registry, name, value)
    answer(recorded, columns(), fmt)


@app.command()
def unset(ctx: typer.Context, name: Name, fmt: FormatOption = Format.TABLE) -> None:
    """Let the default be in force again."""
    with session(ctx) as at:
        recorded = service.reset(at.registry, name)
    answer(recorded, columns(), fmt)
