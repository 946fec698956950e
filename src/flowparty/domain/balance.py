"""From one month's people to the next, by name: who came into the figure, who left it, and how.

opening + went away + transferred in + corrected in
    = closing + came back + transferred out + ended + corrected out
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from flowparty.domain.ids import MemberId

INTO = ("went_away", "transferred_in", "corrected_in")
OUT_OF = ("came_back", "transferred_out", "ended", "corrected_out")


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody in a figure: number, name and branch as that figure has them."""

    member_id: MemberId
    name: str
    branch: str | None


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known now that tells why somebody stands in one figure and not in the other.

    ``away_then`` and ``away_now`` are those away on the two cut-off days wherever they belong: the
    person, also by the record of another office. ``here_then`` are those who belonged to the
    organization, ``ended`` those whose membership has ended by the second day, ``struck`` those of
    whom the later return says that the earlier one had them wrongly, ``here_now`` those away who
    belong to the organization on the second day.
    """

    away_then: frozenset[MemberId]
    here_then: frozenset[MemberId]
    away_now: frozenset[MemberId]
    ended: frozenset[MemberId]
    struck: frozenset[MemberId] = frozenset()
    here_now: frozenset[MemberId] = frozenset()


@dataclass(frozen=True, slots=True)
class Balance:
    """The people of both figures, and of every way between them."""

    opening: tuple[Person, ...]
    went_away: tuple[Person, ...]
    transferred_in: tuple[Person, ...]
    corrected_in: tuple[Person, ...]
    came_back: tuple[Person, ...]
    transferred_out: tuple[Person, ...]
    ended: tuple[Person, ...]
    corrected_out: tuple[Person, ...]
    closing: tuple[Person, ...]

    def parts(self) -> list[tuple[str, tuple[Person, ...]]]:
        """Every part by name, in the order of the sum."""
        return [(field.name, getattr(self, field.name)) for field in fields(self)]


def balance(
    opening: Mapping[MemberId, Person], closing: Mapping[MemberId, Person], facts: Facts
) -> Balance:
    """Put everybody who stands in one figure only under the way that led there.

    A person away at both cut-offs is in both figures, whatever lay between. A change that the
    figure before should have shown already is a correction of it; whoever was struck from it and
    stands in the later one all the same has gone away since. Who is away and here on both days did
    not leave: the later figure was frozen before anybody knew.
    """
    ways: dict[str, list[Person]] = {way: [] for way in (*INTO, *OUT_OF)}
    for member, person in closing.items():
        if member not in opening:
            ways[_into(member, facts)].append(person)
    for member, person in opening.items():
        if member not in closing:
            ways[_out_of(member, facts)].append(person)
        elif member in facts.struck:
            ways["corrected_out"].append(person)
            ways["went_away"].append(closing[member])
    return Balance(
        opening=tuple(opening.values()),
        closing=tuple(closing.values()),
        **{way: tuple(people) for way, people in ways.items()},
    )


def _into(member: MemberId, facts: Facts) -> str:
    if member in facts.here_then:
        return "corrected_in"
    return "transferred_in" if member in facts.away_then else "went_away"


def _out_of(member: MemberId, facts: Facts) -> str:
    if member not in facts.here_then or member in facts.here_now:
        return "corrected_out"
    if member in facts.away_now:
        return "transferred_out"
    return "ended" if member in facts.ended else "came_back"
