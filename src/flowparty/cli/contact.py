"""Contacts with members away: attempts, pairs, and who is owed one this month."""

from __future__ import annotations

from typing import Annotated

import typer

from flowparty.cli import contact_paste, contact_sheet
from flowparty.cli.noun import Noun
from flowparty.cli.options import (
    AgainOption,
    AsOfOption,
    ByOption,
    FormatOption,
    LimitOption,
    MemberArgument,
    OnlyMemberOption,
    OnOption,
    OrgOption,
    SinceOption,
)
from flowparty.cli.session import answer, optional_text, say, session
from flowparty.domain.contacts import Contact, Owed, Pair
from flowparty.domain.phones import clean_phone
from flowparty.language import N_, _
from flowparty.output.columns import Column, attribute
from flowparty.output.formats import Format, emit, emit_one
from flowparty.repository import contacts as repository
from flowparty.repository.find import one_member
from flowparty.service import contacts as service
from flowparty.words import code, term

app = Noun(N_("Contacts: every attempt, the pairs, and who is owed one this month."))
app.add_typer(contact_sheet.app)
app.add_typer(contact_paste.app)

Method = Annotated[str, typer.Option("--method", metavar="电话|微信|走访…", help=_("How."))]
Outcome = Annotated[
    str, typer.Option("--outcome", metavar="已联系|未接通…", help=_("What came of it."))
]
Notes = Annotated[
    str | None, typer.Option("--notes", metavar="TEXT", help=_("What was said and asked for."))
]
Contactor = Annotated[
    str | None, typer.Option("--by", metavar="NAME", help=_("Who keeps in touch."))
]


def contact_columns(*, notes: bool) -> list[Column[Contact]]:
    """What is shown of an attempt; what was said is not shown in lists."""
    return [
        Column("on", _("Day"), attribute("on")),
        Column("member", _("Name"), attribute("member")),
        Column("member_number", _("No."), lambda contact: f"M{contact.member_id}"),
        Column("branch", _("Branch"), attribute("branch")),
        Column("method", _("Method"), attribute("method"), term("contact_method")),
        Column("outcome", _("Outcome"), attribute("outcome"), term("contact_outcome")),
        Column("by", _("By"), attribute("by"), wide=True),
        *([Column("notes", _("Notes"), attribute("notes"), fold=True)] if notes else []),
    ]


def pair_columns() -> list[Column[Pair]]:
    """What is shown of a contact pair."""
    return [
        Column("contactor", _("Contactor"), attribute("contactor")),
        Column("duty", _("Duty"), attribute("duty"), wide=True),
        Column("phone", _("Phone"), attribute("phone")),
        Column("member", _("Member"), attribute("member")),
        Column("member_number", _("No."), lambda pair: f"M{pair.member_id}"),
        Column("branch", _("Branch"), attribute("branch")),
        Column("since", _("Since"), attribute("since")),
        Column("until", _("Until"), attribute("until"), wide=True),
    ]


def owed_columns() -> list[Column[Owed]]:
    """What is shown of a month's debt of contacts."""
    return [
        Column("secretary", _("Secretary"), attribute("secretary")),
        Column("branch", _("Branch"), attribute("branch")),
        Column("member", _("Member"), attribute("member")),
        Column("member_number", _("No."), lambda owed: f"M{owed.member_id}"),
        Column("phone", _("Phone"), attribute("phone")),
        Column(
            "owed",
            _("This month"),
            attribute("owed"),
            lambda owed: _("owed") if owed else _("done"),
        ),
        Column("attempts", _("Attempts"), attribute("attempts"), right=True, wide=True),
        Column("last_reached_on", _("Last reached"), attribute("last_reached_on")),
        Column(
            "failed_running", _("Failed since"), attribute("failed_running"), right=True, wide=True
        ),
    ]


@app.command()
def add(
    ctx: typer.Context,
    member: MemberArgument,
    method: Method = "电话",
    outcome: Outcome = "已联系",
    on: OnOption = None,
    by: ByOption = None,
    notes: Notes = None,
    again: AgainOption = False,
    fmt: FormatOption = Format.TABLE,
) -> None:
    """Record an attempt to reach a member; failed ones too."""
    with session(ctx) as at:
        recorded = service.add(
            at.registry,
            one_member(at.registry, member, on=at.today),
            on=at.day(on),
            method=code("contact_method", method),
            outcome=code("contact_outcome", outcome),
            by=at.by(by),
            notes=optional_text(notes),
            again=again,
        )
    answer(recorded, contact_columns(notes=True), fmt)


@app.command("list")
def list_(
    ctx: typer.Context,
    member: OnlyMemberOption = None,
    org: OrgOption = None,
    since: SinceOption = None,
    as_of: AsOfOption = None,
    limit: LimitOption = None,
    fmt: FormatOption = Format.TABLE,
) -> None:
    """List the attempts, newest first; one member's with what was said."""
    with session(ctx) as at:
        day = at.as_of(as_of)
        whose = None if member is None else one_member(at.registry, member, on=day).id
        found = repository.list_contacts(
            at.registry,
            on=day,
            since=None if since is None else at.as_of(since),
            member=whose,
            org=at.org_id(org),
            limit=limit,
        )
    emit(found, contact_columns(notes=member is not None), fmt)


@app.command()
def pair(
    ctx: typer.Context,
    member: Annotated[
        str | None, typer.Argument(metavar="MEMBER", help=_("The member away; left out: list all."))
    ] = None,
    by: Contactor = None,
    duty: Annotated[
        str | None, typer.Option("--duty", metavar="TEXT", help=_("The contactor's office."))
    ] = None,
    phone: Annotated[
        str | None, typer.Option("--phone", metavar="PHONE", help=_("The contactor's phone."))
    ] = None,
    on: OnOption = None,
    end: Annotated[bool, typer.Option("--end", help=_("End the pair on that day."))] = False,
    org: OrgOption = None,
    as_of: AsOfOption = None,
    limit: LimitOption = None,
    fmt: FormatOption = Format.TABLE,
) -> None:
    """Record or end a contact pair (联系对子); without a member, list the pairs."""
    with session(ctx) as at:
        if member is None:
            found = repository.list_pairs(
                at.registry, on=at.as_of(as_of), org=at.org_id(org), limit=limit
            )
            emit(found, pair_columns(), fmt)
            return
        whose = one_member(at.registry, member, on=at.today)
        if end:
            emit_one(service.unpair(at.registry, whose, by, on=at.day(on)), pair_columns(), fmt)
            return
        recorded = service.pair(
            at.registry,
            whose,
            by or at.clerk,
            duty=optional_text(duty),
            phone=None if phone is None else clean_phone(phone),
            since=at.day(on),
        )
    answer(recorded, pair_columns(), fmt)


@app.command()
def status(
    ctx: typer.Context,
    org: OrgOption = None,
    as_of: AsOfOption = None,
    limit: LimitOption = None,
    everybody: Annotated[
        bool, typer.Option("--all", help=_("Those reached this month too."))
    ] = False,
    fmt: FormatOption = Format.TABLE,
) -> None:
    """Who is owed a contact this calendar month, by secretary."""
    with session(ctx) as at:
        away = repository.owed(at.registry, on=at.as_of(as_of), org=at.org_id(org))
    owed = [one for one in away if one.owed]
    say(
        _("{away} away, {done} reached this month, {owed} owed.").format(
            away=len(away), done=len(away) - len(owed), owed=len(owed)
        )
    )
    emit((away if everybody else owed)[:limit], owed_columns(), fmt)
