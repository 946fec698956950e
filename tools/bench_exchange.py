"""``make bench``: packages of many villages merged, against copying the same rows with SQL.

The yardstick is a new registry with the same schema, indexes and guards (foreign keys and so on),
into which the very rows that the merge left behind (journal included) are copied by ``ATTACH`` and
``INSERT … SELECT``, one transaction a table. The merge verifies, decrypts, counts every total anew
and compares first.
"""

from __future__ import annotations

import sys
import tempfile
import time
from datetime import UTC, date, datetime
from pathlib import Path
from random import Random

from flowparty.domain.period import Period
from flowparty.exchange.cards import spoken
from flowparty.repository import incoming, orgs
from flowparty.repository.connection import raw_connect
from flowparty.repository.create import schema_text
from flowparty.repository.entities import ENTITIES
from flowparty.repository.journal import Actor
from flowparty.repository.registry import Registry
from flowparty.service import closing, keys, packing, receiving, setup
from flowparty.service.demo_people import People

TOWN = "522325107"
MONTH, TODAY = Period(2026, 11), date(2026, 11, 28)
PASSPHRASE = "made up for the bench"  # noqa: S105 - of made-up offices
JOURNAL = ("journal_entry", "journal_change", "journal_value", "journal_reason")
MOST, AIM = 3.0, 2.0


def now() -> datetime:
    """The journal's clock."""
    return datetime.now(UTC)


def main(villages: int, members: int) -> None:
    """Print the row of the table."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        town, unlocked = office(folder, TOWN, "长田镇")
        files = [village(folder, number, members, town) for number in range(villages)]
        begin = time.perf_counter()
        for file in files:
            terms = receiving.Terms(TODAY, now())
            receiving.receive(town, file.read_bytes(), unlocked, terms)
        ours = time.perf_counter() - begin
        town.close()
        theirs = copied(folder / f"{TOWN}.db", folder / "copy.db")
    print(
        f"{villages} villages × {members} received: {ours:.2f} s / ATTACH and INSERT … SELECT:"
        f" {theirs:.2f} s = {ours / theirs:.2f} (at most {MOST}, aim {AIM})"
    )


def office(folder: Path, division: str, name: str) -> tuple[Registry, keys.Unlocked]:
    """A registry with keys."""
    path, actor = folder / f"{division}.db", Actor("bench")
    setup.create(path, division, name=name, today=TODAY, actor=actor, command="bench", now=now)
    registry = Registry.open(path, actor=actor, command="bench", now=now)
    key = folder / f"{division}.key"
    keys.init(registry, key, PASSPHRASE, today=TODAY, cost=10)
    return registry, keys.unlock(registry, key, PASSPHRASE)


def village(folder: Path, number: int, members: int, town: Registry) -> Path:
    """A village's package: everybody away, every second one with a card."""
    registry, unlocked = office(folder, f"{TOWN}{200 + number:03d}", f"{number}号村")
    for one, other, of in ((registry, town, TOWN), (town, registry, f"{TOWN}{200 + number:03d}")):
        card = folder / f"{of}.card"
        theirs = keys.unlock(other, folder / f"{of}.key", PASSPHRASE)
        keys.export_card(other, theirs, card)
        keys.trust(one, card.read_bytes(), spoken(theirs.card.key_digest), today=TODAY)
    fill(registry, members, Random(number))  # noqa: S311 - made-up people
    closing.close(registry, MONTH, by=None, today=TODAY)
    made = packing.pack(registry, MONTH, unlocked, folder, today=TODAY, at=now())
    registry.close()
    return made.record[1]


def fill(registry: Registry, members: int, random: Random) -> None:
    """People in bulk, as a package brings them."""
    people, branch = People(random), orgs.top(registry).id
    new = {n.id_number.value: n for n in (people.member("村") for _ in range(members * 2))}
    chosen = list(new.values())[:members]
    with registry.write():
        numbers = incoming.insert(registry, "member", [
            {"name": n.name, "id_number": n.id_number.value, "sex": n.sex,
             "birth_date": str(n.birth_date), "ethnicity": n.ethnicity, "education": n.education,
             "joined_on": str(n.joined_on), "mobile": n.mobile}
            for n in chosen
        ])  # fmt: skip
        registry.insert_many("member_state", [
            {"member_id": m, "attribute": attribute, "org_id": org, "code": code, "since": ""}
            for m in numbers
            for attribute, org, code in (("branch", branch, None), ("category", None, "full"),
                                         ("standing", None, "normal"))
        ])  # fmt: skip
        registry.insert_many("movement", [
            {"member_id": m, "direction": "out", "left_on": "2026-03-05", "reason": "work",
             "destination_code": "440306", "unit_kind": "unknown", "fixed_place": "no"}
            for m in numbers
        ])  # fmt: skip
        cards = registry.insert_many("card", [
            {"member_id": m, "number": f"{branch}-{registry.office[:4]}-{m}"} for m in numbers[::2]
        ])  # fmt: skip
        registry.insert_many("card_event", [
            {"card_id": card, "kind": "issue", "on": "2026-11-02"} for card in cards
        ])  # fmt: skip


def copied(source: Path, target: Path) -> float:
    """Seconds to copy every row by SQL into a new registry with the same indexes."""
    target.touch()
    database = raw_connect(target)
    database.execute("PRAGMA cache_spill = OFF")
    database.executescript(schema_text())
    database.execute("ATTACH ? AS source", (str(source),))
    begin = time.perf_counter()
    for table in (*ENTITIES, "member_search", *JOURNAL):
        columns = "rowid, characters" if table == "member_search" else "*"
        into = f"{table} (rowid, characters)" if table == "member_search" else table
        database.execute("BEGIN IMMEDIATE")
        database.execute(f"INSERT INTO {into} SELECT {columns} FROM source.{table}")  # noqa: S608
        database.execute("COMMIT")
    took = time.perf_counter() - begin
    database.close()
    return took


if __name__ == "__main__":
    main(*(int(word) for word in sys.argv[1:3]) if sys.argv[2:] else (100, 1000))
