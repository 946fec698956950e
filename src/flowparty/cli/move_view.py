"""What is shown of a movement."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from flowparty.domain.masking import mask_column
from flowparty.domain.movements import Movement, Source, over_threshold
from flowparty.domain.places import scope
from flowparty.language import _
from flowparty.output.columns import Column, attribute, masked
from flowparty.repository import settings
from flowparty.words import place_word, term

if TYPE_CHECKING:
    from flowparty.cli.session import Session


def seen(at: Session, day: date) -> tuple[str, date, int]:
    """From where and when movements are looked at: home, day, threshold."""
    home = settings.identity(at.registry).division
    return home, day, settings.load(at.registry).threshold_months


def move_columns(home: str, day: date, months: int, *, one: bool = False) -> list[Column[Movement]]:
    """What is shown of a movement, seen from a home division on a day.

    Args:
        home: the division of the registry.
        day: as of which day.
        months: from how many on somebody is long away.
        one: a single movement; a list shows no free text and no number inside of words.
    """
    words = attribute if one else masked
    return [
        Column("member", _("Name"), attribute("member")),
        Column("member_number", _("No."), lambda move: f"M{move.member_id}", wide=True),
        Column("branch", _("Branch"), attribute("branch")),
        Column("direction", _("Direction"), attribute("direction"), term("direction"), table=False),
        Column("state", _("State"), lambda move: move.state_on(day), term("move_state")),
        Column("left_on", _("Left"), attribute("left_on")),
        Column(
            "away_since",
            _("Away since"),
            lambda move: None if move.away is None else str(move.away),
            table=False,
        ),
        Column("destination", _("Place"), _place, fold=True),
        Column("destination_code", _("Code"), attribute("destination_code"), table=False),
        Column(
            "scope", _("How far"), lambda m: scope(home, m.destination_code), term("move_scope")
        ),
        Column(
            "over_threshold",
            _("Over {months} months").format(months=months),
            lambda move: over_threshold(move.away, day, months),
            lambda over: _("yes") if over else _("no"),
            wide=True,
        ),
        Column("reason", _("Why"), attribute("reason"), term("move_reason"), table=False),
        Column("occupation", _("Occupation"), words("occupation"), table=False),
        Column("unit_kind", _("Unit"), attribute("unit_kind"), term("unit_kind"), table=False),
        Column(
            "fixed_place", _("Fixed"), attribute("fixed_place"), term("fixed_place"), table=False
        ),
        Column("host_org", _("Host"), words("host_org"), table=False),
        Column("host_contact", _("Contact there"), words("host_contact"), table=False),
        Column("host_phone", _("Phone there"), attribute("host_phone"), table=False),
        Column("arrived_on", _("Arrived"), attribute("arrived_on"), table=False),
        Column("ended_on", _("Ended"), attribute("ended_on"), table=False),
        Column("end_note", _("Note"), words("end_note"), table=False),
        Column("remark", _("Remark"), words("remark"), table=False),
    ]


def one_move_columns(home: str, day: date, months: int) -> list[Column[Movement]]:
    """Everything there is of one movement."""
    return [replace(column, table=True) for column in move_columns(home, day, months, one=True)]


def earlier_columns(day: date) -> list[Column[Movement]]:
    """What tells one movement of a member from another."""
    return [
        Column("left_on", _("Left"), attribute("left_on")),
        Column("destination", _("Place"), _place, fold=True),
        Column("arrived_on", _("Arrived"), attribute("arrived_on")),
        Column("ended_on", _("Ended"), attribute("ended_on")),
        Column("state", _("State"), lambda move: move.state_on(day), term("move_state")),
    ]


def source_columns() -> list[Column[Source]]:
    """Where a fact of a movement was learned."""
    return [
        Column("field", _("Fact"), attribute("field"), term("move_fact")),
        Column("value", _("Value"), lambda source: told(source.field, source.value)),
        Column("on", _("Day"), attribute("on")),
        Column("meeting", _("Meeting"), attribute("meeting")),
        Column("notice", _("Notice"), attribute("notice")),
    ]


def told(field: str, value: str | None) -> str | None:
    """A fact of a movement as people read it: a place in words, a phone masked."""
    if field == "destination" and value is not None:
        return place_word(value, value) if value.isdigit() else value
    shown: str | None = mask_column(field, value)
    return shown


def _place(move: Movement) -> str | None:
    return place_word(move.destination_code, move.destination_text)
