"""Who is meant: a member by identity number, card number, M12, name, initials or phone tail."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from flowparty.domain.errors import NotFound
from flowparty.domain.identity import from_15
from flowparty.domain.ids import MemberId
from flowparty.domain.text import name_key
from flowparty.repository import members
from flowparty.repository.members import state_on
from flowparty.repository.orgs import SUBTREE

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from flowparty.domain.ids import OrgId
    from flowparty.domain.members import Member
    from flowparty.repository.registry import Registry

_CANDIDATES = 20

_WITHIN = (
    f"{SUBTREE}SELECT f.id FROM ({{found}}) f"
    f" WHERE {state_on('branch', 'org_id', 'f.id')} IN (SELECT id FROM subtree)"
    " ORDER BY f.id LIMIT :most"
)
"""A reading kept to the members of one organization."""


def find_members(
    registry: Registry,
    text: str,
    *,
    on: date,
    org: OrgId | None = None,
    limit: int | None = None,
) -> list[Member]:
    """Everybody whom ``text`` may mean, best reading first; an empty list if nobody.

    With ``org``, only members of it and of those below it on that day are looked at.

    The readings in order: ``M12``, identity number (15 or 18), card number, whole name, initials,
    phone or its last four digits, part of a name. The first reading that finds somebody wins.
    """
    most = -1 if limit is None else limit
    for sql, value in _readings(text.strip()):
        rows = registry.rows(
            f"{sql} ORDER BY id LIMIT :most" if org is None else _WITHIN.format(found=sql),
            value=value,
            most=most,
            day=on.isoformat(),
            org=org,
        )
        if rows:
            return members.select(registry, [MemberId(row["id"]) for row in rows], on=on)
    return []


def one_member(registry: Registry, text: str, *, on: date) -> Member:
    """The one member whom ``text`` means.

    Raises:
        NotFound: nobody, or several (``candidates`` lists them as ``M12 name branch``).
    """
    found = find_members(registry, text, on=on, limit=_CANDIDATES + 1)
    if len(found) == 1:
        return found[0]
    if not found:
        raise NotFound("member_not_found", value=text)
    raise NotFound("member_ambiguous", value=text, candidates=candidates(found))


def candidates(found: Sequence[Member]) -> list[str]:
    """People among whom somebody must choose, as ``M12 name branch``; the first twenty."""
    return [f"{m.label} {m.name} {m.branch or ''}".rstrip() for m in found[:_CANDIDATES]]


def _readings(text: str) -> list[tuple[str, str]]:
    key = name_key(text)
    readings = []
    if found := re.fullmatch(r"[Mm]([0-9]+)", text):
        readings.append(("SELECT id FROM member WHERE id = CAST(:value AS INTEGER)", found[1]))
    if re.fullmatch(r"[0-9]{17}[0-9Xx]", text):
        readings.append(("SELECT id FROM member WHERE id_number = :value", text.upper()))
    if re.fullmatch(r"[0-9]{15}", text):
        readings.append(("SELECT id FROM member WHERE id_number = :value", from_15(text)))
    readings.append(("SELECT member_id AS id FROM card WHERE number = :value", text))
    readings.append(("SELECT id FROM member WHERE name_key = :value", key))
    if re.fullmatch(r"[a-z]+", key):
        readings.append(("SELECT id FROM member WHERE initials = :value", key))
    if re.fullmatch(r"[0-9]{4}", text):
        readings.append(("SELECT id FROM member WHERE substr(mobile, -4) = :value", text))
    if re.fullmatch(r"[0-9+-]{7,}", text):
        readings.append(("SELECT id FROM member WHERE :value IN (mobile, landline)", text))
    if words := " ".join(character for character in key if character.isalnum()):
        readings.append(
            (
                "SELECT rowid AS id FROM member_search WHERE member_search MATCH :value",
                f'"{words}"',
            )
        )
    return readings
