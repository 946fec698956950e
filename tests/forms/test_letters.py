"""Agenda, notice and transfer letter as printed: read back by two readers, and what they keep."""

from __future__ import annotations

import hashlib
import sqlite3
import stat
import zipfile
from typing import TYPE_CHECKING, Any

import pytest
from openpyxl import load_workbook
from python_calamine import CalamineWorkbook

from flowparty.domain.errors import Storage
from flowparty.repository.registry import Registry
from tests.people import NAMES, id_number

if TYPE_CHECKING:
    from pathlib import Path

NAME, OTHER, NUMBER, MOBILE = NAMES[3], NAMES[5], id_number(3, "19820315"), "13800138003"
SECRETS = (NUMBER, MOBILE, "13700137000", "想离婚回乡", "家里老人重病", "欠薪两个月", "助学八千",
           "8,000", "水井坝组18号")  # fmt: skip
"""What is known of the member and stands on no paper for others."""

STORY = (
    (
        f"member add --name {NAME} --id {NUMBER} --branch 金叶社区 --joined 2005-07-01"
        f" --full-on 2006-07-01 --mobile {MOBILE} --address 水井坝组18号"
    ),
    f"member add --name {OTHER} --id {id_number(5)} --branch 雨柏村 --joined 2005-07-01",
    "org edit O1 --phone 0859-6610000 --secretary 王明",
    "org add 长田镇人社中心 --kind 机关站所",
    f"move out {NAME} --to 浙江宁波北仑 --on 2025-09-10 --occupation =1+1 --fixed-place 是",
    f"move out {OTHER} --to 不掌握 --on 2026-03",
    (
        f"move arrive {NAME} --on 2025-09-20 --host 北仑区服务站 --host-contact 陈光"
        " --host-phone 0574-86780000"
    ),
    f"card issue {NAME} --number 贞流证001 --on 2025-09-12",
    f"contact add {NAME} --on 2026-11-03 --notes 想离婚回乡",
    f"contact pair {NAME} --by 李国 --phone 13700137000",
    "aid pot 关爱资金 --source 县委 --amount 2万 --since 2026-01-01",
    f"aid allocate {NAME} --pot 关爱 --purpose 困难 --project 助学八千 --amount 8000",
    f"need add {NAME} --kind 困难 --text 家里老人重病 --on 2026-11-04",
    "need assign N1 --office 人社中心 --due 2026-12-20 --ask 核实就医报销政策",
    f"need add {NAME} --kind 维权 --text 欠薪两个月 --on 2026-11-05",
    "need assign N2 --office 人社中心 --due 2026-12-20 --ask 欠薪两个月",
    "meeting add 四季度联席会议 --office 人社中心 --on 2026-11-28 --place 镇政府",
)


@pytest.fixture
def told(town: Any) -> Any:
    """The story told; returns what runs one more line."""

    def line(words: str, exit: int = 0) -> Any:  # noqa: A002 - as ``run`` has it
        return town(*words.split(" "), exit=exit)

    for words in STORY:
        line(words)
    return line


def opened(path: Path) -> Any:
    """The sheet by openpyxl, after a look that calamine reads the same and nothing is a formula."""
    sheet: Any = load_workbook(path).active
    rows = CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python(skip_empty_area=False)
    for line in sheet.rows:
        for cell in line:
            assert cell.data_type != "f"
            if cell.value is not None:
                assert rows[cell.row - 1][cell.column - 1] == cell.value
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    return sheet


def words(sheet: Any) -> list[str]:
    """Every text of a sheet in reading order."""
    return [str(cell.value) for row in sheet.rows for cell in row if cell.value is not None]


def row_of(sheet: Any, text: str) -> int:
    """The row in which a text stands."""
    return int(next(cell.row for row in sheet.rows for cell in row if text in str(cell.value)))


def inside(path: Path) -> str:
    """Everything a workbook holds, its properties included."""
    with zipfile.ZipFile(path) as book:
        return "".join(book.read(name).decode() for name in book.namelist())


def one_page_of_a4(sheet: Any) -> None:
    assert sheet.page_setup.paperSize == 9
    assert sheet.page_setup.orientation == "portrait"
    assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (1, 1)
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert sheet.print_area.endswith(f"$A$1:$F${sheet.max_row}")


@pytest.fixture
def agenda(told: Any, tmp_path: Path) -> Path:
    told("meeting agenda --office 人社中心 --meeting G1 --output 议题.xlsx")
    return tmp_path / "议题.xlsx"


def test_the_agenda_read_back(agenda: Path) -> None:
    sheet = opened(agenda)
    assert words(sheet)[:4] == [
        "流动党员工作联席会议议题表",
        "致：长田镇人社中心",
        "会议：四季度联席会议　2026.11.28　镇政府",
        "制表：2026年11月28日",
    ]
    assert [cell.value for cell in sheet[3]] == [
        "序号", "类别", "姓名", "所在党支部", "已知情况", "请办(核实)事项", "期限", "办理(核实)结果",
    ]  # fmt: skip
    assert [[cell.value for cell in sheet[row]] for row in (4, 5)] == [
        [1, "请办事项", NAME, "金叶社区党支部", "编号N1", "核实就医报销政策", "2026.12.20", None],
        [2, "核实去向", OTHER, "雨柏村党支部", "2026.03　不掌握", "外出地点、当地接收单位", None,
         None],
    ]  # fmt: skip
    assert words(sheet)[-4:] == [
        "合计：请办事项 1 件，核实去向 1 人。另有当面商议事项若干件，不列入本表。",
        "提出单位(盖章)：中共长田镇委员会",
        "办理单位经办人：",
        "办理日期：　　年　月　日",
    ]
    assert {"A1:H1", "A6:H6", "A7:D7", "E7:F7", "G7:H7"} <= set(map(str, sheet.merged_cells.ranges))
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
    assert sheet.print_title_rows == "$1:$3"
    assert sheet.print_area.endswith("$A$1:$H$7")


def test_the_agenda_keeps_what_is_not_asked(agenda: Path) -> None:
    held = inside(agenda)
    assert NAME in held
    for secret in (*SECRETS, "帮扶", "维权", "贞流证001", "北仑"):
        assert secret not in held, secret


@pytest.mark.parametrize(("more", "shown"), [(1, "若干件"), (2, "3件")])
def test_matters_told_in_person_are_counted_from_three_on(
    told: Any, tmp_path: Path, more: int, shown: str
) -> None:
    for number in range(more):
        told(f"need add {NAME} --kind 纠纷 --text 地界{number}")
        assign = f"need assign N{3 + number} --office 人社中心 --due 2026-12-20 --ask 调解{number}"
        told(assign)
    told("meeting agenda --office 人社中心 --output a.xlsx")
    (total,) = [text for text in words(opened(tmp_path / "a.xlsx")) if text.startswith("合计")]
    assert f"另有当面商议事项{shown}" in total
    assert "调解" not in inside(tmp_path / "a.xlsx")


def test_a_long_item_makes_its_line_taller(told: Any, tmp_path: Path) -> None:
    told(f"need assign N1 --office 人社中心 --due 2026-12-21 --ask {'请核实' * 30}")
    told("meeting agenda --office 人社中心 --output a.xlsx")
    sheet = opened(tmp_path / "a.xlsx")
    first, second = (sheet.row_dimensions[row].height for row in (4, 5))
    assert first > 6 * 11 > second  # ninety characters in a column of sixteen


@pytest.fixture
def notice(told: Any, tmp_path: Path) -> tuple[Path, str]:
    send = f"--clerk 韦光明 notice send {NAME} --kind 查询 --on 2026-11-20 --output 函.xlsx"
    sent = told(f"{send} --format json").json
    return tmp_path / "函.xlsx", sent["code"]


def test_the_notice_and_its_receipt_read_back(notice: tuple[Path, str]) -> None:
    path, code = notice
    sheet = opened(path)
    shown = words(sheet)
    assert shown[:4] == [
        "流动党员双向管理函（查询）",
        f"回执编号：{code[:3]}-{code[3:]}",
        "北仑区服务站：",
        "　　我处下列党员流动情况不明，请协助查询核实，并将查询结果填回执函复。",
    ]
    facts = dict(zip(shown[4:26:2], shown[5:26:2], strict=True))
    assert facts == {
        "姓  名": NAME, "性  别": "男", "出生年月": "1982.03", "人员类别": "正式党员",
        "所在党支部": "金叶社区党支部", "活动证编号": "贞流证001", "外出时间": "2025.09.10",
        "外出地点": "浙江省–宁波市–北仑区", "从事职业": "=1+1", "流入地党组织": "北仑区服务站",
        "流入地联系人及电话": "陈光 0574-86780000",
    }  # fmt: skip
    assert "请于2026年12月20日前复函" in shown[26]
    assert shown[27:30] == [
        "联系人：韦光明　　联系电话：0859-6610000",
        "中共长田镇委员会（盖章）",
        "2026年11月20日",
    ]
    assert shown[30:34] == [
        "回　执",
        f"回执编号：{code[:3]}-{code[3:]}",
        "中共长田镇委员会：",
        f"　　来函收悉。{NAME}同志有关情况如下：",
    ]
    assert shown[-3:] == [
        "经办人：　　　　　　　　联系电话：",
        "北仑区服务站（盖章）",
        "　　　　年　　月　　日",
    ]
    one_page_of_a4(sheet)
    answers = row_of(sheet, "是否报到")
    assert [sheet.cell(answers, column).value for column in (2, 4, 6)] == ["□是　□否", None, None]
    merged = set(map(str, sheet.merged_cells.ranges))
    assert {"A1:F1", f"A{sheet.max_row}:F{sheet.max_row}"} <= merged


def test_the_notice_keeps_what_the_other_side_need_not_know(notice: tuple[Path, str]) -> None:
    held = inside(notice[0])
    for secret in (*SECRETS, "核实就医", "维权", NUMBER[6:14], NUMBER[-6:]):
        assert secret not in held, secret


def test_the_home_of_a_guest_gets_a_letter_of_its_own(told: Any, tmp_path: Path) -> None:
    guest, number = NAMES[7], id_number(7, area="522301")
    told(f"member add --name {guest} --id {number} --branch 金叶社区 --guest")
    told(f"move in {guest} --from 兴义市 --on 2026-05-06 --why 务农 --host 兴义市马岭村党支部")
    told(f"notice send {guest} --kind 查询 --output 函.xlsx")
    sheet = opened(tmp_path / "函.xlsx")
    shown = words(sheet)
    assert shown[2] == "兴义市马岭村党支部："
    assert "请协助核实其党员身份和组织关系" in shown[3]
    for heading, fact in (
        ("我处接收支部", "金叶社区党支部"), ("流出时间", "2026.05.06"),
        ("流出地党组织", "兴义市马岭村党支部"),
        ("来自何地", "贵州省–黔西南布依族苗族自治州–兴义市"),
    ):  # fmt: skip
        assert shown[shown.index(heading) + 1] == fact
    assert "是否本组织党员" in shown
    assert not any("流入地" in text or "外出" in text for text in shown)
    one_page_of_a4(sheet)
    assert number not in inside(tmp_path / "函.xlsx")


def test_a_long_text_makes_the_letter_taller_and_still_one_page(told: Any, tmp_path: Path) -> None:
    heights = []
    for number, text in enumerate(("请协助", "请协助查找" * 40)):
        send = f"notice send {NAME} --kind 通报 --text {text} --output {number}.xlsx"
        told(send)
        sheet = opened(tmp_path / f"{number}.xlsx")
        one_page_of_a4(sheet)
        heights.append(sheet.row_dimensions[4].height)
    assert heights[0] < 60 < 6 * 13 < heights[1]


@pytest.fixture
def letter(told: Any) -> Any:
    issue = f"transfer issue {NAME} --number 第7号 --to 北仑区新碶街道党工委 --dues-to 2026-11"
    told(f"{issue} --days 30 --by 李国 --on 2026-11-20")
    return told


STUB = (
    f"　　{NAME}同志系中共正式党员，组织关系由金叶社区党支部转到北仑区新碶街道党工委。"
    "党费交至2026年11月，有效期30天（至2026年12月19日）。"
)
LETTER = (
    f"　　{NAME}同志（男，44岁），系中共正式党员，身份证号码{NUMBER}，由金叶社区党支部去你处，"
    "请转接组织关系。该同志党费已交至2026年11月。"
)


def test_the_transfer_letter_in_its_three_parts(letter: Any, tmp_path: Path) -> None:
    letter("transfer print L1 --output 信.xlsx")
    sheet = opened(tmp_path / "信.xlsx")
    assert words(sheet) == [
        "中国共产党党员组织关系介绍信存根",
        "第 7 号",
        STUB,
        "经办人：李国",
        "2026年11月20日",
        "中国共产党党员组织关系介绍信",
        "第 7 号",
        "北仑区新碶街道党工委：",
        LETTER,
        "（有效期 30 天，至2026年12月19日）",
        "中共长田镇委员会（盖章）",
        "2026年11月20日",
        f"党员联系电话：{MOBILE}",
        "党员原所在基层党委：中共长田镇委员会　　联系电话：0859-6610000",
        "中国共产党党员组织关系介绍信回执联",
        "第 7 号",
        "中共长田镇委员会：",
        f"　　{NAME}同志的党员组织关系已于　　　　年　　月　　日转达我处，特此回复。",
        "北仑区新碶街道党工委（盖章）",
        "　　　　年　　月　　日",
        "经办人：　　　　　　　　联系电话：",
    ]
    one_page_of_a4(sheet)
    merged = set(map(str, sheet.merged_cells.ranges))
    assert all(f"A{row}:F{row}" in merged for row in range(1, 24) if row not in (6, 16))
    assert inside(tmp_path / "信.xlsx").count(NUMBER) == 1
    for row in (6, 16):  # to be cut along
        assert sheet.cell(row, 1).border.bottom.style == "mediumDashed"


def test_a_masked_letter_shows_neither_number_nor_phone(letter: Any, tmp_path: Path) -> None:
    letter("transfer print L1 --output 信.xlsx --masked")
    held = inside(tmp_path / "信.xlsx")
    assert held.count("（脱敏副本）") == 3
    for secret in (NUMBER, NUMBER[6:14], MOBILE):
        assert secret not in held


PRINTS = (
    ("transfer_letter", "transfer print L1 --output f.xlsx"),
    ("agenda", "meeting agenda --office 人社中心 --output f.xlsx"),
    ("notice", f"notice send {NAME} --output f.xlsx"),
)


@pytest.mark.parametrize(("form", "line"), PRINTS)
def test_every_print_stands_in_the_journal(
    letter: Any, tmp_path: Path, form: str, line: str
) -> None:
    letter(line)
    connection = sqlite3.connect(tmp_path / "registry.db")
    ((fields, digest),) = connection.execute(
        "SELECT fields, after FROM journal_change WHERE operation = 'disclose'"
    )
    connection.close()
    assert f"form={form}" in fields
    assert digest == hashlib.sha256((tmp_path / "f.xlsx").read_bytes()).hexdigest()


@pytest.mark.parametrize(("form", "line"), PRINTS)
def test_no_print_without_its_entry(
    letter: Any, tmp_path: Path, form: str, line: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise Storage("disk_full", path=form)

    monkeypatch.setattr(Registry, "disclose", fail)
    letter(line, exit=20)
    assert not (tmp_path / "f.xlsx").exists()
