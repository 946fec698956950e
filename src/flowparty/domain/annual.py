"""The annual 流动党员情况(一)(二): members away over the threshold at the year's end.

Rows are how far and to what kind of unit, columns the 原职业 that the member's post tells. The rows
are those of the national annual tables; the classes of posts are this project's reading of them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flowparty.domain.cards import State

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from flowparty.domain.ledger import Away

ALL = "all"
UNKNOWN = "unknown"
OTHER = "other"

POSTS = (
    ("retired", "离退休人员", ("离休", "退休", "离退")),
    ("student", "学生", ("学生", "在校生", "研究生")),
    ("government", "党政机关工作人员", ("机关工作", "公务员", "党政机关")),
    ("manager", "管理人员", ("管理岗位", "管理人员")),
    ("professional", "专业技术人员", ("专业技术",)),
    ("worker", "工勤技能人员", ("工勤", "工人", "技能岗位")),
    ("farmer", "农牧渔民", ("农牧渔", "农民", "牧民", "渔民", "务农")),
)
"""A class of posts, its official word, and what a post of it says; the first that fits holds."""

COLUMNS = {
    ALL: "合计",
    "farmer": "农牧渔民",
    "worker": "工勤技能人员",
    "professional": "专业技术人员",
    "manager": "管理人员",
    "government": "党政机关工作人员",
    "student": "学生",
    "retired": "离退休人员",
    OTHER: "其他",
    UNKNOWN: "不详",
}
"""The columns in the form's order, by key; 其他: a post that fits no class, 不详: none recorded."""


def post_class(post: str | None) -> str:
    """The column of a post as it was written; what fits no class is not guessed at."""
    if not post or not post.strip():
        return UNKNOWN
    for key, _, words in POSTS:
        if any(word in post for word in words):
            return key
    return OTHER


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a form: its key, its official words, its definition and whom it counts."""

    key: str
    title: str
    definition: str
    holds: Callable[[Away], bool]


FIRST = (
    Row("total", "流出党员总数", "年末在外满规定月数的本组织党员", lambda _: True),
    Row("cross_province", "其中：跨省(区、市)流动", "去向在省外(含港澳台和境外)",
        lambda a: a.scope == "cross_province"),
    Row("in_province", "其中：省内跨市(州)流动", "去向在本省其他市(州)",
        lambda a: a.scope == "in_province"),
    Row("card", "其中：持《流动党员活动证》", "年末活动证在用",
        lambda a: a.card_state is State.IN_USE),
)  # fmt: skip
"""The rows of 情况(一): the whole, and three parts of it that may overlap."""


def _unit(key: str, title: str, definition: str, *kinds: str) -> Row:
    return Row(key, title, definition, lambda a: a.unit_kind in (kinds or (key,)))


SECOND = (
    Row("whole", "流出党员总数", "年末在外满规定月数的本组织党员", lambda _: True),
    _unit("government", "机关", "流向单位类型为机关"),
    _unit("institution", "事业单位", "流向单位类型为事业单位"),
    _unit("state_enterprise", "国有企业", "流向单位类型为国有企业"),
    _unit("private_enterprise", "非公有制企业", "流向单位类型为非公有制企业"),
    _unit("self_employed", "个体工商户", "流向单位类型为个体工商户"),
    _unit("urban_community", "城市社区", "流向单位类型为城市社区"),
    _unit("town_community", "乡镇社区", "流向单位类型为乡镇社区"),
    _unit("village", "建制村", "流向单位类型为建制村"),
    _unit(OTHER, "其他", "流向单位类型为其他，或不掌握流向", OTHER, UNKNOWN),
    _unit(UNKNOWN, "其中：不掌握流向", "不掌握流向单位，已计入其他"),
)
"""The rows of 情况(二): the whole, the kinds of unit it is made of, and one part of 其他."""

PARTS = tuple(row.key for row in SECOND if row.key not in ("whole", UNKNOWN))
"""The rows of 情况(二) that add up to the whole."""


@dataclass(frozen=True, slots=True)
class Line:
    """One row counted: by column key."""

    row: Row
    counts: dict[str, int]


def who(away: Sequence[Away]) -> list[Away]:
    """Whom the annual forms count: over the threshold [2019 条例 art. 32; 2024 意见]."""
    return [person for person in away if person.over]


def in_column(person: Away, column: str) -> bool:
    """Whether somebody counts in a column."""
    return column == ALL or post_class(person.post) == column


def tabulate(rows: Sequence[Row], away: Sequence[Away]) -> list[Line]:
    """Count people over the threshold by row and column; every cell counts anew."""
    people = who(away)
    lines = []
    for row in rows:
        mine = [person for person in people if row.holds(person)]
        counts = {key: sum(in_column(person, key) for person in mine) for key in COLUMNS}
        lines.append(Line(row, counts))
    return lines


def disagreements(first: Sequence[Line], second: Sequence[Line]) -> list[str]:
    """Cells that do not add up, by name; empty when all is well.

    Checked: every row's columns sum to 合计; both forms have the same whole; the kinds of unit sum
    to it; 不掌握 is a part of 其他.
    """
    found = [
        f"annual.{line.row.key}.{ALL}"
        for line in (*first, *second)
        if line.counts[ALL] != sum(n for key, n in line.counts.items() if key != ALL)
    ]
    by_key = {line.row.key: line.counts for line in (*first, *second)}
    for column in COLUMNS:
        whole = by_key["whole"][column]
        parts = sum(by_key[key][column] for key in PARTS)
        if not by_key["total"][column] == whole == parts:
            found.append(f"annual.whole.{column}")
        if by_key[UNKNOWN][column] > by_key[OTHER][column]:
            found.append(f"annual.{UNKNOWN}.{column}")
    return found
