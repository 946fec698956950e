"""Lists going out: masked unless a reason is given, and what goes out in full comes back as it was."""

from __future__ import annotations

import json
import sqlite3
import stat
from contextlib import closing
from typing import TYPE_CHECKING, Any

import pytest
from openpyxl import load_workbook

from tests.conftest import write_private
from tests.people import NAMES, add_words, id_number

if TYPE_CHECKING:
    from pathlib import Path

KINDS = ("members", "moves", "cards", "contacts", "survey", "aid")
FULL = ("--unmask", "--reason", "核对名册")


@pytest.fixture
def demo(run: Any, made: Path, path: Path) -> Any:
    write_private(path, made.read_bytes())
    return run


@pytest.mark.parametrize("suffix", [".xlsx", ".csv"])
@pytest.mark.parametrize("kind", KINDS)
def test_what_goes_out_in_full_comes_back_and_changes_nothing(
    demo: Any, path: Path, kind: str, suffix: str
) -> None:
    demo("export", kind, "--output", f"out{suffix}", *FULL)
    before = path.read_bytes()
    read = demo("import", kind, f"out{suffix}", "--format", "json").json
    assert {row["action"] for row in read["rows"]} == {"same"}
    assert read["rows"]
    assert path.read_bytes() == before


@pytest.mark.parametrize("kind", KINDS)
def test_a_masked_list_is_refused_by_the_import(demo: Any, path: Path, kind: str) -> None:
    ran = demo("export", kind, "--output", "out.xlsx")
    assert "cannot be imported" in ran.err
    before = facts(path)
    read = demo("import", kind, "out.xlsx", "--format", "json", exit=5).json
    assert {row["outcome"] for row in read["rows"]} == {"refused"}
    assert facts(path) == before


def facts(path: Path) -> dict[str, list[Any]]:
    """Every row of every table but the journal's: the list that comes back is a disclosure."""
    with closing(sqlite3.connect(path)) as opened:
        names = "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'journal%'"
        return {
            name: opened.execute(f"SELECT * FROM {name}").fetchall()
            for (name,) in opened.execute(names).fetchall()
        }


@pytest.fixture
def canary(town: Any) -> Any:
    town(*add_words(NAMES[2]), "--mobile", "13912345678", "--address", "金丝雀巷7号",
         "--remark", "金丝雀的心事")  # fmt: skip
    town("move", "out", "M1", "--to", "广东东莞", "--on", "2026-01", "--host-phone", "13700009999")
    town("contact", "add", "M1", "--notes", "金丝雀的话")
    town("survey", "open", "--name", "秋季", "--since", "2026-09-01")
    town("survey", "add", "M1", "--on", "2026-09-09", "--answer", "困难问题=金丝雀的难处")
    return town


@pytest.mark.parametrize("suffix", [".xlsx", ".csv", ".json"])
@pytest.mark.parametrize("kind", ["members", "moves", "contacts", "survey"])
def test_nothing_personal_without_a_reason(
    canary: Any, tmp_path: Path, kind: str, suffix: str
) -> None:
    out = tmp_path / f"out{suffix}"
    canary("export", kind, "--output", str(out))
    if suffix == ".xlsx":
        cells = [c.value for row in load_workbook(out).worksheets[0].iter_rows() for c in row]
        text = " ".join(map(str, cells))
    else:
        text = out.read_text(encoding="utf-8-sig")
    assert NAMES[2] in text
    assert "522325************" in text
    for secret in (id_number(), "13912345678", "13700009999", "金丝雀"):
        assert secret not in text


def test_in_full_with_a_reason_that_the_journal_keeps(canary: Any, tmp_path: Path) -> None:
    out = tmp_path / "out.json"
    canary("export", "members", "--output", str(out), *FULL)
    (member,) = json.loads(out.read_bytes())
    assert member["id_number"] == id_number()
    assert member["address"] == "金丝雀巷7号"
    assert stat.S_IMODE(out.stat().st_mode) == 0o600
    canary("db", "check")


def test_what_was_so_on_a_day_and_of_one_branch(canary: Any, tmp_path: Path) -> None:
    canary(*add_words(NAMES[4], 3, "甘田村"))
    for words, count in (
        (("--org", "甘田村"), 1), ((), 2), (("--org", "长田村"), 0),
    ):  # fmt: skip
        canary("export", "members", "--output", "out.json", *words)
        assert len(json.loads((tmp_path / "out.json").read_bytes())) == count
    canary("export", "moves", "--output", "out.json", "--as-of", "2025-12-31")
    assert json.loads((tmp_path / "out.json").read_bytes()) == []


def test_text_that_a_spreadsheet_would_run_stays_text(town: Any, tmp_path: Path) -> None:
    town(*add_words(), "--post", "=1+1", "--remark", "'-@引号")
    town("export", "members", "--output", "out.csv", *FULL)
    assert '"\'=1+1"' in (tmp_path / "out.csv").read_text(encoding="utf-8-sig")
    town("export", "members", "--output", "out.xlsx", *FULL)
    sheet: Any = load_workbook(tmp_path / "out.xlsx").worksheets[0]
    assert not any(cell.data_type == "f" for row in sheet.iter_rows() for cell in row)
    for name in ("out.csv", "out.xlsx"):
        read = town("import", "members", name, "--format", "json").json
        assert [row["action"] for row in read["rows"]] == ["same"]


def test_for_old_programs_in_gb18030(town: Any, tmp_path: Path) -> None:
    town(*add_words(NAMES[6]))
    town("export", "members", "--output", "out.csv", "--encoding", "gb18030", *FULL)
    assert NAMES[6] in (tmp_path / "out.csv").read_bytes().decode("gb18030")
    read = town("import", "members", "out.csv", "--format", "json").json
    assert [row["action"] for row in read["rows"]] == ["same"]


@pytest.mark.parametrize(
    ("words", "exit_", "code"),
    [
        (("members", "--output", "out.doc"), 2, "export_suffix"),
        (("members", "--output", "out"), 2, "export_suffix"),
        (("members", "--output", "out.csv", "--unmask"), 2, "unmask_needs_reason"),
        (("members", "--output", "out.csv", "--unmask", "--reason", " "), 2, "unmask_needs_reason"),
        (("survey", "--output", "out.csv"), 6, "survey_none"),
        (("members", "--output", "none/out.csv"), 5, "output_folder_missing"),
        (("members", "--output", "out.csv", "--org", "没有村"), 6, "org_not_found"),
    ],
)
def test_one_clear_error_and_no_file(
    town: Any, path: Path, tmp_path: Path, words: tuple[str, ...], exit_: int, code: str
) -> None:
    before = path.read_bytes()
    ran = town("export", *words, exit=exit_)
    assert code in ran.err
    assert path.read_bytes() == before
    assert [p.name for p in tmp_path.iterdir()] == [path.name]
