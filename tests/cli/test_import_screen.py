"""What the screen says of an import: words and names, never codes, numbers or hints that do not fit."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from flowparty import language
from flowparty.cli.intake import HELP
from flowparty.repository.codes import table
from tests.cli.test_import_kinds import rows_of, save
from tests.people import NAMES, id_number

if TYPE_CHECKING:
    from pathlib import Path

HEAD = ["姓名", "身份证号", "党支部"]
HIM = [NAMES[0], id_number(1), "金叶社区"]


def test_changes_are_shown_in_words(one: Any, tmp_path: Path) -> None:
    head = [*HEAD, "学历", "人员类别", "是否为流动党员", "是否为失联党员"]
    row = [*HIM[:2], "甘田村", "大专", "预备党员", "是", "否"]
    path = save(tmp_path / "a.xlsx", head, row)
    language.use("zh_CN")
    out = one("import", "members", path, "--dry-run", "--prefer", "file").out
    for words in (
        "所在党支部",
        "金叶社区党支部",
        "甘田村党支部",
        "大学专科",
        "是否为流动党员",
        "是",
    ):
        assert words in out
    assert not any(code in out for code in ("branch", "is_mobile", "probationary", "yes"))


def test_a_formula_without_a_value_shows_nothing(one: Any, tmp_path: Path) -> None:
    path = save(tmp_path / "a.xlsx", [*HEAD, "出生日期", "备注"], [*HIM, "=D9", "=D9"])
    ran = one("import", "members", path, exit=5)
    assert "without a stored value" in ran.out
    assert "Marker" not in ran.out + ran.err


def test_a_heading_may_be_mapped_to_what_lists_call_the_field(one: Any, tmp_path: Path) -> None:
    path = save(tmp_path / "a.xlsx", ["姓名", "证号", "组别"], HIM)
    words = ("--map", "证号=身份证号", "--map", "组别=所在党支部")
    assert rows_of(one, "members", path, *words)[0]["action"] == "same"
    kept = one("import", "mapping", "list", "--format", "json").json
    assert [(m["heading"], m["field"]) for m in kept] == [("证号", "id_number"), ("组别", "branch")]
    shown = one("import", "mapping", "list").out
    assert "公民身份证号" in shown
    assert "id_number" not in shown
    language.use("zh_CN")
    assert "党员名单" in one("import", "mapping", "list").out
    language.use("en")
    assert rows_of(one, "members", path)[0]["action"] == "same"


def test_every_kind_of_list_has_its_word() -> None:
    assert set(table("list_kind").codes) == set(HELP)


def test_an_unknown_field_is_answered_with_what_the_fields_are_called(
    one: Any, tmp_path: Path
) -> None:
    path = save(tmp_path / "a.xlsx", HEAD, HIM)
    ran = one("import", "members", path, "--map", "党支部=村子里", exit=5)
    assert "branch  所在党支部" in ran.err


@pytest.mark.parametrize(
    ("kind", "name", "branch", "said"),
    [
        ("members", NAMES[0], "甘田村", True),
        ("members", NAMES[1], "金叶社区", False),
        ("moves", NAMES[1], "金叶社区", False),
    ],
)
def test_whose_word_counts_is_asked_where_it_decides(
    one: Any, tmp_path: Path, kind: str, name: str, branch: str, said: bool
) -> None:
    path = save(tmp_path / "a.xlsx", [*HEAD, "地点"], [name, id_number(1), branch, "广东深圳"])
    for words, ends in (((), 5), (("--dry-run",), 3), (("--skip-bad",), 3)):
        ran = one("import", kind, path, *words, exit=ends)
        assert "belongs to" in ran.out
        assert ("--prefer file" in ran.err) == said
        assert ("with --skip-bad" in ran.err) == (words != ("--skip-bad",))


def test_what_a_list_lacks_is_named_and_a_branch_may_be_given(one: Any, tmp_path: Path) -> None:
    path = save(tmp_path / "a.xlsx", ["姓名", "身份证号", "性别"], [*HIM[:2], "男"])
    error = one("import", "members", path, "--format", "json", exit=5).error
    assert (error["missing"], "所在党支部." in error["message"]) == ("所在党支部", True)
    assert "--org" in error["hint"]


def test_the_letter_of_the_second_of_two_columns_is_in_the_hint(one: Any, tmp_path: Path) -> None:
    path = save(tmp_path / "a.xlsx", [*HEAD, "备注", "手机号", "手机号码"], [*HIM, "", "", ""])
    assert "--map F=" in one("import", "members", path, exit=5).err


def test_people_side_by_side_are_told_what_to_do(one: Any, tmp_path: Path) -> None:
    path = save(tmp_path / "a.xlsx", [*HEAD, *HEAD], [*HIM, NAMES[1], id_number(3), "金叶社区"])
    said = one("import", "members", path, exit=5).err
    assert "A1 D1、B1 E1、C1 F1" in said
    assert "below each other" in said
    assert said.rstrip().endswith("--map D= --map E= --map F=")


def test_titles_and_remarks_below_the_headings_are_shown_with_their_words(
    one: Any, tmp_path: Path
) -> None:
    head = ["序号", "姓名", "党支部", "证号", "发证时间"]
    him = [1, NAMES[0], "金叶社区", "001", "2024-04-01"]
    below = ["说明：证件13800138000已收齐"]
    path = save(tmp_path / "a.xlsx", head, ["二、已交回（1人）"], him, below, ["填表人：谭菊会"])
    err = one("import", "cards", path).err
    assert "Sheet!2 二、已交回（1人）" in err
    assert "Sheet!4 说明：证件" in err
    assert "13800138000" not in err
    assert "谭菊会" not in err
    assert one("card", "show", "001", "--format", "json").json["state"] == "handed_in"
    assert rows_of(one, "cards", path)[0]["action"] == "same"


@pytest.mark.parametrize(
    ("heading", "said", "known"),
    [
        ("是否失联党员", "不好说", "（是、否）"),
        ("性别", "不明", "（男、女）"),
        ("人员类别", "群众", "（正式党员、预备党员）"),
        ("备注", "群众", ""),
    ],
)
def test_the_words_that_are_known_stand_beside_one_that_is_not(
    one: Any, tmp_path: Path, heading: str, said: str, known: str
) -> None:
    path = save(tmp_path / "a.xlsx", [*HEAD, heading], [*HIM, said])
    language.use("zh_CN")
    (row,) = rows_of(one, "members", path)
    assert [one["message"].endswith(known) for one in row["reasons"]] == [True] * bool(known)


@pytest.mark.parametrize(
    ("name", "said"),
    [("王五（已故）", "brackets"), ("王?", "probably lost"), ("买买提.艾力", "dot")],
)
def test_what_is_wrong_with_a_name_is_told_as_it_is(
    one: Any, tmp_path: Path, name: str, said: str
) -> None:
    path = save(tmp_path / "a.xlsx", HEAD, [name, id_number(7), "甘田村"])
    (row,) = rows_of(one, "members", path)
    assert [said in reason["message"] for reason in row["reasons"]] == [True]


def test_of_several_files_each_warning_names_its_own(one: Any, tmp_path: Path) -> None:
    kept = save(tmp_path / "a.xlsx", [*HEAD, "年龄"], [*HIM, "56"])
    empty = save(tmp_path / "b.xlsx", HEAD)
    told = one("import", "members", kept, empty).err.splitlines()
    assert f"{kept}: Read, but not kept: 年龄." in told
    assert f"{empty}: There are headings, but no rows below them." in told
    assert "There are headings, but no rows below them." in one("import", "members", empty).err
