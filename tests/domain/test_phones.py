from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flowparty.domain.errors import BadValue
from flowparty.domain.phones import clean_phone


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("13800138000", "13800138000"),
        ("138 0013 8000", "13800138000"),
        ("133-9412-5033", "13394125033"),
        ("+86 13485740560", "13485740560"),
        ("008613800138000", "13800138000"),
        ("１８７６４４２２９７３", "18764422973"),
        ("0859-6651637", "0859-6651637"),
        ("08596651637", "0859-6651637"),
        ("(0859)6651637", "0859-6651637"),
        ("（0859）6651637转802", "0859-6651637-802"),
        ("01062345678", "010-62345678"),
        ("021 62345678", "021-62345678"),
        ("6651637", "6651637"),
        ("+852 5123 4567", "+85251234567"),
        ("0085251234567", "+85251234567"),
    ],
)
def test_numbers_are_kept_in_one_form(text: str, kept: str) -> None:
    assert clean_phone(text) == kept


@pytest.mark.parametrize(
    "text",
    [
        "",
        "0",
        "1893726883",
        "12046100585",
        "138001380000",
        "无",
        "1.38E+10",
        "138****8000",
        "١3800138000",
    ],
)
def test_what_is_no_number_is_refused_without_being_told(text: str) -> None:
    with pytest.raises(BadValue) as caught:
        clean_phone(text)
    assert caught.value.code == "phone_invalid"
    assert not text.isdigit() or len(text) < 8 or text not in str(caught.value.params)


@given(st.from_regex(r"1[3-9][0-9]{9}|0(10|2[0-9]|[3-9][0-9]{2})-?[2-9][0-9]{6,7}", fullmatch=True))
def test_a_kept_number_is_kept_again(text: str) -> None:
    kept = clean_phone(text)
    assert clean_phone(kept) == kept
    assert kept.replace("-", "") == text.replace("-", "")
