"""The 28th: check a month, close it, open its figures, compare it with another."""

from __future__ import annotations

from typing import Annotated

import typer

from flowparty.cli import report_exchange
from flowparty.cli.noun import Noun
from flowparty.cli.options import ByOption, FormatOption, ReasonOption
from flowparty.cli.report_view import closed_columns
from flowparty.cli.session import answer, session
from flowparty.domain.errors import UsageProblem
from flowparty.domain.period import parse_period
from flowparty.language import N_, _
from flowparty.output.formats import Format, emit
from flowparty.repository import closings
from flowparty.service import closing

app = Noun(N_("The monthly report: check, close, compare, explain, send, receive."))
app.add_typer(report_exchange.verbs)

MonthOption = Annotated[str, typer.Option("--period", metavar="YYYY-MM", help=_("Which month."))]


@app.command()
def close(
    ctx: typer.Context,
    period: MonthOption,
    by: ByOption = None,
    reason: ReasonOption = "",
    fmt: FormatOption = Format.TABLE,
) -> None:
    """Close a month: its returns are frozen; a later edit of its facts is a correction.

    Refused before its cut-off day is over, while its returns do not agree, and while the machine's
    clock is behind the journal, unless --reason says why that is right.
    """
    with session(ctx) as at:
        recorded = closing.close(
            at.registry, parse_period(period), by=at.by(by), today=at.today, reason=reason.strip()
        )
    answer(recorded, closed_columns(), fmt)


@app.command()
def reopen(
    ctx: typer.Context,
    period: MonthOption,
    reason: ReasonOption = "",
    fmt: FormatOption = Format.TABLE,
) -> None:
    """Open a closed month again, with a reason; the next close is its next revision."""
    if not reason.strip():
        raise UsageProblem("reopen_reason_missing")
    with session(ctx) as at:
        recorded = closing.reopen(
            at.registry, parse_period(period), reason=reason.strip(), today=at.today
        )
    answer(recorded, closed_columns(), fmt)


@app.command("list")
def list_(ctx: typer.Context, fmt: FormatOption = Format.TABLE) -> None:
    """List every close of this office, the reopened ones too."""
    with session(ctx) as at:
        found = closings.list_closed(at.registry)
    emit(found, closed_columns(), fmt)
