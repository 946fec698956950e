from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flowparty.domain.errors import BadValue
from flowparty.intake.cells import as_text, is_blank, read_code, read_free, read_id, read_name
from flowparty.intake.faults import shown
from flowparty.intake.fields import KINDS, kind_of
from flowparty.intake.sheets import Marker
from flowparty.repository.codes import load_tables
from tests.intake.lists import TODAY, number


@pytest.mark.parametrize(
    ("cell", "name", "code"),
    [
        ("谭 菊 会", "谭菊会", None),
        ("梁\u3000𫖯", "梁𫖯", None),
        (" 罗卜松\n", "罗卜松", None),
        ("骆江平\xa0", "骆江平", None),
        ("古丽娜尔 · 吐尔逊", "古丽娜尔·吐尔逊", None),
        ("John Smith", "John Smith", None),
        ("张 三", "张三", None),
        ("张三 丰", "张三丰", None),
        ("欧阳 贵忠", "欧阳贵忠", None),
        ("令狐　冲之", "令狐冲之", None),
        ("巴特尔·苏和", "巴特尔·苏和", None),
        ("张三 李四", None, "name_unsafe"),
        ("张三\n李四", None, "name_unsafe"),
        ("张三　李四　王五", None, "name_unsafe"),
        ("古丽·买买提 艾力·吐尔逊", None, "name_unsafe"),
        ("欧阳贵忠 尉迟文", None, "name_unsafe"),
        ("欧阳 贵忠 尉迟文", None, "name_unsafe"),
        ("张三、李四", None, "name_unsafe"),
        ("张三/李四", None, "name_unsafe"),
        ("张三，李四", None, "name_unsafe"),
        ("周\u200b学", "周学", "name_cleaned"),
        ("张𬭎", "张𬭎", None),
        ("毛\ue863", "毛\ue863", "name_suspicious"),
        ("何?", "何?", "name_suspicious"),
        ("买买提.艾力", "买买提·艾力", "name_suspicious"),
        ("买买提．艾力", "买买提·艾力", "name_suspicious"),
        ("张三.", None, "name_unsafe"),
        ("何？", "何？", "name_suspicious"),
        ("吴文昌（小）", "吴文昌（小）", "name_suspicious"),
        ("王\ufffd", "王\ufffd", "name_suspicious"),
        ("=cmd|' /C calc'!A0", None, "name_unsafe"),
        ("[red]x[/red]", None, "name_unsafe"),
        ("<script>alert(1)</script>", None, "name_unsafe"),
        ("王\u202e明德\u202c", None, "name_unsafe"),
        ("王␀德", None, "name_unsafe"),
        ("\x1b[31m王", None, "name_unsafe"),
        (12345.0, None, "name_unsafe"),
        ("—", None, "name_missing"),
        ("\u3000 ", None, "name_missing"),
        (None, None, "name_missing"),
    ],
)
def test_names(cell: Any, name: str | None, code: str | None) -> None:
    reading = read_name(cell)
    assert (reading.value, reading.code) == (name, code)


@pytest.mark.parametrize(
    ("cell", "why"),
    [
        ("吴文昌（小）", "name_noted"),
        ("王五(已故)", "name_noted"),
        ("王五（ 预备）", "name_noted"),
        ("买买提.艾力", "name_dotted"),
        ("何?", ""),
        ("王(?)", ""),
        ("毛\ue863", ""),
    ],
)
def test_what_is_in_doubt_of_a_name_is_said(cell: str, why: str) -> None:
    reading = read_name(cell)
    assert (reading.code, reading.why) == ("name_suspicious", why)


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        (522325197612167244.0, "id_precision_lost"),
        (522325197612167244, "id_precision_lost"),
        ("5.22325E+17", "id_precision_lost"),
        ("5.22325e17", "id_precision_lost"),
        ("522325194412108000", "id_precision_lost"),
        ("52232519402067426", "id_format"),
        (date(1990, 1, 1), "id_format"),
        (True, "id_format"),
        ("522325********4569", "id_format"),
        ("522325196906016774", "id_checksum"),
        ("522325196902306774", "id_date_invalid"),
    ],
)
def test_numbers_that_cannot_be_trusted_are_refused(cell: Any, code: str) -> None:
    with pytest.raises(BadValue) as caught:
        read_id(cell, today=TODAY)
    assert caught.value.code == code


def test_a_whole_number_of_15_digits_is_exact() -> None:
    found = read_id(430921740430803.0, today=TODAY)
    assert found is not None
    assert (found.value, found.given) == ("43092119740430803X", "430921740430803")


def test_a_true_number_may_end_in_zeros() -> None:
    true = next(n for n in (number("19800101", s) for s in range(0, 1000, 100)) if n[17] == "0")
    found = read_id(true, today=TODAY)
    assert found is not None
    assert found.value == true


@pytest.mark.parametrize("cell", [None, "", " \u3000", "\u200b", "'"])
def test_no_number_is_none(cell: Any) -> None:
    assert read_id(cell, today=TODAY) is None


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("是", "yes"),
        ("有 ", "yes"),
        ("√", "yes"),
        (1.0, "yes"),
        ("1", "yes"),
        ("01", "yes"),
        (True, "yes"),
        ("否", "no"),
        ("无", "no"),
        ("×", "no"),
        (0.0, "no"),
        ("02", "no"),
        ("", None),
        ("—", None),
    ],
)
def test_yes_and_no_in_all_forms(cell: Any, code: str | None) -> None:
    reading = read_code(cell, load_tables()["yes_no"])
    assert (reading.value, reading.code) == (code, None)


def test_an_unknown_word_is_kept_and_flagged() -> None:
    reading = read_code(" 布衣族 ", load_tables()["ethnicity"])
    assert (reading.value, reading.code) == ("布衣族", "value_unrecognised")


@pytest.mark.parametrize(
    ("cell", "text", "code"),
    [
        (" 长田镇一组 ", "长田镇一组", None),
        ("第一行\r\n第二行", "第一行\n第二行", None),
        ("\x1b[31m红字\x1b[0m", "[31m红字[0m", "text_cleaned"),
        ("-", None, None),
        ("\x00", None, "text_cleaned"),
        (12.0, "12", None),
        ("=1+1", "=1+1", None),
        ("常" * 500, "常" * 500, None),
        ("常" * 501, "常" * 501, "text_long"),
    ],
)
def test_free_text(cell: Any, text: str | None, code: str | None) -> None:
    reading = read_free(cell)
    assert (reading.value, reading.code) == (text, code)


@given(st.text(st.characters()))
def test_what_is_stored_of_any_text_holds_no_control_character(text: str) -> None:
    for reading in (read_free(text), read_name(text)):
        assert not any(ord(c) < 32 and c not in "\n\t" for c in reading.value or "")
        assert "\u202e" not in (reading.value or "")


@given(st.text(st.characters()), st.sampled_from(["id_number", "mobile", "name", "joined_on"]))
def test_what_is_shown_of_any_text_is_one_safe_line(text: str, field: str) -> None:
    seen = shown(text, field)
    assert not any(ord(c) < 32 or c in "\u202e\u200b\u2028" for c in seen)
    assert len(seen) <= 61


@pytest.mark.parametrize(
    ("value", "field", "seen"),
    [
        (number(), "id_number", "522325************"),
        (5.22325197612167e17, "id_number", "522325************"),
        (13800138000.0, "mobile", "138****8000"),
        ("13800138000（儿子）", "mobile", "138****8000（儿子）"),
        ("0859-6651637/13800138000", "mobile", "085*****1637/138****8000"),
        (number(), "name", "522325************"),
        ("2023年13月", "joined_on", "2023年13月"),
        ("20231301", "joined_on", "20231301"),
        (20231301.0, "joined_on", "20231301"),
        (date(1990, 1, 2), "birth_date", "1990-01-02"),
        (number(), "joined_on", "522325************"),
        (None, "name", ""),
        ("住金叶街3号", "remark", "***"),
        ("想学养殖", "土地流转", "***"),
        ("", "address", ""),
        (Marker.NO_VALUE, "birth_date", ""),
        (Marker.NO_VALUE, "remark", ""),
    ],
)
def test_what_is_shown_does_not_identify(value: object, field: str, seen: str) -> None:
    assert shown(value, field) == seen


@pytest.mark.parametrize("kind", KINDS)
def test_only_free_text_is_hidden_whole(kind: str) -> None:
    fields = kind_of(kind).fields.values()
    hidden = {one.read for one in fields if shown("20", one.name) == "***"}
    assert hidden <= {"text", "answer", "card_remark"}


@pytest.mark.parametrize(
    ("cell", "text"), [(None, ""), (2.0, "2"), (2.5, "2.5"), (date(2020, 1, 2), "2020-01-02")]
)
def test_cells_as_text(cell: Any, text: str) -> None:
    assert as_text(cell) == text
    assert is_blank(cell) == (text == "")
