"""Members: their rows, and what they were on a day."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from flowparty.domain.dates import PartialDate
from flowparty.domain.errors import NotFound
from flowparty.domain.ids import MemberId, OrgId
from flowparty.domain.masking import Masked
from flowparty.domain.members import GUEST, OURS, Attribute, Member
from flowparty.repository.orgs import SUBTREE
from flowparty.repository.search_words import index, index_again, words_of

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Mapping
    from datetime import date

    from flowparty.domain.members import NewMember
    from flowparty.repository.registry import Registry

SINCE_EVER = ""
"""The beginning of a dated value whose day nobody gave: it holds for every earlier day too."""


def state_on(attribute: str, column: str, member: str = "m.id") -> str:
    """SQL for the value a member has of one dated attribute on ``:day``."""
    return (
        f"(SELECT s.{column} FROM member_state s WHERE s.member_id = {member}"
        f" AND s.attribute = '{attribute}' AND s.since <= :day ORDER BY s.since DESC LIMIT 1)"
    )


OURS_SINCE = """coalesce((SELECT min(s.since) FROM member_state s
    WHERE s.member_id = m.id AND s.attribute = 'branch'), '')"""
"""SQL: the first day on which the member ``m`` belonged to us; empty: since ever."""

OURS_BY = f"{OURS_SINCE} <= :day"
"""SQL: the member ``m`` belonged to us by ``:day``; see ``domain.movements.ours_by``."""


def _membership(value: str) -> str:
    """SQL for something of the dated membership that ``m`` has on ``:day``; NULL: none is dated."""
    return (
        f"(SELECT {value} FROM member_state s WHERE s.member_id = m.id"
        " AND s.attribute = 'membership' AND s.since <= :day ORDER BY s.since DESC LIMIT 1)"
    )


OURS_ON = f"coalesce({_membership('s.code')}, '{OURS}') = '{OURS}'"
"""SQL: no dated membership says that the member ``m`` was not ours on ``:day``."""

LIVING_ON = f"(coalesce(m.ended_on, '9') > :day AND {OURS_ON})"
"""SQL: the membership of ``m`` had not ended by ``:day``, or went on again."""

_ENDED = f"s.code NOT IN ('{OURS}', '{GUEST}')"

BRANCH = f"LEFT JOIN org b ON b.id = {state_on('branch', 'org_id')}"
"""Join the branch ``b`` that the member ``m`` has on ``:day``."""

_SELECT = f"""
    SELECT m.*, b.name AS branch, g.name AS "group" FROM (
        SELECT m.id, m.uuid, m.name, m.id_number, m.sex, m.birth_date, m.ethnicity, m.education,
            m.joined_on, m.full_member_on, m.post, m.mobile, m.landline, m.address,
            coalesce({_membership(f"s.code = '{GUEST}'")}, m.guest) AS guest,
            m.lost_reported, m.lost_since, m.remark,
            CASE WHEN m.ended_on <= :day THEN m.ended_on
                ELSE {_membership(f"CASE WHEN {_ENDED} THEN s.since END")} END AS ended_on,
            CASE WHEN m.ended_on <= :day THEN m.end_reason
                ELSE {_membership(f"CASE WHEN {_ENDED} THEN s.code END")} END AS end_reason,
            {_membership(f"CASE WHEN s.code = '{OURS}' THEN s.since END")} AS again_on,
            {state_on("branch", "org_id")} AS branch_id,
            {state_on("group", "org_id")} AS group_id,
            {state_on("category", "code")} AS category,
            {state_on("standing", "code")} AS standing
        FROM member m WHERE {{where}}
    ) m LEFT JOIN org b ON b.id = m.branch_id LEFT JOIN org g ON g.id = m.group_id
"""


def _masked(value: str | None, kind: Any) -> Masked | None:
    return None if value is None else Masked(value, kind)


def _member(row: sqlite3.Row) -> Member:
    values = dict(row)
    values["id_number"] = Masked(values["id_number"], "id")
    values["mobile"] = _masked(values["mobile"], "phone")
    values["landline"] = _masked(values["landline"], "phone")
    values["address"] = _masked(values["address"], "text")
    values["guest"] = bool(values["guest"])
    if values["lost_reported"] is not None:
        values["lost_reported"] = bool(values["lost_reported"])
    return Member(**values)


def add(registry: Registry, new: NewMember) -> MemberId:
    """Record a person; branch and the other dated values follow by ``set_state``.

    Raises:
        Conflict: the identity number is there already.
    """
    member = MemberId(registry.insert("member", {**stored_values(new), **words_of(new.name)}))
    index(registry, {member: new.name})
    return member


def stored_values(new: NewMember) -> dict[str, Any]:
    """A person's facts by column, as they are kept."""
    return {
        "name": new.name,
        "id_number": new.id_number.value,
        "id_given": new.id_number.given,
        "sex": new.sex,
        "birth_date": _text(new.birth_date),
        "ethnicity": new.ethnicity,
        "education": new.education,
        "joined_on": _text(new.joined_on),
        "full_member_on": _text(new.full_member_on),
        "post": new.post,
        "mobile": new.mobile,
        "landline": new.landline,
        "address": new.address,
        "guest": int(new.guest),
        "lost_reported": None if new.lost_reported is None else int(new.lost_reported),
        "lost_since": _text(new.lost_since),
        "remark": new.remark,
    }


def _text(value: object) -> str | None:
    return None if value is None else str(value)


def _stored(value: object) -> object:
    return str(value) if isinstance(value, PartialDate) else value


def edit(registry: Registry, member: MemberId, values: Mapping[str, Any]) -> bool:
    """Correct fields in place; the journal keeps what stood there. False if nothing differs.

    Values are the domain's: an ``IdNumber`` for ``id_number``, a ``PartialDate`` for a date.
    """
    changed = {name: _stored(value) for name, value in values.items()}
    if "id_number" in values:
        changed["id_number"] = values["id_number"].value
        changed["id_given"] = values["id_number"].given
    if "name" in changed:
        changed |= words_of(values["name"])
    touched = registry.update("member", member, changed)
    if touched and "name" in values:
        index_again(registry, member, values["name"])
    return touched


def set_state(
    registry: Registry,
    member: MemberId,
    attribute: Attribute,
    value: OrgId | str | None,
    since: date | None,
) -> bool:
    """Let a dated attribute hold from a day on (None: since ever); False if it does already."""
    day = SINCE_EVER if since is None else since.isoformat()
    column = "org_id" if attribute in (Attribute.BRANCH, Attribute.GROUP) else "code"
    held = registry.row(
        f"SELECT id, since, {column} AS value FROM member_state WHERE member_id = :member"
        " AND attribute = :attribute AND since <= :day ORDER BY since DESC LIMIT 1",
        member=member,
        attribute=attribute,
        day=day,
    )
    if held is None and value is None:
        return False
    if held is not None and held["value"] == value:
        return False
    if held is not None and held["since"] == day:
        return registry.update("member_state", held["id"], {column: value})
    registry.insert(
        "member_state",
        {"member_id": member, "attribute": attribute, column: value, "since": day},
    )
    return True


def states_from(registry: Registry, member: MemberId, day: str) -> list[int]:
    """The rows of the dated values that a member has from exactly this day on."""
    rows = registry.rows(
        "SELECT id FROM member_state WHERE member_id = :member AND since = :day ORDER BY id",
        member=member,
        day=day,
    )
    return [row["id"] for row in rows]


def get(registry: Registry, member: MemberId, *, on: date) -> Member:
    """One member as of a day.

    Raises:
        NotFound: no such member.
    """
    row = registry.row(_SELECT.format(where="m.id = :id"), id=member, day=on.isoformat())
    if row is None:
        raise NotFound("member_not_found", value=f"M{member}")
    return _member(row)


def by_id_number(
    registry: Registry, id_number: str, *, on: date, office: str | None = None
) -> Member | None:
    """The member with this 18-character identity number, if there is one.

    Where offices were merged there may be several; a living member of ours comes first. With
    ``office``, only a record of that one counts.
    """
    row = registry.row(
        _SELECT.format(where="m.id_number = :number AND (:office IS NULL OR m.office = :office)")
        + " ORDER BY m.ended_on IS NOT NULL, m.guest, m.id",
        number=id_number,
        office=office,
        day=on.isoformat(),
    )
    return None if row is None else _member(row)


def list_members(
    registry: Registry,
    *,
    on: date,
    org: OrgId | None = None,
    guests: bool = False,
    ended: bool = False,
    limit: int | None = None,
) -> list[Member]:
    """The members of an organization and all below it as of a day, by branch and name.

    Args:
        registry: where to look.
        on: the day.
        org: whose; None for all.
        guests: those from elsewhere instead of our own.
        ended: those whose membership had ended by then instead of the living ones.
        limit: at most so many.
    """
    place = "" if org is None else " AND m.branch_id IN (SELECT id FROM subtree)"
    sql = (
        ("" if org is None else SUBTREE)
        + "SELECT * FROM ("
        + _SELECT.format(where="m.id > 0")
        + ") m WHERE m.guest = :guests AND (m.ended_on IS NOT NULL) = :ended"
        + f" AND m.branch_id IS NOT NULL{place}"
        + " ORDER BY m.branch_id, m.name, m.id LIMIT :limit"
    )
    rows = registry.rows(
        sql,
        day=on.isoformat(),
        org=org,
        guests=int(guests),
        ended=int(ended),
        limit=-1 if limit is None else limit,
    )
    return [_member(row) for row in rows]


def select(registry: Registry, ids: list[MemberId], *, on: date) -> list[Member]:
    """The members with these numbers as of a day, in the order given."""
    wanted = "m.id IN (SELECT value FROM json_each(:ids))"
    rows = registry.rows(_SELECT.format(where=wanted), day=on.isoformat(), ids=json.dumps(ids))
    found = {row["id"]: _member(row) for row in rows}
    return [found[member] for member in ids if member in found]
