"""Groups that are missing, and service points nobody answers for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flowparty.domain.dates import PartialDate
from flowparty.domain.duties.duty import Ask, Duty, Kind
from flowparty.domain.groups import ungrouped
from flowparty.domain.orgs import OrgKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from flowparty.domain.groups import AwayTogether
    from flowparty.domain.orgs import Org


def group_missing(facts: Iterable[AwayTogether], on: date, group_size: int) -> Iterator[Duty]:
    """Where so many of one branch are away in one county and in no group: since the last left."""
    del on
    for one in ungrouped(facts, group_size):
        since = None if one.since is None else PartialDate.from_iso(one.since).first
        yield Duty(
            Kind.GROUP_MISSING,
            f"O{one.branch_id}",
            one.county,
            one.branch,
            one.branch,
            since,
            None,
            ("org", "join", Ask.GROUP, *(f"M{member}" for member in one.members)),
            {"people": "、".join(one.people), "county": one.county},
        )


def point_no_person(facts: Iterable[Org], on: date) -> Iterator[Duty]:
    """A service centre or point without anybody named: since it exists."""
    for one in facts:
        serves = one.kind in (OrgKind.SERVICE_CENTRE, OrgKind.SERVICE_POINT)
        if serves and one.lives_on(on) and not one.secretary:
            since = None if one.since is None else PartialDate.from_iso(one.since).first
            words = ("org", "edit", f"O{one.id}", "--secretary", Ask.NAME)
            yield Duty(
                Kind.POINT_NO_PERSON, f"O{one.id}", "", one.name, one.name, since, None, words
            )
