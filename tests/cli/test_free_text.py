"""Free text is kept to the letter, on screen and in workbooks, whatever it looks like."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from openpyxl import load_workbook

from tests.people import add_words

if TYPE_CHECKING:
    from pathlib import Path

TEXTS = [
    "[red]x[/red]", "=1+1", "@cmd", "-x", "+86", "[/]", "[link=http://x]y[/link]", "'引", ":smile:",
    "<b>&amp;", "＝１", "%s {name}", "\\[bold]",
]  # fmt: skip


@pytest.mark.parametrize("text", TEXTS)
def test_text_comes_out_as_it_went_in(town: Any, tmp_path: Path, text: str) -> None:
    town(*add_words(), f"--remark={text}")
    town("move", "out", "M1", "--to", "广东东莞", "--on", "2026-01-01", f"--occupation={text}")
    town("contact", "add", "M1", f"--notes={text}")
    town("card", "issue", "M1", "--number", "1", "--on", "2026-01-01")
    town("card", "verify", "M1", f"--findings={text}")

    assert town("contact", "list", "--member", "M1", "--format", "json").json[0]["notes"] == text
    assert text in town("contact", "list", "--member", "M1").out
    assert text in town("card", "show", "M1").out
    assert text in town("member", "show", "M1").out
    plain = town("contact", "list", "--member", "M1", "--format", "plain").out
    assert text in plain.split("\t")[-1]

    town("ledger", "export", "--output", "out")
    town("member", "card", "M1", "--output", "card.xlsx")
    ledger: Any = load_workbook(tmp_path / "out" / "流动党员台账_2026-11.xlsx").active
    assert (ledger["O4"].value, ledger["W4"].value) == (text, text)
    assert ledger["W4"].data_type == "s"
    card: Any = load_workbook(tmp_path / "card.xlsx").active
    values = [cell.value for row in card.rows for cell in row]
    assert values.count(text) == 3


@pytest.mark.parametrize("text", ["=1+1", "@cmd", "-x", "+86", "'引", "＝１"])
def test_csv_never_holds_a_formula(town: Any, text: str) -> None:
    town(*add_words())
    town("contact", "add", "M1", f"--notes={text}")
    out = town("contact", "list", "--member", "M1", "--format", "csv").out
    assert out.startswith("\ufeff")
    assert f'"\'{text}"' in out


def test_line_ends_and_tabs_stay_and_tables_keep_one_line(town: Any) -> None:
    town(*add_words())
    town("contact", "add", "M1", "--notes", "一\r\n二\t三")
    (one,) = town("contact", "list", "--member", "M1", "--format", "json").json
    assert one["notes"] == "一\n二\t三"
    assert "一 二 三" in town("contact", "list", "--member", "M1").out
