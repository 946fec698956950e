"""Members: their commands."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from flowparty.cli import member_life
from flowparty.cli.member_facts import (
    Address,
    Birth,
    Branch,
    Category,
    Education,
    Ethnicity,
    Facts,
    FullOn,
    Group,
    IdOption,
    Joined,
    Landline,
    Mobile,
    NameOption,
    Post,
    Remark,
    Sex,
    Standing,
    dated_values,
    new_member,
)
from flowparty.cli.member_view import member_columns, shown_unmasked
from flowparty.cli.noun import Noun
from flowparty.cli.options import (
    AsOfOption,
    FormatOption,
    LimitOption,
    MaskedOption,
    MemberArgument,
    NoteOption,
    OnOption,
    OptionalWorkbookOption,
    OrgOption,
    ReasonOption,
    UnmaskOption,
)
from flowparty.cli.session import answer, optional_text, say, session
from flowparty.domain.members import EndReason
from flowparty.files import file_name
from flowparty.language import N_, _
from flowparty.output.formats import Format, emit, emit_one
from flowparty.output.terminal import console
from flowparty.repository import members as repository
from flowparty.repository import orgs
from flowparty.repository.find import find_members, one_member
from flowparty.service import members as service
from flowparty.words import code

app = Noun(N_("Members: register, find, correct, end; the information card; lost contact."))
app.add_typer(member_life.app)


@app.command()
def add(
    ctx: typer.Context,
    name: Annotated[str, typer.Option("--name", metavar="NAME", help=_("The full name."))],
    id_number: Annotated[
        str, typer.Option("--id", metavar="NUMBER", help=_("The identity number, 18 or 15 digits."))
    ],
    branch: Annotated[
        str, typer.Option("--branch", metavar="ORG", help=_("The branch the member belongs to."))
    ],
    sex: Sex = None,
    birth: Birth = None,
    ethnicity: Ethnicity = None,
    education: Education = None,
    category: Category = None,
    standing: Standing = None,
    joined_on: Joined = None,
    full_member_on: FullOn = None,
    post: Post = None,
    mobile: Mobile = None,
    landline: Landline = None,
    address: Address = None,
    remark: Remark = None,
    guest: Annotated[
        bool, typer.Option("--guest", help=_("A member from elsewhere who lives here."))
    ] = False,
    on: Annotated[
        str | None,
        typer.Option("--on", metavar="DAY", help=_("Member of the branch since; left out: ever.")),
    ] = None,
    fmt: FormatOption = Format.TABLE,
) -> None:
    """Register a member of a branch, or a guest."""
    facts = Facts(
        name, id_number, sex, birth, ethnicity, education, joined_on, full_member_on,
        post, mobile, landline, address, remark,
    )  # fmt: skip
    with session(ctx) as at:
        recorded = service.register(
            at.registry,
            new_member(facts, guest=guest, today=at.today),
            branch=orgs.find(at.registry, branch),
            category=code("category", category or "full"),
            standing=code("standing", standing or "normal"),
            since=None if on is None else at.day(on),
            today=at.today,
        )
    answer(recorded, member_columns(), fmt)


@app.command()
def show(
    ctx: typer.Context,
    member: MemberArgument,
    as_of: AsOfOption = None,
    unmask: UnmaskOption = False,
    reason: ReasonOption = "",
    fmt: FormatOption = Format.TABLE,
) -> None:
    """Show one member; identity number and address stay masked without --unmask."""
    with session(ctx) as at:
        found = one_member(at.registry, member, on=at.as_of(as_of))
        if unmask:
            shown_unmasked(at.registry, [found], reason)
    phone = fmt is Format.TABLE and console().terminal
    emit_one(found, member_columns(unmask=unmask, one=True, phone=phone), fmt)


@app.command("list")
def list_(
    ctx: typer.Context,
    org: OrgOption = None,
    as_of: AsOfOption = None,
    limit: LimitOption = None,
    guests: Annotated[bool, typer.Option("--guests", help=_("Guests instead of our own."))] = False,
    ended: Annotated[
        bool, typer.Option("--ended", help=_("Those whose membership has ended."))
    ] = False,
    unmask: UnmaskOption = False,
    reason: ReasonOption = "",
    fmt: FormatOption = Format.TABLE,
) -> None:
    """List the members of an organization and all below it."""
    with session(ctx) as at:
        found = repository.list_members(
            at.registry,
            on=at.as_of(as_of),
            org=at.org_id(org),
            guests=guests,
            ended=ended,
            limit=limit,
        )
        if unmask:
            shown_unmasked(at.registry, found, reason)
    emit(found, member_columns(unmask=unmask), fmt)


@app.command()
def find(
    ctx: typer.Context,
    words: Annotated[
        str,
        typer.Argument(
            metavar="TEXT",
            help=_("Name or part of it, initials, ID number, phone or its tail, card number."),
        ),
    ],
    as_of: AsOfOption = None,
    limit: LimitOption = 20,
    fmt: FormatOption = Format.TABLE,
) -> None:
    """Find members by what you know of them."""
    with session(ctx) as at:
        found = find_members(at.registry, words, on=at.as_of(as_of), limit=limit)
    if not found:
        say(_("Nobody found."))
    emit(found, member_columns(), fmt)


@app.command()
def edit(
    ctx: typer.Context,
    member: MemberArgument,
    name: NameOption = None,
    id_number: IdOption = None,
    sex: Sex = None,
    birth: Birth = None,
    ethnicity: Ethnicity = None,
    education: Education = None,
    joined_on: Joined = None,
    full_member_on: FullOn = None,
    post: Post = None,
    mobile: Mobile = None,
    landline: Landline = None,
    address: Address = None,
    remark: Remark = None,
    branch: Branch = None,
    group: Group = None,
    category: Category = None,
    standing: Standing = None,
    on: Annotated[
        str | None,
        typer.Option(
            "--on",
            metavar="DAY",
            help=_("From when branch, group, category or standing hold; today if left out."),
        ),
    ] = None,
    fmt: FormatOption = Format.TABLE,
) -> None:
    """Correct facts; let branch, group, category or standing change from a day on."""
    facts = Facts(
        name, id_number, sex, birth, ethnicity, education, joined_on, full_member_on,
        post, mobile, landline, address, remark,
    )  # fmt: skip
    with session(ctx) as at:
        recorded = service.edit(
            at.registry,
            one_member(at.registry, member, on=at.today),
            corrections=facts.values(at.today),
            dated=dated_values(at.registry, branch, group, category, standing),
            since=at.day(on),
            today=at.today,
        )
    answer(recorded, member_columns(), fmt)


@app.command()
def end(
    ctx: typer.Context,
    member: MemberArgument,
    end_reason: Annotated[
        str,
        typer.Option(
            "--as", metavar="转出|开除|除名|退党|死亡", help=_("How the membership ended.")
        ),
    ],
    on: OnOption = None,
    note: NoteOption = None,
    fmt: FormatOption = Format.TABLE,
) -> None:
    """End a membership on a day; the record stays."""
    with session(ctx) as at:
        recorded = service.end(
            at.registry,
            one_member(at.registry, member, on=at.today),
            EndReason(code("end_reason", end_reason)),
            on=at.day(on),
            note=optional_text(note),
            today=at.today,
        )
    answer(recorded, member_columns(), fmt)


@app.command()
def card(
    ctx: typer.Context,
    member: MemberArgument,
    output: OptionalWorkbookOption = None,
    masked: MaskedOption = False,
) -> None:
    """Print the information card (流动党员信息卡) as a workbook for A4."""
    from flowparty.service import information_card

    with session(ctx) as at:
        found = one_member(at.registry, member, on=at.today)
        path = output or Path(file_name("流动党员信息卡", found.label, found.name, ending=".xlsx"))
        information_card.write(at.registry, found, path, on=at.today, by=at.by(None), masked=masked)
    say(_("Written: {path}").format(path=path))
