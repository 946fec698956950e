"""The monthly report by its command lines: checked, compared, explained, corrected, rebuilt."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING, Any

import pytest
from openpyxl import load_workbook

from flowparty import clock
from flowparty.repository.journal import Actor
from flowparty.repository.registry import Registry
from tests.conftest import ACTOR
from tests.people import NAMES, add_words, id_number

if TYPE_CHECKING:
    from pathlib import Path

NOVEMBER = ("--period", "2026-11")
DECEMBER = ("--period", "2026-12")
JANUARY = ("--period", "2027-01")
FEBRUARY = ("--period", "2027-02")
LEDGER = "流动党员台账_2026-11.xlsx"
STATISTICS = "流动党员持活动证情况统计表_2026-11.xlsx"


@pytest.fixture
def away(town: Any) -> Any:
    """Three members away since spring, M1 with a card; M4 at home."""
    for number in (1, 2, 3, 4):
        town(*add_words(NAMES[number], number))
    for number in (1, 2, 3):
        town("move", "out", f"M{number}", "--to", "广东东莞", "--on", f"2026-03-0{number}")
    town("card", "issue", "M1", "--number", "贞1", "--on", "2026-11-02")
    return town


@pytest.fixture
def december(away: Any, monkeypatch: pytest.MonkeyPatch) -> Any:
    """November is closed, and it is the 28th of December."""
    away("report", "close", *NOVEMBER)
    monkeypatch.setenv("FLOWPARTY_TODAY", "2026-12-28")
    return away


def opened(path: str | Path) -> Any:
    """A workbook; openpyxl's types do not know that ours have a first sheet."""
    return load_workbook(path)


def parts(run: Any, *words: str) -> dict[str, list[str]]:
    """The parts of a comparison that are not empty, as names."""
    found = run("report", "diff", *words, "--format", "json").json
    return {
        part: [person["member_number"] for person in people]
        for part, people in found.items()
        if part not in ("period", "against", "corrections") and people
    }


def test_nothing_changed(december: Any) -> None:
    assert parts(december, *DECEMBER) == {
        "opening": ["M2", "M3", "M1"], "closing": ["M2", "M3", "M1"],
    }  # fmt: skip
    assert "Everything adds up" in december("report", "check", *DECEMBER).err


@pytest.mark.parametrize(
    ("words", "part", "member"),
    [
        ("move out M4 --to 贵阳 --on 2026-11-28", "went_away", "M4"),
        ("move out M4 --to 贵阳 --on 2026-12-27", "went_away", "M4"),
        ("move out M4 --to 贵阳 --on 2026-11-27", "corrected_in", "M4"),
        ("move return M2 --on 2026-11-28", "came_back", "M2"),
        ("move return M2 --on 2026-12-27", "came_back", "M2"),
        ("move return M2 --on 2026-11-27", "corrected_out", "M2"),
        ("member end M3 --as 死亡 --on 2026-12-01", "ended", "M3"),
    ],
)
def test_every_change_stands_under_its_way(
    december: Any, words: str, part: str, member: str
) -> None:
    december(*words.split())
    found = parts(december, *DECEMBER)
    assert found[part] == [member]
    assert set(found) == {"opening", part, "closing"}
    december("report", "check", *DECEMBER)


@pytest.mark.parametrize("org", [(), ("--org", "金叶社区")])
def test_what_is_learned_after_the_close_of_the_first_month_moves_nobody(
    december: Any, org: tuple[str, ...]
) -> None:
    """October was never closed: it is compared as it was known when November closed."""
    before = parts(december, *NOVEMBER, *org)
    december("move", "out", "M4", "--to", "贵阳", "--on", "2026-08-02")
    december("move", "return", "M2", "--on", "2026-08-20")
    everybody = ["M2", "M3", "M1"]
    assert set(before) == {"opening", "closing"}
    found = parts(december, *NOVEMBER, *org)
    assert sorted(found.pop("opening")) == sorted(everybody)
    assert found == {"closing": everybody}
    shown = december("report", "diff", *NOVEMBER, *org, "--format", "json").json
    assert {one["branch"] for one in shown["opening"]} == {"金叶社区党支部"}


def test_a_month_closed_after_the_later_one_is_corrected_and_transfers_nobody(
    december: Any,
) -> None:
    december("move", "out", "M4", "--to", "贵阳", "--on", "2026-08-02")
    december("report", "close", "--period", "2026-10")
    found = parts(december, *NOVEMBER)
    assert found["corrected_out"] == ["M4"]
    assert set(found) == {"opening", "corrected_out", "closing"}


def join(run: Any, since: str) -> None:
    """M5, away since May, comes to the branch."""
    run(*add_words(NAMES[5], 5), "--on", since)
    run("move", "out", "M5", "--to", "贵州贵阳", "--on", "2026-05-15")


def test_who_comes_here_while_away_is_transferred_in_and_corrects_nothing(
    december: Any,
) -> None:
    """Before the first day in a branch of ours he was away from elsewhere, and counted there."""
    join(december, "2026-12-05")
    found = parts(december, *DECEMBER)
    assert found["transferred_in"] == ["M5"]
    assert set(found) == {"opening", "transferred_in", "closing"}
    assert "away" not in explained(december, *DECEMBER)
    assert "M5" in parts(december, *DECEMBER, "--org", "金叶社区")["transferred_in"]
    december("report", "check", *DECEMBER)
    december("report", "reopen", *NOVEMBER, "--reason", "更正")
    december("report", "check", *NOVEMBER)
    december("report", "close", *NOVEMBER)
    december("report", "close", *DECEMBER)
    for month in (NOVEMBER, DECEMBER):
        december("report", "check", *month)


def test_a_card_given_elsewhere_before_counts_in_no_month_of_ours(december: Any) -> None:
    join(december, "2026-12-05")
    december("card", "issue", "M5", "--number", "贞5", "--on", "2026-11-10")
    found = explained(december, *DECEMBER)
    assert found == {}
    december("report", "reopen", *NOVEMBER, "--reason", "更正")
    december("report", "check", *NOVEMBER)
    december("report", "close", *NOVEMBER)


def test_who_came_here_earlier_than_was_thought_is_corrected(december: Any) -> None:
    """The branch says since when, so who mended it explains the correction."""
    join(december, "2026-12-05")
    december("--clerk", "甲", "member", "edit", "M5", "--branch", "雨柏村", "--on", "2026-11-20")
    assert parts(december, *DECEMBER)["corrected_in"] == ["M5"]
    assert explained(december, *DECEMBER)["away"] == ("甲", "member edit")
    december("report", "check", *DECEMBER)


def test_a_year_counts_nobody_who_came_later(december: Any) -> None:
    join(december, "2026-12-05")
    year = ("report", "annual", "--year", "2026", "--format", "json", "--as-of")
    assert [december(*year, day).json[0]["all"] for day in ("2026-12-04", "2026-12-05")] == [3, 4]


def test_who_had_come_back_and_went_again_is_corrected_and_goes_away(december: Any) -> None:
    december("--clerk", "甲", "move", "return", "M2", "--on", "2026-10-20")
    december("--clerk", "乙", "move", "out", "M2", "--to", "贵阳", "--on", "2026-12-01")
    found = parts(december, *DECEMBER)
    assert (found["corrected_out"], found["went_away"]) == (["M2"], ["M2"])
    assert set(found) == {"opening", "went_away", "corrected_out", "closing"}
    assert explained(december, *DECEMBER)["away"] == ("甲", "move return")
    assert "Everything adds up" in december("report", "check", *DECEMBER).err


def test_what_happens_after_the_cut_off_is_next_month_s(december: Any) -> None:
    december("move", "return", "M2", "--on", "2026-12-28")
    assert "came_back" not in parts(december, *DECEMBER)


def test_a_branch_loses_and_another_gains(december: Any) -> None:
    december("member", "edit", "M2", "--branch", "雨柏村", "--on", "2026-12-10")
    assert parts(december, *DECEMBER, "--org", "金叶社区")["transferred_out"] == ["M2"]
    assert parts(december, *DECEMBER, "--org", "雨柏村")["transferred_in"] == ["M2"]
    assert set(parts(december, *DECEMBER)) == {"opening", "closing"}


def test_a_correction_is_listed_with_who_and_why(december: Any) -> None:
    december("--clerk", "李国", "move", "edit", "M2", "--to", "浙江宁波")
    found = december("report", "diff", *DECEMBER, "--format", "json").json["corrections"]
    by_field = {one["field"]: one for one in found}
    place = by_field["destination_code"]
    assert (place["reported"], place["now"]) == ("441900", "330200")
    assert (place["by"], place["command"]) == ("李国", "move edit")
    shown = december("report", "diff", *DECEMBER).out
    assert "宁波市" in shown
    assert "李国" in shown
    assert "corrections" in december("report", "diff", *NOVEMBER, "--format", "json").json


def explained(run: Any, *words: str) -> dict[str, tuple[str, str]]:
    """The corrections of a return by field: who, and by which command."""
    found = run("report", "diff", *words, "--format", "json").json["corrections"]
    return {one["field"]: (one["by"], one["command"]) for one in found}


def test_who_changed_this_very_fact_is_named_and_not_who_was_there_last(december: Any) -> None:
    december("--clerk", "甲", "move", "edit", "M2", "--to", "浙江宁波")
    december("--clerk", "乙", "move", "edit", "M2", "--on", "2026-04-01")
    december("--clerk", "丙", "move", "edit", "M2", "--host-contact", "李国")
    december("--clerk", "丁", "member", "edit", "M2", "--name", "改了名")
    december("--clerk", "戊", "card", "verify", "M1", "--on", "2026-11-20")
    december("--clerk", "己", "card", "review", "M1", "--on", "2026-12-20")
    assert explained(december, *DECEMBER) == {
        "destination_code": ("甲", "move edit"),
        "left": ("乙", "move edit"),
        "name": ("丁", "member edit"),
        "verified_on": ("戊", "card verify"),
        "verify": ("戊", "card verify"),
    }


def test_a_card_of_somebody_at_home_counts_in_another_branch(
    town: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    town(*add_words(NAMES[1], 1))
    town("card", "issue", "M1", "--number", "贞1", "--on", "2026-11-02")
    town("report", "close", *NOVEMBER)
    monkeypatch.setenv("FLOWPARTY_TODAY", "2026-12-28")
    town("--clerk", "甲", "member", "edit", "M1", "--branch", "雨柏村", "--on", "2026-10-01")
    town("--clerk", "乙", "member", "edit", "M1", "--name", "改了名")
    assert explained(town, *DECEMBER) == {"branch_id": ("甲", "member edit")}
    (told,) = corrected(town, *DECEMBER)
    assert told == ("2026-11", "branch_id", "金叶社区党支部", "雨柏村党支部")


@pytest.mark.parametrize("gone", ["movement card_event", "movement card_event card"])
def test_a_record_that_is_gone_is_explained_by_who_took_it_away(
    december: Any, path: Path, gone: str
) -> None:
    with Registry.open(path, actor=Actor("x", "甲"), command="undo", now=clock.now) as registry:
        for table in gone.split():
            where = "member_id = 2" if table == "movement" else "id > 0"
            for row in registry.rows(f"SELECT id FROM {table} WHERE {where}"):
                with registry.write("录错人"):
                    registry.delete(table, row["id"])
    december("--clerk", "乙", "member", "edit", "M2", "--mobile", "13800138000")
    assert explained(december, *DECEMBER) == {
        "away": ("甲", "undo"), "issue": ("甲", "undo"), "card_number": ("甲", "undo"),
        "card_state": ("甲", "undo"),
    }  # fmt: skip
    december("report", "check", *DECEMBER)


def test_the_next_return_carries_the_correction_once(
    december: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    december("move", "edit", "M2", "--to", "浙江宁波")
    december("report", "close", *DECEMBER)
    december("ledger", "export", *DECEMBER, "--output", "out")
    book = opened(tmp_path / "out" / "流动党员台账_2026-12.xlsx")
    assert book.sheetnames[1:] == ["指标说明", "往期更正"]
    told = [cell.value for row in book["往期更正"].iter_rows(min_row=3) for cell in row]
    assert NAMES[2] in told
    assert "2026-11" in told
    assert "浙江省–宁波市" in told
    monkeypatch.setenv("FLOWPARTY_TODAY", "2027-01-28")
    assert (
        december("report", "diff", "--period", "2027-01", "--format", "json").json["corrections"]
        == []
    )
    again = december("report", "diff", *DECEMBER, "--format", "json").json
    assert {one["field"] for one in again["corrections"]} == {"destination_code"}


@pytest.mark.parametrize("closed", [False, True])
@pytest.mark.parametrize("masked", [False, True])
def test_a_corrected_identity_number_stands_in_full_on_the_form_only(
    december: Any, tmp_path: Path, *, closed: bool, masked: bool
) -> None:
    december("member", "edit", "M2", "--id", id_number(12))
    if closed:
        december("report", "close", *DECEMBER)
    assert corrected(december, *DECEMBER) == [
        ("2026-11", "id_number", "522325************", "522325************")
    ]
    copy = ["--masked"] if masked else []
    december("ledger", "export", *DECEMBER, "--output", "out", *copy)
    (written,) = (tmp_path / "out").glob("流动党员台账_2026-12*.xlsx")
    (told,) = opened(written)["往期更正"].iter_rows(min_row=3, values_only=True)
    full = (id_number(2), id_number(12))
    assert told[4:6] == (("522325************",) * 2 if masked else full)


def test_a_corrected_place_names_what_was_reported(
    town: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    town(*add_words(NAMES[1], 1))
    town("move", "out", "M1", "--to", "不掌握", "--on", "2026-03-01")
    town("report", "close", *NOVEMBER)
    monkeypatch.setenv("FLOWPARTY_TODAY", "2026-12-28")
    town("move", "edit", "M1", "--to", "浙江宁波")
    assert corrected(town, *DECEMBER) == [("2026-11", "destination_code", "不掌握", "330200")]
    town("ledger", "export", *DECEMBER, "--output", "out")
    (written,) = (tmp_path / "out").glob("流动党员台账_2026-12*.xlsx")
    (told,) = opened(written)["往期更正"].iter_rows(min_row=3, values_only=True)
    assert told[4:6] == ("不掌握", "浙江省–宁波市")


@pytest.fixture
def year(away: Any, monkeypatch: pytest.MonkeyPatch) -> Any:
    """November and December are closed, and it is the 28th of January."""
    away("report", "close", *NOVEMBER)
    monkeypatch.setenv("FLOWPARTY_TODAY", "2026-12-28")
    away("report", "close", *DECEMBER)
    monkeypatch.setenv("FLOWPARTY_TODAY", "2027-01-28")
    return away


def corrected(run: Any, *words: str) -> list[tuple[str, str, str | None, str | None]]:
    """The corrections of a return: the months, the fact, before and after."""
    found = run("report", "diff", *words, "--format", "json").json["corrections"]
    return [("+".join(c["months"]), c["field"], c["reported"], c["now"]) for c in found]


def test_a_fact_of_any_closed_month_is_corrected_in_the_next_return_and_only_there(
    year: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    year("--clerk", "甲", "card", "verify", "M1", "--on", "2026-11-20")
    year("--clerk", "乙", "move", "edit", "M2", "--on", "2026-04-01")
    assert corrected(year, *JANUARY) == [
        ("2026-11+2026-12", "verified_on", None, "2026-11-20"),
        ("2026-11+2026-12", "left", "2026-03-02", "2026-04-01"),
        ("2026-11", "verify", None, "2026-11-20"),
    ]
    assert explained(year, *JANUARY)["left"] == ("乙", "move edit")
    assert explained(year, *JANUARY)["verify"] == ("甲", "card verify")
    shown = year("report", "diff", *JANUARY).out
    assert "2026-11 – 2026-12" in shown
    year("report", "check", *JANUARY)
    year("report", "close", *JANUARY)
    monkeypatch.setenv("FLOWPARTY_TODAY", "2027-02-28")
    assert corrected(year, *FEBRUARY) == []
    year("contact", "add", "M1", "--on", "2027-02-01")
    assert corrected(year, *FEBRUARY) == []
    assert len(corrected(year, *JANUARY)) == 3


def test_what_was_erased_of_the_journal_explains_nothing(december: Any, path: Path) -> None:
    december("--clerk", "甲", "move", "edit", "M2", "--on", "2026-04-01")
    connection = sqlite3.connect(path)
    connection.execute(
        "DELETE FROM journal_value WHERE change_id IN (SELECT id FROM journal_change"
        " WHERE entity = 'movement' AND row_id = 2 AND operation = 'insert')"
    )
    connection.commit()
    connection.close()
    (told,) = december("report", "diff", *DECEMBER, "--format", "json").json["corrections"]
    assert (told["field"], told["by"]) == ("left", None)


def test_what_is_edited_back_is_a_correction_of_the_correction(
    year: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    year("move", "edit", "M2", "--on", "2026-04-01")
    year("report", "close", *JANUARY)
    monkeypatch.setenv("FLOWPARTY_TODAY", "2027-02-28")
    year("move", "edit", "M2", "--on", "2026-03-02")
    assert corrected(year, *FEBRUARY) == [
        ("2026-11+2026-12+2027-01", "left", "2026-04-01", "2026-03-02")
    ]
    year("report", "close", *FEBRUARY)
    monkeypatch.setenv("FLOWPARTY_TODAY", "2027-03-28")
    assert corrected(year, "--period", "2027-03") == []


def test_who_was_not_away_after_all_is_one_line_of_all_those_months(year: Any) -> None:
    year("move", "return", "M2", "--on", "2026-11-10")
    assert corrected(year, *JANUARY) == [("2026-11+2026-12", "away", "yes", "no")]
    assert parts(year, *JANUARY)["corrected_out"] == ["M2"]
    assert corrected(year, *JANUARY, "--org", "雨柏村") == []


@pytest.mark.parametrize(
    ("ended", "listed", "way"),
    [
        ("未返回", [("2026-11+2026-12", "away", "no", "yes")], "corrected_in"),
        ("2026-12-10", [("2026-11", "away", "no", "yes")], None),
        ("2026-10-10", [], None),
    ],
)
def test_an_end_recorded_wrongly_is_corrected_in_the_closed_months(
    away: Any,
    monkeypatch: pytest.MonkeyPatch,
    ended: str,
    listed: list[tuple[str, str, str, str]],
    way: str | None,
) -> None:
    away("move", "return", "M2", "--on", "2026-10-28")
    away("report", "close", *NOVEMBER)
    monkeypatch.setenv("FLOWPARTY_TODAY", "2026-12-28")
    away("report", "close", *DECEMBER)
    monkeypatch.setenv("FLOWPARTY_TODAY", "2027-01-28")
    away("--clerk", "甲", "move", "edit", "M2", "--ended", ended)
    assert corrected(away, *JANUARY) == listed
    if listed:
        assert explained(away, *JANUARY)["away"] == ("甲", "move edit")
    assert [part for part, who in parts(away, *JANUARY).items()
            if who == ["M2"]] == ([way] if way else [])  # fmt: skip
    away("report", "check", *JANUARY)
    away("report", "close", *JANUARY)


def test_a_departure_taken_back_is_a_correction_of_the_closed_months_only(year: Any) -> None:
    year("move", "withdraw", "M2")
    assert corrected(year, *JANUARY) == [("2026-11+2026-12", "away", "yes", "no")]
    found = parts(year, *JANUARY)
    assert (found["corrected_out"], "came_back" in found) == (["M2"], False)


def test_a_month_reopened_and_closed_again_needs_no_correction(year: Any) -> None:
    year("move", "return", "M2", "--on", "2026-12-10")
    year("report", "reopen", *DECEMBER, "--reason", "漏报")
    year("report", "close", *DECEMBER)
    assert corrected(year, *JANUARY) == []
    year("move", "return", "M3", "--on", "2026-11-10")
    year("report", "reopen", *DECEMBER, "--reason", "再漏报")
    assert corrected(year, *DECEMBER) == [("2026-11", "away", "yes", "no")]
    year("report", "close", *DECEMBER)
    assert corrected(year, *JANUARY) == []


def test_an_older_month_is_corrected_where_the_one_before_was_never_closed(
    december: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FLOWPARTY_TODAY", "2027-01-28")
    december("move", "return", "M2", "--on", "2026-11-10")
    assert corrected(december, *JANUARY) == [("2026-11", "away", "yes", "no")]


def test_a_closed_month_is_the_same_bytes_whenever_it_is_written(
    december: Any, tmp_path: Path
) -> None:
    december("--clerk", "甲", "ledger", "export", *NOVEMBER, "--output", "one")
    december("move", "return", "M2", "--on", "2026-11-10")
    december("member", "edit", "M1", "--name", "改了名")
    december("org", "edit", "长田镇", "--secretary", "新书记")
    december("--clerk", "乙", "ledger", "export", *NOVEMBER, "--output", "two")
    for name in (LEDGER, STATISTICS):
        first, second = (tmp_path / folder / name for folder in ("one", "two"))
        assert first.read_bytes() == second.read_bytes()


def test_a_branch_s_own_return_of_a_closed_month_stays_too(away: Any, tmp_path: Path) -> None:
    away("org", "edit", "金叶社区", "--secretary", "李国")
    away("report", "close", *NOVEMBER)
    words = ("ledger", "export", *NOVEMBER, "--org", "O2", "--output")
    away(*words, "one")
    away("org", "edit", "O2", "--secretary", "张光仙", "--name", "改名党支部")
    away("move", "return", "M3", "--on", "2026-11-20")
    away(*words, "two")
    for name in (LEDGER, STATISTICS):
        first, second = (tmp_path / folder / name for folder in ("one", "two"))
        assert first.read_bytes() == second.read_bytes()
    cells = [cell.value for row in opened(tmp_path / "two" / LEDGER).active for cell in row]
    assert "支部书记：李国" in cells


def test_a_close_ends_the_forecast_and_a_later_one_tells_its_revision(
    away: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def title() -> str:
        away("ledger", "export", *NOVEMBER)
        return str(opened(tmp_path / LEDGER).active["A1"].value)

    monkeypatch.setenv("FLOWPARTY_TODAY", "2026-11-27")
    assert title() == "流动党员台账（预报）"
    monkeypatch.setenv("FLOWPARTY_TODAY", "2026-11-28")
    away("report", "close", *NOVEMBER)
    assert title() == "流动党员台账"
    away("report", "reopen", *NOVEMBER, "--reason", "漏报")
    away("report", "close", *NOVEMBER)
    assert title() == "流动党员台账（第2版）"
    assert away("ledger", "export", *NOVEMBER, "--format", "json").json["revision"] == 2


def test_the_second_sheet_names_every_figure_and_the_close(december: Any, tmp_path: Path) -> None:
    made = december("report", "list", "--format", "json").json[0]
    december("ledger", "export", *NOVEMBER)
    for name, cell in ((LEDGER, "ledger.over_threshold"), (STATISTICS, "card.held")):
        sheet = opened(tmp_path / name)["指标说明"]
        assert cell in [row[0].value for row in sheet.iter_rows()]
        assert made["journal_head"][:20] in sheet["A1"].value


@pytest.mark.parametrize(
    ("cell", "members"),
    [
        ("card.away", ["M2", "M3", "M1"]), ("card.due", ["M2", "M3", "M1"]), ("card.held", ["M1"]),
        ("card.rate", ["M2", "M3", "M1"]), ("card.lacking.not_issued", ["M2", "M3"]),
        ("card.issued", ["M1"]), ("card.verified", []), ("ledger.card_number", ["M1"]),
        ("ledger.total", ["M2", "M3", "M1"]), ("annual.card.all", ["M1"]),
        ("annual.unknown.unknown", ["M2", "M3", "M1"]), ("annual.village.all", []),
    ],
)  # fmt: skip
def test_the_people_behind_a_figure(away: Any, cell: str, members: list[str]) -> None:
    found = away("report", "explain", cell, "--format", "json").json
    assert [person["member_number"] for person in found] == members


@pytest.mark.parametrize(
    ("words", "members"),
    [
        ("card.away --as-of 2026-03-02", ["M1", "M2"]),
        ("card.away --period 2026-10", ["M1", "M2", "M3"]),
        ("annual.unknown.unknown --as-of 2026-03-02", []),
        ("annual.unknown.unknown --as-of 2026-09-02", ["M1", "M2"]),
        ("annual.unknown.unknown --year 2026", ["M1", "M2", "M3"]),
        ("annual.unknown.unknown --year 2025", []),
        ("annual.unknown.unknown --year 2025 --as-of 2026-09-02", []),
    ],
)
def test_the_people_behind_a_figure_of_a_day_a_month_a_year(
    away: Any, words: str, members: list[str]
) -> None:
    found = away("report", "explain", *words.split(), "--format", "json").json
    assert sorted(person["member_number"] for person in found) == members


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("card.away --year 2026", "explain_monthly"),
        ("card.away --period 2026-11 --year 2026", "explain_monthly"),
        ("ledger.total --year 2025 --as-of 2026-03-02", "explain_monthly"),
        ("annual.card.all --period 2026-11", "explain_annual"),
        ("annual.card.all --period 2026-11 --year 2026", "explain_annual"),
    ],
)
def test_a_year_explains_no_month_and_a_month_no_year(away: Any, words: str, code: str) -> None:
    ran = away("report", "explain", *words.split(), "--format", "json", exit=2)
    assert ran.error["code"] == code


def test_explaining_knows_no_other_names_and_shows_no_number(december: Any) -> None:
    ran = december("report", "explain", "card.hold", "--format", "json", exit=6)
    assert "card.held" in ran.error["candidates"]
    assert id_number(1) not in december("report", "explain", "card.away", *NOVEMBER).out
    assert (
        december("report", "explain", "card.away", "--org", "雨柏村", "--format", "json").json == []
    )


def test_figures_of_erased_people_are_said_to_be_there(december: Any, path: Path) -> None:
    connection = sqlite3.connect(path)
    connection.execute("UPDATE closed_row SET cells = NULL, salt = NULL WHERE member_id = 1")
    connection.commit()
    connection.close()
    ran = december("report", "explain", "card.held", *NOVEMBER, "--format", "json")
    assert ran.json == []
    assert "Erased since the close: 1" in ran.err
    ran = december("ledger", "export", *NOVEMBER)
    assert "已删除" in ran.err
    rows = [[cell.value for cell in row] for row in opened(LEDGER).active.iter_rows()]
    (erased,) = [row for row in rows if row[1] == "已删除"]
    assert set(erased[1:]) == {"已删除", "金叶社区党支部"}
    december("report", "check", *NOVEMBER)


def counts(run: Any, *words: str) -> Any:
    return run("ledger", "show", *words, "--format", "json").json[-1]


def test_any_day_is_rebuilt_as_known_now(away: Any) -> None:
    away("move", "return", "M3", "--on", "2026-11-20")
    shown = {
        day: counts(away, "--as-of", day)["away"]
        for day in ("2026-02-28", "2026-03-01", "2026-03-03", "2026-11-19", "2026-11-20")
    }
    assert list(shown.values()) == [0, 1, 3, 3, 2]
    assert counts(away, "--as-of", "2026-11-01")["issued"] == 0
    assert counts(away, "--as-of", "2026-11-02")["issued"] == 1
    ran = away("ledger", "show", *NOVEMBER, "--as-of", "2026-10-27", "--format", "json", exit=5)
    assert ran.error["code"] == "as_of_outside"


def test_the_last_day_of_a_closed_month_is_the_frozen_one(december: Any) -> None:
    december("move", "return", "M3", "--on", "2026-11-20")
    assert counts(december, "--as-of", "2026-11-27")["away"] == 3
    assert counts(december, "--as-of", "2026-11-26")["away"] == 2
    assert counts(december, *NOVEMBER)["away"] == 3
    assert counts(december, *NOVEMBER, "--org", "金叶社区")["away"] == 3
    assert counts(december, *NOVEMBER, "--org", "雨柏村")["away"] == 0


def test_the_settings_of_the_close_hold_for_it(december: Any, path: Path) -> None:
    with (
        Registry.open(path, actor=ACTOR, command="test", now=clock.now) as registry,
        registry.write(),
    ):
        for name, value in (("cutoff_day", "25"), ("threshold_months", "12")):
            registry.insert_raw("setting", {"name": name, "value": value})
    (listed,) = december("report", "list", "--format", "json").json
    assert (listed["since"], listed["cutoff"]) == ("2026-10-28", "2026-11-27")
    assert counts(december, *NOVEMBER)["due"] == 3
    assert counts(december, *DECEMBER)["due"] == 0
    found = december("report", "diff", *DECEMBER, "--format", "json").json
    assert found["corrections"] == []
    closed = december("report", "close", *DECEMBER, "--format", "json").json
    assert (closed["since"], closed["cutoff"]) == ("2026-11-28", "2026-12-25")
    assert counts(december, "--as-of", "2026-11-26")["away"] == 3


def test_a_month_without_people(town: Any, tmp_path: Path) -> None:
    town("report", "check", *NOVEMBER)
    town("report", "close", *NOVEMBER)
    town("ledger", "export", *NOVEMBER)
    assert counts(town, *NOVEMBER)["away"] == 0
    assert set(parts(town, *NOVEMBER)) == set()
    assert opened(tmp_path / STATISTICS).sheetnames[1] == "指标说明"


def test_what_does_not_add_up_ends_in_3_with_the_people(away: Any, path: Path) -> None:
    connection = sqlite3.connect(path)
    connection.execute("UPDATE org SET until = '2026-11-10' WHERE name LIKE '金叶%支部'")
    connection.commit()
    connection.close()
    found = away("report", "check", *NOVEMBER, "--format", "json", exit=3).json
    assert {one["code"] for one in found} == {"no_branch_row"}
    assert any("M1" in person for one in found for person in one["people"])
    assert "belongs to no branch" in away("report", "check", *NOVEMBER, exit=3).out


@pytest.mark.parametrize(
    ("statement", "members"),
    [
        ("UPDATE movement SET ended_on = '2026-12-10', outcome = 'returned' WHERE member_id = 2",
         ["M2"]),
        ("UPDATE movement SET left_on = '2026-12-10' WHERE member_id = 4", []),
        ("UPDATE movement SET left_on = '2027-01-10' WHERE member_id = 4", ["M4"]),
        ("UPDATE member SET ended_on = '2026-12-01', end_reason = 'died' WHERE id = 3", ["M3"]),
    ],
)  # fmt: skip
def test_last_month_and_what_happened_make_this_month_by_name(
    december: Any, path: Path, statement: str, members: list[str]
) -> None:
    """Rows that are not as they were when the month was closed: its figure is explained by nothing."""
    december("move", "out", "M4", "--to", "贵阳", "--on", "2026-12-03")
    december("report", "close", *DECEMBER)
    december("report", "check", *DECEMBER)
    connection = sqlite3.connect(path)
    connection.execute(statement)
    connection.commit()
    connection.close()
    ran = december("report", "check", *DECEMBER, "--format", "json", exit=3 if members else 0)
    found = {one["code"]: one["people"] for one in ran.json}
    assert [who.split()[0] for who in found.get("balance_broken", [])] == members
    if members:
        assert "do not make this month" in december("report", "check", *DECEMBER, exit=3).out


def test_two_movements_at_one_time_are_told_by_name(december: Any, path: Path) -> None:
    """Older records may have them: sent away again by a list after the return."""
    december("move", "return", "M1", "--on", "2026-11-10")
    december("report", "check", *DECEMBER)
    connection = sqlite3.connect(path)
    connection.execute(
        "INSERT INTO movement (uuid, office, member_id, direction, left_on, unit_kind, reason,"
        " fixed_place) SELECT 'again', office, member_id, direction, left_on, unit_kind, reason,"
        " fixed_place FROM movement WHERE member_id = 1"
    )
    connection.commit()
    connection.close()
    (found,) = december("report", "check", *DECEMBER, "--format", "json", exit=3).json
    assert (found["code"], [who.split()[0] for who in found["people"]]) == (
        "balance_broken",
        ["M1"],
    )


def test_edits_after_the_close_break_no_balance(year: Any) -> None:
    year("move", "return", "M2", "--on", "2026-12-10")
    year("move", "out", "M4", "--to", "贵阳", "--on", "2026-12-20")
    year("member", "edit", "M1", "--branch", "雨柏村", "--on", "2026-11-05")
    for month in (NOVEMBER, DECEMBER, JANUARY):
        for org in ((), ("--org", "金叶社区"), ("--org", "雨柏村")):
            year("report", "check", *month, *org)


def test_a_month_is_compared_with_an_earlier_one_only(away: Any) -> None:
    ran = away("report", "diff", *NOVEMBER, "--against", "2026-12", "--format", "json", exit=5)
    assert ran.error["code"] == "diff_order"
    found = parts(away, *NOVEMBER, "--against", "2026-01")
    assert found["went_away"] == ["M2", "M3", "M1"]


def test_the_annual_forms(away: Any, tmp_path: Path) -> None:
    lines = away("report", "annual", "--year", "2026", "--format", "json").json
    by_row = {line["row"]: line["all"] for line in lines}
    spring = ("report", "annual", "--year", "2026", "--as-of", "2026-09-02", "--format", "json")
    assert away(*spring).json[0]["all"] == 2
    assert (by_row["annual.total"], by_row["annual.card"], by_row["annual.unknown"]) == (3, 1, 3)
    away("report", "annual", "--year", "2026", "--output", "year")
    book = opened(tmp_path / "year" / "流动党员情况(一)_2026.xlsx")
    assert book.active["A1"].value == "流动党员情况（一）（预报）"
    assert book.active["C5"].value == 3
    assert "annual.card.all" in [row[0].value for row in book["指标说明"].iter_rows()]
    away("report", "annual", "--year", "2027", exit=5)


def test_the_list_of_figures(away: Any) -> None:
    every = away("report", "cells", "--format", "json").json
    some = away("report", "cells", "--form", "流动党员持", "--format", "json").json
    assert {cell["name"] for cell in some} < {cell["name"] for cell in every}
    assert all(cell["name"].startswith("card.") for cell in some)


def test_nobody_away_is_without_a_place(town: Any, path: Path, tmp_path: Path) -> None:
    town(*add_words())
    town("move", "out", "M1", "--to", "不掌握", "--on", "2026-03-01")
    connection = sqlite3.connect(path)
    connection.execute("UPDATE movement SET destination_text = NULL")
    connection.commit()
    connection.close()
    town("ledger", "export", *NOVEMBER)
    cells = [cell.value for row in opened(tmp_path / LEDGER).active for cell in row]
    assert "不掌握" in cells
    assert counts(town, *NOVEMBER)["unknown"] == 1
    town("report", "check", *NOVEMBER)
