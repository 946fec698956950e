"""Transfer letters: validity, receipts on time and late, and what may follow what."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from flowparty.domain.errors import BadValue, Conflict
from flowparty.domain.ids import MemberId, TransferId
from flowparty.domain.transfers import (
    Outcome,
    State,
    Transfer,
    check_cancelled,
    check_filed,
    check_received,
    check_valid_days,
)

LETTER = Transfer(
    TransferId(3), "贞长001", MemberId(1), "王小明", "金叶", "龙岗街道党委", "2026-03-01", 10, "2026-02",
    None, None, None, None, None, None,
)  # fmt: skip
RECEIVED = replace(LETTER, outcome=Outcome.RECEIVED, ended_on="2026-03-05", receipt_on="2026-03-20")
CANCELLED = replace(LETTER, outcome=Outcome.CANCELLED, ended_on="2026-03-05")
EXPIRED = replace(LETTER, outcome=Outcome.EXPIRED, ended_on="2026-03-11")


def day(text: str) -> date:
    return date.fromisoformat(text)


@pytest.mark.parametrize(
    ("on", "days", "until"),
    [
        ("2026-03-01", 10, "2026-03-10"),
        ("2026-03-01", 1, "2026-03-01"),
        ("2024-02-20", 10, "2024-02-29"),
        ("2026-02-20", 10, "2026-03-01"),
        ("2027-12-25", 10, "2028-01-03"),
        ("2027-12-01", 90, "2028-02-28"),
        ("2027-12-02", 90, "2028-02-29"),
    ],
)
def test_the_last_day_of_a_letter(on: str, days: int, until: str) -> None:
    letter = replace(LETTER, on=on, valid_days=days)
    assert letter.valid_until == day(until)
    assert letter.state_on(letter.valid_until) is State.ISSUED
    assert letter.state_on(letter.expired_on) is State.EXPIRED


@pytest.mark.parametrize(
    ("letter", "at", "state", "unfinished"),
    [
        (LETTER, "2026-02-28", None, False),
        (LETTER, "2026-03-01", State.ISSUED, True),
        (LETTER, "2026-03-10", State.ISSUED, True),
        (LETTER, "2026-03-11", State.EXPIRED, True),
        (RECEIVED, "2026-03-04", State.ISSUED, True),
        (RECEIVED, "2026-03-05", State.RECEIVED, True),
        (replace(RECEIVED, filed_on="2026-03-25"), "2026-03-24", State.RECEIVED, True),
        (replace(RECEIVED, filed_on="2026-03-25"), "2026-03-25", State.FILED, False),
        (CANCELLED, "2026-03-04", State.ISSUED, True),
        (CANCELLED, "2026-03-05", State.CANCELLED, False),
        (EXPIRED, "2026-03-10", State.ISSUED, True),
        (EXPIRED, "2026-03-11", State.EXPIRED, False),
    ],
)
def test_state_on_a_day(letter: Transfer, at: str, state: State | None, unfinished: bool) -> None:
    assert letter.state_on(day(at)) is state
    assert letter.unfinished_on(day(at)) is unfinished


@pytest.mark.parametrize(
    ("letter", "due"),
    [
        (LETTER, "2026-04-10"),
        (RECEIVED, "2026-04-05"),
        (replace(LETTER, on="2026-01-22"), "2026-02-28"),
        (replace(LETTER, on="2028-01-22"), "2028-02-29"),
        (replace(RECEIVED, ended_on="2026-03-31", receipt_on="2026-04-30"), "2026-04-30"),
    ],
)
def test_the_receipt_is_due_a_month_after(letter: Transfer, due: str) -> None:
    assert letter.receipt_due(1) == day(due)


@pytest.mark.parametrize(
    ("letter", "at", "late"),
    [
        (LETTER, "2026-04-10", False),
        (LETTER, "2026-04-11", True),
        (CANCELLED, "2026-12-31", False),
        (EXPIRED, "2026-12-31", False),
        (RECEIVED, "2026-12-31", False),
        (replace(RECEIVED, receipt_on="2026-04-05"), "2026-12-31", False),
        (replace(RECEIVED, receipt_on="2026-04-06"), "2026-04-05", False),
        (replace(RECEIVED, receipt_on="2026-04-06"), "2026-12-31", True),
    ],
)
def test_a_late_receipt_stays_marked(letter: Transfer, at: str, late: bool) -> None:
    assert letter.receipt_overdue(day(at), 1) is late


@pytest.mark.parametrize(("days", "fits"), [(0, False), (1, True), (90, True), (91, False)])
def test_how_long_a_letter_may_be_valid(days: int, fits: bool) -> None:
    if fits:
        check_valid_days(days, 90)
        return
    with pytest.raises(BadValue, match="transfer_valid_days"):
        check_valid_days(days, 90)


@pytest.mark.parametrize(
    ("letter", "taken", "receipt", "code"),
    [
        (LETTER, "2026-02-28", "2026-03-20", "transfer_before"),
        (LETTER, "2026-03-01", "2026-03-20", None),
        (LETTER, "2026-03-10", "2026-11-20", None),
        (LETTER, "2026-03-11", "2026-03-20", "transfer_expired"),
        (LETTER, "2026-03-05", "2026-03-04", "transfer_receipt_before"),
        (LETTER, "2026-03-05", "2026-03-05", None),
        (RECEIVED, "2026-03-06", "2026-03-20", "transfer_ended"),
        (CANCELLED, "2026-03-05", "2026-03-20", "transfer_ended"),
        (EXPIRED, "2026-03-10", "2026-06-20", None),
        (EXPIRED, "2026-03-11", "2026-06-20", "transfer_expired"),
    ],
)
def test_what_may_be_received(letter: Transfer, taken: str, receipt: str, code: str | None) -> None:
    if code is None:
        check_received(letter, day(taken), day(receipt))
        return
    with pytest.raises((BadValue, Conflict), match=code):
        check_received(letter, day(taken), day(receipt))


@pytest.mark.parametrize(
    ("letter", "on", "code"),
    [
        (LETTER, "2026-02-28", "transfer_before"),
        (LETTER, "2026-03-01", None),
        (LETTER, "2026-05-01", None),
        (RECEIVED, "2026-03-06", "transfer_ended"),
        (CANCELLED, "2026-03-06", "transfer_ended"),
        (EXPIRED, "2026-03-12", "transfer_ended"),
    ],
)
def test_what_may_be_cancelled(letter: Transfer, on: str, code: str | None) -> None:
    if code is None:
        check_cancelled(letter, day(on))
        return
    with pytest.raises((BadValue, Conflict), match=code):
        check_cancelled(letter, day(on))


@pytest.mark.parametrize(
    ("letter", "on", "code"),
    [
        (LETTER, "2026-03-20", "transfer_no_receipt"),
        (CANCELLED, "2026-03-20", "transfer_no_receipt"),
        (RECEIVED, "2026-03-19", "transfer_filed_before"),
        (RECEIVED, "2026-03-20", None),
        (RECEIVED, "2026-03-21", None),
        (replace(RECEIVED, filed_on="2026-03-25"), "2026-03-26", "transfer_filed"),
    ],
)
def test_what_may_be_filed(letter: Transfer, on: str, code: str | None) -> None:
    if code is None:
        check_filed(letter, day(on))
        return
    with pytest.raises((BadValue, Conflict), match=code):
        check_filed(letter, day(on))
