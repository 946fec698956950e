"""A list against the records: nobody is taken for somebody else, nothing newer is written over."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

import pytest

from tests.cli.test_import_kinds import rows_of, save
from tests.people import NAMES, add_words, id_number

if TYPE_CHECKING:
    from pathlib import Path

MOVES = ["姓名", "身份证号", "所在支部", "何时外出", "地点"]


@pytest.fixture
def people(town: Any) -> Any:
    """The town with two men of 金叶社区."""
    town(*add_words(NAMES[0], 1))
    town(*add_words(NAMES[1], 3))
    return town


def codes(row: dict[str, Any]) -> list[str]:
    return [reason["code"] for reason in row["reasons"] if reason["level"] == "reject"]


@pytest.mark.parametrize("kind", ["moves", "contacts"])
def test_a_number_under_another_name_is_nobodys_row(people: Any, tmp_path: Path, kind: str) -> None:
    heads = {"moves": MOVES, "contacts": ["姓名", "身份证号", "所在支部", "联系日期", "联系方式"]}
    last = {"moves": ["2026.3", "广东"], "contacts": ["2026-11-02", "电话"]}
    path = save(tmp_path / "a.xlsx", heads[kind], [NAMES[1], id_number(1), "金叶社区", *last[kind]])
    (row,) = rows_of(people, kind, path, exit=5)
    assert codes(row) == ["id_exists"]
    assert people("move", "list", "--format", "json").json == []


def test_a_category_typed_after_the_list_was_made_stays(people: Any, tmp_path: Path) -> None:
    people("member", "edit", "M1", "--category", "预备党员", "--on", "2026-10-01")
    head = ["姓名", "身份证号", "党支部", "人员类别"]
    path = save(tmp_path / "a.xlsx", head, [NAMES[0], id_number(1), "金叶社区", "正式党员"])
    (row,) = rows_of(people, "members", path, exit=5)
    assert codes(row) == ["import_older"]
    (row,) = rows_of(people, "members", path, "--prefer", "registry")
    assert row["action"] == "same"
    (row,) = rows_of(people, "members", path, "--prefer", "file")
    assert [(change["field"], change["new"]) for change in row["changes"]] == [("category", "full")]


@pytest.mark.parametrize(
    ("cells", "cell"),
    [
        ({"地点": "浙江省宁波市北仑区"}, "F2"),
        ({"从事职业及年收入": "木工，年收入4万元"}, "F2"),
        ({"与党组织联系方式": "13800138000"}, "F2"),
    ],
)
def test_the_cell_that_says_something_older_is_named(
    people: Any, tmp_path: Path, cells: dict[str, str], cell: str
) -> None:
    people("move", "out", "M1", "--to", "广东深圳龙岗", "--on", "2026-03-01")
    people("move", "edit", "M1", "--occupation", "保安")
    people("member", "edit", "M1", "--mobile", "13900139000")
    head = ["序号", "姓名", "身份证号", "所在支部", "何时外出", *cells]
    row = [1, NAMES[0], id_number(1), "金叶社区", "2026.3", *cells.values()]
    (told,) = rows_of(people, "moves", save(tmp_path / "a.xlsx", head, row), exit=5)
    older = [r["cell"] for r in told["reasons"] if r["code"] == "import_older"]
    assert older == [cell]


def listed(path: Path, filled_in: str | None, **facts: str) -> str:
    """A list of members saved now; ``filled_in``: the day its title states."""
    cells = {"姓名": NAMES[0], "身份证号": id_number(1), "党支部": "金叶社区", **facts}
    titles = [[f"填表日期：{filled_in}"]] if filled_in else []
    saved = save(path, *titles, list(cells), list(cells.values()))
    os.utime(saved)
    return saved


def test_a_second_block_is_as_old_as_its_own_title_says(people: Any, tmp_path: Path) -> None:
    known = listed(tmp_path / "a.xlsx", "2026年10月10日", 手机号="13800138000")
    assert rows_of(people, "members", known)[0]["action"] == "update"
    head = ["姓名", "身份证号", "党支部", "手机号"]
    path = save(
        tmp_path / "b.xlsx", ["填表日期：2026年10月20日"], head,
        [NAMES[1], id_number(3), "金叶社区", "13700137000"],
        [], ["填表日期：2026年9月"], head, [NAMES[0], id_number(1), "金叶社区", "13900139000"],
    )  # fmt: skip
    os.utime(path)
    new, old = rows_of(people, "members", path, exit=5)
    assert (new["action"], codes(old)) == ("update", ["import_older"])
    people("import", "members", path, "--skip-bad", exit=3)
    between = listed(tmp_path / "c.xlsx", "2026年10月15日", 手机号="13900139000")
    assert rows_of(people, "members", between)[0]["action"] == "update"


@pytest.mark.parametrize(
    ("heading", "values"),
    [
        ("手机号", ["13800138000", "13900139000", "13700137000"]),
        ("人员类别", ["预备党员", "正式党员", "预备党员"]),
    ],
)
def test_what_a_newer_list_said_is_not_overwritten_unasked(
    people: Any, tmp_path: Path, heading: str, values: list[str]
) -> None:
    base = {"姓名": "李明", "身份证号": id_number(7), "党支部": "雨柏村"}
    newer = listed(tmp_path / "a.xlsx", "2026年10月20日", **base, **{heading: values[0]})
    older = listed(tmp_path / "b.xlsx", "2026年9月", **base, **{heading: values[1]})
    assert rows_of(people, "members", newer)[0]["action"] == "add"
    (row,) = rows_of(people, "members", older, exit=5)
    assert [(r["code"], "2026-10-20" in r["message"]) for r in row["reasons"]] == [
        ("import_older", True)
    ]
    (row,) = rows_of(people, "members", older, "--prefer", "registry")
    assert row["action"] == "same"
    for number, day in enumerate(["2026年10月20日", None]):
        later = listed(tmp_path / f"{number}.xlsx", day, **base, **{heading: values[number + 1]})
        assert rows_of(people, "members", later)[0]["action"] == "update", day
    (row,) = rows_of(people, "members", older, exit=5)
    assert codes(row) == ["import_older"]
    people("db", "check")


def test_a_list_is_as_old_as_its_file_where_it_states_no_day(people: Any, tmp_path: Path) -> None:
    first = listed(tmp_path / "a.xlsx", "2026年10月", 手机号="13800138000")
    os.utime(first, (1_792_000_000, 1_792_000_000))  # 2026-10-14
    rows_of(people, "members", first, "--prefer", "file")
    before = listed(tmp_path / "b.xlsx", None, 手机号="13900139000")
    os.utime(before, (1_790_000_000, 1_790_000_000))
    assert codes(rows_of(people, "members", before, exit=5)[0]) == ["import_older"]
    later = listed(tmp_path / "c.xlsx", "2026年10月15日", 手机号="13900139000")
    assert rows_of(people, "members", later)[0]["action"] == "update"


def test_an_older_roster_does_not_move_somebody_back(people: Any, tmp_path: Path) -> None:
    def roster(name: str, day: str, place: str) -> str:
        row = [NAMES[0], id_number(1), "金叶社区", "2026.3", place]
        path = save(tmp_path / name, [f"填表日期：{day}"], MOVES, row)
        os.utime(path)
        return path

    rows_of(people, "moves", roster("a.xlsx", "2026-10-20", "深圳龙岗"))
    (row,) = rows_of(people, "moves", roster("b.xlsx", "2026-09-20", "宁波北仑"), exit=5)
    assert codes(row) == ["import_older"]


@pytest.mark.parametrize(
    ("said", "code"), [("情况一般", "word_unknown"), ("", "import_field_missing")]
)
def test_what_came_of_a_contact_is_never_guessed(
    people: Any, tmp_path: Path, said: str, code: str
) -> None:
    head = ["姓名", "所在支部", "联系日期", "联系方式", "联系结果"]
    path = save(tmp_path / "a.xlsx", head, [NAMES[0], "金叶社区", "2026-11-02", "电话", said])
    (row,) = rows_of(people, "contacts", path, exit=5)
    assert codes(row) == [code]
    plain = save(tmp_path / "b.xlsx", head[:4], [NAMES[0], "金叶社区", "2026-11-02", "电话"])
    (row,) = rows_of(people, "contacts", plain)
    assert row["action"] == "add"


def test_who_came_back_after_the_list_was_made_is_not_sent_away_again(
    people: Any, tmp_path: Path
) -> None:
    people("move", "out", "M1", "--to", "广东深圳", "--on", "2026-03-01")
    people("move", "return", "M1", "--on", "2026-11-20")
    head = ["姓名", "身份证号", "党支部", "是否为流动党员"]
    listed = save(tmp_path / "a.xlsx", head, [NAMES[0], id_number(1), "金叶社区", "是"])
    roster = save(
        tmp_path / "b.xlsx", MOVES, [NAMES[0], id_number(1), "金叶社区", "2026.2", "浙江宁波"]
    )
    for kind, path in (("members", listed), ("moves", roster)):
        (row,) = rows_of(people, kind, path, exit=5)
        assert codes(row) == ["import_older"], kind
        (row,) = rows_of(people, kind, path, "--prefer", "registry")
        assert row["action"] == "same", kind
    again = save(
        tmp_path / "c.xlsx", MOVES, [NAMES[0], id_number(1), "金叶社区", "2026.11.21", "浙江宁波"]
    )
    os.utime(again)
    (row,) = rows_of(people, "moves", again)
    assert row["action"] == "add"


def test_where_a_guest_came_from_is_no_row_of_those_away(people: Any, tmp_path: Path) -> None:
    people(*add_words("王建国", 7), "--guest")
    people("move", "in", "M3", "--from", "湖南长沙", "--on", "2026-03-01")
    before = people("move", "list", "--format", "json").json
    path = save(
        tmp_path / "a.xlsx", MOVES, ["王建国", id_number(7), "金叶社区", "2026.2", "浙江宁波"]
    )
    (row,) = rows_of(people, "moves", path, exit=5)
    assert codes(row) == ["move_guest_out"]
    assert people("move", "list", "--format", "json").json == before


def test_two_rows_about_one_person_that_differ(people: Any, tmp_path: Path) -> None:
    head = ["姓名", "所在支部", "何时外出", "地点"]
    first = [NAMES[0], "金叶社区", "2026.3", "广东"]
    same = save(tmp_path / "a.xlsx", head, first, first)
    assert [row["action"] for row in rows_of(people, "moves", same, "--dry-run")] == ["add", "same"]
    path = save(tmp_path / "b.xlsx", head, first, [NAMES[0], "金叶社区", "2026.5", "浙江"])
    one, two = rows_of(people, "moves", path, exit=5)
    assert (codes(one), codes(two)) == ([], ["person_twice_in_file"])
    (said,) = [r for r in two["reasons"] if r["code"] == "person_twice_in_file"]
    assert "2" in said["message"]


@pytest.mark.parametrize(
    ("title", "found"),
    [("填表日期：2016年11月20日", "M1"), ("2016年11月", "M1"), ("流出党员名册", "M2")],
)
def test_an_age_is_that_of_the_lists_day(town: Any, tmp_path: Path, title: str, found: str) -> None:
    head = ["姓名", "身份证号", "党支部"]
    numbers = (id_number(1, "19600101"), id_number(3, "19700101"))
    both = save(tmp_path / "a.xlsx", head, *([NAMES[0], n, "金叶社区"] for n in numbers))
    town("import", "members", both)
    roster = save(
        tmp_path / "b.xlsx", [title], ["姓名", "年龄", "支部", "何时外出", "地点"],
        [NAMES[0], 56, "金叶社区", "2016.3", "深圳龙岗"],
    )  # fmt: skip
    (row,) = rows_of(town, "moves", roster)
    assert row["member"] == found


def test_a_branch_name_that_two_have_is_no_branch(people: Any, tmp_path: Path) -> None:
    for above in ("东村党总支", "西村党总支"):
        people("org", "add", above, "--kind", "general_branch")
        people("org", "add", "第一党支部", "--kind", "branch", "--parent", above)
    head = ["姓名", "身份证号", "党支部"]
    path = save(tmp_path / "a.xlsx", head, ["李明", id_number(7), "第一党支部"])
    (row,) = rows_of(people, "members", path, exit=5)
    assert codes(row) == ["branch_ambiguous"]
    assert [said["candidates"] for said in row["reasons"]] == [["O10 第一党支部", "O12 第一党支部"]]


@pytest.fixture
def two_branches(people: Any) -> Any:
    """The town with a 总支 and a 支部 of one village, under one code."""
    for name, kind in (("东村党总支", "general_branch"), ("东村党支部", "branch")):
        people("org", "add", name, "--kind", kind, "--division", "522325107201")
    return people


@pytest.mark.parametrize("said", ["东村", "522325107201"])
def test_a_village_of_two_branches_decides_for_neither(
    two_branches: Any, tmp_path: Path, said: str
) -> None:
    head = ["姓名", "身份证号", "党支部"]
    path = save(tmp_path / "a.xlsx", head, ["李明", id_number(7), said])
    (row,) = rows_of(two_branches, "members", path, exit=5)
    assert codes(row) == ["branch_ambiguous"]
    assert "O9 东村党总支、O10 东村党支部" in two_branches("import", "members", path, exit=5).out
    path = save(tmp_path / "b.xlsx", head, ["李明", id_number(7), "长田镇东村党支部"])
    (row,) = rows_of(two_branches, "members", path)
    assert row["values"]["branch"] == "东村"
    assert [m["branch"] for m in two_branches("member", "list", "--format", "json").json] == [
        "金叶社区党支部", "金叶社区党支部", "东村党支部",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "rows",
    [
        [["东村流动党员名册"], ["姓名", "身份证号", "性别"], ["李明", id_number(7), "男"]],
        [["姓名", "身份证号", "性别"], ["东村"], ["李明", id_number(7), "男"]],
    ],
)
def test_a_title_that_may_mean_two_branches_decides_for_neither(
    two_branches: Any, tmp_path: Path, rows: list[list[Any]]
) -> None:
    (row,) = rows_of(two_branches, "members", save(tmp_path / "a.xlsx", *rows), exit=5)
    assert codes(row) == ["branch_ambiguous"]
