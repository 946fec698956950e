"""Reading the journal: who changed what about one member, and when."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from flowparty.repository.packages import SENDER

if TYPE_CHECKING:
    import sqlite3

    from flowparty.domain.ids import MemberId
    from flowparty.repository.registry import Registry

_SEARCH = {"name_key", "initials", "uuid", "office"}

_OF_MEMBER = f"""
    WITH mine (entity, row_id) AS (
        SELECT 'member', :member
        UNION SELECT 'member_state', id FROM member_state WHERE member_id = :member
        UNION SELECT 'movement', id FROM movement WHERE member_id = :member
        UNION SELECT 'card', id FROM card WHERE member_id = :member
        UNION SELECT 'card_event', e.id FROM card_event e JOIN card c ON c.id = e.card_id
            WHERE c.member_id = :member
        UNION SELECT 'contact', id FROM contact WHERE member_id = :member
        UNION SELECT 'contact_pair', id FROM contact_pair WHERE member_id = :member
        UNION SELECT 'survey_person', id FROM survey_person WHERE member_id = :member
        UNION SELECT 'survey_sheet', s.id FROM survey_sheet s
            JOIN survey_person p ON p.id = s.person_id WHERE p.member_id = :member
        UNION SELECT 'survey_answer', a.id FROM survey_answer a
            JOIN survey_sheet s ON s.id = a.sheet_id JOIN survey_person p ON p.id = s.person_id
            WHERE p.member_id = :member
        UNION SELECT 'aid_grant', id FROM aid_grant WHERE member_id = :member
        UNION SELECT 'aid_payment', y.id FROM aid_payment y JOIN aid_grant g ON g.id = y.grant_id
            WHERE g.member_id = :member
        UNION SELECT 'aid_follow_up', f.id FROM aid_follow_up f
            JOIN aid_grant g ON g.id = f.grant_id WHERE g.member_id = :member
        UNION SELECT 'need', id FROM need WHERE member_id = :member
        UNION SELECT 'need_event', e.id FROM need_event e JOIN need n ON n.id = e.need_id
            WHERE n.member_id = :member
        UNION SELECT 'meeting_decision', d.id FROM meeting_decision d
            JOIN need n ON n.id = d.need_id WHERE n.member_id = :member
        UNION SELECT 'notice', id FROM notice WHERE member_id = :member
        UNION SELECT 'notice_field', f.id FROM notice_field f JOIN notice n ON n.id = f.notice_id
            WHERE n.member_id = :member
        UNION SELECT 'movement_source', s.id FROM movement_source s
            JOIN movement v ON v.id = s.movement_id WHERE v.member_id = :member
        UNION SELECT 'transfer', id FROM transfer WHERE member_id = :member
        UNION SELECT 'dues_standard', id FROM dues_standard WHERE member_id = :member
        UNION SELECT 'dues_consent', id FROM dues_consent WHERE member_id = :member
        UNION SELECT 'dues_payment', id FROM dues_payment WHERE member_id = :member
        UNION SELECT 'activity_person', id FROM activity_person WHERE member_id = :member
        UNION SELECT 'holding', id FROM holding WHERE member_id = :member
        UNION SELECT 'holding_review', r.id FROM holding_review r
            JOIN holding h ON h.id = r.holding_id WHERE h.member_id = :member
        UNION SELECT 'project', id FROM project WHERE member_id = :member
        UNION SELECT 'project_event', e.id FROM project_event e
            JOIN project j ON j.id = e.project_id WHERE j.member_id = :member
        UNION SELECT 'hardship', id FROM hardship WHERE member_id = :member
        UNION SELECT 'member_decision', id FROM member_decision WHERE member_id = :member
    )
    SELECT e.seq, e.at, e.os_user, e.clerk, {SENDER} AS sender, e.command, r.text AS reason, c.id,
        c.entity, c.row_id,
        c.operation, c.fields, v."values" AS new,
        (SELECT p."values" FROM journal_change q JOIN journal_value p ON p.change_id = q.id
            WHERE q.entity = c.entity AND q.row_id = c.row_id AND q.id < c.id
            ORDER BY q.id DESC LIMIT 1) AS old
    FROM journal_change c JOIN mine USING (entity, row_id) JOIN journal_entry e ON e.seq = c.seq
    LEFT JOIN journal_value v ON v.change_id = c.id LEFT JOIN journal_reason r ON r.seq = e.seq
    ORDER BY c.id
"""


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field before and after; None where it was empty, or where erasure emptied it."""

    name: str
    old: Any
    new: Any


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """One row touched by one command: UTC time, who, what, and the fields.

    ``sender`` is the office whose package it came with; None: our own work.
    """

    seq: int
    at: str
    os_user: str
    clerk: str
    sender: str | None
    command: str
    reason: str | None
    entity: str
    row_id: int
    operation: str
    fields: tuple[FieldChange, ...]


def of_member(registry: Registry, member: MemberId) -> list[HistoryLine]:
    """Everything the journal holds on one member, oldest first."""
    return [_line(row) for row in registry.rows(_OF_MEMBER, member=member)]


def first_command(registry: Registry) -> str | None:
    """The command that made the registry."""
    row = registry.row("SELECT command FROM journal_entry ORDER BY seq LIMIT 1")
    return None if row is None else str(row["command"])


def disclosed(registry: Registry, *, org: str) -> frozenset[str]:
    """The forms that left in full for an organization, by the words they are journaled with."""
    rows = registry.rows(
        "SELECT fields FROM journal_change WHERE entity = 'disclosure' AND operation = 'disclose'"
    )
    said = (dict(part.split("=", 1) for part in json.loads(row["fields"])) for row in rows)
    return frozenset(one["form"] for one in said if one.get("org") == org and "form" in one)


def _line(row: sqlite3.Row) -> HistoryLine:
    old = json.loads(row["old"]) if row["old"] else {}
    new = json.loads(row["new"]) if row["new"] else {}
    fields = tuple(
        FieldChange(name, old.get(name), new.get(name))
        for name in json.loads(row["fields"])
        if name not in _SEARCH and (name in new or name in old)
    )
    return HistoryLine(
        row["seq"],
        row["at"],
        row["os_user"],
        row["clerk"],
        row["sender"],
        row["command"],
        row["reason"],
        row["entity"],
        row["row_id"],
        row["operation"],
        fields,
    )
