"""Movements: away from here and back, and guests who come."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from flowparty.cli import move_list
from flowparty.cli.move_facts import (
    Began,
    Ended,
    Facts,
    Fixed,
    From,
    HostContact,
    HostOrg,
    HostPhone,
    Occupation,
    On,
    Reason,
    To,
    UnitKind,
    ended_on,
    left_on,
    place_values,
)
from flowparty.cli.move_view import one_move_columns, seen
from flowparty.cli.noun import Noun
from flowparty.cli.options import (
    FormatOption,
    MemberArgument,
    NoteOption,
    OnOption,
)
from flowparty.cli.session import Session, answer, optional_text, say, session
from flowparty.domain.movements import Direction, Movement, NewMovement, State
from flowparty.language import N_, _
from flowparty.output.formats import Format
from flowparty.repository import cards
from flowparty.repository.find import one_member
from flowparty.service import movements as service

if TYPE_CHECKING:
    from flowparty.service.recorded import Recorded

app = Noun(N_("Movements: going away, arriving, coming home; guests who come."))
app.add_typer(move_list.app)


def _answer(at: Session, recorded: Recorded[Movement], fmt: Format) -> None:
    answer(recorded, one_move_columns(*seen(at, at.today)), fmt)


def _begin(
    at: Session, member: str, direction: Direction, place: str, on: str | None, facts: Facts
) -> Recorded[Movement]:
    new = NewMovement(
        direction=direction,
        left_on=left_on(on or "今天", at.today),
        **{**place_values(at, place), **facts.values()},
    )
    found = one_member(at.registry, member, on=at.today)
    return service.begin(at.registry, found, new, today=at.today)


@app.command()
def out(
    ctx: typer.Context,
    member: MemberArgument,
    to: To,
    on: On = None,
    unit: UnitKind = None,
    why: Reason = "务工",
    occupation: Occupation = None,
    fixed: Fixed = None,
    host: HostOrg = None,
    contact: HostContact = None,
    phone: HostPhone = None,
    fmt: FormatOption = Format.TABLE,
) -> None:
    """Record that a member goes away (流出)."""
    facts = Facts(unit, why, occupation, fixed, host, contact, phone)
    with session(ctx) as at:
        _answer(at, _begin(at, member, Direction.OUT, to, on, facts), fmt)


@app.command("in")
def come_in(
    ctx: typer.Context,
    member: MemberArgument,
    origin: From,
    on: On = None,
    unit: UnitKind = None,
    why: Reason = "务工",
    occupation: Occupation = None,
    fixed: Fixed = None,
    host: HostOrg = None,
    contact: HostContact = None,
    phone: HostPhone = None,
    fmt: FormatOption = Format.TABLE,
) -> None:
    """Record that a guest came here from elsewhere (流入); --host is the home organization."""
    facts = Facts(unit, why, occupation, fixed, host, contact, phone)
    with session(ctx) as at:
        _answer(at, _begin(at, member, Direction.IN, origin, on, facts), fmt)


@app.command()
def onward(
    ctx: typer.Context,
    member: MemberArgument,
    to: To,
    on: OnOption = None,
    unit: UnitKind = None,
    why: Annotated[
        str | None, typer.Option("--why", metavar="REASON", help=_("Why; left out: as before."))
    ] = None,
    occupation: Occupation = None,
    fixed: Fixed = None,
    host: HostOrg = None,
    contact: HostContact = None,
    phone: HostPhone = None,
    fmt: FormatOption = Format.TABLE,
) -> None:
    """Record that who is away went on to another place: the months away run on (转往).

    A place recorded wrongly is corrected by edit --to; who came home in between returns first.
    """
    facts = Facts(unit, why, occupation, fixed, host, contact, phone)
    with session(ctx) as at:
        recorded = service.move_on(
            at.registry,
            one_member(at.registry, member, on=at.today),
            {**place_values(at, to), **facts.values()},
            on=at.day(on),
            today=at.today,
        )
        _answer(at, recorded, fmt)


@app.command()
def edit(
    ctx: typer.Context,
    member: MemberArgument,
    to: Annotated[
        str | None,
        typer.Option(
            "--to",
            metavar="PLACE",
            help=_("The place, wrong so far; who went on to another one: move onward."),
        ),
    ] = None,
    on: Annotated[
        str | None,
        typer.Option("--on", metavar="DAY", help=_("When the member left; 不详: unknown.")),
    ] = None,
    unit: UnitKind = None,
    why: Annotated[
        str | None, typer.Option("--why", metavar="REASON", help=_("Why: 务工, 经商, 随迁投靠 …"))
    ] = None,
    occupation: Occupation = None,
    fixed: Fixed = None,
    host: HostOrg = None,
    contact: HostContact = None,
    phone: HostPhone = None,
    ended: Ended = None,
    began: Began = None,
    fmt: FormatOption = Format.TABLE,
) -> None:
    """Correct or complete the open movement: a date learned, another place.

    With --ended the end of the one that was over last, with --began any.
    """
    facts = Facts(unit, why, occupation, fixed, host, contact, phone)
    with session(ctx) as at:
        values = facts.values()
        if to is not None:
            values |= place_values(at, to)
        if on is not None:
            values["left_on"] = left_on(on, at.today)
        if ended is not None:
            values["ended_on"] = ended_on(at, ended)
        found = one_member(at.registry, member, on=at.today)
        if ended is None and began is None:
            recorded = service.correct(at.registry, found, values, today=at.today)
        else:
            day = None if began is None else str(left_on(began, at.today) or "")
            recorded = service.correct_ended(at.registry, found, values, began=day, today=at.today)
        _answer(at, recorded, fmt)


@app.command()
def arrive(
    ctx: typer.Context,
    member: MemberArgument,
    on: OnOption = None,
    host: HostOrg = None,
    contact: HostContact = None,
    phone: HostPhone = None,
    fmt: FormatOption = Format.TABLE,
) -> None:
    """Record that the host took the member up (报到)."""
    facts = Facts(host=host, contact=contact, phone=phone)
    with session(ctx) as at:
        recorded = service.arrive(
            at.registry,
            one_member(at.registry, member, on=at.today),
            on=at.day(on),
            host=facts.values(),
            today=at.today,
        )
        _answer(at, recorded, fmt)


def _finish(
    ctx: typer.Context, member: str, outcome: State, on: str | None, note: str | None, fmt: Format
) -> None:
    with session(ctx) as at:
        found = one_member(at.registry, member, on=at.today)
        recorded = service.finish(
            at.registry,
            found,
            outcome,
            on=at.day(on),
            note=optional_text(note),
            today=at.today,
        )
        _answer(at, recorded, fmt)
        live = cards.live_of(at.registry, found.id, on=at.today)
    if outcome is State.RETURNED and live is not None:
        say(_("The card {card} is still held: flowparty card hand-in").format(card=live.number))


@app.command("return")
def come_back(
    ctx: typer.Context,
    member: MemberArgument,
    on: OnOption = None,
    note: NoteOption = None,
    fmt: FormatOption = Format.TABLE,
) -> None:
    """Record that the member came home (返回), or that a guest left."""
    _finish(ctx, member, State.RETURNED, on, note, fmt)


@app.command()
def refuse(
    ctx: typer.Context,
    member: MemberArgument,
    note: Annotated[str, typer.Option("--note", metavar="TEXT", help=_("Why the host refused."))],
    on: OnOption = None,
    fmt: FormatOption = Format.TABLE,
) -> None:
    """Record that the host did not take the member up, and why."""
    _finish(ctx, member, State.REFUSED, on, note, fmt)


@app.command()
def withdraw(
    ctx: typer.Context,
    member: MemberArgument,
    on: Annotated[
        str | None,
        typer.Option(
            "--on",
            metavar="DAY",
            help=_("From which day it counts no more; left out: the day it began, so on no day."),
        ),
    ] = None,
    note: NoteOption = None,
    fmt: FormatOption = Format.TABLE,
) -> None:
    """Take back a movement that the host has not taken up yet: the member did not go (撤回)."""
    with session(ctx) as at:
        recorded = service.withdraw(
            at.registry,
            one_member(at.registry, member, on=at.today),
            on=None if on is None else at.day(on),
            note=optional_text(note),
            today=at.today,
        )
        _answer(at, recorded, fmt)
