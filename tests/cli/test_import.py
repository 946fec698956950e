"""The main job on real input: the sample list in, the returns out, every other row named."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

DATA = Path(__file__).parents[1] / "data" / "samples"
LIST = "members_summary.xlsx"
TRUTH = json.loads((DATA / "truth.json").read_text(encoding="utf-8"))["files"][
    "members_summary.xlsx"
]


@pytest.fixture(autouse=True)
def a_copy_of_the_list(tmp_path: Path) -> None:
    """What comes back is written beside the list, so the list lies in the test's own folder."""
    shutil.copy(DATA / LIST, tmp_path / LIST)


def rows() -> list[dict[str, Any]]:
    """The data rows of the list as the truth has them."""
    return [row for row in TRUTH["rows"] if row["kind"] == "data"]


def test_every_accepted_mobile_row_stands_in_the_ledger_every_other_is_named(
    town: Any, tmp_path: Path
) -> None:
    ran = town("import", "members", LIST, "--skip-bad", "--format", "json", exit=3)
    refused = {row["row"] for row in ran.json["rows"] if row["outcome"] == "refused"}
    assert refused == {row["row"] for row in rows() if "reject" in row}
    assert ran.json["counts"]["added"] == sum("accept" in row for row in rows())

    town("ledger", "export", "--output", "out")
    sheet: Any = load_workbook(tmp_path / "out" / "流动党员台账_2026-11.xlsx").active
    listed = {str(row[4].value): row for row in sheet.iter_rows(min_row=4) if row[4].value}
    mobile = [row["accept"] for row in rows() if row.get("accept", {}).get("is_mobile")]
    assert set(listed) == {person["id_number"] for person in mobile}
    for person in mobile:
        cells = listed[person["id_number"]]
        assert cells[1].value == person["name"]
        assert cells[10].value == "不详"
        if person["destination_code"] is None:
            assert cells[12].value == person["destination_text"]


def test_without_skip_bad_nothing_goes_in_and_every_fault_is_told(town: Any) -> None:
    ran = town("import", "members", LIST, "--format", "json", exit=5)
    assert not ran.json["written"]
    assert ran.json["counts"]["refused"] == sum("reject" in row for row in rows())
    assert town("member", "list", "--format", "json").json == []
    cells = {
        r["cell"] for row in ran.json["rows"] for r in row["reasons"] if r["level"] == "reject"
    }
    assert cells == {row["cell"] for row in rows() if "reject" in row}


def test_a_dry_run_writes_nothing(town: Any) -> None:
    ran = town("import", "members", LIST, "--dry-run", "--skip-bad", exit=3)
    assert "Nothing was written." in ran.err
    assert town("member", "list", "--format", "json").json == []


def test_the_same_file_twice_changes_nothing(town: Any) -> None:
    town("import", "members", LIST, "--skip-bad", exit=3)
    before = town("member", "list", "--format", "json").json
    again = town("import", "members", LIST, "--skip-bad", "--format", "json", exit=3)
    assert (again.json["counts"]["added"], again.json["written"]) == (0, False)
    assert {row["action"] for row in again.json["rows"]} == {"same", None}
    assert town("member", "list", "--format", "json").json == before


def test_an_import_is_one_journal_entry(town: Any) -> None:
    town("import", "members", LIST, "--skip-bad", exit=3)
    lines = town("history", "M1", "--format", "json").json
    assert len({line["seq"] for line in lines}) == 1
    assert {line["command"] for line in lines} == {"import members"}


def test_somebody_recorded_otherwise_is_refused(town: Any) -> None:
    known = next(row["accept"] for row in rows() if "accept" in row)
    town("member", "add", "--name", "别人", "--id", known["id_number"], "--branch", "细氽村")
    ran = town("import", "members", LIST, "--skip-bad", "--format", "json", exit=3)
    known_rows = [
        row["row"] for row in ran.json["rows"] if "id_exists" in {r["code"] for r in row["reasons"]}
    ]
    assert known_rows == [next(row["row"] for row in rows() if "accept" in row)]


def test_no_identity_number_or_phone_is_shown(town: Any) -> None:
    ran = town("import", "members", LIST, "--dry-run", exit=3)
    text = ran.out + ran.err
    for row in rows():
        person = row.get("accept") or {}
        for private in (person.get("id_number"), person.get("mobile")):
            assert private is None or len(private) < 11 or private not in text
