"""What came of trying to reach somebody, as remarks say it."""

from __future__ import annotations

import pytest

from flowparty.domain.outcomes import (
    NO_ANSWER,
    REFUSED,
    WRONG_NUMBER,
    Said,
    another_answered,
    not_reached,
    reached,
)


@pytest.mark.parametrize(
    ("text", "outcome", "surely"),
    [
        ("空号", WRONG_NUMBER, True),
        ("电话停机，未联系上", WRONG_NUMBER, True),
        ("电话关机，未联系上", NO_ANSWER, True),
        ("多次拨打均无人接听", NO_ANSWER, True),
        ("打了3次都打不通", NO_ANSWER, True),
        ("手机一直不在服务区", NO_ANSWER, True),
        ("没有接电话", NO_ANSWER, True),
        ("拒接", REFUSED, True),
        ("号码是空的", WRONG_NUMBER, True),
        ("号码已暂停服务", WRONG_NUMBER, True),
        ("转语音信箱", NO_ANSWER, True),
        ("电话正在通话中", NO_ANSWER, True),
        ("不接", NO_ANSWER, True),
        ("打电话不接", NO_ANSWER, True),
        ("短信 未回", NO_ANSWER, True),
        ("微信 没回消息", NO_ANSWER, True),
        ("未回复，明天再联系", NO_ANSWER, False),
        ("关机，后来回电说一切都好", NO_ANSWER, False),
        ("说家里座机已停机", WRONG_NUMBER, False),
    ],
)
def test_an_attempt_that_failed(text: str, outcome: str, surely: bool) -> None:
    assert not_reached(text) == Said(outcome, surely)
    assert not reached(text)


@pytest.mark.parametrize("text", ["已联系上，愿回乡", "接通，想开店"])
def test_somebody_was_reached(text: str) -> None:
    assert reached(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "想开店",
        "没接受培训",
        "没接触过电商",
        "不接受采访",
        "现不接单",
        "春节未回",
        "没回家",
        None,
    ],
)
def test_words_that_say_neither(text: str | None) -> None:
    assert not_reached(text) is None
    assert not reached(text or "")


@pytest.mark.parametrize(
    "text",
    ["爱人接的本人不在", "其母代接", "家属接听，说在外地", "儿子转告", "不是本人", "本人不在"],
)
def test_somebody_else_may_have_answered(text: str) -> None:
    assert another_answered(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        None,
        "女儿接送上学",
        "父亲接受治疗",
        "本人不在本地务工",
        "母亲去世",
        "联系上，爱人接的电话",
    ],
)
def test_the_member_himself_was_talked_to(text: str | None) -> None:
    assert not another_answered(text)
