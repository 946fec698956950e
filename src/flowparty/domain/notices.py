"""Two-way management (双向管理): letters to the other side, what it answered, what was agreed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from flowparty.domain.errors import BadValue, Conflict
from flowparty.domain.text import bare

if TYPE_CHECKING:
    from flowparty.domain.ids import MemberId, MovementId, NoticeId

_ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
_LENGTH = 5
_FIELD = 0b100101
"""x^5 + x^2 + 1, which makes the 32 characters a field."""

CODES = len(_ALPHABET) ** _LENGTH
"""How many receipt codes there are."""


class Kind(StrEnum):
    """To inform (通报), to ask (查询), to train somebody together (共同培养)."""

    INFORM = "inform"
    QUERY = "query"
    JOINT = "joint"


class State(StrEnum):
    """Where a notice stands on a day; ``differing``: both sides say different things."""

    WAITING = "waiting"
    OVERDUE = "overdue"
    DIFFERING = "differing"
    SETTLED = "settled"
    WITHDRAWN = "withdrawn"


class Take(StrEnum):
    """Whose word is agreed on."""

    OURS = "ours"
    THEIRS = "theirs"


FIELDS = (
    "left_on", "destination", "occupation", "host_org", "host_contact", "host_phone", "arrived_on",
)  # fmt: skip
"""What the other side is asked, and the only facts of a movement a notice carries."""


@dataclass(frozen=True, slots=True)
class NoticeField:
    """One fact as we have it, as they have it, and as both agreed."""

    id: int
    notice_id: NoticeId
    field: str
    ours: str | None
    theirs: str
    agreed: str | None
    agreed_on: str | None

    @property
    def open(self) -> bool:
        """Whether nobody has said yet which is right."""
        return self.agreed_on is None


@dataclass(frozen=True, slots=True)
class Notice:
    """One letter about one movement, with its receipt code and what came back."""

    id: NoticeId
    code: str
    member_id: MemberId
    member: str
    branch: str | None
    movement_id: MovementId
    kind: Kind
    addressee: str
    on: str
    text: str | None
    replied_on: str | None
    replied_by: str | None
    reply: str | None
    withdrawn_on: str | None
    fields: tuple[NoticeField, ...]

    def state_on(self, day: date, days: int) -> State | None:
        """The state at the end of ``day``; unanswered after ``days`` it is overdue."""
        at = day.isoformat()
        if self.on > at:
            return None
        if self.withdrawn_on is not None and self.withdrawn_on <= at:
            return State.WITHDRAWN
        if self.replied_on is not None and self.replied_on <= at:
            settled = all(f.agreed_on is not None and f.agreed_on <= at for f in self.fields)
            return State.SETTLED if settled else State.DIFFERING
        return State.OVERDUE if self.due(days) < day else State.WAITING

    @property
    def sent(self) -> date:
        """The day of the letter."""
        return date.fromisoformat(self.on)

    def due(self, days: int) -> date:
        """The last day on which an answer is in time."""
        return self.sent + timedelta(days=days)

    def field(self, name: str) -> NoticeField | None:
        """One fact of the answer; None if the other side said nothing of it."""
        return next((one for one in self.fields if one.field == name), None)


def receipt_code(number: int) -> str:
    """A short code for a letter: five characters that no one confuses, and a check character."""
    size = len(_ALPHABET)
    digits = [number // size**place % size for place in reversed(range(_LENGTH))]
    return "".join(_ALPHABET[digit] for digit in (*digits, _check(digits)))


def _check(digits: list[int]) -> int:
    """A weighted sum in the field of 32 elements, where the weights are powers of 2.

    Every wrong character and every two exchanged neighbours, the last two too, change it; a sum
    modulo 32 would miss neighbours that are 16 apart.
    """
    found = 0
    for digit in digits:
        found = (found ^ digit) << 1
        if found & len(_ALPHABET):
            found ^= _FIELD
    return found


def read_code(text: str) -> str:
    """A receipt code as it is kept; blanks, dashes, case and width do not matter.

    Raises:
        BadValue: ``notice_code_invalid``: a character is wrong or two are exchanged.
    """
    plain = bare(text).replace("-", "").upper()
    known = len(plain) == _LENGTH + 1 and all(character in _ALPHABET for character in plain)
    digits = [_ALPHABET.index(character) for character in plain] if known else []
    if not digits or _check(digits[:-1]) != digits[-1]:
        raise BadValue("notice_code_invalid", value=text)
    return plain


def require_unanswered(notice: Notice, on: date) -> None:
    """Refuse a reply to a letter that was withdrawn or answered, or before it was sent.

    Raises:
        Conflict: ``notice_withdrawn``, ``notice_answered``. BadValue: ``notice_before``.
    """
    if notice.withdrawn_on is not None:
        raise Conflict("notice_withdrawn", letter=notice.code, on=notice.withdrawn_on)
    if notice.replied_on is not None:
        raise Conflict("notice_answered", letter=notice.code, on=notice.replied_on)
    if on.isoformat() < notice.on:
        raise BadValue("notice_before", letter=notice.code, on=on, sent=notice.on)


def require_answered(notice: Notice, on: date) -> None:
    """Refuse to agree on a letter nobody answered, or before the answer came.

    Raises:
        Conflict: ``notice_unanswered``. BadValue: ``notice_agree_before``.
    """
    if notice.replied_on is None:
        raise Conflict("notice_unanswered", letter=notice.code)
    if on.isoformat() < notice.replied_on:
        raise BadValue("notice_agree_before", letter=notice.code, on=on, replied=notice.replied_on)


def open_field(notice: Notice, name: str) -> NoticeField:
    """The fact to agree on.

    Raises:
        BadValue: ``notice_field_unsaid``: the answer does not have it.
    """
    found = notice.field(name)
    if found is None:
        said = [one.field for one in notice.fields]
        raise BadValue("notice_field_unsaid", letter=notice.code, field=name, known=said)
    return found
