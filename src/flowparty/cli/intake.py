"""Other people's spreadsheets coming in: one engine, one command a kind of list."""

from __future__ import annotations

import gc
import re
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from shlex import quote
from typing import TYPE_CHECKING, Annotated, Any

import typer

from flowparty.cli import intake_mapping
from flowparty.cli.intake_back import hand_back
from flowparty.cli.intake_changes import change_columns
from flowparty.cli.intake_reasons import grouped, reason_columns, reasons_of
from flowparty.cli.intake_view import (
    file_object,
    problem_objects,
    tell_mapping,
    warnings_of,
)
from flowparty.cli.noun import Noun
from flowparty.cli.options import FormatOption, OrgOption
from flowparty.cli.session import Session, say, session
from flowparty.domain.errors import Problem, UsageProblem
from flowparty.errors import Exit
from flowparty.language import N_, _
from flowparty.output.formats import Format, as_json, emit, write
from flowparty.repository import orgs
from flowparty.service import imports as service

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from flowparty.intake.lists import Listed
    from flowparty.service.import_rows import RowResult

app = Noun(N_("Bring other people's spreadsheets in."))
app.add_typer(intake_mapping.app, name="mapping")

_PLAIN = re.compile(r"[\w=]+")
"""What no shell reads otherwise; quotes around it would only be in the way."""

HELP = {
    "members": N_("Import the national 《党员基本信息汇总表》 or any list of members."),
    "moves": N_("Import a roster of those away (流出党员名册): movements out."),
    "cards": N_("Import a register of activity cards: issues and verifications."),
    "survey": N_("Import filled 摸底排查表 into the open survey round."),
    "contacts": N_("Import a log of contacts."),
    "aid": N_("Import a list of aid allocated from pots."),
}


class Prefer(StrEnum):
    """Whose word counts where a fact is newer than the list."""

    FILE = "file"
    REGISTRY = "registry"


Files = Annotated[
    list[Path],
    typer.Argument(metavar="FILE…", help=_("Workbooks or text: .xlsx .xls .ods .csv .tsv")),
]
DryRun = Annotated[bool, typer.Option("--dry-run", help=_("Only say what would be done."))]
SkipBad = Annotated[
    bool, typer.Option("--skip-bad", help=_("Take the good rows although others are refused."))
]
Rest = Annotated[
    bool, typer.Option("--rest", help=_("Only the rows that did not come back in 回填."))
]
SheetOption = Annotated[
    list[str] | None,
    typer.Option("--sheet", metavar="NAME", help=_("Only this sheet; may be repeated.")),
]
Mapped = Annotated[
    list[str] | None,
    typer.Option(
        "--map",
        metavar=_("列名=field"),
        help=_("What a heading means (列名= leaves it alone); remembered for next time."),
    ),
]
Encoding = Annotated[
    str | None, typer.Option("--encoding", metavar="NAME", help=_("How a text file is written."))
]
Masked = Annotated[
    bool,
    typer.Option("--masked", help=_("Hand back what is wrong without anybody's personal data.")),
]
PreferOption = Annotated[
    Prefer | None, typer.Option("--prefer", help=_("Whose word counts against a newer fact."))
]


def _make(kind: str) -> Callable[..., None]:
    """The command of one kind; they differ in what they import only."""

    def run(
        ctx: typer.Context,
        files: Files,
        dry_run: DryRun = False,
        skip_bad: SkipBad = False,
        rest: Rest = False,
        sheet: SheetOption = None,
        org: OrgOption = None,
        mapped: Mapped = None,
        encoding: Encoding = None,
        prefer: PreferOption = None,
        masked: Masked = False,
        fmt: FormatOption = Format.TABLE,
    ) -> None:
        with session(ctx) as at:
            request = service.Request(
                kind=kind,
                paths=files,
                sheets=sheet or (),
                mapped=_mapping(mapped or []),
                encoding=encoding,
                org=at.org_id(org),
                prefer=prefer and prefer.value,
                skip_bad=skip_bad,
                rest=rest,
                dry_run=dry_run,
            )
            with _no_collecting():
                done = _import(at, request, fmt, masked=masked)
        _conclude(done, request)

    run.__name__ = kind
    run.__doc__ = HELP[kind]
    return run


@contextmanager
def _no_collecting() -> Iterator[None]:
    """A list's rows all live to the end: looking among them for garbage only takes time."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def _import(
    at: Session, request: service.Request, fmt: Format, *, masked: bool
) -> service.Imported:
    """Read, import and show; a refused file is told on standard output too where that is JSON."""
    lists: list[Listed] = []
    try:
        for listed in service.read_lists(at.registry, request, today=at.today):
            tell_mapping(listed, quiet=fmt is Format.JSON)
            lists.append(listed)
        done = service.import_lists(at.registry, request, lists, today=at.today)
    except Problem as problem:
        if fmt is Format.JSON:
            _write_json(problem_objects(problem, request.paths, len(lists)))
        raise
    if fmt is Format.JSON:
        written = done.written
        _write_json([file_object(at.registry, *file, written=written) for file in done.files])
    else:
        _show(at, done, fmt)
    if not request.dry_run:
        hand_back(at.registry, done, masked=masked)
        if not masked and not request.skip_bad and done.counts()["refused"]:
            _repeat(request.mapped)
    return done


def _repeat(mapped: Mapping[str, str]) -> None:
    """Say what the mended copy needs again: of a refused list nothing is remembered either."""
    if mapped:
        said = [f"{heading}={to}" for heading, to in mapped.items()]
        safe = (word if _PLAIN.fullmatch(word) else quote(word) for word in said)
        words = " ".join(f"--map {word}" for word in safe)
        say(_("Import it with the same words:  {words}").format(words=words))


for _kind in HELP:
    app.command(_kind)(_make(_kind))


def _mapping(given: list[str]) -> dict[str, str]:
    mapped = {}
    for words in given:
        heading, equals, to = words.partition("=")
        if not equals or not heading.strip():
            raise UsageProblem("import_map_form", value=words)
        mapped[heading.strip()] = to.strip()
    return mapped


def _write_json(objects: list[dict[str, Any]]) -> None:
    """One object for one file, an array of them for several."""
    write(as_json(objects[0] if len(objects) == 1 else objects))


def _show(at: Session, done: service.Imported, fmt: Format) -> None:
    reasons = [reason for result in done.rows for reason in reasons_of(result)]
    if reasons or fmt is not Format.TABLE:
        emit(grouped(reasons), reason_columns(several=len(done.files) > 1), fmt)
    changes = [(result, change) for result in done.rows for change in result.changes]
    if changes and fmt is Format.TABLE:
        write("\n")
        branches = {int(org.id): org.name for org in orgs.list_orgs(at.registry)}
        emit(changes, change_columns(branches), fmt)


def _may_prefer(result: RowResult) -> bool:
    """Whether a row is refused for what ``--prefer`` decides: a newer fact, or another branch.

    A number under another name is a mistake to mend, and nobody is asked whose word counts.
    """
    return any(
        problem.code == "import_older"
        or (problem.code == "id_exists" and problem.params["member"] == result.row.values["name"])
        for problem in result.problems
    )


def _conclude(done: service.Imported, request: service.Request) -> None:
    """Say what became of the lists; a refused row fails a run that was to take all in earnest."""
    counts = done.counts()
    said = _(
        "{rows} rows: {added} new, {updated} changed, {same} already there, {refused} refused,"
        " {flagged} flagged."
    )
    say(said.format_map(counts))
    if counts["not_filled_in"]:
        blank = _("{rows} rows are not filled in yet; they can come in later.")
        say(blank.format(rows=counts["not_filled_in"]))
    for listed, _rows in done.files:
        for _code, told in warnings_of(listed):
            say(f"{listed.source.path}: {told}" if len(done.files) > 1 else told)
    if not done.written:
        say(_("Nothing was written."))
    if counts["refused"] and not request.skip_bad:
        say(_("What to do: mend the refused rows, or take the others with --skip-bad."))
    if any(map(_may_prefer, done.rows)):
        say(_("Where the records say otherwise, decide whose word counts:  --prefer file|registry"))
    if counts["refused"] and not (request.dry_run or request.skip_bad):
        raise typer.Exit(Exit.BAD_INPUT)
    if counts["refused"] or any(listed.leaves_people for listed, _rows in done.files):
        raise typer.Exit(Exit.PARTIAL)
