"""Members whose names look like titles: 李支部, 何村, 王会员; a recorded name is a person."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.cli.imported import codes
from tests.cli.test_import_kinds import rows_of, save
from tests.people import add_words

if TYPE_CHECKING:
    from pathlib import Path

CALLED = ["王会员", "李支部", "杨社区", "何村", "王小组", "周镇长"]


@pytest.fixture
def named(town: Any) -> Any:
    """The town with members of 金叶社区 whose names look like titles."""
    for at, name in enumerate(CALLED):
        town(*add_words(name, 2 * at + 1))
    return town


@pytest.mark.parametrize(
    "before", [["序号", "姓名"], ["姓名"], ["姓名", "党支部"]], ids=lambda head: head[-1]
)
def test_a_recorded_name_is_no_title(named: Any, tmp_path: Path, before: list[str]) -> None:
    said = {"序号": "1", "党支部": "金叶社区"}
    rows = [[said.get(heading, name) for heading in before] for name in CALLED]
    title = ["金叶社区党支部流出党员名单"]
    path = save(tmp_path / "a.xlsx", title, [*before, "外出时间", "外出地点"], *rows)
    found = rows_of(named, "moves", path, "--dry-run")
    assert [row["values"]["name"] for row in found] == CALLED
    assert [codes(row) for row in found] == [[]] * len(CALLED)


def test_a_branch_known_here_is_a_title_though_somebody_is_called_so(
    named: Any, tmp_path: Path
) -> None:
    named(*add_words("雨柏村", 21))
    named(*add_words("韦家贵", 23, "雨柏村"))
    head = ["姓名", "外出时间", "外出地点"]
    title = ["金叶社区党支部流出党员名单"]
    path = save(tmp_path / "a.xlsx", title, head, ["王会员"], ["雨柏村"], ["韦家贵"])
    found = rows_of(named, "moves", path, "--dry-run")
    assert [row["values"]["name"] for row in found] == ["王会员", "韦家贵"]
    assert [codes(row) for row in found] == [[], []]


def test_a_title_of_no_branch_known_here_is_named(named: Any, tmp_path: Path) -> None:
    title = ["金叶社区党支部流出党员名单"]
    head = ["姓名", "外出时间", "外出地点"]
    path = save(tmp_path / "a.xlsx", title, head, ["王会员"], ["韦支部"], ["何村"])
    ran = named("import", "moves", path, "--skip-bad", exit=3)
    assert "韦支部" in ran.err + ran.out
    assert "rows are titles or remarks and nobody: Sheet!4 韦支部" in ran.err + ran.out


def test_a_number_that_goes_on_tells_somebody_from_a_title(named: Any, tmp_path: Path) -> None:
    head = ["序号", "姓名", "外出时间", "外出地点"]
    rows: list[list[Any]] = [
        [1, "王会员"],
        [2, "韦支部"],
        [3, "何村"],
        ["", "大山支部"],
        [1, "王小组"],
    ]
    path = save(tmp_path / "a.xlsx", ["金叶社区党支部流出党员名单"], head, *rows)
    found = rows_of(named, "moves", path, exit=5)
    assert [(row["values"]["name"], codes(row)) for row in found] == [
        ("王会员", []),
        ("何村", []),
        ("王小组", ["branch_unknown"]),
    ]


@pytest.mark.parametrize(
    ("head", "rows"),
    [
        (["姓名"], [[name] for name in CALLED]),
        (
            ["序号", "姓名", "党支部"],
            [[at, name, "金叶社区"] for at, name in enumerate(CALLED, start=1)],
        ),
    ],
    ids=["names", "branches"],
)
def test_a_list_of_names_leaves_nobody_out(
    named: Any, tmp_path: Path, head: list[str], rows: list[list[Any]]
) -> None:
    named("survey", "open", "--name", "摸底", "--since", "2026-09-01")
    ran = named("survey", "frame", "import", save(tmp_path / "a.xlsx", head, *rows))
    assert f"{len(CALLED)} there already" in ran.err + ran.out
