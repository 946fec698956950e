"""What two offices say differently: listed, never silently won, settled by people."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from flowparty.domain.errors import Conflict, NotFound
from flowparty.domain.members import Attribute, EndReason
from flowparty.domain.movements import State
from flowparty.repository import closings, conflicts, history, members, settings
from flowparty.repository import ledger as ledger_rows
from flowparty.repository import movements as movement_rows
from flowparty.repository.check import check
from flowparty.service import (
    cards,
    closing,
    corrections,
    ledger,
    movements,
    receiving,
    settling,
)
from flowparty.service import members as member_service
from tests.exchange_cases import DAY, MONTH, TODAY, Case, add_person, go, of_village
from tests.offices import AT
from tests.people import NAMES, id_number

if TYPE_CHECKING:
    from tests.offices import Office


def send(case: Case, office: Office | None = None) -> Any:
    """The office corrects its month and sends it once more."""
    sender = office or case.village
    if sender.registry.row("SELECT 1 FROM closed_month WHERE reopened_on IS NULL") is not None:
        closing.reopen(sender.registry, MONTH, reason="更正", today=TODAY)
    sender.close_month(MONTH, TODAY)
    return case.town.receive(sender.pack(MONTH, TODAY)[1], TODAY)


def edit(office: Office, name: str, **facts: Any) -> None:
    (member,) = [m for m in members.list_members(office.registry, on=TODAY) if m.name == name]
    member_service.edit(
        office.registry, member, corrections=facts, dated={}, since=None, today=TODAY
    )


def settle(case: Case, number: str, keep: str) -> Any:
    return settling.settle(
        case.town.registry, number, keep, by="陈文书", today=TODAY, reason="打电话核对过"
    )


def mobile(case: Case, name: str = NAMES[0]) -> str | None:
    found = of_village(case, name).mobile
    return None if found is None else found.reveal()


@pytest.fixture
def edited(case: Case) -> Case:
    """The town has changed a phone that the village then changes too."""
    case.town.receive(case.data, TODAY)
    edit(case.town, NAMES[0], mobile="13900000001")
    edit(case.village, NAMES[0], mobile="13900000002")
    assert send(case).conflicts == 1
    return case


def test_the_owners_word_stands_until_it_is_settled(edited: Case) -> None:
    (found,) = conflicts.list_conflicts(edited.town.registry)
    assert (found.kind, found.field, found.member) == ("field", "mobile", NAMES[0])
    assert (found.ours, found.theirs) == ("13900000001", "13900000002")
    assert mobile(edited) == "13900000002"
    assert send(edited).conflicts == 0
    assert len(conflicts.list_conflicts(edited.town.registry)) == 1


def test_ours_is_kept_against_the_same_word_and_not_against_another(edited: Case) -> None:
    settle(edited, "K1", "ours")
    assert mobile(edited) == "13900000001"
    assert send(edited).conflicts == 0
    assert mobile(edited) == "13900000001"
    edit(edited.village, NAMES[0], mobile="13900000003")
    assert send(edited).conflicts == 1
    assert mobile(edited) == "13900000003"
    assert list(check(edited.town.registry)) == []


def test_theirs_is_kept(edited: Case) -> None:
    settle(edited, "1", "theirs")
    assert mobile(edited) == "13900000002"
    assert conflicts.list_conflicts(edited.town.registry) == []
    (settled,) = conflicts.list_conflicts(edited.town.registry, settled=True)
    assert (settled.kept, settled.by) == ("theirs", "陈文书")
    (why,) = edited.town.registry.rows("SELECT text FROM journal_reason ORDER BY seq DESC LIMIT 1")
    assert why["text"] == "打电话核对过"


def test_settling_again_another_way_and_both(edited: Case) -> None:
    with pytest.raises(Conflict, match="conflict_both"):
        settle(edited, "K1", "both")
    settle(edited, "K1", "ours")
    before = edited.town.head()
    assert settle(edited, "K1", "ours").repeated
    with pytest.raises(Conflict, match="conflict_settled"):
        settle(edited, "K1", "theirs")
    with pytest.raises(NotFound):
        settle(edited, "K9", "ours")
    assert edited.town.head() == before


def test_the_same_change_on_both_sides_is_no_conflict(case: Case) -> None:
    case.town.receive(case.data, TODAY)
    for office in (case.town, case.village):
        edit(office, NAMES[0], mobile="13900000001")
    assert send(case).conflicts == 0


def test_a_field_that_does_not_travel_stays(case: Case) -> None:
    case.town.receive(case.data, TODAY)
    edit(case.town, NAMES[0], address="长田镇政府宿舍")
    edit(case.village, NAMES[0], mobile="13900000002")
    assert send(case).conflicts == 0
    address = of_village(case, NAMES[0]).address
    assert address is not None
    assert address.reveal() == "长田镇政府宿舍"


@pytest.fixture
def twice(case: Case) -> Case:
    """A member of the first village is recorded as one of the second too, and away."""
    case.town.receive(case.data, TODAY)
    go(case.other, add_person(case.other, NAMES[0], 1), DAY, "330206")
    send(case, case.other)
    return case


def away(case: Case) -> int:
    return ledger.build(case.town.registry, MONTH, None, today=TODAY).total.counts["away"]


def test_one_person_in_two_villages(twice: Case) -> None:
    (found,) = conflicts.list_conflicts(twice.town.registry)
    assert (found.kind, found.member) == ("person", NAMES[0])
    assert away(twice) == 5, "until it is settled the town is the sum of its packages"
    assert send(twice).conflicts == 0
    assert len(conflicts.list_conflicts(twice.town.registry)) == 1


def test_a_transfer_within_the_town_is_no_conflict(case: Case) -> None:
    case.town.receive(case.data, TODAY)
    (member,) = [
        m for m in members.list_members(case.village.registry, on=TODAY) if m.name == NAMES[0]
    ]
    reason = EndReason.TRANSFERRED
    member_service.end(case.village.registry, member, reason, on=TODAY, note=None, today=TODAY)
    go(case.other, add_person(case.other, NAMES[0], 1), DAY, "330206")
    send(case, case.other)
    assert len(conflicts.list_conflicts(case.town.registry)) == 1
    send(case)
    assert conflicts.list_conflicts(case.town.registry) == []


def test_a_movement_that_the_town_opened_itself(case: Case) -> None:
    case.town.receive(case.data, TODAY)
    village = {m.name: m for m in members.list_members(case.village.registry, on=TODAY)}
    gone = village[NAMES[1]]
    movements.finish(case.village.registry, gone, State.RETURNED, on=TODAY, note=None, today=TODAY)
    send(case)
    go(case.town, of_village(case, NAMES[1]), TODAY)
    go(case.village, members.get(case.village.registry, gone.id, on=TODAY), TODAY)
    before = case.town.head()
    with pytest.raises(Conflict, match="package_collides") as refused:
        send(case)
    assert NAMES[1] in str(refused.value.params["people"])
    assert case.town.head() == before
    own = of_village(case, NAMES[1])
    movements.finish(case.town.registry, own, State.RETURNED, on=TODAY, note=None, today=TODAY)
    arrived = case.town.receive(case.village.pack(MONTH, TODAY, again=True)[1], TODAY)
    assert arrived.outcome == "merged"
    assert movement_rows.open_of(case.town.registry, own.id, on=TODAY) is not None


def test_a_dated_value_typed_on_both_sides(case: Case) -> None:
    case.town.receive(case.data, TODAY)
    for office, category in ((case.town, "probationary"), (case.village, "full")):
        member = next(
            m for m in members.list_members(office.registry, on=TODAY) if m.name == NAMES[0]
        )
        with office.registry.write():
            dated = {Attribute.STANDING: "suspended"}
            member_service.edit(office.registry, member, corrections={}, dated=dated, since=DAY,
                                today=TODAY)  # fmt: skip
            dated = {Attribute.CATEGORY: category}
            if category == "probationary":
                member_service.edit(office.registry, member, corrections={}, dated=dated,
                                    since=DAY, today=TODAY)  # fmt: skip
    assert send(case).conflicts == 0
    rows = case.town.registry.rows(
        "SELECT count(*) AS n FROM member_state WHERE attribute = 'standing' AND since = :d",
        d=DAY.isoformat(),
    )
    assert rows[0]["n"] == 1
    assert list(check(case.town.registry)) == []
    assert id_number(1)


@pytest.mark.parametrize("since", [date(2026, 11, 10), TODAY])
def test_who_moves_between_two_villages_while_away_counts_in_one_at_a_time(
    case: Case, since: date
) -> None:
    """Away all along: of the first up to the day of change, of the second from then on.

    Both offices count their package anew from its rows, also of a day before he belonged to it.
    """
    case.town.receive(case.data, TODAY)
    village = members.list_members(case.village.registry, on=TODAY)
    (gone,) = [member for member in village if member.name == NAMES[0]]
    reason = EndReason.TRANSFERRED
    member_service.end(case.village.registry, gone, reason, on=since, note=None, today=TODAY)
    come = add_person(case.other, NAMES[0], 1, since=since)
    go(case.other, come, DAY)
    cards.issue(case.other.registry, come, "贞77", on=date(2026, 11, 5), by=None, place=None)
    for office in (case.village, case.other):
        send(case, office)
    assert conflicts.list_conflicts(case.town.registry) == []
    in_force = settings.load(case.town.registry)
    for day in (DAY, since - timedelta(1), since):
        people = ledger_rows.away(case.town.registry, on=day, settings=in_force)
        (branch,) = [one.branch for one in people
                     if one.id_number and one.id_number.reveal() == id_number(1)]  # fmt: skip
        assert branch == ("雨柏村党支部" if day == since else "金叶社区党支部")


def test_what_a_village_corrected_names_the_village_and_why_it_was_taken(case: Case) -> None:
    town = case.town
    town.receive(case.data, TODAY)
    town.close_month(MONTH, TODAY)
    closing.reopen(case.village.registry, MONTH, reason="更正", today=TODAY)
    edit(case.village, NAMES[0], education="bachelor")
    case.village.close_month(MONTH, TODAY)
    terms = receiving.Terms(TODAY, AT, reason="村里更正")
    receiving.receive(town.registry, case.village.pack(MONTH, TODAY)[1], town.keys, terms)
    closed = closings.closed(town.registry, MONTH)
    assert closed is not None
    (told,) = corrections.since_close(town.registry, closed)
    assert (told.field, told.by, told.why) == ("education", "金叶社区", "村里更正")
    last = history.of_member(town.registry, told.member_id)[-1]
    assert (last.sender, last.reason) == ("金叶社区", "村里更正")
