"""What came of trying to reach somebody, as a remark says it: 空号, 电话关机，未联系上."""

from __future__ import annotations

import re
from dataclasses import dataclass

NO_ANSWER = "no_answer"
WRONG_NUMBER = "wrong_number"
REFUSED = "refused"
OTHER = "other"

_NOT = r"(?:未|没|没有|未能|没能|无法|不能)"
NO_CONTACT = rf"{_NOT}(?:取得)?(?:联系|打通|接通)[上到]?|(?:联系|打)不[上到通]"
NUMBER_DEAD = "空号|停机|暂停服务|销号|错号|号码(?:[是为]?空的?|有误|错误|不对|不存在|失效)|打错"
NO_TALK = "拒接|拒绝(?:接听|沟通|联系|通话)"
"""These words are the same in a remark and in a title."""
_NO_ANSWER = (
    rf"{NO_CONTACT}|[无没]人接听?"
    rf"|{_NOT}接(?:听|电话)?(?![受收触到近])|不接(?:听|电话|(?=[，,。；;、\s]|$))"
    r"|[未没不](?:有)?回(?:复|应|信息?|消息|短信|微信|电话|话)|关机|不在服务区|无信号"
    r"|语音信箱|正在通话|占线|忙音|失联"
)
_FAILED = (
    (WRONG_NUMBER, NUMBER_DEAD),
    (REFUSED, NO_TALK),
    (NO_ANSWER, _NO_ANSWER),
)
_NO_REPLY = re.compile(r"[未没不](?:有)?回$")
"""Where nothing else is said: 春节没回 is of going home."""
_ANOTHER = re.compile(
    r"(?:[父母妻夫爷奶公婆岳兄弟姐妹哥嫂]亲?|爱人|[儿女]子?|子女|家[属人]|亲[属戚]|[别他旁]人|同事"
    r"|邻居|[工室]友)"
    r"[^，,。；;]{0,3}(?:代?接(?=[听电的了通起本，,。；;、\s]|$)|代[答回述]|转[达告述])"
    r"|(?:不是|非)本人|本人不在(?=[，,。；;、\s]|$)"
)
"""Somebody else was talked to: 爱人接的, 本人不在."""
_REACHED = re.compile(r"联系[上到]|接通|打通|取得联系")
_BESIDE = re.compile(
    r"(?:本人|其|原|现|手机|电话|号码|电话号码|短信|微信|信息|消息|语音|视频|发|拨?打|联系|多次|[0-9一二两三四五几数]+次|[0-9]+"
    r"|已经?|一直|均|都|仍|为|是|提示|显示|状态|暂时?|处于|转|中|了|过|时|[\s，,。.；;、：:（）()+-])*"
)
_PERHAPS_REACHED = re.compile(
    r"[√✓✔]|(?:一切|情况|状[况态]|身体|生活|工作|思想|均|都|很|较|比较|人?[还仍]?在)*"
    r"(?:正常|良好|健康|稳定|健在|在世|畅通)"
    r"|[仍还尚]?(?:在外|外出|在)?(?:地|省|县|市)*(?:务工|打工|经商|上班|就业|创业)"
)
"""A state of somebody, as whoever reached him would tell it: 正常, 健在, 在外务工."""


@dataclass(frozen=True, slots=True)
class Said:
    """Why nobody was reached; ``surely``: where nothing else is said that may tell otherwise."""

    outcome: str
    surely: bool


def not_reached(text: str | None) -> Said | None:
    """What a remark says of an attempt that failed; None where it says nothing of that kind."""
    if not text:
        return None
    rest = text
    found = []
    for outcome, words in _FAILED:
        shorter = re.sub(words, "", rest)
        found += [outcome] if shorter != rest else []
        rest = shorter
    if not found and _NO_REPLY.search(rest) and _BESIDE.fullmatch(_NO_REPLY.sub("", rest)):
        return Said(NO_ANSWER, surely=True)
    if not found:
        return None
    return Said(found[0], _BESIDE.fullmatch(rest) is not None)


def reached(text: str) -> bool:
    """Whether a text says that somebody was reached, and not that an attempt failed."""
    return _REACHED.search(text) is not None and not_reached(text) is None


def perhaps_reached(text: str) -> bool:
    """Whether a text only tells how somebody is, and not whether he himself was reached."""
    return _PERHAPS_REACHED.fullmatch("".join(text.split())) is not None


def another_answered(text: str | None) -> bool:
    """Whether a text may say that somebody else was talked to: 爱人接的，本人不在."""
    return _ANOTHER.search(text or "") is not None and not reached(text or "")
