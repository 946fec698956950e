"""The words of a recorded value: of its code, its place, its amount, by the field it stands in."""

from __future__ import annotations

from typing import Any

from flowparty.domain.money import yuan
from flowparty.language import _
from flowparty.words import place_word, term

_TABLES = {
    ("", "sex"): "sex",
    ("", "attribute"): "attribute",
    ("", "direction"): "direction",
    ("", "unit_kind"): "unit_kind",
    ("", "fixed_place"): "fixed_place",
    ("", "end_reason"): "end_reason",
    ("", "trading"): "trading",
    ("", "purpose"): "aid_purpose",
    ("aid_grant", "kind"): "aid_kind",
    ("aid_payment", "kind"): "aid_movement",
    ("survey_sheet", "mode"): "survey_mode",
    ("survey_sheet", "outcome"): "survey_outcome",
    ("movement", "reason"): "move_reason",
    ("movement", "outcome"): "move_state",
    ("card_event", "kind"): "card_event",
    ("contact", "method"): "contact_method",
    ("contact", "outcome"): "contact_outcome",
    ("member_state", "code"): "member_code",
    ("need", "kind"): "need_kind",
    ("need_event", "kind"): "need_step",
    ("need_event", "result"): "need_result",
    ("notice", "kind"): "notice_kind",
    ("notice_field", "field"): "move_fact",
    ("movement_source", "field"): "move_fact",
    ("transfer", "outcome"): "transfer_state",
    ("dues_standard", "basis"): "dues_basis",
    ("dues_consent", "kind"): "dues_consent",
    ("activity_person", "result"): "appraisal",
    ("holding", "kind"): "holding_kind",
    ("holding_review", "result"): "holding_result",
    ("project", "kind"): "project_kind",
    ("project_event", "state"): "project_state",
    ("member_decision", "kind"): "member_decision",
}
"""Which table has the words of a field."""


class Coded(str):
    """A value that remembers its field, so that programs get the code and people its word."""

    __slots__ = ("entity", "field")
    entity: str
    field: str


def coded(field: str, value: str | None, entity: str = "") -> Coded | None:
    """A value with its field; None stays None."""
    if value is None:
        return None
    found = Coded(value)
    found.field, found.entity = field, entity
    return found


def coded_word(value: str) -> str:
    """What people read of a value that may know its field."""
    return word(value.entity, value.field, value) if isinstance(value, Coded) else value


def word(entity: str, field: str, value: Any) -> str:
    """A value as people read it: the word of its code, where it is one."""
    if value is None:
        return "–"
    if field in ("org_id", "owner_id"):
        return f"O{value}"
    if field == "since" and value == "":
        return _("ever")
    if field == "destination_code":
        return place_word(str(value), str(value)) or ""
    if field.endswith("_fen"):
        return yuan(int(value))
    table = _TABLES.get((entity, field)) or _TABLES.get(("", field))
    return str(value) if table is None else term(table)(str(value))
