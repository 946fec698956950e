"""Money as people write it, in fen inside."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flowparty.domain.errors import BadValue
from flowparty.domain.money import parse_yuan, yuan


@pytest.mark.parametrize(
    ("text", "fen"),
    [("15000", 1_500_000), ("15,000.00", 1_500_000), ("1.5万", 1_500_000), ("0.01", 1),
     ("１２３．４５", 12_345), ("¥100元", 10_000), ("160万元", 160_000_000), ("0", 0),
     ("2千元", 200_000), ("1.5千", 150_000), ("5000元整", 500_000), ("人民币5000元", 500_000),
     ("5000块", 500_000), ("伍仟元", 500_000), ("人民币壹万零贰佰元整", 1_020_000),
     ("十五元", 1_500), ("三千两百块", 320_000), ("一百二十万元", 120_000_000)],
)  # fmt: skip
def test_amounts(text: str, fen: int) -> None:
    assert parse_yuan(text) == fen


@pytest.mark.parametrize("text", ["-1", "1.005", "一百", "", "1,00", "1e5", "=1+1", "1 000 000 000 000 000", "0.001万分", "二百五元", "五五元", "元", "零元", "万元"])  # fmt: skip
def test_what_is_no_amount(text: str) -> None:
    with pytest.raises(BadValue, match="money_invalid"):
        parse_yuan(text)


@given(st.integers(0, 10**14))
def test_what_is_shown_can_be_typed_again(fen: int) -> None:
    assert parse_yuan(yuan(fen)) == fen
