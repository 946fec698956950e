"""The 28th: check a month, close it, open its figures, compare it with another."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from flowparty.cli import report_exchange
from flowparty.cli.ledger import PeriodOption, returns_of, say_head, say_missing
from flowparty.cli.noun import Noun
from flowparty.cli.options import (
    AsOfOption,
    ByOption,
    FormatOption,
    LimitOption,
    OrgOption,
    ReasonOption,
)
from flowparty.cli.report_annual import (
    FolderOption,
    FormYearOption,
    YearOption,
    line_columns,
    say_annual,
)
from flowparty.cli.report_view import (
    behind_columns,
    cell_columns,
    closed_columns,
    correction_columns,
    difference_json,
    finding_columns,
    part_columns,
)
from flowparty.cli.session import answer, say, session
from flowparty.domain import cells
from flowparty.domain.errors import UsageProblem
from flowparty.domain.period import parse_period
from flowparty.errors import Exit
from flowparty.language import N_, _
from flowparty.output.formats import Format, as_json, emit, write
from flowparty.repository import closings, orgs
from flowparty.service import annual as annual_forms
from flowparty.service import balance, closing

if TYPE_CHECKING:
    from flowparty.service.annual import Annual

app = Noun(N_("The monthly report: check, close, compare, explain, send, receive."))
app.add_typer(report_exchange.verbs)


AgainstOption = Annotated[
    str | None,
    typer.Option("--against", metavar="YYYY-MM", help=_("The earlier month; the one before.")),
]
FormOption = Annotated[
    str | None,
    typer.Option("--form", metavar="TEXT", help=_("Only of the form whose title begins so.")),
]
CellArgument = Annotated[
    str, typer.Argument(metavar="CELL", help=_("The name of a figure, such as card.held."))
]
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
        month = parse_period(period)
        recorded = closing.close(
            at.registry, month, by=at.by(by), today=at.today, reason=reason.strip()
        )
        ledger = closing.month(at.registry, month, today=at.today)
    answer(recorded, closed_columns(), fmt)
    say_missing(ledger)


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


@app.command()
def check(
    ctx: typer.Context,
    period: PeriodOption = None,
    org: OrgOption = None,
    as_of: AsOfOption = None,
    fmt: FormatOption = Format.TABLE,
) -> None:
    """Check that a month adds up: across its forms, its branches, and with the month before."""
    with session(ctx) as at:
        ledger = returns_of(at, period, org, as_of)
        whose = None if org is None else orgs.find(at.registry, org)
        found = balance.check(at.registry, ledger, whose)
    say_head(ledger)
    if fmt is not Format.TABLE or found:
        emit(found, finding_columns(), fmt)
    if found:
        raise typer.Exit(Exit.PARTIAL)
    say(_("What is there adds up.") if ledger.missing else _("Everything adds up."))


@app.command()
def diff(
    ctx: typer.Context,
    period: PeriodOption = None,
    against: AgainstOption = None,
    org: OrgOption = None,
    as_of: AsOfOption = None,
    fmt: FormatOption = Format.TABLE,
) -> None:
    """Compare a month with an earlier one: who came into the figure, who left it, and how."""
    with session(ctx) as at:
        ledger = returns_of(at, period, org, as_of)
        earlier = None if against is None else parse_period(against)
        whose = None if org is None else orgs.find(at.registry, org)
        found = balance.difference(at.registry, ledger, earlier, whose, today=at.today)
    say_head(found.before)
    say_head(found.after)
    if fmt is Format.JSON:
        write(as_json(difference_json(found)))
        return
    emit(found.balance.parts(), part_columns(), fmt)
    if found.corrections:
        if fmt is Format.TABLE:
            write(_("Corrected since the close:") + "\n")
        emit(found.corrections, correction_columns(), fmt)


@app.command()
def explain(
    ctx: typer.Context,
    cell: CellArgument,
    period: PeriodOption = None,
    org: OrgOption = None,
    as_of: AsOfOption = None,
    year: FormYearOption = None,
    limit: LimitOption = None,
    fmt: FormatOption = Format.TABLE,
) -> None:
    """Name the people behind a figure of a return: of a month, or of a year's form."""
    wanted = cells.find(cell)
    of_year = wanted.name.startswith("annual.")
    if of_year and period is not None:
        raise UsageProblem("explain_annual", cell=wanted.name)
    if year is not None and not of_year:
        raise UsageProblem("explain_monthly", cell=wanted.name)
    if of_year:
        _explain_annual(ctx, wanted, year, org, as_of, limit, fmt)
        return
    with session(ctx) as at:
        ledger = returns_of(at, period, org, as_of)
    people = cells.people(wanted, ledger.away, ledger.events)
    say_head(ledger)
    say(f"{wanted.name} · {wanted.title}: {wanted.definition}")
    emit(
        people[:limit],
        behind_columns(wanted, {row.branch_id: row.branch for row in ledger.rows}),
        fmt,
    )
    figure = cells.figure(wanted, ledger.total)
    if figure is not None and figure > len(people):
        say(_("Erased since the close: {n}.").format(n=figure - len(people)))


def _emit_annual(found: Annual, fmt: Format) -> None:
    """Both forms, one below the other for people, one list for programs."""
    if fmt is not Format.TABLE:
        emit([*found.first, *found.second], line_columns(), fmt)
        return
    for part, lines in (("一", found.first), ("二", found.second)):
        write(f"{cells.ANNUAL_FORM}({part})\n")
        emit(lines, line_columns(), fmt)


def _explain_annual(
    ctx: typer.Context,
    wanted: cells.NamedCell,
    year: int | None,
    org: str | None,
    as_of: str | None,
    limit: int | None,
    fmt: Format,
) -> None:
    """An annual form counts as of the year's end, or a day in it: of ``--year``, else the day's."""
    with session(ctx) as at:
        whose = None if org is None else orgs.find(at.registry, org)
        day = at.day(as_of)
        found = annual_forms.build(at.registry, year or day.year, whose, today=day)
    say_annual(found)
    say(f"{wanted.name} · {wanted.title}: {wanted.definition}")
    emit(cells.people(wanted, found.away, [])[:limit], behind_columns(wanted, {}), fmt)


@app.command("cells")
def cells_(ctx: typer.Context, form: FormOption = None, fmt: FormatOption = Format.TABLE) -> None:
    """List the name and the meaning of every figure of every form."""
    del ctx
    emit(cells.of_form(form or ""), cell_columns(), fmt)


@app.command()
def annual(
    ctx: typer.Context,
    year: YearOption,
    org: OrgOption = None,
    as_of: AsOfOption = None,
    output: FolderOption = None,
    fmt: FormatOption = Format.TABLE,
) -> None:
    """Show the annual 流动党员情况(一)(二) as of the year's last day, or write the workbooks."""
    with session(ctx) as at:
        whose = None if org is None else orgs.find(at.registry, org)
        found = annual_forms.build(at.registry, year, whose, today=at.day(as_of))
        written = []
        if output is not None:
            written = annual_forms.export(
                at.registry, found, output, today=at.today, prepared_by=at.by(None)
            )
    say_annual(found)
    if output is None:
        _emit_annual(found, fmt)
    for path in written:
        write(f"{path}\n")
