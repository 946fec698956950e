"""What remarks tell of a person beside what their list is about."""

from __future__ import annotations

import pytest

from flowparty.domain.remarks import DIED, says_back, says_ended
from flowparty.repository.codes import table


@pytest.mark.parametrize(
    "text",
    [
        "已去世", "本人于2026年9月病故", "已故", "家属称本人已去世", "2026年5月转出", "已转出",
        "组织关系已于2026年5月转至贵阳", "关机，后得知已死亡", "开除党籍", "停止党籍", "被除名",
        "党员关系转到深圳", "因病不幸去世", "取消预备党员资格", "自行脱党",
    ],
)  # fmt: skip
def test_a_membership_that_may_be_over(text: str) -> None:
    assert says_ended(text)


@pytest.mark.parametrize(
    "text",
    [
        None, "", "父亲去世", "家中老人病故，缺钱", "组织关系未转出", "拟转出", "申请转出组织关系",
        "组织关系转入我支部", "组织关系在村", "2025年转正", "转业军人", "因故未参加", "全家外出",
    ],
)  # fmt: skip
def test_a_membership_of_which_nothing_is_said(text: str | None) -> None:
    assert not says_ended(text)


@pytest.mark.parametrize(
    "text",
    ["已返乡", "2026.9已返乡", "2026年1月返乡", "2026.1返乡", "9月初回村", "现返乡创业", "已经回家",
     "现已回来"],
)  # fmt: skip
def test_who_may_have_come_home(text: str) -> None:
    assert says_back(text)


@pytest.mark.parametrize(
    "text",
    [None, "", "未返乡", "春节返乡", "计划2027年返乡", "预计年底返乡", "每年返乡", "3年返乡一次",
     "年底返乡", "返乡意愿强"],
)  # fmt: skip
def test_who_is_not_said_to_be_home(text: str | None) -> None:
    assert not says_back(text)


@pytest.mark.parametrize(
    ("text", "away", "said"),
    [
        ("已返回深圳", "广东深圳", False),
        ("已返回深圳，9月已返乡", "广东深圳", True),
        ("已返回贞丰", "广东深圳", True),
        ("已返回", "广东深圳", True),
        ("已返回深圳", None, True),
    ],
)
def test_who_went_back_to_where_he_is_away_did_not_come_home(
    text: str, away: str | None, said: bool
) -> None:
    assert says_back(text, away) is said


def test_the_words_for_having_died_are_those_of_the_table() -> None:
    died = table("end_reason").terms["died"]
    assert set(DIED.split("|")) == {died.zh, *died.aliases}
