"""Party dues (党费): their commands."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from flowparty.cli.dues_view import (
    account_columns,
    consent_columns,
    payment_columns,
    standing_columns,
    totals_columns,
)
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
    ReasonOption,
    SinceOption,
)
from flowparty.cli.session import answer, answer_list, optional_text, session
from flowparty.domain.dues import Basis, Consent, require_payer
from flowparty.domain.dues_standing import State, standing, totals
from flowparty.domain.errors import UsageProblem
from flowparty.domain.members import require_living
from flowparty.domain.money import parse_yuan
from flowparty.domain.months import Month, parse_month
from flowparty.domain.text import clean_name
from flowparty.language import N_, _
from flowparty.output.formats import Format, Part, emit, emit_whole
from flowparty.repository import dues as repository
from flowparty.repository import members, settings
from flowparty.repository.find import one_member
from flowparty.service import dues as service
from flowparty.words import code

if TYPE_CHECKING:
    from flowparty.cli.session import Session
    from flowparty.domain.members import Member

app = Noun(N_("Party dues: standards, payments, consents, and who is behind."))

Whose = Annotated[
    str | None,
    typer.Argument(metavar="MEMBER", help=_("One member; left out: all of --org.")),
]


def _people(at: Session, member: str | None, org: str | None) -> list[Member]:
    """The one member named, or everybody of an organization.

    Raises:
        UsageProblem: neither is named.
    """
    if member is not None:
        return [one_member(at.registry, member, on=at.today)]
    if org is None:
        raise UsageProblem("dues_whose")
    return members.list_members(at.registry, on=at.today, org=at.org_id(org))


@app.command()
def standard(
    ctx: typer.Context,
    member: Whose = None,
    basis: Annotated[
        str, typer.Option("--basis", metavar="农民|学生|失业…", help=_("By what it is set."))
    ] = "农民",
    amount: Annotated[
        str, typer.Option("--amount", metavar="YUAN", help=_("A month, in yuan: 0.2, 5."))
    ] = "0.2",
    since: Annotated[
        str | None,
        typer.Option("--since", metavar="YYYY-MM", help=_("From which month; left out: this.")),
    ] = None,
    org: OrgOption = None,
    fmt: FormatOption = Format.TABLE,
) -> None:
    """Set what is owed a month from a month on, for a member or all of --org."""
    with session(ctx) as at:
        recorded = service.set_standard(
            at.registry,
            _people(at, member, org),
            Basis(code("dues_basis", basis)),
            parse_yuan(amount),
            since=Month.of(at.today) if since is None else parse_month(since),
            today=at.today,
        )
    answer_list(recorded, account_columns(at.today), fmt)


@app.command()
def consent(
    ctx: typer.Context,
    member: MemberArgument,
    kind: Annotated[
        str, typer.Option("--kind", metavar="按季|代交|补交", help=_("What is consented to."))
    ],
    since: Annotated[
        str, typer.Option("--since", metavar="YYYY-MM", help=_("From the dues of which month."))
    ],
    until: Annotated[
        str, typer.Option("--until", metavar="YYYY-MM", help=_("To the dues of which month."))
    ],
    person: Annotated[
        str | None,
        typer.Option("--person", metavar="NAME", help=_("Who pays for the member.")),
    ] = None,
    on: OnOption = None,
    by: ByOption = None,
    fmt: FormatOption = Format.TABLE,
) -> None:
    """Record that the branch consents: quarterly, through another person, or afterwards."""
    with session(ctx) as at:
        new = service.NewConsent(
            kind=Consent(code("dues_consent", kind)),
            since=parse_month(since),
            until=parse_month(until),
            on=at.day(on),
            by=at.by(by),
            person=None if person is None else clean_name(person),
        )
        whose = one_member(at.registry, member, on=at.today)
        recorded = service.consent(at.registry, whose, new, today=at.today)
    answer(recorded, consent_columns(), fmt)


@app.command()
def pay(
    ctx: typer.Context,
    member: Whose = None,
    months: Annotated[
        int, typer.Option("--months", min=1, max=120, metavar="N", help=_("For how many months."))
    ] = 1,
    amount: Annotated[
        str | None,
        typer.Option("--amount", metavar="YUAN", help=_("Left out: what these months cost.")),
    ] = None,
    person: Annotated[
        str | None,
        typer.Option("--person", metavar="NAME", help=_("Who paid for the member.")),
    ] = None,
    host: Annotated[
        str | None,
        typer.Option("--host", metavar="NAME", help=_("Paid at the host on showing the card.")),
    ] = None,
    voucher: Annotated[
        str | None, typer.Option("--voucher", metavar="NUMBER", help=_("The voucher's number."))
    ] = None,
    on: OnOption = None,
    org: OrgOption = None,
    again: AgainOption = False,
    fmt: FormatOption = Format.TABLE,
) -> None:
    """Record dues paid for the next unpaid months, by a member or all of --org."""
    with session(ctx) as at:
        new = service.NewPayment(
            on=at.day(on),
            months=months,
            amount_fen=None if amount is None else parse_yuan(amount),
            person=None if person is None else clean_name(person),
            host_org=optional_text(host),
            voucher=optional_text(voucher),
        )
        people = _people(at, member, org)
        recorded = service.pay(at.registry, people, new, today=at.today, again=again)
    answer_list(recorded, payment_columns(), fmt)


@app.command()
def reverse(
    ctx: typer.Context,
    payment: Annotated[str, typer.Argument(metavar="PAYMENT", help=_("A payment by number: F5."))],
    on: OnOption = None,
    reason: ReasonOption = "",
    fmt: FormatOption = Format.TABLE,
) -> None:
    """Reverse a payment recorded by mistake; needs --reason."""
    with session(ctx) as at:
        found = repository.find_payment(at.registry, payment, on=at.today)
        recorded = service.reverse(at.registry, found, on=at.day(on), reason=reason, today=at.today)
    answer(recorded, payment_columns(one=True), fmt)


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
    """List the payments, newest first; why one was reversed shows with --member."""
    with session(ctx) as at:
        day = at.as_of(as_of)
        found = repository.payments(
            at.registry,
            on=day,
            since=None if since is None else at.as_of(since),
            org=at.org_id(org),
            member=None if member is None else one_member(at.registry, member, on=day).id,
            limit=limit,
        )
    emit(found, payment_columns(one=member is not None), fmt)


@app.command()
def show(
    ctx: typer.Context,
    member: MemberArgument,
    as_of: AsOfOption = None,
    fmt: FormatOption = Format.TABLE,
) -> None:
    """Show a member's dues: standing, payments and consents."""
    with session(ctx) as at:
        day = at.as_of(as_of)
        whose = one_member(at.registry, member, on=day)
        require_living(whose)
        require_payer(whose)
        account = repository.account(at.registry, whose.id, on=day)
        months = settings.load(at.registry).dues_deferral_months
    made = [payment for payment in account.payments if payment.on <= day.isoformat()]
    emit_whole(
        standing(account, day, months),
        standing_columns(),
        [
            Part("payments", made, payment_columns(one=True)),
            Part("consents", account.deferrals, consent_columns()),
        ],
        fmt,
    )


@app.command()
def status(
    ctx: typer.Context,
    org: OrgOption = None,
    behind: Annotated[
        bool, typer.Option("--people", help=_("Name those who owe something."))
    ] = False,
    as_of: AsOfOption = None,
    limit: LimitOption = None,
    fmt: FormatOption = Format.TABLE,
) -> None:
    """Count by branch who has paid, who may pay later, and who is overdue."""
    with session(ctx) as at:
        day = at.as_of(as_of)
        months = settings.load(at.registry).dues_deferral_months
        accounts = repository.accounts(at.registry, on=day, org=at.org_id(org))
    standings = [standing(account, day, months) for account in accounts]
    if behind:
        owing = [one for one in standings if one.state in (State.DEFERRED, State.OVERDUE)]
        emit(owing[:limit], standing_columns(), fmt)
        return
    emit(totals(standings)[:limit], totals_columns(), fmt)
