"""Aid in sum: budget, allocated, paid, left, people and allocations, by whatever one asks."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from flowparty.repository import aid

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from flowparty.domain.aid import Grant
    from flowparty.domain.ids import OrgId
    from flowparty.repository.registry import Registry


class By(StrEnum):
    """What the lines stand for."""

    POT = "pot"
    KIND = "kind"
    PURPOSE = "purpose"
    BRANCH = "branch"


@dataclass(frozen=True, slots=True)
class Line:
    """One line of sums in fen; ``budget_fen`` and ``left_fen`` are known for pots and the total.

    ``name`` is a pot's or branch's name or a code; ``-`` for none; empty for the total.
    """

    name: str
    budget_fen: int | None
    allocated_fen: int
    paid_fen: int
    left_fen: int | None
    people: int
    grants: int


def summarise(registry: Registry, by: By, *, on: date, org: OrgId | None = None) -> list[Line]:
    """The sums of all allocations not reversed, line by line and in total.

    Allocated is what allocations hold: the amount, less what an ending gave back to the pot.
    """
    grants = [g for g in aid.list_grants(registry, on=on, org=org) if g.reversed_on is None]
    pots = {
        pot.name: pot.amount_fen
        for pot in aid.list_pots(registry)
        if pot.reversed_on is None and pot.since <= on.isoformat()
    }
    budgets = pots if org is None else {}
    groups: dict[str, list[Grant]] = {name: [] for name in budgets} if by is By.POT else {}
    for grant in grants:
        groups.setdefault(_name(grant, by), []).append(grant)
    lines = [
        _line(name, listed, budgets.get(name) if by is By.POT else None)
        for name, listed in groups.items()
    ]
    whole = sum(budgets.values()) if budgets else None
    return [*lines, _line("", grants, whole)]


def _name(grant: Grant, by: By) -> str:
    values = {
        By.POT: grant.pot,
        By.KIND: grant.kind,
        By.PURPOSE: grant.purpose,
        By.BRANCH: grant.branch,
    }
    return values[by] or "-"


def _line(name: str, grants: Sequence[Grant], budget: int | None) -> Line:
    allocated = sum(grant.committed_fen for grant in grants)
    return Line(
        name,
        budget,
        allocated,
        sum(grant.paid_fen for grant in grants),
        None if budget is None else budget - allocated,
        len({grant.member_id for grant in grants}),
        len(grants),
    )
