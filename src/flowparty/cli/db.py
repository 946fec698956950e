"""The registry file itself."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from flowparty.cli.noun import Noun
from flowparty.cli.options import FormatOption
from flowparty.cli.session import say, session
from flowparty.errors import Exit
from flowparty.files import read_file
from flowparty.language import N_, _
from flowparty.output.columns import Column, attribute
from flowparty.output.formats import Format, emit
from flowparty.repository.check import check as run_check
from flowparty.service import anchors

if TYPE_CHECKING:
    from collections.abc import Sequence

    from flowparty.repository.check import Finding

app = Noun(N_("The registry file: check it."))

MEANING = {
    "structure_damaged": N_("the file's structure is damaged"),
    "schema_altered": N_("a table, index or guard is not as the program made it"),
    "reference_broken": N_("the row refers to one that is not there"),
    "entry_missing": N_("a journal entry is missing"),
    "link_broken": N_("the entry does not continue the one before"),
    "entry_altered": N_("the entry or one of its changes was altered"),
    "change_orphaned": N_("a change without its entry"),
    "value_altered": N_("a journaled value was altered"),
    "reason_altered": N_("a journaled reason was altered"),
    "row_unjournaled": N_("the row was added without the journal"),
    "row_differs": N_("the row differs from its last journaled state"),
    "row_missing": N_("the row was removed without the journal"),
    "anchor_differs": N_("the journal is not the one that a package went out with"),
    "close_anchor_differs": N_("the journal is not the one that the month was closed over"),
    "receipt_forged": N_("the receipt is not signed by an office whose key is known"),
    "receipt_unknown": N_("this registry never sent what was acknowledged: an older one"),
    "receipt_differs": N_("the signed receipt is of another package than the one recorded"),
    "receipt_journal_differs": N_("the journal is not the one that the signed receipt attests"),
    "file_readable": N_("others may read the file; its mode should be 0600"),
}


def finding_columns() -> list[Column[Finding]]:
    """What is shown of a finding."""
    return [
        Column("code", _("Finding"), attribute("code")),
        Column("entity", _("Table"), attribute("entity")),
        Column("row", _("Row"), attribute("row"), right=True),
        Column(
            "meaning", _("Meaning"), attribute("code"), lambda found: _(MEANING[found]), fold=True
        ),
        Column("detail", _("Detail"), lambda finding: finding.detail or None, fold=True),
    ]


@app.command()
def check(
    ctx: typer.Context,
    quiet: Annotated[
        bool, typer.Option("--quiet", help=_("Say nothing when nothing was found."))
    ] = False,
    receipt: Annotated[
        list[Path] | None,
        typer.Option("--receipt", help=_("A receipt kept outside the registry; repeatable.")),
    ] = None,
    fmt: FormatOption = Format.TABLE,
) -> None:
    """Check every link of the journal and every row against its last journaled state.

    Receipts from outside are compared with a registry that is sound in itself.
    """
    with session(ctx) as at:
        given = [read_file(path, anchors.MOST_BYTES) for path in receipt or []]
        findings = [*run_check(at.registry), *anchors.check_receipts(at.registry)]
        if not _damaged(findings):
            findings += [
                found for data in given for found in anchors.check_given(at.registry, data)
            ]
    if findings or (fmt is not Format.TABLE and not quiet):
        emit(findings, finding_columns(), fmt)
    if _damaged(findings):
        say(_said(findings))
        raise typer.Exit(Exit.DAMAGED)
    if findings:
        raise typer.Exit(Exit.PARTIAL)
    if not quiet:
        say(_("Everything is as it was written."))


def _said(findings: Sequence[Finding]) -> str:
    """What to do: a file that is sound in itself but too old is no damaged one."""
    if {finding.code for finding in findings} <= {"receipt_unknown", "file_readable"}:
        return _(
            "The registry is older than what was acknowledged. If no newer one is left, enter again"
            " what is lacking; the level above goes on with its next package (--restored)."
        )
    return _("The registry is not as it was written: restore a backup.")


def _damaged(findings: Sequence[Finding]) -> bool:
    return any(finding.code != "file_readable" for finding in findings)
