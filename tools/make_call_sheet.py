"""Draw the built-in blank of the call list into ``data/forms``; run once, by hand."""

from __future__ import annotations

from make_blanks import LEFT, _finish, _merge, _put, _sheet, _widths
from openpyxl.styles import Alignment, Font

CALLS = [
    ("序号", "serial", 5), ("姓名\n(编号)", "name", 14), ("联系电话", "phone", 14),
    ("外出地点\n从事职业", "where", 19), ("上次联系情况", "last", 23),
    ("本人诉求(办理情况)", "needs", 22), ("这次要问", "questions", 15),
    ("联系结果", "outcome", 21), ("联系方式", "method", 14), ("日期", None, 7),
    ("本次谈话记录", None, 31),
]  # fmt: skip
BESIDE = ("last", "needs", "questions", "outcome", "method")
RIGHT = Alignment(horizontal="right", vertical="center")
SCALE = 60
ROW = 50.5
"""Points: under the heading fifteen rows fit on one page of A4 landscape, sixteen do not.

Fitting to the width would leave that to the fonts of the machine; so the scale is fixed, and the
columns are as wide as the widest usual digits allow.
"""


def main() -> None:
    """《流动党员联系表》, A4 landscape; what has to be said stands above the rows."""
    book, sheet = _sheet("流动党员联系表", landscape=True)
    width = len(CALLS)
    plain = {"size": 14, "box": False, "align": LEFT}
    title = "流动党员联系表（{{month}}）"
    _merge(sheet, 1, 1, width, title, size=24, bold=True, box=False)
    _merge(sheet, 2, 1, 4, "党组织：{{unit}}　书记：{{secretary}}", **plain)
    total = "在外 {{away}} 人，本月已联系 {{done}} 人，尚欠 {{owed}} 人（排在前面）"
    _merge(sheet, 2, 5, 8, total, **plain)
    made = "制表：{{prepared_by}}　{{filled_on}}"
    _merge(sheet, 2, 9, width, made, size=14, box=False, align=RIGHT)
    for column, (heading, key, _) in enumerate(CALLS, start=1):
        _put(sheet, 3, column, heading, font="黑体", size=13)
        align = {"align": LEFT} if key in BESIDE else {}
        look = {"format": "General"} if key == "serial" else {}
        _put(sheet, 4, column, f"{{{{row.{key}}}}}" if key else "", size=11.5, **align, **look)
    for row, height in ((1, 38), (2, 26), (3, 38), (4, ROW)):
        sheet.row_dimensions[row].height = height
    _widths(sheet, [(heading, "", width) for heading, _, width in CALLS])
    book._named_styles["Normal"].font = Font(name="宋体", size=11)  # type: ignore[attr-defined]  # noqa: SLF001 - no other way
    sheet.page_setup.scale = SCALE
    assert sheet.sheet_properties.pageSetUpPr is not None  # noqa: S101 - _sheet set it
    sheet.sheet_properties.pageSetUpPr.fitToPage = False
    sheet.page_margins.top = 0.4
    sheet.page_margins.bottom = 0.5
    sheet.page_margins.footer = 0.25
    sheet.print_title_rows = "1:3"
    sheet.freeze_panes = "C4"
    _finish(book, sheet, "call_sheet.xlsx", width, 4)


if __name__ == "__main__":
    main()
