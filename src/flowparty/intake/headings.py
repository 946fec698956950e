"""Which column holds what: headings found by meaning, in any order, under any title rows."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

from flowparty.domain.errors import BadValue
from flowparty.intake.references import column_letter

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

MEMBER_HEADINGS: Mapping[str, tuple[str, ...]] = {
    "serial": ("序号", "编号", "序"),
    "name": ("姓名", "党员姓名", "流动党员姓名"),
    "branch": ("所在党支部", "党支部", "所在支部", "所属党支部", "所属支部", "支部", "支部名称",
               "党支部名称", "所在党组织", "党组织名称", "所在基层党组织", "所属党组织"),
    "id_number": ("公民身份证号", "公民身份号码", "身份证号", "身份证号码", "公民身份证号码",
                  "身份证", "居民身份证号码", "居民身份证号", "身份号码", "证件号码"),
    "sex": ("性别",),
    "ethnicity": ("民族",),
    "birth_date": ("出生日期", "出生年月", "出生年月日", "出生时间", "生日"),
    "education": ("学历", "文化程度", "最高学历", "文化水平"),
    "category": ("人员类别", "党员类别", "人员类型", "党员类型"),
    "joined_on": ("加入党组织日期", "入党时间", "入党日期", "加入党组织时间", "入党年月"),
    "full_member_on": ("转为正式党员日期", "转正时间", "转正日期", "转为正式党员时间", "转正年月"),
    "post": ("工作岗位", "职业", "从事职业", "岗位"),
    "mobile": ("手机号", "手机号码", "手机", "联系电话", "联系方式", "移动电话", "本人联系电话",
               "电话", "电话号码", "联系手机"),
    "landline": ("固定电话", "座机", "固话", "固定电话号码"),
    "address": ("家庭住址", "家庭地址", "住址", "现居住地", "居住地址", "家庭详细住址", "详细住址"),
    "standing": ("党籍状态", "党籍情况"),
    "is_lost": ("是否为失联党员", "是否失联党员", "是否失联"),
    "lost_on": ("失去联系日期", "失联日期", "失联时间", "失去联系时间"),
    "is_mobile": ("是否为流动党员", "是否流动党员", "是否流动", "是否外出"),
    "destination": ("外出流向", "流向", "外出地点", "流出地", "外出去向", "去向", "流入地"),
}  # fmt: skip
"""Field → the headings that mean it; the national form's own wording first [domain: 2017 form]."""

REQUIRED = ("name", "id_number", "branch")

_DEEPEST = 50
_FEWEST = 3
_BRACKETED = re.compile(r"\([^()]*\)")
_FIELDS = {heading: name for name, headings in MEMBER_HEADINGS.items() for heading in headings}


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a list: where it stands and what was written above it."""

    index: int
    letter: str
    heading: str


@dataclass(frozen=True, slots=True)
class Layout:
    """How one sheet is laid out: its heading row (1-based) and its columns by field."""

    sheet: str
    heading_row: int
    columns: Mapping[str, Column]
    mapping: tuple[tuple[str, str | None], ...]


def field_of(heading: object) -> str | None:
    """The field that a heading means; None if nobody knows it."""
    if not isinstance(heading, str):
        return None
    plain = re.sub(r"[\s*:]", "", unicodedata.normalize("NFKC", heading))
    return _FIELDS.get(plain) or _FIELDS.get(_BRACKETED.sub("", plain))


def find_layout(
    sheet: str,
    rows: Sequence[Sequence[object]],
    *,
    required: Sequence[str] = REQUIRED,
    fewest: int = _FEWEST,
) -> Layout | None:
    """Find the heading row: the one among the first 50 that names most fields, the first if tied.

    Args:
        sheet: its name, for messages.
        rows: its cells.
        required: the fields without which the list says nothing.
        fewest: how many known headings make a row one of headings.

    Returns:
        The layout; None if no row looks like one of headings.

    Raises:
        BadValue: ``heading_missing`` (a required field), ``heading_duplicate``.
    """
    known = [len({field_of(cell) for cell in row} - {None}) for row in rows[:_DEEPEST]]
    most = max(known, default=0)
    if most < fewest:
        return None
    at = known.index(most)
    return _layout(sheet, at + 1, rows[at], required)


def _layout(sheet: str, number: int, cells: Sequence[object], required: Sequence[str]) -> Layout:
    columns: dict[str, Column] = {}
    mapping: list[tuple[str, str | None]] = []
    for index, cell in enumerate(cells):
        heading = "".join(str(cell).split()) if cell is not None else ""
        if not heading:
            continue
        field = field_of(cell)
        mapping.append((heading, field))
        if field is None:
            continue
        column = Column(index, column_letter(index), heading)
        if field in columns:
            twice = [f"{c.letter}{number}" for c in (columns[field], column)]
            raise BadValue("heading_duplicate", sheet=sheet, heading=heading, cells=" ".join(twice))
        columns[field] = column
    _require(sheet, columns, required)
    return Layout(sheet, number, columns, tuple(mapping))


def _require(sheet: str, columns: Mapping[str, Column], required: Sequence[str]) -> None:
    missing = [MEMBER_HEADINGS[field][0] for field in required if field not in columns]
    if missing:
        raise BadValue("heading_missing", sheet=sheet, missing=missing)


def no_headings(required: Sequence[str] = REQUIRED) -> BadValue:
    """The refusal of a workbook in which no sheet has a row of headings."""
    missing = [MEMBER_HEADINGS[field][0] for field in required]
    return BadValue("heading_missing", sheet="", missing=missing)
