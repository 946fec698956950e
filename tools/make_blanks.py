"""Draw the built-in blanks of the official forms into ``data/forms``; run once, by hand.

The workbooks themselves are the truth: a person may open and change them in WPS. This only keeps
how they first came to be.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.header_footer import HeaderFooterItem, _HeaderFooterPart
from openpyxl.worksheet.properties import PageSetupProperties

if TYPE_CHECKING:
    from collections.abc import Sequence

    from openpyxl.worksheet.worksheet import Worksheet

FORMS = Path(__file__).parents[1] / "data" / "forms"
LINE = Side(style="thin")
BOX = Border(left=LINE, right=LINE, top=LINE, bottom=LINE)
CENTRE = Alignment(horizontal="center", vertical="center", wrap_text=True)
LEFT = Alignment(horizontal="left", vertical="center", wrap_text=True)

LEDGER = [
    ("序号", "serial", 5), ("姓名", "name", 9), ("性别", "sex", 4.5), ("民族", "ethnicity", 7.5),
    ("公民身份号码", "id_number", 22), ("出生年月", "birth", 8.5), ("文化程度", "education", 8),
    ("入党时间", "joined_on", 11.5), ("转正时间", "full_member_on", 11.5),
    ("所在党支部", "branch", 10), ("外出时间", "left_on", 11.5),
    ("满{{threshold}}个月", "over_threshold", 6), ("外出地点(省–市–县)", "destination", 19),
    ("外出原因", "reason", 6.5), ("从事职业", "occupation", 8), ("流入地党组织", "host_org", 15),
    ("流入地联系人及电话", "host_contact", 13.5), ("本人联系电话", "phone", 13.5),
    ("活动证编号", "card_number", 11), ("最近查验时间", "verified_on", 11.5),
    ("最近联系时间", "contacted_on", 11.5), ("组织关系状态", "standing", 8), ("备注", "remark", 8),
]  # fmt: skip

STATISTICS = [
    ("序号", "serial", 5), ("党支部", "branch", 18), ("流出党员总数", "away", 9),
    ("跨省", "cross_province", 7), ("省内跨市(州)", "in_province", 8),
    ("市(州)内跨县", "in_city", 8), ("县内(含镇内)", "in_county", 8), ("不掌握", "unknown", 7),
    ("应持证", "due", 7), ("已持证", "held", 7), ("持证率", "rate", 8), ("发放", "issued", 6),
    ("查验", "verified", 6), ("年审", "reviewed", 6), ("补发", "reissued", 6),
    ("遗失", "lost", 6), ("交回", "handed_in", 6), ("未持证原因", "reasons", 24),
]  # fmt: skip
GROUPS = {"其中": (4, 8), "本月": (12, 17)}
NUMBERS = {"serial", "away", "cross_province", "in_province", "in_city", "in_county", "unknown",
           "due", "held", "issued", "verified", "reviewed", "reissued", "lost",
           "handed_in"}  # fmt: skip


def main() -> None:
    """Write the blanks."""
    FORMS.mkdir(exist_ok=True)
    ledger()
    statistics()
    member_card()
    aid_notice()


def _sheet(title: str, *, landscape: bool) -> tuple[Workbook, Worksheet]:
    book = Workbook()
    sheet = book.active
    assert sheet is not None  # noqa: S101 - a new workbook has one
    sheet.title = title
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.page_setup.orientation = "landscape" if landscape else "portrait"
    sheet.page_setup.fitToWidth = 1
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.print_options.horizontalCentered = True
    sheet.page_margins.left = sheet.page_margins.right = 0.4
    sheet.page_margins.top = 0.6
    sheet.page_margins.bottom = 0.8
    sheet.page_margins.footer = 0.4
    sheet.oddFooter = HeaderFooterItem(center=_HeaderFooterPart("第 &P 页 共 &N 页", size=9))
    return book, sheet


def _put(sheet: Worksheet, row: int, column: int, text: str, **look: object) -> None:
    cell = sheet.cell(row, column, text)
    cell.font = Font(
        name=str(look.get("font", "宋体")),
        size=float(str(look.get("size", 10))),
        bold=bool(look.get("bold", False)),
    )
    align = look.get("align", CENTRE)
    cell.alignment = align if isinstance(align, Alignment) else CENTRE
    if look.get("box", True):
        cell.border = BOX
    cell.number_format = str(look.get("format", "@"))


def _merge(sheet: Worksheet, row: int, first: int, last: int, text: str, **look: object) -> None:
    for column in range(first, last + 1):
        _put(sheet, row, column, text if column == first else "", **look)
    sheet.merge_cells(start_row=row, end_row=row, start_column=first, end_column=last)


def _head(sheet: Worksheet, title: str, width: int) -> None:
    """Title and the line of unit, period and day, over ``width`` columns."""
    _merge(sheet, 1, 1, width, title + "{{mark}}", size=22, bold=True, box=False)
    sheet.row_dimensions[1].height = 34
    third = width // 3
    plain = {"size": 12, "box": False}
    _merge(sheet, 2, 1, third, "填报单位(盖章)：{{unit}}", align=LEFT, **plain)
    _merge(sheet, 2, third + 1, 2 * third, "{{period}}", **plain)
    right = Alignment(horizontal="right", vertical="center")
    _merge(sheet, 2, 2 * third + 1, width, "填表日期：{{filled_on}}", align=right, **plain)
    sheet.row_dimensions[2].height = 22


def _signatures(sheet: Worksheet, row: int, width: int) -> None:
    third = width // 3
    plain = {"size": 12, "box": False, "align": LEFT}
    _merge(sheet, row, 1, third, "填表人：{{prepared_by}}", **plain)
    _merge(sheet, row, third + 1, 2 * third, "审核人：{{reviewed_by}}", **plain)
    _merge(sheet, row, 2 * third + 1, width, "支部书记：{{secretary}}", **plain)
    sheet.row_dimensions[row].height = 30


def _widths(sheet: Worksheet, columns: Sequence[tuple[str, str, float]]) -> None:
    for number, (_, _, width) in enumerate(columns, start=1):
        sheet.column_dimensions[get_column_letter(number)].width = width


def _finish(book: Workbook, sheet: Worksheet, name: str, width: int, last: int) -> None:
    sheet.print_area = f"A1:{get_column_letter(width)}{last}"
    book.properties.creator = "flowparty"
    book.save(FORMS / name)


def ledger() -> None:
    """《流动党员台账》, A4 landscape."""
    book, sheet = _sheet("流动党员台账", landscape=True)
    width = len(LEDGER)
    _head(sheet, "流动党员台账", width)
    for column, (heading, key, _) in enumerate(LEDGER, start=1):
        _put(sheet, 3, column, heading, font="黑体", size=11)
        look = {"format": "General"} if key in NUMBERS else {}
        _put(sheet, 4, column, f"{{{{row.{key}}}}}", size=11, **look)
    sheet.row_dimensions[3].height = 48
    sheet.row_dimensions[4].height = 44
    total = "合计：{{total}} 人"
    _merge(sheet, 5, 1, width, total, align=LEFT, size=12)
    sheet.row_dimensions[5].height = 22
    _signatures(sheet, 6, width)
    _widths(sheet, LEDGER)
    sheet.print_title_rows = "1:3"
    sheet.freeze_panes = "C4"
    _finish(book, sheet, "ledger.xlsx", width, 6)


def statistics() -> None:
    """《流动党员持〈活动证〉情况统计表》, A4 landscape."""
    book, sheet = _sheet("持活动证情况统计表", landscape=True)
    width = len(STATISTICS)
    _head(sheet, "流动党员持《活动证》情况统计表", width)
    grouped = {column for first, last in GROUPS.values() for column in range(first, last + 1)}
    for column, (heading, key, _) in enumerate(STATISTICS, start=1):
        top = heading if column not in grouped else ""
        _put(sheet, 3, column, top, font="黑体", size=10.5)
        _put(sheet, 4, column, heading if column in grouped else "", font="黑体", size=10.5)
        if column not in grouped:
            sheet.merge_cells(start_row=3, end_row=4, start_column=column, end_column=column)
        look = {"format": "General"} if key in NUMBERS else {}
        _put(sheet, 5, column, f"{{{{row.{key}}}}}", size=10.5, **look)
        if column > len("序号"):
            _put(sheet, 6, column, f"{{{{total.{key}}}}}", size=10.5, bold=True, **look)
    for heading, (first, last) in GROUPS.items():
        _merge(sheet, 3, first, last, heading, font="黑体", size=10.5)
    _merge(sheet, 6, 1, 2, "合计", font="黑体", size=10.5)
    for row, height in ((3, 24), (4, 36), (5, 26), (6, 28)):
        sheet.row_dimensions[row].height = height
    _signatures(sheet, 7, width)
    _widths(sheet, STATISTICS)
    sheet.print_title_rows = "1:4"
    sheet.freeze_panes = "C5"
    _finish(book, sheet, "card_statistics.xlsx", width, 7)


CARD: list[str | list[tuple[str, str]]] = [
    [("姓  名", "name"), ("性  别", "sex"), ("民  族", "ethnicity")],
    [("公民身份号码", "id_number"), ("出生年月", "birth")],
    [("文化程度", "education"), ("人员类别", "category"), ("工作岗位", "post")],
    [("入党时间", "joined_on"), ("转正时间", "full_member_on"), ("本人电话", "phone")],
    [("所在党支部", "branch"), ("党小组", "group")],
    [("家庭住址", "address")],
    "外出情况",
    [("外出时间", "left_on"), ("外出地点", "destination")],
    [("外出原因", "reason"), ("从事职业", "occupation"), ("单位类型", "unit_kind")],
    [("流入地党组织", "host_org"), ("报到时间", "arrived_on")],
    [("流入地联系人及电话", "host_contact")],
    "《流动党员活动证》",
    [("编  号", "card_number"), ("发证时间", "issued_on")],
    [("状  态", "card_state"), ("最近查验", "verified_on")],
    "近期联系记录",
]
CARD_WIDTH = 6
SPANS = {1: [(2, 6)], 2: [(2, 4), (6, 6)], 3: [(2, 2), (4, 4), (6, 6)]}


def member_card() -> None:
    """《流动党员信息卡》, one A4 page."""
    book, sheet = _sheet("流动党员信息卡", landscape=False)
    _merge(sheet, 1, 1, CARD_WIDTH, "流动党员信息卡", size=22, bold=True, box=False)
    sheet.row_dimensions[1].height = 48
    row = 2
    for line in CARD:
        sheet.row_dimensions[row].height = 29
        if isinstance(line, str):
            _merge(sheet, row, 1, CARD_WIDTH, line, font="黑体", size=12)
        else:
            _card_line(sheet, row, line)
        row += 1
    contacts = {"日期": "on", "方式": "method", "结果": "outcome", "联系人": "by"}
    for column, (heading, key) in enumerate(contacts.items(), start=1):
        _put(sheet, row, column, heading, font="黑体", size=11)
        _put(sheet, row + 1, column, f"{{{{row.{key}}}}}", size=10.5)
    _merge(sheet, row, len(contacts) + 1, CARD_WIDTH, "内容", font="黑体", size=11)
    _merge(sheet, row + 1, len(contacts) + 1, CARD_WIDTH, "{{row.notes}}", size=10.5, align=LEFT)
    sheet.row_dimensions[row].height = sheet.row_dimensions[row + 1].height = 26
    _card_foot(sheet, row + 2)
    for letter, width in zip("ABCDEF", (15, 17, 13, 15, 15, 19), strict=True):
        sheet.column_dimensions[letter].width = width
    sheet.page_setup.fitToHeight = 1
    _finish(book, sheet, "member_card.xlsx", CARD_WIDTH, row + 3)


def _card_line(sheet: Worksheet, row: int, line: list[tuple[str, str]]) -> None:
    for (heading, key), (first, last) in zip(line, SPANS[len(line)], strict=True):
        _put(sheet, row, first - 1, heading, font="黑体", size=11)
        _merge(sheet, row, first, last, f"{{{{{key}}}}}", size=11)


def _card_foot(sheet: Worksheet, row: int) -> None:
    _put(sheet, row, 1, "备  注", font="黑体", size=11)
    _merge(sheet, row, 2, CARD_WIDTH, "{{remark}}", size=11, align=LEFT)
    sheet.row_dimensions[row].height = 44
    plain = {"size": 11, "box": False, "align": LEFT}
    _merge(sheet, row + 1, 1, 3, "填表单位：{{unit}}", **plain)
    _merge(sheet, row + 1, 4, 5, "填表日期：{{filled_on}}", **plain)
    _put(sheet, row + 1, 6, "填表人：{{prepared_by}}", **plain)
    sheet.row_dimensions[row + 1].height = 30


NOTICE = [
    ("序号", "serial", 7), ("姓名", "name", 12), ("所在党支部", "branch", 22),
    ("帮扶类别", "purpose", 13), ("方式", "kind", 9), ("帮扶单位", "provider", 22),
    ("日期", "on", 13), ("金额(元)", "amount", 15),
]  # fmt: skip


def aid_notice() -> None:
    """《帮扶救助公示》, A4 portrait."""
    book, sheet = _sheet("帮扶救助公示", landscape=False)
    width = len(NOTICE)
    _merge(sheet, 1, 1, width, "帮扶救助公示", size=22, bold=True, box=False)
    sheet.row_dimensions[1].height = 44
    intro = "    现将{{unit}}{{period}}流动党员创业帮扶、困难党员救助情况公示如下，请予监督。"
    _merge(sheet, 2, 1, width, intro, size=12, box=False, align=LEFT)
    sheet.row_dimensions[2].height = 40
    for column, (heading, key, _) in enumerate(NOTICE, start=1):
        _put(sheet, 3, column, heading, font="黑体", size=12)
        look = {"format": "General"} if key == "serial" else {}
        _put(sheet, 4, column, f"{{{{row.{key}}}}}", size=11.5, **look)
    sheet.row_dimensions[3].height = sheet.row_dimensions[4].height = 28
    total = "合计：{{total_people}} 人，{{total_amount}} 元"
    _merge(sheet, 5, 1, width, total, align=LEFT, size=12)
    sheet.row_dimensions[5].height = 28
    right = Alignment(horizontal="right", vertical="center")
    _merge(sheet, 6, 1, width, "{{unit}}", align=right, size=12, box=False)
    _merge(sheet, 7, 1, width, "{{filled_on}}", align=right, size=12, box=False)
    sheet.row_dimensions[6].height = sheet.row_dimensions[7].height = 28
    _widths(sheet, NOTICE)
    sheet.print_title_rows = "3:3"
    _finish(book, sheet, "aid_notice.xlsx", width, 7)


if __name__ == "__main__":
    main()
