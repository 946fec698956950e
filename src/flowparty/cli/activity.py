"""Organization life, training and service: their commands."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

from flowparty.cli.noun import Noun
from flowparty.cli.options import (
    AsOfOption,
    FormatOption,
    LimitOption,
    MembersArgument,
    NoteOption,
    OrgOption,
    PlaceOption,
    SinceOption,
)
from flowparty.cli.session import answer, optional_text, say, session
from flowparty.domain.activities import (
    Activity,
    Hours,
    Kind,
    Participant,
    Result,
    Side,
    hours,
    parse_hours,
)
from flowparty.domain.movements import Direction
from flowparty.language import N_, _
from flowparty.output.columns import Column, attribute
from flowparty.output.formats import Format, Part, emit, emit_whole
from flowparty.repository import activities as repository
from flowparty.repository import members, movements, orgs
from flowparty.repository.find import one_member
from flowparty.service import activities as service
from flowparty.words import code, term

if TYPE_CHECKING:
    from flowparty.cli.session import Session
    from flowparty.domain.members import Member
    from flowparty.domain.orgs import Org

app = Noun(N_("Organization life, training and service: who was expected, who came."))

ActivityArgument = Annotated[
    str, typer.Argument(metavar="ACTIVITY", help=_("An activity: V3, or its name."))
]
ALL, AWAY = {"全体", "all"}, {"外出", "away"}
"""Words for whole groups of people that may be expected."""


def activity_columns() -> list[Column[Activity]]:
    """What is shown of an activity."""
    return [
        Column("number", _("No."), attribute("label")),
        Column("on", _("Day"), attribute("on")),
        Column("name", _("Activity"), attribute("name"), fold=True),
        Column("kind", _("Kind"), attribute("kind"), term("activity_kind")),
        Column("org", _("Organization"), attribute("org")),
        Column("side", _("From where"), attribute("side"), term("activity_side"), wide=True),
        Column("place", _("Place"), attribute("place"), wide=True),
        Column("hours", _("Hours"), attribute("minutes"), hours, right=True),
        Column("expected", _("Expected"), attribute("expected"), right=True),
        Column("came", _("Came"), attribute("came"), right=True),
    ]


def person_columns() -> list[Column[Participant]]:
    """What is shown of a member of an activity."""
    yes_no = {True: _("yes"), False: _("no")}
    return [
        Column("member", _("Name"), attribute("member")),
        Column("member_number", _("No."), lambda one: f"M{one.member_id}"),
        Column("branch", _("Branch"), attribute("branch")),
        Column("expected", _("Expected"), attribute("expected"), lambda is_: yes_no[is_]),
        Column("came", _("Came"), attribute("came"), lambda is_: yes_no[is_]),
        Column("result", _("Appraisal"), attribute("result"), term("appraisal")),
        Column("note", _("Note"), attribute("note"), fold=True),
    ]


def hours_columns() -> list[Column[Hours]]:
    """What is shown of a member's year."""

    def spent(key: str, heading: str) -> Column[Hours]:
        return Column(key, heading, attribute(key), hours, right=True)

    return [
        Column("member", _("Name"), attribute("member")),
        Column("member_number", _("No."), lambda one: f"M{one.member_id}"),
        Column("branch", _("Branch"), attribute("branch"), wide=True),
        Column("times", _("Times"), attribute("times"), right=True),
        spent("org_life_minutes", _("Organization life")),
        spent("training_minutes", _("Training")),
        spent("service_minutes", _("Service")),
        spent("minutes", _("Hours")),
        Column("appraisal", _("Appraisal"), attribute("appraisal"), term("appraisal")),
    ]


@app.command()
def add(
    ctx: typer.Context,
    name: Annotated[str, typer.Argument(metavar="NAME", help=_("What it was."))],
    org: Annotated[str, typer.Option("--org", metavar="ORG", help=_("Whose activity it is."))],
    length: Annotated[str, typer.Option("--hours", metavar="HOURS", help=_("How long: 2, 1.5."))],
    kind: Annotated[
        str,
        typer.Option("--kind", metavar="组织生活|民主评议|教育培训|服务", help=_("What sort.")),
    ] = "组织生活",
    side: Annotated[
        str,
        typer.Option(
            "--side", metavar="流出地|流入地|线上", help=_("At home, at the host's, from afar.")
        ),
    ] = "流出地",
    expect: Annotated[
        list[str] | None,
        typer.Option(
            "--expect",
            metavar="全体|外出|MEMBER",
            help=_("Who is expected: all, those away, or a member; repeatable."),
        ),
    ] = None,
    on: Annotated[
        str | None, typer.Option("--on", metavar="DAY", help=_("Its day, which may lie ahead."))
    ] = None,
    place: PlaceOption = None,
    fmt: FormatOption = Format.TABLE,
) -> None:
    """Record an activity and who is expected."""
    with session(ctx) as at:
        whose = orgs.find(at.registry, org)
        new = service.NewActivity(
            name=name,
            kind=Kind(code("activity_kind", kind)),
            on=at.as_of(on),
            minutes=parse_hours(length),
            side=Side(code("activity_side", side)),
            place=optional_text(place),
        )
        people = _expected(at, whose, expect or [], on=min(new.on, at.today))
        recorded = service.add(at.registry, whose, new, people, today=at.today)
    answer(recorded, activity_columns(), fmt)


def _expected(at: Session, org: Org, words: list[str], *, on: date) -> list[Member]:
    """The people that the words name, each once, as they were on a day."""
    found: dict[int, Member] = {}
    for word in words:
        if word in ALL:
            named = members.list_members(at.registry, on=on, org=org.id)
        elif word in AWAY:
            moves = movements.list_movements(
                at.registry, on=on, org=org.id, direction=Direction.OUT
            )
            named = members.select(at.registry, [m.member_id for m in moves], on=on)
        else:
            named = [one_member(at.registry, word, on=at.today)]
        found |= {member.id: member for member in named if member.ended_on is None}
    return list(found.values())


@app.command()
def attend(
    ctx: typer.Context,
    activity: ActivityArgument,
    people: MembersArgument,
    absent: Annotated[bool, typer.Option("--absent", help=_("They did not come."))] = False,
    result: Annotated[
        str | None,
        typer.Option(
            "--result",
            metavar="优秀|合格|基本合格|不合格",
            help=_("What the yearly appraisal found."),
        ),
    ] = None,
    note: NoteOption = None,
    fmt: FormatOption = Format.TABLE,
) -> None:
    """Record who came (or did not), and what an appraisal found."""
    with session(ctx) as at:
        recorded = service.attend(
            at.registry,
            repository.find(at.registry, activity, on=at.today),
            [one_member(at.registry, member, on=at.today) for member in people],
            came=not absent,
            result=None if result is None else Result(code("appraisal", result)),
            note=optional_text(note),
            today=at.today,
        )
    answer(recorded, activity_columns(), fmt)


@app.command("list")
def list_(
    ctx: typer.Context,
    org: OrgOption = None,
    since: SinceOption = None,
    as_of: AsOfOption = None,
    limit: LimitOption = None,
    fmt: FormatOption = Format.TABLE,
) -> None:
    """List the activities, newest first."""
    with session(ctx) as at:
        found = repository.list_activities(
            at.registry,
            on=at.as_of(as_of),
            since=None if since is None else at.as_of(since),
            org=at.org_id(org),
            limit=limit,
        )
    emit(found, activity_columns(), fmt)


@app.command()
def show(ctx: typer.Context, activity: ActivityArgument, fmt: FormatOption = Format.TABLE) -> None:
    """Show an activity and its people."""
    with session(ctx) as at:
        found = repository.find(at.registry, activity, on=at.today)
    emit_whole(found, activity_columns(), [Part("people", found.people, person_columns())], fmt)


@app.command("hours")
def hours_(
    ctx: typer.Context,
    year: Annotated[
        int | None,
        typer.Option("--year", metavar="YYYY", min=1900, max=2999, help=_("Left out: this year.")),
    ] = None,
    org: OrgOption = None,
    limit: LimitOption = None,
    fmt: FormatOption = Format.TABLE,
) -> None:
    """Count every member's hours of a year, and the appraisal."""
    with session(ctx) as at:
        of = year or at.today.year
        last = min(date(of, 12, 31), at.today)
        found = repository.hours(at.registry, since=date(of, 1, 1), on=last, org=at.org_id(org))
    none = sum(not one.times for one in found)
    say(_("{people} people, {none} of them came to nothing.").format(people=len(found), none=none))
    emit(found[:limit], hours_columns(), fmt)
