"""How the close of a month grows: 10, 100 and 1 000 villages of ten members away each."""

from __future__ import annotations

import statistics
import tempfile
import time
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from flowparty.domain.identity import check_character
from flowparty.domain.period import Period
from flowparty.repository import orgs
from flowparty.repository.journal import Actor
from flowparty.repository.registry import Registry
from flowparty.service import closing, setup

TOWN = "522325107"
VILLAGES = (10, 100, 1_000)
MEMBERS = 10
ROUNDS = 3
OCTOBER, NOVEMBER = Period(2026, 10), Period(2026, 11)
TODAY = date(2026, 11, 28)


def now() -> datetime:
    """The journal's clock."""
    return datetime.now(UTC)


def close_of_month() -> None:
    """Print the seconds of one close, and how it grows against the rows it freezes."""
    times: list[float] = []
    frozen: list[int] = []
    for villages in VILLAGES:
        with tempfile.TemporaryDirectory() as folder:
            seconds, rows = _closed(Path(folder) / "registry.db", villages)
        times.append(seconds)
        frozen.append(rows)
        print(f"month close of {villages} villages: {seconds:.3f} s for {rows} frozen rows")
    grown = (times[-1] / times[0]) / (frozen[-1] / frozen[0])
    print(f"month close, {VILLAGES[0]} → {VILLAGES[-1]} villages: time grows {grown:.2f} × the rows"
          " (at most 1)")  # fmt: skip


def _closed(path: Path, villages: int) -> tuple[float, int]:
    """The median of several closes of the second month, the first one closed before."""
    actor = Actor("bench")
    setup.create(path, TOWN, name=None, today=TODAY, actor=actor, command="bench", now=now)
    with Registry.open(path, actor=actor, command="bench", now=now) as registry:
        _fill(registry, villages)
        closing.close(registry, OCTOBER, by=None, today=TODAY)
        seconds = []
        for _ in range(ROUNDS):
            begin = time.perf_counter()
            made = closing.close(registry, NOVEMBER, by=None, today=TODAY).record
            seconds.append(time.perf_counter() - begin)
            (counted,) = registry.rows(
                "SELECT count(*) AS n FROM closed_row WHERE closed_id = :id", id=made.id
            )
            closing.reopen(registry, NOVEMBER, reason="bench", today=TODAY)
        return statistics.median(seconds), int(counted["n"])


def _fill(registry: Registry, villages: int) -> None:
    """So many branches, ten members away in each, every second one with a card verified."""
    top = orgs.top(registry).id
    known = [o.id for o in orgs.list_orgs(registry) if o.kind == "branch"]
    with registry.write():
        more = [{"kind": "branch", "name": f"第{n}村党支部", "parent_id": top, "division": TOWN}
                for n in range(len(known), villages)]  # fmt: skip
        branches = [*known, *registry.insert_many("org", more)][:villages]
        members = registry.insert_many(
            "member", [_member(n) for n in range(len(branches) * MEMBERS)]
        )
        registry.insert_many(
            "member_state",
            [{"member_id": m, "attribute": "branch", "org_id": branches[n // MEMBERS], "since": ""}
             for n, m in enumerate(members)],
        )  # fmt: skip
        registry.insert_many("movement", [_movement(m) for m in members])
        cards = registry.insert_many(
            "card", [{"number": f"贞{m}", "member_id": m} for m in members[::2]]
        )
        for kind, on in (("issue", "2026-05-01"), ("verify", "2026-11-05")):
            registry.insert_many(
                "card_event", [{"card_id": card, "kind": kind, "on": on} for card in cards]
            )


def _member(number: int) -> dict[str, Any]:
    first = f"522325{1950 + number // 900 % 50}0101{number % 900 + 100}"
    identity = first + check_character(first)
    return {"name": f"党员{number}", "name_key": f"党员{number}", "initials": "dy", "sex": "male",
            "id_number": identity, "id_given": identity}  # fmt: skip


def _movement(member: int) -> dict[str, Any]:
    return {"member_id": member, "direction": "out", "left_on": "2026-03-01", "reason": "work",
            "destination_code": "440300", "unit_kind": "unknown", "fixed_place": "no"}  # fmt: skip
