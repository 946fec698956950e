"""Aid (创业帮扶, 困难党员救助): the commands that record it."""

from __future__ import annotations

import re
from typing import Annotated

import typer

from flowparty.cli import aid_overview
from flowparty.cli.aid_options import (
    Amount,
    GrantArgument,
    KindOption,
    PotOption,
    Provider,
    PurposeOption,
    Voucher,
)
from flowparty.cli.aid_view import (
    follow_up_columns,
    grant_columns,
    payment_columns,
    pot_columns,
)
from flowparty.cli.noun import Noun
from flowparty.cli.options import (
    AgainOption,
    ByOption,
    FormatOption,
    MemberArgument,
    NoteOption,
    OnOption,
    ReasonOption,
)
from flowparty.cli.session import answer, optional_text, session
from flowparty.domain.aid import Kind, Paid, Purpose
from flowparty.domain.errors import NotFound
from flowparty.domain.ids import GrantId, PaymentId
from flowparty.domain.money import parse_yuan
from flowparty.language import N_, _
from flowparty.output.formats import Format, emit
from flowparty.repository import aid as repository
from flowparty.repository.find import one_member
from flowparty.service import aid as service
from flowparty.service import aid_reversals
from flowparty.words import code

app = Noun(N_("Aid (创业帮扶, 困难党员救助): pots, allocations, payments, follow-ups."))
app.add_typer(aid_overview.verbs)


@app.command()
def pot(
    ctx: typer.Context,
    name: Annotated[
        str | None, typer.Argument(metavar="NAME", help=_("The pot's name; left out: list all."))
    ] = None,
    source: Annotated[
        str, typer.Option("--source", metavar="TEXT", help=_("Where the money comes from."))
    ] = "",
    amount: Amount = "0",
    office: Provider = None,
    document: Annotated[
        str | None, typer.Option("--document", metavar="NUMBER", help=_("The document's number."))
    ] = None,
    since: Annotated[
        str | None, typer.Option("--since", metavar="DAY", help=_("From when; today if left out."))
    ] = None,
    until: Annotated[
        str | None, typer.Option("--until", metavar="DAY", help=_("The last day it may be used."))
    ] = None,
    fmt: FormatOption = Format.TABLE,
) -> None:
    """Record a pot of money; without a name, list the pots."""
    with session(ctx) as at:
        if name is None:
            emit(repository.list_pots(at.registry), pot_columns(), fmt)
            return
        new = service.NewPot(
            name=optional_text(name) or "",
            source=optional_text(source) or "",
            amount_fen=parse_yuan(amount),
            since=at.day(since),
            until=None if until is None else at.as_of(until),
            provider=optional_text(office),
            document=optional_text(document),
        )
        recorded = service.add_pot(at.registry, new)
    answer(recorded, pot_columns(), fmt)


@app.command()
def allocate(
    ctx: typer.Context,
    member: MemberArgument,
    pot: PotOption = None,
    purpose: PurposeOption = "创业帮扶",
    kind: KindOption = "资金",
    office: Provider = None,
    project: Annotated[
        str | None, typer.Option("--project", metavar="TEXT", help=_("What it is for."))
    ] = None,
    amount: Amount = "0",
    on: OnOption = None,
    again: AgainOption = False,
    fmt: FormatOption = Format.TABLE,
) -> None:
    """Allocate aid to a member, from a pot where there is money."""
    with session(ctx) as at:
        new = service.NewGrant(
            purpose=Purpose(code("aid_purpose", purpose)),
            kind=Kind(code("aid_kind", kind)),
            amount_fen=parse_yuan(amount),
            on=at.day(on),
            provider=optional_text(office),
            project=optional_text(project),
        )
        recorded = service.allocate(
            at.registry,
            one_member(at.registry, member, on=at.today),
            None if pot is None else repository.find_pot(at.registry, pot),
            new,
            again=again,
        )
    answer(recorded, grant_columns(), fmt)


def _money(
    ctx: typer.Context,
    grant: str,
    kind: Paid,
    amount: str,
    on: str | None,
    voucher: str | None,
    fmt: Format,
    *,
    again: bool,
) -> None:
    with session(ctx) as at:
        recorded = service.move_money(
            at.registry,
            repository.find_grant(at.registry, grant, on=at.today),
            kind,
            parse_yuan(amount),
            on=at.day(on),
            voucher=optional_text(voucher),
            again=again,
        )
    answer(recorded, payment_columns(), fmt)


@app.command()
def pay(
    ctx: typer.Context,
    grant: GrantArgument,
    amount: Amount,
    on: OnOption = None,
    voucher: Voucher = None,
    again: AgainOption = False,
    fmt: FormatOption = Format.TABLE,
) -> None:
    """Record a payment under an allocation."""
    _money(ctx, grant, Paid.PAY, amount, on, voucher, fmt, again=again)


@app.command("return")
def give_back(
    ctx: typer.Context,
    grant: GrantArgument,
    amount: Amount,
    on: OnOption = None,
    voucher: Voucher = None,
    again: AgainOption = False,
    fmt: FormatOption = Format.TABLE,
) -> None:
    """Record money that the recipient returned."""
    _money(ctx, grant, Paid.RETURN, amount, on, voucher, fmt, again=again)


@app.command("follow-up")
def follow_up(
    ctx: typer.Context,
    grant: GrantArgument,
    months: Annotated[
        int, typer.Option("--months", min=1, metavar="6|12", help=_("How long after it."))
    ],
    trading: Annotated[
        str, typer.Option("--trading", metavar="是|否|不详", help=_("Whether still trading."))
    ],
    result: Annotated[
        str | None, typer.Option("--result", metavar="TEXT", help=_("What came of it."))
    ] = None,
    on: OnOption = None,
    by: ByOption = None,
    fmt: FormatOption = Format.TABLE,
) -> None:
    """Record a look back at an allocation after 6 or 12 months."""
    with session(ctx) as at:
        recorded = service.follow_up(
            at.registry,
            repository.find_grant(at.registry, grant, on=at.today),
            on=at.day(on),
            months=months,
            trading=code("trading", trading),
            result=optional_text(result),
            by=at.by(by),
        )
    answer(recorded, follow_up_columns(), fmt)


@app.command()
def end(
    ctx: typer.Context,
    grant: GrantArgument,
    on: OnOption = None,
    note: NoteOption = None,
    fmt: FormatOption = Format.TABLE,
) -> None:
    """End an allocation; what was not paid goes back to the pot."""
    with session(ctx) as at:
        found = repository.find_grant(at.registry, grant, on=at.today)
        recorded = service.end(at.registry, found, on=at.day(on), note=optional_text(note))
    answer(recorded, grant_columns(), fmt)


@app.command()
def reverse(
    ctx: typer.Context,
    record: Annotated[
        str,
        typer.Argument(metavar="A3|Y5|T2", help=_("An allocation, a payment or a pot by number.")),
    ],
    on: OnOption = None,
    reason: ReasonOption = "",
    fmt: FormatOption = Format.TABLE,
) -> None:
    """Reverse an allocation, payment or pot recorded by mistake; needs --reason."""
    found = re.fullmatch(r"([AYTayt])([0-9]+)", record.strip())
    if not found:
        raise NotFound("aid_record_unknown", value=record)
    kind, number = found[1].upper(), int(found[2])
    with session(ctx) as at:
        day = at.day(on)
        if kind == "A":
            grant = repository.get_grant(at.registry, GrantId(number), on=at.today)
            done = aid_reversals.reverse_grant(at.registry, grant, on=day, reason=reason)
            answer(done, grant_columns(), fmt)
        elif kind == "Y":
            paid = aid_reversals.reverse_payment(
                at.registry, PaymentId(number), on=day, reason=reason
            )
            answer(paid, payment_columns(), fmt)
        else:
            pot_found = repository.find_pot(at.registry, f"T{number}")
            emptied = aid_reversals.reverse_pot(at.registry, pot_found, on=day, reason=reason)
            answer(emptied, pot_columns(), fmt)
