"""``flowparty today``: what is owed, since when, why, and the command that settles it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from flowparty.cli.noun import Noun
from flowparty.cli.options import FormatOption, LimitOption, OrgOption
from flowparty.cli.session import say, session
from flowparty.cli.today_view import columns, show, summary
from flowparty.domain.duties.duty import Kind
from flowparty.domain.errors import BadValue
from flowparty.errors import Exit
from flowparty.language import _
from flowparty.output.formats import Format, emit
from flowparty.repository import settings
from flowparty.service import duties
from flowparty.service.duty_table import TABLE

if TYPE_CHECKING:
    from collections.abc import Sequence

app = Noun()


def kinds(names: Sequence[str]) -> frozenset[Kind]:
    """The kinds that words name: a code, how several codes begin, or a title.

    Raises:
        BadValue: ``duty_unknown``; ``known`` lists codes and titles.
    """
    found: set[Kind] = set()
    for name in names:
        wanted = name.strip()
        these = {
            line.kind
            for line in TABLE
            if wanted in (line.kind, line.title, _(line.title))
            or line.kind.startswith(f"{wanted.rstrip('_')}_")
        }
        if not these:
            known = [f"{line.kind}  {_(line.title)}" for line in TABLE]
            raise BadValue("duty_unknown", value=name, known=known)
        found |= these
    return frozenset(found)


@app.command()
def today(
    ctx: typer.Context,
    org: OrgOption = None,
    kind: Annotated[
        list[str] | None,
        typer.Option("--kind", metavar="KIND", help=_("Only this kind; may be given again.")),
    ] = None,
    on: Annotated[
        str | None,
        typer.Option("--on", metavar="DAY", help=_("What will be owed on that day, or was.")),
    ] = None,
    check: Annotated[
        bool, typer.Option("--check", help=_("Exit with 3 when anything is owed."))
    ] = False,
    quiet: Annotated[
        bool, typer.Option("--quiet", help=_("Print nothing when nothing is owed."))
    ] = False,
    limit: LimitOption = None,
    fmt: FormatOption = Format.TABLE,
) -> None:
    """Show what is owed: who, since when, why, and the command that settles it."""
    wanted = kinds(kind or ())
    with session(ctx) as at:
        day = at.as_of(on)
        found = duties.owed(at.registry, on=day, org=at.org_id(org), kinds=wanted)
        force = settings.load(at.registry)
    if found or not quiet:
        say(summary(found, day, force.cutoff_day))
        if fmt is Format.TABLE:
            show(found[:limit], force, whole=bool(kind or limit))
        else:
            emit(found[:limit], columns(force), fmt)
    if check and found:
        raise typer.Exit(Exit.PARTIAL)
