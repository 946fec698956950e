"""A village and a town with one package between them, and packages made wrong on purpose."""

from __future__ import annotations

import shutil
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any

from flowparty.domain.dates import PartialDate
from flowparty.domain.movements import Direction, NewMovement
from flowparty.domain.period import Period
from flowparty.exchange import payload
from flowparty.exchange.crypto import unseal
from flowparty.exchange.stream import split
from flowparty.repository import members, office_keys, orgs
from flowparty.repository.registry import Registry
from flowparty.service import cards, contacts, movements
from flowparty.service import members as member_service
from flowparty.service.packing import seal_stream
from tests.conftest import ACTOR, now
from tests.offices import VILLAGES, Office, make_town
from tests.people import NAMES, id_number

if TYPE_CHECKING:
    from pathlib import Path

    from flowparty.domain.members import Member
    from flowparty.exchange.payload import Payload
    from flowparty.exchange.stream import Header

DAY = date(2026, 10, 5)
MONTH = Period(2026, 11)
TODAY = date(2026, 11, 28)


@dataclass
class Case:
    """A town, its villages, and the first village's package of 2026-11."""

    town: Office
    village: Office
    other: Office
    data: bytes

    def parts(self, data: bytes | None = None) -> tuple[Header, Payload]:
        """What is in a package, as the town reads it."""
        stream = split(self.data if data is None else data)
        pair = self.town.keys.for_digest(stream.header.recipient_key)
        return stream.header, payload.decode(unseal(stream.ciphertext, pair, stream.info))

    def forge(
        self,
        header: dict[str, Any] | None = None,
        *,
        outside: dict[str, Any] | None = None,
        seal_to: Office | None = None,
        **contents: Any,
    ) -> bytes:
        """The same package with something else in it, signed by the village all the same.

        ``header`` changes both copies of the header, ``outside`` only the one in clear.
        """
        old, inner = self.parts()
        new = replace(old, **(header or {}))
        changed = replace(inner, header=new.as_dict(), **contents)
        plain = payload.encode(changed)
        to = (seal_to or self.town).keys.card.keys.seal
        return seal_stream(replace(new, **(outside or {})), plain, self.village.keys, to)


def make_case(folder: Path) -> Case:
    """Two villages with people away; the first has closed and packed 2026-11."""
    town, (village, other) = make_town(folder, VILLAGES[:2], date(2026, 1, 1))
    fill(village, 1)
    fill(other, 11)
    village.close_month(MONTH, TODAY)
    _, data = village.pack(MONTH, TODAY)
    return Case(town, village, other, data)


def fill(office: Office, first: int) -> None:
    """Three people, two of them away, one with a card."""
    with office.registry.write():
        people = [add_person(office, NAMES[at], first + at) for at in range(3)]
        for person in people[:2]:
            go(office, person, DAY)
        cards.issue(office.registry, people[0], f"贞{first}", on=DAY, by=None, place=None)
        contacts.add(office.registry, people[0], on=DAY, method="phone", outcome="reached",
                     by="李国", notes="想家")  # fmt: skip


def add_person(
    office: Office, name: str, number: int, *, since: date | None = None, **facts: Any
) -> Member:
    """A member of an office's branch, from a day on or since ever."""
    from flowparty.domain.identity import parse_id
    from flowparty.domain.members import NewMember

    identity = parse_id(id_number(number), today=TODAY)
    new = NewMember(name, identity, identity.sex, None, address="某组某号", **facts)
    branch = next(o for o in orgs.list_orgs(office.registry) if o.kind == "branch")
    return member_service.register(office.registry, new, branch=branch, category="full",
                                   standing="normal", since=since, today=TODAY).record  # fmt: skip


def go(office: Office, person: Member, day: date, place: str = "440306") -> None:
    """A member goes away."""
    new = NewMovement(Direction.OUT, PartialDate.of(day), place, "某地", reason="work")
    movements.begin(office.registry, person, new, today=TODAY)


def new_branch(office: Office, name: str, **facts: Any) -> int:
    """A branch without a division, right below the office unless facts say otherwise."""
    top = orgs.top(office.registry)
    values = {"kind": "branch", "name": name, "parent_id": top.id, "since": "2020-01-01", **facts}
    with office.registry.write():
        return orgs.add(office.registry, values)


def of_village(case: Case, name: str) -> Member:
    """A member as the town holds it."""
    (found,) = [m for m in members.list_members(case.town.registry, on=TODAY) if m.name == name]
    return found


def revoke_village(case: Case) -> None:
    """The town trusts the village's key no more."""
    town = case.town.registry
    with town.write():
        office_keys.revoke(town, office_keys.of_holder(town, case.village.registry.office), TODAY)


def copy_case(made: Case, folder: Path) -> Case:
    """The same offices in another folder; the registries of ``made`` must be closed."""
    folder.mkdir()
    town, village, other = (
        _copied(office, folder) for office in (made.town, made.village, made.other)
    )
    return Case(town, village, other, made.data)


def _copied(office: Office, folder: Path) -> Office:
    mine = folder / office.division
    shutil.copytree(office.folder, mine)
    registry = Registry.open(
        mine / "registry.db", actor=ACTOR, command="test", now=now, wait_seconds=5
    )
    return replace(office, folder=mine, registry=registry)
