"""Which rows came back, in few characters."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from flowparty.domain.row_spans import read_rows, spell_rows


def test_rows_are_spelled_shortly() -> None:
    assert spell_rows([(2, 4), (1, 9), (1, 7), (1, 3), (1, 8), (1, 8)]) == "1:3,7-9 2:4"
    assert spell_rows([]) == ""


@given(st.sets(st.tuples(st.integers(1, 3), st.integers(1, 30))))
def test_what_was_spelled_is_read(rows: set[tuple[int, int]]) -> None:
    assert read_rows(spell_rows(rows)) == rows
