"""Masked values: no side door shows them."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flowparty.domain.masking import Masked, mask, mask_column, mask_digits

NUMBER = "522325197001010012"


def test_every_way_out_is_masked() -> None:
    hidden = Masked(NUMBER, "id")
    ways = (str(hidden), repr(hidden), f"{hidden}", f"{[hidden]}", json.dumps(hidden, default=str))
    for way in ways:
        assert NUMBER[6:] not in way
        assert "522325" in way
    assert hidden.reveal() == NUMBER


@pytest.mark.parametrize(
    ("value", "kind", "shown"),
    [(NUMBER, "id", "522325************"), ("13800138000", "phone", "138****8000"),
     ("0859-6651637", "phone", "085*****1637"), ("6651637", "phone", "***"), ("一组3号", "text", "***"),
     ("李明13800138000", "contact", "李明138****8000"), ("李明", "contact", "李明"),
     (f"李明 0859-6651637/{NUMBER}", "contact", "李明 085*****1637/522325************"),
     (f"电工{NUMBER}", "words", "电工522325************"), ("3组电工", "words", "3组电工")],
)  # fmt: skip
def test_masks(value: str, kind: str, shown: str) -> None:
    assert mask(value, kind) == shown  # type: ignore[arg-type]


@given(st.text(), st.text())
def test_messages_never_quote_a_whole_number(before: str, after: str) -> None:
    text = mask_digits(f"{before}{NUMBER}{after}")
    assert NUMBER not in text


def test_days_and_card_numbers_stay_readable() -> None:
    assert mask_digits("20261330 贞流证2024001") == "20261330 贞流证2024001"


@pytest.mark.parametrize(
    ("entity", "column", "shown"),
    [("member", "id_given", "522325************"), ("movement", "host_contact", "522325************"),
     ("movement", "remark", "***"), ("contact", "notes", "***"), ("need_event", "result", NUMBER),
     ("need", "result", "***"), ("member", "name", NUMBER)],
)  # fmt: skip
def test_a_column_says_how_its_values_are_masked(entity: str, column: str, shown: str) -> None:
    assert mask_column(column, NUMBER, entity) == shown
    assert mask_column(column, None, entity) is None
