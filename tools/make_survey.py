"""Draw the built-in blank of the 摸底排查表 into ``data/forms``; run once, by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from make_blanks import LEFT, _finish, _merge, _put, _sheet, _widths
from openpyxl.styles import Protection
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

KNOWN = [
    ("序号", "serial", 5), ("姓名", "name", 9), ("身份证号", "id_number", 22),
    ("联系电话", "phone", 14), ("外出地点", "destination", 15), ("从事职业", "occupation", 10),
]  # fmt: skip
SECTIONS = [(f"{{{{section{number}}}}}", "", 13) for number in range(1, 7)]
ASKED = [
    ("新手机号", "", 14), ("排查结果", "", 10), ("调查方式", "", 9), ("调查日期", "", 12),
    ("调查人", "", 9),
]  # fmt: skip
COLUMNS = [*KNOWN, *SECTIONS, *ASKED]
OPTIONS = "选项"
PURPOSE = (
    "说明：了解从业、创业、困难和意见，是为了联系和服务外出党员，不作他用；各项都可以不填，不填没有任何影响。"
    "下拉的是常用答案，也可另写。"
)
HEADING, ROW = 4, 5
CHOICES = {"排查结果": '"已完成,不在,拒绝,未联系上"', "调查方式": '"入户,电话"'}


def main() -> None:
    """Write the blank."""
    book, sheet = _sheet("摸底排查表", landscape=True)
    width = len(COLUMNS)
    plain = {"size": 12, "box": False, "align": LEFT}
    _merge(sheet, 1, 1, width, "流动党员摸底排查表{{mark}}", size=22, bold=True, box=False)
    _merge(sheet, 2, 1, 6, "党支部：{{branch}}", **plain)
    _merge(sheet, 2, 7, 11, "轮次：{{round}}", **plain)
    _merge(sheet, 2, 12, width, "排查组：{{team}}", **plain)
    _merge(sheet, 3, 1, width, PURPOSE, size=12, box=False, align=LEFT)
    for column, (heading, key, _) in enumerate(COLUMNS, start=1):
        _put(sheet, HEADING, column, heading, font="黑体", size=12)
        look = {"format": "General"} if key == "serial" else {}
        _put(sheet, ROW, column, f"{{{{row.{key}}}}}" if key else "", size=12, **look)
        sheet.cell(ROW, column).protection = Protection(locked=bool(key))
    for row, height in ((1, 34), (2, 22), (3, 24), (HEADING, 34), (ROW, 62)):
        sheet.row_dimensions[row].height = height
    for first, last, signed in ((1, 6, "填表人："), (7, 11, "审核人："), (12, width, "支部书记：")):
        _merge(sheet, ROW + 1, first, last, signed, **plain)
    sheet.row_dimensions[ROW + 1].height = 30
    _widths(sheet, COLUMNS)
    sheet.print_title_rows = f"{HEADING}:{HEADING}"
    sheet.freeze_panes = f"C{ROW}"
    _drop_downs(book, sheet)
    sheet.protection.enable()
    sheet.protection.formatColumns = sheet.protection.formatRows = False  # may be changed
    _finish(book, sheet, "survey_sheet.xlsx", width, ROW + 1)


def _drop_downs(book: Workbook, sheet: Worksheet) -> None:
    """Usual answers of each section from the hidden sheet of options; others may be written."""
    options = book.create_sheet(OPTIONS)
    options.sheet_state = "hidden"
    for number, (heading, _, _) in enumerate(COLUMNS, start=1):
        column = number - len(KNOWN)
        if 1 <= column <= len(SECTIONS):
            letter = get_column_letter(column)
            whole = f"{OPTIONS}!${letter}$1:${letter}$60"
            used = f'OFFSET({OPTIONS}!${letter}$1,0,0,MAX(1,COUNTIF({whole},"?*")),1)'
            _validation(sheet, number, used, strict=False)
        elif heading in CHOICES:
            _validation(sheet, number, CHOICES[heading], strict=True)


def _validation(sheet: Worksheet, column: int, formula: str, *, strict: bool) -> None:
    choices = DataValidation(type="list", formula1=formula, allow_blank=True)
    choices.showErrorMessage = strict
    letter = get_column_letter(column)
    choices.add(f"{letter}{ROW}:{letter}{ROW}")
    sheet.add_data_validation(choices)


if __name__ == "__main__":
    main()
