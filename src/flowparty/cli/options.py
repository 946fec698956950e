"""Options that mean the same everywhere, under the same name."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from flowparty.domain.errors import UsageProblem
from flowparty.language import _
from flowparty.output.formats import Format

FormatOption = Annotated[
    Format, typer.Option("--format", help=_("How to show it: table, json, csv or plain."))
]
OrgOption = Annotated[
    str | None,
    typer.Option("--org", metavar="ORG", help=_("An organization: name, code or number (O3).")),
]
OnOption = Annotated[
    str | None,
    typer.Option("--on", metavar="DAY", help=_("The day it happened; today if left out.")),
]
AsOfOption = Annotated[
    str | None, typer.Option("--as-of", metavar="DAY", help=_("What was so on that day."))
]
LimitOption = Annotated[
    int | None, typer.Option("--limit", min=1, metavar="N", help=_("At most so many lines."))
]
ByOption = Annotated[
    str | None, typer.Option("--by", metavar="NAME", help=_("Who did it; the clerk if left out."))
]
PlaceOption = Annotated[
    str | None, typer.Option("--place", metavar="TEXT", help=_("Where it was done."))
]
NoteOption = Annotated[
    str | None, typer.Option("--note", metavar="TEXT", help=_("Anything to add."))
]
AgainOption = Annotated[
    bool, typer.Option("--again", help=_("Record it a second time although it stands there."))
]
MemberArgument = Annotated[
    str,
    typer.Argument(
        metavar="MEMBER",
        help=_("A member: ID number, card number, M12, name, pinyin initials or phone tail."),
    ),
]
CardArgument = Annotated[
    str, typer.Argument(metavar="CARD", help=_("A card: its number, C3, or its holder."))
]
OrgArgument = Annotated[
    str, typer.Argument(metavar="ORG", help=_("An organization: name, code or number (O3)."))
]
UnmaskOption = Annotated[
    bool, typer.Option("--unmask", help=_("Show personal data in full; needs --reason."))
]
ReasonOption = Annotated[
    str, typer.Option("--reason", metavar="TEXT", help=_("Why; the journal keeps it."))
]


def _workbook(path: Path | None) -> Path | None:
    """Refuse another ending before anything is done: what lies there would be a workbook."""
    if path is not None and path.suffix.lower() != ".xlsx":
        raise UsageProblem("workbook_suffix", path=str(path))
    return path


_WORKBOOK = typer.Option(
    "--output", metavar="FILE", help=_("The workbook to write, .xlsx."), callback=_workbook
)
WorkbookOption = Annotated[Path, _WORKBOOK]
OptionalWorkbookOption = Annotated[Path | None, _WORKBOOK]
OutputOption = Annotated[
    Path | None, typer.Option("--output", metavar="FILE", help=_("The file to write."))
]
MaskedOption = Annotated[
    bool, typer.Option("--masked", help=_("Write a copy without identity numbers and phones."))
]
OnlyMemberOption = Annotated[
    str | None, typer.Option("--member", metavar="MEMBER", help=_("Only this member's."))
]
MembersArgument = Annotated[
    list[str], typer.Argument(metavar="MEMBER…", help=_("One member or several."))
]
SinceOption = Annotated[
    str | None, typer.Option("--since", metavar="DAY", help=_("Not before this day."))
]
TextOption = Annotated[str | None, typer.Option("--text", metavar="TEXT", help=_("In words."))]
FileOption = Annotated[Path, typer.Option("--output", metavar="FILE", help=_("The file to write."))]
