"""One run of changed files through one worker of little memory; what must hold after each."""

from __future__ import annotations

import contextlib
import hashlib
import sqlite3
from dataclasses import dataclass, field
from random import Random
from typing import TYPE_CHECKING

from flowparty.cli.intake import app
from flowparty.errors import Exit
from tests.intake.confinement import MOST_MEGABYTES, Worker
from tests.intake.mutate import ENCODINGS, Mutator

if TYPE_CHECKING:
    from pathlib import Path

MOST_SECONDS = 30
CHECKED_EVERY = 100
_LISTS = {"members", "moves", "cards", "survey", "contacts", "aid"}
_WRITTEN = (Exit.OK, Exit.PARTIAL)


@dataclass
class Tally:
    """How often each exit came, and every promise broken, by the number of the file."""

    exits: dict[int, int] = field(default_factory=dict)
    broken: list[str] = field(default_factory=list)


def fuzz(registry: Path, folder: Path, *, seed: int, count: int) -> Tally:
    """Import ``count`` changed files into a registry and keep account."""
    rng = Random(seed)
    mutator = Mutator(seed)
    tally = Tally()
    names = {command.name or command.callback.__name__ for command in app.registered_commands
             if command.callback is not None}  # fmt: skip
    kinds = sorted(names & _LISTS)
    with Worker() as worker:
        for number in range(count):
            file = mutator.make(folder)
            words = ["import", rng.choice(("members", *kinds)), str(file)]
            words += ["--skip-bad"] * rng.choice((0, 1)) + ["--dry-run"] * (rng.random() < 0.2)
            if rng.random() < 0.1:
                words += ["--encoding", rng.choice(ENCODINGS)]
            _one(worker, registry, words, tally, number)
            for copy in list(folder.glob("*.回填*.xlsx")):
                _one(worker, registry, [*words[:2], str(copy), "--skip-bad"], tally, number)
            for left in folder.iterdir():
                if left.name.endswith(".part"):
                    tally.broken.append(f"{number}: left {left.name}")
                left.unlink()
            if number % CHECKED_EVERY == CHECKED_EVERY - 1:
                checked = worker.run("--db", str(registry), "db", "check")
                if checked["exit"] != Exit.OK:
                    tally.broken.append(f"{number}: db check: {checked['err']}")
    return tally


def _one(worker: Worker, registry: Path, words: list[str], tally: Tally, number: int) -> None:
    before = _facts(registry)
    ran = worker.run("--debug", "--db", str(registry), *words)
    tally.exits[ran["exit"]] = tally.exits.get(ran["exit"], 0) + 1
    if ran["traceback"] or ran["exit"] not in {*Exit} - {Exit.INTERNAL}:
        tally.broken.append(f"{number}: {words}: {ran['exit']}: {ran['traceback'] or ran['err']}")
    if ran["seconds"] > MOST_SECONDS or ran["megabytes"] > MOST_MEGABYTES:
        tally.broken.append(f"{number}: {words}: {ran['seconds']:.0f} s, {ran['megabytes']} MB")
    if ran["exit"] not in _WRITTEN and _facts(registry) != before:
        tally.broken.append(f"{number}: {words}: exit {ran['exit']}, and something was written")


def _facts(registry: Path) -> str:
    """A digest of every row but the journal's, and how many facts the journal knows of.

    A list handed back is a disclosure, and stands in the journal although nothing was imported.
    """
    digest = hashlib.sha256()
    with contextlib.closing(sqlite3.connect(registry)) as db:
        tables = db.execute(
            "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'journal%'"
            " AND sql NOT LIKE 'CREATE VIRTUAL%' ORDER BY name"
        )
        for (name,) in tables.fetchall():
            digest.update(name.encode())
            for row in db.execute(f'SELECT * FROM "{name}"'):
                digest.update(repr(row).encode())
        facts = "SELECT count(*) FROM journal_change WHERE entity <> 'disclosure'"
        digest.update(repr(db.execute(facts).fetchone()).encode())
    return digest.hexdigest()
