"""Which rows of a sheet are people: not titles, blank rows, sub-totals, footers or headings."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from flowparty.intake.cells import as_text, is_blank

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flowparty.intake.fields import Kind
    from flowparty.intake.layout import Finder, Layout
    from flowparty.intake.sheets import Cell, Sheet

_TOTAL = re.compile(
    r"\s*(?:其中[:：]?)?(?:以上|本[页村组支部单位]*|全[镇村县]|累)?\s*[合总小共统]\s*计(?:[\s:：0-9人数(（]|$)"
    r"|\s*(?:总人数|以上共|共[0-9]+[人名本户])"
)
_FOOTER = re.compile(
    r"\s*(?:填表|填报|制表|审核|复核|审批|负责|经办|登记|统计|报送|汇总|联系|单位|报表|审定)"
    r"(?:人员?|单位|日期|时间|者|领导|负责人|电话)?\s*(?:[（(]?(?:签字|签名|签章|盖章)[)）]?)?\s*(?:[:：]|\s|$)"
    r"|\s*(?:备注|说明|注|附注|续表|附)\s*[:：]"
    r"|\s*[（(]?(?:签字|签名|签章|盖章|公章)"
    r"|\s*[\u4e00-\u9fff]{1,10}(?:[（(][\u4e00-\u9fff]{1,6}[)）])?\s*[:：]"
)
_PLAIN_NAME = re.compile(r"[\u3400-\u9fff]{2,4}")
_NOBODY = re.compile(r"无|没有|空白|以下|暂无")
_NO_NAMES = frozenset({
    "小计", "合计", "总计", "共计", "累计", "统计", "姓名", "备注", "说明", "制表", "填表", "审核",
    "填表人", "审核人", "制表人", "负责人", "经办人", "登记人", "复核人", "名字", "党员姓名", "以下空白",
    "此页无", "续表", "盖章", "签字", "注", "无", "空白", "总人数",
})  # fmt: skip
_DITTO = frozenset({"同上", "〃", "″", "”", "“", '"', "''", "同前", "“”", "..", "……"})
_OWN = frozenset({"name", "id_number", "serial", "card_number", "mobile", "landline", "contact"})
"""Fields that are a person's own: neither merged cells nor ditto marks can mean them."""
_SAYS_NOTHING = frozenset({"serial", "branch"})
"""Fields that a prepared but empty row holds already."""
_PLACES = frozenset("村区部组")
_SECTIONS = ("村", "社区", "支部", "小组", "党委")
"""A place alone in a row is the title of what follows it."""
_LONGEST_NAME = 5
_WIDE = 2
_FEWEST = 3
_ID_LIKE = re.compile(r"[0-9Xx*. E+'\"=]{6,}")


@dataclass(slots=True)
class Block:
    """The data rows under one heading; ``skipped``: (row, why) of the others, blank ones aside."""

    layout: Layout
    rows: list[tuple[int, list[Cell]]] = field(default_factory=list)
    skipped: list[tuple[int, str]] = field(default_factory=list)


def blocks(sheet: Sheet, layout: Layout, finder: Finder, kind: Kind) -> Iterator[Block]:
    """The blocks of a sheet in order: the first heading's, then those of headings that return."""
    block = Block(layout)
    reader = _Reader(sheet, layout)
    number = layout.bottom + 1
    while number <= len(sheet.rows):
        row = sheet.rows[number - 1]
        again = _returning(sheet, number, row, reader, finder, kind)
        if again is not None:
            block.skipped += [(n, "heading") for n in range(again.top, again.bottom + 1)]
            if dict(again.mapping) != dict(block.layout.mapping):
                yield block
                block, reader = Block(again), _Reader(sheet, again)
            number = again.bottom + 1
            continue
        reader.take(number, row, block)
        number += 1
    yield block


def _returning(
    sheet: Sheet, number: int, row: list[Cell], reader: _Reader, finder: Finder, kind: Kind
) -> Layout | None:
    """The layout of headings that begin in this row; looked for only where a name's would stand."""
    cell = row[reader.name] if reader.name < len(row) else None
    if not isinstance(cell, str) or kind.field_of(cell) != "name":
        return None
    layout = reader.layout
    for height in dict.fromkeys((layout.bottom - layout.top + 1, 1)):
        if number + height - 1 <= len(sheet.rows) and (at := finder.at(sheet, number, height)):
            return at
    return None


class _Reader:
    """Takes the rows below one heading; merged cells and ditto marks are filled in."""

    def __init__(self, sheet: Sheet, layout: Layout) -> None:
        self.layout = layout
        self.name = layout.columns["name"].index
        identity = layout.columns.get("id_number")
        self._identity = None if identity is None else identity.index
        self._telling = [c.index for f, c in layout.columns.items() if f not in _SAYS_NOTHING]
        self._shared = [c.index for f, c in layout.columns.items() if f not in _OWN]
        self._width = 1 + max(column.index for column in layout.columns.values())
        self._filled: dict[int, list[tuple[int, Cell]]] = {}
        self._wide = {
            (merge.top, column)
            for merge in sheet.merges
            if merge.right - merge.left >= _WIDE
            for column in range(merge.left, merge.right + 1)
        }
        for merge in sheet.merges:
            if merge.bottom > merge.top > layout.bottom and merge.left in self._shared:
                first = sheet.rows[merge.top - 1]
                value = first[merge.left] if merge.left < len(first) else None
                for number in range(merge.top + 1, merge.bottom + 1):
                    self._filled.setdefault(number, []).append((merge.left, value))
        self._last: list[Cell] | None = None

    def take(self, number: int, row: list[Cell], block: Block) -> None:
        """Put a row where it belongs: among the data, or among what was skipped."""
        if len(row) < self._width:
            row = [*row, *[""] * (self._width - len(row))]
        why = self._why_not(number, row)
        if why is None:
            row = self._completed(number, row)
            self._last = row
            block.rows.append((number, row))
        elif why:
            block.skipped.append((number, why))

    def _why_not(self, number: int, row: list[Cell]) -> str | None:
        """None for a data row; else what the row is, empty for a blank one."""
        name = row[self.name]
        if isinstance(name, str) and _PLAIN_NAME.fullmatch(name) and name not in _NO_NAMES:
            if name[-1] not in _PLACES:
                return None
        first = next((cell for cell in row if not is_blank(cell)), None)
        if first is None:
            return ""
        if self._is_identity(row):
            return None
        for cell in (name, first):
            if isinstance(cell, str) and _TOTAL.match(cell):
                return "subtotal"
            if isinstance(cell, str) and (_FOOTER.match(cell) or "".join(cell.split()) in _NO_NAMES):
                return "footer"
        said = sum(not is_blank(row[i]) and as_text(row[i]) != "0" for i in self._telling)
        if is_blank(name):
            return None if said >= _FEWEST else "note" if said else ""
        return self._why_no_name(number, as_text(name).strip(), said)

    def _why_no_name(self, number: int, name: str, said: int) -> str | None:
        alone = said <= 1
        if alone and ((number, self.name) in self._wide or name.endswith(_SECTIONS)):
            return "note"
        long = len(name) > _LONGEST_NAME and "·" not in name and "•" not in name
        return "note" if alone and (long or _NOBODY.search(name)) else None

    def _is_identity(self, row: list[Cell]) -> bool:
        if self._identity is None:
            return False
        cell = row[self._identity]
        return not is_blank(cell) and (
            not isinstance(cell, str) or _ID_LIKE.fullmatch(cell.strip()) is not None
        )

    def _completed(self, number: int, row: list[Cell]) -> list[Cell]:
        filled = [(i, value) for i, value in self._filled.get(number, ()) if is_blank(row[i])]
        ditto = [
            (i, self._last[i])
            for i in self._shared
            if self._last is not None and isinstance(row[i], str) and row[i] in _DITTO
        ]
        if not filled and not ditto:
            return row
        row = [*row]
        for index, value in (*filled, *ditto):
            row[index] = value
        return row
