"""Draw the built-in blanks of the annual 流动党员情况 into ``data/forms``; run once, by hand."""

from __future__ import annotations

from make_blanks import LEFT, _finish, _head, _merge, _put, _sheet, _signatures, _widths

from flowparty.domain.annual import COLUMNS

LABELS = [("序号", "serial", 6.0), ("项目", "label", 30.0)]
KEYS = [*LABELS, *((word, key, 11.0) for key, word in COLUMNS.items())]


def main() -> None:
    """Write the blanks."""
    annual("annual_1.xlsx", "流动党员情况（一）", "流出规模与持证")
    annual("annual_2.xlsx", "流动党员情况（二）", "流向单位类型")


def annual(name: str, title: str, rows: str) -> None:
    """One annual form, A4 landscape: a row a line, a column a former occupation."""
    book, sheet = _sheet(title, landscape=True)
    width = len(KEYS)
    _head(sheet, title, width)
    for column, (heading, key, _) in enumerate(KEYS, start=1):
        alone = column <= len(LABELS) + 1
        text = rows if key == "label" else heading
        _put(sheet, 3, column, text if alone else "", font="黑体", size=11)
        _put(sheet, 4, column, "" if alone else heading, font="黑体", size=11)
        if alone:
            sheet.merge_cells(start_row=3, end_row=4, start_column=column, end_column=column)
        look = {"align": LEFT} if key == "label" else {"format": "General"}
        _put(sheet, 5, column, f"{{{{row.{key}}}}}", size=11.5, **look)
    _merge(sheet, 3, len(LABELS) + 2, width, "原职业", font="黑体", size=11)
    note = (
        "外出满{{threshold}}个月的流出党员，截至 {{on}}；"
        "工作岗位不能归类的列“其他”，未登记的列“不详”。"
    )
    _merge(sheet, 6, 1, width, note, size=10.5, align=LEFT, box=False)
    for row, height in ((3, 24), (4, 36), (5, 30), (6, 26)):
        sheet.row_dimensions[row].height = height
    _signatures(sheet, 7, width)
    _widths(sheet, KEYS)
    sheet.print_title_rows = "1:4"
    _finish(book, sheet, name, width, 7)


if __name__ == "__main__":
    main()
