"""Everybody at once, for lists that come in: who is there, with what stands recorded of each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flowparty.domain.ids import MemberId, MovementId
from flowparty.domain.members import Attribute
from flowparty.domain.movements import State
from flowparty.repository.members import SINCE_EVER, stored_values
from flowparty.repository.search_words import index, words_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from flowparty.domain.members import NewMember
    from flowparty.repository.registry import Registry

Facts = dict[str, Any]

_STATES = """SELECT member_id, attribute, org_id, code FROM member_state
    WHERE since <= :day ORDER BY since"""

_STATE = ("member_id", "attribute", "org_id", "code", "since")
_OF_ORGS = (Attribute.BRANCH, Attribute.GROUP)


def everybody(registry: Registry, *, on: date) -> dict[MemberId, Facts]:
    """Every member's facts by column, with ``branch_id``, ``category`` and ``standing`` on a day.

    Values are shown in full: only for comparing with a list, never for printing.
    """
    found = {MemberId(row["id"]): dict(row) for row in registry.rows("SELECT * FROM member")}
    for facts in found.values():
        facts.update(branch_id=None, category=None, standing=None)
    for row in registry.rows(_STATES, day=on.isoformat()):
        name = "branch_id" if row["attribute"] == Attribute.BRANCH else row["attribute"]
        value = row["code"] if row["org_id"] is None else row["org_id"]
        found[MemberId(row["member_id"])][name] = value
    return found


def name_keys(registry: Registry) -> frozenset[str]:
    """The keys of all names recorded, be the membership over."""
    return frozenset(row["name_key"] for row in registry.rows("SELECT name_key FROM member"))


def open_movements(registry: Registry) -> dict[MemberId, Facts]:
    """Every open movement out by its member; where a guest came from is no list's of those away."""
    rows = registry.rows("SELECT * FROM movement WHERE ended_on IS NULL AND direction = 'out'")
    return {MemberId(row["member_id"]): dict(row) for row in rows}


def movements_of(registry: Registry, member: MemberId) -> list[Facts]:
    """Every movement of one member, by column; ``went_on``: it began by moving on from another."""
    rows = registry.rows("SELECT * FROM movement WHERE member_id = :id ORDER BY id", id=member)
    onward = {row["ended_on"] for row in rows if row["outcome"] == State.ONWARD}
    return [{**row, "went_on": row["left_on"] in onward} for row in rows]


def add_many(
    registry: Registry,
    people: Sequence[NewMember],
    states: Sequence[Mapping[Attribute, Any]],
) -> list[MemberId]:
    """Record many people with their dated values (since ever), by statements for all of them.

    Raises:
        Conflict: an identity number is there already.
    """
    rows = [{**stored_values(person), **words_of(person.name)} for person in people]
    members = [MemberId(number) for number in registry.insert_many("member", rows)]
    dated = [
        _state(member, attribute, value)
        for member, held in zip(members, states, strict=True)
        for attribute, value in held.items()
        if value is not None
    ]
    registry.insert_rows("member_state", _STATE, dated)
    index(registry, {m: person.name for m, person in zip(members, people, strict=True)})
    return members


def _state(member: MemberId, attribute: Attribute, value: Any) -> tuple[Any, ...]:
    """A dated value as ``_STATE`` names its columns."""
    if attribute in _OF_ORGS:
        return member, attribute.value, value, None, SINCE_EVER
    return member, attribute.value, None, value, SINCE_EVER


def add_movements(registry: Registry, rows: Sequence[Mapping[str, Any]]) -> list[MovementId]:
    """Record the beginnings of many movements."""
    return [MovementId(number) for number in registry.insert_many("movement", rows)]
