"""Projects that members brought home (引进发展项目): their commands."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from flowparty.cli.noun import Noun
from flowparty.cli.options import (
    AsOfOption,
    FormatOption,
    LimitOption,
    OnOption,
    OrgOption,
    TextOption,
)
from flowparty.cli.session import answer, optional_text, session
from flowparty.domain.money import parse_yuan, yuan
from flowparty.domain.projects import Kind, Project, ProjectEvent, State
from flowparty.language import N_, _
from flowparty.output.columns import Column, attribute
from flowparty.output.formats import Format, Part, emit, emit_whole
from flowparty.repository import orgs
from flowparty.repository import projects as repository
from flowparty.repository.find import one_member
from flowparty.service import projects as service
from flowparty.words import code, term

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date
    from typing import Any

app = Noun(N_("Projects that members brought home: investment, state, jobs."))

ProjectArgument = Annotated[
    str, typer.Argument(metavar="PROJECT", help=_("A project: J3, or its name."))
]
StateOption = Annotated[
    str | None,
    typer.Option("--state", metavar="意向|签约|在建|投产|停止", help=_("How far it has come.")),
]
AmountOption = Annotated[
    str | None,
    typer.Option("--amount", metavar="YUAN", help=_("Invested so far, in yuan: 200000, 20万.")),
]
Jobs = Annotated[int | None, typer.Option("--jobs", min=0, metavar="N", help=_("Jobs it gives."))]


def project_columns(day: date) -> list[Column[Project]]:
    """What is shown of a project on a day."""

    def now(name: str) -> Callable[[Project], Any]:
        return lambda project: getattr(project.on(day), name, None)

    return [
        Column("number", _("No."), attribute("label")),
        Column("name", _("Project"), attribute("name"), fold=True),
        Column("kind", _("Kind"), attribute("kind"), term("project_kind")),
        Column("member", _("Brought by"), attribute("member")),
        Column("member_number", _("Member"), lambda project: f"M{project.member_id}", wide=True),
        Column("org", _("Where"), attribute("org")),
        Column("investor", _("Investor"), attribute("investor"), wide=True),
        Column("state", _("State"), now("state"), term("project_state")),
        Column("amount_fen", _("Invested"), now("amount_fen"), yuan, right=True),
        Column("jobs", _("Jobs"), now("jobs"), right=True),
        Column("as_of", _("Known since"), now("on"), wide=True),
    ]


def event_columns() -> list[Column[ProjectEvent]]:
    """What is shown of how a project stood."""
    return [
        Column("on", _("Day"), attribute("on")),
        Column("state", _("State"), attribute("state"), term("project_state")),
        Column("amount_fen", _("Invested"), attribute("amount_fen"), yuan, right=True),
        Column("jobs", _("Jobs"), attribute("jobs"), right=True),
        Column("text", _("Words"), attribute("text"), fold=True),
    ]


def _standing(
    day: date, state: str | None, amount: str | None, jobs: int | None, text: str | None
) -> service.Standing:
    return service.Standing(
        on=day,
        state=None if state is None else State(code("project_state", state)),
        amount_fen=None if amount is None else parse_yuan(amount),
        jobs=jobs,
        text=optional_text(text),
    )


@app.command()
def add(
    ctx: typer.Context,
    name: Annotated[str, typer.Argument(metavar="NAME", help=_("The project's name."))],
    member: Annotated[
        str, typer.Option("--member", metavar="MEMBER", help=_("Who brought it home."))
    ],
    org: Annotated[
        str, typer.Option("--org", metavar="ORG", help=_("In whose village or area it is."))
    ],
    kind: Annotated[
        str, typer.Option("--kind", metavar="种植|养殖|加工|商贸…", help=_("What sort."))
    ],
    investor: Annotated[
        str | None, typer.Option("--investor", metavar="NAME", help=_("Whose money it is."))
    ] = None,
    state: StateOption = None,
    amount: AmountOption = None,
    jobs: Jobs = None,
    text: TextOption = None,
    on: OnOption = None,
    fmt: FormatOption = Format.TABLE,
) -> None:
    """Record a project that a member brought home."""
    with session(ctx) as at:
        recorded = service.add(
            at.registry,
            name,
            one_member(at.registry, member, on=at.today),
            orgs.find(at.registry, org),
            Kind(code("project_kind", kind)),
            _standing(at.day(on), state, amount, jobs, text),
            investor=optional_text(investor),
        )
    answer(recorded, project_columns(at.today), fmt)


@app.command()
def update(
    ctx: typer.Context,
    project: ProjectArgument,
    state: StateOption = None,
    amount: AmountOption = None,
    jobs: Jobs = None,
    text: TextOption = None,
    on: OnOption = None,
    fmt: FormatOption = Format.TABLE,
) -> None:
    """Record how a project stands from a day on."""
    with session(ctx) as at:
        found = repository.find(at.registry, project)
        now = _standing(at.day(on), state, amount, jobs, text)
        recorded = service.update(at.registry, found, now)
    answer(recorded, project_columns(at.today), fmt)


@app.command("list")
def list_(
    ctx: typer.Context,
    org: OrgOption = None,
    as_of: AsOfOption = None,
    limit: LimitOption = None,
    fmt: FormatOption = Format.TABLE,
) -> None:
    """List the projects and how each stands."""
    with session(ctx) as at:
        day = at.as_of(as_of)
        found = repository.list_projects(at.registry, on=day, org=at.org_id(org), limit=limit)
    emit(found, project_columns(day), fmt)


@app.command()
def show(ctx: typer.Context, project: ProjectArgument, fmt: FormatOption = Format.TABLE) -> None:
    """Show a project and how it came along."""
    with session(ctx) as at:
        found = repository.find(at.registry, project)
    events = Part("events", found.events, event_columns())
    emit_whole(found, project_columns(at.today), [events], fmt)
