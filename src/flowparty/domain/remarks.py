"""What a remark may tell of a person: that the membership is over, or that he came home.

Nothing is recorded from it, since it names no day, or not surely one; but somebody should look.
"""

from __future__ import annotations

import re

_CLAUSE = re.compile(r"[，,。；;、\n]+")
DIED = "去世|病故|已故|逝世|病逝|过世|死亡|亡故|身故"
LEFT_THE_PARTY = "开除党籍|取消(?:预备)?党员资格|除名|退党|脱党"
TRANSFERRED = "转出|转走"
BACK_IN_THE_VILLAGE = "返乡|返村|回乡|回村"
BACK = f"{BACK_IN_THE_VILLAGE}|返家|返回|回家|回来|归来"
"""These words are the same in a remark, in a title and under 是否返乡."""
_ENDED = re.compile(
    rf"{DIED}|{LEFT_THE_PARTY}|停止党籍"
    rf"|{TRANSFERRED}|(?:组织|党员|党)关系.{{0,12}}转(?![入回进来正])"
)
_OTHERS = re.compile(
    r"[父母妻夫爷奶婆岳兄弟姐妹哥嫂亲属偶伴]|[儿孙]子|子女|女儿|孩子|老人|家人|公公"
)
_HIMSELF = re.compile(r"本人|该同志|该党员")
_NOT_YET = re.compile(r"[未没拟待想将]|不(?!幸)|申请|要求|准备|打算|计划|预计|争取|建议")
_BACK = re.compile(rf"(?:已经?|[现0-9年月日号初]|旬)[于已就]*(?:{BACK})")
_BACK_TO = re.compile(r"返回到?([\u4e00-\u9fff]{2})")
_USUALLY = re.compile(r"每|常|偶尔|次")


def says_ended(text: str | None) -> bool:
    """Whether it may say that the person has died, or is no member here any more."""
    return any(
        _ENDED.search(clause)
        and not _NOT_YET.search(clause)
        and (_HIMSELF.search(clause) or not _OTHERS.search(clause))
        for clause in _CLAUSE.split(text or "")
    )


def says_back(text: str | None, away: str | None = None) -> bool:
    """Whether it may say that the person came home: 已返乡, 2026年1月返乡; 春节返乡 is a visit.

    ``away``: where he is; who 返回深圳 went away again if that is there.
    """
    to = (_BACK_TO.search(clause) for clause in told_back(text))
    return any(place is None or place[1] not in (away or "") for place in to)


def told_back(text: str | None) -> list[str]:
    """The clauses of a remark that may say so."""
    return [
        clause
        for clause in _CLAUSE.split(text or "")
        if _BACK.search(clause) and not _NOT_YET.search(clause) and not _USUALLY.search(clause)
    ]
