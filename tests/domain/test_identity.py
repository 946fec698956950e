from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flowparty.domain.errors import BadValue
from flowparty.domain.identity import check_character, parse_id

TODAY = date(2026, 11, 23)
KNOWN = "522325197612167244"
DAYS = st.dates(date(1900, 1, 1), TODAY)
ALPHABET = "0123456789X"


@st.composite
def numbers(draw: st.DrawFn) -> str:
    area = draw(st.integers(110000, 659999))
    first17 = f"{area}{draw(DAYS):%Y%m%d}{draw(st.integers(0, 999)):03d}"
    return first17 + check_character(first17)


def code_of(text: str) -> str:
    with pytest.raises(BadValue) as caught:
        parse_id(text, today=TODAY)
    return caught.value.code


@given(numbers())
def test_every_valid_number_parses(number: str) -> None:
    parsed = parse_id(number, today=TODAY)
    assert parsed.value == parsed.given == number
    assert parsed.birth_date.strftime("%Y%m%d") == number[6:14]
    assert parsed.area == number[:6]
    assert parsed.sex == ("male" if int(number[16]) % 2 else "female")


@given(numbers(), st.integers(0, 17), st.sampled_from(ALPHABET))
def test_every_single_wrong_character_is_refused(number: str, at: int, other: str) -> None:
    if number[at] == other:
        return
    wrong = number[:at] + other + number[at + 1 :]
    assert code_of(wrong) in {"id_checksum", "id_date_invalid", "id_format"}


@given(numbers(), st.integers(0, 16))
def test_every_swap_of_neighbours_is_refused(number: str, at: int) -> None:
    if number[at] == number[at + 1]:
        return
    wrong = number[:at] + number[at + 1] + number[at] + number[at + 2 :]
    assert code_of(wrong) in {"id_checksum", "id_date_invalid", "id_format"}


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("43092119740430803x", "43092119740430803X"),
        ("43092119740430803Ｘ", "43092119740430803X"),
        ("５２２３２５１９９６１２０２８４３３", "522325199612028433"),
        ("522325 19810131 6121", "522325198101316121"),
        ("\ufeff522325198101316121\u00a0", "522325198101316121"),
        ("\u200b'522325198101316121\t", "522325198101316121"),
        ("'522325198101316121", "522325198101316121"),
    ],
)
def test_what_keyboards_and_copies_add_is_taken_off(text: str, value: str) -> None:
    assert parse_id(text, today=TODAY).value == value


def test_an_old_number_of_15_digits_gets_its_century_and_check_character() -> None:
    parsed = parse_id("430921740430803", today=TODAY)
    assert (parsed.value, parsed.given) == ("43092119740430803X", "430921740430803")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "id_missing"),
        (" \u3000", "id_missing"),
        ("52232519402067426", "id_format"),
        ("5224211999O5239816", "id_format"),
        ("٥22325198101316121", "id_format"),
        ("²22325198101316121", "id_checksum"),
        ("X22325198101316121", "id_format"),
        ("522325198102306121", "id_date_invalid"),
        ("522325000001016121", "id_date_invalid"),
        ("522325196906016774", "id_checksum"),
    ],
)
def test_wrong_numbers_are_refused_for_what_is_wrong(text: str, code: str) -> None:
    assert code_of(text) == code


def test_a_birthday_after_today_is_refused_and_today_is_not() -> None:
    for day, refused in ((TODAY, False), (TODAY + timedelta(days=1), True)):
        first17 = f"522325{day:%Y%m%d}001"
        number = first17 + check_character(first17)
        if refused:
            assert code_of(number) == "id_date_invalid"
        else:
            assert parse_id(number, today=TODAY).birth_date == TODAY


@pytest.mark.parametrize("text", [KNOWN[:-1] + "5", "52232519761316724X", KNOWN[:-1]])
def test_no_error_and_no_repr_holds_the_whole_number(text: str) -> None:
    with pytest.raises(BadValue) as caught:
        parse_id(text, today=TODAY)
    assert text[:6] in str(caught.value.params)
    assert text[6:] not in str(caught.value.params)
    valid = KNOWN[:17] + check_character(KNOWN[:17])
    assert valid[6:] not in repr(parse_id(valid, today=TODAY))
    assert valid[6:] not in f"{parse_id(valid, today=TODAY)}"
