"""Masked values: no side door shows them."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flowparty.domain.masking import Masked, mask, mask_digits

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
     ("0859-6651637", "phone", "085*****1637"), ("6651637", "phone", "***"), ("一组3号", "text", "***")],
)  # fmt: skip
def test_masks(value: str, kind: str, shown: str) -> None:
    assert mask(value, kind) == shown  # type: ignore[arg-type]


@given(st.text(), st.text())
def test_messages_never_quote_a_whole_number(before: str, after: str) -> None:
    text = mask_digits(f"{before}{NUMBER}{after}")
    assert NUMBER not in text


def test_days_and_card_numbers_stay_readable() -> None:
    assert mask_digits("20261330 贞流证2024001") == "20261330 贞流证2024001"
