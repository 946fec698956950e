"""Every row of every sample against its known truth, through the command itself.

``members`` files are judged each into an empty registry; rosters, surveys and cards after the
summary list was imported, so that they mean somebody.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from flowparty import language
from flowparty.cli.root import app

SAMPLES = Path(__file__).parents[1] / "data" / "samples"
TRUTH = json.loads((SAMPLES / "truth.json").read_text(encoding="utf-8"))
FILES = TRUTH["files"]
REASONS = TRUTH["reasons"]
KINDS = {"members": "members", "outflow": "moves", "survey": "survey", "cards": "cards"}
MAY = {code for code, about in REASONS.items() if about["level"] == "may"}
LINKS = {"member_not_found", "member_ambiguous"}
ENVIRONMENT = {"FLOWPARTY_TODAY": TRUTH["as_of"], "NO_COLOR": "1", "COLUMNS": "100"}


def invoke(*words: str) -> Any:
    language.use("en")
    return CliRunner().invoke(app, list(words), prog_name="flowparty", env=ENVIRONMENT)


@pytest.fixture(scope="session")
def judged(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """File → (exit code, the object on standard output, standard error)."""
    folder = tmp_path_factory.mktemp("truth")
    empty, full = str(folder / "empty.db"), str(folder / "full.db")
    for db in (empty, full):
        assert invoke("--db", db, "init", "--division", "522325107").exit_code == 0
    summary = str(SAMPLES / "members_summary.xlsx")
    assert invoke("--db", full, "import", "members", summary, "--skip-bad").exit_code == 3
    done: dict[str, Any] = {}

    def of(name: str) -> Any:
        if name not in done:
            kind = KINDS[FILES[name]["kind"]]
            db = empty if kind == "members" else full
            ran = invoke("--db", db, "import", kind, str(SAMPLES / name), "--dry-run", "--format", "json")
            done[name] = ran.exit_code, json.loads(ran.stdout), ran.stderr
        return done[name]

    return of


ROWS = [
    pytest.param(name, row, id=f"{name}-{row['sheet']}-{row['row']}")
    for name, about in FILES.items()
    if about["file"].get("accept")
    for row in about["rows"]
    if row["kind"] == "data"
]


@pytest.mark.parametrize("name", FILES)
def test_a_file_is_taken_or_refused_for_its_reason(judged: Any, name: str) -> None:
    about = FILES[name]
    exit_code, told, err = judged(name)
    verdict = about["file"]
    if verdict.get("accept"):
        assert told["file"] == "accepted"
        assert exit_code == (3 if told["counts"]["refused"] else 0)
        assert told["encoding"] in (None, *([about["encoding"]] if "encoding" in about else []))
        return
    code = told["file"]
    assert code in {verdict.get("reject"), verdict.get("warn"), *verdict.get("or_reject", [])}
    if exit_code:
        assert exit_code == 5
        error = json.loads(err.splitlines()[-1])["error"] if err.startswith("{") else err
        assert code in json.dumps(error)
        assert told["rows"] == []


@pytest.mark.parametrize("name", [n for n, about in FILES.items() if about["file"].get("accept")])
def test_every_data_row_is_read_and_no_other(judged: Any, name: str) -> None:
    _exit, told, _err = judged(name)
    read = [(row["sheet"], row["row"]) for row in told["rows"]]
    assert read == [(r["sheet"], r["row"]) for r in FILES[name]["rows"] if r["kind"] == "data"]


@pytest.mark.parametrize("name", [n for n, about in FILES.items() if about["file"].get("accept")])
def test_every_heading_is_understood(judged: Any, name: str) -> None:
    _exit, told, _err = judged(name)
    read = {(m["sheet"], m["column"]): (m["heading"], m["field"]) for m in told["mapping"]}
    for sheet in FILES[name]["sheets"]:
        for letter, column in sheet["columns"].items():
            assert read[sheet["name"], letter] == (column["heading"], column["field"])


def row_of(judged: Any, name: str, truth: dict[str, Any]) -> dict[str, Any]:
    _exit, told, _err = judged(name)
    (row,) = [r for r in told["rows"] if (r["sheet"], r["row"]) == (truth["sheet"], truth["row"])]
    return row  # type: ignore[no-any-return]


@pytest.mark.parametrize(("name", "truth"), ROWS)
def test_a_row_is_stored_or_refused_as_it_should(
    judged: Any, name: str, truth: dict[str, Any]
) -> None:
    row = row_of(judged, name, truth)
    if "reject" in truth:
        assert row["outcome"] == "refused"
        codes = {truth["reject"], *truth.get("or_reject", [])}
        where = {(r["cell"], r["field"]) for r in row["reasons"] if r["code"] in codes}
        assert where == {(truth["cell"], truth["field"])}
        return
    nobody = "none" in truth.get("link", {})
    told = {reason["code"] for reason in row["reasons"]}
    assert nobody or row["outcome"] in ("accepted", "flagged"), told
    for field, value in truth["accept"].items():
        stored = row["values"][field]
        assert stored == value or stored in truth.get("tolerate", {}).get(field, []), field


@pytest.mark.parametrize(("name", "truth"), ROWS)
def test_flags_are_raised_where_needed_and_nowhere_else(
    judged: Any, name: str, truth: dict[str, Any]
) -> None:
    reasons = row_of(judged, name, truth)["reasons"]
    raised = {(r["code"], r["cell"], r["field"]) for r in reasons}
    needed = {(w["code"], w["cell"], w["field"]) for w in truth.get("warn", [])}
    assert needed <= raised
    also = {fault["code"] for fault in truth.get("also", [])}
    refusal = {truth.get("reject"), *truth.get("or_reject", [])}
    allowed = MAY | LINKS | also | refusal | set(truth.get("may_warn", []))
    assert {one for one in raised - needed if one[0] not in allowed} == set()


@pytest.mark.parametrize(
    ("name", "truth"), [p for p in ROWS if "link" in p.values[1]]  # type: ignore[operator,index]
)
def test_a_row_means_the_member_it_means(judged: Any, name: str, truth: dict[str, Any]) -> None:
    row = row_of(judged, name, truth)
    told = {reason["code"] for reason in row["reasons"]} & LINKS
    link = truth["link"]
    if "none" in link:
        assert told == {link["none"]} or link.get("lenient")
        return
    assert told == set()
    _exit, summary, _err = judged("members_summary.xlsx")
    accepted = [r for r in summary["rows"] if r["outcome"] != "refused"]
    numbers = [r["values"]["id_number"] for r in accepted]
    assert row["member"] == f"M{numbers.index(link['id_number']) + 1}"
