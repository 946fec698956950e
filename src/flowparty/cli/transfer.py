"""Transfer letters (组织关系介绍信): their commands."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from flowparty.cli.noun import Noun
from flowparty.cli.options import (
    AsOfOption,
    ByOption,
    FormatOption,
    LimitOption,
    MaskedOption,
    MemberArgument,
    NoteOption,
    OnOption,
    OptionalWorkbookOption,
    OrgOption,
    WorkbookOption,
)
from flowparty.cli.session import answer, optional_text, say, session
from flowparty.domain.months import parse_month
from flowparty.domain.transfers import Transfer
from flowparty.language import N_, _
from flowparty.output.columns import Column, attribute
from flowparty.output.formats import Format, emit, emit_one
from flowparty.repository import settings
from flowparty.repository import transfers as repository
from flowparty.repository.find import one_member
from flowparty.service import letters
from flowparty.service import transfers as service
from flowparty.words import term

if TYPE_CHECKING:
    from datetime import date

    from flowparty.cli.session import Session

app = Noun(N_("Transfer letters: issued, received, filed; expired or cancelled."))

LetterArgument = Annotated[
    str, typer.Argument(metavar="LETTER", help=_("A letter: its number, L3, or its member."))
]


def transfer_columns(day: date, months: int, *, one: bool = False) -> list[Column[Transfer]]:
    """What is shown of a letter on a day; ``months`` is the time for the receipt.

    Why it was cancelled shows only of ``one``.
    """
    why: list[Column[Transfer]] = [Column("end_note", _("Note"), attribute("end_note"), fold=True)]
    return [
        Column("label", _("Record"), attribute("label")),
        Column("number", _("Number"), attribute("number")),
        Column("member", _("Name"), attribute("member")),
        Column("member_number", _("Member"), lambda letter: f"M{letter.member_id}", wide=True),
        Column("branch", _("From"), attribute("branch"), wide=True),
        Column("receiver", _("To"), attribute("receiver"), fold=True),
        Column("on", _("Letter of"), attribute("on"), wide=True),
        Column("valid_until", _("Valid until"), lambda letter: letter.valid_until.isoformat()),
        Column("dues_paid_to", _("Dues paid to"), attribute("dues_paid_to"), wide=True),
        Column("state", _("State"), lambda letter: letter.state_on(day), term("transfer_state")),
        Column("ended_on", _("Ended"), attribute("ended_on"), wide=True),
        Column("receipt_on", _("Receipt"), attribute("receipt_on"), wide=True),
        Column(
            "receipt_overdue",
            _("Receipt late"),
            lambda letter: letter.receipt_overdue(day, months),
            lambda late: _("yes") if late else "",
        ),
        Column("filed_on", _("Filed"), attribute("filed_on"), wide=True),
        *(why if one else []),
    ]


def _columns(at: Session, day: date) -> list[Column[Transfer]]:
    return transfer_columns(day, settings.load(at.registry).transfer_receipt_months, one=True)


@app.command()
def issue(
    ctx: typer.Context,
    member: MemberArgument,
    number: Annotated[
        str, typer.Option("--number", metavar="NUMBER", help=_("The number on the paper."))
    ],
    to: Annotated[
        str, typer.Option("--to", metavar="NAME", help=_("The organization that receives."))
    ],
    dues_to: Annotated[
        str | None,
        typer.Option(
            "--dues-to",
            metavar="YYYY-MM",
            help=_("Dues paid to which month; left out: as the payments say."),
        ),
    ] = None,
    days: Annotated[
        int | None, typer.Option("--days", min=1, metavar="N", help=_("How many days it is valid."))
    ] = None,
    on: OnOption = None,
    by: ByOption = None,
    output: OptionalWorkbookOption = None,
    fmt: FormatOption = Format.TABLE,
) -> None:
    """Issue a letter for a member who transfers elsewhere; --output prints it."""
    with session(ctx) as at:
        new = service.NewTransfer(
            number=number,
            receiver=to,
            on=at.day(on),
            valid_days=days,
            dues_paid_to=None if dues_to is None else parse_month(dues_to),
        )
        whose = one_member(at.registry, member, on=at.today)
        recorded = service.issue(at.registry, whose, new, by=at.by(by))
        if output is not None:
            letters.print_transfer(at.registry, recorded.record, output, masked=False)
        columns = _columns(at, at.today)
    answer(recorded, columns, fmt)
    if output is not None:
        say(_("Written: {path}").format(path=output))


@app.command("print")
def print_(
    ctx: typer.Context,
    letter: LetterArgument,
    output: WorkbookOption,
    masked: MaskedOption = False,
) -> None:
    """Print a letter in its three parts (stub, letter, receipt) for A4."""
    with session(ctx) as at:
        found = repository.find(at.registry, letter, on=at.today)
        letters.print_transfer(at.registry, found, output, masked=masked)
    say(_("Written: {path}").format(path=output))


@app.command()
def receive(
    ctx: typer.Context,
    letter: LetterArgument,
    received: Annotated[
        str,
        typer.Option("--received", metavar="DAY", help=_("When the receiver took the letter.")),
    ],
    on: Annotated[
        str | None,
        typer.Option(
            "--on", metavar="DAY", help=_("When the receipt came back; today if left out.")
        ),
    ] = None,
    fmt: FormatOption = Format.TABLE,
) -> None:
    """Record the receipt; membership here ends with the day the letter was taken."""
    with session(ctx) as at:
        recorded = service.receive(
            at.registry,
            repository.find(at.registry, letter, on=at.today),
            received_on=at.day(received),
            receipt_on=at.day(on),
            today=at.today,
        )
        columns = _columns(at, at.today)
    answer(recorded, columns, fmt)


@app.command()
def cancel(
    ctx: typer.Context,
    letter: LetterArgument,
    on: OnOption = None,
    note: NoteOption = None,
    fmt: FormatOption = Format.TABLE,
) -> None:
    """Cancel a letter that nobody received; the member stays here."""
    with session(ctx) as at:
        found = repository.find(at.registry, letter, on=at.today)
        recorded = service.cancel(at.registry, found, on=at.day(on), note=optional_text(note))
        columns = _columns(at, at.today)
    answer(recorded, columns, fmt)


@app.command()
def file(
    ctx: typer.Context,
    letter: LetterArgument,
    on: OnOption = None,
    fmt: FormatOption = Format.TABLE,
) -> None:
    """Record that stub and receipt lie in the file."""
    with session(ctx) as at:
        found = repository.find(at.registry, letter, on=at.today)
        recorded = service.file(at.registry, found, on=at.day(on))
        columns = _columns(at, at.today)
    answer(recorded, columns, fmt)


@app.command("list")
def list_(
    ctx: typer.Context,
    org: OrgOption = None,
    waiting: Annotated[
        bool, typer.Option("--open", help=_("Only those with something still to do."))
    ] = False,
    as_of: AsOfOption = None,
    limit: LimitOption = None,
    fmt: FormatOption = Format.TABLE,
) -> None:
    """List the letters and where each stands."""
    with session(ctx) as at:
        day = at.as_of(as_of)
        found = repository.list_transfers(at.registry, on=day, org=at.org_id(org))
        columns = transfer_columns(day, settings.load(at.registry).transfer_receipt_months)
    if waiting:
        found = [letter for letter in found if letter.unfinished_on(day)]
    emit(found[:limit], columns, fmt)


@app.command()
def show(
    ctx: typer.Context,
    letter: LetterArgument,
    as_of: AsOfOption = None,
    fmt: FormatOption = Format.TABLE,
) -> None:
    """Show one letter."""
    with session(ctx) as at:
        day = at.as_of(as_of)
        found = repository.find(at.registry, letter, on=day)
        columns = _columns(at, day)
    emit_one(found, columns, fmt)
