"""Lists going out to a spreadsheet or a script: one command a kind of record."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from flowparty.cli.noun import Noun
from flowparty.cli.options import AsOfOption, FileOption, OrgOption, ReasonOption, UnmaskOption
from flowparty.cli.session import say, session
from flowparty.language import N_, _
from flowparty.service import exports as service

if TYPE_CHECKING:
    from collections.abc import Callable

app = Noun(N_("Take lists out, in the headings that an import reads back."))

HELP = {
    "members": N_("The members, in the headings of the 《党员基本信息汇总表》."),
    "moves": N_("Those away, with where, since when and with whom."),
    "cards": N_("The activity cards: issued, verified, ended."),
    "contacts": N_("Every attempt to contact, with what was said."),
    "survey": N_("The sheets of the latest survey round."),
    "aid": N_("The allocations that were not reversed."),
}


class Encoding(StrEnum):
    """How a text file is written."""

    UTF_8 = "utf-8"
    GB18030 = "gb18030"


def _make(kind: str) -> Callable[..., None]:
    """The command of one kind; they differ in what they take out only."""

    def run(
        ctx: typer.Context,
        output: FileOption,
        org: OrgOption = None,
        as_of: AsOfOption = None,
        unmask: UnmaskOption = False,
        reason: ReasonOption = "",
        encoding: Annotated[
            Encoding, typer.Option("--encoding", help=_("How a .csv is written."))
        ] = Encoding.UTF_8,
    ) -> None:
        with session(ctx) as at:
            listing = service.gather(at.registry, kind, on=at.as_of(as_of), org=at.org_id(org))
            service.write(
                at.registry,
                listing,
                output,
                unmask=unmask,
                reason=reason,
                encoding=encoding.value,
            )
        if not unmask:
            say(_("Personal data is masked; such a list cannot be imported."))
        said = _("Written: {path}, {rows} rows.")
        say(said.format(path=output, rows=len(listing.rows)))

    run.__name__ = kind
    run.__doc__ = HELP[kind]
    return run


for _kind in HELP:
    app.command(_kind)(_make(_kind))
