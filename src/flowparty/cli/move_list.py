"""Who is away on a day, and one member's movements."""

from __future__ import annotations

from typing import Annotated

import typer

from flowparty.cli.move_view import (
    earlier_columns,
    move_columns,
    one_move_columns,
    seen,
    source_columns,
)
from flowparty.cli.noun import Noun
from flowparty.cli.options import AsOfOption, FormatOption, LimitOption, MemberArgument, OrgOption
from flowparty.cli.session import session
from flowparty.domain.errors import NotFound
from flowparty.domain.movements import Direction
from flowparty.language import _
from flowparty.output.formats import Format, Part, emit, emit_whole
from flowparty.repository import movement_sources
from flowparty.repository import movements as repository
from flowparty.repository.find import one_member

app = Noun()


@app.command("list")
def list_(
    ctx: typer.Context,
    org: OrgOption = None,
    as_of: AsOfOption = None,
    limit: LimitOption = None,
    guests: Annotated[bool, typer.Option("--guests", help=_("Guests who came."))] = False,
    everything: Annotated[bool, typer.Option("--all", help=_("Ended ones too."))] = False,
    fmt: FormatOption = Format.TABLE,
) -> None:
    """List who is away on a day."""
    with session(ctx) as at:
        day = at.as_of(as_of)
        found = repository.list_movements(
            at.registry,
            on=day,
            org=at.org_id(org),
            direction=Direction.IN if guests else Direction.OUT,
            everything=everything,
            limit=limit,
        )
        emit(found, move_columns(*seen(at, day)), fmt)


@app.command()
def show(
    ctx: typer.Context,
    member: MemberArgument,
    as_of: AsOfOption = None,
    fmt: FormatOption = Format.TABLE,
) -> None:
    """Show a member's latest movement, where its facts were learned, and the earlier ones."""
    with session(ctx) as at:
        day = at.as_of(as_of)
        whose = one_member(at.registry, member, on=day)
        moves = repository.of_member(at.registry, whose.id, on=day)
        begun = [move for move in moves if move.state_on(day) is not None]
        if not begun:
            raise NotFound("move_none", member=whose.name, label=whose.label)
        sources = movement_sources.of_movement(at.registry, begun[-1].id)
        columns = one_move_columns(*seen(at, day))
        earlier = Part("earlier", begun[-2::-1], earlier_columns(day))
    emit_whole(begun[-1], columns, [Part("sources", sources, source_columns()), earlier], fmt)
