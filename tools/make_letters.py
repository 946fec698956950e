"""Draw the built-in blanks of agenda and letters into ``data/forms``; run once, by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from make_blanks import LEFT, _finish, _merge, _put, _sheet, _widths
from openpyxl.styles import Alignment, Border, Side

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

AGENDA = [
    ("序号", "serial", 6), ("类别", "kind", 11), ("姓名", "member", 12),
    ("所在党支部", "branch", 18), ("已知情况", "known", 30), ("请办(核实)事项", "asked", 32),
    ("期限", "due", 13), ("办理(核实)结果", None, 26),
]  # fmt: skip
PARAGRAPH = Alignment(horizontal="left", vertical="center", wrap_text=True, indent=1)
RIGHT = Alignment(horizontal="right", vertical="center")
WIDTH = 6
CUT = Side(style="mediumDashed")
STRETCH = 1.3  # the lines fill one page of A4


def main() -> None:
    """Write the blanks."""
    agenda()
    notice("notice.xlsx", FACTS, REPLY)
    notice("notice_home.xlsx", HOME_FACTS, HOME_REPLY)
    transfer()


def agenda() -> None:
    """《联席会议议题表》, A4 landscape, for one office."""
    book, sheet = _sheet("联席会议议题表", landscape=True)
    width = len(AGENDA)
    plain = {"size": 12, "box": False, "align": LEFT}
    _merge(sheet, 1, 1, width, "流动党员工作联席会议议题表", size=22, bold=True, box=False)
    _merge(sheet, 2, 1, 4, "致：{{office}}", **plain)
    _merge(sheet, 2, 5, 6, "会议：{{topic}}　{{meeting_on}}　{{place}}", **plain)
    _merge(sheet, 2, 7, width, "制表：{{filled_on}}", size=12, box=False, align=RIGHT)
    for column, (heading, key, _) in enumerate(AGENDA, start=1):
        _put(sheet, 3, column, heading, font="黑体", size=11)
        look = {"format": "General"} if key == "serial" else {}
        _put(sheet, 4, column, f"{{{{row.{key}}}}}" if key else "", size=11, **look)
    total = "合计：请办事项 {{needs}} 件，核实去向 {{movements}} 人。{{withheld}}"
    _merge(sheet, 5, 1, width, total, align=LEFT, size=11)
    _merge(sheet, 6, 1, 4, "提出单位(盖章)：{{unit}}", **plain)
    _merge(sheet, 6, 5, 6, "办理单位经办人：", **plain)
    _merge(sheet, 6, 7, width, "办理日期：　　年　月　日", **plain)
    for row, height in ((1, 38), (2, 24), (3, 28), (4, 34), (5, 24), (6, 34)):
        sheet.row_dimensions[row].height = height
    _widths(sheet, [(heading, "", width) for heading, _, width in AGENDA])
    sheet.print_title_rows = "1:3"
    _finish(book, sheet, "agenda.xlsx", width, 6)


Lines = list[list[tuple[str, str]]]
FACTS: Lines = [
    [("姓  名", "{{name}}"), ("性  别", "{{sex}}"), ("出生年月", "{{birth}}")],
    [("人员类别", "{{category}}"), ("所在党支部", "{{branch}}"), ("活动证编号", "{{card_number}}")],
    [("外出时间", "{{left_on}}"), ("外出地点", "{{destination}}"), ("从事职业", "{{occupation}}")],
    [("流入地党组织", "{{host_org}}"), ("流入地联系人及电话", "{{host_contact}}")],
]
REPLY: Lines = [
    [("是否报到", "□是　□否"), ("报到时间", ""), ("离家时间", "")],
    [("现居住地点", ""), ("从事职业", ""), ("接收党组织", "")],
    [("联系人及电话", ""), ("其他情况", "")],
]
HOME_FACTS: Lines = [
    FACTS[0],
    [
        ("人员类别", "{{category}}"),
        ("我处接收支部", "{{branch}}"),
        ("活动证编号", "{{card_number}}"),
    ],
    [("流出时间", "{{left_on}}"), ("来自何地", "{{destination}}"), ("从事职业", "{{occupation}}")],
    [("流出地党组织", "{{host_org}}"), ("流出地联系人及电话", "{{host_contact}}")],
]
HOME_REPLY: Lines = [
    [("是否本组织党员", "□是　□否"), ("离家时间", ""), ("党费交至", "")],
    [("来自何地", ""), ("从事职业", ""), ("组织关系所在支部", "")],
    [("联系人及电话", ""), ("其他情况", "")],
]
SPANS = {2: [(2, 3), (5, 6)], 3: [(2, 2), (4, 4), (6, 6)]}


def _facts(sheet: Worksheet, row: int, lines: Lines) -> int:
    """Headings with their facts, two or three a line; returns the next row."""
    for line in lines:
        for (heading, text), (first, last) in zip(line, SPANS[len(line)], strict=True):
            _put(sheet, row, first - 1, heading, font="黑体", size=10.5)
            _merge(sheet, row, first, last, text, size=10.5)
        sheet.row_dimensions[row].height = 34 * STRETCH
        row += 1
    return row


def _line(sheet: Worksheet, row: int, text: str, height: float, **look: object) -> int:
    _merge(sheet, row, 1, WIDTH, text, **{"size": 13, "box": False, "align": LEFT, **look})
    sheet.row_dimensions[row].height = height * STRETCH
    return row + 1


def _cut(sheet: Worksheet, row: int) -> int:
    """A dashed line to cut along."""
    for column in range(1, WIDTH + 1):
        sheet.cell(row, column).border = Border(bottom=CUT)
    sheet.row_dimensions[row].height = 14
    return row + 1


def notice(form: str, facts: Lines, reply: Lines) -> None:
    """《流动党员双向管理函》 and its reply slip, one A4 page: to a host or a guest's home."""
    book, sheet = _sheet("流动党员双向管理函", landscape=False)
    middle = Alignment(horizontal="center", vertical="center")
    row = _line(sheet, 1, "流动党员双向管理函（{{kind}}）", 42, size=20, bold=True, align=middle)
    row = _line(sheet, row, "回执编号：{{code}}", 22, align=RIGHT)
    row = _line(sheet, row, "{{addressee}}：", 26)
    row = _line(sheet, row, "　　{{sentence}}{{text}}", 44, align=PARAGRAPH)
    row = _facts(sheet, row, facts)
    answer = "　　请于{{answer_by}}前复函，复函时请注明回执编号。此函不含公民身份号码和住址。"
    row = _line(sheet, row, answer, 34, align=PARAGRAPH)
    row = _line(sheet, row, "联系人：{{prepared_by}}　　联系电话：{{unit_phone}}", 24)
    row = _line(sheet, row, "{{unit}}（盖章）", 26, align=RIGHT)
    row = _line(sheet, row, "{{sent_on}}", 22, align=RIGHT)
    row = _cut(sheet, row)
    row = _line(sheet, row, "回　执", 38, size=18, bold=True, align=middle)
    row = _line(sheet, row, "回执编号：{{code}}", 22, align=RIGHT)
    row = _line(sheet, row, "{{unit}}：", 26)
    row = _line(sheet, row, "　　来函收悉。{{name}}同志有关情况如下：", 28, align=PARAGRAPH)
    row = _facts(sheet, row, reply)
    row = _line(sheet, row, "经办人：　　　　　　　　联系电话：", 30)
    row = _line(sheet, row, "{{addressee}}（盖章）", 28, align=RIGHT)
    last = _line(sheet, row, "　　　　年　　月　　日", 22, align=RIGHT) - 1
    for letter, width in zip("ABCDEF", (14, 17, 14, 19, 14, 18), strict=True):
        sheet.column_dimensions[letter].width = width
    sheet.page_setup.fitToHeight = 1
    _finish(book, sheet, form, WIDTH, last)


def transfer() -> None:
    """《中国共产党党员组织关系介绍信》: stub, letter and receipt on one A4 page."""
    book, sheet = _sheet("党员组织关系介绍信", landscape=False)
    middle = Alignment(horizontal="center", vertical="center")
    title = {"size": 16, "bold": True, "align": middle}
    row = _line(sheet, 1, "中国共产党党员组织关系介绍信存根{{mark}}", 36, **title)
    row = _line(sheet, row, "第 {{number}} 号", 22, align=RIGHT)
    stub = (
        "　　{{name}}同志系中共{{category}}，组织关系由{{branch}}转到{{receiver}}。"
        "党费交至{{dues}}，有效期{{valid_days}}天（至{{valid_until}}）。"
    )
    row = _line(sheet, row, stub, 52, align=PARAGRAPH)
    row = _line(sheet, row, "经办人：{{by}}", 24)
    row = _line(sheet, row, "{{on}}", 24, align=RIGHT)
    row = _cut(sheet, row)
    row = _line(sheet, row, "中国共产党党员组织关系介绍信{{mark}}", 40, **title)
    row = _line(sheet, row, "第 {{number}} 号", 22, align=RIGHT)
    row = _line(sheet, row, "{{receiver}}：", 28)
    letter = (
        "　　{{name}}同志（{{person}}），系中共{{category}}，"
        "身份证号码{{id_number}}，由{{branch}}去你处，请转接组织关系。该同志党费已交至{{dues}}。"
    )
    row = _line(sheet, row, letter, 74, align=PARAGRAPH)
    row = _line(sheet, row, "（有效期 {{valid_days}} 天，至{{valid_until}}）", 24)
    row = _line(sheet, row, "{{unit}}（盖章）", 30, align=RIGHT)
    row = _line(sheet, row, "{{on}}", 24, align=RIGHT)
    row = _line(sheet, row, "党员联系电话：{{phone}}", 22)
    row = _line(sheet, row, "党员原所在基层党委：{{unit}}　　联系电话：{{unit_phone}}", 22)
    row = _cut(sheet, row)
    row = _line(sheet, row, "中国共产党党员组织关系介绍信回执联{{mark}}", 36, **title)
    row = _line(sheet, row, "第 {{number}} 号", 22, align=RIGHT)
    row = _line(sheet, row, "{{unit}}：", 26)
    receipt = "　　{{name}}同志的党员组织关系已于　　　　年　　月　　日转达我处，特此回复。"
    row = _line(sheet, row, receipt, 40, align=PARAGRAPH)
    row = _line(sheet, row, "{{receiver}}（盖章）", 30, align=RIGHT)
    row = _line(sheet, row, "　　　　年　　月　　日", 24, align=RIGHT)
    last = _line(sheet, row, "经办人：　　　　　　　　联系电话：", 24) - 1
    for column in "ABCDEF":
        sheet.column_dimensions[column].width = 16
    sheet.page_setup.fitToHeight = 1
    _finish(book, sheet, "transfer.xlsx", WIDTH, last)


if __name__ == "__main__":
    main()
