"""Other people's spreadsheets coming in."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from flowparty.cli.noun import Noun
from flowparty.cli.options import FormatOption
from flowparty.cli.session import say, session
from flowparty.errors import Exit
from flowparty.intake.faults import Fault
from flowparty.language import N_, _
from flowparty.messages.intake import FAULTS
from flowparty.output.columns import Column, attribute
from flowparty.output.formats import Format, as_json, emit, write
from flowparty.service import imports as service

app = Noun(N_("Bring other people's spreadsheets in."))

LEVELS = {"reject": N_("refused"), "warn": N_("flagged"), "note": N_("noted")}


def fault_columns() -> list[Column[Fault]]:
    """What is shown of a fault: where it stands, what is wrong, what stood there."""
    return [
        Column("level", _("Verdict"), attribute("level"), lambda level: _(LEVELS[level])),
        Column("sheet", _("Sheet"), attribute("sheet"), table=False),
        Column("row", _("Row"), attribute("row"), right=True),
        Column("cell", _("Cell"), lambda fault: f"{fault.column}{fault.row}"),
        Column("heading", _("Column"), attribute("heading")),
        Column("code", _("Code"), attribute("code"), table=False),
        Column("reason", _("Reason"), attribute("code"), lambda code: _(FAULTS[code]), fold=True),
        Column("shown", _("Stood there"), attribute("shown"), fold=True),
    ]


@app.command()
def members(
    ctx: typer.Context,
    file: Annotated[
        Path, typer.Argument(metavar="FILE", help=_("A 《党员基本信息汇总表》 as .xlsx."))
    ],
    skip_bad: Annotated[
        bool, typer.Option("--skip-bad", help=_("Take the good rows although others are refused."))
    ] = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help=_("Only say what would be done."))
    ] = False,
    fmt: FormatOption = Format.TABLE,
) -> None:
    """Import the national 《党员基本信息汇总表》: all rows or none, unless --skip-bad."""
    with session(ctx) as at:
        result = service.import_members(
            at.registry, file, skip_bad=skip_bad, dry_run=dry_run, today=at.today
        )
    if fmt is Format.JSON:
        faults = [{c.key: c.plain(fault) for c in fault_columns()} for fault in result.faults]
        write(as_json({**result.counts(), "written": result.written, "faults": faults}))
    else:
        emit(result.faults, fault_columns(), fmt)
    _conclude(result, finished=dry_run or skip_bad)


def _conclude(result: service.Imported, *, finished: bool) -> None:
    """Say what became of the list; ``finished`` if refused rows were no reason to stop."""
    said = _(
        "{rows} rows: {added} new, {same} already there, {refused} refused, {flagged} flagged."
    )
    say(said.format_map(result.counts()))
    if not result.written:
        say(_("Nothing was written."))
        if result.refused and not finished:
            say(_("What to do: mend the refused rows, or take the others with --skip-bad."))
    if result.refused:
        raise typer.Exit(Exit.PARTIAL if finished else Exit.BAD_INPUT)
