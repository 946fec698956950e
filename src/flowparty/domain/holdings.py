"""Posts with duties (设岗定责) and model shops (示范经营户): applied for, held, reviewed, ended."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING

from dateutil.relativedelta import relativedelta

from flowparty.domain.errors import BadValue, Conflict

if TYPE_CHECKING:
    from flowparty.domain.ids import HoldingId, MemberId


class Kind(StrEnum):
    """A post has duties; a model shop has a trade and the households it leads."""

    POST = "post"
    MODEL_SHOP = "model_shop"


class State(StrEnum):
    """Where a holding stands on a day."""

    APPLIED = "applied"
    HELD = "held"
    REFUSED = "refused"
    ENDED = "ended"


class Result(StrEnum):
    """What a yearly review found."""

    GOOD = "good"
    FAIR = "fair"
    POOR = "poor"


@dataclass(frozen=True, slots=True)
class Review:
    """One yearly review of a holding."""

    holding_id: HoldingId
    year: int
    on: str
    result: str
    by: str | None
    findings: str | None


@dataclass(frozen=True, slots=True)
class Holding:
    """A post or a model shop's title with its reviews, oldest first."""

    id: HoldingId
    member_id: MemberId
    member: str
    branch: str | None
    kind: Kind
    name: str
    duties: str | None
    trade: str | None
    households: int | None
    applied_on: str
    since: str | None
    recognised_by: str | None
    refused_on: str | None
    ended_on: str | None
    end_note: str | None
    reviews: tuple[Review, ...]

    @property
    def label(self) -> str:
        """``H3``: how a command names it."""
        return f"H{self.id}"

    def state_on(self, day: date) -> State | None:
        """The state at the end of ``day``; None before it was applied for."""
        at = day.isoformat()
        if self.applied_on > at:
            return None
        if self.ended_on is not None and self.ended_on <= at:
            return State.ENDED
        if self.since is not None and self.since <= at:
            return State.HELD
        refused = self.refused_on is not None and self.refused_on <= at
        return State.REFUSED if refused else State.APPLIED

    def last_review(self, day: date) -> str | None:
        """The ISO day of the last review up to a day."""
        return max((one.on for one in self.reviews if one.on <= day.isoformat()), default=None)

    def review_due(self, day: date) -> date | None:
        """When the next yearly review is due: a year after the last, or after the recognition."""
        if self.state_on(day) is not State.HELD or self.since is None:
            return None
        last = self.last_review(day) or self.since
        return date.fromisoformat(last) + relativedelta(years=1)


def check_kind(kind: Kind, duties: str | None, trade: str | None, households: int | None) -> None:
    """Refuse a post without duties, a shop without a trade, and the fields of the other kind.

    Raises:
        BadValue: ``holding_duties_missing``, ``holding_trade_missing``, ``holding_field_other``.
    """
    post = kind is Kind.POST
    if post and not duties:
        raise BadValue("holding_duties_missing")
    if not post and not trade:
        raise BadValue("holding_trade_missing")
    if (post and (trade or households is not None)) or (not post and duties):
        raise BadValue("holding_field_other", kind=kind)


def require_state(holding: Holding, state: State, on: date) -> None:
    """Refuse an act that needs the holding in another state, or that lies before its last one.

    Raises:
        BadValue: ``holding_before``. Conflict: ``holding_state_forbids``.
    """
    last = max(holding.applied_on, holding.since or "", holding.last_review(date.max) or "")
    if on.isoformat() < last:
        raise BadValue("holding_before", holding=holding.label, on=on, last=last)
    found = holding.state_on(date.max)
    if found is not state:
        raise Conflict("holding_state_forbids", holding=holding.label, state=found)


def check_review(holding: Holding, year: int, on: date) -> None:
    """Refuse a second review of one year, and one of a year that has not come.

    Raises:
        Conflict: ``holding_reviewed``. BadValue: ``holding_year``.
    """
    if not int((holding.since or "0")[:4]) <= year <= on.year:
        raise BadValue("holding_year", year=str(year), holding=holding.label)
    for known in holding.reviews:
        if known.year == year:
            raise Conflict("holding_reviewed", holding=holding.label, year=str(year), on=known.on)
