"""CSV that a spreadsheet takes for text, and what was typed read back from it."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flowparty.domain.delimited import as_typed, csv_text

TEXT = st.text("=+-@'＝\"，,; 甲a0\n", max_size=8)


@given(st.lists(st.lists(TEXT, min_size=2, max_size=2), max_size=5))
def test_what_was_written_is_read_back(rows: list[list[str]]) -> None:
    lines = io.StringIO(csv_text(["一", "二"], rows), newline="")
    assert [[as_typed(cell) for cell in row] for row in csv.reader(lines)][1:] == rows


@pytest.mark.parametrize("text", ["=1+1", "+86", "-5", "@a", "\t5", "'引", "＝1", "－1"])
def test_nothing_a_spreadsheet_would_run(text: str) -> None:
    assert csv_text(["x"], [[text]]).splitlines()[-1].startswith("\"'")


@pytest.mark.parametrize(
    ("field", "typed"),
    [("'52232519850312001X", "'52232519850312001X"), ("''", "'"), ("'", "'"), ("a", "a"), ("", "")],
)
def test_only_an_apostrophe_of_our_own_is_taken_away(field: str, typed: str) -> None:
    assert as_typed(field) == typed
