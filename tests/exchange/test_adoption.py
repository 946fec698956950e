"""A town kept its villages' books; then a village has its own, and takes its people over."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from flowparty.domain.dates import PartialDate
from flowparty.domain.identity import parse_id
from flowparty.domain.members import Attribute, NewMember
from flowparty.domain.movements import Direction, NewMovement
from flowparty.repository import conflicts, members, orgs
from flowparty.repository.check import check
from flowparty.service import cards, closing, contacts, ledger, movements
from flowparty.service import members as member_service
from tests.exchange_cases import DAY, MONTH, TODAY, Case, add_person
from tests.offices import COUNTY, introduce, make_office
from tests.people import NAMES, id_number

if TYPE_CHECKING:
    from pathlib import Path

    from flowparty.domain.members import Member
    from tests.offices import Office

MANY = 40


def person(office: Office, division: str, name: str, number: int, **facts: Any) -> Member:
    """A member in the branch of a division, as a town keeps it."""
    (branch,) = [
        o for o in orgs.list_orgs(office.registry) if o.division == division and o.kind == "branch"
    ]
    identity = parse_id(id_number(number), today=TODAY)
    new = NewMember(name, identity, identity.sex, None, **facts)
    return member_service.register(office.registry, new, branch=branch, category="full",
                                   standing="normal", since=None, today=TODAY).record  # fmt: skip


def leave(office: Office, member: Member, left: str, **facts: Any) -> None:
    new = NewMovement(Direction.OUT, PartialDate.from_iso(left), "440306", "某地", reason="work",
                      **facts)  # fmt: skip
    movements.begin(office.registry, member, new, today=TODAY)


def held(case: Case, number: int) -> Member:
    (found,) = [
        m
        for m in members.list_members(case.town.registry, on=TODAY)
        if m.id_number.reveal() == id_number(number)
    ]
    return found


def away(office: Office) -> int:
    return ledger.build(office.registry, MONTH, None, today=TODAY).total.counts["away"]


def open_ones(case: Case) -> list[tuple[str, str | None]]:
    return [(c.kind, c.field) for c in conflicts.list_conflicts(case.town.registry)]


def send(case: Case, office: Office) -> Any:
    if office.registry.row("SELECT 1 FROM closed_month WHERE reopened_on IS NULL") is not None:
        closing.reopen(office.registry, MONTH, reason="更正", today=TODAY)
    office.close_month(MONTH, TODAY)
    return case.town.receive(office.pack(MONTH, TODAY)[1], TODAY)


@pytest.fixture
def kept(case: Case) -> Case:
    """Forty people of the second village stand in both books, differently known."""
    with case.town.registry.write():
        for n in range(MANY):
            one = person(case.town, case.other.division, f"韦安{chr(0x4E00 + n)}", 100 + n,
                         mobile=f"139000001{n:02d}", education="bachelor")  # fmt: skip
            leave(case.town, one, "2025-03", host_org="龙岗某支部")
            cards.issue(case.town.registry, one, f"贞K{n}", on=DAY, by="李国", place="镇")
            contacts.add(case.town.registry, one, on=DAY, method="phone", outcome="reached",
                         by="李国", notes=None)  # fmt: skip
    with case.other.registry.write():
        for n in range(MANY):
            more: dict[str, Any] = {"mobile": "13800000000"} if n == 0 else {}
            one = add_person(case.other, f"韦安{chr(0x4E00 + n)}", 100 + n, **more)
            leave(case.other, one, "2025-03" if n % 2 else "2025-04-01")
            cards.issue(case.other.registry, one, f"贞K{n}", on=DAY, by="村", place=None)
    return case


def test_a_village_takes_over_whom_the_town_kept_for_it(kept: Case) -> None:
    before = {n: held(kept, 100 + n).id for n in range(MANY)}
    arrived = send(kept, kept.other)
    assert [d.change for d in arrived.differences].count("adopted") == MANY
    assert {n: held(kept, 100 + n).id for n in range(MANY)} == before, "the record stays the same"
    assert away(kept.town) == away(kept.other), "everybody counts once"
    kinds = open_ones(kept)
    assert sorted(set(kinds)) == [("field", "left_on"), ("field", "mobile")]
    assert len(kinds) == MANY // 2 + 1 == arrived.conflicts
    assert list(check(kept.town.registry)) == []


def test_what_only_the_town_knew_stays(kept: Case) -> None:
    send(kept, kept.other)
    one = held(kept, 101)
    assert one.mobile is not None
    assert (one.mobile.reveal(), one.education) == ("13900000101", "bachelor")
    (row,) = kept.town.registry.rows(
        "SELECT office, host_org FROM movement WHERE member_id = :m", m=one.id
    )
    assert (row["office"], row["host_org"]) == (kept.other.registry.office, "龙岗某支部")
    (card,) = kept.town.registry.rows(
        "SELECT e.by, e.place FROM card c JOIN card_event e ON e.card_id = c.id"
        " WHERE c.member_id = :m", m=one.id,
    )  # fmt: skip
    assert (card["by"], card["place"]) == ("李国", "镇"), "the card and its issue are one, not two"
    assert kept.town.registry.rows("SELECT 1 FROM contact WHERE member_id = :m", m=one.id)
    won = conflicts.list_conflicts(kept.town.registry, settled=True)
    assert ("mobile", "ours") in {(c.field, c.kept) for c in won}, "who won stands there"


def test_the_next_package_finds_nothing_to_decide(kept: Case) -> None:
    first = send(kept, kept.other)
    assert kept.town.receive(kept.other.pack(MONTH, TODAY)[1], TODAY).outcome == "already"
    for one in members.list_members(kept.other.registry, on=TODAY):
        member_service.edit(kept.other.registry, one, corrections={"ethnicity": "苗族"}, dated={},
                            since=None, today=TODAY)  # fmt: skip
    again = send(kept, kept.other)
    assert (first.conflicts > 0, again.conflicts) == (True, 0)
    assert "adopted" not in {d.change for d in again.differences}
    assert away(kept.town) == away(kept.other)
    mobile = held(kept, 101).mobile
    assert mobile is not None
    assert mobile.reveal() == "13900000101", "what the village does not know stays also later"


def test_somebody_kept_for_another_village_remains_a_conflict(kept: Case) -> None:
    wrong = person(kept.town, kept.village.division, NAMES[5], 71)
    leave(kept.town, wrong, "2025-03")
    leave(kept.other, add_person(kept.other, NAMES[5], 71), "2025-03")
    send(kept, kept.other)
    assert ("person", None) in open_ones(kept)
    assert away(kept.town) == away(kept.other) + 1


def test_an_old_number_is_the_same_person(case: Case) -> None:
    old = parse_id(id_number(71)[:6] + id_number(71)[8:17], today=TODAY)
    (branch,) = [
        o for o in orgs.list_orgs(case.town.registry)
        if o.division == case.other.division and o.kind == "branch"
    ]  # fmt: skip
    new = NewMember(NAMES[5], old, old.sex, None)
    member_service.register(case.town.registry, new, branch=branch, category="full",
                            standing="normal", since=None, today=TODAY)  # fmt: skip
    leave(case.other, add_person(case.other, NAMES[5], 71), "2025-03")
    assert "adopted" in {d.change for d in send(case, case.other).differences}
    assert held(case, 71).name == NAMES[5]


def test_a_movement_and_a_dated_value_the_village_does_not_know(case: Case) -> None:
    one = person(case.town, case.other.division, NAMES[5], 71)
    leave(case.town, one, "2026-03-01")
    dated = {Attribute.CATEGORY: "probationary"}
    member_service.edit(case.town.registry, one, corrections={}, dated=dated,
                        since=date(2026, 4, 1), today=TODAY)  # fmt: skip
    theirs = add_person(case.other, NAMES[5], 71)
    cards.issue(case.other.registry, theirs, "贞9", on=DAY, by=None, place=None)
    send(case, case.other)
    found = conflicts.list_conflicts(case.town.registry)
    assert sorted((c.kind, c.entity) for c in found) == [
        ("record", "member_state"),
        ("record", "movement"),
    ]
    assert {c.member for c in found} == {NAMES[5]}
    assert away(case.town) == away(case.other) + 1, "our movement stays until it is settled"
    assert list(check(case.town.registry)) == []


def test_the_county_sees_the_same_person_go_on(kept: Case, tmp_path: Path) -> None:
    county = make_office(tmp_path / COUNTY, COUNTY, TODAY)
    introduce(kept.town, county, TODAY)
    kept.town.close_month(MONTH, TODAY)
    county.receive(kept.town.pack(MONTH, TODAY)[1], TODAY)
    send(kept, kept.other)
    closing.reopen(kept.town.registry, MONTH, reason="村里自己报了", today=TODAY)
    kept.town.close_month(MONTH, TODAY)
    county.receive(kept.town.pack(MONTH, TODAY)[1], TODAY)
    assert away(county) == away(kept.town)
    assert conflicts.list_conflicts(county.registry) == []
    assert list(check(county.registry)) == []
    county.registry.close()
