"""Lines about calls, as people type them: what is understood, what is doubted, what is given back."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flowparty.domain.contact_lines import Words, read_line
from flowparty.domain.errors import BadValue
from flowparty.repository.codes import table

TODAY = date(2026, 11, 28)
ON = date(2026, 11, 27)
WORDS = Words(table("contact_method"), table("contact_outcome"), TODAY)


def read(text: str, today: date = TODAY) -> tuple[object, ...]:
    found = read_line(text, Words(WORDS.methods, WORDS.outcomes, today), on=ON)
    assert found is not None
    day = None if found.on == ON else found.on.isoformat()
    return (found.who, day, found.method, found.outcome, found.notes, found.doubts)


Z3 = ("张三",)


@pytest.mark.parametrize(
    ("text", "who", "method", "outcome", "notes"),
    [
        ("张三 已联系 电话 想回乡开店", Z3, "phone", "reached", "想回乡开店"),
        ("李四 未接通", ("李四",), "phone", "no_answer", None),
        ("张三　已联系　微信　想回乡开店", Z3, "wechat", "reached", "想回乡开店"),
        ("张三，已联系，电话，想回乡开店，问有无贷款。", Z3, "phone", "reached", "想回乡开店，问有无贷款。"),
        ("张三：已联系；电话：想回乡", Z3, "phone", "reached", "想回乡"),
        ("张三、未接通、", Z3, "phone", "no_answer", None),
        ("张三\t已联系\t电话\t想回乡\t明年", Z3, "phone", "reached", "想回乡\t明年"),
        ("张三|走访|已联系", Z3, "visit", "reached", None),
        ("  3. 张三 接通 打电话", Z3, "phone", "reached", None),
        ("3、张三 空号", Z3, "phone", "wrong_number", None),
        ("（3）张三 关机", Z3, "phone", "no_answer", None),
        ("张三 微信 已联系", Z3, "wechat", "reached", None),
        ("已联系 张三 电话", Z3, "phone", "reached", None),
        ("张三——拒接", Z3, "phone", "refused", None),
        ("王成功 成功", ("王成功",), "phone", "reached", None),
        ("M12 已联系 想回乡", ("M12",), "phone", "reached", "想回乡"),
        ("张三 M12 已联系", ("张三", "M12"), "phone", "reached", None),
        ("张三 8123 已联系", ("张三", "8123"), "phone", "reached", None),
        ("张三 13812345678 未接通", ("张三", "13812345678"), "phone", "no_answer", None),
        ("8123 已联系 2026 年回来", ("8123", "2026"), "phone", "reached", "年回来"),
        ("欧阳贵忠 no answer", ("欧阳贵忠",), "phone", "no_answer", None),
        ("wxm reached WeChat coming home", ("wxm",), "wechat", "reached", "coming home"),
        ("wxm came by reached", ("wxm",), "office", "reached", None),
        ("张三 其他 其他", Z3, "other", "other", None),
        ("张三 已联系 想回乡(明年)", Z3, "phone", "reached", "想回乡(明年)"),
        ("张三 已联系 借款 1.5", Z3, "phone", "reached", "借款 1.5"),
        ("\ufeff张三 已联系", Z3, "phone", "reached", None),
    ],
)  # fmt: skip
def test_what_is_understood(
    text: str, who: tuple[str, ...], method: str, outcome: str, notes: str | None
) -> None:
    assert read(text) == (who, None, method, outcome, notes, ())


@pytest.mark.parametrize(
    ("text", "day", "doubts"),
    [
        ("2026-11-20 张三 已联系", "2026-11-20", ()),
        ("2026.11.20 张三 已联系", "2026-11-20", ()),
        ("20261120 张三 已联系", "2026-11-20", ()),
        ("2026年11月20日 张三 已联系", "2026-11-20", ()),
        ("2026年11月20号，张三 已联系", "2026-11-20", ()),
        ("11-20 张三 已联系", "2026-11-20", ()),
        ("11.20 张三 已联系", "2026-11-20", ()),
        ("11/20 张三 已联系", "2026-11-20", ()),
        ("１１月２０日 张三 已联系", "2026-11-20", ()),
        ("昨天 张三 已联系 回家", None, ()),
        ("今天 张三 已联系 回家", "2026-11-28", ()),
        ("张三 前天 已联系 回家", "2026-11-26", ()),
        ("张三 已联系 11月28日", "2026-11-28", ()),
        ("张三 已联系 回家 2026-11-20", "2026-11-20", ()),
        ("张三 已联系 回家 11月20日", "2026-11-20", ("read_at_end",)),
        ("张三 已联系 回家 11.20", "2026-11-20", ("read_at_end",)),
        ("张三 已联系 回家 今天", "2026-11-28", ("read_at_end",)),
        ("12-31 张三 已联系", None, "date_future"),
        ("张三 已联系 11月29日", None, "date_future"),
        ("2026-11-29 张三 已联系", None, "date_future"),
        ("2026-02-30 张三 已联系", None, "date_invalid"),
        ("2月30日 张三 已联系", None, "date_invalid"),
    ],
)  # fmt: skip
def test_days(text: str, day: str | None, doubts: tuple[str, ...] | str) -> None:
    if isinstance(doubts, str):
        with pytest.raises(BadValue, match=doubts):
            read(text)
        return
    who, found, *_, doubted = read(text)
    assert (who, found, doubted) == (Z3, day, doubts)


@pytest.mark.parametrize(
    ("today", "text", "day"),
    [
        (date(2027, 1, 3), "12-31 张三 已联系", "2026-12-31"),
        (date(2027, 1, 3), "1-3 张三 已联系", "2027-01-03"),
        (date(2027, 1, 4), "7-5 张三 已联系", "2026-07-05"),
        (date(2028, 3, 1), "2-29 张三 已联系", "2028-02-29"),
        (date(2028, 2, 29), "2-29 张三 已联系", "2028-02-29"),
    ],
)
def test_a_day_without_its_year(today: date, text: str, day: str) -> None:
    _, found, *_, doubts = read(text, today)
    assert found == day
    assert doubts == (() if day.startswith(str(today.year)) else ("year_assumed",))


@pytest.mark.parametrize(
    ("today", "text", "code"),
    [
        (date(2027, 1, 5), "7-5 张三 已联系", "date_future"),
        (date(2029, 3, 1), "2月29日 张三 已联系", "date_invalid"),
    ],
)
def test_a_day_that_cannot_be_meant(today: date, text: str, code: str) -> None:
    with pytest.raises(BadValue, match=code):
        read(text, today)


@pytest.mark.parametrize(
    ("text", "understood"),
    [
        ("张三 想回乡开店", ("phone", "reached", "想回乡开店", ("outcome_assumed",))),
        ("张三 微信 想回乡开店", ("wechat", "reached", "想回乡开店", ("outcome_assumed",))),
        ("张三 想回乡开店 已联系", ("phone", "reached", "想回乡开店", ("read_at_end",))),
        ("张三 想回乡 已联系 电话", ("phone", "reached", "想回乡", ("read_at_end",))),
        ("张三 想回乡 no answer", ("phone", "no_answer", "想回乡", ("read_at_end",))),
        ("张三 未接通 关机", ("phone", "no_answer", "关机", ("outcome_twice",))),
        ("张三 未接通 已联系", ("phone", "no_answer", "已联系", ("outcome_twice",))),
    ],
)
def test_what_is_doubted(text: str, understood: tuple[object, ...]) -> None:
    assert read(text)[2:] == understood


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("张三", "paste_no_outcome"),
        ("张三 电话", "paste_no_outcome"),
        ("张三 8123", "paste_no_outcome"),
        ("已联系 电话", "paste_nobody"),
        ("2026-11-20", "paste_nobody"),
        ("，。", "paste_nobody"),
        ("张三 已联系 \x1b[31m", "text_unsafe"),
        ("张三 已联系 \u202e", "text_unsafe"),
    ],
)
def test_what_is_given_back(text: str, code: str) -> None:
    with pytest.raises(BadValue, match=code):
        read(text)


@pytest.mark.parametrize("text", ["", "   ", "\u3000", "\t", "# 十一月", " #", "3. "])
def test_lines_with_nothing_on_them(text: str) -> None:
    assert read_line(text, WORDS, on=ON) is None


@given(st.text(max_size=60))
def test_any_line_is_read_or_given_back(text: str) -> None:
    try:
        found = read_line(text, WORDS, on=ON)
    except BadValue:
        return
    if found is not None:
        assert found.on <= TODAY
        assert all(found.who)
        assert found.notes is None or found.notes in text.replace("\r\n", "\n").replace(
            "\ufeff", ""
        )
