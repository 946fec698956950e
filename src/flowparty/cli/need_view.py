"""What is shown of needs; what a member said shows only where one need is looked at."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flowparty.domain.needs import Need, NeedEvent
from flowparty.language import _
from flowparty.output.columns import Column, attribute
from flowparty.words import term

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from flowparty.service.need_trace import TraceLine


def need_columns(day: date, *, one: bool = False) -> list[Column[Need]]:
    """What is shown of a need on a day; its words only of ``one``."""
    words: list[Column[Need]] = [Column("text", _("Words"), attribute("text"), fold=True)]

    def assigned(name: str) -> Column[Need]:
        headings = {"org": _("Office"), "due": _("Due")}
        return Column(
            "assigned_to" if name == "org" else name,
            headings[name],
            lambda need: getattr(need.assignment(day), name, None),
        )

    return [
        Column("number", _("No."), attribute("label")),
        Column("member", _("Name"), attribute("member")),
        Column("member_number", _("Member"), lambda need: f"M{need.member_id}", wide=not one),
        Column("branch", _("Branch"), attribute("branch"), wide=not one),
        Column("on", _("Day"), attribute("on")),
        Column("kind", _("Kind"), attribute("kind"), term("need_kind")),
        Column("state", _("State"), lambda need: need.state_on(day), term("need_state")),
        assigned("org"),
        assigned("due"),
        Column(
            "overdue",
            _("Overdue"),
            lambda need: need.overdue_on(day),
            lambda late: _("yes") if late else "",
        ),
        *(words if one else []),
    ]


def step_columns() -> list[Column[NeedEvent]]:
    """What is shown of a step."""
    return [
        Column("need", _("Need"), lambda event: f"N{event.need_id}", wide=True),
        Column("member", _("Name"), attribute("member"), wide=True),
        Column("step", _("Step"), attribute("kind"), term("need_step")),
        Column("on", _("Day"), attribute("on")),
        Column("office", _("Office"), attribute("org")),
        Column("due", _("Due"), attribute("due")),
        Column("result", _("Outcome"), attribute("result"), term("need_result")),
        Column("text", _("Words"), attribute("text"), fold=True),
        Column("by", _("By"), attribute("by"), wide=True),
        Column("decision", _("Decision"), _label("D", "decision_id")),
        Column("grant", _("Aid"), _label("A", "grant_id")),
    ]


def _label(letter: str, name: str) -> Callable[[NeedEvent], str | None]:
    def value(event: NeedEvent) -> str | None:
        number = getattr(event, name)
        return None if number is None else f"{letter}{number}"

    return value


def trace_columns() -> list[Column[TraceLine]]:
    """What is shown of a station on a need's way."""
    return [
        Column("on", _("Day"), attribute("on")),
        Column("stage", _("Stage"), attribute("stage"), term("trace_stage")),
        Column("record", _("Record"), attribute("record")),
        Column("by", _("By"), attribute("by")),
        Column("text", _("Words"), attribute("text"), fold=True),
        Column("result", _("Outcome"), attribute("result"), term("need_result")),
    ]
