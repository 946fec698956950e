"""Each kind of list really writes, once; what it says against the records is told row by row."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

import pytest
from openpyxl import Workbook, load_workbook

from tests.people import NAMES, add_words, id_number

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

SINCE = "2026-10-01"


def save(path: Path, *rows: Sequence[Any]) -> str:
    """A workbook saved long before anything was typed."""
    book = Workbook()
    sheet: Any = book.active
    for row in rows:
        sheet.append(list(row))
    book.save(path)
    os.utime(path, (1_700_000_000, 1_700_000_000))
    return str(path)


@pytest.fixture
def people(town: Any) -> Any:
    """The town with two men of 金叶社区, one of them twice by name."""
    town(*add_words(NAMES[0], 1))
    town(*add_words(NAMES[1], 3))
    town(*add_words(NAMES[1], 5, "雨柏村"))
    return town


def rows_of(run: Any, *words: str, exit: int = 0) -> list[dict[str, Any]]:  # noqa: A002 - as run has it
    ran = run("import", *words, "--format", "json", exit=exit)
    return ran.json["rows"]  # type: ignore[no-any-return]


def test_moves_begin_then_are_completed_and_never_erased(people: Any, tmp_path: Path) -> None:
    head = ["姓名", "所在支部", "何时外出", "地点", "从事职业及年收入", "联系方式", "备注"]
    first = save(
        tmp_path / "a.xlsx",
        head,
        [NAMES[0], "金叶社区", "2026.3", "广东", "木工，年收入4万元", "", "全家"],
    )
    (row,) = rows_of(people, "moves", first)
    assert (row["action"], row["outcome"]) == ("add", "flagged")
    (row,) = rows_of(people, "moves", first)
    assert (row["action"], row["changes"]) == ("same", [])

    later = save(
        tmp_path / "b.xlsx", head, [NAMES[0], "金叶社区", "", "深圳龙岗", "", "13800138000", ""]
    )
    (row,) = rows_of(people, "moves", later)
    assert row["action"] == "update"
    assert {c["field"]: (c["old"], c["new"]) for c in row["changes"]} == {
        "destination_text": ("广东", "深圳龙岗"),
        "destination_code": ("440000", "440307"),
        "mobile": (None, "138****8000"),
    }
    (move,) = people("move", "list", "--format", "json").json
    assert (move["left_on"], move["destination_code"]) == ("2026-03", "440307")


def test_a_member_is_told_from_a_namesake_by_branch_only_where_there_is_one(
    people: Any, tmp_path: Path
) -> None:
    path = save(tmp_path / "a.xlsx", ["姓名", "何时外出", "地点"], [NAMES[1], "2026.3", "东莞"])
    (row,) = rows_of(people, "moves", path, exit=5)
    assert [(r["code"], r["cell"]) for r in row["reasons"]] == [("member_ambiguous", "A2")]
    assert row["reasons"][0]["candidates"] == ["M2 欧阳贵忠", "M3 欧阳贵忠"]
    path = save(
        tmp_path / "b.xlsx", ["姓名", "年龄", "地点", "支部"], [NAMES[1], 30, "东莞", "雨柏村"],
        ["没有这人", 30, "东莞", "雨柏村"],
    )  # fmt: skip
    rows = rows_of(people, "moves", path, exit=5)
    assert [[r["code"] for r in row["reasons"]] for row in rows] == [["member_not_found"]] * 2


def test_cards_are_issued_and_verified_as_exactly_as_the_register_knows(
    people: Any, tmp_path: Path
) -> None:
    head = ["姓名", "所在支部", "活动证编号", "发证时间", "最近查验时间", "备注"]
    path = save(
        tmp_path / "a.xlsx", head, [NAMES[0], "金叶社区", "00010006", "2021.4", "2026-02-03", ""],
        [NAMES[1], "金叶社区", "00010007", "", "", "2026.9交回"],
    )  # fmt: skip
    assert [row["action"] for row in rows_of(people, "cards", path)] == ["add", "add"]
    assert [row["action"] for row in rows_of(people, "cards", path)] == ["same", "same"]
    first, second = people("card", "list", "--format", "json").json
    assert (first["state"], first["verified_on"]) == ("in_use", "2026-02-03")
    assert second["state"] == "handed_in"
    taken = save(tmp_path / "b.xlsx", head, [NAMES[0], "金叶社区", "00010009", "2022.4", "", ""])
    (row,) = rows_of(people, "cards", taken, exit=5)
    assert [(r["code"], r["cell"]) for r in row["reasons"]] == [("card_live", "C2")]


def test_sheets_go_into_the_open_round(people: Any, tmp_path: Path) -> None:
    head = [
        "姓名",
        "身份证号",
        "从业现状",
        "困难问题",
        "联系方式变化",
        "返乡打算",
        "调查日期",
        "调查方式",
    ]
    path = save(
        tmp_path / "a.xlsx", head,
        [NAMES[0], id_number(1), "外出务工", "子女上学", "换号13800138000", "暂不", "10月9日", "微信"],
    )  # fmt: skip
    assert people("import", "survey", path, exit=6).err.count("survey_none") == 1
    people("survey", "open", "--name", "排查", "--since", SINCE)
    (row,) = rows_of(people, "survey", path)
    assert (row["action"], row["outcome"]) == ("add", "flagged")
    assert row["values"]["surveyed_on"] == "2026-10-09"
    (told,) = [reason for reason in row["reasons"] if reason["field"] == "surveyed_on"]
    assert (told["cell"], told["message"].endswith("since the round began was taken")) == (
        "G2",
        True,
    )
    (row,) = rows_of(people, "survey", path)
    assert row["action"] == "same"
    (sheet,) = people("survey", "show", "--member", "M1", "--format", "json").json
    assert (sheet["on"], sheet["mode"]) == ("2026-10-09", None)
    assert (
        people("member", "show", "M1", "--unmask", "--reason", "查", "--format", "json").json[
            "mobile"
        ]
        == "13800138000"
    )


def test_contacts_and_aid(people: Any, tmp_path: Path) -> None:
    log = save(
        tmp_path / "a.xlsx", ["姓名", "支部", "联系时间", "联系方式", "联系结果", "谈话内容"],
        [NAMES[0], "金叶社区", "2026.11.5", "打电话", "接通", "一切都好"],
        [NAMES[0], "金叶社区", "2026.11", "微信", "", ""],
    )  # fmt: skip
    first, second = rows_of(people, "contacts", log, "--skip-bad", exit=3)
    assert first["action"] == "add"
    assert [r["code"] for r in second["reasons"]] == ["import_day_missing"]
    (contact,) = people("contact", "list", "--format", "json").json
    assert (contact["on"], contact["method"], contact["outcome"]) == (
        "2026-11-05",
        "phone",
        "reached",
    )

    people("aid", "pot", "创业资金", "--source", "县", "--amount", "10万", "--since", SINCE)
    head = ["姓名", "支部", "资金来源", "帮扶金额（万元）", "发放时间", "帮扶类型"]
    aid = save(
        tmp_path / "b.xlsx", head, [NAMES[0], "金叶社区", "创业资金", 5, "2026-11-05", "创业"],
        [NAMES[1], "金叶社区", "创业资金", "6万", "2026-11-05", "创业"],
    )  # fmt: skip
    first, second = rows_of(people, "aid", aid, "--skip-bad", exit=3)
    assert first["action"] == "add"
    assert second["outcome"] == "refused"
    (grant,) = people("aid", "list", "--format", "json").json
    assert grant["amount_fen"] == 5_000_000


def member_list(path: Path, **facts: Any) -> str:
    cells = {"姓名": NAMES[0], "身份证号": id_number(1), "党支部": "金叶社区", **facts}
    return save(path, list(cells), list(cells.values()))


def test_what_somebody_typed_after_the_list_is_not_overwritten_unasked(
    people: Any, tmp_path: Path
) -> None:
    people("member", "edit", "M1", "--mobile", "13900139000")
    path = member_list(tmp_path / "a.xlsx", 手机号="13800138000", 学历="大专")
    (row,) = rows_of(people, "members", path, exit=5)
    assert [r["code"] for r in row["reasons"]] == ["import_older"]
    (row,) = rows_of(people, "members", path, "--prefer", "registry")
    assert [c["field"] for c in row["changes"]] == ["education"]
    (row,) = rows_of(people, "members", path, "--prefer", "file")
    assert [(c["old"], c["new"]) for c in row["changes"]] == [("139****9000", "138****8000")]
    (row,) = rows_of(people, "members", path)
    assert row["action"] == "same"


def test_a_blank_cell_erases_nothing_and_a_vaguer_date_is_no_change(
    people: Any, tmp_path: Path
) -> None:
    rows_of(people, "members", member_list(tmp_path / "a.xlsx", 入党时间="2001-07-01", 学历="大专"))
    path = member_list(tmp_path / "b.xlsx", 入党时间="2001.7", 学历="")
    (row,) = rows_of(people, "members", path)
    assert (row["action"], row["changes"]) == ("same", [])


def test_a_text_that_begins_like_the_one_recorded_is_a_correction(
    people: Any, tmp_path: Path
) -> None:
    rows_of(people, "members", member_list(tmp_path / "a.xlsx", 家庭住址="3-201"))
    (row,) = rows_of(people, "members", member_list(tmp_path / "b.xlsx", 家庭住址="3"))
    assert [change["field"] for change in row["changes"]] == ["address"]


def test_a_list_that_names_no_branch_is_of_the_org_given(people: Any, tmp_path: Path) -> None:
    path = save(tmp_path / "a.xlsx", ["姓名", "身份证号"], ["李明", id_number(7)])
    assert people("import", "members", path, exit=5).err.count("heading_missing") == 1
    (row,) = rows_of(people, "members", path, "--org", "雨柏村")
    assert (row["values"]["branch"], row["values"]["org_code"]) == ("雨柏村", "522325107203")


def test_another_name_under_a_known_number_names_whose_it_is(people: Any, tmp_path: Path) -> None:
    (row,) = rows_of(people, "members", member_list(tmp_path / "a.xlsx", 姓名="别人"), exit=5)
    (reason,) = row["reasons"]
    assert (reason["code"], reason["cell"]) == ("id_exists", "B2")
    assert "金叶社区" in reason["message"]
    (row,) = rows_of(people, "members", str(tmp_path / "a.xlsx"), "--prefer", "file")
    assert [(c["field"], c["new"]) for c in row["changes"]] == [("name", "别人")]


def test_one_bad_file_of_several_is_still_an_array(people: Any, tmp_path: Path) -> None:
    good = save(tmp_path / "a.xlsx", ["姓名", "地点"], [NAMES[0], "深圳龙岗"])
    bad = tmp_path / "b.csv"
    bad.write_text("")
    ran = people("import", "moves", good, str(bad), good, "--format", "json", exit=5)
    assert [(one["file"], one["rows"]) for one in ran.json] == [
        ("other_file_refused", []), ("file_empty", []), ("other_file_refused", [])
    ]  # fmt: skip
    ran = people("import", "moves", good, good, "--map", "无=", "--format", "json", exit=5)
    assert [one["file"] for one in ran.json] == ["import_map_nowhere"] * 2


def test_several_files_are_one_write_and_an_array(people: Any, tmp_path: Path) -> None:
    head = ["姓名", "身份证号", "党支部"]
    good = save(tmp_path / "a.xlsx", head, ["李明", id_number(7), "雨柏村"])
    twice = save(tmp_path / "b.xlsx", head, ["李明", id_number(7), "雨柏村"])
    ran = people("import", "members", good, twice, "--format", "json", exit=5)
    first, second = ran.json
    assert [r["code"] for r in second["rows"][0]["reasons"]] == ["id_duplicate_in_file"]
    assert not first["written"]
    assert len(people("member", "list", "--format", "json").json) == 3


def test_what_headings_mean_is_remembered_until_forgotten(people: Any, tmp_path: Path) -> None:
    path = save(tmp_path / "a.xlsx", ["姓名", "证号", "组别"], ["李明", id_number(7), "雨柏村"])
    assert people("import", "members", path, exit=5).err.count("heading_missing") == 1
    words = ("--map", "证号=id_number", "--map", "组别=branch")
    assert rows_of(people, "members", path, *words)[0]["action"] == "add"
    assert rows_of(people, "members", path)[0]["action"] == "same"
    kept = people("import", "mapping", "list", "--format", "json").json
    assert [(m["heading"], m["field"]) for m in kept] == [("证号", "id_number"), ("组别", "branch")]
    people("import", "mapping", "forget", kept[0]["number"])
    people("import", "members", path, exit=5)
    people("import", "mapping", "forget", "H99", exit=6)
    people("db", "check")


def test_what_is_said_now_leaves_what_was_said_before_of_other_columns(
    people: Any, tmp_path: Path
) -> None:
    head = ["姓名", "证号", "组别", "电话", "号码"]
    path = save(tmp_path / "a.xlsx", head, ["李明", id_number(7), "雨柏村", "13800138000", "1"])
    rows_of(people, "members", path, "--map", "证号=id_number", "--map", "组别=branch")
    (row,) = rows_of(people, "members", path, "--map", "号码=mobile", "--map", "电话=")
    assert row["changes"] == [{"field": "mobile", "old": "138****8000", "new": "***"}]
    (row,) = rows_of(people, "members", path, "--map", "D=mobile")
    assert [change["new"] for change in row["changes"]] == ["138****8000"]
    (row,) = rows_of(people, "members", path)
    assert row["action"] == "same"


def test_a_heading_is_meant_with_its_brackets(people: Any, tmp_path: Path) -> None:
    head = ["姓名", "身份证号", "党支部", "电话", "电话(家属)"]
    row = ["李明", id_number(7), "雨柏村", "13800138000", "13900139000"]
    path = save(tmp_path / "a.xlsx", head, row)
    ran = people("import", "members", path, "--map", "电话（家属）=", "--format", "json")
    meant = {one["heading"]: one["field"] for one in ran.json["mapping"]}
    assert (meant["电话"], meant["电话(家属)"]) == ("mobile", None)
    kept = people("import", "mapping", "list", "--format", "json").json
    assert [(one["heading"], one["field"]) for one in kept] == [("电话(家属)", "")]


def test_a_letter_is_remembered_of_its_own_form_only(people: Any, tmp_path: Path) -> None:
    one = save(
        tmp_path / "a.xlsx", ["姓名", "身份证号", "党支部", "号码"],
        ["李明", id_number(7), "雨柏村", "13800138000"],
    )  # fmt: skip
    two = save(
        tmp_path / "b.xlsx", ["姓名", "身份证号", "党支部", "数字"],
        ["张华", id_number(9), "雨柏村", "13900139000"],
    )  # fmt: skip
    ran = people("import", "members", one, two, "--map", "D=mobile", exit=5)
    assert "import_map_letter" in ran.err
    assert people("import", "mapping", "list", "--format", "json").json == []
    (row,) = rows_of(people, "members", one, "--map", "D=mobile")
    assert row["values"]["mobile"] == "13800138000"
    assert [rows_of(people, "members", path)[0]["values"]["mobile"] for path in (one, two)] == [
        "13800138000", None,
    ]  # fmt: skip


def test_a_heading_that_no_list_has_is_named(people: Any, tmp_path: Path) -> None:
    path = member_list(tmp_path / "a.xlsx")
    ran = people("import", "members", path, "--map", "手机呢=mobile", exit=5)
    assert ran.err.count("import_map_nowhere") == 1


@pytest.mark.parametrize("words", [("--map", "证号"), ("--map", "=name")])
def test_a_map_that_says_nothing_is_a_wrong_command_line(
    people: Any, tmp_path: Path, words: tuple[str, ...]
) -> None:
    path = member_list(tmp_path / "a.xlsx")
    assert people("import", "members", path, *words, exit=2).err.count("import_map_form") == 1


def test_an_unknown_field_and_an_unknown_sheet_are_named(people: Any, tmp_path: Path) -> None:
    path = member_list(tmp_path / "a.xlsx")
    ran = people("import", "members", path, "--map", "姓名=nom", "--format", "json", exit=5)
    assert (ran.json["file"], ran.error["code"]) == ("import_field_unknown",) * 2
    ran = people("import", "members", path, "--sheet", "无此表", "--format", "json", exit=5)
    assert (ran.json["rows"], ran.error["code"]) == ([], "sheet_not_found")


def test_a_masked_copy_is_refused(people: Any, tmp_path: Path) -> None:
    path = save(
        tmp_path / "a.xlsx", ["姓名", "身份证号", "党支部", "手机号"],
        [NAMES[0], "522325************", "金叶社区", "138****8000"],
    )  # fmt: skip
    (row,) = rows_of(people, "members", path, exit=5)
    assert [r["code"] for r in row["reasons"]] == ["id_format", "cell_masked"]


def test_a_masked_copy_says_what_is_wrong_and_names_no_number(people: Any, tmp_path: Path) -> None:
    head = ["姓名", "身份证号", "党支部"]
    path = save(tmp_path / "b.xlsx", head, [NAMES[0], id_number(1)[:-1], "金叶社区"])
    ran = people("import", "members", path, "--masked", exit=5)
    copy = tmp_path / "b.回填脱敏.xlsx"
    assert copy.name in ran.err
    rows = [[c.value for c in row] for row in load_workbook(copy).worksheets[0].iter_rows()]
    assert [row[:4] for row in rows[1:]] == [["Sheet", "2", "B", "身份证号"]]
    ran = people("import", "members", str(copy), "--format", "json", exit=5)
    assert ran.error["code"] == "heading_missing"


@pytest.mark.parametrize(
    ("kind", "head", "cells", "code"),
    [
        ("members", ["姓名", "身份证号", "党支部", "备注"], ["张三", id_number(1), "金叶社区", "a\x07住金叶街3号"],
         "id_exists"),
        ("members", ["姓名", "身份证号", "党支部"], ["张三、李四", id_number(7), "金叶社区"], "name_unsafe"),
        ("moves", ["姓名", "何时外出", "地点"], [NAMES[1], "2026.3", "东莞"], "member_ambiguous"),
        ("moves", ["姓名", "支部", "何时外出", "地点"], [NAMES[0], "甘田村", "2026.3", "东莞"],
         "member_not_found"),
    ],
)  # fmt: skip
def test_a_masked_copy_names_nobody(
    people: Any, tmp_path: Path, kind: str, head: list[str], cells: list[str], code: str
) -> None:
    path = tmp_path / "b.csv"
    path.write_text("\n".join(",".join(row) for row in (head, cells)), encoding="utf-8")
    rows = rows_of(people, kind, str(path), "--masked", exit=5)
    assert code in {reason["code"] for reason in rows[0]["reasons"]}
    sheet: Any = load_workbook(tmp_path / "b.回填脱敏.xlsx").active
    text = " ".join(str(cell.value) for row in sheet.iter_rows() for cell in row)
    assert not any(said in text for said in (*NAMES, "张三", "李四", id_number(1), "金叶街"))
    assert "csv 2" in text


def test_a_dry_run_of_each_kind_writes_nothing(people: Any, tmp_path: Path) -> None:
    before = people("history", "M1", "--format", "json").json
    head = ["姓名", "支部", "何时外出", "地点"]
    path = save(tmp_path / "a.xlsx", head, [NAMES[0], "金叶社区", "2026.3", "东莞"])
    (row,) = rows_of(people, "moves", path, "--dry-run")
    assert row["action"] == "add"
    assert people("move", "list", "--format", "json").json == []
    assert people("history", "M1", "--format", "json").json == before
