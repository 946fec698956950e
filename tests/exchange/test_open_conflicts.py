"""A conflict that stays open while the two offices go on writing: it holds what each says now."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from flowparty.domain.errors import Conflict
from flowparty.domain.ids import MemberId
from flowparty.domain.members import EndReason
from flowparty.domain.movements import State
from flowparty.repository import conflicts, members, orgs
from flowparty.repository.check import check
from flowparty.service import cards, movements
from flowparty.service import members as member_service
from tests.exchange.test_conflicts import edit, edited, mobile, send, settle
from tests.exchange.test_removed import remove
from tests.exchange_cases import DAY, TODAY, Case, add_person, go, new_branch, of_village
from tests.people import NAMES

if TYPE_CHECKING:
    from flowparty.repository.conflicts import MergeConflict
    from tests.offices import Office

__all__ = ["edited"]


def all_of(case: Case) -> list[MergeConflict]:
    return conflicts.list_conflicts(case.town.registry, settled=True)


def open_ones(case: Case) -> list[MergeConflict]:
    return conflicts.list_conflicts(case.town.registry)


@pytest.mark.parametrize(("keep", "number"), [("theirs", "13900000003"), ("ours", "13900000001")])
def test_their_later_word_is_the_one_that_is_kept(edited: Case, keep: str, number: str) -> None:
    edit(edited.village, NAMES[0], mobile="13900000003")
    assert send(edited).conflicts == 0, "it is open already"
    (found,) = open_ones(edited)
    assert (found.ours, found.theirs) == ("13900000001", "13900000003")
    settle(edited, "K1", keep)
    assert mobile(edited) == number
    assert send(edited).conflicts == 0
    assert mobile(edited) == number
    assert list(check(edited.town.registry)) == []


def test_it_ends_by_itself_when_they_come_to_say_what_we_say(edited: Case) -> None:
    edit(edited.village, NAMES[0], mobile="13900000001")
    send(edited)
    assert open_ones(edited) == []
    (found,) = all_of(edited)
    assert (found.kept, found.by) == ("moot", None)
    with pytest.raises(Conflict, match="conflict_moot") as refused:
        settle(edited, "K1", "ours")
    assert refused.value.params["number"] == "K1"


def test_our_later_word_is_ours(edited: Case) -> None:
    edit(edited.town, NAMES[0], mobile="13900000004")
    (found,) = open_ones(edited)
    assert (found.ours, found.theirs) == ("13900000004", "13900000002")
    settle(edited, "K1", "ours")
    assert mobile(edited) == "13900000004"
    assert all_of(edited)[0].ours == "13900000004"
    assert send(edited).conflicts == 0
    assert mobile(edited) == "13900000004"


def test_we_come_to_say_what_they_say(edited: Case) -> None:
    edit(edited.town, NAMES[0], mobile="13900000004")
    edit(edited.village, NAMES[0], mobile="13900000004")
    send(edited)
    assert [c.kept for c in all_of(edited)] == ["moot"]
    assert mobile(edited) == "13900000004"


def test_they_come_back_to_a_word_that_was_settled_before(edited: Case) -> None:
    settle(edited, "K1", "ours")
    for number in ("13900000003", "13900000002"):
        edit(edited.village, NAMES[0], mobile=number)
        send(edited)
        assert mobile(edited) == number, "the owner's word stands until it is settled"
    (found,) = open_ones(edited)
    assert (found.label, found.ours, found.theirs) == ("K2", "13900000001", "13900000002")
    settle(edited, "K2", "ours")
    assert mobile(edited) == "13900000001"
    assert send(edited).conflicts == 0
    assert mobile(edited) == "13900000001"


def second(office: Any) -> Any:
    (found,) = [m for m in members.list_members(office.registry, on=TODAY) if m.name == NAMES[1]]
    return found


@pytest.fixture
def returned(case: Case) -> Case:
    """The town has the second member returned and stays at it; the village goes on otherwise."""
    case.town.receive(case.data, TODAY)
    mine = second(case.town)
    movements.finish(case.town.registry, mine, State.RETURNED, on=TODAY, note=None, today=TODAY)
    movements.correct(
        case.village.registry, second(case.village), {"occupation": "电焊工"}, today=TODAY
    )
    assert send(case).conflicts == 2
    assert [c.field for c in open_ones(case)] == ["ended_on", "outcome"]
    return case


@pytest.mark.parametrize(("keep", "ended"), [("ours", "2026-11-28"), ("theirs", None)])
def test_an_end_and_its_outcome_are_one_word(returned: Case, keep: str, ended: str | None) -> None:
    settle(returned, "K1", keep)
    assert [c.kept for c in all_of(returned)] == [keep, keep]
    (row,) = returned.town.registry.rows("SELECT ended_on FROM movement WHERE id = 2")
    assert row["ended_on"] == ended
    assert settle(returned, "K2", keep).repeated
    assert send(returned).conflicts == 0
    (row,) = returned.town.registry.rows("SELECT ended_on FROM movement WHERE id = 2")
    assert row["ended_on"] == ended
    assert list(check(returned.town.registry)) == []


def test_a_word_that_does_not_fit_any_more(case: Case) -> None:
    """Ours says the movement goes on, and the person has left anew since: theirs can be kept."""
    person = second(case.village)
    movements.finish(case.village.registry, person, State.RETURNED, on=TODAY, note=None,
                     today=TODAY)  # fmt: skip
    go(case.village, second(case.village), TODAY)
    send(case)
    about = {"kind": "field", "entity": "movement", "row_id": 2, "package": "", "on": "2026-11-28"}
    with case.town.registry.write():
        for field, theirs in (("ended_on", "2026-11-28"), ("outcome", "returned")):
            words = {"field": field, "ours": None, "theirs": theirs}
            conflicts.add(case.town.registry, {**about, **words})
    before = case.town.head()
    with pytest.raises(Conflict, match="conflict_unfit") as refused:
        settle(case, "K1", "ours")
    assert refused.value.params["member"] == NAMES[1]
    assert case.town.head() == before
    settle(case, "K1", "theirs")
    assert open_ones(case) == []


def place_of(case: Case) -> tuple[str, str]:
    (row,) = case.town.registry.rows(
        "SELECT destination_code, destination_text FROM movement WHERE id = 2"
    )
    return row["destination_code"], row["destination_text"]


def put_in_place(office: Office, code: str, text: str) -> None:
    """The office has the second member in another place."""
    facts = {"destination_code": code, "destination_text": text}
    movements.correct(office.registry, second(office), facts, today=TODAY)


@pytest.mark.parametrize(("keep", "place"), [
    ("ours", ("350200", "福建厦门")), ("theirs", ("350100", "福建福州")),
])  # fmt: skip
def test_a_place_is_one_word(case: Case, keep: str, place: tuple[str, str]) -> None:
    case.town.receive(case.data, TODAY)
    put_in_place(case.town, "350200", "福建厦门")
    put_in_place(case.village, "350100", "福建福州")
    assert send(case).conflicts == 2
    settle(case, "K1", keep)
    assert [c.kept for c in all_of(case)] == [keep, keep]
    assert settle(case, "K2", keep).repeated
    with pytest.raises(Conflict, match="conflict_settled"):
        settle(case, "K2", {"ours": "theirs", "theirs": "ours"}[keep])
    assert place_of(case) == place
    assert send(case).conflicts == 0
    assert place_of(case) == place


@pytest.mark.parametrize("settled", [True, False])
def test_a_place_is_never_put_together_of_two(case: Case, settled: bool) -> None:
    """We named the same place by other words; then the village names another place."""
    case.town.receive(case.data, TODAY)
    (code, _) = place_of(case)
    put_in_place(case.town, code, "深圳宝安")
    put_in_place(case.village, code, "深圳市宝安区")
    assert send(case).conflicts == 1
    if settled:
        settle(case, "K1", "ours")
        assert place_of(case) == (code, "深圳宝安")
    put_in_place(case.village, "350100", "福建福州")
    send(case)
    assert place_of(case) == ("350100", "福建福州")
    settle(case, open_ones(case)[0].label, "ours")
    assert open_ones(case) == []
    assert place_of(case) == (code, "深圳宝安")


def put_into(case: Case, office: Office, org: int) -> None:
    """The office says that the first member belonged to another branch all along."""
    (row,) = office.registry.rows(
        "SELECT s.id FROM member_state s JOIN member m ON m.id = s.member_id"
        " WHERE m.name = :name AND attribute = 'branch'", name=NAMES[0],
    )  # fmt: skip
    with office.registry.write():
        office.registry.update("member_state", row["id"], {"org_id": org})


@pytest.mark.parametrize(("keep", "branch"), [("ours", "细氽村党支部"), ("theirs", "打工支部")])
def test_a_branch_that_came_in_the_same_package(case: Case, keep: str, branch: str) -> None:
    case.town.receive(case.data, TODAY)
    (ours,) = [o for o in orgs.list_orgs(case.town.registry) if o.name == "细氽村党支部"]
    put_into(case, case.town, ours.id)
    put_into(case, case.village, new_branch(case.village, "打工支部"))
    send(case)
    settle(case, "K1", keep)
    assert of_village(case, NAMES[0]).branch == branch
    assert send(case).conflicts == 0
    assert of_village(case, NAMES[0]).branch == branch


@pytest.mark.parametrize("keep", ["ours", "theirs"])
def test_of_two_places_one_has_ended_meanwhile(case: Case, keep: str) -> None:
    """Whom the clerk ended by hand is not ended again, with another day and reason."""
    case.town.receive(case.data, TODAY)
    go(case.other, add_person(case.other, NAMES[0], 1), DAY, "330206")
    send(case, case.other)
    (found,) = open_ones(case)
    for number in (found.row_id, found.other_id):
        person = members.get(case.town.registry, MemberId(number or 0), on=TODAY)
        member_service.end(case.town.registry, person, EndReason.DIED, on=TODAY, note=None,
                           today=TODAY)  # fmt: skip
    settle(case, "K1", keep)
    rows = case.town.registry.rows("SELECT end_reason FROM member WHERE ended_on IS NOT NULL")
    assert [row["end_reason"] for row in rows] == ["died", "died"]


@pytest.fixture
def one_number(case: Case) -> Case:
    """Two villages have given one card number."""
    case.town.receive(case.data, TODAY)
    give_card(case)
    assert send(case, case.other).conflicts == 1
    return case


def give_card(case: Case) -> None:
    person = members.list_members(case.other.registry, on=TODAY)[1]
    cards.issue(case.other.registry, person, "贞1", on=DAY, by=None, place=None)


def take_card_back(case: Case) -> None:
    remove(case.other, "card_event", "card_id = 2")
    remove(case.other, "card", "id = 2")


def test_a_card_that_went_leaves_nothing_to_settle_and_comes_anew(one_number: Case) -> None:
    take_card_back(one_number)
    send(one_number, one_number.other)
    assert open_ones(one_number) == []
    assert [c.kept for c in all_of(one_number)] == ["moot"]
    give_card(one_number)
    assert send(one_number, one_number.other).conflicts == 1
    assert [c.label for c in open_ones(one_number)] == ["K2"]


@pytest.fixture
def two_people(case: Case) -> Case:
    """Two villages have recorded one identity number of two people, both away."""
    case.town.receive(case.data, TODAY)
    go(case.other, add_person(case.other, NAMES[7], 1), DAY, "330206")
    assert send(case, case.other).conflicts == 1
    return case


def test_what_was_settled_is_told_again_once_somebody_says_something_else(
    two_people: Case,
) -> None:
    settle(two_people, "K1", "both")
    for office in (two_people.other, two_people.village):
        assert send(two_people, office).conflicts == 0
    (named,) = two_people.other.registry.rows("SELECT id FROM member WHERE name = :n", n=NAMES[7])
    with two_people.other.registry.write():
        two_people.other.registry.update("member", named["id"], {"name": "欧阳桂忠"})
    assert send(two_people, two_people.other).conflicts == 1
    assert send(two_people, two_people.other).conflicts == 0
    settle(two_people, "K2", "both")
    assert send(two_people, two_people.village).conflicts == 0


def test_a_person_is_told_again_after_a_membership_goes_on(case: Case) -> None:
    case.town.receive(case.data, TODAY)
    person = add_person(case.other, NAMES[0], 1)
    go(case.other, person, DAY, "330206")
    send(case, case.other)
    ending = {"ended_on": "2026-11-20", "end_reason": "transferred"}
    for values in (ending, dict.fromkeys(ending)):
        with case.other.registry.write():
            case.other.registry.update("member", person.id, values)
        send(case, case.other)
    assert [(c.label, c.kind) for c in open_ones(case)] == [("K2", "person")]
