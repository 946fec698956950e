"""What is shown of notices, and how an answer's facts become values."""

from __future__ import annotations

from datetime import date
from typing import Any

from flowparty.cli.move_facts import Facts, left_on
from flowparty.cli.move_view import told
from flowparty.domain.dates import parse_day, refuse_future
from flowparty.domain.notices import Notice, NoticeField
from flowparty.language import _
from flowparty.output.columns import Column, attribute
from flowparty.words import term


def notice_columns(day: date, days: int, *, one: bool = False) -> list[Column[Notice]]:
    """What is shown of a letter on a day; ``days`` is the time for an answer.

    What was written, and what the answer says besides its facts, shows only of ``one``.
    """
    words: list[Column[Notice]] = [
        Column("text", _("Words"), attribute("text"), fold=True),
        Column("reply", _("Answer in words"), attribute("reply"), fold=True),
    ]
    return [
        Column("code", _("Receipt code"), attribute("code")),
        Column("member", _("Name"), attribute("member")),
        Column("member_number", _("No."), lambda notice: f"M{notice.member_id}", wide=True),
        Column("branch", _("Branch"), attribute("branch"), wide=True),
        Column("kind", _("Kind"), attribute("kind"), term("notice_kind")),
        Column("addressee", _("To"), attribute("addressee"), fold=True),
        Column("on", _("Sent"), attribute("on")),
        Column("due", _("Answer by"), lambda notice: notice.due(days).isoformat()),
        Column("state", _("State"), lambda n: n.state_on(day, days), term("notice_state")),
        Column("replied_on", _("Answered"), attribute("replied_on"), wide=True),
        Column("replied_by", _("Answered by"), attribute("replied_by"), table=one),
        Column("withdrawn_on", _("Withdrawn"), attribute("withdrawn_on"), table=one),
        *(words if one else []),
    ]


def field_columns() -> list[Column[NoticeField]]:
    """What is shown of one fact: ours, theirs, agreed."""

    def side(name: str, heading: str) -> Column[NoticeField]:
        return Column(name, heading, lambda one: told(one.field, getattr(one, name)), fold=True)

    return [
        Column("field", _("Fact"), attribute("field"), term("move_fact")),
        side("ours", _("Ours")),
        side("theirs", _("Theirs")),
        side("agreed", _("Agreed")),
        Column("agreed_on", _("Agreed on"), attribute("agreed_on")),
    ]


def answer_values(
    today: date,
    *,
    arrived: str | None,
    left: str | None,
    to: str | None,
    occupation: str | None,
    host: str | None,
    contact: str | None,
    phone: str | None,
) -> dict[str, Any]:
    """The facts of an answer that were given, judged; a place as it was typed.

    Raises:
        BadValue: a value is wrong in itself.
    """
    values = Facts(occupation=occupation, host=host, contact=contact, phone=phone).values()
    if arrived is not None:
        day = parse_day(arrived, today)
        refuse_future(day, today)
        values["arrived_on"] = day.isoformat()
    if left is not None:
        values["left_on"] = left_on(left, today)
    if to is not None:
        values["destination"] = to
    return {name: value for name, value in values.items() if value is not None}
