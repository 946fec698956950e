"""The figures of the town's other work: needs, letters, dues, posts, projects, hardship."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flowparty.domain import dues_standing
from flowparty.domain import holdings as holding_rules
from flowparty.domain import needs as need_rules
from flowparty.domain import notices as notice_rules
from flowparty.domain import projects as project_rules
from flowparty.repository import dues, holdings, lost, needs, notices, projects, settings, transfers

if TYPE_CHECKING:
    from datetime import date

    from flowparty.domain.ids import OrgId
    from flowparty.repository.registry import Registry

Figures = dict[str, int | float | str | None]


def work(registry: Registry, *, on: date, org: OrgId | None) -> Figures:
    """What stands of the town's work on a day; money in fen."""
    return {
        **_needs(registry, on, org),
        **_letters(registry, on, org),
        **_dues(registry, on, org),
        **_holdings(registry, on, org),
        **_projects(registry, on, org),
        "hardship": sum(one.holds_on(on) for one in lost.list_hardship(registry, on=on, org=org)),
    }


def _needs(registry: Registry, on: date, org: OrgId | None) -> Figures:
    raised = needs.list_needs(registry, on=on, org=org)
    closed = sum(need.state_on(on) is need_rules.State.CLOSED for need in raised)
    return {
        "needs": len(raised),
        "needs_open": len(raised) - closed,
        "needs_overdue": sum(need.overdue_on(on) for need in raised),
    }


def _letters(registry: Registry, on: date, org: OrgId | None) -> Figures:
    days = settings.load(registry).notice_days
    waiting = (notice_rules.State.WAITING, notice_rules.State.OVERDUE)
    sent = notices.list_notices(registry, on=on, org=org)
    letters = transfers.list_transfers(registry, on=on, org=org)
    return {
        "notices_unanswered": sum(notice.state_on(on, days) in waiting for notice in sent),
        "transfers_unfinished": sum(letter.unfinished_on(on) for letter in letters),
    }


def _dues(registry: Registry, on: date, org: OrgId | None) -> Figures:
    months = settings.load(registry).dues_deferral_months
    accounts = dues.accounts(registry, on=on, org=org)
    states = [dues_standing.standing(account, on, months).state for account in accounts]
    return {"dues_overdue": states.count(dues_standing.State.OVERDUE)}


def _holdings(registry: Registry, on: date, org: OrgId | None) -> Figures:
    held = [
        one.kind
        for one in holdings.list_holdings(registry, on=on, org=org)
        if one.state_on(on) is holding_rules.State.HELD
    ]
    return {
        "posts_held": held.count(holding_rules.Kind.POST),
        "model_shops": held.count(holding_rules.Kind.MODEL_SHOP),
    }


def _projects(registry: Registry, on: date, org: OrgId | None) -> Figures:
    stood = [project.on(on) for project in projects.list_projects(registry, on=on, org=org)]
    alive = [
        event
        for event in stood
        if event is not None and event.state is not project_rules.State.STOPPED
    ]
    return {
        "projects": len(alive),
        "projects_invested_fen": sum(event.amount_fen for event in alive),
        "projects_jobs": sum(event.jobs for event in alive),
    }
