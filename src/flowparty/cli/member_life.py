"""Lost contact, decisions about a membership, and hardship: commands of ``member``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from flowparty.cli.member_view import member_columns
from flowparty.cli.noun import Noun
from flowparty.cli.options import (
    AsOfOption,
    FormatOption,
    LimitOption,
    MemberArgument,
    NoteOption,
    OnlyMemberOption,
    OnOption,
    OrgOption,
    ReasonOption,
    TextOption,
)
from flowparty.cli.session import answer, optional_text, say, session
from flowparty.domain.dates import parse_day
from flowparty.domain.errors import UsageProblem
from flowparty.domain.lost import Candidate, DecisionKind, Hardship, MemberDecision, Stage
from flowparty.language import _
from flowparty.output.columns import Column, attribute
from flowparty.output.formats import Format, emit
from flowparty.repository import lost as repository
from flowparty.repository.find import one_member
from flowparty.service import lost as service
from flowparty.service import returning
from flowparty.words import code, term

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

app = Noun()


def candidate_columns() -> list[Column[Candidate]]:
    """What is shown of a candidate: the dates that prove it."""

    def date_of(name: str) -> Callable[[Candidate], Any]:
        return lambda candidate: getattr(candidate.clock, name)

    return [
        Column("member", _("Name"), date_of("member")),
        Column("member_number", _("No."), lambda one: f"M{one.clock.member_id}"),
        Column("branch", _("Branch"), date_of("branch")),
        Column("stage", _("Candidate for"), attribute("stage"), term("lost_stage")),
        Column("since", _("Since"), lambda one: None if one.since is None else str(one.since)),
        Column("last_activity_on", _("Last activity"), date_of("last_activity_on")),
        Column("last_dues_on", _("Last dues"), date_of("last_dues_on")),
        Column("last_reached_on", _("Last reached"), date_of("last_reached_on"), wide=True),
        Column("suspended_on", _("Suspended"), date_of("suspended_on"), wide=True),
    ]


def decision_columns(*, one: bool = False) -> list[Column[MemberDecision]]:
    """What is shown of a decision about a membership; its words only of ``one``."""
    words: list[Column[MemberDecision]] = [Column("text", _("Words"), attribute("text"), fold=True)]
    return [
        Column("member", _("Name"), attribute("member")),
        Column("member_number", _("No."), lambda one: f"M{one.member_id}"),
        Column("branch", _("Branch"), attribute("branch"), wide=True),
        Column("kind", _("Decision"), attribute("kind"), term("member_decision")),
        Column("on", _("Day"), attribute("on")),
        Column("document", _("Document"), attribute("document"), fold=True),
        Column("by", _("Decided by"), attribute("by")),
        *(words if one else []),
    ]


def hardship_columns(*, one: bool = False) -> list[Column[Hardship]]:
    """What is shown of a recognition; why shows only of ``one``."""
    why: list[Column[Hardship]] = [Column("text", _("Why"), attribute("text"), fold=True)]
    return [
        Column("member", _("Name"), attribute("member")),
        Column("member_number", _("No."), lambda hardship: f"M{hardship.member_id}"),
        Column("branch", _("Branch"), attribute("branch")),
        Column("since", _("Since"), attribute("since")),
        Column("until", _("Until"), attribute("until")),
        Column("by", _("Recognized by"), attribute("by")),
        Column("ended_on", _("Ended"), attribute("ended_on")),
        *(why if one else []),
    ]


@app.command()
def lost(
    ctx: typer.Context,
    org: OrgOption = None,
    everybody: Annotated[
        bool, typer.Option("--all", help=_("Also those of whom there is no date at all."))
    ] = False,
    as_of: AsOfOption = None,
    limit: LimitOption = None,
    fmt: FormatOption = Format.TABLE,
) -> None:
    """List lost-contact candidates with the dates that prove it; people decide."""
    with session(ctx) as at:
        found = service.candidates(at.registry, on=at.as_of(as_of), org=at.org_id(org))
    proven = [one for one in found if one.stage is not Stage.NO_DATES]
    if len(found) > len(proven) and not everybody:
        say(
            _("{people} more have neither an activity nor dues on record:  --all").format(
                people=len(found) - len(proven)
            )
        )
    emit((found if everybody else proven)[:limit], candidate_columns(), fmt)


@app.command()
def decide(
    ctx: typer.Context,
    member: MemberArgument,
    kind: Annotated[
        str, typer.Option("--as", metavar="停止党籍|恢复党籍|除名", help=_("What was decided."))
    ],
    document: Annotated[
        str, typer.Option("--document", metavar="NUMBER", help=_("The document's number."))
    ],
    by: Annotated[str, typer.Option("--by", metavar="NAME", help=_("Who decided it."))],
    on: OnOption = None,
    text: TextOption = None,
    fmt: FormatOption = Format.TABLE,
) -> None:
    """Record what people decided about a membership, with its document."""
    with session(ctx) as at:
        recorded = service.decide(
            at.registry,
            one_member(at.registry, member, on=at.today),
            DecisionKind(code("member_decision", kind)),
            on=at.day(on),
            document=document,
            by=by,
            text=optional_text(text),
            today=at.today,
        )
    answer(recorded, decision_columns(one=True), fmt)


@app.command()
def reopen(
    ctx: typer.Context,
    member: MemberArgument,
    reason: ReasonOption = "",
    fmt: FormatOption = Format.TABLE,
) -> None:
    """Take back the end of a membership that was recorded by mistake; needs --reason."""
    if not reason.strip():
        raise UsageProblem("member_reopen_reason")
    with session(ctx) as at:
        recorded = returning.reopen(
            at.registry,
            one_member(at.registry, member, on=at.today),
            today=at.today,
            reason=reason.strip(),
        )
    answer(recorded, member_columns(), fmt)


@app.command()
def decisions(
    ctx: typer.Context,
    org: OrgOption = None,
    member: OnlyMemberOption = None,
    as_of: AsOfOption = None,
    fmt: FormatOption = Format.TABLE,
) -> None:
    """List the decisions about memberships."""
    with session(ctx) as at:
        day = at.as_of(as_of)
        whose = None if member is None else one_member(at.registry, member, on=day).id
        found = repository.decisions(at.registry, on=day, org=at.org_id(org), member=whose)
    emit(found, decision_columns(), fmt)


@app.command()
def hardship(
    ctx: typer.Context,
    member: Annotated[
        str | None, typer.Argument(metavar="MEMBER", help=_("The member; left out: list all."))
    ] = None,
    by: Annotated[
        str | None, typer.Option("--by", metavar="NAME", help=_("Who recognized it."))
    ] = None,
    until: Annotated[
        str | None, typer.Option("--until", metavar="DAY", help=_("The last day it holds."))
    ] = None,
    on: OnOption = None,
    text: TextOption = None,
    end: Annotated[bool, typer.Option("--end", help=_("End it on that day."))] = False,
    note: NoteOption = None,
    org: OrgOption = None,
    everything: Annotated[
        bool, typer.Option("--all", help=_("Those that have run out too."))
    ] = False,
    as_of: AsOfOption = None,
    limit: LimitOption = None,
    fmt: FormatOption = Format.TABLE,
) -> None:
    """Record or end that a member is in hardship (困难党员); without a member, list them."""
    with session(ctx) as at:
        if member is None:
            day = at.as_of(as_of)
            found = repository.list_hardship(at.registry, on=day, org=at.org_id(org))
            shown = [one for one in found if everything or one.holds_on(day)]
            emit(shown[:limit], hardship_columns(), fmt)
            return
        whose = one_member(at.registry, member, on=at.today)
        if end:
            recorded = service.end_hardship(
                at.registry, whose, on=at.day(on), note=optional_text(note)
            )
        elif by is None or until is None:
            raise UsageProblem("hardship_incomplete")
        else:
            recorded = service.recognise(
                at.registry,
                whose,
                since=at.as_of(on),
                until=parse_day(until, at.today),
                by=by,
                text=optional_text(text),
            )
    answer(recorded, hardship_columns(one=True), fmt)
