"""The activity card (流动党员活动证): its commands."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from flowparty.cli.noun import Noun
from flowparty.cli.options import (
    AgainOption,
    AsOfOption,
    ByOption,
    CardArgument,
    FormatOption,
    LimitOption,
    MemberArgument,
    OnOption,
    OrgOption,
    PlaceOption,
)
from flowparty.cli.session import answer, optional_text, session
from flowparty.domain.cards import Card, CardEvent, Kind
from flowparty.language import N_, _
from flowparty.output.columns import Column, attribute
from flowparty.output.formats import Format, Part, emit, emit_whole
from flowparty.repository import cards as repository
from flowparty.repository.find import one_member
from flowparty.service import cards as service
from flowparty.words import term

if TYPE_CHECKING:
    from datetime import date


app = Noun(N_("Activity cards: issued, verified, reviewed, lost, reissued, handed in."))

Findings = Annotated[
    str | None, typer.Option("--findings", metavar="TEXT", help=_("What was found."))
]
Number = Annotated[
    str, typer.Option("--number", metavar="NUMBER", help=_("The number the county assigned."))
]


def event_columns() -> list[Column[CardEvent]]:
    """What is shown of an event."""
    return [
        Column("card", _("Card"), attribute("card_number")),
        Column("member", _("Name"), attribute("member")),
        Column("kind", _("Event"), attribute("kind"), term("card_event")),
        Column("on", _("Day"), attribute("on")),
        Column("place", _("Place"), attribute("place"), wide=True),
        Column("by", _("By"), attribute("by")),
        Column("findings", _("Findings"), attribute("findings"), fold=True),
    ]


def card_columns(day: date) -> list[Column[Card]]:
    """What is shown of a card in a list, with its state on a day."""
    return [
        Column("number", _("Card"), attribute("number")),
        Column("member", _("Name"), attribute("member")),
        Column("member_number", _("No."), lambda card: f"M{card.member_id}", wide=True),
        Column("branch", _("Branch"), attribute("branch")),
        Column("state", _("State"), lambda card: card.state_on(day), term("card_state")),
        Column("issued_on", _("Issued"), lambda card: card.last(Kind.ISSUE, day), wide=True),
        Column("verified_on", _("Verified"), lambda card: card.last(Kind.VERIFY, day)),
        Column("reviewed_on", _("Reviewed"), lambda card: card.last(Kind.REVIEW, day)),
        Column("replaces", _("Replaces"), attribute("replaces"), table=False),
    ]


@app.command()
def issue(
    ctx: typer.Context,
    member: MemberArgument,
    number: Number,
    on: OnOption = None,
    by: ByOption = None,
    place: PlaceOption = None,
    fmt: FormatOption = Format.TABLE,
) -> None:
    """Give a member a card (发放); the county assigns the number."""
    with session(ctx) as at:
        holder = one_member(at.registry, member, on=at.today)
        recorded = service.issue(
            at.registry, holder, number, on=at.day(on), by=at.by(by), place=place
        )
    answer(recorded, event_columns(), fmt)


def _record(
    ctx: typer.Context,
    card: str,
    kind: Kind,
    fmt: Format,
    *,
    on: str | None,
    by: str | None,
    place: str | None,
    findings: str | None,
    again: bool,
) -> None:
    """The five verbs that write one event of a card differ in its kind only."""
    with session(ctx) as at:
        day = at.day(on)
        recorded = service.record(
            at.registry,
            repository.find(at.registry, card, on=day),
            kind,
            on=day,
            by=at.by(by),
            place=place,
            findings=optional_text(findings),
            again=again,
        )
    answer(recorded, event_columns(), fmt)


@app.command()
def verify(
    ctx: typer.Context,
    card: CardArgument,
    on: OnOption = None,
    by: ByOption = None,
    place: PlaceOption = None,
    findings: Findings = None,
    again: AgainOption = False,
    fmt: FormatOption = Format.TABLE,
) -> None:
    """Record that a card was seen and its entries checked (查验)."""
    _record(ctx, card, Kind.VERIFY, fmt, on=on, by=by, place=place, findings=findings, again=again)


@app.command()
def review(
    ctx: typer.Context,
    card: CardArgument,
    on: OnOption = None,
    by: ByOption = None,
    place: PlaceOption = None,
    findings: Findings = None,
    again: AgainOption = False,
    fmt: FormatOption = Format.TABLE,
) -> None:
    """Record the yearly review of a card, with the members' appraisal (年审)."""
    _record(ctx, card, Kind.REVIEW, fmt, on=on, by=by, place=place, findings=findings, again=again)


@app.command()
def lost(
    ctx: typer.Context,
    card: CardArgument,
    on: OnOption = None,
    by: ByOption = None,
    place: PlaceOption = None,
    findings: Findings = None,
    fmt: FormatOption = Format.TABLE,
) -> None:
    """Record that a card was reported lost (遗失)."""
    _record(ctx, card, Kind.LOST, fmt, on=on, by=by, place=place, findings=findings, again=False)


@app.command("hand-in")
def hand_in(
    ctx: typer.Context,
    card: CardArgument,
    on: OnOption = None,
    by: ByOption = None,
    place: PlaceOption = None,
    findings: Findings = None,
    fmt: FormatOption = Format.TABLE,
) -> None:
    """Record that a card was handed in after coming home (交回)."""
    _record(ctx, card, Kind.HAND_IN, fmt, on=on, by=by, place=place, findings=findings, again=False)


@app.command()
def void(
    ctx: typer.Context,
    card: CardArgument,
    on: OnOption = None,
    by: ByOption = None,
    place: PlaceOption = None,
    findings: Findings = None,
    fmt: FormatOption = Format.TABLE,
) -> None:
    """Cancel a card for good (注销)."""
    _record(ctx, card, Kind.VOID, fmt, on=on, by=by, place=place, findings=findings, again=False)


@app.command()
def reissue(
    ctx: typer.Context,
    card: CardArgument,
    number: Number,
    on: OnOption = None,
    by: ByOption = None,
    place: PlaceOption = None,
    fmt: FormatOption = Format.TABLE,
) -> None:
    """Give a new card for one reported lost; the new one names the old (补发)."""
    with session(ctx) as at:
        day = at.day(on)
        found = repository.find(at.registry, card, on=day)
        recorded = service.reissue(at.registry, found, number, on=day, by=at.by(by), place=place)
    answer(recorded, event_columns(), fmt)


@app.command("list")
def list_(
    ctx: typer.Context,
    org: OrgOption = None,
    as_of: AsOfOption = None,
    limit: LimitOption = None,
    fmt: FormatOption = Format.TABLE,
) -> None:
    """List the cards issued by a day, with their state."""
    with session(ctx) as at:
        day = at.as_of(as_of)
        found = repository.list_cards(at.registry, on=day, org=at.org_id(org), limit=limit)
    emit(found, card_columns(day), fmt)


@app.command()
def show(
    ctx: typer.Context,
    card: CardArgument,
    as_of: AsOfOption = None,
    fmt: FormatOption = Format.TABLE,
) -> None:
    """Show a card and everything that happened to it."""
    with session(ctx) as at:
        day = at.as_of(as_of)
        found = repository.find(at.registry, card, on=day)
    events = [event for event in found.events if event.on <= day.isoformat()]
    emit_whole(found, card_columns(day), [Part("events", events, event_columns())], fmt)
