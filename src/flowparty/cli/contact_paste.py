"""``contact paste``: lines about calls come in, are shown as understood, and are written."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from flowparty.cli.asking import at_terminal, confirmed, may_ask
from flowparty.cli.contact_sheet import WholeOrg
from flowparty.cli.noun import Noun
from flowparty.cli.options import ByOption, FormatOption
from flowparty.cli.session import Globals, say, session
from flowparty.domain.errors import BadValue, UsageProblem
from flowparty.domain.masking import mask_digits
from flowparty.errors import Exit, explain
from flowparty.intake.text_lines import MOST_BYTES, lines_of, read_file
from flowparty.language import N_, _
from flowparty.output.columns import Column, attribute
from flowparty.output.formats import Format, as_json, emit, plain, write
from flowparty.repository import orgs
from flowparty.service import contact_paste as service
from flowparty.service.contact_paste import Line, Pasted, State
from flowparty.words import term

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

app = Noun()

STATES = {
    State.NEW: N_("new"),
    State.KNOWN: N_("there already"),
    State.GIVEN_BACK: N_("given back"),
    State.RECORDED: N_("recorded"),
}
DOUBTS = {
    "outcome_assumed": N_("taken as reached"),
    "outcome_twice": N_("two results"),
    "read_at_end": N_("read at the end of the line"),
    "year_assumed": N_("last year's day"),
    "name_differs": N_("not the whole name"),
    "not_away": N_("is not away"),
}

Lines = Annotated[
    Path | None,
    typer.Argument(metavar="[FILE|-]", help=_("A text file; left out or -: standard input.")),
]


def line_columns() -> list[Column[Line]]:
    """What is shown of a line that was understood."""

    def said(name: str) -> Callable[[Line], Any]:
        return lambda line: None if line.reading is None else getattr(line.reading, name)

    def who(name: str) -> Callable[[Line], Any]:
        return lambda line: None if line.member is None else getattr(line.member, name)

    return [
        Column("line", _("Line"), attribute("number"), right=True),
        Column("state", _("State"), attribute("state"), lambda state: _(STATES[state])),
        Column("member", _("Name"), who("name")),
        Column("member_number", _("No."), who("label")),
        Column("branch", _("Branch"), who("branch"), wide=True),
        Column("on", _("Day"), lambda line: line.reading and line.reading.on.isoformat()),
        Column("method", _("Method"), said("method"), term("contact_method")),
        Column("outcome", _("Outcome"), said("outcome"), term("contact_outcome")),
        Column("notes", _("Notes"), said("notes"), fold=True),
        Column("doubts", _("Doubtful"), attribute("doubts"), _doubts, fold=True),
    ]


def back_columns() -> list[Column[Line]]:
    """What is shown of a line that is given back: what stood there, and why."""
    return [
        Column("text", _("Stood there"), lambda line: mask_digits(line.text.strip()), fold=True),
        Column("code", _("Code"), lambda line: line.problem and line.problem.code, table=False),
        Column("reason", _("Reason"), _reason, fold=True),
        Column("candidates", _("Candidates"), _candidates, "；".join, fold=True),
    ]


def _doubts(found: Sequence[str]) -> str:
    return "；".join(_(DOUBTS[code]) for code in found)


def _reason(line: Line) -> str | None:
    return None if line.problem is None else explain(line.problem).message


def _candidates(line: Line) -> tuple[str, ...]:
    found = None if line.problem is None else line.problem.params.get("candidates")
    return tuple(map(str, found)) if isinstance(found, list) else ()


@app.command()
def paste(
    ctx: typer.Context,
    org: WholeOrg,
    file: Lines = None,
    on: Annotated[
        str | None,
        typer.Option("--on", metavar="DAY", help=_("The day where a line has none; today.")),
    ] = None,
    by: ByOption = None,
    yes: Annotated[bool, typer.Option("--yes", help=_("Write without asking."))] = False,
    fmt: FormatOption = Format.TABLE,
) -> None:
    """Record calls from lines such as: 张三 已联系 电话 想回乡开店 (one person a line)."""
    with session(ctx) as at:
        texts = _texts(ctx, file)
        pasted = Pasted(tuple(texts), orgs.find(at.registry, org), at.day(on), at.today)
        lines = service.understand(at.registry, pasted)
        if not lines:
            raise BadValue("paste_empty")
        if fmt is Format.TABLE:
            _show(lines)
        new = _count(lines, State.NEW)
        if new and (yes or (may_ask(ctx, fmt) and _agreed(lines))):
            lines = service.record(at.registry, pasted, lines, by=at.by(by))
    if fmt is not Format.TABLE:
        _emit(lines, fmt)
    _conclude(lines, asked=may_ask(ctx, fmt))


def _texts(ctx: typer.Context, file: Path | None) -> list[str]:
    """The lines of the file, or of standard input, typed or through a pipe."""
    if file is not None and str(file) != "-":
        return read_file(file)
    if at_terminal():
        given: Globals = ctx.obj
        if given.no_input:
            raise UsageProblem("paste_no_input")
        say(_("Type or paste the lines, one person each; end with Ctrl-D on a line of its own."))
    return [] if sys.stdin is None else lines_of(sys.stdin.buffer.read(MOST_BYTES + 1))


def _show(lines: Sequence[Line]) -> None:
    understood = [line for line in lines if line.problem is None]
    if understood:
        emit(understood, line_columns(), Format.TABLE)
    back = [line for line in lines if line.problem is not None]
    if back:
        emit(back, [line_columns()[0], *back_columns()], Format.TABLE)


def _agreed(lines: Sequence[Line]) -> bool:
    doubtful = sum(bool(line.doubts) for line in lines if line.state is State.NEW)
    question = _("Write {new} lines ({doubtful} of them doubtful)?")
    return confirmed(question.format(new=_count(lines, State.NEW), doubtful=doubtful))


def _count(lines: Sequence[Line], state: State) -> int:
    return sum(line.state is state for line in lines)


def _emit(lines: Sequence[Line], fmt: Format) -> None:
    columns = [*line_columns(), *back_columns()]
    if fmt is not Format.JSON:
        emit(lines, columns, fmt)
        return
    counts = {state.value: _count(lines, state) for state in State}
    written = counts[State.RECORDED] > 0
    listed = [plain(line, columns) for line in lines]
    write(as_json({**counts, "written": written, "lines": listed}))


def _conclude(lines: Sequence[Line], *, asked: bool) -> None:
    """Say what became of the lines, and end accordingly."""
    back, new = _count(lines, State.GIVEN_BACK), _count(lines, State.NEW)
    say(
        _("{recorded} recorded, {known} there already, {back} given back.").format(
            recorded=_count(lines, State.RECORDED), known=_count(lines, State.KNOWN), back=back
        )
    )
    if back == len(lines):
        raise typer.Exit(Exit.BAD_INPUT)
    if new:
        say(_("Nothing was written."))
    if new and not asked:
        say(_("What to do: look at the lines, then write them with  --yes"))
        raise typer.Exit(Exit.USAGE)
    if back:
        raise typer.Exit(Exit.PARTIAL)
