"""What a register of cards says of them in its remarks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.cli.imported import HIM, WHO, codes, stored
from tests.cli.test_import_kinds import rows_of, save

if TYPE_CHECKING:
    from pathlib import Path

REGISTER = [*WHO, "活动证编号", "发证时间", "备注"]
EVENTS = "SELECT \"on\" || kind || coalesce(':' || findings, '') FROM card_event ORDER BY id"


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
    assert "原证003遗失，补发" in row["reasons"][0]["message"]


@pytest.mark.parametrize(
    ("remark", "lost"),
    [
        ("原证003遗失，补发", "2024-05-01lost:原证003遗失，补发（原表未写日期）"),
        ("旧证2026.3遗失，补发", "2026-03lost:旧证2026.3遗失，补发"),
    ],
)
def test_a_remark_that_tells_of_the_old_cards_loss_replaces_it(
    one: Any, tmp_path: Path, path: Path, remark: str, lost: str
) -> None:
    one("card", "issue", "M1", "--number", "003", "--on", "2024-05-01")
    listed = save(tmp_path / "a.xlsx", REGISTER, [*HIM, "005", "2026.5.10", remark])
    assert codes(rows_of(one, "cards", listed)[0]) == []
    assert stored(path, EVENTS)[1:] == [
        lost, "2026-05-10reissue", f"2026-05-10issue:{remark}",
    ]  # fmt: skip
    assert stored(path, "SELECT replaces_id FROM card") == [None, 1]
    assert rows_of(one, "cards", listed)[0]["action"] == "same"
    one("db", "check")


def test_a_card_verified_after_the_new_one_was_not_lost_before(
    one: Any, tmp_path: Path, path: Path
) -> None:
    one("card", "issue", "M1", "--number", "003", "--on", "2024-05-01")
    one("card", "verify", "003", "--on", "2026-08-01")
    listed = save(tmp_path / "a.xlsx", REGISTER, [*HIM, "005", "2026.5.10", "原证003遗失，补发"])
    assert codes(rows_of(one, "cards", listed, exit=5)[0]) == ["card_live"]


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


@pytest.mark.parametrize(
    ("cells", "events", "flags"),
    [
        ({"证件状态": "遗失", "遗失时间": "2025.5.2"}, ["2025-05-02lost:遗失"], []),
        ({"挂失时间": "2025.5.2"}, ["2025-05-02lost"], []),
        (
            {"证件状态": "已交回", "交回时间": "2025.5", "备注": "回乡"},
            ["2025-05hand_in:已交回；回乡"],
            [],
        ),
        ({"状态": "遗失", "备注": "2025.5.2"}, ["2025-05-02lost:遗失；2025.5.2"], []),
        ({"状态": "在用", "遗失时间": "", "备注": "首批"}, [], []),
        ({"遗失时间": "2020.5", "备注": "遗失"}, ["2020-05-03lost:遗失"], []),
        ({"遗失时间": "2019.5", "备注": "遗失"}, ["2020-05-03lost:遗失"], ["date_order"]),
        ({"遗失时间": "2025.5", "备注": "已补发"}, [], ["value_unrecognised"]),
        (
            {"查验时间": "2025-10", "备注": "2025.6交回"},
            ["2025-10verify", "2025-06hand_in:2025.6交回"],
            ["date_order"],
        ),
        ({"备注": "2026年2月年审"}, ["2026-02review"], []),
        ({"备注": "2019年2月年审"}, [], ["date_order"]),
        ({"备注": "10月查验"}, [], ["value_unrecognised"]),
    ],
)
def test_state_days_and_remark_together_tell_what_became_of_a_card(
    one: Any, tmp_path: Path, path: Path, cells: dict[str, str], events: list[str], flags: list[str]
) -> None:
    row = [*HIM, "003", "2020.5.3", *cells.values()]
    listed = save(tmp_path / "a.xlsx", [*WHO, "活动证编号", "发证时间", *cells], row)
    assert codes(rows_of(one, "cards", listed)[0]) == flags
    issue, *others = stored(path, EVENTS)
    assert (issue[:15], others) == ("2020-05-03issue", events)
    assert rows_of(one, "cards", listed)[0]["action"] == "same"
    one("db", "check")


def test_a_day_of_loss_beside_a_reissue_is_kept_in_words(
    one: Any, tmp_path: Path, path: Path
) -> None:
    head = [*WHO, "活动证编号", "遗失时间", "备注"]
    rows_of(one, "cards", save(tmp_path / "a.xlsx", head, [*HIM, "003", "2025.5", "已补发"]))
    assert stored(path, EVENTS) == ["issue:已补发；遗失时间：2025-05"]


def test_another_day_of_a_recorded_loss_is_left_and_said(
    one: Any, tmp_path: Path, path: Path
) -> None:
    head = [*WHO, "活动证编号", "发证时间", "遗失时间"]
    for number, lost in enumerate(["2025.5.2", "2025.6"]):
        listed = save(tmp_path / f"{number}.xlsx", head, [*HIM, "003", "2020.5", lost])
        (row,) = rows_of(one, "cards", listed)
    assert codes(row) == ["issue_day_differs"]
    assert "another day, which was left" in row["reasons"][0]["message"]
    assert stored(path, EVENTS)[1:] == ["2025-05-02lost"]


@pytest.mark.parametrize("written", ["009、010", "009，010", "009和010", "009/010", "009\n010"])
def test_two_numbers_in_a_cell_are_no_number(one: Any, tmp_path: Path, written: str) -> None:
    listed = save(tmp_path / "a.xlsx", REGISTER, [*HIM, written, "2020.5", ""])
    (row,) = rows_of(one, "cards", listed, exit=5)
    assert codes(row) == ["value_unrecognised"]
    assert "several card numbers" in row["reasons"][0]["message"]


@pytest.mark.parametrize("written", ["2024-009", "2024/0009", "贞党〔2024〕009", "和平009"])
def test_marks_and_words_in_a_number_are_its_own(
    one: Any, tmp_path: Path, path: Path, written: str
) -> None:
    listed = save(tmp_path / "a.xlsx", REGISTER, [*HIM, written, "2020.5", ""])
    assert codes(rows_of(one, "cards", listed)[0]) == []
    assert stored(path, "SELECT number FROM card") == [written]
