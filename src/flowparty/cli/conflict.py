"""Conflicts between offices: their commands."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from flowparty.cli.exchange_view import conflict_columns
from flowparty.cli.noun import Noun
from flowparty.cli.options import ByOption, FormatOption, LimitOption, ReasonOption
from flowparty.cli.session import answer, say, session
from flowparty.domain.errors import UsageProblem
from flowparty.language import N_, _
from flowparty.output.formats import Format, emit
from flowparty.repository import conflicts as repository
from flowparty.repository import left_out
from flowparty.service import settling
from flowparty.service.leaving_out import loser_of

if TYPE_CHECKING:
    from flowparty.repository.conflicts import MergeConflict
    from flowparty.repository.registry import Registry

app = Noun(N_("What two offices say differently: list it, settle it."))


class Keep(StrEnum):
    """Whose word stays."""

    OURS = "ours"
    THEIRS = "theirs"
    BOTH = "both"


@app.command("list")
def list_(
    ctx: typer.Context,
    everything: Annotated[
        bool, typer.Option("--all", help=_("Also those that are settled."))
    ] = False,
    limit: LimitOption = None,
    fmt: FormatOption = Format.TABLE,
) -> None:
    """List the conflicts that packages brought and nobody has settled."""
    with session(ctx) as at:
        found = repository.list_conflicts(at.registry, settled=everything)
    emit(found[:limit], conflict_columns(settled=everything), fmt)


@app.command()
def settle(
    ctx: typer.Context,
    numbers: Annotated[
        list[str],
        typer.Argument(metavar="N…", help=_("The conflicts: K3, or all open ones of K3-K812.")),
    ],
    keep: Annotated[Keep, typer.Option("--keep", help=_("Whose word stays."))],
    reason: ReasonOption = "",
    by: ByOption = None,
    fmt: FormatOption = Format.TABLE,
) -> None:
    """Settle conflicts: ours (what stood here), theirs (what came) or both; needs --reason.

    Several are settled all or none.
    """
    if not reason.strip():
        raise UsageProblem("conflict_reason_missing")
    with session(ctx) as at:
        recorded = settling.settle_all(
            at.registry,
            settling.numbers_of(at.registry, numbers),
            keep,
            by=at.by(by),
            today=at.today,
            reason=reason.strip(),
        )
        lines = [_whom_to_tell(at.registry, one.record) for one in recorded]
    for line in filter(None, lines):
        say(line)
    if len(recorded) == 1:
        answer(recorded[0], conflict_columns(), fmt)
    else:
        emit([one.record for one in recorded], conflict_columns(), fmt)


def _whom_to_tell(registry: Registry, settled: MergeConflict) -> str | None:
    """The office whose record was left out goes on sending it until it hears of this.

    It must hear the day too: ended with a later one, it would count for the days between.
    """
    branch = {"ours": settled.other_branch, "theirs": settled.branch}.get(str(settled.kept))
    if branch is None or settled.other_id is None:
        return None
    if settled.kind == "card":
        line = _("Tell {branch}: the card's number is another's; it makes the card void.")
        return line.format(branch=branch, member=settled.member)
    known = left_out.of_member(registry, loser_of(settled, str(settled.kept)))
    if known is None:
        return None
    line = _(
        "Tell {branch}: {member} is counted elsewhere from {day} on;"
        " it ends the membership there with that day."
    )
    return line.format(branch=branch, member=settled.member, day=known.day)
