"""Who made a fact of a closed month read otherwise: found among the changes of its people's rows.

A row says certain facts of its member on a day. The change that explains a correction is the one
before which its row said something else of that very fact than after it; a change of another field,
or of a row that does not speak of that day, explains nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from flowparty.domain.cards import Kind
from flowparty.domain.corrections import AWAY, event_fact
from flowparty.domain.members import OURS
from flowparty.domain.movements import State, open_on

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from flowparty.domain.ids import MemberId

    Row = Mapping[str, Any]
    Said = dict[str, tuple[str, object]]

FIRST = "first"
"""What a branch of a member has beside its columns where nobody knows an earlier one: since then
the member is ours, and counts as away."""

_OF_MOVEMENT = (
    "destination_code", "destination_text", "reason", "occupation", "fixed_place",
)  # fmt: skip
_OF_MEMBER = (
    "name", "sex", "ethnicity", "id_number", "birth_date", "education", "joined_on",
    "full_member_on",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class RowChange:
    """One row touched by one command: whose it is, who did it and why, its values around it.

    ``before`` is None for a new row, ``after`` for a removed one, either where it was erased.
    """

    seq: int
    at: str
    by: str
    command: str
    why: str | None
    entity: str
    member_id: MemberId
    before: Row | None
    after: Row | None

    def touched(self, day: str) -> dict[str, str]:
        """The facts of a day of which it made the row say something else.

        Of several rows that speak of one fact the latest decides; the value is since when the
        row speaks.
        """
        was, is_ = said(self.entity, self.before, day), said(self.entity, self.after, day)
        return {
            fact: max(one[fact][0] for one in (was, is_) if fact in one)
            for fact in was.keys() | is_.keys()
            if was.get(fact) != is_.get(fact)
        }


def said(entity: str, row: Row | None, day: str) -> Said:
    """What a row says of its member on a day: by fact since when, and what."""
    return {} if row is None else _READERS[entity](row, day)


def _movement(row: Row, day: str) -> Said:
    left = row["left_on"]
    if row["outcome"] == State.ONWARD and row["ended_on"] <= day:
        return {"left": ("", left), "over": ("", left)}
    if row["direction"] != "out" or not open_on(left, row["ended_on"], day):
        return {}
    return {AWAY: ("", True), "left": ("", left), "over": ("", left)} | {
        name: ("", row[name]) for name in _OF_MOVEMENT
    }


def _member(row: Row, day: str) -> Said:
    of_ours = not row["guest"] and (row["ended_on"] is None or row["ended_on"] > day)
    return {AWAY: ("", of_ours)} | {name: ("", row[name]) for name in _OF_MEMBER}


def _member_state(row: Row, day: str) -> Said:
    if row["since"] > day:
        return {}
    if row["attribute"] == "membership":
        return {AWAY: (row["since"], row["code"] == OURS)}
    if row["attribute"] != "branch":
        return {}
    found: Said = {"branch_id": (row["since"], row["org_id"])}
    return found | {AWAY: ("", True)} if row.get(FIRST) else found


def _card(row: Row, day: str) -> Said:
    del day  # a card's number has none: its events do
    return {"card_number": ("", row["number"])}


def _card_event(row: Row, day: str) -> Said:
    on, kind = row["on"], row["kind"]
    if on > day:
        return {}
    found: Said = {event_fact(kind, on): ("", True)}
    if kind == Kind.VOID:  # on the day of its issue: the card never was one
        found[event_fact(Kind.ISSUE, on)] = (on, False)
    if kind == Kind.ISSUE:
        found["card_number"] = (on, row["card_id"])
    if kind == Kind.VERIFY:
        found["verified_on"] = (on, on)
    elif kind != Kind.REVIEW:
        found["card_state"] = (on, kind)
    return found


def _contact(row: Row, day: str) -> Said:
    counts = row["outcome"] == "reached" and row["on"] <= day
    return {"contacted_on": (row["on"], row["on"])} if counts else {}


_READERS: dict[str, Callable[[Row, str], Said]] = {
    "member": _member,
    "member_state": _member_state,
    "movement": _movement,
    "card": _card,
    "card_event": _card_event,
    "contact": _contact,
}
ENTITIES = tuple(_READERS)
"""The tables whose rows say what a return shows."""


def explanation(changes: Iterable[RowChange], fact: str, day: str) -> RowChange | None:
    """The change that made one member's fact of a day what it is; None: nothing says why.

    Args:
        changes: of this member's rows, in order.
        fact: ``Difference.fact``.
        day: ISO.
    """
    found = [(since, at, change) for at, change in enumerate(changes)
             if (since := change.touched(day).get(fact)) is not None]  # fmt: skip
    return max(found, key=lambda one: one[:2])[2] if found else None
