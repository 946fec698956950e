"""Notices: receipt codes that notice a slip, and where a letter stands on a day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flowparty.domain.errors import BadValue, Conflict
from flowparty.domain.ids import MemberId, MovementId, NoticeId
from flowparty.domain.notices import (
    CODES,
    Kind,
    Notice,
    NoticeField,
    State,
    open_field,
    read_code,
    receipt_code,
    require_answered,
    require_unanswered,
)

ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
NUMBERS = st.integers(0, CODES - 1)


@given(NUMBERS)
def test_a_code_has_six_clear_characters_and_reads_back(number: int) -> None:
    code = receipt_code(number)
    assert len(code) == 6
    assert set(code) <= set(ALPHABET)
    assert read_code(code) == code
    assert read_code(f" {code[:3].lower()}-{code[3:]} ") == code
    assert read_code("".join(chr(ord(character) + 0xFEE0) for character in code)) == code


@given(NUMBERS, NUMBERS)
def test_two_numbers_have_two_codes(one: int, other: int) -> None:
    assert (receipt_code(one) == receipt_code(other)) is (one == other)


@given(NUMBERS, st.integers(0, 5), st.sampled_from(ALPHABET))
def test_a_wrong_character_is_noticed(number: int, place: int, wrong: str) -> None:
    code = receipt_code(number)
    typed = code[:place] + wrong + code[place + 1 :]
    if typed == code:
        assert read_code(typed) == code
        return
    with pytest.raises(BadValue, match="notice_code_invalid"):
        read_code(typed)


@given(NUMBERS, st.integers(0, 4))
def test_exchanged_neighbours_are_noticed(number: int, place: int) -> None:
    code = receipt_code(number)
    typed = code[:place] + code[place + 1] + code[place] + code[place + 2 :]
    if typed == code:
        return
    with pytest.raises(BadValue, match="notice_code_invalid"):
        read_code(typed)


@pytest.mark.parametrize("place", range(5))
def test_neighbours_sixteen_apart_are_noticed_too(place: int) -> None:
    """A sum modulo 32 misses exactly these."""
    if place == 4:
        codes = [receipt_code(n) for n in range(2000)]
        pairs = [c for c in codes if ALPHABET.index(c[4]) - ALPHABET.index(c[5]) in (16, -16)]
        assert pairs
    else:
        pairs = [receipt_code(16 * 32 ** (4 - place))]
    for code in pairs:
        with pytest.raises(BadValue, match="notice_code_invalid"):
            read_code(code[:place] + code[place + 1] + code[place] + code[place + 2 :])


@pytest.mark.parametrize(
    "typed", ["", "22222", "2222222", "22222O", "22222I", "222220", "222221", "四五六七八九"]
)
def test_what_cannot_be_a_code(typed: str) -> None:
    with pytest.raises(BadValue, match="notice_code_invalid"):
        read_code(typed)


# -- the life of a letter ----------------------------------------------------------------------


def field(
    name: str = "occupation", *, agreed: str | None = None, on: str | None = None
) -> NoticeField:
    return NoticeField(1, NoticeId(1), name, "电工", "焊工", agreed, on)


def notice(
    *fields: NoticeField, on: str = "2026-03-01", replied: str | None = None,
    withdrawn: str | None = None,
) -> Notice:  # fmt: skip
    return Notice(
        NoticeId(1), "222222", MemberId(1), "王小明", None, MovementId(1), Kind.QUERY, "龙岗支部", on,
        None, replied, None, None, withdrawn, fields,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("letter", "day", "state"),
    [
        (notice(), "2026-02-28", None),
        (notice(), "2026-03-01", State.WAITING),
        (notice(), "2026-03-31", State.WAITING),
        (notice(), "2026-04-01", State.OVERDUE),
        (notice(on="2024-01-30"), "2024-02-29", State.WAITING),
        (notice(on="2024-01-30"), "2024-03-01", State.OVERDUE),
        (notice(on="2026-01-30"), "2026-03-01", State.WAITING),
        (notice(on="2026-01-30"), "2026-03-02", State.OVERDUE),
        (notice(replied="2026-04-05"), "2026-04-04", State.OVERDUE),
        (notice(replied="2026-04-05"), "2026-04-05", State.SETTLED),
        (notice(field(), replied="2026-03-05"), "2026-03-05", State.DIFFERING),
        (notice(field(agreed="焊工", on="2026-03-09"), replied="2026-03-05"), "2026-03-08",
         State.DIFFERING),
        (notice(field(agreed="焊工", on="2026-03-09"), replied="2026-03-05"), "2026-03-09",
         State.SETTLED),
        (notice(field(agreed=None, on="2026-03-09"), replied="2026-03-05"), "2026-03-09",
         State.SETTLED),
        (notice(withdrawn="2026-03-10"), "2026-03-09", State.WAITING),
        (notice(withdrawn="2026-03-10"), "2026-03-10", State.WITHDRAWN),
        (notice(withdrawn="2026-03-10"), "2026-12-10", State.WITHDRAWN),
    ],
)  # fmt: skip
def test_state_on_a_day(letter: Notice, day: str, state: State | None) -> None:
    assert letter.state_on(date.fromisoformat(day), 30) is state


@pytest.mark.parametrize(("on", "code"), [("2026-02-28", "notice_before"), ("2026-03-01", None)])
def test_no_answer_before_the_letter(on: str, code: str | None) -> None:
    if code is None:
        require_unanswered(notice(), date.fromisoformat(on))
        return
    with pytest.raises(BadValue, match=code):
        require_unanswered(notice(), date.fromisoformat(on))


def test_no_second_answer_and_none_to_a_withdrawn_letter() -> None:
    with pytest.raises(Conflict, match="notice_answered"):
        require_unanswered(notice(replied="2026-03-05"), date(2026, 3, 6))
    with pytest.raises(Conflict, match="notice_withdrawn"):
        require_unanswered(notice(withdrawn="2026-03-05"), date(2026, 3, 6))


@pytest.mark.parametrize(("on", "fits"), [(4, False), (5, True), (6, True)])
def test_nothing_is_agreed_before_the_answer(on: int, fits: bool) -> None:
    answered = notice(field(), replied="2026-03-05")
    if fits:
        require_answered(answered, date(2026, 3, on))
        return
    with pytest.raises(BadValue, match="notice_agree_before"):
        require_answered(answered, date(2026, 3, on))


def test_nothing_is_agreed_without_an_answer() -> None:
    for letter in (notice(), notice(withdrawn="2026-03-02")):
        with pytest.raises(Conflict, match="notice_unanswered"):
            require_answered(letter, date(2026, 3, 6))


def test_only_a_fact_of_the_answer_is_agreed_on() -> None:
    answered = notice(field(), replace(field("host_org"), agreed="x", agreed_on="2026-03-06"))
    assert open_field(answered, "occupation").open
    assert not open_field(answered, "host_org").open
    with pytest.raises(BadValue, match="notice_field_unsaid"):
        open_field(answered, "left_on")
