"""Needs and what became of them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from flowparty.domain.errors import NotFound
from flowparty.domain.ids import EventId, NeedId, numbered
from flowparty.domain.needs import Kind, Need, NeedEvent, State, Step
from flowparty.repository.find import one_member
from flowparty.repository.members import BRANCH
from flowparty.repository.orgs import listed

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Mapping
    from datetime import date

    from flowparty.domain.ids import MemberId, OrgId
    from flowparty.repository.registry import Registry

_NEEDS = f"""SELECT n.id, n.member_id, m.name AS member, b.name AS branch, n."on", n.kind, n.text,
        n.answer_id, n.contact_id
    FROM need n JOIN member m ON m.id = n.member_id
    {BRANCH}"""

_EVENTS = """SELECT e.id, e.need_id, m.name AS member, e.kind, e."on", e.org_id, o.name AS org,
        e.due, e.text, e.by, e.result, e.decision_id, e.grant_id
    FROM need_event e JOIN need n ON n.id = e.need_id JOIN member m ON m.id = n.member_id
    LEFT JOIN org o ON o.id = e.org_id"""


def _event(row: sqlite3.Row) -> NeedEvent:
    return NeedEvent(**{**dict(row), "kind": Step(row["kind"])})


def _needs(registry: Registry, rows: Iterable[sqlite3.Row]) -> list[Need]:
    found = list(rows)
    events = registry.rows(
        f'{_EVENTS} WHERE e.need_id IN (SELECT value FROM json_each(:ids)) ORDER BY e."on", e.id',
        ids=json.dumps([row["id"] for row in found]),
    )
    of: dict[int, list[NeedEvent]] = {}
    for event in events:
        of.setdefault(event["need_id"], []).append(_event(event))
    return [
        Need(**{**dict(row), "kind": Kind(row["kind"])}, events=tuple(of.get(row["id"], ())))
        for row in found
    ]


def add(registry: Registry, values: Mapping[str, Any]) -> NeedId:
    """Record a need.

    Raises:
        Conflict: the survey answer has raised one already.
    """
    return NeedId(registry.insert("need", values))


def add_event(registry: Registry, need: NeedId, step: Step, values: Mapping[str, Any]) -> NeedEvent:
    """Record one step of a need and return it."""
    number = EventId(registry.insert("need_event", {"need_id": need, "kind": step, **values}))
    row = registry.row(f"{_EVENTS} WHERE e.id = :id", id=number)
    if row is None:
        raise KeyError(number)
    return _event(row)


def get(registry: Registry, need: NeedId, *, on: date) -> Need:
    """One need by number, with the member's branch as of a day.

    Raises:
        NotFound: no such need.
    """
    rows = registry.rows(f"{_NEEDS} WHERE n.id = :id", id=need, day=on.isoformat())
    if not rows:
        raise NotFound("need_not_found", value=f"N{need}")
    return _needs(registry, rows)[0]


def find(registry: Registry, text: str, *, on: date) -> Need:
    """The need that ``text`` names: ``N3``, or its member if only one of theirs is not closed.

    Raises:
        NotFound: none, or several.
    """
    number = numbered(text, "N")
    if number is not None:
        return get(registry, NeedId(number), on=on)
    member = one_member(registry, text, on=on)
    needs = list_needs(registry, on=on, member=member.id)
    live = [need for need in needs if need.state_on(on) is not State.CLOSED]
    if len(live) == 1:
        return live[0]
    if not live:
        raise NotFound("need_not_found", value=text)
    names = [f"{need.label} {need.on}" for need in live]
    raise NotFound("need_ambiguous", value=text, candidates=names)


def list_needs(
    registry: Registry,
    *,
    on: date,
    org: OrgId | None = None,
    member: MemberId | None = None,
    limit: int | None = None,
) -> list[Need]:
    """The needs raised up to a day, oldest first."""
    conditions = ['n."on" <= :day']
    if member is not None:
        conditions.append("n.member_id = :member")
    rows = listed(
        registry,
        _NEEDS,
        *conditions,
        order='n."on", n.id',
        org=org,
        limit=limit,
        day=on.isoformat(),
        member=member,
    )
    return _needs(registry, rows)


_ANSWERS = """SELECT a.id, s."on", r.name AS round, c.name AS section,
        coalesce(h.text, a.text) AS said, p.member_id
    FROM survey_answer a JOIN survey_sheet s ON s.id = a.sheet_id
    JOIN survey_person p ON p.id = s.person_id JOIN survey_round r ON r.id = p.round_id
    JOIN survey_section c ON c.id = a.section_id LEFT JOIN survey_choice h ON h.id = a.choice_id"""


def answer(registry: Registry, number: int) -> sqlite3.Row:
    """One survey answer: its day, round, section and words.

    Raises:
        KeyError: no such answer.
    """
    row = registry.row(f"{_ANSWERS} WHERE a.id = :id", id=number)
    if row is None:
        raise KeyError(number)
    return row


def answers(
    registry: Registry, the_round: int, section: str, *, member: MemberId | None = None
) -> list[sqlite3.Row]:
    """The answers to a section on everybody's latest sheet of a round, by member."""
    return registry.rows(
        f"{_ANSWERS} WHERE p.round_id = :round AND c.name = :section"
        " AND s.id = (SELECT max(z.id) FROM survey_sheet z WHERE z.person_id = p.id)"
        " AND (:member IS NULL OR p.member_id = :member) ORDER BY p.member_id, a.id",
        round=the_round,
        section=section,
        member=member,
    )
