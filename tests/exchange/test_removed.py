"""The village removes a record that the town had changed, or on which something of ours hangs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from flowparty.domain.cards import Kind
from flowparty.domain.errors import Conflict
from flowparty.domain.ids import MemberId
from flowparty.domain.notices import Kind as NoticeKind
from flowparty.repository import cards as card_rows
from flowparty.repository import conflicts, members
from flowparty.repository import movements as movement_rows
from flowparty.repository.check import check
from flowparty.service import cards, movements, notices
from tests.exchange.test_conflicts import away, edit, send, settle
from tests.exchange_cases import DAY, TODAY, Case, go, of_village
from tests.people import NAMES

if TYPE_CHECKING:
    from flowparty.repository.conflicts import MergeConflict
    from tests.offices import Office


def remove(office: Office, table: str, where: str) -> None:
    """The office takes records back, as an undo does."""
    with office.registry.write():
        for row in office.registry.rows(f"SELECT id FROM {table} WHERE {where} ORDER BY id DESC"):
            office.registry.delete(table, row["id"])


def change_movement(case: Case, **facts: Any) -> None:
    """The town changes the second member's movement."""
    movements.correct(case.town.registry, of_village(case, NAMES[1]), facts, today=TODAY)


def write_letter(case: Case) -> None:
    """The town writes to the host about the second member."""
    notices.send(case.town.registry, of_village(case, NAMES[1]), NoticeKind.QUERY,
                 to="龙岗街道", on=TODAY, text=None, today=TODAY)  # fmt: skip


def the_one(case: Case) -> MergeConflict:
    (found,) = conflicts.list_conflicts(case.town.registry)
    return found


@pytest.fixture
def got(case: Case) -> Case:
    """The town has the village's package; both hold the second member's movement."""
    case.town.receive(case.data, TODAY)
    return case


def second_movement(case: Case) -> Any:
    member = of_village(case, NAMES[1])
    return movement_rows.open_of(case.town.registry, member.id, on=TODAY)


def test_what_nobody_here_touched_goes_without_a_word(got: Case) -> None:
    remove(got.village, "movement", "id = 2")
    assert send(got).conflicts == 0
    assert second_movement(got) is None


@pytest.mark.parametrize(
    ("table", "where", "told"),
    [
        ("movement", "id = 1", [(NAMES[0], ("movement",))]),
        ("movement", "id > 0", [(NAMES[0], ("movement",)), (NAMES[1], ("movement",))]),
        ("card_event", "id = 2", [(NAMES[0], ("card_event",))]),
        ("member_state", "member_id = 1 AND attribute = 'category'",
         [(NAMES[0], ("member_state",))]),
    ],
)  # fmt: skip
def test_what_goes_is_shown_by_name_before_it_goes(
    case: Case, table: str, where: str, told: list[tuple[str, tuple[str, ...]]]
) -> None:
    """Also of whom the package lists no more: the second member without movement and card."""
    card = card_rows.live_of(case.village.registry, MemberId(1), on=TODAY)
    assert card is not None
    cards.record(case.village.registry, card, Kind.VERIFY, on=TODAY, by=None)
    send(case)
    remove(case.village, table, where)
    arrived = send(case)
    assert [(d.member, d.fields) for d in arrived.differences if d.change == "removed"] == told


def test_a_card_that_goes_with_its_events_is_named_once(got: Case) -> None:
    remove(got.village, "card_event", "id > 0")
    remove(got.village, "card", "id > 0")
    found = send(got).differences
    assert [(d.member, d.change, d.fields) for d in found] == [
        (NAMES[0], "removed", ("card", "card_event"))
    ]


@pytest.mark.parametrize("keep", ["ours", "theirs"])
def test_an_edit_of_ours_does_not_go_silently(got: Case, keep: str) -> None:
    change_movement(got, occupation="电焊工")
    remove(got.village, "movement", "id = 2")
    assert send(got).conflicts == 1
    assert second_movement(got) is None, "the owner's word stands until it is settled"
    found = the_one(got)
    assert (found.kind, found.entity, found.member) == ("record", "movement", NAMES[1])
    assert found.ours["occupation"] == "电焊工"
    settle(got, "K1", keep)
    left = second_movement(got)
    assert (left.occupation if left else None) == {"ours": "电焊工", "theirs": None}[keep]
    assert send(got).conflicts == 0
    assert away(got) == {"ours": 2, "theirs": 1}[keep], "and stays so"
    assert list(check(got.town.registry)) == []


def test_a_change_nobody_had_settled_becomes_one_about_the_record(got: Case) -> None:
    change_movement(got, occupation="电焊工")
    member = next(m for m in members.list_members(got.village.registry, on=TODAY)
                  if m.name == NAMES[1])  # fmt: skip
    movements.correct(got.village.registry, member, {"occupation": "木工"}, today=TODAY)
    assert send(got).conflicts == 1
    remove(got.village, "movement", "id = 2")
    send(got)
    found = the_one(got)
    assert (found.label, found.kind, found.ours["occupation"]) == ("K2", "record", "电焊工")


def test_no_room_to_put_it_back(got: Case) -> None:
    change_movement(got, occupation="电焊工")
    remove(got.village, "movement", "id = 2")
    send(got)
    go(got.town, of_village(got, NAMES[1]), TODAY)
    with pytest.raises(Conflict, match="conflict_no_room") as refused:
        settle(got, "K1", "ours")
    assert refused.value.params["member"] == NAMES[1]
    assert the_one(got).label == "K1"


def test_a_dated_value(got: Case) -> None:
    remove(got.village, "member_state", "attribute = 'standing' AND member_id = 2")
    with got.town.registry.write():
        (row,) = got.town.registry.rows(
            "SELECT s.id FROM member_state s JOIN member m ON m.id = s.member_id"
            " WHERE m.name = :n AND attribute = 'standing'", n=NAMES[1],
        )  # fmt: skip
        got.town.registry.update("member_state", row["id"], {"code": "suspended"})
    send(got)
    assert the_one(got).ours["code"] == "suspended"
    settle(got, "K1", "ours")
    assert of_village(got, NAMES[1]).standing == "suspended"


def test_a_record_on_which_a_letter_of_ours_hangs_stays(got: Case) -> None:
    write_letter(got)
    remove(got.village, "movement", "id = 2")
    assert send(got).conflicts == 1
    assert second_movement(got) is not None
    assert send(got).conflicts == 0, "it is told once"
    with pytest.raises(Conflict, match="conflict_record_used") as refused:
        settle(got, "K1", "theirs")
    assert refused.value.params == {"number": "K1", "member": NAMES[1], "entity": "movement"}
    settle(got, "K1", "ours")
    assert send(got).conflicts == 0
    assert away(got) == 2
    assert list(check(got.town.registry)) == []


def test_a_movement_given_anew_takes_the_letter_with_it(got: Case) -> None:
    write_letter(got)
    before = second_movement(got).id
    remove(got.village, "movement", "id = 2")
    member = next(m for m in members.list_members(got.village.registry, on=TODAY)
                  if m.name == NAMES[1])  # fmt: skip
    go(got.village, member, DAY, "330206")
    assert send(got).conflicts == 0
    assert (second_movement(got).id, second_movement(got).destination_code) == (before, "330206")


def test_a_card_that_we_verified_stays_with_its_events(got: Case) -> None:
    (card,) = card_rows.list_cards(got.town.registry, on=TODAY)
    cards.record(got.town.registry, card, Kind.VERIFY, on=TODAY, by="李国")
    remove(got.village, "card_event", "id > 0")
    remove(got.village, "card", "id > 0")
    assert send(got).conflicts == 1
    kinds = "SELECT kind FROM card_event ORDER BY id"
    assert [r["kind"] for r in got.town.registry.rows(kinds)] == ["issue", "verify"]
    settle(got, "K1", "ours")
    send(got)
    assert [r["kind"] for r in got.town.registry.rows(kinds)] == ["issue", "verify"]
    assert list(check(got.town.registry)) == []


def test_it_goes_if_we_say_so(got: Case) -> None:
    (card,) = card_rows.list_cards(got.town.registry, on=TODAY)
    cards.record(got.town.registry, card, Kind.VERIFY, on=TODAY, by="李国")
    remove(got.village, "card_event", "id > 0")
    remove(got.village, "card", "id > 0")
    send(got)
    settle(got, "K1", "theirs")
    assert got.town.registry.rows("SELECT 1 FROM card_event") == []
    assert list(check(got.town.registry)) == []


def test_the_owner_has_it_again(got: Case) -> None:
    write_letter(got)
    with got.village.registry.write():
        (row,) = map(dict, got.village.registry.rows("SELECT * FROM movement WHERE id = 2"))
        got.village.registry.delete("movement", 2)
    send(got)
    with got.village.registry.write():
        got.village.registry.insert_raw("movement", row)
    send(got)
    assert conflicts.list_conflicts(got.town.registry) == []
    assert away(got) == 2


def test_what_was_kept_holds_when_the_owner_changes_something_else(got: Case) -> None:
    edit(got.town, NAMES[0], mobile="13900000001")
    edit(got.village, NAMES[0], mobile="13900000002")
    send(got)
    settle(got, "K1", "ours")
    edit(got.village, NAMES[0], ethnicity="苗族")
    assert send(got).conflicts == 0
    edit(got.village, NAMES[0], ethnicity="汉族")
    assert send(got).conflicts == 0
    mobile = of_village(got, NAMES[0]).mobile
    assert mobile is not None
    assert mobile.reveal() == "13900000001"


@pytest.mark.parametrize("keep", ["ours", "theirs"])
def test_what_is_open_about_a_record_goes_with_it(got: Case, keep: str) -> None:
    """A field was in dispute, then the village removed the record on which our letter hangs."""
    write_letter(got)
    change_movement(got, occupation="电焊工")
    member = next(m for m in members.list_members(got.village.registry, on=TODAY)
                  if m.name == NAMES[1])  # fmt: skip
    movements.correct(got.village.registry, member, {"occupation": "木工"}, today=TODAY)
    send(got)
    remove(got.village, "movement", "id = 2")
    send(got)
    remove(got.town, "notice", "id > 0")
    settle(got, "K2", "theirs")
    assert conflicts.list_conflicts(got.town.registry) == []
    with pytest.raises(Conflict, match="conflict_moot"):
        settle(got, "K1", keep)


def test_the_owner_gives_it_anew_under_another_number(got: Case) -> None:
    write_letter(got)
    remove(got.village, "movement", "id = 2")
    assert send(got).conflicts == 1
    member = next(m for m in members.list_members(got.village.registry, on=TODAY)
                  if m.name == NAMES[1])  # fmt: skip
    go(got.village, member, DAY, "330206")
    send(got)
    assert conflicts.list_conflicts(got.town.registry) == []
    assert away(got) == 2


@pytest.fixture
def dated(got: Case) -> Case:
    """The town has given a card's issue another day, and the village has removed the card."""
    with got.town.registry.write():
        got.town.registry.update("card_event", 1, {"on": "2026-10-06"})
    remove(got.village, "card_event", "id > 0")
    remove(got.village, "card", "id > 0")
    assert send(got).conflicts == 1
    return got


@pytest.mark.parametrize(("keep", "days"), [("ours", ["2026-10-06"]), ("theirs", [])])
def test_a_card_comes_back_with_its_events(dated: Case, keep: str, days: list[str]) -> None:
    found = the_one(dated)
    assert (found.kind, found.entity, found.member) == ("record", "card", NAMES[0])
    person = next(m for m in members.list_members(dated.other.registry, on=TODAY))
    cards.issue(dated.other.registry, person, "贞77", on=DAY, by=None, place=None)
    send(dated, dated.other)  # another card has its number in the table by now
    settle(dated, "K1", keep)
    rows = dated.town.registry.rows(
        'SELECT e."on" FROM card_event e JOIN card c ON c.id = e.card_id WHERE c.number = :n',
        n="贞1",
    )
    assert [row["on"] for row in rows] == days
    assert send(dated).conflicts == 0
    assert list(check(dated.town.registry)) == []


def test_a_card_that_we_let_go_is_no_double_any_more(got: Case) -> None:
    (card,) = card_rows.list_cards(got.town.registry, on=TODAY)
    cards.record(got.town.registry, card, Kind.VERIFY, on=TODAY, by="李国")
    remove(got.village, "card_event", "id > 0")
    remove(got.village, "card", "id > 0")
    send(got)
    person = members.list_members(got.other.registry, on=TODAY)[1]
    cards.issue(got.other.registry, person, "贞1", on=DAY, by=None, place=None)
    send(got, got.other)
    found = conflicts.list_conflicts(got.town.registry)
    assert [(c.label, c.kind) for c in found] == [("K1", "record"), ("K2", "card")]
    settle(got, "K1", "theirs")
    assert conflicts.list_conflicts(got.town.registry) == []
