"""What a title says of the people below it, in a list of one kind: 预备党员, 已返乡, 去世党员."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from flowparty.domain.contacts import REACHED
from flowparty.domain.outcomes import (
    NO_ANSWER,
    NO_CONTACT,
    NO_TALK,
    NUMBER_DEAD,
    REFUSED,
    WRONG_NUMBER,
)
from flowparty.domain.remarks import (
    BACK,
    BACK_IN_THE_VILLAGE,
    DIED,
    LEFT_THE_PARTY,
    TRANSFERRED,
)
from flowparty.domain.surveys import Outcome
from flowparty.intake.card_events import HANDED_IN, LOST, VOID
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
    f"(?:已|组织关系)*(?:{TRANSFERRED})(?:组织关系)?|(?:已|因病)*(?:{DIED})"
    f"|(?:已|被|自行)*(?:{LEFT_THE_PARTY}|开除)"
)
_NO_MEMBERS = "发展对象|(?:入党|建党)?积极分子|入党申请人|申请入党|培养对象|非党员"
_OF: dict[str, tuple[tuple[str, Category], ...]] = {
    "members": (
        ("预备", Category("category", "probationary")),
        ("正式", Category("category", "full")),
        ("(?:已|被)*停止党籍", Category("standing", "suspended")),
        ("已?(?:失联|失去联系)", Category("is_lost", value=True)),
        (f"{_GONE}|{_NO_MEMBERS}|(?:外来)?流入(?!地)", _REFUSED),
    ),
    "moves": (
        (f"已经?(?:{BACK})", Category("returned", value=True)),
        (f"{_GONE}|{_NO_MEMBERS}|(?:外来)?流入(?!地)|在家|在村|未外出", _REFUSED),
        (f"{BACK_IN_THE_VILLAGE}|减少|结束流动", TOLD),
        (f"未(?:{BACK})|流出|外出|在外", _ORDINARY),
    ),
    "cards": (
        (f"已?(?:{HANDED_IN})", Category("card_state", "已交回")),
        (f"(?:已|报)?(?:{LOST})", Category("card_state", "遗失")),
        (f"已?(?:{VOID})", Category("card_state", "注销")),
        (f"{_GONE}|未(?:领|发|办)[取放理]?|损[坏毁]|失效", TOLD),
        ("在用|正常(?:使用|在用)?|使用中", _ORDINARY),
    ),
    "survey": (
        (f"{NO_CONTACT}|{NUMBER_DEAD}|关机", Category("outcome", Outcome.NOT_REACHED)),
        ("(?:本人)?不在家?|(?:外出)?未遇|家中无人", Category("outcome", Outcome.ABSENT)),
        ("拒访|拒绝(?:访问|走访|配合)?|不配合", Category("outcome", Outcome.REFUSED)),
        (f"{_GONE}|{_NO_MEMBERS}", _REFUSED),
        ("失联|未(?:走?访|排查|摸排|调查|入户)", TOLD),
        ("已?联系[上到]|已(?:联系|完成|走?访|排查|摸排|调查|入户)", _ORDINARY),
    ),
    "contacts": (
        (f"{NO_CONTACT}|关机", Category("outcome", NO_ANSWER)),
        (NUMBER_DEAD, Category("outcome", WRONG_NUMBER)),
        (NO_TALK, Category("outcome", REFUSED)),
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
