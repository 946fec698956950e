"""What a title says of the people below it, in a list of one kind: 预备党员, 已返乡, 去世党员."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from flowparty.domain.contacts import REACHED
from flowparty.domain.outcomes import NO_ANSWER, REFUSED, WRONG_NUMBER
from flowparty.domain.surveys import Outcome
from flowparty.intake.titles import bare_title

if TYPE_CHECKING:
    from collections.abc import Iterator


@dataclass(frozen=True, slots=True)
class Category:
    """What everybody below is: ``value`` of ``field``, as a cell of the row would say it.

    Without a field it is nothing that can be recorded, and told beside each row; ``refuses``: such
    people have no place in a list of this kind, and taken as it says they would be somebody else.
    """

    field: str = ""
    value: Any = None
    refuses: bool = False
    ordinary: bool = False
    """They are what everybody on such a list is, and the title before is over."""


TOLD = Category()
_ORDINARY = Category(ordinary=True)
_REFUSED = Category(refuses=True)

_GONE = (
    "(?:已|组织关系)*(?:转出|转走)(?:组织关系)?|(?:已|因病)*(?:去世|死亡|病故|逝世|亡故|身故|病逝)"
    "|(?:已|被)*(?:开除(?:党籍)?|除名)|(?:已|自行)*退党"
)
_NO_MEMBERS = "发展对象|(?:入党|建党)?积极分子|入党申请人|申请入党|培养对象|非党员"
_NOT_REACHED = "(?:未|没|没有|无法|未能)(?:取得)?(?:联系|接通|打通)[上到]?|(?:联系|打)不[上到通]"
_OF: dict[str, tuple[tuple[str, Category], ...]] = {
    "members": (
        ("预备", Category("category", "probationary")),
        ("正式", Category("category", "full")),
        ("(?:已|被)*停止党籍", Category("standing", "suspended")),
        ("已?(?:失联|失去联系)", Category("is_lost", value=True)),
        (f"{_GONE}|{_NO_MEMBERS}|(?:外来)?流入(?!地)", _REFUSED),
    ),
    "moves": (
        ("已经?(?:返乡|返回|返村|回乡|回村|回家)", Category("returned", value=True)),
        (f"{_GONE}|{_NO_MEMBERS}|(?:外来)?流入(?!地)|在家|在村|未外出", _REFUSED),
        ("返乡|回乡|返村|回村|减少|结束流动", TOLD),
        ("未返乡|未返回|流出|外出|在外", _ORDINARY),
    ),
    "cards": (
        ("已?(?:交回|收回|上交|缴回|归还)", Category("card_state", "已交回")),
        ("(?:已|报)?(?:遗失|丢失|挂失)", Category("card_state", "遗失")),
        ("已?(?:注销|作废)", Category("card_state", "注销")),
        (f"{_GONE}|未(?:领|发|办)[取放理]?|损坏|失效", TOLD),
        ("在用|正常(?:使用|在用)?|使用中", _ORDINARY),
    ),
    "survey": (
        (f"{_NOT_REACHED}|关机|停机|空号", Category("outcome", Outcome.NOT_REACHED)),
        ("(?:本人)?不在家?|(?:外出)?未遇|家中无人", Category("outcome", Outcome.ABSENT)),
        ("拒访|拒绝(?:访问|走访|配合)?|不配合", Category("outcome", Outcome.REFUSED)),
        (f"{_GONE}|{_NO_MEMBERS}", _REFUSED),
        ("失联|未(?:走?访|排查|摸排|调查|入户)", TOLD),
        ("已?联系[上到]|已(?:联系|完成|走?访|排查|摸排|调查|入户)", _ORDINARY),
    ),
    "contacts": (
        (f"{_NOT_REACHED}|关机", Category("outcome", NO_ANSWER)),
        ("空号|停机|错号", Category("outcome", WRONG_NUMBER)),
        ("拒接|拒绝(?:接听|沟通)", Category("outcome", REFUSED)),
        ("已?联系[上到]|已联系", Category("outcome", REACHED)),
        (f"{_GONE}|{_NO_MEMBERS}", _REFUSED),
        ("失联|未联系", TOLD),
    ),
    "aid": ((f"{_GONE}|{_NO_MEMBERS}", TOLD),),
}
_BEFORE = (
    "(?:[^未无非不除]*(?:村|社区|支部|委员会|镇|乡|县|[年月度]|全体|现有)|[本全我该])?"
    "(?:的|其中[:：]?)?"
)
_BEHIND = (
    "(?:的|流动|流出|外出|在外|持证|党员|人员|人|同志|证件|活动证|证)*"
    "(?:花?名册|名单|台账|登记[表册]|统计表|汇总表|一览表|明细表?|情况(?:登记|统计|汇总)?表?|部分)?"
)
_AND = re.compile("以及|[和及与或、，,/]")
_LIST = re.compile("名册|名单|台账|登记|[总览计细况]表")
_DENIED = "(?<![未无非不没])(?<!没有)(?<!不含)"
_LONGEST = 30
_COUNTED = re.compile(
    r"(?![（(]?[0-9一二三四五六七八九十]{1,3}[)）.、．\s])[^（(]*[0-9]\s*[人名]\s*"
)
"""已返乡2人 may as well count those above; （2人） and 二、 make a title of it."""
_COUNTS = re.compile("[0-9]+[人名].*[0-9]+[人名]")


def names_list(words: str) -> bool:
    """Whether a title is that of a list of its own: 雨柏村党员名册."""
    return _LIST.search(words) is not None


def category_of(kind: str, title: str) -> Category | None:
    """What a title says surely, because it says nothing else; None if it does not.

    去世、转出党员 says of all what it says of each.
    """
    bare = bare_title("".join(title.split()))
    whole = _exactly(kind, bare)
    said = {_exactly(kind, part) for part in _AND.split(bare)} if whole is None else {whole}
    category = said.pop()
    if said or category is None:
        return None
    sure = {*_named(kind, bare)} == {*_named(kind, title)} and not _COUNTED.fullmatch(title)
    return category if sure else TOLD


def _exactly(kind: str, words: str) -> Category | None:
    for core, category in _OF.get(kind, ()):
        if re.fullmatch(f"{_BEFORE}(?:{core}){_BEHIND}", words):
            return category
    return None


def mentions(kind: str, title: str) -> bool:
    """Whether a title says something of that kind among other words: 返乡创业党员.

    A line that counts several kinds is about the rows above: 流出5人，已返乡2人.
    """
    counts = _COUNTS.search(title) is not None
    return len(title) <= _LONGEST and not counts and any(_named(kind, title))


def _named(kind: str, words: str) -> Iterator[str]:
    told = (core for core, category in _OF.get(kind, ()) if not category.ordinary)
    for core in told:
        for found in re.finditer(f"{_DENIED}(?:{core})", words):
            yield found[0]
