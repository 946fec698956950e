"""What a register of cards says of them in its remarks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.cli.imported import HIM, WHO, codes, stored
from tests.cli.test_import_kinds import rows_of, save

if TYPE_CHECKING:
    from pathlib import Path

REGISTER = [*WHO, "活动证编号", "发证时间", "备注"]


@pytest.mark.parametrize("later", ["补发（原003号）", "", "补发"])
def test_a_lost_card_is_followed_by_the_one_its_register_names(
    one: Any, tmp_path: Path, path: Path, later: str
) -> None:
    listed = save(
        tmp_path / "a.xlsx", REGISTER, [*HIM, "003", "2020.5", "2025年3月遗失，已补发005号"],
        [*HIM, "005", "2025.4", later],
    )  # fmt: skip
    assert [row["action"] for row in rows_of(one, "cards", listed)] == ["add", "add"]
    assert [row["action"] for row in rows_of(one, "cards", listed)] == ["same", "same"]
    query = 'SELECT "on" || kind FROM card_event ORDER BY card_id, id'
    assert stored(path, query) == ["2020-05issue", "2025-03lost", "2025-04reissue", "2025-04issue"]
    assert stored(path, "SELECT replaces_id FROM card") == [None, 1]
    one("db", "check")


def test_the_figures_of_the_next_number_name_it(one: Any, tmp_path: Path, path: Path) -> None:
    listed = save(
        tmp_path / "a.xlsx", REGISTER,
        [*HIM, "黔西南0000003", "2020.5", "2025年3月遗失，已补发0000005号"],
        [*HIM, "黔西南0000005", "2025.4", ""],
    )  # fmt: skip
    assert [row["action"] for row in rows_of(one, "cards", listed)] == ["add", "add"]
    assert stored(path, "SELECT replaces_id FROM card") == [None, 1]


def test_a_lost_card_that_nobody_says_was_replaced_stands_in_the_way(
    one: Any, tmp_path: Path
) -> None:
    listed = save(
        tmp_path / "a.xlsx", REGISTER, [*HIM, "003", "2020.5", "2025年3月遗失"],
        [*HIM, "005", "2025.4", ""],
    )  # fmt: skip
    _, row = rows_of(one, "cards", listed, exit=5)
    assert codes(row) == ["card_live"]


@pytest.mark.parametrize(
    ("issued", "found"), [("2025.2", ["card_was_live"]), ("2025.3", []), ("", [])]
)
def test_no_card_of_a_register_begins_while_another_was_live(
    one: Any, tmp_path: Path, issued: str, found: list[str]
) -> None:
    listed = save(
        tmp_path / "a.xlsx", REGISTER, [*HIM, "003", "2020.5", "2025年3月5日交回"],
        [*HIM, "005", issued, ""],
    )  # fmt: skip
    _, row = rows_of(one, "cards", listed, exit=5 if found else 0)
    assert codes(row) == found


@pytest.mark.parametrize("written", ["无", "未办理", "待补", "已交回"])
def test_words_in_place_of_a_number_are_no_card(one: Any, tmp_path: Path, written: str) -> None:
    listed = save(tmp_path / "a.xlsx", REGISTER, [*HIM, written, "2020.5", ""])
    (row,) = rows_of(one, "cards", listed, exit=5)
    assert codes(row) == ["card_number_missing"]


@pytest.mark.parametrize(
    ("remark", "stands", "flags"),
    [
        ("已于2026年9月10日交回", ["2026-09-10hand_in已于2026年9月10日交回"], []),
        ("遗失于2023年3月", ["2023-03lost遗失于2023年3月"], []),
        ("卡在家中，没有丢失", [], []),
        ("未按规定交回", [], ["value_unrecognised"]),
    ],
)
def test_the_end_of_a_card_has_the_day_that_its_remark_gives(
    one: Any, tmp_path: Path, path: Path, remark: str, stands: list[str], flags: list[str]
) -> None:
    listed = save(tmp_path / "a.xlsx", REGISTER, [*HIM, "003", "2020.5", remark])
    (row,) = rows_of(one, "cards", listed)
    assert codes(row) == flags
    assert all("left open" not in reason["message"] for reason in row["reasons"])
    query = "SELECT \"on\" || kind || findings FROM card_event WHERE kind <> 'issue'"
    assert stored(path, query) == stands
    assert rows_of(one, "cards", listed)[0]["action"] == "same"
