"""Notices to the other side (双向管理): their commands."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from flowparty.cli.move_facts import HostContact, HostOrg, HostPhone, Occupation
from flowparty.cli.notice_view import answer_values, field_columns, notice_columns
from flowparty.cli.noun import Noun
from flowparty.cli.options import (
    AgainOption,
    AsOfOption,
    ByOption,
    FormatOption,
    LimitOption,
    MaskedOption,
    MemberArgument,
    OnlyMemberOption,
    OnOption,
    OptionalWorkbookOption,
    OrgOption,
    TextOption,
    WorkbookOption,
)
from flowparty.cli.session import answer, answer_whole, optional_text, say, session
from flowparty.domain.notices import Kind, State, Take
from flowparty.domain.text import clean_name
from flowparty.language import N_, _
from flowparty.output.formats import Format, Part, emit, emit_whole
from flowparty.repository import notices as repository
from flowparty.repository import settings
from flowparty.repository.find import one_member
from flowparty.service import letters
from flowparty.service import notices as service
from flowparty.words import code

if TYPE_CHECKING:
    from datetime import date

    from flowparty.cli.session import Session
    from flowparty.domain.notices import Notice
    from flowparty.output.columns import Column

app = Noun(N_("Notices to a host or home organization: sent, answered, agreed on."))

CodeArgument = Annotated[
    str, typer.Argument(metavar="CODE", help=_("The receipt code that stands on the letter."))
]


def _columns(at: Session, day: date) -> list[Column[Notice]]:
    return notice_columns(day, settings.load(at.registry).notice_days, one=True)


def _fields(notice: Notice) -> list[Part[Any]]:
    return [Part("fields", notice.fields, field_columns())]


@app.command()
def send(
    ctx: typer.Context,
    member: MemberArgument,
    kind: Annotated[
        str, typer.Option("--kind", metavar="通报|查询|共同培养", help=_("What the letter is for."))
    ] = "通报",
    to: Annotated[
        str | None,
        typer.Option("--to", metavar="NAME", help=_("To whom; left out: to the host.")),
    ] = None,
    text: TextOption = None,
    on: OnOption = None,
    output: OptionalWorkbookOption = None,
    by: ByOption = None,
    again: AgainOption = False,
    fmt: FormatOption = Format.TABLE,
) -> None:
    """Record a letter about a member's movement; --output prints it for A4."""
    with session(ctx) as at:
        recorded = service.send(
            at.registry,
            one_member(at.registry, member, on=at.today),
            Kind(code("notice_kind", kind)),
            to=to,
            on=at.day(on),
            text=optional_text(text),
            today=at.today,
            again=again,
        )
        if output is not None:
            letters.print_notice(at.registry, recorded.record, output, by=at.by(by), masked=False)
        columns = _columns(at, at.today)
    answer(recorded, columns, fmt)
    if output is not None:
        say(_("Written: {path}").format(path=output))


@app.command("print")
def print_(
    ctx: typer.Context,
    notice: CodeArgument,
    output: WorkbookOption,
    by: ByOption = None,
    masked: MaskedOption = False,
) -> None:
    """Print a letter with its reply slip as a workbook for A4."""
    with session(ctx) as at:
        found = repository.find(at.registry, notice, on=at.today)
        letters.print_notice(at.registry, found, output, by=at.by(by), masked=masked)
    say(_("Written: {path}").format(path=output))


@app.command()
def reply(
    ctx: typer.Context,
    notice: CodeArgument,
    arrived: Annotated[
        str | None, typer.Option("--arrived", metavar="DAY", help=_("When the member arrived."))
    ] = None,
    left: Annotated[
        str | None, typer.Option("--left", metavar="DAY", help=_("When the member left home."))
    ] = None,
    to: Annotated[
        str | None, typer.Option("--to", metavar="PLACE", help=_("Where the member is."))
    ] = None,
    occupation: Occupation = None,
    host: HostOrg = None,
    contact: HostContact = None,
    phone: HostPhone = None,
    text: TextOption = None,
    name: Annotated[
        str | None, typer.Option("--by", metavar="NAME", help=_("Who answered."))
    ] = None,
    on: OnOption = None,
    fmt: FormatOption = Format.TABLE,
) -> None:
    """Record what came back; what differs from ours waits for: notice agree."""
    with session(ctx) as at:
        theirs = answer_values(
            at.today,
            arrived=arrived,
            left=left,
            to=to,
            occupation=occupation,
            host=host,
            contact=contact,
            phone=phone,
        )
        recorded = service.reply(
            at.registry,
            repository.find(at.registry, notice, on=at.today),
            theirs,
            on=at.day(on),
            by=None if name is None else clean_name(name),
            text=optional_text(text),
            today=at.today,
        )
        columns = _columns(at, at.today)
    answer_whole(recorded, columns, _fields(recorded.record), fmt)


@app.command()
def agree(
    ctx: typer.Context,
    notice: CodeArgument,
    take: Annotated[Take, typer.Option("--take", help=_("Whose word is right."))],
    fields: Annotated[
        list[str] | None,
        typer.Option("--field", metavar="NAME", help=_("Which fact; left out: all still open.")),
    ] = None,
    on: OnOption = None,
    fmt: FormatOption = Format.TABLE,
) -> None:
    """Agree on facts; what is theirs is written to the movement."""
    with session(ctx) as at:
        recorded = service.agree(
            at.registry,
            repository.find(at.registry, notice, on=at.today),
            [code("move_fact", field) for field in fields or []],
            take,
            on=at.day(on),
            today=at.today,
        )
        columns = _columns(at, at.today)
    answer_whole(recorded, columns, _fields(recorded.record), fmt)


@app.command()
def withdraw(
    ctx: typer.Context, notice: CodeArgument, on: OnOption = None, fmt: FormatOption = Format.TABLE
) -> None:
    """Take a letter back that needs no answer any more."""
    with session(ctx) as at:
        found = repository.find(at.registry, notice, on=at.today)
        recorded = service.withdraw(at.registry, found, on=at.day(on))
        columns = _columns(at, at.today)
    answer(recorded, columns, fmt)


@app.command("list")
def list_(
    ctx: typer.Context,
    org: OrgOption = None,
    member: OnlyMemberOption = None,
    waiting: Annotated[
        bool, typer.Option("--open", help=_("Only those not answered or not agreed on."))
    ] = False,
    as_of: AsOfOption = None,
    limit: LimitOption = None,
    fmt: FormatOption = Format.TABLE,
) -> None:
    """List the letters and where each stands."""
    with session(ctx) as at:
        day = at.as_of(as_of)
        whose = None if member is None else one_member(at.registry, member, on=day).id
        found = repository.list_notices(at.registry, on=day, org=at.org_id(org), member=whose)
        days = settings.load(at.registry).notice_days
    if waiting:
        over = (State.SETTLED, State.WITHDRAWN)
        found = [notice for notice in found if notice.state_on(day, days) not in over]
    emit(found[:limit], notice_columns(day, days), fmt)


@app.command()
def show(ctx: typer.Context, notice: CodeArgument, fmt: FormatOption = Format.TABLE) -> None:
    """Show a letter with every fact: ours, theirs, agreed."""
    with session(ctx) as at:
        found = repository.find(at.registry, notice, on=at.today)
        columns = _columns(at, at.today)
    emit_whole(found, columns, _fields(found), fmt)
