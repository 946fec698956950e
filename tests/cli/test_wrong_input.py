"""Inputs that are wrong: one clear error, the exit code of the table, and nothing written."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING, Any

import pytest

from tests.people import NAMES, add_words, id_number

if TYPE_CHECKING:
    from pathlib import Path

GOOD = id_number(1)
FEMALE = id_number(2)


@pytest.fixture
def people(town: Any) -> Any:
    """M1 away with a card in use; M2 and M3 namesakes at home; M4 a guest; M5 with a lost card; M6 with a void one."""
    town(*add_words(NAMES[0], 1))
    town(*add_words("李安", 3))
    town(*add_words("李安", 5, "雨柏村"))
    town(*add_words("罗客", 7), "--guest")
    town(*add_words("韦遗", 9))
    town("move", "out", "M1", "--to", "广东东莞", "--on", "2026-03-01")
    town("move", "arrive", "M1", "--on", "2026-03-05")
    town("card", "issue", "M1", "--number", "用1", "--on", "2026-03-01")
    town("card", "issue", "M5", "--number", "丢1", "--on", "2026-03-01")
    town("card", "lost", "丢1", "--on", "2026-10-01")
    town(*add_words("岑曾", 11))
    town("card", "issue", "M6", "--number", "废1", "--on", "2026-03-01")
    town("card", "void", "废1", "--on", "2026-05-05")
    return town


WORKBOOKS = [
    "form export 台账", "member card M1", "contact sheet --org 金叶社区", "meeting agenda --office 派出所",
    "aid notice --period 2026-11", "notice send M1", "notice print X", "transfer print T1",
    "transfer issue M2 --number 1 --to 深圳市某支部",
]  # fmt: skip


@pytest.mark.parametrize("line", WORKBOOKS)
@pytest.mark.parametrize("name", ["x.pdf", "x.xls", "x", ".xlsx"])
def test_a_workbook_is_called_nothing_else(people: Any, path: Path, line: str, name: str) -> None:
    before = path.read_bytes()
    assert "workbook_suffix" in people(*line.split(), "--output", name, exit=2).err
    assert path.read_bytes() == before


def journal(path: Path) -> list[Any]:
    connection = sqlite3.connect(path)
    rows = connection.execute("SELECT seq, hash FROM journal_entry").fetchall()
    connection.close()
    return rows


ADD = ("member", "add", "--branch", "金叶社区")

WRONG = [
    # identity numbers
    ((*ADD, "--name", "王安", "--id", GOOD[:17]), 5, "id_format"),
    ((*ADD, "--name", "王安", "--id", GOOD[:16] + "A" + GOOD[17]), 5, "id_format"),
    ((*ADD, "--name", "王安", "--id", FEMALE[:17] + ("0" if FEMALE[17] != "0" else "1")), 5,
     "id_checksum"),
    ((*ADD, "--name", "王安", "--id", id_number(1, "19700230")), 5, "id_date_invalid"),
    ((*ADD, "--name", "王安", "--id", id_number(1, "20270101")), 5, "id_date_invalid"),
    ((*ADD, "--name", "别人", "--id", GOOD), 16, "id_exists"),
    ((*ADD, "--name", "王安", "--id", FEMALE, "--sex", "男"), 5, "id_sex_mismatch"),
    ((*ADD, "--name", "王安", "--id", FEMALE, "--birth", "1970-01-02"), 5, "id_birth_mismatch"),
    (("member", "edit", "M1", "--sex", "女"), 5, "id_sex_mismatch"),
    (("member", "edit", "M2", "--id", GOOD), 16, "id_exists"),
    # names
    *(
        ((*ADD, "--id", FEMALE, "--name", name), 5, "name_unsafe")
        for name in ("=1+1", "[red]王", "王\x1b[31m", "王\u202e安", "<b>王</b>", "王\x00安", "···")
    ),
    ((*ADD, "--id", FEMALE, "--name", " "), 5, "name_missing"),
    # places
    (("move", "out", "M2", "--to", "白云区"), 5, "place_ambiguous"),
    (("move", "out", "M2", "--to", "亚特兰蒂斯"), 5, "place_unknown"),
    (("move", "out", "M2", "--to", "广东东菀"), 5, "place_unknown"),
    (("move", "out", "M2", "--to", "999999"), 5, "place_unknown"),
    # days
    (("move", "out", "M2", "--to", "广东深圳", "--on", "2026-12-01"), 5, "date_future"),
    (("move", "out", "M2", "--to", "广东深圳", "--on", "2026-02-30"), 5, "date_invalid"),
    (("contact", "add", "M1", "--on", "2026-11-29"), 5, "date_future"),
    (("member", "edit", "M1", "--joined", "2006", "--full-on", "2005"), 5, "date_order"),
    (("member", "edit", "M1", "--joined", "2006-01-01", "--full-on", "2006-01-01"), 5,
     "date_order"),
    # movements
    (("move", "out", "M1", "--to", "广东深圳"), 16, "move_already_open"),
    (("move", "arrive", "M2"), 16, "move_none_open"),
    (("move", "arrive", "M1", "--on", "2026-04-01"), 16, "move_already_arrived"),
    (("move", "return", "M2"), 16, "move_none_open"),
    (("move", "return", "M1", "--on", "2026-02-28"), 5, "move_before_leaving"),
    (("move", "return", "M1", "--on", "2026-03-04"), 5, "move_before_arrival"),
    (("move", "refuse", "M1", "--note", "x"), 16, "move_taken_up"),
    (("move", "withdraw", "M1"), 16, "move_taken_up"),
    (("move", "out", "M4", "--to", "广东深圳"), 16, "move_guest_out"),
    (("move", "in", "M2", "--from", "广东深圳"), 16, "move_own_in"),
    (("move", "out", "M2", "--to", "广东深圳", "--why", "旅游"), 5, "value_unrecognised"),
    (("move", "out", "M2", "--to", "广东深圳", "--host-phone", "12"), 5, "phone_invalid"),
    # cards
    (("card", "issue", "M1", "--number", "用2"), 16, "card_live"),
    (("card", "issue", "M6", "--number", "用2", "--on", "2026-05-04"), 16, "card_was_live"),
    (("card", "issue", "M2", "--number", "用1"), 16, "card_number_used"),
    (("card", "issue", "M2", "--number", " "), 5, "card_number_missing"),
    (("card", "issue", "M4", "--number", "客1"), 16, "card_guest"),
    (("card", "verify", "丢1"), 16, "card_lost"),
    (("card", "verify", "废1"), 16, "card_state_forbids"),
    (("card", "reissue", "用1", "--number", "用9"), 16, "card_not_lost"),
    (("card", "reissue", "丢1", "--number", "丢1"), 5, "card_number_same"),
    (("card", "reissue", "丢1", "--number", "用1"), 16, "card_number_used"),
    (("card", "verify", "用1", "--on", "2026-02-01"), 5, "card_event_order"),
    (("card", "verify", "M2"), 6, "card_none"),
    (("card", "verify", "无此证"), 6, "member_not_found"),
    (("card", "show", "C99"), 6, "card_not_found"),
    # organizations
    (("org", "add", "小组", "--kind", "党小组"), 16, "org_parent_wrong"),
    (("org", "add", " ", "--kind", "党支部"), 5, "org_name_missing"),
    (("org", "add", "x", "--kind", "俱乐部"), 5, "value_unrecognised"),
    (("org", "end", "金叶社区"), 16, "org_not_empty"),
    (("org", "edit", "O1", "--parent", "O2"), 16, "org_parent_wrong"),
    (("org", "show", "无此支部"), 6, "org_not_found"),
    (("org", "show", "党支部"), 6, "org_ambiguous"),
    ((*ADD[:2], "--branch", "O1", "--name", "王安", "--id", FEMALE), 16, "org_not_branch"),
    (("member", "edit", "M1", "--group", "金叶社区"), 16, "org_not_group"),
    # who is meant
    (("member", "show", "李安"), 6, "member_ambiguous"),
    (("member", "show", "无此人"), 6, "member_not_found"),
    (("member", "show", "M99"), 6, "member_not_found"),
    # the rest
    (("move", "list", "--limit", "9" * 30), 5, "number_too_large"),
    (("org", "show", "O" + "9" * 30), 5, "number_too_large"),
    (("card", "show", "C" + "9" * 30), 5, "number_too_large"),
    (("member", "show", "M1", "--unmask"), 2, "unmask_needs_reason"),
    (("member", "list", "--unmask"), 2, "unmask_needs_reason"),
    (("ledger", "export", "--period", "2027-01"), 5, "period_future"),
    (("ledger", "show", "--period", "2026-13"), 5, "period_invalid"),
    (("contact", "pair", "M1", "--end"), 16, "pair_not_one"),
    (("contact", "add", "M1", "--notes", "a\x1bb"), 5, "text_unsafe"),
    (("member", "end", "M1", "--as", "失踪"), 5, "value_unrecognised"),
    (("init", "--division", "522325107"), 16, "registry_exists"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("words", "exit_code", "code"),
    WRONG,
    ids=[f"{code}-{n}" for n, (_, _, code) in enumerate(WRONG)],
)
def test_one_clear_error_and_nothing_written(
    people: Any, path: Path, words: tuple[str, ...], exit_code: int, code: str
) -> None:
    before = journal(path)
    ran = people(*words, "--format", "json", exit=exit_code)
    assert (ran.error["code"], ran.error["exit"], ran.error["written"]) == (code, exit_code, False)
    assert ran.error["message"]
    assert "{" not in ran.error["message"] + ran.error["hint"]
    assert ran.out == ""
    assert journal(path) == before


def test_the_same_in_words_says_what_to_do(people: Any) -> None:
    said = people("card", "verify", "丢1", exit=16).err
    assert "Card 丢1 is lost: verify is not possible." in said
    assert "Nothing was written." in said
    assert "What to do: reissue it:  flowparty card reissue 丢1 --number NUMBER" in said


def test_candidates_are_listed(people: Any) -> None:
    ran = people("member", "show", "李安", "--format", "json", exit=6)
    assert ran.error["candidates"] == ["M2 李安 金叶社区党支部", "M3 李安 雨柏村党支部"]
    towns = people("move", "out", "M2", "--to", "朝阳区", "--format", "json", exit=5)
    assert "110105 北京市–朝阳区" in towns.error["candidates"]


def test_after_the_end_nothing_new_is_recorded(people: Any, path: Path) -> None:
    people("member", "end", "M1", "--as", "死亡", "--on", "2026-11-01")
    before = journal(path)
    for words in (
        ("contact", "add", "M1"),
        ("member", "edit", "M1", "--post", "村医"),
        ("move", "out", "M1", "--to", "广东深圳"),
        ("contact", "pair", "M1", "--by", "王明"),
    ):
        assert people(*words, "--format", "json", exit=16).error["code"] == "member_ended"
    assert journal(path) == before
    assert people("move", "list", "--format", "json").json == []
    ended = people("member", "list", "--ended", "--format", "json").json
    assert [(one["number"], one["end_reason"]) for one in ended] == [("M1", "died")]


def test_the_county_may_set_a_pattern_for_card_numbers(people: Any, path: Path) -> None:
    from flowparty.repository.registry import Registry
    from tests.conftest import ACTOR, now

    with Registry.open(path, actor=ACTOR, command="test", now=now) as registry, registry.write():
        registry.insert_raw("setting", {"name": "card_number_pattern", "value": "贞[0-9]{3}"})
    words = ("card", "issue", "M2", "--format", "json", "--number")
    assert people(*words, "贞12", exit=5).error["code"] == "card_number_pattern"
    people(*words, "贞123")


def test_totals_that_differ_stop_the_export_and_name_the_people(
    people: Any, path: Path, tmp_path: Path
) -> None:
    from flowparty.repository.registry import Registry
    from tests.conftest import ACTOR, now

    with Registry.open(path, actor=ACTOR, command="test", now=now) as registry, registry.write():
        registry.update("org", 2, {"until": "2026-11-01"})
    refused = people("ledger", "export", "--output", "out", "--format", "json", exit=16)
    assert refused.error["code"] == "ledger_disagrees"
    assert any("M1 王小明" in finding for finding in refused.error["findings"])
    shown = people("ledger", "export", "--output", "out", exit=16).err
    assert "somebody belongs to no branch that has a row (card.away): M1 王小明" in shown
    assert not (tmp_path / "out").exists()
