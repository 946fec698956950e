from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flowparty.domain.errors import BadValue
from flowparty.domain.text import bare, clean_name, clean_text, name_key, visible, without_unsafe

ANY_TEXT = st.text(st.characters())
OBEYED = ["\x00", "\x07", "\x1b", "\x7f", "\x9b", "\u202e", "\u2066", "\u200f", "\ud800", "\ufffe"]


def is_obeyed(character: str) -> bool:
    return unicodedata.category(character) in ("Cc", "Cs", "Cf", "Zl", "Zp")


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("张𬭎", "张𬭎"),
        (" 欧阳小\u3000", "欧阳小"),
        ("古丽娜尔•吐尔逊", "古丽娜尔·吐尔逊"),
        ("古丽娜尔‧吐尔逊", "古丽娜尔·吐尔逊"),
        ("古丽娜尔・吐尔逊", "古丽娜尔·吐尔逊"),
        ("梁𫖯", "梁𫖯"),
        ("\U00030edd", "\U00030edd"),
        ("\U0002ebf0", "\U0002ebf0"),
        ("John Smith", "John Smith"),
        ("Jose\u0301", "José"),
    ],
)
def test_names_are_kept_with_one_kind_of_dot(text: str, name: str) -> None:
    assert clean_name(text) == name


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        "@cmd",
        "[red]x[/red]",
        "<b>张三</b>",
        "张\u202e三",
        "张\n三",
        "毛\ue863",
        "何?",
        "123",
        "·",
    ],
)
def test_what_no_name_has_is_refused_and_shown_safely(text: str) -> None:
    with pytest.raises(BadValue) as caught:
        clean_name(text)
    assert caught.value.code == "name_unsafe"
    assert not any(is_obeyed(character) for character in str(caught.value.params["shown"]))


@pytest.mark.parametrize("text", ["", " ", "\u3000\u00a0"])
def test_an_empty_name_is_missing(text: str) -> None:
    with pytest.raises(BadValue) as caught:
        clean_name(text)
    assert caught.value.code == "name_missing"


@given(ANY_TEXT)
def test_no_name_ever_holds_what_a_terminal_obeys(text: str) -> None:
    try:
        name = clean_name(text)
    except BadValue:
        return
    assert not any(is_obeyed(character) for character in name)
    assert clean_name(name) == name


@given(ANY_TEXT)
def test_what_is_visible_is_obeyed_by_no_terminal(text: str) -> None:
    assert not any(is_obeyed(character) for character in visible(text, single_line=True))
    assert not any(is_obeyed(c) and c not in "\n\t" for c in visible(text))


@given(ANY_TEXT)
def test_free_text_is_kept_to_the_letter_or_refused(text: str) -> None:
    cleaned = without_unsafe(text)
    assert clean_text(cleaned) == cleaned
    try:
        kept = clean_text(text)
    except BadValue:
        assert cleaned != text
        return
    assert kept == text.replace("\r\n", "\n") == cleaned


@pytest.mark.parametrize("character", OBEYED)
def test_each_dangerous_character_is_refused_and_written_out(character: str) -> None:
    with pytest.raises(BadValue):
        clean_text(f"a{character}b")
    assert visible(character) == f"\\u{ord(character):04x}"
    assert without_unsafe(f"a{character}b") == "ab"


def test_lines_and_tabs_stay_unless_one_line_is_wanted() -> None:
    assert visible("a\nb\tc") == "a\nb\tc"
    assert visible("a\nb\tc", single_line=True) == "a b c"


@pytest.mark.parametrize(
    ("one", "other"),
    [("谭 菊 会", "谭菊会"), ("古丽娜尔·吐尔逊", "古丽娜尔吐尔逊"), ("Ｊohn", "JOHN")],
)
def test_spellings_of_one_name_share_a_key(one: str, other: str) -> None:
    assert name_key(one) == name_key(other)


def test_different_names_have_different_keys() -> None:
    assert name_key("张三") != name_key("张三丰")


def test_an_ordinary_name_is_its_own_key_because_nothing_of_it_is_folded() -> None:
    ordinary = [chr(code) for code in (*range(0x3400, 0x4DC0), *range(0x4E00, 0xA000))]
    folded = [unicodedata.normalize("NFKC", one).casefold() for one in ordinary]
    assert list(map(name_key, ordinary)) == ordinary == folded


def test_bare_takes_off_what_was_not_meant() -> None:
    assert bare("\ufeff'１２３ 4\u00a0\u200b5\u3000") == "12345"
