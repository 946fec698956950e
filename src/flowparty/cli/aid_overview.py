"""What aid was given, to look at and to post up: allocations, sums, the public notice."""

from __future__ import annotations

from typing import Annotated

import typer

from flowparty.cli.aid_options import GrantArgument, PotOption
from flowparty.cli.aid_view import (
    aid_status_columns,
    follow_up_columns,
    grant_columns,
    payment_columns,
)
from flowparty.cli.noun import Noun
from flowparty.cli.options import AsOfOption, FormatOption, LimitOption, OrgOption, WorkbookOption
from flowparty.cli.session import say, session
from flowparty.domain.period import parse_period
from flowparty.language import _
from flowparty.output.formats import Format, Part, emit, emit_whole
from flowparty.repository import aid as repository
from flowparty.service.aid_status import By, summarise

verbs = Noun()


@verbs.command("list")
def list_(
    ctx: typer.Context,
    org: OrgOption = None,
    pot: PotOption = None,
    as_of: AsOfOption = None,
    limit: LimitOption = None,
    fmt: FormatOption = Format.TABLE,
) -> None:
    """List the allocations."""
    with session(ctx) as at:
        found = repository.list_grants(
            at.registry,
            on=at.as_of(as_of),
            org=at.org_id(org),
            pot=None if pot is None else repository.find_pot(at.registry, pot).id,
            limit=limit,
        )
    emit(found, grant_columns(), fmt)


@verbs.command()
def show(ctx: typer.Context, grant: GrantArgument, fmt: FormatOption = Format.TABLE) -> None:
    """Show an allocation with its payments and follow-ups."""
    with session(ctx) as at:
        found = repository.find_grant(at.registry, grant, on=at.today)
        payments = repository.payments_of(at.registry, found.id)
        looks = repository.follow_ups_of(at.registry, found.id)
    emit_whole(
        found,
        grant_columns(),
        [
            Part("payments", payments, payment_columns()),
            Part("follow_ups", looks, follow_up_columns()),
        ],
        fmt,
    )


@verbs.command()
def status(
    ctx: typer.Context,
    by: Annotated[By, typer.Option("--by", help=_("By pot, kind, purpose or branch."))] = By.POT,
    org: OrgOption = None,
    as_of: AsOfOption = None,
    fmt: FormatOption = Format.TABLE,
) -> None:
    """Budget, allocated, paid and left, people and allocations."""
    with session(ctx) as at:
        lines = summarise(at.registry, by, on=at.as_of(as_of), org=at.org_id(org))
    emit(lines, aid_status_columns(by), fmt)


@verbs.command()
def notice(
    ctx: typer.Context,
    period: Annotated[
        str, typer.Option("--period", metavar="YYYY-MM", help=_("Allocations of which month."))
    ],
    output: WorkbookOption,
    org: OrgOption = None,
) -> None:
    """Write the public notice (公示): no identity number, phone, illness or reason."""
    from flowparty.service import aid_notice

    with session(ctx) as at:
        rows = aid_notice.write(
            at.registry, parse_period(period), output, org=at.org_id(org), today=at.today
        )
    say(_("Written: {path}").format(path=output))
    say(_("{rows} allocations are on the notice.").format(rows=rows))
