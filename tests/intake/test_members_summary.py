"""Every row of a realistic summary workbook against its known truth."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from flowparty.repository.codes import load_tables
from tests.intake.lists import VILLAGES, read

if TYPE_CHECKING:
    from flowparty.intake.members import MemberList, MemberRow, MemberValues

DATA = Path(__file__).parents[1] / "data"
TRUTH = json.loads((DATA / "members_summary.truth.json").read_text(encoding="utf-8"))
ROWS = [row for row in TRUTH["rows"] if row["kind"] == "data"]
ALWAYS_WELCOME = {
    "id_area_unlisted",
    "ethnicity_unlisted",
    "destination_renamed",
    "date_serial",
    "date_unknown",
    "formula_cell",
    "name_same",
    "name_cleaned",
    "text_cleaned",
    "text_long",
    "hidden_row",
}
CODED = {"sex", "ethnicity", "education", "category", "standing"}
ELSEWHERE = {"org_code"}
"""``branch`` says the same."""


@pytest.fixture(scope="module")
def listed() -> MemberList:
    return read(DATA / "members_summary.xlsx")


def of_row(listed: MemberList, truth: dict[str, Any]) -> MemberRow:
    (row,) = [r for r in listed.rows if (r.sheet, r.row) == (truth["sheet"], truth["row"])]
    return row


def as_truth_writes(values: MemberValues, field: str) -> object:
    value = getattr(values, field)
    if value is None or isinstance(value, bool):
        return value
    if field == "id_number":
        return value.value
    if field == "branch":
        return next(village for village, code in VILLAGES.items() if code == value)
    return load_tables()[field].zh(value) if field in CODED else str(value)


def test_every_person_is_read_and_nobody_else(listed: MemberList) -> None:
    assert [row.row for row in listed.rows] == [row["row"] for row in ROWS]


@pytest.mark.parametrize("truth", ROWS, ids=lambda row: f"row{row['row']}")
def test_a_row_is_stored_or_rejected_as_it_should(
    listed: MemberList, truth: dict[str, Any]
) -> None:
    row = of_row(listed, truth)
    if "reject" in truth:
        assert row.values is None
        codes = {truth["reject"], *truth.get("or_reject", [])}
        assert {(truth["cell"], truth["field"])} == {
            (f"{f.column}{f.row}", f.field) for f in row.faults if f.code in codes
        }
        return
    assert row.values is not None
    for field, value in truth["accept"].items():
        if field not in ELSEWHERE:
            stored = as_truth_writes(row.values, field)
            assert stored == value or stored in truth.get("tolerate", {}).get(field, []), field


@pytest.mark.parametrize("truth", ROWS, ids=lambda row: f"row{row['row']}")
def test_flags_are_raised_where_needed_and_nowhere_else(
    listed: MemberList, truth: dict[str, Any]
) -> None:
    faults = [fault for fault in of_row(listed, truth).faults if fault.level != "reject"]
    raised = {(fault.code, f"{fault.column}{fault.row}", fault.field) for fault in faults}
    needed = {(w["code"], w["cell"], w["field"]) for w in truth.get("warn", [])}
    allowed = ALWAYS_WELCOME | set(truth.get("may_warn", []))
    assert needed <= raised
    assert {fault for fault in raised - needed if fault[0] not in allowed} == set()


def test_rejections_are_as_many_as_the_truth_counts(listed: MemberList) -> None:
    assert sum(row.rejected for row in listed.rows) == TRUTH["counts"]["reject"]


def test_every_heading_is_understood(listed: MemberList) -> None:
    columns = TRUTH["sheets"][0]["columns"].values()
    assert dict(listed.mapping) == {column["heading"]: column["field"] for column in columns}


def test_no_fault_shows_a_whole_number(listed: MemberList) -> None:
    for row in listed.rows:
        for fault in row.faults:
            assert re.search("[0-9]{9}", fault.shown) is None, fault
