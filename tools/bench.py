"""``make bench``: ratios of this program to a public yardstick, both measured in one run.

Absolute times on a shared machine say little; each pair of commands is run in turn, A B A B …, and
the median of the ratios is printed.
"""

from __future__ import annotations

import compileall
import os
import platform
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from datetime import UTC, date, datetime
from pathlib import Path
from random import Random

import bench_import
import bench_today
from bench_close import close_of_month

import flowparty
from flowparty.repository import orgs
from flowparty.repository.journal import Actor
from flowparty.repository.registry import Registry
from flowparty.service import members, setup
from flowparty.service.demo_people import People

ROUNDS = 15
MEMBERS = 10_000
TOWN = "522325107"
TODAY = date(2026, 11, 28)
_ENVIRONMENT = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}


def now() -> datetime:
    """The journal's clock."""
    return datetime.now(UTC)


def main() -> None:
    """Print the rows of the table."""
    print(
        f"{platform.python_implementation()} {platform.python_version()},"
        f" SQLite {sqlite3.sqlite_version}, {os.cpu_count()} cores; median of {ROUNDS} pairs"
    )
    compileall.compile_dir(Path(flowparty.__file__).parent, quiet=1)  # as an installed one is
    with tempfile.TemporaryDirectory() as folder:
        registry = Path(folder) / "registry.db"
        fill(registry)
        start_up(registry)
        today(Path(folder))
        bench_import.importing(Path(folder))
    close_of_month()


def fill(path: Path) -> None:
    """A registry of 10 000 members in the town's branches, in one transaction."""
    actor = Actor("bench")
    setup.create(path, TOWN, name=None, today=TODAY, actor=actor, command="bench", now=now)
    people = People(Random(1))  # noqa: S311 - made-up people, the same every time
    with Registry.open(path, actor=actor, command="bench", now=now) as registry:
        branches = [o for o in orgs.list_orgs(registry) if o.kind == "branch"]
        with registry.write():
            entered = 0
            while entered < MEMBERS:
                branch = branches[entered % len(branches)]
                new = people.member(branch.name)
                known = registry.row(
                    "SELECT 1 FROM member WHERE id_number = :id", id=new.id_number.value
                )
                if known is None:
                    members.enter(
                        registry, new, branch=branch.id, category="full", standing="normal",
                        since=None,
                    )  # fmt: skip
                    entered += 1


def start_up(registry: Path) -> None:
    """A read command against the start of a well-known SQLite tool."""
    bin_ = Path(sys.executable).parent
    ours = [str(bin_ / "flowparty"), "--db", str(registry), "member", "show", "M5000"]
    theirs = [str(bin_ / "sqlite-utils"), "--version"]
    row("member show of 10 000", "sqlite-utils --version", ours, theirs, most=1.0, aim=0.75)


def today(folder: Path) -> None:
    """What is owed today against a list of twenty members; and ten times the members."""
    asked: dict[int, list[str]] = {}
    for size in (MEMBERS, 10 * MEMBERS):
        registry = folder / f"today{size}.db"
        bench_today.fill(registry, size)
        program = [str(Path(sys.executable).parent / "flowparty"), "--db", str(registry)]
        asked[size] = [*program, "today", "--on", bench_today.TODAY.isoformat()]
        if size == MEMBERS:
            listed = [*program, "member", "list", "--limit", "20"]
            row(f"today of {size}", "member list --limit 20", asked[size], listed, most=2, aim=1.8)
    small, large = asked.values()
    row("today of 100 000", "today of 10 000", large, small, most=10, aim=6, rounds=3)


def row(
    name: str,
    other: str,
    ours: list[str],
    theirs: list[str],
    *,
    most: float,
    aim: float,
    rounds: int = ROUNDS,
) -> None:
    """Run both commands in turn and print the median times and ratio."""
    timed(ours), timed(theirs)
    pairs = [(timed(ours), timed(theirs)) for _ in range(rounds)]
    ratio = statistics.median(a / b for a, b in pairs)
    mine = statistics.median(a for a, _ in pairs)
    its = statistics.median(b for _, b in pairs)
    print(f"{name}: {mine:.3f} s / {other}: {its:.3f} s = {ratio:.2f} (at most {most}, aim {aim})")


def timed(command: list[str]) -> float:
    """Seconds one run of a command takes, as a whole process."""
    begin = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                   env=_ENVIRONMENT)  # fmt: skip
    return time.perf_counter() - begin


if __name__ == "__main__":
    main()
