"""Members away, their contacts, cards and letters; dues, hardship, posts, lost contact."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from dateutil.relativedelta import relativedelta

from flowparty.domain.duties.card import HeldCard
from flowparty.domain.movements import Direction
from flowparty.repository import (
    cards,
    contacts,
    dues,
    groups,
    holdings,
    ledger,
    lost,
    movements,
    notices,
    transfers,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from flowparty.domain.contacts import Owed
    from flowparty.domain.dues import Account
    from flowparty.domain.groups import AwayTogether
    from flowparty.domain.holdings import Holding
    from flowparty.domain.ledger import Away
    from flowparty.domain.lost import Clock, Hardship
    from flowparty.domain.movements import Movement
    from flowparty.domain.notices import Notice
    from flowparty.domain.transfers import Transfer
    from flowparty.repository.duties.asked import Asked


MONTH_END = timedelta(days=3)
"""How far a month's end may shift a day counted back: a query finds too much, a rule judges."""


def owed(asked: Asked) -> Sequence[Owed]:
    """Those away who were not reached this month, or not in the last attempts."""
    failures = asked.force.watch_failures
    return contacts.owed(asked.registry, on=asked.on, org=asked.org, failures=failures)


def clocks(asked: Asked) -> Sequence[Clock]:
    """The dates behind lost contact of those with whom it may be lost."""
    stale = asked.on - relativedelta(months=asked.force.lost_months) + MONTH_END
    return lost.clocks(asked.registry, on=asked.on, org=asked.org, stale=stale)


def away(asked: Asked) -> Sequence[Away]:
    """Those away, as the 台账 has them, without a card, in a fixed place, or with empty cells."""
    return ledger.away(
        asked.registry, on=asked.on, settings=asked.force, org=asked.org, lacking=True
    )


def held_cards(asked: Asked) -> Sequence[HeldCard]:
    """The live cards with which something may be to do, and since when their holders are home."""
    reviewed = asked.on - relativedelta(months=asked.force.card_review_months) + MONTH_END
    return [
        HeldCard(card, home_on)
        for card, home_on in cards.live(
            asked.registry, on=asked.on, org=asked.org, reviewed=reviewed
        )
    ]


def moves(asked: Asked) -> Sequence[Movement]:
    """The open movements away that lack a date, a destination or the host's word."""
    return movements.list_movements(
        asked.registry, on=asked.on, org=asked.org, direction=Direction.OUT, unsettled=True
    )


def letters(asked: Asked) -> Sequence[Transfer]:
    """The transfer letters."""
    return transfers.list_transfers(asked.registry, on=asked.on, org=asked.org)


def sent_notices(asked: Asked) -> Sequence[Notice]:
    """The notices to the other side."""
    return notices.list_notices(asked.registry, on=asked.on, org=asked.org)


def accounts(asked: Asked) -> Sequence[Account]:
    """The dues of those who may owe some."""
    people = dues.owing(asked.registry, on=asked.on)
    return dues.accounts(asked.registry, on=asked.on, org=asked.org, people=people)


def hardship(asked: Asked) -> Sequence[Hardship]:
    """The recognitions of hardship, those that begin soon included."""
    ahead = asked.on + timedelta(days=asked.force.hardship_near_days + 1)
    return lost.list_hardship(asked.registry, on=ahead, org=asked.org)


def held(asked: Asked) -> Sequence[Holding]:
    """The posts and titles."""
    return holdings.list_holdings(asked.registry, on=asked.on, org=asked.org)


def together(asked: Asked) -> Sequence[AwayTogether]:
    """Those away in one county with enough of their branch for a group, and in none."""
    return groups.alone(asked.registry, on=asked.on, size=asked.force.group_size, org=asked.org)
