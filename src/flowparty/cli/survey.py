"""Survey rounds (摸底排查): their commands."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Annotated

import typer

from flowparty.cli import survey_frame, survey_sheets, survey_team
from flowparty.cli.move_facts import Facts, place_values
from flowparty.cli.noun import Noun
from flowparty.cli.options import (
    FormatOption,
    MemberArgument,
    OnOption,
    OrgOption,
)
from flowparty.cli.session import answer, say, session
from flowparty.cli.survey_view import (
    RoundOption,
    answer_columns,
    coverage_columns,
    progress_json,
    round_columns,
    section_columns,
    sheet_columns,
)
from flowparty.domain.errors import BadValue
from flowparty.domain.phones import clean_phone
from flowparty.domain.surveys import Outcome
from flowparty.language import N_, _
from flowparty.output.formats import Format, Part, as_json, emit, emit_one, emit_whole, write
from flowparty.repository import orgs
from flowparty.repository import surveys as repository
from flowparty.repository.find import one_member
from flowparty.service import survey_progress
from flowparty.service import surveys as service
from flowparty.words import code

if TYPE_CHECKING:
    from flowparty.cli.session import Session

app = Noun(N_("Survey rounds (摸底排查): open, record sheets, see who is missing, close."))
app.add_typer(survey_frame.app, name="frame")
app.add_typer(survey_team.app, name="team")
app.add_typer(survey_sheets.app)

Section = Annotated[
    list[str] | None,
    typer.Option("--section", metavar="NAME", help=_("A section of the town's own; up to two.")),
]
Answers = Annotated[
    list[str] | None,
    typer.Option(
        "--answer", metavar="SECTION=TEXT", help=_("困难问题=子女上学; may be given several times.")
    ),
]


@app.command("open")
def open_(
    ctx: typer.Context,
    name: Annotated[str, typer.Option("--name", metavar="NAME", help=_("The round's name."))],
    since: Annotated[
        str | None,
        typer.Option("--since", metavar="DAY", help=_("From which day; today if left out.")),
    ] = None,
    section: Section = None,
    org: OrgOption = None,
    fmt: FormatOption = Format.TABLE,
) -> None:
    """Open a round; its frame is everybody of the branches on that day."""
    with session(ctx) as at:
        whose = None if org is None else orgs.find(at.registry, org)
        recorded = service.open_round(
            at.registry, name, section or [], since=at.day(since), org=whose
        )
        frame = survey_progress.progress(at.registry, recorded.record).whole.frame
    say(_("{people} people are to be reached.").format(people=frame))
    answer(recorded, round_columns(), fmt)


@app.command("list")
def list_(ctx: typer.Context, fmt: FormatOption = Format.TABLE) -> None:
    """List the rounds, newest first."""
    with session(ctx) as at:
        found = repository.list_rounds(at.registry)
    emit(found, round_columns(), fmt)


@app.command()
def show(
    ctx: typer.Context,
    the_round: RoundOption = None,
    member: Annotated[
        str | None, typer.Option("--member", metavar="MEMBER", help=_("This person's sheets."))
    ] = None,
    fmt: FormatOption = Format.TABLE,
) -> None:
    """Show a round as it was asked, or every sheet of one person in it."""
    with session(ctx) as at:
        found = repository.find(at.registry, the_round)
        if member is not None:
            whose = one_member(at.registry, member, on=at.today)
            sheets = repository.sheets_of(at.registry, found.id, whose.id)
            emit(sheets, sheet_columns(), fmt)
            return
        sections = repository.sections(at.registry, found.id)
    emit_whole(found, round_columns(), [Part("sections", sections, section_columns())], fmt)


@app.command()
def section(
    ctx: typer.Context,
    name: Annotated[str, typer.Argument(metavar="SECTION", help=_("The section's name."))],
    the_round: RoundOption = None,
    add: Annotated[
        list[str] | None, typer.Option("--add", metavar="TEXT", help=_("A usual answer to add."))
    ] = None,
    drop: Annotated[
        list[str] | None,
        typer.Option("--drop", metavar="TEXT", help=_("One to drop that nobody has given.")),
    ] = None,
    fmt: FormatOption = Format.TABLE,
) -> None:
    """Show or change the usual answers of a section of an open round."""
    with session(ctx) as at:
        found = repository.find(at.registry, the_round)
        if not add and not drop:
            emit_one(service.find_section(at.registry, found, name), section_columns(), fmt)
            return
        recorded = service.edit_answers(at.registry, found, name, add=add or [], drop=drop or [])
    answer(recorded, section_columns(), fmt)


@app.command()
def add(
    ctx: typer.Context,
    member: MemberArgument,
    the_round: RoundOption = None,
    on: OnOption = None,
    mode: Annotated[
        str, typer.Option("--mode", metavar="入户|电话", help=_("At the door or by telephone."))
    ] = "入户",
    outcome: Annotated[
        str,
        typer.Option("--outcome", metavar="已完成|不在|拒绝|未联系上", help=_("What came of it.")),
    ] = "已完成",
    attempts: Annotated[
        int, typer.Option("--attempts", min=1, metavar="N", help=_("How many attempts it took."))
    ] = 1,
    interviewer: Annotated[
        str | None, typer.Option("--by", metavar="NAME", help=_("The interviewer."))
    ] = None,
    said: Answers = None,
    mobile: Annotated[
        str | None, typer.Option("--mobile", metavar="PHONE", help=_("A new phone learned."))
    ] = None,
    to: Annotated[
        str | None, typer.Option("--to", metavar="PLACE", help=_("A new destination learned."))
    ] = None,
    occupation: Annotated[
        str | None,
        typer.Option("--occupation", metavar="TEXT", help=_("A new occupation learned.")),
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help=_("Only say what would be done."))
    ] = False,
    fmt: FormatOption = Format.TABLE,
) -> None:
    """Record an answer sheet; a second one for the same person corrects the first."""
    with session(ctx) as at:
        found = repository.find(at.registry, the_round)
        whose = one_member(at.registry, member, on=at.today)
        new = service.NewSheet(
            on=at.day(on),
            mode=code("survey_mode", mode),
            outcome=Outcome(code("survey_outcome", outcome)),
            attempts=attempts,
            interviewer=at.by(interviewer),
            answers=tuple(map(_parted, said or [])),
            learned={} if mobile is None else {"mobile": clean_phone(mobile)},
            moved=_moved(at, to, occupation),
        )
        for field, old, value in service.learned_changes(at.registry, whose, new, today=at.today):
            shown = "***" if field == "mobile" else value
            say(f"{whose.name}  {field}: {old or '–'} → {shown}")
        if dry_run:
            say(_("Nothing was written."))
            return
        recorded = service.record(at.registry, found, whose, new, today=at.today)
    answer(recorded, sheet_columns(), fmt)


def _parted(words: str) -> tuple[str, str]:
    section, equals, text = words.partition("=")
    if not equals:
        raise BadValue("survey_answer_form", value=words)
    return section, text


def _moved(at: Session, to: str | None, occupation: str | None) -> dict[str, str | None]:
    place = {} if to is None else place_values(at, to)
    return {**place, **Facts(occupation=occupation).values()}


@app.command()
def status(
    ctx: typer.Context,
    the_round: RoundOption = None,
    org: OrgOption = None,
    by_team: Annotated[
        bool, typer.Option("--by-team", help=_("By team instead of by branch."))
    ] = False,
    fmt: FormatOption = Format.TABLE,
) -> None:
    """Coverage by branch or team, and the names still missing."""
    with session(ctx) as at:
        found = repository.find(at.registry, the_round)
        whose = None if org is None else orgs.find(at.registry, org)
        progress = survey_progress.progress(at.registry, found, org=whose)
    if fmt is Format.JSON:
        write(as_json(progress_json(progress)))
        return
    parts = progress.teams if by_team else progress.branches
    whole = replace(progress.whole, missing=())  # the parts have named them
    emit([*parts, whole], coverage_columns(), fmt)


@app.command()
def answers(
    ctx: typer.Context, the_round: RoundOption = None, fmt: FormatOption = Format.TABLE
) -> None:
    """Count the answers by section, beside those of the round before."""
    with session(ctx) as at:
        found = repository.find(at.registry, the_round)
        counted = survey_progress.counted_answers(at.registry, found)
    emit(counted, answer_columns(), fmt)


@app.command()
def close(
    ctx: typer.Context,
    the_round: RoundOption = None,
    on: OnOption = None,
    fmt: FormatOption = Format.TABLE,
) -> None:
    """Close a round; refused while somebody's outcome is unknown."""
    with session(ctx) as at:
        found = repository.find(at.registry, the_round)
        recorded = survey_progress.close(at.registry, found, on=at.day(on))
    answer(recorded, round_columns(), fmt)
