"""The monthly returns: shown, and exported as the official workbooks."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from flowparty.cli.noun import Noun
from flowparty.cli.options import (
    AsOfOption,
    FormatOption,
    LimitOption,
    MaskedOption,
    OrgOption,
)
from flowparty.cli.session import Session, say, session
from flowparty.domain.errors import UsageProblem
from flowparty.domain.ledger import LACKING, Away, BranchRow
from flowparty.domain.period import parse_period
from flowparty.language import N_, _
from flowparty.output.columns import Column, attribute
from flowparty.output.formats import Format, as_json, emit, write
from flowparty.repository import orgs
from flowparty.service import closing
from flowparty.service import ledger as service
from flowparty.words import place_word, term

if TYPE_CHECKING:
    from flowparty.service.ledger import Ledger

app = Noun(N_("The monthly returns: 《流动党员台账》 and 《流动党员持〈活动证〉情况统计表》."))

PeriodOption = Annotated[
    str | None,
    typer.Option(
        "--period", metavar="YYYY-MM", help=_("Which month; left out: the latest one complete.")
    ),
]


def away_columns(months: int) -> list[Column[Away]]:
    """What is shown of a person in the 台账 (the workbook has every column)."""
    return [
        Column("member_number", _("No."), lambda a: f"M{a.member_id}"),
        Column("name", _("Name"), attribute("name")),
        Column("branch", _("Branch"), attribute("branch")),
        Column("left_on", _("Left"), lambda a: None if a.left is None else str(a.left)),
        Column(
            "over_threshold",
            _("Over {months} months").format(months=months),
            attribute("over"),
            lambda over: _("yes") if over else _("no"),
            wide=True,
        ),
        Column("destination", _("Place"), _place, fold=True),
        Column("destination_code", _("Code"), attribute("destination_code"), table=False),
        Column("scope", _("How far"), attribute("scope"), term("move_scope")),
        Column("card_number", _("Card"), attribute("card_number"), wide=True),
        Column("card_state", _("Card state"), attribute("card_state"), term("card_state")),
        Column("card_due", _("Card due"), attribute("card_due"), table=False),
        Column("transfer_due", _("Transfer due"), attribute("transfer_due"), table=False),
        Column("verified_on", _("Verified"), attribute("verified_on"), table=False),
        Column("contacted_on", _("Last reached"), attribute("contacted_on"), table=False),
    ]


def _place(person: Away) -> str | None:
    return place_word(person.destination_code, person.destination_text)


def statistics_columns() -> list[Column[BranchRow]]:
    """What is shown of a branch in the 统计表."""
    counts = {
        "away": _("Away"),
        "cross_province": _("Other province"),
        "in_province": _("Other city"),
        "in_city": _("Other county"),
        "in_county": _("In county"),
        "unknown": _("Unknown"),
        "due": _("Card due"),
        "held": _("Held"),
    }
    events = {
        "issued": _("Issued"),
        "verified": _("Verified"),
        "reviewed": _("Reviewed"),
        "reissued": _("Reissued"),
        "lost": _("Lost"),
        "handed_in": _("Handed in"),
    }
    return [
        Column("branch", _("Branch"), lambda row: row.branch or _("Total")),
        *(_count(key, heading) for key, heading in counts.items()),
        Column("rate", _("Rate"), lambda row: row.rate or None, right=True),
        *(_count(key, heading, wide=True) for key, heading in events.items()),
        Column("lacking", _("Why none"), _reasons, fold=True, wide=True),
    ]


def _count(key: str, heading: str, *, wide: bool = False) -> Column[BranchRow]:
    return Column(key, heading, lambda row: row.counts[key], right=True, wide=wide, fold=True)


def _reasons(row: BranchRow) -> str | None:
    return "；".join(f"{LACKING[key]}{count}" for key, count in row.lacking.items()) or None


def returns_of(at: Session, period: str | None, org: str | None, as_of: str | None) -> Ledger:
    """The returns that ``--period``, ``--org`` and ``--as-of`` name."""
    month = None if period is None else parse_period(period)
    whose = None if org is None else orgs.find(at.registry, org)
    if as_of is None:
        return closing.month(at.registry, month, whose, today=at.today)
    return closing.as_of(at.registry, at.day(as_of), month, whose)


def say_head(ledger: Ledger) -> None:
    """Tell which days the figures stand for."""
    mark = _(" (provisional)") if ledger.provisional else ""
    if ledger.closed is not None:
        mark = _(" (closed, revision {n})").format(n=ledger.closed.revision)
    say(
        _("{unit} · {period}{mark} · facts {since} to {on}").format(
            unit=ledger.unit, period=ledger.period, mark=mark, since=ledger.since, on=ledger.on
        )
    )
    say_missing(ledger)
    erased = sum(person.erased for person in ledger.away)
    if erased:
        say(_("Erased since the close: {n}; their cells read 已删除.").format(n=erased))


def say_missing(ledger: Ledger) -> None:
    """Figures may add up although somebody's are not in them: say whose."""
    if not ledger.missing:
        return
    names = "、".join(ledger.missing)
    if ledger.closed is None:
        line = _("Not in these figures, since they have not sent the month: {names}.")
    else:
        line = _("Closed without those who had not sent the month by then: {names}.")
    say(line.format(names=names))


@app.command()
def show(
    ctx: typer.Context,
    period: PeriodOption = None,
    org: OrgOption = None,
    as_of: AsOfOption = None,
    limit: LimitOption = None,
    people: Annotated[
        bool, typer.Option("--people", help=_("The people of the 台账 instead of the counts."))
    ] = False,
    fmt: FormatOption = Format.TABLE,
) -> None:
    """Show a month's returns: counts by branch, or the people with --people."""
    with session(ctx) as at:
        ledger = returns_of(at, period, org, as_of)
    say_head(ledger)
    if people:
        emit(ledger.away[:limit], away_columns(ledger.threshold_months), fmt)
    else:
        emit([*ledger.rows, ledger.total][:limit], statistics_columns(), fmt)


@app.command()
def export(
    ctx: typer.Context,
    period: PeriodOption = None,
    org: OrgOption = None,
    as_of: AsOfOption = None,
    output: Annotated[
        Path, typer.Option("--output", metavar="DIR", help=_("The folder to write to."))
    ] = Path(),
    masked: MaskedOption = False,
    fmt: FormatOption = Format.TABLE,
) -> None:
    """Write a month's 台账 and 统计表; refused if their totals do not agree."""
    if fmt not in (Format.TABLE, Format.JSON):
        raise UsageProblem("format_unsuited", format=fmt)
    with session(ctx) as at:
        ledger = returns_of(at, period, org, as_of)
        written = service.export(
            at.registry,
            ledger,
            output,
            today=at.today,
            prepared_by=at.by(None),
            masked=masked,
        )
    if fmt is Format.JSON:
        files = [str(path) for path in written]
        write(as_json({"period": str(ledger.period), "provisional": ledger.provisional,
                       "revision": None if ledger.closed is None else ledger.closed.revision,
                       "members": len(ledger.away), "missing": [*ledger.missing],
                       "files": files}))  # fmt: skip
        return
    say_head(ledger)
    for path in written:
        write(f"{path}\n")
