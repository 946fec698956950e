"""What the words of a row below the headings make of it: a sub-total, a footer, an example."""

from __future__ import annotations

import re
import unicodedata
from itertools import pairwise
from typing import TYPE_CHECKING

from flowparty.intake.cells import as_text, is_blank

if TYPE_CHECKING:
    from collections.abc import Container, Sequence

    from flowparty.intake.sheets import Cell

_TOTAL = re.compile(
    r"\s*(?:其中[:：]?)?(?:以上|本[页村组支部单位]*|全[镇村县]|累)?\s*[合总小共统]\s*计(?:[\s:：0-9人数(（]|$)"
    r"|\s*(?:总人数|以上共|共\s*[0-9]+\s*[人名本户])"
)
_SUM = re.compile(r"[合总小共统]\s*计\s*[:：]?\s*$")
_COUNT = re.compile(r"[共计合总]*[:：]?[0-9]+[人名户]")
_FOOTER = re.compile(
    r"\s*(?:填表|填报|制表|审核|复核|审批|负责|经办|登记|统计|报送|汇总|联系|单位|报表|审定)"
    r"(?:人员?|单位|日期|时间|者|领导|负责人|电话)?\s*(?:[（(]?(?:签字|签名|签章|盖章)[)）]?)?\s*(?:[:：]|\s|$)"
    r"|\s*(?:备注|说明|注|附注|续表|附)\s*[:：]"
    r"|\s*[（(]?(?:签字|签名|签章|盖章|公章)"
)
_REMARK = re.compile(r"\s*(?:备注|说明|注|附注)\s*[:：]\s*\S")
_LABEL = re.compile(r"\s*[\u4e00-\u9fff]{1,10}(?:[（(][\u4e00-\u9fff]{1,6}[)）])?\s*[:：]")
_SIGNED = re.compile(r".*(?:签字|签名|签章|盖章)\s*[)）]?\s*[:：]")
_DAY = re.compile(
    r"[0-9]{4}[-./][0-9]{1,2}(?:[-./][0-9]{1,2})?|[0-9]{0,4}年[0-9]{0,2}月(?:[0-9]{0,2}日)?"
)
"""The day beside a signature, which the form may have left open: 年 月 日."""
_EXAMPLE = re.compile(
    r"(?:.*[（(【])?\s*(?:填写|填表)?(?:示例|样例|范例|举例|例子|例如|例)[0-9一二三]?\s*[)）】:：]?\s*"
)
_PLAIN_NAME = re.compile(r"[\u3400-\u9fff]{2,4}")
_NO_NAMES = frozenset({
    "小计", "合计", "总计", "共计", "累计", "统计", "姓名", "备注", "说明", "制表", "填表", "审核",
    "填表人", "审核人", "制表人", "负责人", "经办人", "登记人", "复核人", "名字", "党员姓名",
    "以下空白", "此页无", "续表", "盖章", "签字", "注", "无", "空白", "总人数",
    "示例", "样例", "范例", "例如",
})  # fmt: skip
_PLACES = frozenset("村区部组")
_NO_GIVEN_NAMES = _PLACES | {"员"}
"""What ends so is seldom a name: 外出党员 alone in its row is a title of what follows."""
_WORDS = re.compile(r"(?:(?![一二三四五六七八九十百零第])[\u4e00-\u9fff]){2}")
"""What no number has in it, not even 第二十一."""
_COLONS = frozenset(":：")
_NUMERAL = re.compile(r"[（(]?([0-9]{1,2}|[①-⑳])[)）]?")
_BESIDE_NUMERALS = re.compile(r"[栏列]?[次号]|[甲乙丙丁]")
_FEWEST_NUMERALS = 3
_LABEL_AND_NAME = 2
_BY_SEX = re.compile(r"(?:其中)?[:：]?(?:[,，、;；]?[男女]性?(?:党员)?[:：]?[0-9]+[人名]?){2}")
"""男, 50, 女, 50 in cells of their own or together: how many there are, not somebody."""


def is_plain_name(cell: Cell) -> bool:
    """Whether a cell can only be a name: nearly all rows are told by this alone."""
    return (
        isinstance(cell, str)
        and _PLAIN_NAME.fullmatch(cell) is not None
        and cell not in _NO_NAMES
        and cell[-1] not in _NO_GIVEN_NAMES
    )


def word_of(cell: Cell) -> str | None:
    """What a word that begins a row makes of it: a sub-total or a footer."""
    if not isinstance(cell, str):
        return None
    if _TOTAL.match(cell):
        return "subtotal"
    footer = _FOOTER.match(cell) or _LABEL.match(cell) or "".join(cell.split()) in _NO_NAMES
    return "footer" if footer else None


def signature_of(row: Sequence[Cell], serial: int | None, dates: Container[int] = ()) -> str | None:
    """What its first cell makes of a row that has a name further right, as :func:`word_of` says it.

    填表人：谭菊会 is who signed the list, and who stands behind 支部书记签字：. Any other label
    (支部书记：) signs only where nothing stands in the row but labels and what belongs to each;
    第一组： says whose somebody is. Without a colon (村支书) it signs where a serial number would
    stand, beside a name and nothing else. A day may stand beside either where the list has none.

    Args:
        row: the row.
        serial: where the list has its serial numbers, counted from 0.
        dates: where it has dates.
    """
    said = [
        cell
        for at, cell in enumerate(row)
        if not is_blank(cell) and (at in dates or not is_day(cell))
    ]
    first = said[0]
    if not isinstance(first, str) or _says_whose(first.rstrip(" :：")):
        return None
    word = word_of(first)
    if word is None:
        label = serial is not None and row[serial] == first and _WORDS.search(first)
        return "footer" if label and len(said) == _LABEL_AND_NAME else None
    sure = _TOTAL.match(first) or _FOOTER.match(first) or _SIGNED.match(first)
    if sure or not _LABEL.match(first):
        return word
    return word if all(_labels(a) or _labels(b) for a, b in pairwise(said)) else None


def is_day(cell: Cell) -> bool:
    """Whether a cell is a day and nothing else, or the place that a form left for one."""
    return _DAY.fullmatch("".join(as_text(cell).split())) is not None


def _says_whose(label: str) -> bool:
    return label[-1:] in _PLACES and not label.endswith("干部")


def _labels(cell: Cell) -> bool:
    return isinstance(cell, str) and cell.rstrip()[-1:] in _COLONS


def is_label(words: str) -> bool:
    """Whether words before a colon sign nothing and count nothing: 正式党员：, 第二党小组：."""
    others = (_FOOTER, _TOTAL, _SIGNED)
    return _LABEL.match(words) is not None and not any(one.match(words) for one in others)


def is_remark(words: str) -> bool:
    """Whether what stands under a list is a remark (说明：…), and not who signed it."""
    return _REMARK.match(words) is not None


def counted(first: Cell, name: Cell) -> str | None:
    """What a row is that has a number of people where a name would stand: 陇塔村小计 | 1人."""
    if not isinstance(name, str) or _COUNT.fullmatch("".join(name.split())) is None:
        return None
    return "subtotal" if isinstance(first, str) and _SUM.search(first) else "note"


def is_example(cell: Cell) -> bool:
    """Whether a serial number or a name says that its row only shows how to fill the form in."""
    return isinstance(cell, str) and _EXAMPLE.fullmatch(cell) is not None


def of_the_form(row: Sequence[Cell], first: Cell, name: Cell) -> str | None:
    """What a row is whoever stands in it: one that counts columns or people, or an example."""
    if _is_numbering(row):
        return "heading"
    if _counts_people(row):
        return "footer"
    return "note" if is_example(first) or is_example(name) else None


def _counts_people(row: Sequence[Cell]) -> bool:
    said = "".join(as_text(cell) for cell in row)
    return _BY_SEX.fullmatch("".join(said.split())) is not None


def _is_numbering(row: Sequence[Cell]) -> bool:
    """Whether a row only counts the columns: 栏次, 1, 2, 3 or ①, ②, ③."""
    said = [as_text(cell).strip() for cell in row if not is_blank(cell)]
    found = [(text, _NUMERAL.fullmatch(text)) for text in said]
    counted = [unicodedata.numeric(n[1]) if len(n[1]) == 1 else int(n[1]) for _, n in found if n]
    others = (text for text, numeral in found if numeral is None)
    return (
        len(counted) >= _FEWEST_NUMERALS
        and all(b == a + 1 for a, b in pairwise(counted))
        and all(map(_BESIDE_NUMERALS.fullmatch, others))
    )
