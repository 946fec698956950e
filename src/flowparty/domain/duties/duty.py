"""One duty: what is owed about whom, since when, and the command that settles it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date


class Kind(StrEnum):
    """Every kind of duty; its words, rule and query are one line of the table of duties."""

    CONTACT_OWED = "contact_owed"
    CONTACT_WATCH = "contact_watch"
    LOST_CANDIDATE = "lost_candidate"
    CARD_NOT_ISSUED = "card_not_issued"
    CARD_LOST = "card_lost"
    CARD_UNVERIFIED = "card_unverified"
    CARD_REVIEW = "card_review"
    CARD_HOME = "card_home"
    TRANSFER_DUE = "transfer_due"
    MOVE_NOT_TAKEN_UP = "move_not_taken_up"
    MOVE_NO_DATE = "move_no_date"
    MOVE_NO_PLACE = "move_no_place"
    LETTER_NEAR = "letter_near"
    LETTER_EXPIRED = "letter_expired"
    LETTER_RECEIPT = "letter_receipt"
    LETTER_UNFILED = "letter_unfiled"
    NOTICE_UNANSWERED = "notice_unanswered"
    NOTICE_DIFFERING = "notice_differing"
    DUES_OVERDUE = "dues_overdue"
    NEED_OVERDUE = "need_overdue"
    DECISION_OVERDUE = "decision_overdue"
    AID_FOLLOW_UP = "aid_follow_up"
    AID_POT_LAPSING = "aid_pot_lapsing"
    SURVEY_MISSING = "survey_missing"
    SURVEY_COMPLETE = "survey_complete"
    GROUP_MISSING = "group_missing"
    POINT_NO_PERSON = "point_no_person"
    RETURN_LACKS = "return_lacks"
    RETURN_UNSENT = "return_unsent"
    RETURN_UNCLOSED = "return_unclosed"
    UNIT_UNSENT = "unit_unsent"
    CONFLICT_OPEN = "conflict_open"
    HARDSHIP_ENDING = "hardship_ending"
    HOLDING_REVIEW = "holding_review"


class Urgency(StrEnum):
    """How pressing a duty is: its last day is over, is near, or there is time (or no last day)."""

    OVERDUE = "overdue"
    NEAR = "near"
    OPEN = "open"


class Ask(StrEnum):
    """What only the clerk knows, in a command: a word in capitals, as ``--help`` has it."""

    DAY = "DAY"
    FILE = "FILE"
    GROUP = "GROUP"
    MEMBER = "MEMBER"
    NAME = "NAME"
    NUMBER = "NUMBER"
    PHONE = "PHONE"
    PLACE = "PLACE"
    RESULT = "RESULT"
    SIDE = "SIDE"
    TEXT = "TEXT"
    TRADING = "TRADING"


@dataclass(frozen=True, slots=True)
class Duty:
    """One thing owed.

    ``subject`` is the record it is about (M12, L3), ``occurrence`` tells this time from the next:
    with the kind they are its identity, the same from day to day. ``since`` is the first day it is
    owed, derived from facts (None: nobody knows), ``by`` the last day in time (None: it has none).
    ``command`` are the words after ``flowparty``; ``facts`` fill the words of its kind.
    """

    kind: Kind
    subject: str
    occurrence: str
    who: str
    branch: str | None
    since: date | None
    by: date | None
    command: tuple[str, ...]
    facts: Mapping[str, str | int | None] = field(default_factory=dict)

    @property
    def identity(self) -> str:
        """What stays the same from day to day, so that a script can tell new from old."""
        return f"{self.kind}/{self.subject}/{self.occurrence}"

    def urgency(self, on: date, near_days: int) -> Urgency:
        """How pressing it is on a day; its last day is still in time."""
        if self.by is None or self.by - timedelta(days=near_days) > on:
            return Urgency.OPEN
        return Urgency.OVERDUE if self.by < on else Urgency.NEAR
