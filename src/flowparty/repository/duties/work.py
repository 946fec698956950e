"""Needs, decisions, aid, survey rounds, service points, conflicts, and returns that went out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flowparty.domain.duties.exchange import OpenConflict
from flowparty.domain.duties.returns import Sent
from flowparty.domain.duties.survey import OpenRound
from flowparty.domain.duties.work import Followed
from flowparty.repository import (
    aid,
    closings,
    conflicts,
    history,
    meetings,
    needs,
    orgs,
    packages,
    survey_frames,
    surveys,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from flowparty.domain.aid import Pot
    from flowparty.domain.meetings import Decision
    from flowparty.domain.needs import Need
    from flowparty.domain.orgs import Org
    from flowparty.repository.duties.asked import Asked


def raised(asked: Asked) -> Sequence[Need]:
    """The needs with their steps."""
    return needs.list_needs(asked.registry, on=asked.on, org=asked.org)


def decisions(asked: Asked) -> Sequence[Decision]:
    """The decisions of joint meetings; of an organization, those about its members' needs."""
    made = meetings.decisions(asked.registry)
    if asked.org is None:
        return made
    about = {need.id for need in raised(asked)}
    return [one for one in made if one.need_id in about]


def followed(asked: Asked) -> Sequence[Followed]:
    """The allocations, and after how many months each was looked at again."""
    looked = aid.followed_months(asked.registry, on=asked.on)
    return [
        Followed(grant, looked.get(grant.id, frozenset()))
        for grant in aid.list_grants(asked.registry, on=asked.on, org=asked.org)
    ]


def pots(asked: Asked) -> Sequence[Pot]:
    """The pots of money, which belong to the whole office."""
    return aid.list_pots(asked.registry) if asked.org is None else ()


def open_rounds(asked: Asked) -> Sequence[OpenRound]:
    """The survey rounds open on the day, with those still missing."""
    day = asked.on.isoformat()
    return [
        OpenRound(
            one,
            survey_frames.people(asked.registry, one.id, org=asked.org, on=asked.on, missing=True),
            surveys.last_sheet_on(asked.registry, one.id, on=asked.on)
            if asked.org is None
            else None,
        )
        for one in surveys.list_rounds(asked.registry)
        if one.since <= day and (one.closed_on is None or one.closed_on > day)
    ]


def places(asked: Asked) -> Sequence[Org]:
    """The organizations alive on the day."""
    alive = orgs.list_orgs(asked.registry, on=asked.on)
    if asked.org is None:
        return alive
    below = orgs.subtree(asked.registry, asked.org)
    return [one for one in alive if one.id in below]


def conflicts_open(asked: Asked) -> Sequence[OpenConflict]:
    """What nobody has settled, which belongs to the whole office."""
    if asked.org is not None:
        return ()
    return [
        OpenConflict(one.label, one.member or "", one.on)
        for one in conflicts.list_conflicts(asked.registry)
    ]


def sent(asked: Asked) -> Sequence[Sent]:
    """The office's returns that went out after their cut-off or are closed; none of a part.

    Exported as workbooks or packed for the level above: a package is of a closed month only.
    """
    top = orgs.top(asked.registry)
    if asked.org not in (None, top.id):
        return ()
    begun = asked.registry.row("SELECT created_on FROM registry")
    forms = history.disclosed(asked.registry, org=top.name)
    periods = {form.removeprefix("ledger ") for form in forms if form.startswith("ledger ")}
    periods |= packages.sent_periods(asked.registry)
    months = closings.list_closed(asked.registry)
    closed = frozenset(str(month.period) for month in months if month.reopened_on is None)
    since = begun["created_on"] if begun else ""
    return (Sent(top.name, since, frozenset(periods), closed),)
