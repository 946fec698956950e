"""Groups (党小组): who joins and leaves by day, and where one is missing."""

from __future__ import annotations

import typer

from flowparty.cli.member_view import member_columns
from flowparty.cli.noun import Noun
from flowparty.cli.options import (
    AsOfOption,
    FormatOption,
    MembersArgument,
    OnOption,
    OrgArgument,
    OrgOption,
)
from flowparty.cli.session import answer_list, say, session
from flowparty.domain.groups import Ungrouped
from flowparty.language import _
from flowparty.output.columns import Column, attribute
from flowparty.output.formats import Format, emit
from flowparty.repository import orgs as repository
from flowparty.repository.find import one_member
from flowparty.service import groups as service
from flowparty.words import place_word

app = Noun()


def ungrouped_columns() -> list[Column[Ungrouped]]:
    """What is shown of people away together without a group."""
    return [
        Column("branch", _("Branch"), attribute("branch")),
        Column("branch_number", _("No."), lambda found: f"O{found.branch_id}"),
        Column("county", _("Code"), attribute("county"), wide=True),
        Column("place", _("Place"), lambda found: place_word(found.county, found.county)),
        Column("count", _("People"), lambda found: len(found.people), right=True),
        Column("people", _("Names"), attribute("people"), "、".join, fold=True),
    ]


@app.command()
def join(
    ctx: typer.Context,
    group: OrgArgument,
    people: MembersArgument,
    on: OnOption = None,
    fmt: FormatOption = Format.TABLE,
) -> None:
    """Let members belong to a group from a day on."""
    with session(ctx) as at:
        recorded = service.join(
            at.registry,
            repository.find(at.registry, group),
            [one_member(at.registry, member, on=at.today) for member in people],
            on=at.day(on),
        )
    answer_list(recorded, member_columns(), fmt)


@app.command()
def leave(
    ctx: typer.Context,
    group: OrgArgument,
    people: MembersArgument,
    on: OnOption = None,
    fmt: FormatOption = Format.TABLE,
) -> None:
    """Let members leave a group on a day."""
    with session(ctx) as at:
        recorded = service.leave(
            at.registry,
            repository.find(at.registry, group),
            [one_member(at.registry, member, on=at.today) for member in people],
            on=at.day(on),
        )
    answer_list(recorded, member_columns(), fmt)


@app.command()
def ungrouped(
    ctx: typer.Context,
    org: OrgOption = None,
    as_of: AsOfOption = None,
    fmt: FormatOption = Format.TABLE,
) -> None:
    """Where three or more of a branch are away in one county without a group."""
    with session(ctx) as at:
        found = service.missing(at.registry, on=at.as_of(as_of), org=at.org_id(org))
    emit(found, ungrouped_columns(), fmt)
    if found:
        say(_("Groups can be made with:"))
    for one in found:
        place = (place_word(one.county, one.county) or one.county).split("–")[-1]
        group = f"{place}流动党小组 --kind 党小组 --class 按流入地 --parent O{one.branch_id}"
        say(f"  flowparty org add {group}")
