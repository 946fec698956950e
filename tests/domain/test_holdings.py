"""Posts and model shops: each kind's own fields, every state, reviews year by year."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from flowparty.domain.errors import BadValue, Conflict
from flowparty.domain.holdings import (
    Holding,
    Kind,
    Review,
    State,
    check_kind,
    check_review,
    require_state,
)
from flowparty.domain.ids import HoldingId, MemberId

APPLIED = Holding(
    HoldingId(3), MemberId(1), "王小明", None, Kind.POST, "护林岗", "巡山", None, None, "2026-01-10",
    None, None, None, None, None, (),
)  # fmt: skip
HELD = replace(APPLIED, since="2026-02-01", recognised_by="支部大会")
REFUSED = replace(APPLIED, refused_on="2026-02-01")
ENDED = replace(HELD, ended_on="2026-09-01")


def review(year: int, on: str) -> Review:
    return Review(HoldingId(3), year, on, "good", None, None)


@pytest.mark.parametrize(
    ("kind", "duties", "trade", "households", "code"),
    [
        (Kind.POST, "巡山", None, None, None),
        (Kind.POST, None, None, None, "holding_duties_missing"),
        (Kind.POST, "", None, None, "holding_duties_missing"),
        (Kind.POST, "巡山", "养牛", None, "holding_field_other"),
        (Kind.POST, "巡山", None, 0, "holding_field_other"),
        (Kind.MODEL_SHOP, None, "养牛", None, None),
        (Kind.MODEL_SHOP, None, "养牛", 0, None),
        (Kind.MODEL_SHOP, None, None, 5, "holding_trade_missing"),
        (Kind.MODEL_SHOP, "巡山", "养牛", None, "holding_field_other"),
    ],
)
def test_each_kind_has_its_own_fields(
    kind: Kind, duties: str | None, trade: str | None, households: int | None, code: str | None
) -> None:
    if code is None:
        check_kind(kind, duties, trade, households)
        return
    with pytest.raises(BadValue, match=code):
        check_kind(kind, duties, trade, households)


@pytest.mark.parametrize(
    ("holding", "day", "state"),
    [
        (APPLIED, "2026-01-09", None),
        (APPLIED, "2026-01-10", State.APPLIED),
        (HELD, "2026-01-31", State.APPLIED),
        (HELD, "2026-02-01", State.HELD),
        (ENDED, "2026-08-31", State.HELD),
        (ENDED, "2026-09-01", State.ENDED),
        (REFUSED, "2026-01-31", State.APPLIED),
        (REFUSED, "2026-02-01", State.REFUSED),
    ],
)
def test_state_on_a_day(holding: Holding, day: str, state: State | None) -> None:
    assert holding.state_on(date.fromisoformat(day)) is state


@pytest.mark.parametrize("holding", [APPLIED, HELD, REFUSED, ENDED])
@pytest.mark.parametrize("wanted", [State.APPLIED, State.HELD])
def test_every_state_meets_every_act(holding: Holding, wanted: State) -> None:
    if holding.state_on(date.max) is wanted:
        require_state(holding, wanted, date(2026, 10, 1))
        return
    with pytest.raises(Conflict, match="holding_state_forbids"):
        require_state(holding, wanted, date(2026, 10, 1))


@pytest.mark.parametrize(
    ("holding", "state", "on", "fits"),
    [
        (APPLIED, State.APPLIED, "2026-01-09", False),
        (APPLIED, State.APPLIED, "2026-01-10", True),
        (HELD, State.HELD, "2026-01-31", False),
        (HELD, State.HELD, "2026-02-01", True),
        (replace(HELD, reviews=(review(2026, "2026-06-01"),)), State.HELD, "2026-05-31", False),
        (replace(HELD, reviews=(review(2026, "2026-06-01"),)), State.HELD, "2026-06-01", True),
    ],
)
def test_nothing_before_the_last_thing(holding: Holding, state: State, on: str, fits: bool) -> None:
    if fits:
        require_state(holding, state, date.fromisoformat(on))
        return
    with pytest.raises(BadValue, match="holding_before"):
        require_state(holding, state, date.fromisoformat(on))


@pytest.mark.parametrize(
    ("year", "on", "code"),
    [
        (2025, "2026-12-01", "holding_year"),
        (2026, "2026-12-01", None),
        (2027, "2026-12-31", "holding_year"),
        (2027, "2027-01-01", None),
        (2026, "2027-01-15", None),
    ],
)
def test_a_review_is_of_a_year_it_was_held(year: int, on: str, code: str | None) -> None:
    if code is None:
        check_review(HELD, year, date.fromisoformat(on))
        return
    with pytest.raises(BadValue, match=code):
        check_review(HELD, year, date.fromisoformat(on))


def test_one_review_a_year() -> None:
    reviewed = replace(HELD, reviews=(review(2026, "2026-06-01"),))
    with pytest.raises(Conflict, match="holding_reviewed"):
        check_review(reviewed, 2026, date(2026, 12, 1))
    check_review(reviewed, 2027, date(2027, 1, 5))


@pytest.mark.parametrize(
    ("holding", "day", "due"),
    [
        (APPLIED, "2026-03-01", None),
        (REFUSED, "2026-03-01", None),
        (ENDED, "2026-09-01", None),
        (ENDED, "2026-08-31", date(2027, 2, 1)),
        (HELD, "2026-02-01", date(2027, 2, 1)),
        (replace(HELD, since="2024-02-29", applied_on="2024-01-01"), "2024-03-01",
         date(2025, 2, 28)),
        (replace(HELD, reviews=(review(2026, "2026-06-01"),)), "2026-05-31", date(2027, 2, 1)),
        (replace(HELD, reviews=(review(2026, "2026-06-01"),)), "2026-06-01", date(2027, 6, 1)),
        (replace(HELD, reviews=(review(2027, "2027-02-28"),)), "2027-12-01", date(2028, 2, 28)),
    ],
)  # fmt: skip
def test_the_next_review_is_a_year_after_the_last(
    holding: Holding, day: str, due: date | None
) -> None:
    assert holding.review_due(date.fromisoformat(day)) == due
