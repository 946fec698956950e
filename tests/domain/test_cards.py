"""The life of a card: every state meets every event."""

from __future__ import annotations

from datetime import date

import pytest

from flowparty.domain.cards import (
    Card,
    CardEvent,
    Kind,
    State,
    check_event,
    check_issue,
    check_number,
)
from flowparty.domain.errors import BadValue, Conflict, Problem
from flowparty.domain.ids import CardId, EventId, MemberId

LIVES = {
    State.IN_USE: [Kind.ISSUE],
    State.LOST: [Kind.ISSUE, Kind.LOST],
    State.REPLACED: [Kind.ISSUE, Kind.LOST, Kind.REISSUE],
    State.HANDED_IN: [Kind.ISSUE, Kind.HAND_IN],
    State.VOID: [Kind.ISSUE, Kind.VOID],
}
ALLOWED = {
    (State.IN_USE, Kind.VERIFY), (State.IN_USE, Kind.REVIEW), (State.IN_USE, Kind.LOST),
    (State.IN_USE, Kind.HAND_IN), (State.IN_USE, Kind.VOID), (State.LOST, Kind.REISSUE),
    (State.LOST, Kind.HAND_IN), (State.LOST, Kind.VOID),
}  # fmt: skip


def card(*kinds: Kind) -> Card:
    events = tuple(
        CardEvent(EventId(n), CardId(1), "1", MemberId(1), "王小明", kind, f"2026-03-{n:02d}",
                  None, None, None)
        for n, kind in enumerate(kinds, start=1)
    )  # fmt: skip
    return Card(CardId(1), "1", MemberId(1), "王小明", None, None, events)


@pytest.mark.parametrize("state", list(State))
@pytest.mark.parametrize("kind", [kind for kind in Kind if kind is not Kind.ISSUE])
def test_every_state_meets_every_event(state: State, kind: Kind) -> None:
    held = card(*LIVES[state])
    assert held.state_on(date(2026, 4, 1)) is state
    if (state, kind) in ALLOWED:
        check_event(held, kind, date(2026, 4, 1))
    else:
        code = {State.LOST: "card_lost", State.IN_USE: "card_not_lost"}.get(state)
        with pytest.raises(Problem, match=code or "card_state_forbids"):
            check_event(held, kind, date(2026, 4, 1))


def test_checks_leave_the_state_alone() -> None:
    assert card(Kind.ISSUE, Kind.VERIFY, Kind.REVIEW).state_on(date(2026, 4, 1)) is State.IN_USE


def test_the_state_of_every_day() -> None:
    held = card(Kind.ISSUE, Kind.VERIFY, Kind.LOST, Kind.REISSUE)
    states = [held.state_on(date(2026, 3, day)) for day in (1, 2, 3, 4)]
    assert states == [State.IN_USE, State.IN_USE, State.LOST, State.REPLACED]
    assert held.state_on(date(2026, 2, 28)) is None
    assert held.last(Kind.VERIFY, date(2026, 3, 1)) is None
    assert held.last(Kind.VERIFY, date(2026, 3, 2)) == "2026-03-02"


def test_nothing_happens_before_the_last_event() -> None:
    held = card(Kind.ISSUE, Kind.VERIFY)
    check_event(held, Kind.LOST, date(2026, 3, 2))
    with pytest.raises(BadValue, match="card_event_order"):
        check_event(held, Kind.LOST, date(2026, 3, 1))


@pytest.mark.parametrize(
    ("kinds", "on", "code"),
    [
        ([Kind.ISSUE, Kind.VERIFY, Kind.VOID], "2026-03-02", "card_was_live"),
        ([Kind.ISSUE, Kind.HAND_IN], "2026-01-01", "card_was_live"),
        ([Kind.ISSUE, Kind.VERIFY, Kind.VOID], "2026-03-03", None),
        ([Kind.ISSUE, Kind.VERIFY], "2026-01-01", None),
        ([Kind.VOID], "2026-01-01", None),
    ],
)
def test_no_card_begins_while_another_is_live(kinds: list[Kind], on: str, code: str | None) -> None:
    if code is None:
        check_issue(on, [card(*kinds)])
    else:
        with pytest.raises(Conflict, match=code):
            check_issue(on, [card(*kinds)])


@pytest.mark.parametrize(
    ("number", "pattern", "code"),
    [(" 贞1 ", "", None), ("", "", "card_number_missing"), ("贞12", "贞[0-9]{3}", "card_number_pattern"),
     ("贞123", "贞[0-9]{3}", None), ("贞1234", "贞[0-9]{3}", "card_number_pattern")],
)  # fmt: skip
def test_numbers(number: str, pattern: str, code: str | None) -> None:
    if code is None:
        assert check_number(number, pattern) == number.strip()
    else:
        with pytest.raises(BadValue, match=code):
            check_number(number, pattern)
