"""One person, or one card number, in two offices: found, and ended where it solved itself."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from flowparty.domain.canonical import canonical
from flowparty.domain.members import stretches
from flowparty.repository import conflicts
from flowparty.repository.members import OURS_SINCE

if TYPE_CHECKING:
    from flowparty.repository.conflicts import MergeConflict
    from flowparty.repository.registry import Registry

_ENTITY = {"person": "member", "card": "card"}
KINDS = tuple(_ENTITY)
_PAIR = "SELECT DISTINCT min(a.id, b.id) AS first, max(a.id, b.id) AS second"
_HERE = "IN (SELECT value FROM json_each(:offices))"
_LIVING = "a.guest = 0 AND b.guest = 0 AND a.ended_on IS NULL AND b.ended_on IS NULL"
_VALID = """NOT EXISTS (SELECT 1 FROM card_event e
        WHERE e.card_id IN (a.id, b.id) AND e.kind = 'void')"""
_WENT_ALONG = """EXISTS (SELECT 1 FROM member x JOIN member y ON y.id_number = x.id_number
        WHERE x.id = a.member_id AND y.id = b.member_id
        AND (x.ended_on IS NOT NULL OR y.ended_on IS NOT NULL)
        AND NOT EXISTS (SELECT 1 FROM merge_conflict k WHERE k.row_id IN (x.id, y.id)
            AND k.entity = 'member' AND k.field = 'ended_on' AND k.package = ''
            AND k.kept = 'ours'))"""
"""One card in both offices' books: its holder went from one to the other and took it along. Not so
where we ended one of the two memberships ourselves, because it never was."""
_DOUBLES = {
    "person": f"""{_PAIR} FROM member a
        JOIN member b ON b.id_number = a.id_number AND b.id <> a.id
        WHERE a.office {_HERE} AND {_LIVING}""",
    "card": f"""{_PAIR} FROM member m
        JOIN card a ON a.member_id = m.id JOIN card b ON b.number = a.number AND b.id <> a.id
        WHERE m.office {_HERE} AND {_VALID} AND NOT {_WENT_ALONG}""",
}
_STILL = {
    "person": f"a.id_number = b.id_number AND {_LIVING}",
    "card": f"a.number = b.number AND {_VALID} AND NOT {_WENT_ALONG}",
}
"""What makes a conflict of two rows; where it does not hold any more, nothing is left to settle."""
_SAID = {
    "person": """SELECT m.id, m.name, m.id_number AS number FROM member m
        WHERE m.id IN (SELECT value FROM json_each(:ids))""",
    "card": """SELECT c.id, c.number, m.name FROM card c JOIN member m ON m.id = c.member_id
        WHERE c.id IN (SELECT value FROM json_each(:ids))""",
}
"""What an office says of such a row: a decision holds as long as both go on saying it."""

Pair = tuple[int, int]


def untold(registry: Registry, kind: str, offices: list[str]) -> list[dict[str, Any]]:
    """The conflicts that rows of these offices make and that stand nowhere yet, as recorded.

    A pair is told again after its conflict solved itself, or when one of the two says something
    else than it did when the conflict was settled.
    """
    rows = registry.rows(_DOUBLES[kind], offices=canonical(offices))
    pairs = sorted((row["first"], row["second"]) for row in rows)
    if not pairs:
        return []
    words, known = _words(registry, kind, pairs), _known(registry, kind)
    return [
        {"kind": kind, "entity": _ENTITY[kind], "row_id": pair[0], "other_id": pair[1],
         **words[pair]}
        for pair in pairs
        if pair not in known or known[pair] not in (None, words[pair])
    ]  # fmt: skip


def words_of(registry: Registry, found: MergeConflict) -> dict[str, Any]:
    """What both say now of the rows of a conflict that is about to be settled."""
    pair = (found.row_id, int(found.other_id or 0))
    return _words(registry, found.kind, [pair])[pair]


def _words(registry: Registry, kind: str, pairs: list[Pair]) -> dict[Pair, dict[str, Any]]:
    ids = canonical(sorted({one for pair in pairs for one in pair}))
    said = {row["id"]: dict(row) for row in registry.rows(_SAID[kind], ids=ids)}
    return {pair: {"ours": said.get(pair[0]), "theirs": said.get(pair[1])} for pair in pairs}


def _known(registry: Registry, kind: str) -> dict[Pair, dict[str, Any] | None]:
    """The pairs that are a conflict: None while it is open, else what was said at its end."""
    return {
        (row["row_id"], row["other_id"]): None
        if row["settled_on"] is None
        else {side: json.loads(row[side] or "null") for side in ("ours", "theirs")}
        for row in registry.rows(
            "SELECT row_id, other_id, ours, theirs, settled_on FROM merge_conflict"
            " WHERE kind = :kind AND kept IS NOT 'moot' ORDER BY id",
            kind=kind,
        )
    }


def told_apart(registry: Registry) -> frozenset[frozenset[int]]:
    """The pairs of members of whom it was settled last that they are two people."""
    rows = registry.rows(
        "SELECT row_id, other_id, kept FROM merge_conflict WHERE kind = 'person' ORDER BY id"
    )
    last = {frozenset((row["row_id"], row["other_id"])): row["kept"] for row in rows}
    return frozenset(pair for pair, kept in last.items() if kept == "both")


_RECORDS = f"""SELECT m.id, m.ended_on, {OURS_SINCE} AS since,
        (SELECT json_group_array(json_array(s.since, s.code)) FROM member_state s
            WHERE s.member_id = m.id AND s.attribute = 'membership') AS memberships
    FROM member m WHERE m.guest = 0
        AND m.id_number = (SELECT id_number FROM member WHERE id = :member)"""


def records_of(registry: Registry, member: int) -> dict[int, list[tuple[str, str | None]]]:
    """Every record of the person a member is, living or ended, by the identity number.

    Of each the stretches of days on which it was ours. Who was told apart from the member is
    another person.
    """
    apart = told_apart(registry)
    return {
        row["id"]: stretches(row["since"], json.loads(row["memberships"]), row["ended_on"])
        for row in registry.rows(_RECORDS, member=member)
        if frozenset((row["id"], member)) not in apart
    }


def end_solved(registry: Registry, on: str) -> None:
    """End what solved itself: a membership has ended, one of two cards is gone or void."""
    for kind, entity in _ENTITY.items():
        for row in registry.rows(
            f"SELECT k.id FROM merge_conflict k WHERE k.kind = :kind AND k.settled_on IS NULL"
            f" AND NOT EXISTS (SELECT 1 FROM {entity} a, {entity} b"
            f" WHERE a.id = k.row_id AND b.id = k.other_id AND {_STILL[kind]})",
            kind=kind,
        ):
            conflicts.end(registry, row["id"], on=on)
