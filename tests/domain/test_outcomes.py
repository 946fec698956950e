"""What came of trying to reach somebody, as remarks say it."""

from __future__ import annotations

import pytest

from flowparty.domain.outcomes import NO_ANSWER, REFUSED, WRONG_NUMBER, Said, not_reached, reached


@pytest.mark.parametrize(
    ("text", "outcome", "surely"),
    [
        ("空号", WRONG_NUMBER, True),
        ("电话停机，未联系上", WRONG_NUMBER, True),
        ("电话关机，未联系上", NO_ANSWER, True),
        ("多次拨打均无人接听", NO_ANSWER, True),
        ("打了3次都打不通", NO_ANSWER, False),
        ("手机一直不在服务区", NO_ANSWER, True),
        ("没有接电话", NO_ANSWER, True),
        ("拒接", REFUSED, True),
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


@pytest.mark.parametrize("text", ["", "想开店", "没接受培训", "没接触过电商", None])
def test_words_that_say_neither(text: str | None) -> None:
    assert not_reached(text) is None
    assert not reached(text or "")
