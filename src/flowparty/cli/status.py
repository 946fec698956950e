"""``flowparty status``: the whole on one screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

from flowparty.cli.noun import Noun
from flowparty.cli.options import AsOfOption, FormatOption, OrgOption
from flowparty.cli.session import session
from flowparty.cli.survey_view import percent
from flowparty.domain.money import yuan
from flowparty.language import N_, _
from flowparty.output.bars import bar
from flowparty.output.columns import Column
from flowparty.output.formats import Format, as_json, emit, write
from flowparty.repository import orgs
from flowparty.service.status import figures
from flowparty.words import term

if TYPE_CHECKING:
    from flowparty.service.status_work import Figures

app = Noun()

HEADINGS = {
    "members": N_("Members"),
    "away": N_("Away"),
    "away_over_threshold": N_("Away over the threshold"),
    "guests": N_("Guests"),
    "cards_held": N_("Cards held"),
    "survey_coverage": N_("Survey coverage"),
    "survey_interviewed": N_("Survey: talked to"),
    "survey_teams": N_("Survey teams"),
    "contacted_this_month": N_("Reached this month"),
    "contact_pairs": N_("Contact pairs"),
    "aid_recipients": N_("Aid: people"),
    "aid_grants": N_("Aid: allocations"),
    "aid_allocated_fen": N_("Aid: allocated"),
    "aid_startup_fen": N_("Aid: start-up"),
    "aid_hardship_fen": N_("Aid: hardship"),
    "aid_paid_fen": N_("Aid: paid"),
    "needs": N_("Needs"),
    "needs_open": N_("Needs: open"),
    "notices_unanswered": N_("Notices unanswered"),
    "transfers_unfinished": N_("Transfer letters under way"),
    "dues_overdue": N_("Dues overdue"),
    "posts_held": N_("Posts held"),
    "model_shops": N_("Model shops"),
    "projects": N_("Projects brought home"),
    "projects_invested_fen": N_("Projects: invested"),
    "hardship": N_("In hardship"),
    "groups": N_("Groups"),
    "service_points": N_("Service points"),
}
"""The figures that people read, in order; the scopes of those away follow ``away``."""

WHOLE = {
    "away": "members",
    "away_over_threshold": "away",
    "cards_held": "cards_due",
    "contacted_this_month": "away",
    "aid_startup_fen": "aid_allocated_fen",
    "aid_hardship_fen": "aid_allocated_fen",
    "aid_paid_fen": "aid_allocated_fen",
}
"""What a figure is a part of, where a bar says it faster."""


def lines(found: Figures) -> list[tuple[str, str, float | None]]:
    """Heading, figure and share of each line."""
    listed: list[tuple[str, str, float | None]] = []
    for key, heading in HEADINGS.items():
        listed.append((_(heading), _shown(key, found), _share(found, key, WHOLE.get(key))))
        if key == "away":
            listed += [
                (f"  {term('move_scope')(scope)}", str(found[name]), _share(found, name, "away"))
                for name, scope in _scopes(found)
            ]
    return listed


def _scopes(found: Figures) -> list[tuple[str, str]]:
    names = [name for name in found if name.startswith("away_") and name not in HEADINGS]
    return [(name, name.removeprefix("away_")) for name in names]


def _shown(key: str, found: Figures) -> str:
    value = found[key]
    if value is None:
        return "–"
    if key.endswith("_fen"):
        return yuan(int(value))
    if isinstance(value, float):
        return percent(value)
    whole = WHOLE.get(key)
    return f"{value} / {found[whole]}" if whole and key != "away" else str(value)


def _share(found: Figures, key: str, whole: str | None) -> float | None:
    value = found[key]
    if isinstance(value, float):
        return value
    total = found[whole] if whole else None
    if not isinstance(value, int) or not isinstance(total, int) or not total:
        return None
    return value / total


@app.command()
def status(
    ctx: typer.Context,
    org: OrgOption = None,
    as_of: AsOfOption = None,
    fmt: FormatOption = Format.TABLE,
) -> None:
    """Show the whole on one screen: members, away, cards, survey, contacts, aid."""
    with session(ctx) as at:
        whose = None if org is None else orgs.find(at.registry, org)
        found = figures(at.registry, org=whose, on=at.as_of(as_of))
    if fmt is Format.JSON:
        write(as_json(found))
        return
    columns: list[Column[tuple[str, str, float | None]]] = [
        Column("figure", f"{found['unit']}  {found['as_of']}", lambda line: line[0]),
        Column("value", "", lambda line: line[1], right=True),
        Column("share", "", lambda line: line[2], bar),
    ]
    emit(lines(found), columns, fmt)
