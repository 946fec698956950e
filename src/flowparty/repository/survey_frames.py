"""Who a round is to reach, and which team's work each branch is."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from flowparty.domain.errors import NotFound
from flowparty.domain.ids import PersonId, TeamId
from flowparty.domain.surveys import Person, Team

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from flowparty.domain.ids import MemberId, OrgId, RoundId
    from flowparty.repository.registry import Registry

_PEOPLE = """
    SELECT p.id, p.member_id, m.name AS member, p.branch_id, b.name AS branch, t.id AS team_id,
        t.name AS team, s.outcome,
        coalesce(s.attempts, 0) AS attempts
    FROM survey_person p JOIN member m ON m.id = p.member_id JOIN org b ON b.id = p.branch_id
    LEFT JOIN survey_team_branch tb ON tb.round_id = p.round_id AND tb.org_id = p.branch_id
    LEFT JOIN survey_team t ON t.id = tb.team_id
    LEFT JOIN survey_sheet s ON s.id =
        (SELECT max(x.id) FROM survey_sheet x WHERE x.person_id = p.id AND x."on" <= :day)
    WHERE p.round_id = :round AND p.dropped_on IS NULL
"""


def add_person(
    registry: Registry, the_round: RoundId, member: MemberId, branch: OrgId, source: str
) -> PersonId:
    """Put somebody into the frame; somebody dropped before comes back."""
    dropped = registry.row(
        "SELECT id FROM survey_person WHERE round_id = :round AND member_id = :member",
        round=the_round,
        member=member,
    )
    if dropped is not None:
        back = {"dropped_on": None, "drop_note": None, "branch_id": branch, "source": source}
        registry.update("survey_person", dropped["id"], back)
        return PersonId(dropped["id"])
    values = {"round_id": the_round, "member_id": member, "branch_id": branch, "source": source}
    return PersonId(registry.insert("survey_person", values))


def drop_person(registry: Registry, person: PersonId, on: date, note: str) -> None:
    """Take somebody out of the frame, with the reason; the record stays."""
    registry.update("survey_person", person, {"dropped_on": on.isoformat(), "drop_note": note})


_FOREVER = "9999-12-31"


def people(
    registry: Registry,
    the_round: RoundId,
    *,
    org: OrgId | None = None,
    on: date | None = None,
    missing: bool = False,
) -> list[Person]:
    """The frame with what came of each person so far (or by a day), by branch and name.

    ``missing``: only those without any outcome.
    """
    below = (
        ""
        if org is None
        else " AND p.branch_id IN (WITH RECURSIVE t (id) AS (SELECT :org UNION SELECT org.id"
        " FROM org JOIN t ON org.parent_id = t.id) SELECT id FROM t)"
    )
    unknown = " AND s.id IS NULL" if missing else ""
    rows = registry.rows(
        f"{_PEOPLE}{below}{unknown} ORDER BY p.branch_id, m.name, m.id",
        round=the_round,
        org=org,
        day=_FOREVER if on is None else on.isoformat(),
    )
    return [Person(**dict(row)) for row in rows]


def person(registry: Registry, the_round: RoundId, member: MemberId) -> Person | None:
    """One member's place in the frame, or None."""
    row = registry.row(
        f"{_PEOPLE} AND p.member_id = :member", round=the_round, member=member, day=_FOREVER
    )
    return None if row is None else Person(**dict(row))


def add_team(
    registry: Registry,
    the_round: RoundId,
    name: str,
    members: Sequence[str],
    branches: Sequence[OrgId],
    since: date,
) -> TeamId:
    """Record a team with its people and branches.

    Raises:
        Conflict: a branch is another team's work already.
    """
    team = TeamId(
        registry.insert(
            "survey_team",
            {
                "round_id": the_round,
                "name": name,
                "members": json.dumps(list(members), ensure_ascii=False),
                "since": since.isoformat(),
            },
        )
    )
    for branch in branches:
        registry.insert(
            "survey_team_branch", {"round_id": the_round, "team_id": team, "org_id": branch}
        )
    return team


def end_team(registry: Registry, team: TeamId, on: date) -> None:
    """End a team's work; its branches are free for another team."""
    registry.update("survey_team", team, {"until": on.isoformat()})
    for row in registry.rows("SELECT id FROM survey_team_branch WHERE team_id = :id", id=team):
        registry.delete("survey_team_branch", row["id"])


def team_of(registry: Registry, the_round: RoundId, branch: OrgId) -> str | None:
    """The name of the team whose work a branch is."""
    row = registry.row(
        "SELECT t.name FROM survey_team_branch tb JOIN survey_team t ON t.id = tb.team_id"
        " WHERE tb.round_id = :round AND tb.org_id = :branch",
        round=the_round,
        branch=branch,
    )
    return None if row is None else str(row["name"])


def list_teams(registry: Registry, the_round: RoundId) -> list[Team]:
    """The teams of a round."""
    rows = registry.rows(
        "SELECT t.id, t.name, t.members, t.since, t.until, group_concat(b.name, '\n') AS branches"
        " FROM survey_team t LEFT JOIN survey_team_branch tb ON tb.team_id = t.id"
        " LEFT JOIN org b ON b.id = tb.org_id WHERE t.round_id = :round"
        " GROUP BY t.id ORDER BY t.id",
        round=the_round,
    )
    return [
        Team(
            TeamId(row["id"]),
            row["name"],
            tuple(json.loads(row["members"])),
            tuple((row["branches"] or "").splitlines()),
            row["since"],
            row["until"],
        )
        for row in rows
    ]


def team_named(registry: Registry, the_round: RoundId, name: str) -> Team:
    """One team by its name.

    Raises:
        NotFound: no such team in the round.
    """
    for team in list_teams(registry, the_round):
        if team.name == name.strip():
            return team
    raise NotFound("survey_team_not_found", value=name)
