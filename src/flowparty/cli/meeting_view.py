"""What is shown of meetings, decisions and agendas."""

from __future__ import annotations

from datetime import date

from flowparty.domain.meetings import AgendaItem, Attendance, Decision, Meeting, names
from flowparty.language import _
from flowparty.output.columns import Column, attribute


def meeting_columns() -> list[Column[Meeting]]:
    """What is shown of a meeting."""
    return [
        Column("number", _("No."), attribute("label")),
        Column("on", _("Day"), attribute("on")),
        Column("topic", _("Topic"), attribute("topic"), fold=True),
        Column("place", _("Place"), attribute("place"), wide=True),
        Column("chair", _("Chair"), attribute("chair")),
        Column("came", _("Came"), lambda meeting: names(meeting.offices) or None, fold=True),
    ]


def attendance_columns() -> list[Column[Attendance]]:
    """What is shown of an office called to a meeting."""
    return [
        Column("office", _("Office"), attribute("org")),
        Column("came", _("Came"), attribute("came"), lambda came: _("yes") if came else _("no")),
        Column("person", _("Who came"), attribute("person")),
    ]


def decision_columns(day: date) -> list[Column[Decision]]:
    """What is shown of a decision on a day."""
    return [
        Column("number", _("No."), attribute("label")),
        Column("meeting", _("Meeting"), lambda decision: f"G{decision.meeting_id}"),
        Column("on", _("Day"), attribute("on"), wide=True),
        Column("need", _("Need"), lambda d: None if d.need_id is None else f"N{d.need_id}"),
        Column("text", _("Words"), attribute("text"), fold=True),
        Column("owner", _("Owner"), attribute("owner")),
        Column("due", _("Due"), attribute("due")),
        Column("done_on", _("Done"), attribute("done_on")),
        Column("done_note", _("Note"), attribute("done_note"), fold=True, wide=True),
        Column(
            "overdue",
            _("Overdue"),
            lambda decision: decision.overdue_on(day),
            lambda late: _("yes") if late else "",
        ),
    ]


def agenda_columns() -> list[Column[AgendaItem]]:
    """What is shown of a line of an agenda."""
    return [
        Column("member", _("Name"), attribute("member")),
        Column("member_number", _("No."), lambda item: f"M{item.member_id}", wide=True),
        Column("branch", _("Branch"), attribute("branch")),
        Column("known", _("Known"), attribute("known"), fold=True),
        Column("asked", _("Asked"), attribute("asked"), fold=True),
        Column("due", _("Due"), attribute("due")),
    ]
