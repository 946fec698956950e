"""Activity cards and their events."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from flowparty.domain.cards import Card, CardEvent, Kind
from flowparty.domain.errors import NotFound
from flowparty.domain.ids import CardId, numbered
from flowparty.repository.find import one_member
from flowparty.repository.members import BRANCH, LIVING_ON
from flowparty.repository.movements import OPEN_ON
from flowparty.repository.orgs import listed

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable
    from datetime import date

    from flowparty.domain.dates import PartialDate
    from flowparty.domain.ids import MemberId, OrgId
    from flowparty.repository.registry import Registry

_CARDS = f"""SELECT c.id, c.number, c.member_id, m.name AS member, b.name AS branch,
        old.number AS replaces
    FROM card c JOIN member m ON m.id = c.member_id LEFT JOIN card old ON old.id = c.replaces_id
    {BRANCH}"""

_EVENTS = """SELECT e.id, e.card_id, c.number AS card_number, c.member_id, m.name AS member,
        e.kind, e."on", e.place, e.by, e.findings
    FROM card_event e JOIN card c ON c.id = e.card_id JOIN member m ON m.id = c.member_id"""


def _event(row: sqlite3.Row) -> CardEvent:
    return CardEvent(**{**dict(row), "kind": Kind(row["kind"])})


def _cards(registry: Registry, rows: Iterable[sqlite3.Row]) -> list[Card]:
    found = list(rows)
    events = registry.rows(
        f'{_EVENTS} WHERE e.card_id IN (SELECT value FROM json_each(:ids)) ORDER BY e."on", e.id',
        ids=json.dumps([row["id"] for row in found]),
    )
    by_card: dict[int, list[CardEvent]] = {}
    for event in events:
        by_card.setdefault(event["card_id"], []).append(_event(event))
    return [Card(**dict(row), events=tuple(by_card.get(row["id"], ()))) for row in found]


def add(
    registry: Registry, member: MemberId, number: str, *, replaces: CardId | None = None
) -> CardId:
    """Record a card; its ``issue`` event follows by ``add_event``.

    Raises:
        Conflict: the number was used before, or the member holds a live card.
    """
    return CardId(
        registry.insert("card", {"member_id": member, "number": number, "replaces_id": replaces})
    )


def add_event(
    registry: Registry,
    card: CardId,
    kind: Kind,
    *,
    on: date | PartialDate | str,
    place: str | None = None,
    by: str | None = None,
    findings: str | None = None,
) -> CardEvent:
    """Record one event of a card and return it; a day may be known to the month or year only."""
    values = {
        "card_id": card,
        "kind": kind,
        "on": str(on),
        "place": place,
        "by": by,
        "findings": findings,
    }
    event = registry.insert("card_event", values)
    row = registry.row(f"{_EVENTS} WHERE e.id = :id", id=event)
    if row is None:
        raise KeyError(event)
    return _event(row)


def edit_findings(registry: Registry, event: int, findings: str) -> None:
    """Correct what was found at an event."""
    registry.update("card_event", event, {"findings": findings})


def close(registry: Registry, card: CardId, on: date) -> None:
    """Mark that the card is live no more, so that its holder may be given another."""
    registry.update("card", card, {"closed_on": on.isoformat()})


def number_used(registry: Registry, number: str) -> str | None:
    """The name of whoever holds or held the card with this number; None if it is free."""
    row = registry.row(
        "SELECT m.name FROM card c JOIN member m ON m.id = c.member_id WHERE c.number = :number",
        number=number,
    )
    return None if row is None else str(row["name"])


def get(registry: Registry, card: CardId, *, on: date) -> Card:
    """One card by its local number, with the holder's branch as of a day."""
    rows = registry.rows(f"{_CARDS} WHERE c.id = :id", id=card, day=on.isoformat())
    if not rows:
        raise NotFound("card_not_found", value=f"C{card}")
    return _cards(registry, rows)[0]


def live_of(registry: Registry, member: MemberId, *, on: date) -> Card | None:
    """The member's live card, in use or lost; None without one."""
    rows = registry.rows(
        f"{_CARDS} WHERE c.member_id = :member AND c.closed_on IS NULL",
        member=member,
        day=on.isoformat(),
    )
    return _cards(registry, rows)[0] if rows else None


def of_member(registry: Registry, member: MemberId, *, on: date) -> list[Card]:
    """Every card the member ever had, oldest first."""
    rows = registry.rows(
        f"{_CARDS} WHERE c.member_id = :member ORDER BY c.id", member=member, day=on.isoformat()
    )
    return _cards(registry, rows)


def find(registry: Registry, text: str, *, on: date) -> Card:
    """The card that ``text`` names: its number, ``C3``, or its holder (the live, else the last).

    Of two cards with one number in two offices, the one that was not made void, or with which its
    holder went from one to the other.

    Raises:
        NotFound: no such card or person, or the person never had one; or the number is two cards'.
    """
    wanted = text.strip()
    number = numbered(wanted, "C")
    rows = registry.rows(f"{_CARDS} WHERE c.number = :text", text=wanted, day=on.isoformat())
    if rows:
        alive = registry.rows(f"{_CARDS} WHERE c.number = :text AND {LIVING_ON}",
                              text=wanted, day=on.isoformat())  # fmt: skip
        return _valid(_cards(registry, rows), {row["id"] for row in alive})
    if number is not None:
        return get(registry, CardId(number), on=on)
    member = one_member(registry, wanted, on=on)
    live = live_of(registry, member.id, on=on)
    if live is not None:
        return live
    past = of_member(registry, member.id, on=on)
    if not past:
        raise NotFound("card_none", member=member.name, label=member.label)
    return past[-1]


def _valid(found: list[Card], living: set[int]) -> Card:
    """The one card of these, all of one number, that holds; a living holder's, if it went along."""
    valid = [card for card in found if all(event.kind is not Kind.VOID for event in card.events)]
    cards = valid or found
    if len(cards) > 1:
        cards = [card for card in cards if card.id in living] or cards
    if len(cards) > 1:
        candidates = [f"C{card.id} {card.member} {card.branch or ''}".strip() for card in cards]
        raise NotFound("card_ambiguous", value=cards[0].number, candidates=candidates)
    return cards[0]


_ISSUED = 'EXISTS (SELECT 1 FROM card_event e WHERE e.card_id = c.id AND e."on" <= :day)'


def list_cards(
    registry: Registry, *, on: date, org: OrgId | None = None, limit: int | None = None
) -> list[Card]:
    """The cards issued by a day, by the holder's branch and number."""
    rows = listed(
        registry,
        _CARDS,
        _ISSUED,
        order="b.id, c.number",
        org=org,
        limit=limit,
        day=on.isoformat(),
    )
    return _cards(registry, rows)


_LIVE = "(c.closed_on IS NULL OR c.closed_on > :day)"

_HOME = f"""CASE WHEN m.ended_on <= :day THEN m.ended_on
        WHEN EXISTS (SELECT 1 FROM movement v WHERE v.member_id = m.id AND v.direction = 'out'
            AND {OPEN_ON}) THEN NULL
        ELSE (SELECT max(v.ended_on) FROM movement v WHERE v.member_id = m.id
            AND v.direction = 'out' AND v.ended_on <= :day) END"""


_QUIET = f"""c.id IN (SELECT e.card_id FROM card_event e WHERE e."on" <= :day GROUP BY e.card_id
        HAVING max(e.kind = 'verify') AND NOT max(e.kind = 'lost')
        AND max(CASE WHEN e.kind IN ('issue', 'review') THEN e."on" END) > :reviewed)
    AND EXISTS (SELECT 1 FROM movement v WHERE v.member_id = c.member_id AND v.direction = 'out'
        AND {OPEN_ON}) AND {LIVING_ON}"""
"""SQL: verified, never lost, reviewed since ``:reviewed``, and its holder is away: all is well."""


def live(
    registry: Registry, *, on: date, reviewed: date, org: OrgId | None = None
) -> list[tuple[Card, str | None]]:
    """The cards not ended by a day with which something may be to do.

    Left out: those verified, never lost, issued or reviewed after ``reviewed``, and whose holder is
    away. With each stands since when its holder is home again or no member; None: the holder is
    away, or nobody knows of a movement.
    """
    rows = listed(
        registry,
        _CARDS,
        _ISSUED,
        _LIVE,
        f"NOT ({_QUIET})",
        order="b.id, c.number",
        org=org,
        day=on.isoformat(),
        reviewed=reviewed.isoformat(),
    )
    home = registry.rows(
        f"SELECT c.id, {_HOME} AS home_on FROM card c JOIN member m ON m.id = c.member_id"
        " WHERE c.id IN (SELECT value FROM json_each(:ids))",
        day=on.isoformat(),
        ids=json.dumps([row["id"] for row in rows]),
    )
    since = {row["id"]: row["home_on"] for row in home}
    return [(card, since[card.id]) for card in _cards(registry, rows)]


def same_event(
    registry: Registry, card: CardId, kind: Kind, *, on: date, findings: str | None
) -> CardEvent | None:
    """The event recorded before with the same card, kind, day and content."""
    row = registry.row(
        f'{_EVENTS} WHERE e.card_id = :card AND e.kind = :kind AND e."on" = :day'
        " AND e.findings IS :findings ORDER BY e.id LIMIT 1",
        card=card,
        kind=kind,
        day=on.isoformat(),
        findings=findings,
    )
    return None if row is None else _event(row)
