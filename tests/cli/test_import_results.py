"""What came of a contact or a visit is read by meaning, and never guessed."""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING, Any

import pytest

from tests.cli.imported import HIM, WHO, codes, stored
from tests.cli.test_import_kinds import rows_of, save
from tests.people import id_number

if TYPE_CHECKING:
    from pathlib import Path

CALLS = [*WHO, "联系日期"]


def contact_of(run: Any, path: Path, **cells: str) -> list[Any]:
    """Import one contact: its method, outcome and notes, and what was flagged."""
    listed = save(path.with_name("a.xlsx"), [*CALLS, *cells], [*HIM, "2026-11-02", *cells.values()])
    (row,) = rows_of(run, "contacts", listed)
    assert all("left open" not in reason["message"] for reason in row["reasons"])
    assert rows_of(run, "contacts", listed)[0]["action"] == "same"
    (made,) = stored(path, "SELECT json_array(method, outcome, notes) FROM contact")
    return [*json.loads(made), codes(row)]


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        ({"联系方式": "电话联系"}, ("phone", "reached", None, [])),
        ({"联系方式": "入户走访"}, ("visit", "reached", None, [])),
        ({"联系方式": "13800000001"}, ("other", "reached", "联系方式：13800000001", [])),
        ({"联系方式": "微信联系", "联系情况": "空号"}, ("wechat", "wrong_number", "空号", [])),
        ({"联系情况": "电话关机，未联系上"}, ("other", "no_answer", "电话关机，未联系上", [])),
        ({"联系情况": "打了三次都关机，后来回电"}, ("other", "other", "打了三次都关机，后来回电",
                                          ["value_unrecognised"])),
        ({"联系方式": "短信", "联系情况": "未回"}, ("message", "no_answer", "未回", [])),
        ({"联系情况": "不接"}, ("other", "no_answer", "不接", [])),
        ({"联系情况": "号码是空的"}, ("other", "wrong_number", "号码是空的", [])),
        ({"联系情况": "爱人接的本人不在"}, ("other", "other", "爱人接的本人不在", ["value_unrecognised"])),
        ({"备注": "本人已于9月病故"}, ("other", "other", "本人已于9月病故", ["value_unrecognised"])),
        ({"备注": "母亲病故"}, ("other", "reached", "母亲病故", [])),
        ({"备注": "未联系上"}, ("other", "no_answer", "未联系上", [])),
        ({"是否联系上": "是"}, ("other", "reached", None, [])),
        ({"是否联系上": "√"}, ("other", "reached", None, [])),
        ({"是否联系上": "否"}, ("other", "no_answer", None, [])),
        ({"联系结果": "联系不上"}, ("other", "no_answer", None, [])),
        ({"联系结果": "联系正常"}, ("other", "reached", None, [])),
        ({"联系结果": "已通话"}, ("other", "reached", None, [])),
        ({"联系结果": "一切正常"}, ("other", "reached", "联系结果：一切正常", ["value_unrecognised"])),
        ({"联系结果": "良好"}, ("other", "reached", "联系结果：良好", ["value_unrecognised"])),
        ({"联系结果": "√"}, ("other", "reached", "联系结果：√", ["value_unrecognised"])),
        ({"联系结果": "家属代接"}, ("other", "other", "联系结果：家属代接", ["value_unrecognised"])),
        ({"联系结果": "已联系上，愿回乡"}, ("other", "reached", "联系结果：已联系上，愿回乡", [])),
    ],
)  # fmt: skip
def test_what_came_of_a_contact_is_read_by_meaning(
    one: Any, path: Path, cells: dict[str, str], expected: tuple[Any, ...]
) -> None:
    assert contact_of(one, path, **cells) == [*expected]


@pytest.mark.parametrize("said", ["无", "有", "一般"])
def test_a_result_that_says_nothing_known_is_refused(one: Any, tmp_path: Path, said: str) -> None:
    listed = save(tmp_path / "a.xlsx", [*CALLS, "联系结果"], [*HIM, "2026-11-02", said])
    (row,) = rows_of(one, "contacts", listed, exit=5)
    assert codes(row) == ["word_unknown"]
    assert row["reasons"][0]["message"].endswith("(已联系、未接通、号码有误、拒绝沟通、其他)")


def test_answers_of_somebody_not_talked_to_are_flagged(one: Any, tmp_path: Path) -> None:
    one("move", "out", "M1", "--to", "广东深圳", "--on", "2026-03-01")
    one("survey", "open", "--name", "摸底", "--since", "2026-09-01")
    head = [*WHO, "调查日期", "从业现状", "困难问题", "排查结果"]
    listed = save(tmp_path / "a.xlsx", head, [*HIM, "2026-10-02", "未联系上", "缺钱", "未联系上"])
    (row,) = rows_of(one, "survey", listed)
    assert [(r["code"], r["field"]) for r in row["reasons"]] == [
        ("answer_not_kept", "difficulties")
    ]


@pytest.mark.parametrize(
    ("cells", "outcome", "flagged"),
    [
        ({"备注": "电话停机，未联系上"}, "not_reached", []),
        ({"备注": "关机，后来回电"}, "not_reached", ["answer_not_kept"]),
        ({"备注": "拒绝接听"}, "refused", []),
        ({"从业现状": "联系不上", "备注": ""}, "not_reached", []),
        ({"从业现状": "务工", "备注": "电话停机"}, "done", []),
        ({"排查结果": "空号", "备注": ""}, "not_reached", []),
    ],
)
def test_who_gave_no_answer_at_all_was_not_talked_to(
    one: Any, tmp_path: Path, path: Path, cells: dict[str, str], outcome: str, flagged: list[str]
) -> None:
    one("move", "out", "M1", "--to", "广东深圳", "--on", "2026-03-01")
    one("survey", "open", "--name", "摸底", "--since", "2026-09-01")
    listed = save(tmp_path / "a.xlsx", [*WHO, "调查日期", *cells],
                  [*HIM, "2026-10-02", *cells.values()])  # fmt: skip
    (row,) = rows_of(one, "survey", listed)
    assert (stored(path, "SELECT outcome FROM survey_sheet"), codes(row)) == ([outcome], flagged)


@pytest.mark.parametrize(
    ("said", "outcome"),
    [
        ("拒访", "refused"),
        ("不愿接受访问", "refused"),
        ("不配合", "refused"),
        ("外出", "absent"),
        ("不在家", "absent"),
        ("电话关机", "not_reached"),
        ("已走访", "done"),
        ("已排查", "done"),
        ("已联系", "done"),
        ("已见面", "done"),
        ("已电话联系", "done"),
    ],
)
def test_the_result_of_a_visit_is_read_by_meaning(
    one: Any, tmp_path: Path, path: Path, said: str, outcome: str
) -> None:
    assert codes(visit_of(one, tmp_path, said)) == []
    assert stored(path, "SELECT outcome FROM survey_sheet") == [outcome]


@pytest.mark.parametrize("said", ["正常", "在外务工", "健在", "√"])
def test_a_result_that_only_tells_how_somebody_is_is_flagged(
    one: Any, tmp_path: Path, path: Path, said: str
) -> None:
    assert codes(visit_of(one, tmp_path, said)) == ["value_unrecognised"]
    assert stored(path, "SELECT outcome FROM survey_sheet") == ["done"]


@pytest.mark.parametrize("said", ["已故", "已转出", "不正常", "未外出务工"])
def test_an_unknown_result_is_no_visit(one: Any, tmp_path: Path, path: Path, said: str) -> None:
    row = visit_of(one, tmp_path, said, exit=5)
    assert codes(row) == ["word_unknown"]
    assert row["reasons"][0]["message"].endswith("(已完成、不在、拒绝、未联系上)")
    assert stored(path, "SELECT outcome FROM survey_sheet") == []


@pytest.mark.parametrize(
    ("cells", "cell"),
    [
        ({"排查结果": ""}, "D2"),
        ({"从业现状": "", "排查结果": "/", "备注": ""}, "E2"),
        ({"从业现状": "", "困难问题": ""}, "D2"),
        ({"排查结果": "", "从业现状": "", "备注": "已通知"}, "D2"),
    ],
)
def test_a_row_that_says_nothing_of_what_came_of_it_is_no_visit(
    one: Any, tmp_path: Path, path: Path, cells: dict[str, str], cell: str
) -> None:
    row = sheet_of(one, tmp_path, exit=5, **cells)
    assert [(r["code"], r["cell"]) for r in row["reasons"]] == [("import_field_missing", cell)]
    assert stored(path, "SELECT outcome FROM survey_sheet") == []


@pytest.mark.parametrize(
    ("cells", "cell"),
    [
        ({"备注": "本人已去世"}, "D2"),
        ({"从业现状": "", "备注": "组织关系已转出"}, "E2"),
        ({"从业现状": "已去世", "困难问题": "", "备注": ""}, "D2"),
    ],
)
def test_who_has_died_or_left_was_not_visited(
    one: Any, tmp_path: Path, path: Path, cells: Any, cell: str
) -> None:
    row = sheet_of(one, tmp_path, exit=5, **cells)
    assert [(r["code"], r["cell"]) for r in row["reasons"]] == [("word_unknown", cell)]
    assert "died" in row["reasons"][0]["message"]
    assert stored(path, "SELECT outcome FROM survey_sheet") == []


def test_answers_of_somebody_who_may_have_left_are_flagged(one: Any, tmp_path: Path) -> None:
    row = sheet_of(one, tmp_path, 从业现状="务工", 备注="2026年9月转出")
    assert (row["action"], codes(row)) == ("add", ["value_unrecognised"])


@pytest.mark.parametrize(
    ("cells", "outcome"),
    [
        ({"从业现状": "", "备注": "不在家"}, "absent"),
        ({"从业现状": "", "备注": "拒访"}, "refused"),
        ({"从业现状": "外出", "备注": ""}, "done"),
        ({"从业现状": "父亲去世，在家", "备注": ""}, "done"),
    ],
)
def test_a_remark_in_place_of_all_answers_is_read(
    one: Any, tmp_path: Path, path: Path, cells: Any, outcome: str
) -> None:
    assert sheet_of(one, tmp_path, **cells)["action"] == "add"
    assert stored(path, "SELECT outcome FROM survey_sheet") == [outcome]


def test_an_answer_says_that_somebody_was_talked_to(one: Any, tmp_path: Path, path: Path) -> None:
    assert codes(sheet_of(one, tmp_path, 排查结果="", 从业现状="", 困难问题="缺钱")) == []
    assert stored(path, "SELECT outcome FROM survey_sheet") == ["done"]


def test_so_does_a_new_number_that_the_round_did_not_ask_for(
    one: Any, tmp_path: Path, path: Path
) -> None:
    own = ("--section", "技能", "--section", "返乡")
    one("move", "out", "M1", "--to", "广东深圳", "--on", "2026-03-01")
    one("survey", "open", "--name", "摸底", "--since", "2026-09-01", *own)
    head = [*WHO, "调查日期", "从业现状", "新手机号"]
    listed = save(tmp_path / "a.xlsx", head, [*HIM, "2026-10-02", "", "13977778888"])
    assert codes(rows_of(one, "survey", listed)[0]) == []
    assert stored(path, "SELECT outcome FROM survey_sheet") == ["done"]
    assert stored(path, "SELECT mobile FROM member") == ["13977778888"]


def sheet_of(run: Any, tmp_path: Path, *, exit: int = 0, **cells: str) -> Any:  # noqa: A002
    """Import one person's sheet of a survey: heading → cell."""
    run("move", "out", "M1", "--to", "广东深圳", "--on", "2026-03-01")
    run("survey", "open", "--name", "摸底", "--since", "2026-09-01")
    listed = save(tmp_path / "a.xlsx", [*WHO, "调查日期", *cells],
                  [*HIM, "2026-10-02", *cells.values()])  # fmt: skip
    (row,) = rows_of(run, "survey", listed, exit=exit)
    return row


def visit_of(run: Any, tmp_path: Path, said: str, *, exit: int = 0) -> Any:  # noqa: A002
    """Import a survey's sheet of which only the result is filled in."""
    return sheet_of(run, tmp_path, exit=exit, 排查结果=said)


ATTEMPTS = [("2026-10-02", "关机", ""), ("2026-10-09", "已走访", "务工")]


def attempts_of(run: Any, path: Path, *rows: tuple[str, ...], **how: Any) -> list[Any]:
    """Import one man's rows of a survey, each a day, a result and an answer: what each did."""
    head = [*WHO, "身份证号", "调查日期", "排查结果", "从业现状"]
    listed = save(path, head, *([*HIM, id_number(1), *row] for row in rows))
    os.utime(listed)
    return [
        row["action"] or codes(row)
        for row in rows_of(run, "survey", listed, *how.pop("words", ()), **how)
    ]


@pytest.fixture
def round_(one: Any) -> Any:
    one("survey", "open", "--name", "摸底", "--since", "2026-09-01")
    return one


@pytest.mark.parametrize("order", [1, -1])
def test_two_attempts_are_two_rows_and_the_later_counts(
    round_: Any, tmp_path: Path, path: Path, order: int
) -> None:
    rows = ATTEMPTS[::order]
    assert attempts_of(round_, tmp_path / "a.xlsx", *rows) == ["add", "add"]
    assert stored(path, "SELECT outcome FROM survey_sheet ORDER BY id") == ["not_reached", "done"]
    assert attempts_of(round_, tmp_path / "a.xlsx", *rows) == ["same", "same"]
    assert attempts_of(round_, tmp_path / "b.xlsx", ATTEMPTS[0]) == ["same"]
    assert attempts_of(round_, tmp_path / "c.xlsx", ATTEMPTS[1], ATTEMPTS[1], exit=5) == [
        "same", ["id_duplicate_in_file"],
    ]  # fmt: skip


def test_an_older_attempt_does_not_go_before_a_later_one(round_: Any, tmp_path: Path) -> None:
    attempts_of(round_, tmp_path / "a.xlsx", ATTEMPTS[1])
    older = tmp_path / "b.xlsx"
    assert attempts_of(round_, older, ATTEMPTS[0], exit=5) == [["import_older"]]
    assert "survey day was recorded as of" in round_("import", "survey", str(older), exit=5).out
    registry, file = ("--prefer", "registry"), ("--prefer", "file")
    assert attempts_of(round_, older, ATTEMPTS[0], words=registry) == ["same"]
    assert attempts_of(round_, older, ATTEMPTS[0], words=file) == ["add"]


def test_a_corrected_row_of_the_same_day_is_a_change(
    round_: Any, tmp_path: Path, path: Path
) -> None:
    day, result, _ = ATTEMPTS[1]
    assert attempts_of(round_, tmp_path / "a.xlsx", ATTEMPTS[1]) == ["add"]
    assert attempts_of(round_, tmp_path / "b.xlsx", (day, result, "经商")) == ["update"]
    assert attempts_of(round_, tmp_path / "b.xlsx", (day, result, "经商")) == ["same"]
    assert attempts_of(round_, tmp_path / "a.xlsx", ATTEMPTS[1]) == ["same"]
    (last,) = stored(path, "SELECT max(sheet_id) FROM survey_answer WHERE text = '经商'")
    assert last == 2
