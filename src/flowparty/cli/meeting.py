"""Joint meetings (联席工作制度): their commands."""

from __future__ import annotations

from typing import Annotated

import typer

from flowparty.cli.meeting_view import (
    agenda_columns,
    attendance_columns,
    decision_columns,
    meeting_columns,
)
from flowparty.cli.move_facts import (
    Facts,
    HostContact,
    HostOrg,
    HostPhone,
    Occupation,
    left_on,
    place_values,
)
from flowparty.cli.move_view import one_move_columns
from flowparty.cli.noun import Noun
from flowparty.cli.options import (
    AsOfOption,
    ByOption,
    FormatOption,
    LimitOption,
    MemberArgument,
    NoteOption,
    OnOption,
    OptionalWorkbookOption,
    PlaceOption,
)
from flowparty.cli.session import answer, answer_whole, optional_text, say, session
from flowparty.domain.dates import parse_day
from flowparty.domain.text import clean_name
from flowparty.language import N_, _
from flowparty.output.formats import Format, Part, emit, emit_whole
from flowparty.repository import meetings as repository
from flowparty.repository import needs, orgs, settings
from flowparty.repository.find import one_member
from flowparty.service import meetings as service

app = Noun(N_("Joint meetings with other offices: agenda, attendance, decisions, facts learned."))

MeetingArgument = Annotated[
    str, typer.Argument(metavar="MEETING", help=_("A meeting: G2, its day, or its topic."))
]
Office = Annotated[str, typer.Option("--office", metavar="ORG", help=_("The other office."))]
Due = Annotated[str, typer.Option("--due", metavar="DAY", help=_("By when."))]


@app.command()
def add(
    ctx: typer.Context,
    topic: Annotated[str, typer.Argument(metavar="TOPIC", help=_("What it is about."))],
    offices: Annotated[
        list[str] | None,
        typer.Option("--office", metavar="ORG", help=_("An office called to it; repeatable.")),
    ] = None,
    on: Annotated[
        str | None,
        typer.Option("--on", metavar="DAY", help=_("Its day, which may lie ahead.")),
    ] = None,
    place: PlaceOption = None,
    chair: Annotated[
        str | None, typer.Option("--chair", metavar="NAME", help=_("Who leads it."))
    ] = None,
    fmt: FormatOption = Format.TABLE,
) -> None:
    """Record a meeting, held or to be held, and the offices called to it."""
    with session(ctx) as at:
        recorded = service.add(
            at.registry,
            topic,
            [orgs.find(at.registry, office) for office in offices or []],
            on=at.as_of(on),
            place=optional_text(place),
            chair=None if chair is None else clean_name(chair),
        )
    called = Part("offices", recorded.record.offices, attendance_columns())
    answer_whole(recorded, meeting_columns(), [called], fmt)


@app.command()
def agenda(
    ctx: typer.Context,
    office: Office,
    output: OptionalWorkbookOption = None,
    meeting: Annotated[
        str | None, typer.Option("--meeting", metavar="MEETING", help=_("For which meeting."))
    ] = None,
    fmt: FormatOption = Format.TABLE,
) -> None:
    """What an office is to be asked: its open needs and the movements nobody can explain."""
    from flowparty.service import agenda as agendas

    with session(ctx) as at:
        whose = orgs.find(at.registry, office)
        if output is None:
            found = agendas.build(at.registry, whose, on=at.today)
        else:
            held = None if meeting is None else repository.find(at.registry, meeting)
            found = agendas.write(at.registry, whose, held, output, on=at.today)
    items = [*found.needs, *found.movements]
    if output is not None:
        say(_("Written: {path}").format(path=output))
    if found.withheld:
        say(
            _("{count} matters are told in person and stand on no agenda.").format(
                count=found.withheld
            )
        )
    emit(items, agenda_columns(), fmt)


@app.command()
def attend(
    ctx: typer.Context,
    meeting: MeetingArgument,
    office: Office,
    name: Annotated[
        str | None, typer.Option("--name", metavar="NAME", help=_("Who came for it."))
    ] = None,
    absent: Annotated[bool, typer.Option("--absent", help=_("Nobody came."))] = False,
    fmt: FormatOption = Format.TABLE,
) -> None:
    """Record which office came to a meeting, and who for it."""
    with session(ctx) as at:
        recorded = service.attend(
            at.registry,
            repository.find(at.registry, meeting),
            orgs.find(at.registry, office),
            came=not absent,
            person=optional_text(name),
            today=at.today,
        )
    offices = Part("offices", recorded.record.offices, attendance_columns())
    answer_whole(recorded, meeting_columns(), [offices], fmt)


@app.command()
def decide(
    ctx: typer.Context,
    meeting: MeetingArgument,
    text: Annotated[str, typer.Option("--text", metavar="TEXT", help=_("What was decided."))],
    owner: Annotated[str, typer.Option("--owner", metavar="ORG", help=_("Whose work it is."))],
    due: Due,
    need: Annotated[
        str | None, typer.Option("--need", metavar="NEED", help=_("The need it is about."))
    ] = None,
    by: ByOption = None,
    fmt: FormatOption = Format.TABLE,
) -> None:
    """Record a decision with its owner and date; one about a need assigns it."""
    with session(ctx) as at:
        recorded = service.decide(
            at.registry,
            repository.find(at.registry, meeting),
            text,
            orgs.find(at.registry, owner),
            due=parse_day(due, at.today),
            need=None if need is None else needs.find(at.registry, need, on=at.today),
            by=at.by(by),
            today=at.today,
        )
    answer(recorded, decision_columns(at.today), fmt)


@app.command()
def done(
    ctx: typer.Context,
    decision: Annotated[
        str, typer.Argument(metavar="DECISION", help=_("A decision by number: D3."))
    ],
    note: NoteOption = None,
    on: OnOption = None,
    by: ByOption = None,
    fmt: FormatOption = Format.TABLE,
) -> None:
    """Record that a decision was carried out."""
    with session(ctx) as at:
        recorded = service.done(
            at.registry,
            repository.find_decision(at.registry, decision),
            on=at.day(on),
            note=optional_text(note),
            by=at.by(by),
        )
    answer(recorded, decision_columns(at.today), fmt)


@app.command()
def learn(
    ctx: typer.Context,
    meeting: MeetingArgument,
    member: MemberArgument,
    to: Annotated[
        str | None, typer.Option("--to", metavar="PLACE", help=_("The place, as it should be."))
    ] = None,
    left: Annotated[
        str | None, typer.Option("--left", metavar="DAY", help=_("When the member left."))
    ] = None,
    occupation: Occupation = None,
    host: HostOrg = None,
    contact: HostContact = None,
    phone: HostPhone = None,
    fmt: FormatOption = Format.TABLE,
) -> None:
    """Correct a movement by what was told; each fact keeps the meeting as its source."""
    with session(ctx) as at:
        values = Facts(occupation=occupation, host=host, contact=contact, phone=phone).values()
        if to is not None:
            values |= place_values(at, to)
        if left is not None:
            values["left_on"] = left_on(left, at.today)
        recorded = service.learn(
            at.registry,
            repository.find(at.registry, meeting),
            one_member(at.registry, member, on=at.today),
            values,
            today=at.today,
        )
        columns = one_move_columns(
            settings.identity(at.registry).division,
            at.today,
            settings.load(at.registry).threshold_months,
        )
    answer(recorded, columns, fmt)


@app.command("list")
def list_(
    ctx: typer.Context,
    as_of: AsOfOption = None,
    limit: LimitOption = None,
    fmt: FormatOption = Format.TABLE,
) -> None:
    """List the meetings, newest first."""
    with session(ctx) as at:
        found = repository.list_meetings(at.registry, on=at.as_of(as_of), limit=limit)
    emit(found, meeting_columns(), fmt)


@app.command()
def decisions(
    ctx: typer.Context,
    everything: Annotated[bool, typer.Option("--all", help=_("Those carried out too."))] = False,
    as_of: AsOfOption = None,
    limit: LimitOption = None,
    fmt: FormatOption = Format.TABLE,
) -> None:
    """List the decisions not carried out, in the order they are due."""
    with session(ctx) as at:
        day = at.as_of(as_of)
        found = repository.decisions(at.registry)
    made = [one for one in found if one.on <= day.isoformat()]
    shown = [one for one in made if everything or one.open_on(day)]
    shown.sort(key=lambda one: one.due)
    emit(shown[:limit], decision_columns(day), fmt)


@app.command()
def show(ctx: typer.Context, meeting: MeetingArgument, fmt: FormatOption = Format.TABLE) -> None:
    """Show a meeting with the offices called and its decisions."""
    with session(ctx) as at:
        found = repository.find(at.registry, meeting)
        made = repository.decisions(at.registry, meeting=found.id)
    emit_whole(
        found,
        meeting_columns(),
        [
            Part("offices", found.offices, attendance_columns()),
            Part("decisions", made, decision_columns(at.today)),
        ],
        fmt,
    )
