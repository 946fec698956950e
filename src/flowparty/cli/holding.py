"""Posts with duties (设岗定责) and model shops (示范经营户): their commands."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from flowparty.cli.noun import Noun
from flowparty.cli.options import (
    AsOfOption,
    ByOption,
    FormatOption,
    LimitOption,
    MemberArgument,
    NoteOption,
    OnlyMemberOption,
    OnOption,
    OrgOption,
)
from flowparty.cli.session import answer, optional_text, session
from flowparty.domain.holdings import Holding, Kind, Result, Review, State
from flowparty.language import N_, _
from flowparty.output.columns import Column, attribute
from flowparty.output.formats import Format, Part, emit, emit_whole
from flowparty.repository import holdings as repository
from flowparty.repository.find import one_member
from flowparty.service import holdings as service
from flowparty.words import code, term

if TYPE_CHECKING:
    from datetime import date

app = Noun(N_("Posts with duties and model shops: applied for, held, reviewed, ended."))

HoldingArgument = Annotated[
    str, typer.Argument(metavar="HOLDING", help=_("A post or title by number: H3."))
]


def holding_columns(day: date, *, one: bool = False) -> list[Column[Holding]]:
    """What is shown of a holding on a day; every fact of ``one``, and why it ended."""
    why: list[Column[Holding]] = [Column("end_note", _("Note"), attribute("end_note"), fold=True)]
    return [
        Column("number", _("No."), attribute("label")),
        Column("member", _("Name"), attribute("member")),
        Column("member_number", _("Member"), lambda h: f"M{h.member_id}", wide=not one),
        Column("branch", _("Branch"), attribute("branch"), wide=not one),
        Column("kind", _("Kind"), attribute("kind"), term("holding_kind")),
        Column("name", _("Post or shop"), attribute("name"), fold=True),
        Column("duties", _("Duties"), attribute("duties"), table=one, fold=True),
        Column("trade", _("Trade"), attribute("trade"), table=one),
        Column("households", _("Households led"), attribute("households"), table=one, right=True),
        Column("state", _("State"), lambda h: h.state_on(day), term("holding_state")),
        Column("applied_on", _("Applied"), attribute("applied_on"), wide=not one),
        Column("since", _("Since"), attribute("since")),
        Column("recognised_by", _("Recognized by"), attribute("recognised_by"), table=one),
        Column("reviewed_on", _("Last review"), lambda h: h.last_review(day), wide=not one),
        Column(
            "review_due",
            _("Review due"),
            lambda h: None if h.review_due(day) is None else str(h.review_due(day)),
        ),
        Column("refused_on", _("Refused"), attribute("refused_on"), table=one),
        Column("ended_on", _("Ended"), attribute("ended_on"), wide=not one),
        *(why if one else []),
    ]


def review_columns() -> list[Column[Review]]:
    """What is shown of a yearly review."""
    return [
        Column("year", _("Year"), attribute("year"), str),
        Column("on", _("Day"), attribute("on")),
        Column("result", _("Result"), attribute("result"), term("holding_result")),
        Column("by", _("By"), attribute("by")),
        Column("findings", _("Words"), attribute("findings"), fold=True),
    ]


@app.command()
def apply(
    ctx: typer.Context,
    member: MemberArgument,
    kind: Annotated[
        str, typer.Option("--kind", metavar="岗位|示范户", help=_("A post or a model shop."))
    ],
    name: Annotated[
        str, typer.Option("--name", metavar="TEXT", help=_("The post, or the shop's name."))
    ],
    duties: Annotated[
        str | None, typer.Option("--duties", metavar="TEXT", help=_("A post's duties."))
    ] = None,
    trade: Annotated[
        str | None, typer.Option("--trade", metavar="TEXT", help=_("A shop's trade."))
    ] = None,
    households: Annotated[
        int | None,
        typer.Option("--households", min=0, metavar="N", help=_("Households the shop leads.")),
    ] = None,
    on: OnOption = None,
    fmt: FormatOption = Format.TABLE,
) -> None:
    """Record an application for a post or the title of a model shop."""
    with session(ctx) as at:
        new = service.NewHolding(
            kind=Kind(code("holding_kind", kind)),
            name=name,
            on=at.day(on),
            duties=optional_text(duties),
            trade=optional_text(trade),
            households=households,
        )
        whose = one_member(at.registry, member, on=at.today)
        recorded = service.apply(at.registry, whose, new)
    answer(recorded, holding_columns(at.today, one=True), fmt)


@app.command()
def recognise(
    ctx: typer.Context,
    holding: HoldingArgument,
    by: Annotated[str, typer.Option("--by", metavar="NAME", help=_("Who recognized it."))],
    on: OnOption = None,
    fmt: FormatOption = Format.TABLE,
) -> None:
    """Record that it is held from a day on, and who recognized it."""
    with session(ctx) as at:
        found = repository.find(at.registry, holding, on=at.today)
        recorded = service.recognise(at.registry, found, on=at.day(on), by=by)
    answer(recorded, holding_columns(at.today, one=True), fmt)


@app.command()
def refuse(
    ctx: typer.Context,
    holding: HoldingArgument,
    on: OnOption = None,
    note: NoteOption = None,
    fmt: FormatOption = Format.TABLE,
) -> None:
    """Record that an application was refused, and why."""
    with session(ctx) as at:
        found = repository.find(at.registry, holding, on=at.today)
        recorded = service.refuse(at.registry, found, on=at.day(on), note=optional_text(note))
    answer(recorded, holding_columns(at.today, one=True), fmt)


@app.command()
def review(
    ctx: typer.Context,
    holding: HoldingArgument,
    result: Annotated[
        str, typer.Option("--result", metavar="好|一般|差", help=_("What the review found."))
    ],
    year: Annotated[
        int | None,
        typer.Option("--year", metavar="YYYY", min=1900, max=2999, help=_("Left out: this year.")),
    ] = None,
    findings: Annotated[
        str | None, typer.Option("--findings", metavar="TEXT", help=_("What was found."))
    ] = None,
    on: OnOption = None,
    by: ByOption = None,
    fmt: FormatOption = Format.TABLE,
) -> None:
    """Record the yearly review."""
    with session(ctx) as at:
        day = at.day(on)
        recorded = service.review(
            at.registry,
            repository.find(at.registry, holding, on=at.today),
            year or day.year,
            Result(code("holding_result", result)),
            on=day,
            by=at.by(by),
            findings=optional_text(findings),
        )
    answer(recorded, holding_columns(at.today, one=True), fmt)


@app.command()
def end(
    ctx: typer.Context,
    holding: HoldingArgument,
    on: OnOption = None,
    note: NoteOption = None,
    fmt: FormatOption = Format.TABLE,
) -> None:
    """End a post or a title on a day."""
    with session(ctx) as at:
        found = repository.find(at.registry, holding, on=at.today)
        recorded = service.end(at.registry, found, on=at.day(on), note=optional_text(note))
    answer(recorded, holding_columns(at.today, one=True), fmt)


@app.command("list")
def list_(
    ctx: typer.Context,
    org: OrgOption = None,
    member: OnlyMemberOption = None,
    everything: Annotated[
        bool, typer.Option("--all", help=_("Refused and ended ones too."))
    ] = False,
    as_of: AsOfOption = None,
    limit: LimitOption = None,
    fmt: FormatOption = Format.TABLE,
) -> None:
    """List who holds or has applied for what on a day."""
    with session(ctx) as at:
        day = at.as_of(as_of)
        whose = None if member is None else one_member(at.registry, member, on=day).id
        found = repository.list_holdings(at.registry, on=day, org=at.org_id(org), member=whose)
    if not everything:
        found = [one for one in found if one.state_on(day) in (State.APPLIED, State.HELD)]
    emit(found[:limit], holding_columns(day), fmt)


@app.command()
def show(ctx: typer.Context, holding: HoldingArgument, fmt: FormatOption = Format.TABLE) -> None:
    """Show a post or title with its yearly reviews."""
    with session(ctx) as at:
        found = repository.find(at.registry, holding, on=at.today)
    reviews = Part("reviews", found.reviews, review_columns())
    emit_whole(found, holding_columns(at.today, one=True), [reviews], fmt)
