"""What is wrong with a cell of a list: a stable code, how bad it is, and where it stands."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Literal

from flowparty.domain.masking import mask, mask_digits
from flowparty.domain.text import bare, visible
from flowparty.intake.sheets import Marker

if TYPE_CHECKING:
    from collections.abc import Sequence

Level = Literal["reject", "warn", "note"]

_PHONE_FIELDS = frozenset(
    {"mobile", "landline", "contact", "contact_change", "host_contact", "host_phone"}
)
_DATE_FIELDS = frozenset({
    "birth_date", "joined_on", "full_member_on", "lost_on", "left_on", "issued_on", "verified_on",
    "surveyed_on", "contacted_on", "allocated_on", "returned_on", "card_lost_on", "handed_in_on",
    "voided_on",
})  # fmt: skip
_WORD_FIELDS = frozenset({
    "name", "branch", "serial", "sex", "age", "ethnicity", "education", "category", "standing",
    "is_lost", "is_mobile", "returned", "post", "destination", "reason", "job_income", "occupation",
    "annual_income", "household_size", "host_org", "card_number", "team", "interviewer", "mode",
    "outcome", "attempts", "method", "by", "pot", "amount", "purpose", "aid_kind", "provider",
})  # fmt: skip
"""Fields of names, codes, places and amounts; whatever else there is may hold any words."""
_LONGEST_DATE = len("2026年11月23日")
_LONGEST_SHOWN = 60


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault of one cell.

    ``reject``: the row cannot be stored truthfully. ``warn``: stored as given and flagged.
    ``note``: right, but worth knowing. ``row`` is 1-based as Excel shows it, ``column`` its letter
    (empty if the list has no such column); ``shown`` is what stood there, masked and safe to print.
    """

    code: str
    level: Level
    sheet: str
    row: int
    column: str
    field: str
    heading: str
    shown: str
    candidates: tuple[str, ...] = ()
    """Those among whom nobody can choose, as the records call them."""
    why: str = ""
    """What its words are told by where the code's own would not fit this case of it."""
    known: tuple[str, ...] = ()
    """The words that would be known in that cell."""

    def among(self, candidates: Sequence[str]) -> Fault:
        """The same where several are called so: they are shown in place of what stood there."""
        return replace(self, shown="、".join(candidates), candidates=tuple(candidates))


def shown(value: object, field: str) -> str:
    """What stood in a cell, without what identifies: safe for a report and for a terminal.

    Free text (a remark, an address, an answer) may hold anything, so nothing of it shows.
    """
    text = visible(_plain(value), single_line=True).strip()
    if field == "id_number":
        text = mask(bare(text), "id")
    elif field in _PHONE_FIELDS:
        text = mask(text, "contact")
    elif field in _WORD_FIELDS or (field in _DATE_FIELDS and len(text) > _LONGEST_DATE):
        text = mask_digits(text)
    elif field not in _DATE_FIELDS and text:
        text = mask(text, "text")
    return text if len(text) <= _LONGEST_SHOWN else f"{text[:_LONGEST_SHOWN]}…"


def _plain(value: object) -> str:
    if value is None or isinstance(value, Marker):
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return value.isoformat() if isinstance(value, date) else str(value)
