"""What lies between two months, and whether a month adds up with itself and with the one before."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flowparty.domain import balance as rules
from flowparty.domain import carried
from flowparty.domain.balance import Balance, Facts, Person
from flowparty.domain.corrections import AWAY
from flowparty.domain.errors import BadValue
from flowparty.domain.findings import Finding, disagreements, sums_differ
from flowparty.repository import ledger as repository
from flowparty.repository import members, orgs, settings
from flowparty.repository.at_seq import rows_at
from flowparty.service import closing, corrections, frozen, units_agree

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from flowparty.domain.corrections import Correction
    from flowparty.domain.ids import MemberId
    from flowparty.domain.ledger import Away
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
    listed = _corrections(registry, before, after, org)
    month = str(before.period)
    struck = {
        c.member_id for c in listed if c.field == AWAY and c.now == "no" and month in c.months
    }
    facts = _facts(registry, before, after, org, frozenset(struck))
    opening = _opening(registry, before, after, org)
    return Difference(before, after, rules.balance(opening, _people(after), facts), listed)


def _corrections(
    registry: Registry, before: Ledger, after: Ledger, org: Org | None
) -> list[Correction]:
    """Those of the earlier month: as the later one lists them, else as they are known now."""
    if before.period == after.period.before:
        return after.corrections
    return corrections.since_close(registry, before.closed, org) if before.closed else []


def _opening(
    registry: Registry, before: Ledger, after: Ledger, org: Org | None
) -> dict[MemberId, Person]:
    """The earlier month's people: as frozen, else as they were known where the later one closed.

    What is learned after that close changes an open month, and is no coming or going between both.
    People erased since are taken as they stand.
    """
    if before.closed is not None or after.closed is None:
        return _people(before)
    facts, _ = _known(registry, after, org)
    day = before.on.isoformat()
    names: dict[int | None, str] = {one.id: one.name for one in orgs.list_orgs(registry)}
    erased = {m: person for m, person in _people(before).items() if m not in facts.members}
    return erased | {
        m: Person(m, facts.members[m]["name"], names.get(facts.branch_on(m, day)))
        for m in sorted(carried.opening(facts, day))
    }


def _people(ledger: Ledger) -> dict[MemberId, Person]:
    return {p.member_id: Person(p.member_id, p.name, p.branch) for p in ledger.away}


def _facts(
    registry: Registry,
    before: Ledger,
    after: Ledger,
    org: Org | None,
    struck: frozenset[MemberId],
) -> Facts:
    in_force = settings.load(registry)
    then = repository.away(registry, on=before.on, settings=in_force)
    now = repository.away(registry, on=after.on, settings=in_force)
    wanted = None if org is None else orgs.subtree(registry, org.id)
    ended = members.list_members(registry, on=after.on, ended=True)
    return Facts(
        away_then=_same_people(then, after.away) | repository.elsewhere(registry, on=before.on),
        here_then=frozenset(p.member_id for p in then if wanted is None or p.branch_id in wanted),
        away_now=_same_people(now, before.away),
        ended=frozenset(member.id for member in ended),
        struck=struck,
        here_now=frozenset(p.member_id for p in now if wanted is None or p.branch_id in wanted),
    )


def _same_people(away: Sequence[Away], others: Sequence[Away]) -> frozenset[MemberId]:
    """Those away, and which records of others are of one of them by the identity number.

    Who moves between two offices below us has a record of each.
    """
    numbers = {p.id_number.reveal() for p in away if p.id_number is not None}
    same = (p for p in others if p.id_number is not None and p.id_number.reveal() in numbers)
    return frozenset(p.member_id for p in (*away, *same))


def check(registry: Registry, ledger: Ledger, org: Org | None = None) -> list[Finding]:
    """Everything that does not add up in a month, with the people; empty when all is well.

    The rules of the returns themselves; last month's people and what happened since make this
    month's, by name; nobody stands in or out of the figures of a closed month before without a
    fact in the journal that says why; of a month that is over, the offices below count whom we
    count of them.
    """
    found = (
        disagreements(ledger.rows, ledger.away, ledger.events, ledger.apart)
        if ledger.closed is None
        else sums_differ(ledger.rows, ledger.total, len(ledger.away))
    )
    before = closing.month(registry, ledger.period.before, org, today=ledger.on)
    broken = _broken(registry, before, ledger, org)
    if broken:
        found.append(Finding("balance_broken", "away", broken))
    if org is None and not ledger.provisional:
        found += units_agree.differing(registry, ledger)
    silent = [c for c in ledger.corrections if c.field == AWAY and c.at is None]
    if silent:
        found.append(Finding("change_unexplained", "away", _names(silent)))
    return found


def _broken(registry: Registry, before: Ledger, after: Ledger, org: Org | None) -> tuple[str, ...]:
    """Whom last month's people, carried forward, do not have as this month's figure has them.

    The facts are those this figure was counted from: of a closed month as they stood at its close.
    People erased since are left out.
    """
    facts, seq = _known(registry, after, org)
    since, on = before.on.isoformat(), after.on.isoformat()
    if before.closed is not None and before.closed.journal_seq < seq:
        opening = {person.member_id for person in before.away}
        corrected = _corrected(registry, after, org, str(before.period))
    else:
        opening, corrected = carried.opening(facts, since), set()
    must = carried.carried(opening, corrected, facts, since=since, on=on)
    wrong = must ^ {person.member_id for person in after.away}
    return tuple(f"M{m} {facts.members[m]['name']}" for m in sorted(wrong & facts.members.keys()))


def _known(registry: Registry, ledger: Ledger, org: Org | None) -> tuple[carried.Facts, int]:
    """The facts a month was counted from, of a closed one as at its close; and that entry."""
    seq = ledger.closed.journal_seq if ledger.closed else registry.last_entry().seq
    wanted = None if org is None else orgs.subtree(registry, org.id)
    members, movements, states = (
        rows_at(registry, entity, seq) for entity in ("member", "movement", "member_state")
    )
    return carried.facts(members, movements, states, wanted), seq


def _corrected(registry: Registry, after: Ledger, org: Org | None, month: str) -> set[MemberId]:
    """Of whom a month's figure, or their branch in it, was corrected by the later return."""
    listed = after.corrections
    if org is not None:
        listed = (
            frozen.listed(registry, after.closed)
            if after.closed
            else corrections.to_list(registry, after.period)
        )
    return {c.member_id for c in listed if c.field in (AWAY, "branch_id") and month in c.months}


def _names(people: list[Person] | list[Correction]) -> tuple[str, ...]:
    return tuple(f"M{person.member_id} {person.name}" for person in people)
