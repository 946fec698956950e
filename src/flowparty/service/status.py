"""The whole on one screen: every figure counted from records on the day it is asked for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flowparty.domain.aid import Kind, Purpose
from flowparty.domain.movements import Direction
from flowparty.domain.orgs import OrgKind
from flowparty.repository import aid, contacts, ledger, members, movements, orgs, settings, surveys
from flowparty.repository import survey_frames as frames
from flowparty.service.status_work import Figures, work
from flowparty.service.survey_progress import progress

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from flowparty.domain.aid import Grant
    from flowparty.domain.ids import OrgId
    from flowparty.domain.ledger import Away
    from flowparty.domain.orgs import Org
    from flowparty.domain.surveys import Round
    from flowparty.repository.registry import Registry

SCOPES = ("cross_province", "in_province", "in_city", "in_county", "in_town", "unknown")


@dataclass(frozen=True, slots=True)
class Asked:
    """Whose figures, and of which day."""

    registry: Registry
    org: Org | None
    on: date


def figures(registry: Registry, *, org: Org | None, on: date) -> Figures:
    """Every figure of ``flowparty status`` under its stable key (the guide lists them).

    Money is in fen, shares are between 0 and 1, None where there is nothing to divide by.
    """
    asked = Asked(registry, org, on)
    return {
        "unit": (orgs.top(registry) if org is None else org).name,
        "as_of": on.isoformat(),
        **_people(asked),
        **_away(asked),
        **_survey(asked),
        **_contacts(asked),
        **_aid(asked),
        **work(asked.registry, on=asked.on, org=_id(asked)),
        **_places(asked),
    }


def _id(asked: Asked) -> OrgId | None:
    return None if asked.org is None else asked.org.id


def _people(asked: Asked) -> Figures:
    whose = _id(asked)
    ours = members.list_members(asked.registry, on=asked.on, org=whose)
    here = movements.list_movements(asked.registry, on=asked.on, org=whose, direction=Direction.IN)
    return {"members": len(ours), "guests": len(here)}


def _away(asked: Asked) -> Figures:
    away: Sequence[Away] = ledger.away(
        asked.registry, on=asked.on, settings=settings.load(asked.registry), org=_id(asked)
    )
    scopes = [person.scope for person in away]
    due = sum(person.card_due for person in away)
    held = sum(person.card_held for person in away)
    return {
        "away": len(away),
        **{f"away_{scope}": scopes.count(scope) for scope in SCOPES},
        "away_over_threshold": sum(person.over for person in away),
        "cards_due": due,
        "cards_held": held,
        "card_rate": held / due if due else None,
    }


def _survey(asked: Asked) -> Figures:
    begun: list[Round] = [
        r for r in surveys.list_rounds(asked.registry) if r.since <= asked.on.isoformat()
    ]
    if not begun:
        return {
            "survey_round": None,
            "survey_frame": 0,
            "survey_coverage": None,
            "survey_interviewed": None,
            "survey_teams": 0,
        }
    latest = begun[0]
    whole = progress(asked.registry, latest, org=asked.org, on=asked.on).whole
    teams = frames.list_teams(asked.registry, latest.id)
    return {
        "survey_round": latest.name,
        "survey_frame": whole.frame,
        "survey_coverage": whole.coverage,
        "survey_interviewed": whole.interviewed,
        "survey_teams": sum(_works(team.since, team.until, asked.on) for team in teams),
    }


def _works(since: str, until: str | None, on: date) -> bool:
    return since <= on.isoformat() and (until is None or on.isoformat() < until)


def _contacts(asked: Asked) -> Figures:
    owed = contacts.owed(asked.registry, on=asked.on, org=_id(asked))
    pairs = contacts.list_pairs(asked.registry, on=asked.on, org=_id(asked))
    reached = sum(not one.owed for one in owed)
    return {
        "contacted_this_month": reached,
        "contacts_owed": len(owed) - reached,
        "contact_attempts": sum(one.attempts for one in owed),
        "contact_pairs": len(pairs),
    }


def _aid(asked: Asked) -> Figures:
    everything = aid.list_grants(asked.registry, on=asked.on, org=_id(asked))
    grants = [grant for grant in everything if grant.reversed_on is None]
    return {
        "aid_recipients": len({grant.member_id for grant in grants}),
        "aid_grants": len(grants),
        "aid_allocated_fen": _allocated(grants),
        "aid_paid_fen": sum(grant.paid_fen for grant in grants),
        **{
            f"aid_{purpose}_fen": _allocated([g for g in grants if g.purpose == purpose])
            for purpose in Purpose
        },
        **{f"aid_{kind}_grants": sum(g.kind == kind for g in grants) for kind in Kind},
    }


def _allocated(grants: Sequence[Grant]) -> int:
    return sum(grant.committed_fen for grant in grants)


def _places(asked: Asked) -> Figures:
    alive = orgs.list_orgs(asked.registry, on=asked.on)
    if asked.org is not None:
        below = orgs.subtree(asked.registry, asked.org.id)
        alive = [org for org in alive if org.id in below]
    kinds = [org.kind for org in alive]
    return {
        "branches": kinds.count(OrgKind.BRANCH),
        "service_centres": kinds.count(OrgKind.SERVICE_CENTRE),
        "service_points": kinds.count(OrgKind.SERVICE_POINT),
        "groups": kinds.count(OrgKind.GROUP),
    }
