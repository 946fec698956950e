"""Official forms as blanks: list them, take one out to change it, use the town's own."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from flowparty.cli.noun import Noun
from flowparty.cli.options import FormatOption, WorkbookOption
from flowparty.cli.session import answer, say, session
from flowparty.domain.errors import UsageProblem
from flowparty.files import replace_file
from flowparty.language import N_, _
from flowparty.output.columns import Column, attribute
from flowparty.output.formats import Format, emit
from flowparty.repository import blanks
from flowparty.service import blanks as service
from flowparty.words import term

if TYPE_CHECKING:
    from flowparty.domain.blanks import Blank

app = Noun(N_("The blanks of official forms: list, take out, use the town's own."))

FormArgument = Annotated[
    str, typer.Argument(metavar="FORM", help=_("A form: its title or its code in the list."))
]
BuiltInOption = Annotated[
    bool, typer.Option("--built-in", help=_("The blank that came with the program."))
]


def blank_columns() -> list[Column[Blank]]:
    """What is shown of a blank: the form, whose blank it is, and since when."""
    return [
        Column("form", _("Code"), attribute("form")),
        Column("title", _("Form"), attribute("form"), term("form")),
        Column("own", _("Blank"), lambda blank: blank.since is not None, _whose),
        Column("file", _("File"), lambda blank: blank.name if blank.since else None),
        Column("since", _("Since"), attribute("since")),
    ]


def _whose(own: object) -> str:
    return _("the town's own") if own else _("built in")


def placeholder_columns() -> list[Column[tuple[str, str]]]:
    """What is shown of a placeholder: how a blank writes it, and where."""
    return [
        Column("placeholder", _("Placeholder"), lambda one: f"{{{{{one[0]}}}}}"),
        Column("where", _("Where"), lambda one: one[1], lambda where: _(WHERE[where])),
    ]


WHERE = {"row": N_("in the row that is repeated"), "once": N_("anywhere, once")}


@app.command("list")
def list_(ctx: typer.Context, fmt: FormatOption = Format.TABLE) -> None:
    """List the forms and whose blank is in force."""
    with session(ctx) as at:
        found = blanks.all_in_force(at.registry)
    emit(found, blank_columns(), fmt)


@app.command()
def show(form: FormArgument, fmt: FormatOption = Format.TABLE) -> None:
    """List what a form has to fill in: the placeholders that a blank may use."""
    asked = service.asked(blanks.find(form))
    named = [(name, "once") for name in sorted(asked.scalars)]
    emit([*named, *((name, "row") for name in sorted(asked.row))], placeholder_columns(), fmt)


@app.command()
def export(
    ctx: typer.Context, form: FormArgument, output: WorkbookOption, built_in: BuiltInOption = False
) -> None:
    """Take a blank out, to be changed in WPS or Excel."""
    with session(ctx) as at:
        code = blanks.find(form)
        blank = blanks.built_in(code) if built_in else blanks.in_force(at.registry, code)
    with replace_file(output) as out:
        out.write(blank.content)
    say(str(output))


@app.command()
def use(
    ctx: typer.Context,
    form: FormArgument,
    file: Annotated[
        Path | None, typer.Argument(metavar="FILE", help=_("The town's own blank, .xlsx."))
    ] = None,
    built_in: BuiltInOption = False,
    fmt: FormatOption = Format.TABLE,
) -> None:
    """Use the town's own blank after its placeholders are checked, or the program's again."""
    if (file is None) != built_in:
        raise UsageProblem("form_which")
    with session(ctx) as at:
        code = blanks.find(form)
        if file is None:
            recorded = service.back(at.registry, code)
        else:
            recorded = service.use(at.registry, code, file, on=at.today)
    answer(recorded, blank_columns(), fmt)
