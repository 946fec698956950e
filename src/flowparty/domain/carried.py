"""Last month's people carried forward to this month by what happened in between, by name.

The other way to a month's figure: the returns ask who is away at the end of a day, this asks of
each person what fact is dated between the two cut-offs; who has none stands as before. So a figure
that no coming and going explains shows, and whose it is.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from flowparty.domain.ids import MemberId
from flowparty.domain.members import ours_on
from flowparty.domain.movements import NEVER_ARRIVED, at_once, open_on, ours_by

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    Row = Mapping[str, Any]

_FIRST = "-01-01"
"""What makes a day of a month or a year: facts known so far count from its first day."""


@dataclass(frozen=True, slots=True)
class Facts:
    """The rows that say who is away and where they belong, as they were known at one time.

    ``wanted`` are the branches asked for; None: all, and also who has none.
    """

    members: dict[MemberId, Row]
    movements: dict[MemberId, list[Row]]
    branches: dict[MemberId, list[Row]]
    memberships: dict[MemberId, list[Row]]
    wanted: Collection[int] | None

    def away(self, member: MemberId, day: str) -> bool:
        """Whether somebody of ours is away at the end of a day and belongs there."""
        row = self.members[member]
        if row["guest"] or (row["ended_on"] is not None and row["ended_on"] <= day):
            return False
        if not ours_on(self.memberships.get(member, ()), day):
            return False
        standing = any(not undone for undone in self._open(member, day))
        return standing and self._belongs(member, day)

    def _open(self, member: MemberId, day: str) -> Iterator[bool]:
        """Of each movement open at the end of a day, whether another one undoes it."""
        moves = self.movements.get(member, ())
        for move in moves:
            if open_on(move["left_on"], move["ended_on"], day):
                yield _undone(move, moves, day)

    def _belongs(self, member: MemberId, day: str) -> bool:
        if self.wanted is None:
            return ours_by(self.branches.get(member, ()), day)
        return self.branch_on(member, day) in self.wanted

    def branch_on(self, member: MemberId, day: str) -> int | None:
        """The branch somebody has at the end of a day; None: none."""
        held = [row for row in self.branches.get(member, ()) if row["since"] <= day]
        latest = max(held, key=lambda row: str(row["since"]), default=None)
        return None if latest is None else latest["org_id"]

    def happened(self, member: MemberId, since: str, on: str) -> bool:
        """Whether a fact that counts is dated after ``since``, up to ``on``.

        Or whether they contradict each other: then no figure, this month's or last, is explained.
        """
        if any(self._open(member, on)):
            return True
        days = [self.members[member]["ended_on"]]
        for move in self.movements.get(member, ()):
            left = move["left_on"]
            days += [left and left + _FIRST[len(left) - len("2026") :], move["ended_on"]]
        belonged = sorted(str(row["since"]) for row in self.branches.get(member, ()))
        days += [str(row["since"]) for row in self.memberships.get(member, ())]
        days += belonged if self.wanted is not None else belonged[:1]
        return any(day is not None and since < day <= on for day in days)


def _undone(move: Row, moves: Iterable[Row], day: str) -> bool:
    """Whether another movement in the same time was over by a day: whoever came home is home.

    Nothing records such a pair any more, but what stands in the records is not refused for it.
    """
    life = move["left_on"], move["ended_on"]
    return any(
        other is not move
        and other["ended_on"] is not None
        and other["ended_on"] <= day
        and other["outcome"] not in NEVER_ARRIVED
        and at_once(life, (other["left_on"], other["ended_on"]))
        for other in moves
    )


def facts(
    members: Iterable[Row],
    movements: Iterable[Row],
    states: Iterable[Row],
    wanted: Collection[int] | None,
) -> Facts:
    """Gather the rows by member: movements away, the branches and dated memberships of each."""
    out = [row for row in movements if row["direction"] == "out"]
    dated: dict[str, list[Row]] = {"branch": [], "membership": []}
    for row in states:
        if row["attribute"] in dated:
            dated[row["attribute"]].append(row)
    return Facts(
        {MemberId(row["id"]): row for row in members},
        _by_member(out),
        _by_member(dated["branch"]),
        _by_member(dated["membership"]),
        wanted,
    )


def _by_member(rows: Sequence[Row]) -> dict[MemberId, list[Row]]:
    found: dict[MemberId, list[Row]] = {}
    for row in rows:
        found.setdefault(row["member_id"], []).append(row)
    return found


def opening(found: Facts, on: str) -> set[MemberId]:
    """Who is away on a day by the facts: where no frozen figure says who was."""
    return {member for member in found.members if found.away(member, on)}


def carried(
    before: Collection[MemberId],
    corrected: Collection[MemberId],
    found: Facts,
    *,
    since: str,
    on: str,
) -> set[MemberId]:
    """Who must stand in this month's figure.

    Args:
        before: who stands in last month's.
        corrected: of whom last month's figure was corrected; the facts say how.
        found: the facts as this month's figure knew them.
        since: last month's cut-off.
        on: this month's.
    """
    standing = set(before)
    for member in found.members:
        for turned, day in ((member in corrected, since), (found.happened(member, since, on), on)):
            if turned:
                (standing.add if found.away(member, day) else standing.discard)(member)
    return standing
