"""What lies between two months, and whether a month adds up with itself and with the one before."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flowparty.domain import balance as rules
from flowparty.domain import ledger as ledger_rules
from flowparty.domain.balance import Balance, Facts, Person
from flowparty.domain.corrections import AWAY
from flowparty.domain.errors import BadValue
from flowparty.domain.ledger import Finding
from flowparty.repository import closings, members, orgs, settings
from flowparty.repository import ledger as repository
from flowparty.service import closing
from flowparty.service.corrections import since_close

if TYPE_CHECKING:
    from datetime import date

    from flowparty.domain.corrections import Correction
    from flowparty.domain.ids import MemberId
    from flowparty.domain.orgs import Org
    from flowparty.domain.period import Period
    from flowparty.repository.registry import Registry
    from flowparty.service.ledger import Ledger


@dataclass(frozen=True, slots=True)
class Difference:
    """Two months side by side: the balance by name, and the corrections that lie between.

    Next to each other: those that the later month's return lists; else those of the earlier month.
    """

    before: Ledger
    after: Ledger
    balance: Balance
    corrections: list[Correction]


def difference(
    registry: Registry,
    after: Ledger,
    against: Period | None = None,
    org: Org | None = None,
    *,
    today: date,
) -> Difference:
    """Compare a month with an earlier one, each from its frozen rows if it is closed.

    Args:
        registry: where.
        after: the later month's returns.
        against: the earlier month; None: the month before.
        org: whose people; None: the whole office.
        today: the day of asking.

    Raises:
        BadValue: ``diff_order`` when the other month is not earlier.
    """
    against = against or after.period.before
    if against >= after.period:
        raise BadValue("diff_order", period=str(after.period), against=str(against))
    before = closing.month(registry, against, org, today=today)
    found = rules.balance(_people(before), _people(after), _facts(registry, before, after, org))
    return Difference(before, after, found, _corrections(registry, before, after, org))


def _corrections(
    registry: Registry, before: Ledger, after: Ledger, org: Org | None
) -> list[Correction]:
    """Those of the earlier month: as the later one lists them, else as they are known now."""
    if before.period == after.period.before:
        return after.corrections
    return since_close(registry, before.closed, org) if before.closed else []


def _people(ledger: Ledger) -> dict[MemberId, Person]:
    return {p.member_id: Person(p.member_id, p.name, p.branch) for p in ledger.away}


def _facts(registry: Registry, before: Ledger, after: Ledger, org: Org | None) -> Facts:
    in_force = settings.load(registry)
    then = repository.away(registry, on=before.on, settings=in_force)
    now = repository.away(registry, on=after.on, settings=in_force)
    wanted = None if org is None else orgs.subtree(registry, org.id)
    ended = members.list_members(registry, on=after.on, ended=True)
    return Facts(
        away_then=frozenset(p.member_id for p in then),
        here_then=frozenset(p.member_id for p in then if wanted is None or p.branch_id in wanted),
        away_now=frozenset(p.member_id for p in now),
        ended=frozenset(member.id for member in ended),
    )


def check(registry: Registry, ledger: Ledger, org: Org | None = None) -> list[Finding]:
    """Everything that does not add up in a month, with the people; empty when all is well.

    The rules of the returns themselves; last month's people and the ways in and out make this
    month's, by name; nobody stands in or out of the figures of a closed month before without a
    fact in the journal that says why.
    """
    found = (
        ledger_rules.disagreements(ledger.rows, ledger.away, ledger.events)
        if ledger.closed is None
        else ledger_rules.sums_differ(ledger.rows, ledger.total, len(ledger.away))
    )
    between = difference(registry, ledger, None, org, today=ledger.on)
    wrong = rules.unbalanced(between.balance)
    if wrong:
        found.append(Finding("balance_broken", "away", _names(wrong)))
    if closings.closed(registry, ledger.period.before) is not None:
        silent = [c for c in between.corrections if c.field == AWAY and c.at is None]
        if silent:
            found.append(Finding("change_unexplained", "away", _names(silent)))
    return found


def _names(people: list[Person] | list[Correction]) -> tuple[str, ...]:
    return tuple(f"M{person.member_id} {person.name}" for person in people)
