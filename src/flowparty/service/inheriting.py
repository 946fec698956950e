"""Records that go on under another owner: what a town kept for a village, what came anew.

The town's own members in a branch of the office that now sends them itself become that office's,
with what they have here. Where the owner removed a record that we had changed, or on which
something of ours hangs, people decide.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from flowparty.domain import succession
from flowparty.repository import conflicts, incoming
from flowparty.service.numbering import local_values
from flowparty.service.plans import OneSided

if TYPE_CHECKING:
    from collections.abc import Mapping

    from flowparty.repository.registry import Registry
    from flowparty.service.plans import Plan, Row

_HOLDERS = {"member_state": "member", "movement": "member", "card": "member", "contact": "member",
            "card_event": "card"}  # fmt: skip
"""The table of the person or card that a record is about."""
_NEVER_REMOVED = frozenset({"contact"})
"""Tables of which a package carries the latest row only: what is not in it is not gone."""


def inherited(
    registry: Registry, found: Plan, entity: str, rows: list[Row], gone: list[Row]
) -> dict[str, Row]:
    """Which of our records go on as which new ones, by the UUID of the new one.

    What is left over and cannot go silently is noted in the plan.

    Args:
        registry: where; only read.
        found: the plan so far; the tables before this one are judged.
        entity: the table.
        rows: all that came of it.
        gone: records of the sender's that did not come any more.
    """
    new = [row for row in rows if row["uuid"] not in found.numbers[entity]]
    if entity == "member":
        return _people(registry, found, new, gone)
    if entity not in _HOLDERS:
        return {}
    others = _others(registry, found, entity)
    if not others and not gone:
        found.kept[entity] = set()
        return {}
    theirs = [{**row, **local_values(found, row)} for row in rows]
    fresh = {row["uuid"] for row in new}
    heirs = succession.heirs(
        entity, [row for row in theirs if row["uuid"] in fresh], [*others, *gone]
    )
    taken = {row["id"] for row in heirs.values()}
    removed = [] if entity in _NEVER_REMOVED else [r for r in gone if r["id"] not in taken]
    left = [
        *_disturbed(registry, found, entity, removed),
        *_against(found, entity, [row for row in others if row["id"] not in taken], theirs),
    ]
    holders = incoming.holders(registry, entity, (row["id"] for row in left))
    found.one_sided += [
        OneSided(entity, row, holders[row["id"]])
        for row in left
        if row["uuid"] not in found.open_records
    ]
    return heirs


def _people(registry: Registry, found: Plan, new: list[Row], gone: list[Row]) -> dict[str, Row]:
    """Members who came under a new UUID and stand here under another: the owner's, or the town's.

    The town's own go over only from a branch that lies in the sender's area.
    """
    tree = incoming.org_tree(registry)
    ours = {
        row["id_number"]: row
        for row in incoming.own_members(registry, (row["id_number"] for row in new))
        if lies_in(tree, row["branch"], found.area)
    }
    before = {row["id_number"]: row for row in gone}
    heirs = {}
    for row in new:
        for book in (before, ours):
            one = book.get(row["id_number"])
            if one is not None and succession.person_goes_on(one, row):
                heirs[row["uuid"]] = one
                break
    found.adopted = {r["id"] for r in heirs.values() if r["office"] not in found.offices}
    return heirs


def lies_in(tree: Mapping[int, tuple[str | None, int | None]], org: int | None, area: str) -> bool:
    """Whether an organization, or the nearest above it that has a division, lies in an area."""
    while org is not None:
        division, org = tree[org]
        if division is not None:
            return division.startswith(area)
    return False


def _others(registry: Registry, found: Plan, entity: str) -> list[Row]:
    """Records of ours about people who are the sender's from now on; of dated values, all."""
    rows = incoming.of_others(registry, entity, found.offices, found.adopted)
    if entity == "member_state":
        rows += incoming.states_of_others(registry, found.offices)
    return rows


def _disturbed(registry: Registry, found: Plan, entity: str, gone: list[Row]) -> list[Row]:
    """Of the records that are gone: those we changed, and those on which something of ours hangs.

    A changed one is given with our values, also where the owner's had been written over them. A
    card has its events with it: they are part of it and none of them is given by itself.
    """
    hung = incoming.hung_on(registry, entity, (row["id"] for row in gone), found.offices)
    found.kept[entity] = hung
    cards = {row_id for table, row_id, _ in found.deletes if table == "card"}
    disturbed = []
    for row in gone:
        if row.get("card_id") in cards:
            continue
        ours, edited = _in_our_words(registry, found, entity, row)
        if entity == "card":
            events = [
                _in_our_words(registry, found, "card_event", event)
                for event in incoming.events_of(registry, row["id"])
            ]
            ours["events"] = [event for event, _ in events]
            edited = edited or any(changed for _, changed in events)
        if row["id"] in hung or edited:
            disturbed.append({**ours, **incoming.cards_named(registry, row)})
    return disturbed


def _in_our_words(registry: Registry, found: Plan, entity: str, row: Row) -> tuple[Row, bool]:
    """A row with what we say of it, and whether somebody here changed it."""
    said = conflicts.our_words(
        registry, entity, row["id"], found.undecided.get((entity, row["id"]), {})
    )
    edited = bool(said) or incoming.as_received(registry, entity, row["id"]) is not None
    return {**row, **said}, edited


def _against(found: Plan, entity: str, left: list[Row], theirs: list[Row]) -> list[Row]:
    """Records of ours about adopted people that speak against the owner's book; they stay.

    Dated values typed here later about people who were the owner's all along are not among them.
    """
    holder = f"{_HOLDERS[entity]}_id"
    about: dict[int, list[Row]] = {}
    for row in theirs:
        about.setdefault(row[holder], []).append(row)
    return [
        row
        for row in left
        if row.get("member_id", -1) in found.adopted | {-1}
        and succession.contradicts(entity, row, about.get(row[holder], []))
    ]
