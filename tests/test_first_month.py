"""One member's first months, by the command line alone, and both returns read back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from openpyxl import load_workbook
from python_calamine import CalamineWorkbook

from tests.people import id_number

if TYPE_CHECKING:
    from pathlib import Path

NAME, NUMBER = "古丽娜尔·吐尔逊", id_number(2, "19800229")

STORY = (
    "org edit 金叶社区 --secretary 李国 --phone 13900000001",
    "org edit O1 --secretary 王明",
    (
        f"member add --name {NAME} --id {NUMBER} --branch 金叶社区 --ethnicity 维吾尔族"
        " --education 高中 --joined 2005-07-01 --full-on 2006-07-01 --mobile 13800138000"
    ),
    (
        f"move out {NAME} --to 浙江宁波北仑 --on 2025-09-10 --why 务工 --occupation =1+1"
        " --unit 企业 --fixed-place 否"
    ),
    (
        f"move arrive {NAME} --on 2025-09-20 --host 北仑区流动党员服务站 --host-contact 陈光"
        " --host-phone 0574-86780000"
    ),
    f"card issue {NAME} --number 贞流证001 --on 2025-09-12 --by 李国",
    "card verify 贞流证001 --on 2026-11-02 --findings 持证人在岗",
    "card lost 贞流证001 --on 2026-11-10",
    "card reissue 贞流证001 --number 贞流证002 --on 2026-11-20",
    f"contact add {NAME} --on 2026-11-03 --outcome 未接通",
    f"contact add {NAME} --on 2026-11-04 --method 微信 --notes 想回乡开店",
    f"contact add {NAME} --on 2026-11-25 --notes 春节回来",
)


@pytest.fixture
def told(town: Any) -> Any:
    for line in STORY:
        town(*line.split(" "))
    return town


def test_everything_is_recorded_once(told: Any) -> None:
    for line in (STORY[2], STORY[6], STORY[9]):
        assert "Already recorded" in told(*line.split(" ")).err


def test_the_ledger_read_back(told: Any, tmp_path: Path) -> None:
    told("--clerk", "韦光明", "ledger", "export", "--period", "2026-11", "--output", "out")
    path = tmp_path / "out" / "流动党员台账_2026-11.xlsx"
    sheet: Any = load_workbook(path).active
    assert sheet["A1"].value == "流动党员台账"
    assert sheet["A2"].value == "填报单位(盖章)：中共长田镇委员会"
    assert "2026年11月" in [cell.value for cell in sheet[2]]
    headings = [cell.value for cell in sheet[3]]
    assert headings[:5] == ["序号", "姓名", "性别", "民族", "公民身份号码"]
    row = dict(zip(headings, (cell.value for cell in sheet[4]), strict=True))
    assert row == {
        "序号": 1, "姓名": NAME, "性别": "女", "民族": "维吾尔族", "公民身份号码": NUMBER,
        "出生年月": "1980.02", "文化程度": "普通高中", "入党时间": "2005.07.01",
        "转正时间": "2006.07.01", "所在党支部": "金叶社区党支部", "外出时间": "2025.09.10",
        "满6个月": "是", "外出地点(省–市–县)": "浙江省–宁波市–北仑区", "外出原因": "务工",
        "从事职业": "=1+1", "流入地党组织": "北仑区流动党员服务站",
        "流入地联系人及电话": "陈光 0574-86780000", "本人联系电话": "13800138000",
        "活动证编号": "贞流证002", "最近查验时间": None, "最近联系时间": "2026.11.25",
        "组织关系状态": "在原支部", "备注": None,
    }  # fmt: skip
    below = [str(cell.value) for line in sheet.iter_rows(min_row=5) for cell in line if cell.value]
    assert below == ["合计：1 人", "填表人：韦光明", "审核人：", "支部书记：王明"]
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
    assert sheet.print_title_rows == "$1:$3"
    assert sheet.print_area.endswith("$A$1:$W$6")
    for line in sheet.rows:
        assert not any(cell.data_type == "f" for cell in line)


def test_the_statistics_read_back(told: Any, tmp_path: Path) -> None:
    told("ledger", "export", "--period", "2026-11", "--output", "out")
    path = tmp_path / "out" / "流动党员持活动证情况统计表_2026-11.xlsx"
    rows = CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python()
    by_name = {row[1]: row for row in rows[4:11]}
    first = by_name["金叶社区党支部"]
    assert first[2:8] == [1, 1, 0, 0, 0, 0]
    assert first[8:11] == [1, 1, "100.0%"]
    assert first[11:17] == [0, 1, 0, 1, 1, 0]
    assert by_name["雨柏村党支部"][2:11] == [0, 0, 0, 0, 0, 0, 0, 0, ""]
    total = rows[11]
    assert total[0] == "合计"
    assert total[2:17] == first[2:17]
    assert [cell for cell in rows[12] if cell] == ["填表人：", "审核人：", "支部书记：王明"]


def test_home_again_and_as_of(told: Any) -> None:
    back = told("move", "return", NAME, "--on", "2026-11-26", "--note", "回乡创业")
    assert "still held" in back.err
    told("card", "hand-in", NAME, "--on", "2026-11-26")
    assert told("move", "list", "--format", "json").json == []
    (then,) = told("move", "list", "--as-of", "2026-11-25", "--format", "json").json
    assert (then["state"], then["destination_code"]) == ("arrived", "330206")
    (old, new) = told("card", "list", "--format", "json").json
    assert [old["state"], new["state"]] == ["replaced", "handed_in"]
    assert new["replaces"] == "贞流证001"
    states = {
        day: told("card", "show", "贞流证001", "--as-of", day, "--format", "json").json["state"]
        for day in ("2025-09-11", "2026-11-09", "2026-11-10", "2026-11-20")
    }
    assert states == {
        "2025-09-11": None,
        "2026-11-09": "in_use",
        "2026-11-10": "lost",
        "2026-11-20": "replaced",
    }
    assert told("ledger", "show", "--people", "--format", "json").json == []


def test_the_history_has_every_step_and_the_registry_is_sound(told: Any) -> None:
    told("move", "return", NAME)
    lines = told("history", NAME, "--format", "json").json
    commands = list(dict.fromkeys(line["command"] for line in lines))
    assert commands == [
        "member add", "move out", "move arrive", "card issue", "card verify", "card lost",
        "card reissue", "contact add", "move return",
    ]  # fmt: skip
    assert NUMBER not in str(lines)
    told("db", "check")


def test_the_contacts_of_the_month(told: Any) -> None:
    assert told("contact", "status", "--format", "json").json == []
    (then,) = told("contact", "status", "--as-of", "2026-11-03", "--format", "json").json
    assert (then["owed"], then["attempts"], then["failed_running"]) == (True, 1, 1)
    assert then["secretary"] == "李国"
