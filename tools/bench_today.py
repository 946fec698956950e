"""A town of any size for ``make bench``: written straight into the file, only to be read."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from flowparty.domain.identity import check_character
from flowparty.repository.journal import Actor
from flowparty.service import setup

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

TOWN = "522325107"
TODAY = date(2026, 11, 20)
SURNAMES, GIVEN = "王李张刘陈杨黄赵吴周韦岑", "小大建国志明秀兰海飞文安"
PLACES = 3001
"""Into how many counties they go; about as many as there are."""
OWING = 50
"""One in so many owes something of each kind; the others have done all of it."""


def fill(path: Path, members: int) -> None:
    """A town whose members are away by two in five, with cards, contacts and dues of a year."""
    setup.create(
        path, TOWN, name=None, today=TODAY, actor=Actor("bench"), command="bench",
        now=lambda: datetime.now(UTC),
    )  # fmt: skip
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        db.execute("PRAGMA synchronous = OFF")
        db.execute("BEGIN")
        branches = [row[0] for row in db.execute("SELECT id FROM org WHERE kind = 'branch'")]
        for number in range(1, members + 1):
            for table, values in _person(number, branches):
                marks = ", ".join("?" * len(values))
                names = ", ".join(f'"{name}"' for name in values)
                db.execute(
                    f"INSERT INTO {table} ({names}) VALUES ({marks})",  # noqa: S608 - our own
                    list(values.values()),
                )
        db.execute("COMMIT")


def _uuids() -> Iterator[str]:
    number = 1 << 64
    while True:
        number += 1
        yield str(UUID(int=number))


_UUID = _uuids()


def _row(table: str, **values: object) -> tuple[str, dict[str, object]]:
    return table, {"uuid": next(_UUID), "office": "bench", **values}


def _person(number: int, branches: list[int]) -> Iterator[tuple[str, dict[str, object]]]:
    born = date(1960, 1, 1) + timedelta(days=number // 500)
    first17 = f"522325{born:%Y%m%d}{number % 500 + 100:03d}"
    name = SURNAMES[number % 12] + GIVEN[number // 12 % 12] + GIVEN[number // 144 % 12]
    yield _row(
        "member", id=number, name=name, name_key=name, initials="bm",
        id_number=first17 + check_character(first17), id_given=first17 + check_character(first17),
        sex="male", ethnicity="汉族", education="junior", joined_on="1999-07-01",
        mobile=f"138{number:08d}",
    )  # fmt: skip
    branch = branches[number % len(branches)]
    yield _row("member_state", member_id=number, attribute="branch", org_id=branch, since="")
    for attribute, code in (("category", "full"), ("standing", "normal")):
        yield _row("member_state", member_id=number, attribute=attribute, code=code, since="")
    yield from _dues(number)
    if number % 5 < 2:  # noqa: PLR2004 - two in five
        yield from _away(number)


def _dues(number: int) -> Iterator[tuple[str, dict[str, object]]]:
    yield _row(
        "dues_standard", member_id=number, since="2026-01", basis="farmer", amount_fen=50
    )  # fmt: skip
    for quarter in range(3 if number % OWING == 0 else 4):
        first = quarter * 3 + 1
        yield _row(
            "dues_payment", member_id=number, on=f"2026-{first + 1:02d}-20",
            since=f"2026-{first:02d}", until=f"2026-{min(first + 2, 11):02d}", amount_fen=150,
        )  # fmt: skip


def _away(number: int) -> Iterator[tuple[str, dict[str, object]]]:
    left = date(2025, 1, 1) + timedelta(days=number % 300)
    place = number * 7919 % PLACES
    yield _row(
        "movement", member_id=number, direction="out", left_on=str(left), unit_kind="unknown",
        destination_code=f"{place // 60 + 11}{place // 5 % 12 + 1:02d}{place % 5 + 11}",
        reason="work", occupation="普工",
        fixed_place="no", host_org="流入地党支部",
        arrived_on=None if number % OWING == 0 else str(left + timedelta(days=9)),
    )  # fmt: skip
    for month in range(1, 12 if number % OWING else 11):
        yield _row(
            "contact", member_id=number, on=f"2026-{month:02d}-{number % 18 + 1:02d}",
            method="phone", outcome="reached",
        )  # fmt: skip
    if number % OWING:
        yield _row("card", id=number, number=f"贞流证{number:06d}", member_id=number)
        issued = left + timedelta(days=190)
        for kind, day in (("issue", issued), ("verify", issued + timedelta(days=40))):
            yield _row("card_event", card_id=number, kind=kind, on=str(day))
        yield _row("card_event", card_id=number, kind="review", on="2026-06-30")
