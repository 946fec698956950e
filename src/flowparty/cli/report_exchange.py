"""The monthly report between offices: pack, receive, who has sent, both sides of a movement."""

from __future__ import annotations

from contextlib import nullcontext
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from flowparty import clock
from flowparty.cli.exchange_view import (
    Result,
    arrival_columns,
    difference_columns,
    say_given_up,
    side_columns,
    status_columns,
    tell,
)
from flowparty.cli.ledger import PeriodOption
from flowparty.cli.noun import Noun
from flowparty.cli.options import (
    AsOfOption,
    FormatOption,
    LimitOption,
    OutputOption,
    ReasonOption,
)
from flowparty.cli.passphrase import KeyOption, PassphraseOption, unlock
from flowparty.cli.session import say, say_recorded, session
from flowparty.domain.errors import BadValue, Problem, UsageProblem
from flowparty.domain.period import latest_closed, parse_period
from flowparty.domain.text import visible
from flowparty.errors import Exit
from flowparty.files import read_file, replace_file
from flowparty.language import _
from flowparty.output.columns import Column, attribute
from flowparty.output.formats import Format, emit, emit_one, write
from flowparty.repository import reconcile as sides
from flowparty.repository import settings
from flowparty.service import ledger, packing, receiving, report_status

if TYPE_CHECKING:
    from collections.abc import Sequence

    from flowparty.cli.session import Session
    from flowparty.domain.period import Period
    from flowparty.repository.packages import Sent
    from flowparty.service.report_status import UnitStatus

verbs = Noun()
"""Added to ``report``."""


def _sent_columns(path: Path) -> list[Column[Sent]]:
    return [
        Column("period", _("Month"), attribute("period")),
        Column("revision", _("Revision"), attribute("revision"), right=True),
        Column("seq", _("Number"), attribute("seq"), right=True),
        Column("members", _("People"), attribute("members"), right=True),
        Column("away", _("Away"), attribute("away"), right=True),
        Column("digest", _("Digest"), attribute("digest"), lambda digest: digest[:20]),
        Column("receipt_on", _("Receipt"), attribute("receipt_on")),
        Column("file", _("File"), lambda _: str(path), fold=True),
    ]


@verbs.command()
def pack(
    ctx: typer.Context,
    period: Annotated[str, typer.Option("--period", metavar="YYYY-MM", help=_("Which month."))],
    output: OutputOption = None,
    again: Annotated[
        bool,
        typer.Option("--again", help=_("The file is lost: make another one.")),
    ] = False,
    key: KeyOption = None,
    passphrase_file: PassphraseOption = None,
    fmt: FormatOption = Format.TABLE,
) -> None:
    """Pack a closed month for the level above: one file, signed, encrypted and numbered."""
    with session(ctx) as at:
        recorded = packing.pack(
            at.registry,
            parse_period(period),
            unlock(ctx, at, key, passphrase_file),
            Path(),
            output=output,
            again=again,
            today=at.today,
            at=clock.now(),
        )
    sent, path = recorded.record
    say_recorded(repeated=recorded.repeated)
    emit_one(sent, _sent_columns(path), fmt)


@verbs.command()
def receive(
    ctx: typer.Context,
    files: Annotated[
        list[Path],
        typer.Argument(metavar="FILE…", help=_("Packages and receipts.")),
    ],
    allow_gap: Annotated[
        bool, typer.Option("--allow-gap", help=_("Take it although a month is missing; --reason."))
    ] = False,
    restored: Annotated[
        bool,
        typer.Option(
            "--restored",
            help=_("The office's registry was set back: go on with this one FILE; --reason."),
        ),
    ] = False,
    reason: ReasonOption = "",
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help=_("Only show what would change."))
    ] = False,
    receipts: Annotated[
        Path | None,
        typer.Option(
            "--receipts", metavar="DIR", help=_("Where receipts go; beside each file if left out.")
        ),
    ] = None,
    key: KeyOption = None,
    passphrase_file: PassphraseOption = None,
    limit: LimitOption = None,
    fmt: FormatOption = Format.TABLE,
) -> None:
    """Receive packages and receipts: verified, the difference shown, merged, and a receipt made."""
    if allow_gap and not reason.strip():
        raise UsageProblem("gap_reason_missing")
    if restored and (len(files) != 1 or not reason.strip()):
        raise UsageProblem("restored_alone")
    if receipts is not None and not receipts.is_dir():
        raise BadValue("receipts_folder_missing", path=str(receipts))
    with session(ctx) as at:
        keys = unlock(ctx, at, key, passphrase_file)
        given = _in_order(files)
        readable = [data for _path, data in given if isinstance(data, bytes)]
        terms = receiving.Terms(
            at.today,
            clock.now(),
            reason.strip() if allow_gap else None,
            dry_run,
            reason.strip(),
            restored,
            receiving.along(at.registry, readable),
        )
        with receiving.trial(at.registry) if dry_run else nullcontext():
            results = [_one(at, path, data, keys, terms) for path, data in given]
    results = [_keep_receipt(result, receipts) for result in results]
    for result in results:
        say_given_up(result)
    emit(results, arrival_columns(), fmt)
    if fmt is Format.TABLE:
        changes = [(r, d) for r in results if r.arrived for d in r.arrived.differences]
        if changes:
            emit(changes[:limit], difference_columns(), fmt)
    _conclude(results, fmt)


def _in_order(files: Sequence[Path]) -> list[tuple[Path, bytes | Problem]]:
    """Each file's bytes; several of one office by their numbers, others as they were named."""
    return sorted(((path, _bytes(path)) for path in files), key=lambda one: _number(one[1]))


def _bytes(path: Path) -> bytes | Problem:
    try:
        return read_file(path, receiving.MOST_BYTES)
    except Problem as problem:
        return problem


def _number(data: bytes | Problem) -> int:
    return 0 if isinstance(data, Problem) else receiving.number_of(data)


def _one(
    at: Session,
    path: Path,
    data: bytes | Problem,
    keys: receiving.Unlocked,
    terms: receiving.Terms,
) -> Result:
    """What became of one file; the others go on."""
    try:
        if isinstance(data, Problem):
            raise data
        return Result(path, receiving.receive(at.registry, data, keys, terms))
    except Problem as problem:
        return Result(path, None, problem)


def _keep_receipt(result: Result, folder: Path | None) -> Result:
    """Write the receipt; the package is merged already, so a full stick only loses this copy."""
    if result.arrived is None or result.arrived.receipt is None:
        return result
    target = (folder or result.path.parent) / receiving.receipt_name(result.arrived)
    try:
        with replace_file(target) as out:
            out.write(result.arrived.receipt)
    except Problem as problem:
        problem.written = True
        line = _("{file} is merged, its receipt is not written: receive it again, --receipts DIR.")
        say(line.format(file=visible(result.path.name)))
        return replace(result, unwritten=problem)
    say(_("Receipt: {path}").format(path=target))
    return replace(result, receipt=target)


def _conclude(results: Sequence[Result], fmt: Format) -> None:
    """End as the single file ended; of several, tell each and end by the gravest."""
    problems = [
        (problem, result.path)
        for result in results
        for problem in (result.problem, result.unwritten)
        if problem
    ]
    if len(results) == 1 and problems:
        raise problems[0][0]
    codes = [tell(problem, path, fmt) for problem, path in problems]
    if codes:
        raise typer.Exit(Exit.DAMAGED if Exit.DAMAGED in codes else codes[0])


@verbs.command()
def status(
    ctx: typer.Context,
    period: PeriodOption = None,
    remind: Annotated[
        bool, typer.Option("--remind", help=_("One line for each office that has not sent."))
    ] = False,
    fmt: FormatOption = Format.TABLE,
) -> None:
    """Show who has sent a month, when, and what changed; exit 3 while somebody is missing."""
    with session(ctx) as at:
        cutoff_day = settings.load(at.registry).cutoff_day
        month = latest_closed(at.today, cutoff_day) if period is None else parse_period(period)
        ledger.require_begun(at.registry, month, today=at.today)
        found = report_status.status(at.registry, month)
    missing = [unit for unit in found if unit.state == "missing"]
    if remind:
        for unit in missing:
            write(_reminder(unit, month) + "\n")
    else:
        emit(found, status_columns(), fmt)
    if missing:
        raise typer.Exit(Exit.PARTIAL)


def _reminder(unit: UnitStatus, month: Period) -> str:
    line = _("{name}: the report of {period} has not come; it was due by {due}.")
    said = line.format(name=unit.name, period=month, due=unit.due)
    if unit.key_revoked is None:
        return said
    why = _("Its key was revoked on {on}: it needs a new one, and we its card.")
    return f"{said} {why.format(on=unit.key_revoked)}"


@verbs.command()
def reconcile(
    ctx: typer.Context,
    one_sided: Annotated[
        bool, typer.Option("--open", help=_("Only those that one side alone knows."))
    ] = False,
    as_of: AsOfOption = None,
    limit: LimitOption = None,
    fmt: FormatOption = Format.TABLE,
) -> None:
    """Show movements within our area as one, both sides matched by identity number.

    Exit 3 while one side alone knows of somebody.
    """
    with session(ctx) as at:
        division = settings.identity(at.registry).division
        found = sides.reconcile(at.registry, division, on=at.as_of(as_of))
    alone = [one for one in found if one.known_by != "both"]
    emit((alone if one_sided else found)[:limit], side_columns(), fmt)
    if alone:
        raise typer.Exit(Exit.PARTIAL)
