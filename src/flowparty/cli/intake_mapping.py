"""What was said of an office's headings: listed, and forgotten."""

from __future__ import annotations

from typing import Annotated

import typer

from flowparty.cli.noun import Noun
from flowparty.cli.options import FormatOption
from flowparty.cli.session import session
from flowparty.intake.fields import kind_of
from flowparty.language import N_, _
from flowparty.output.columns import Column, attribute
from flowparty.output.formats import Format, emit, emit_one
from flowparty.repository import import_mappings as repository
from flowparty.repository.import_mappings import HeadingMapping
from flowparty.words import term

app = Noun(N_("What headings were said to mean (--map), remembered by the form's headings."))


def mapping_columns() -> list[Column[HeadingMapping]]:
    """What is shown of a remembered heading."""
    return [
        Column("number", _("No."), lambda mapping: f"H{mapping.id}"),
        Column("kind", _("List"), attribute("kind"), term("list_kind")),
        Column("heading", _("Column"), attribute("heading")),
        Column("field", _("Means"), attribute("field"), table=False),
        Column("means", _("Means"), _heading_of),
        Column("signature", _("Form"), attribute("signature"), fold=True),
    ]


def _heading_of(mapping: HeadingMapping) -> str:
    """The official heading of the field; a section of a survey is called by its own name."""
    field = kind_of(mapping.kind).fields.get(mapping.field)
    return field.zh if field else mapping.field or "–"


@app.command("list")
def list_(ctx: typer.Context, fmt: FormatOption = Format.TABLE) -> None:
    """List the headings that were mapped by hand."""
    with session(ctx) as at:
        found = repository.list_mappings(at.registry)
    emit(found, mapping_columns(), fmt)


@app.command()
def forget(
    ctx: typer.Context,
    number: Annotated[str, typer.Argument(metavar="NUMBER", help=_("Its number: H3."))],
    fmt: FormatOption = Format.TABLE,
) -> None:
    """Forget one: the next list is read as if it had never been said."""
    with session(ctx) as at, at.registry.write():
        found = repository.forget(at.registry, number)
    emit_one(found, mapping_columns(), fmt)
