"""Needs (困难, 意愿, 建议, 维权, 纠纷): their commands."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from flowparty.cli.need_view import need_columns, step_columns, trace_columns
from flowparty.cli.noun import Noun
from flowparty.cli.options import (
    AsOfOption,
    ByOption,
    FormatOption,
    LimitOption,
    MemberArgument,
    OnlyMemberOption,
    OnOption,
    OrgOption,
    TextOption,
)
from flowparty.cli.session import answer, optional_text, say, session
from flowparty.cli.survey_view import RoundOption
from flowparty.domain.dates import parse_day
from flowparty.domain.errors import UsageProblem
from flowparty.domain.needs import Kind, Result, State
from flowparty.language import N_, _
from flowparty.output.formats import Format, Part, emit, emit_whole
from flowparty.repository import aid, orgs, surveys
from flowparty.repository import needs as repository
from flowparty.repository.find import one_member
from flowparty.service import needs as service
from flowparty.service.need_trace import trace as follow
from flowparty.words import code

if TYPE_CHECKING:
    from flowparty.cli.session import Session
    from flowparty.domain.members import Member

app = Noun(N_("Needs: raised, assigned to an office, acted on, answered, closed."))

NeedArgument = Annotated[
    str, typer.Argument(metavar="NEED", help=_("A need: N3, or its member if only one is open."))
]
Section = Annotated[
    str | None, typer.Option("--section", metavar="NAME", help=_("A section of the survey."))
]


@app.command()
def add(
    ctx: typer.Context,
    member: MemberArgument,
    kind: Annotated[
        str | None,
        typer.Option("--kind", metavar="困难|意愿|建议|维权|纠纷", help=_("What sort it is.")),
    ] = None,
    text: TextOption = None,
    section: Section = None,
    the_round: RoundOption = None,
    contact: Annotated[
        str | None,
        typer.Option("--contact", metavar="DAY", help=_("Raised by the contact of that day.")),
    ] = None,
    on: OnOption = None,
    fmt: FormatOption = Format.TABLE,
) -> None:
    """Raise a need: by hand, by a survey answer (--section), or by a contact (--contact)."""
    with session(ctx) as at:
        whose = one_member(at.registry, member, on=at.today)
        sort, origin = _origin(at, whose, kind, text, section, the_round, contact, on)
        recorded = service.add(at.registry, whose, sort, origin)
    answer(recorded, need_columns(at.today, one=True), fmt)


def _origin(
    at: Session,
    member: Member,
    kind: str | None,
    text: str | None,
    section: str | None,
    the_round: str | None,
    contact: str | None,
    on: str | None,
) -> tuple[Kind, service.Origin]:
    """Where the need comes from, and of what kind it is."""
    given = None if kind is None else Kind(code("need_kind", kind))
    if section is not None:
        found = surveys.find(at.registry, the_round)
        return service.from_answer(
            at.registry, found, section, member, given, optional_text(text), today=at.today
        )
    if given is None:
        raise UsageProblem("need_kind_missing")
    if contact is not None:
        day = at.day(contact)
        return given, service.from_contact(at.registry, member, day, optional_text(text))
    return given, service.Origin(at.day(on), text or "")


@app.command()
def gather(
    ctx: typer.Context,
    section: Annotated[
        str, typer.Option("--section", metavar="NAME", help=_("A section of the survey."))
    ],
    the_round: RoundOption = None,
    member: OnlyMemberOption = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help=_("Only say what would be done."))
    ] = False,
    fmt: FormatOption = Format.TABLE,
) -> None:
    """Raise a need from every answer to a section that asks for something."""
    with session(ctx) as at:
        found = surveys.find(at.registry, the_round)
        whose = None if member is None else one_member(at.registry, member, on=at.today)
        raised = service.from_answers(at.registry, found, section, member=whose, today=at.today)
        say(_("{people} answers ask for something.").format(people=len(raised)))
        if dry_run:
            say(_("Nothing was written."))
            return
        made = service.gather(at.registry, raised)
    fresh = [recorded.record for recorded in made if not recorded.repeated]
    say(_("{people} needs were raised.").format(people=len(fresh)))
    emit(fresh, need_columns(at.today), fmt)


@app.command()
def assign(
    ctx: typer.Context,
    need: NeedArgument,
    office: Annotated[
        str, typer.Option("--office", metavar="ORG", help=_("Whose it is to answer."))
    ],
    due: Annotated[str, typer.Option("--due", metavar="DAY", help=_("By when."))],
    ask: Annotated[
        str,
        typer.Option(
            "--ask", metavar="TEXT", help=_("What it is asked; these words stand on its agenda.")
        ),
    ],
    on: OnOption = None,
    by: ByOption = None,
    fmt: FormatOption = Format.TABLE,
) -> None:
    """Assign a need to an office, with a due date."""
    with session(ctx) as at:
        recorded = service.assign(
            at.registry,
            repository.find(at.registry, need, on=at.today),
            orgs.find(at.registry, office),
            on=at.day(on),
            due=parse_day(due, at.today),
            ask=ask,
            by=at.by(by),
        )
    answer(recorded, step_columns(), fmt)


@app.command()
def act(
    ctx: typer.Context,
    need: NeedArgument,
    text: TextOption = None,
    grant: Annotated[
        str | None,
        typer.Option("--aid", metavar="A3", help=_("The allocation that was made for it.")),
    ] = None,
    on: OnOption = None,
    by: ByOption = None,
    fmt: FormatOption = Format.TABLE,
) -> None:
    """Record what was done about a need, or the aid it was given."""
    with session(ctx) as at:
        recorded = service.act(
            at.registry,
            repository.find(at.registry, need, on=at.today),
            on=at.day(on),
            text=optional_text(text),
            by=at.by(by),
            grant=None if grant is None else aid.find_grant(at.registry, grant, on=at.today),
        )
    answer(recorded, step_columns(), fmt)


@app.command("answer")
def reply(
    ctx: typer.Context,
    need: NeedArgument,
    text: Annotated[str, typer.Option("--text", metavar="TEXT", help=_("What was answered."))],
    on: OnOption = None,
    by: ByOption = None,
    fmt: FormatOption = Format.TABLE,
) -> None:
    """Record what the member was answered."""
    with session(ctx) as at:
        found = repository.find(at.registry, need, on=at.today)
        recorded = service.reply(at.registry, found, on=at.day(on), text=text, by=at.by(by))
    answer(recorded, step_columns(), fmt)


@app.command()
def close(
    ctx: typer.Context,
    need: NeedArgument,
    result: Annotated[
        str,
        typer.Option(
            "--outcome", metavar="已解决|部分解决|未能解决|本人撤回", help=_("What came of it.")
        ),
    ],
    text: TextOption = None,
    on: OnOption = None,
    by: ByOption = None,
    fmt: FormatOption = Format.TABLE,
) -> None:
    """Close a need with its outcome, after the member was answered."""
    with session(ctx) as at:
        recorded = service.close(
            at.registry,
            repository.find(at.registry, need, on=at.today),
            Result(code("need_result", result)),
            on=at.day(on),
            text=optional_text(text),
            by=at.by(by),
        )
    answer(recorded, step_columns(), fmt)


@app.command("list")
def list_(
    ctx: typer.Context,
    org: OrgOption = None,
    member: OnlyMemberOption = None,
    office: Annotated[
        str | None, typer.Option("--office", metavar="ORG", help=_("Only this office's."))
    ] = None,
    everything: Annotated[bool, typer.Option("--all", help=_("Closed ones too."))] = False,
    as_of: AsOfOption = None,
    limit: LimitOption = None,
    fmt: FormatOption = Format.TABLE,
) -> None:
    """List the needs not closed on a day; what was said is not shown here."""
    with session(ctx) as at:
        day = at.as_of(as_of)
        whose = None if member is None else one_member(at.registry, member, on=day).id
        found = repository.list_needs(at.registry, on=day, org=at.org_id(org), member=whose)
        only = at.org_id(office)
    if not everything:
        found = [need for need in found if need.state_on(day) is not State.CLOSED]
    if only is not None:
        found = [n for n in found if getattr(n.assignment(day), "org_id", None) == only]
    emit(found[:limit], need_columns(day), fmt)


@app.command()
def show(ctx: typer.Context, need: NeedArgument, fmt: FormatOption = Format.TABLE) -> None:
    """Show a need with what was said and every step."""
    with session(ctx) as at:
        found = repository.find(at.registry, need, on=at.today)
    steps = Part("steps", found.events, step_columns())
    emit_whole(found, need_columns(at.today, one=True), [steps], fmt)


@app.command()
def trace(ctx: typer.Context, need: NeedArgument, fmt: FormatOption = Format.TABLE) -> None:
    """Follow a need from the survey to the meeting, the decision, the aid and the outcome."""
    with session(ctx) as at:
        lines = follow(at.registry, repository.find(at.registry, need, on=at.today))
    emit(lines, trace_columns(), fmt)
