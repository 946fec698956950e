"""Which record of one book goes on as which record of another: one person's facts, kept twice.

A town keeps a village's book until the village has a registry of its own; an office may also remove
a record and give the same fact anew. Both times the fact is one, and what hangs on it must stay.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class _Pass:
    """One way to pair records: by equal fields, where the two may stand for each other."""

    fields: tuple[str, ...]
    fits: Callable[[Row, Row], bool] = lambda _ours, _theirs: True


def _open(column: str) -> Callable[[Row, Row], bool]:
    return lambda ours, theirs: ours[column] is None and theirs[column] is None


def _not_reopened(column: str) -> Callable[[Row, Row], bool]:
    return lambda ours, theirs: ours[column] is None or theirs[column] is not None


_ONCE = frozenset({"issue", "lost", "reissue", "hand_in", "void"})
"""What happens to a card at most once: the same event although the days differ."""

_PASSES: dict[str, tuple[_Pass, ...]] = {
    "member_state": (_Pass(("member_id", "attribute", "since")),),
    # A closed record is taken for an open one last: by then no other open one of ours is left,
    # and a person has at most one.
    "movement": (
        _Pass(("member_id", "direction", "left_on"), _not_reopened("ended_on")),
        _Pass(("member_id", "direction"), _open("ended_on")),
        _Pass(("member_id", "direction", "left_on")),
    ),
    "card": (
        _Pass(("member_id", "number"), _not_reopened("closed_on")),
        _Pass(("member_id",), _open("closed_on")),
        _Pass(("member_id", "number")),
    ),
    "card_event": (
        _Pass(("card_id", "kind", "on")),
        _Pass(("card_id", "kind"), lambda ours, _: ours["kind"] in _ONCE),
    ),
    "contact": (
        _Pass(("member_id", "on", "method"), lambda ours, _: ours["outcome"] == "reached"),
    ),
}  # fmt: skip


def heirs(entity: str, new: Iterable[Row], candidates: Sequence[Row]) -> dict[str, Row]:
    """Which of our records each new record goes on as.

    Args:
        entity: the table.
        new: records that came, with our numbers for the person or the card.
        candidates: records of ours that nobody has claimed.

    Returns:
        Our record by the UUID of the new one; each of ours at most once.
    """
    arrived = list(new)
    found: dict[str, Row] = {}
    taken: set[int] = set()
    for way in _PASSES.get(entity, ()):
        ours_by: dict[tuple[Any, ...], list[Row]] = {}
        for ours in candidates:
            if ours["id"] not in taken:
                ours_by.setdefault(tuple(ours[name] for name in way.fields), []).append(ours)
        for theirs in arrived:
            alike = ours_by.get(tuple(theirs[name] for name in way.fields), [])
            one = next((o for o in alike if o["id"] not in taken and way.fits(o, theirs)), None)
            if one is not None and theirs["uuid"] not in found:
                found[theirs["uuid"]] = one
                taken.add(one["id"])
    return found


_ADDS = {
    "member": frozenset({"birth_date", "ethnicity", "education", "joined_on", "full_member_on",
                         "mobile", "post", "remark"}),
    "movement": frozenset({"occupation", "host_org", "host_contact", "host_phone"}),
}  # fmt: skip


def adds(entity: str, field: str) -> bool:
    """Whether a value of ours adds to what the owner leaves empty, and so contradicts nothing.

    An empty end of a movement says "not over", which is a word against ours; an empty phone is not.
    """
    return field in _ADDS.get(entity, ())


_TOGETHER = {
    "member": (frozenset({"ended_on", "end_reason"}),),
    "movement": (
        frozenset({"ended_on", "outcome"}),
        frozenset({"destination_code", "destination_text"}),
    ),
}


def said_together(entity: str, fields: Iterable[str]) -> set[str]:
    """These fields and those that are one word with them: an end and its day, a place's two names.

    A place is a code and the words for it: one of them from each office would be a place nobody
    named.
    """
    wanted = set(fields)
    groups = (group for group in _TOGETHER.get(entity, ()) if group & wanted)
    return wanted.union(*groups)


def person_goes_on(ours: Mapping[str, Any], theirs: Mapping[str, Any]) -> bool:
    """Whether two records with one identity number are one membership: not an ended one of ours."""
    return (
        ours["id_number"] == theirs["id_number"]
        and ours["guest"] == theirs["guest"]
        and (ours["ended_on"] is None or theirs["ended_on"] is not None)
    )


def contradicts(entity: str, ours: Row, theirs: Sequence[Row]) -> bool:
    """Whether a record of ours that nothing came for says something else than what came.

    Args:
        entity: the table.
        ours: our record.
        theirs: what came of the same table about the same person or card, with our numbers.
    """
    if entity == "movement":
        return ours["ended_on"] is None
    if entity == "card":
        return ours["closed_on"] is None
    if entity == "card_event":
        return ours["kind"] in _ONCE
    return entity == "member_state" and _outspoken(ours, theirs)


def _outspoken(ours: Row, theirs: Sequence[Row]) -> bool:
    """A dated value that would hold against the owner's from its day on."""
    said = [row for row in theirs if row["attribute"] == ours["attribute"]]
    before = [row for row in said if row["since"] <= ours["since"]]
    if said and not before:
        return False
    value = max(before, key=lambda row: str(row["since"]), default=None)
    return value is None or (value["org_id"], value["code"]) != (ours["org_id"], ours["code"])
