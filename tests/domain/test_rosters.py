"""Of which movement a row of a roster speaks, and which two may not stand side by side."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from flowparty.domain.dates import PartialDate
from flowparty.domain.movements import at_once
from flowparty.domain.rosters import Trip, spoken_of

ENDED = ("2024-03-05", "2026-09-01")
OPEN = ("2026-10-08", None)


def rows(*lives: tuple[str | None, str | None], outcome: str = "returned") -> list[dict[str, Any]]:
    return [
        {
            "direction": "out",
            "left_on": left,
            "ended_on": ended,
            "outcome": ended and outcome,
            "destination_text": "深圳",
            "destination_code": "440300",
        }
        for left, ended in lives
    ]


def trip(left: str | None, back: str | None = None) -> Trip:
    return Trip(
        PartialDate.from_iso(left) if left else None,
        date.fromisoformat(back) if back else None,
        ("深圳", "440300"),
    )


@pytest.mark.parametrize(
    ("told", "lives", "spoken"),
    [
        (trip("2024-03-05"), [ENDED], 0),
        (trip("2024-03"), [ENDED], 0),
        (trip("2024"), [ENDED], 0),
        (trip(None), [ENDED], 0),
        (trip("2024-03-05"), [("2024-03", "2026-09-01")], 0),
        (trip("2025-06-01"), [(None, "2026-09-01")], 0),
        (trip("2025-06-01"), [ENDED], None),
        (trip("2026-09-01"), [ENDED], None),
        (trip("2026-09"), [ENDED], None),
        (trip("2026"), [ENDED], None),
        (trip("2026"), [("2026-03-05", "2026-09-01")], 0),
        (trip("2023-01"), [ENDED], None),
        (trip(None), [ENDED, OPEN], 1),
        (trip("2024-03"), [ENDED, OPEN], 0),
        (trip("2026-10"), [ENDED, OPEN], 1),
        (trip("2026-11"), [ENDED, OPEN], 1),
        (trip("2024-03", "2026-09-01"), [ENDED, OPEN], 0),
        (trip("2024-03", "2026-08-01"), [ENDED, OPEN], None),
        (trip("2021-03", "2022-08-01"), [ENDED, OPEN], None),
        (trip(None, "2026-11-01"), [ENDED, OPEN], 1),
        (trip("2026-10-08", "2026-11-01"), [ENDED, OPEN], 1),
        (trip("2024-03"), [], None),
    ],
)
def test_the_movement_that_a_row_speaks_of(told: Trip, lives: Any, spoken: int | None) -> None:
    moves = rows(*lives)
    assert spoken_of(told, moves) is (None if spoken is None else moves[spoken])


@pytest.mark.parametrize(("told", "same"), [("2024-03-05", True), ("2024-03", False)])
def test_what_was_taken_back_is_meant_only_by_the_same_words(told: str, same: bool) -> None:
    moves = rows(ENDED, outcome="withdrawn")
    assert (spoken_of(trip(told), moves) is moves[0]) == same


def test_a_guest_is_not_away() -> None:
    moves = [{**row, "direction": "in"} for row in rows(ENDED, OPEN)]
    assert spoken_of(trip("2026-10-08"), moves) is None


@pytest.mark.parametrize(
    ("one", "other", "together"),
    [
        (ENDED, OPEN, False),
        (ENDED, ("2026-09-01", None), False),
        (ENDED, ("2026-08-31", None), True),
        (ENDED, ("2026-09", None), False),
        (ENDED, ("2026-08", None), True),
        (ENDED, ("2023", None), True),
        (ENDED, (None, None), True),
        (ENDED, (None, "2024-03-05"), False),
        (ENDED, (None, "2024-03-06"), True),
        (OPEN, OPEN, True),
        (("2026-03-05", "2026-03-05"), ENDED, False),
    ],
)
def test_nobody_is_away_twice_at_once(one: Any, other: Any, together: bool) -> None:
    assert at_once(one, other) == at_once(other, one) == together
