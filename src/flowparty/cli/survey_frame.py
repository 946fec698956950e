"""The frame of a round: who is to be reached."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from flowparty.cli.noun import Noun
from flowparty.cli.options import (
    FormatOption,
    LimitOption,
    MemberArgument,
    OnOption,
    OrgOption,
    ReasonOption,
)
from flowparty.cli.session import answer, say, session
from flowparty.cli.survey_view import RoundOption, person_columns
from flowparty.errors import Exit
from flowparty.language import N_, _
from flowparty.output.formats import Format, emit
from flowparty.repository import survey_frames as repository
from flowparty.repository import surveys
from flowparty.repository.find import one_member
from flowparty.service import survey_frames as service

app = Noun(N_("Who a round is to reach."))


@app.command("list")
def list_(
    ctx: typer.Context,
    the_round: RoundOption = None,
    org: OrgOption = None,
    missing: Annotated[
        bool, typer.Option("--missing", help=_("Only those whose outcome is unknown."))
    ] = False,
    limit: LimitOption = None,
    fmt: FormatOption = Format.TABLE,
) -> None:
    """List the people to be reached, with what came of each so far."""
    with session(ctx) as at:
        found = surveys.find(at.registry, the_round)
        people = repository.people(at.registry, found.id, org=at.org_id(org))
    kept = [person for person in people if not (missing and person.known)]
    emit(kept[:limit], person_columns(), fmt)


@app.command()
def add(
    ctx: typer.Context,
    member: MemberArgument,
    the_round: RoundOption = None,
    fmt: FormatOption = Format.TABLE,
) -> None:
    """Put a member into the frame of an open round."""
    with session(ctx) as at:
        found = surveys.find(at.registry, the_round)
        whose = one_member(at.registry, member, on=at.today)
        recorded = service.add(at.registry, found, whose)
    answer(recorded, person_columns(), fmt)


@app.command()
def drop(
    ctx: typer.Context,
    member: MemberArgument,
    the_round: RoundOption = None,
    on: OnOption = None,
    reason: ReasonOption = "",
    fmt: FormatOption = Format.TABLE,
) -> None:
    """Take a member out of the frame of an open round; needs --reason."""
    with session(ctx) as at:
        found = surveys.find(at.registry, the_round)
        whose = one_member(at.registry, member, on=at.today)
        recorded = service.drop(at.registry, found, whose, on=at.day(on), reason=reason)
    answer(recorded, person_columns(), fmt)


@app.command("import")
def import_(
    ctx: typer.Context,
    file: Annotated[
        Path, typer.Argument(metavar="FILE", help=_("A household or name list as .xlsx."))
    ],
    the_round: RoundOption = None,
    skip_bad: Annotated[
        bool, typer.Option("--skip-bad", help=_("Take the good rows although others are refused."))
    ] = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help=_("Only say what would be done."))
    ] = False,
) -> None:
    """Put the people of a household or name list into the frame; nobody silently."""
    with session(ctx) as at:
        found = surveys.find(at.registry, the_round)
        result = service.import_frame(
            at.registry, found, file, today=at.today, skip_bad=skip_bad, dry_run=dry_run
        )
    for member in result.added:
        say(f"+ {member.label} {member.name} {member.branch}")
    for row, code in result.unmatched:
        why = _("nobody") if code == "member_not_found" else _("several")
        say(_("row {row}: {name} fits {why}").format(row=row.row, name=row.name, why=why))
    said = _("{added} to be reached, {already} there already, {unmatched} fit nobody or several.")
    say(
        said.format(
            added=len(result.added),
            already=len(result.already),
            unmatched=len(result.unmatched),
        )
    )
    if not result.written:
        say(_("Nothing was written."))
    if result.unmatched:
        raise typer.Exit(Exit.PARTIAL if dry_run or skip_bad else Exit.BAD_INPUT)
