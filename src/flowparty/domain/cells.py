"""The name of every figure of every form, its one-line definition, and the people behind it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from flowparty.domain import annual
from flowparty.domain.errors import NotFound
from flowparty.domain.ledger import CELLS, EVENT_CELLS, LACKING, Away, EventFact, counts_as

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from flowparty.domain.cards import Kind
    from flowparty.domain.ledger import BranchRow

LEDGER_FORM = "流动党员台账"
STATISTICS_FORM = "流动党员持活动证情况统计表"
ANNUAL_FORM = "流动党员情况"


@dataclass(frozen=True, slots=True)
class NamedCell:
    """One figure or column: its name, its form, what it is called there and what it means.

    ``holds`` tells whom it counts among the people away; ``kind`` which card events it counts.
    """

    name: str
    form: str
    title: str
    definition: str
    holds: Callable[[Away], bool] | None = None
    kind: Kind | None = None


_LEDGER = (
    ("total", "合计", "截止日仍在外的全部党员", lambda _: True),
    ("name", "姓名", "登记姓名", lambda a: a.name),
    ("sex", "性别", "按公民身份号码", lambda a: a.sex),
    ("ethnicity", "民族", "登记民族", lambda a: a.ethnicity),
    ("id_number", "公民身份号码", "18位，校验过", lambda a: a.id_number),
    ("birth", "出生年月", "登记的出生年月", lambda a: a.birth_date),
    ("education", "文化程度", "登记学历", lambda a: a.education),
    ("joined_on", "入党时间", "加入党组织日期", lambda a: a.joined_on),
    ("full_member_on", "转正时间", "转为正式党员日期", lambda a: a.full_member_on),
    ("branch", "所在党支部", "截止日组织关系所在支部", lambda a: a.branch),
    ("left_on", "外出时间", "本次外出的日期，转往他处的从最初外出算起，可只到月或年",
     lambda a: a.left),
    ("over_threshold", "满规定月数", "外出满规定月数，时间不详的算满并注明", lambda a: a.over),
    ("destination", "外出地点", "省–市–县，未归类的照原话，全无所知的写不掌握",
     lambda a: a.destination_code or a.destination_text),
    ("reason", "外出原因", "登记的外出原因", lambda a: a.reason),
    ("occupation", "从事职业", "在外从事的职业", lambda a: a.occupation),
    ("host_org", "流入地党组织", "接收报到的党组织", lambda a: a.host_org),
    ("host_contact", "流入地联系人及电话", "流入地党组织的联系人",
     lambda a: a.host_contact or a.host_phone),
    ("phone", "本人联系电话", "登记的手机号码", lambda a: a.mobile),
    ("card_number", "活动证编号", "截止日前最近发放的活动证", lambda a: a.card_number),
    ("verified_on", "最近查验时间", "该证最近一次查验", lambda a: a.verified_on),
    ("contacted_on", "最近联系时间", "最近一次联系上的日期", lambda a: a.contacted_on),
    ("standing", "组织关系状态", "应转未转：满规定月数且有固定去处", lambda a: a.transfer_due),
    ("remark", "备注", "登记备注", lambda a: a.remark),
)  # fmt: skip

_EVENT_WORDS = {
    "issued": "发放", "verified": "查验", "reviewed": "年审", "reissued": "补发", "lost": "遗失",
    "handed_in": "交回",
}  # fmt: skip
_BESIDE = {"reissued": "，换发的新证不再计入发放"}


def _ledger() -> Iterator[NamedCell]:
    for key, title, definition, holds in _LEDGER:
        yield NamedCell(f"ledger.{key}", LEDGER_FORM, title, definition, holds)


def _statistics() -> Iterator[NamedCell]:
    for cell in CELLS:
        title, _, definition = cell.definition.partition("：")
        yield NamedCell(f"card.{cell.key}", STATISTICS_FORM, title, definition, cell.holds)
    rate = "已持证 ÷ 应持证，无人应持证时为空；点开为应持证者"
    yield NamedCell("card.rate", STATISTICS_FORM, "持证率", rate, lambda a: a.card_due)
    for key, kind in EVENT_CELLS.items():
        word = _EVENT_WORDS[key]
        definition = f"本期内{word}的件数，按截止日所在支部{_BESIDE.get(key, '')}"
        yield NamedCell(f"card.{key}", STATISTICS_FORM, f"本月{word}", definition, kind=kind)
    for key, word in LACKING.items():
        yield NamedCell(
            f"card.lacking.{key}", STATISTICS_FORM, f"未持证原因：{word}",
            f"应持证而未持证，原因为{word}", _lacks(key),
        )  # fmt: skip


def _lacks(key: str) -> Callable[[Away], bool]:
    return lambda a: a.lacking == key


def _annual() -> Iterator[NamedCell]:
    for part, rows in (("一", annual.FIRST), ("二", annual.SECOND)):
        for row in rows:
            for column, word in annual.COLUMNS.items():
                yield NamedCell(
                    f"annual.{row.key}.{column}",
                    f"{ANNUAL_FORM}({part})",
                    f"{row.title}·{word}",
                    f"{row.definition}；{_column(column, word)}",
                    _both(row, column),
                )


def _column(column: str, word: str) -> str:
    special = {
        annual.ALL: "不分原职业",
        annual.OTHER: "工作岗位不属于以上各类",
        annual.UNKNOWN: "没有登记工作岗位",
    }
    return special.get(column, f"登记的工作岗位属于{word}")


def _both(row: annual.Row, column: str) -> Callable[[Away], bool]:
    return lambda a: a.over and row.holds(a) and annual.in_column(a, column)


@cache
def all_cells() -> tuple[NamedCell, ...]:
    """Every cell of every form, in the order of the forms."""
    return (*_ledger(), *_statistics(), *_annual())


@cache
def _by_name() -> dict[str, NamedCell]:
    return {cell.name: cell for cell in all_cells()}


def of_form(form: str) -> list[NamedCell]:
    """The cells of one form; ``form`` is the beginning of its title."""
    return [cell for cell in all_cells() if cell.form.startswith(form)]


def find(name: str) -> NamedCell:
    """The cell of a name.

    Raises:
        NotFound: there is none; ``candidates`` lists those that share its first word.
    """
    everything = _by_name()
    wanted = name.strip()
    if wanted in everything:
        return everything[wanted]
    first = wanted.partition(".")[0]
    near = [known for known in everything if known.startswith((f"{first}.", wanted))]
    raise NotFound("cell_unknown", value=wanted, candidates=near[:12])


def figure(cell: NamedCell, total: BranchRow) -> int | None:
    """What the 统计表 itself says of a cell; None for the other forms and for a rate."""
    key = cell.name.removeprefix("card.")
    if key.startswith("lacking."):
        return total.lacking.get(key.removeprefix("lacking."), 0)
    return total.counts.get(key) if cell.name.startswith("card.") else None


def people(
    cell: NamedCell, away: Sequence[Away], events: Sequence[EventFact]
) -> list[Away | EventFact]:
    """Who stands behind a cell: people away, or the card events it counts.

    An erased row of a closed month does not say any more where it counted, and is left out.
    """
    if cell.kind is not None:
        return [event for event in events if counts_as(event) is cell.kind]
    holds = cell.holds
    if holds is None:
        raise ValueError(cell.name)
    return [person for person in away if holds(person) and not person.erased]
