"""Keys between offices: their commands."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from flowparty.cli.noun import Noun
from flowparty.cli.options import FormatOption, OutputOption, ReasonOption
from flowparty.cli.passphrase import KeyOption, PassphraseOption, key_path, passphrase, unlock
from flowparty.cli.session import answer, say, session
from flowparty.domain.errors import UsageProblem
from flowparty.files import read_file
from flowparty.language import N_, _
from flowparty.output.columns import Column, attribute
from flowparty.output.formats import Format, emit
from flowparty.repository import office_keys
from flowparty.repository.office_keys import OfficeKey
from flowparty.service import keys as service
from flowparty.service.keys import spoken
from flowparty.words import term

app = Noun(N_("Keys between offices: make ours, hand it over, trust theirs, rotate, revoke."))


def key_columns() -> list[Column[OfficeKey]]:
    """What is shown of an office's keys."""
    return [
        Column("division", _("Code"), attribute("division")),
        Column("name", _("Office"), attribute("name"), fold=True),
        Column("fingerprint", _("Fingerprint"), lambda key: spoken(key.key_digest)),
        Column("since", _("Since"), attribute("since")),
        Column("first_seq", _("First package"), attribute("first_seq"), table=False),
        Column("state", _("State"), _state, term("key_state")),
        Column("replaced_on", _("Replaced"), attribute("replaced_on"), table=False),
        Column("revoked_on", _("Revoked"), attribute("revoked_on"), table=False),
    ]


def _state(key: OfficeKey) -> str:
    if key.revoked_on is not None:
        return "revoked"
    return "replaced" if key.replaced_on is not None else "live"


@app.command()
def init(
    ctx: typer.Context,
    lost: Annotated[
        bool,
        typer.Option(
            "--lost", help=_("The key file is lost: make other keys; call who trusts us.")
        ),
    ] = False,
    key: KeyOption = None,
    passphrase_file: PassphraseOption = None,
    fmt: FormatOption = Format.TABLE,
) -> None:
    """Make this office's key file, wrapped by a passphrase; once."""
    with session(ctx) as at:
        words = passphrase(ctx, passphrase_file, twice=True)
        path = key_path(at, key)
        recorded = service.init(at.registry, path, words, today=at.today, lost=lost)
    answer(recorded, key_columns(), fmt)
    say(_("Hand over the card:  flowparty key show --output FILE"))


@app.command()
def show(
    ctx: typer.Context,
    output: OutputOption = None,
    key: KeyOption = None,
    passphrase_file: PassphraseOption = None,
    fmt: FormatOption = Format.TABLE,
) -> None:
    """Show our fingerprint and those we trust; --output writes our card to hand over."""
    with session(ctx) as at:
        found = office_keys.list_keys(at.registry)
        if output is not None:
            service.export_card(at.registry, unlock(ctx, at, key, passphrase_file), output)
    emit(found, key_columns(), fmt)
    if output is not None:
        say(_("Written: {path}").format(path=output))


@app.command()
def trust(
    ctx: typer.Context,
    card: Annotated[Path, typer.Argument(metavar="FILE", help=_("The other office's card."))],
    fingerprint: Annotated[
        str | None,
        typer.Option(
            "--fingerprint",
            metavar="DIGITS",
            help=_("As they read it out over the telephone; not needed for a rotation."),
        ),
    ] = None,
    fmt: FormatOption = Format.TABLE,
) -> None:
    """Trust another office's card, by the fingerprint that office read out."""
    with session(ctx) as at:
        content = read_file(card, service.CARD_BYTES)
        recorded = service.trust(at.registry, content, fingerprint, today=at.today)
    answer(recorded, key_columns(), fmt)


@app.command()
def revoke(
    ctx: typer.Context,
    office: Annotated[
        str,
        typer.Argument(
            metavar="OFFICE",
            help=_("The office: division code or name; or the fingerprint of one key."),
        ),
    ],
    reason: ReasonOption = "",
    fmt: FormatOption = Format.TABLE,
) -> None:
    """Trust no key of an office any more, or not one of them; needs --reason."""
    if not reason.strip():
        raise UsageProblem("key_reason_missing")
    with session(ctx) as at:
        recorded = service.revoke(at.registry, office, today=at.today, reason=reason.strip())
    answer(recorded, key_columns(), fmt)


@app.command()
def rotate(
    ctx: typer.Context,
    output: Annotated[
        Path,
        typer.Option("--output", metavar="FILE", help=_("The new card.")),
    ],
    again: Annotated[
        bool, typer.Option("--again", help=_("Also if they were replaced today already."))
    ] = False,
    key: KeyOption = None,
    passphrase_file: PassphraseOption = None,
    fmt: FormatOption = Format.TABLE,
) -> None:
    """Replace our keys by new ones; who trusts the old ones takes the new card without a call.

    Once a day: the same again only writes the card, unless --again.
    """
    with session(ctx) as at:
        path, words = key_path(at, key), passphrase(ctx, passphrase_file)
        recorded = service.rotate(at.registry, path, words, output, today=at.today, again=again)
    answer(recorded, key_columns(), fmt)
    say(_("Written: {path}").format(path=output))
