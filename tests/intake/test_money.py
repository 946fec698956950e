"""Money in lists: the unit that headings give, and no other currency for yuan."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.intake.lists import read, save

if TYPE_CHECKING:
    from pathlib import Path

AID = ["姓名", "党支部", "安排日期", "类别", "资金来源"]
GRANT = ["谭菊会", "金叶社区", "2026-11-02", "困难", "县"]
MOVES = ["姓名", "党支部", "何时外出", "地点"]
AWAY = ["谭菊会", "金叶社区", "2026-03-01", "广东省深圳市宝安区"]


@pytest.mark.parametrize(
    "said",
    [
        "5000美元",
        "$5000",
        "USD 5000",
        "5000港币",
        "伍仟美元",
        "500欧元",
        "HK$500",
        "5000元（美元）",
    ],
)
def test_another_currency_is_no_yuan(tmp_path: Path, said: str) -> None:
    listed = read(save(tmp_path / "a.xlsx", [*AID, "金额"], [*GRANT, said]), "aid")
    assert [(f.code, f.why) for f in listed.rows[0].faults] == [("money_invalid", "money_foreign")]


@pytest.mark.parametrize(
    ("title", "heading", "said"),
    [
        ("", "金额（美元）", 500),
        ("", "金额（万美元）", 5),
        ("", "帮扶资金金额（港币）", "500元"),
        ("单位：美元", "金额", 500),
        ("（USD）", "金额", 500),
    ],
)
def test_nor_is_it_under_a_heading_that_names_it(
    tmp_path: Path, title: str, heading: str, said: Any
) -> None:
    listed = read(save(tmp_path / "a.xlsx", [title], [*AID, heading], [*GRANT, said]), "aid")
    assert [(f.code, f.why) for f in listed.rows[0].faults] == [("money_invalid", "money_foreign")]


@pytest.mark.parametrize("heading", ["金额（元）", "金额（人民币元）", "节日元旦慰问金额"])
def test_yuan_are_yuan(tmp_path: Path, heading: str) -> None:
    listed = read(save(tmp_path / "a.xlsx", [*AID, heading], [*GRANT, 500]), "aid",
                  mapped={heading: "amount"})  # fmt: skip
    assert (listed.rows[0].values["amount_fen"], listed.rows[0].faults) == (50_000, [])


@pytest.mark.parametrize(
    ("heading", "said", "trade", "yuan", "words"),
    [
        ("从事职业及年收入（万元）", "木工，年收入5", "木工", 50_000, None),
        ("从事职业及年收入（万元）", "木工5", "木工", 50_000, None),
        ("从事职业及年收入（万元）", "木工 4.5", "木工", 45_000, None),
        ("从事职业及年收入（万元）", "木工，年收入5万元", "木工", 50_000, None),
        ("从事职业及年收入（万元）", "木工，年收入50000元", "木工", 50_000, None),
        ("从事职业及年收入（万元）", "木工，年收入50000", "木工", None, "年收入50000"),
        ("从事职业及年收入（万元）", "木工（5）", "木工", 50_000, None),
        ("从事职业及年收入（万元）", "木工4-5", "木工", None, "4-5"),
        ("从事职业及年收入（万元）", "木工，约5", "木工", None, "约5"),
        ("从事职业及年收入（万元）", "木工", "木工", None, None),
        ("从事职业及年收入（元）", "木工，年收入50000", "木工", 50_000, None),
        ("从事职业及年收入", "木工5", "木工5", None, None),
        ("从事职业及年收入", "船员 3万港币", "船员", None, "3万港币"),
        ("从事职业及年收入", "船员 USD30000", None, None, "船员USD30000"),
        ("从事职业及年收入（美元）", "船员 30000", "船员", None, "30000（外币）"),
    ],
)
def test_a_trade_and_its_income_in_the_unit_of_the_heading(
    tmp_path: Path, heading: str, said: str, trade: str | None, yuan: int | None, words: str | None
) -> None:
    listed = read(save(tmp_path / "a.xlsx", [*MOVES, heading], [*AWAY, said]), "moves")
    (row,) = listed.rows
    names = ("occupation", "annual_income_yuan", "income_words")
    assert [row.values[name] for name in names] == [trade, yuan, words]
    assert [f.code for f in row.faults] == ([] if words is None else ["income_unclear"])


def test_a_monthly_wage_is_no_yearly_income(tmp_path: Path) -> None:
    listed = read(
        save(tmp_path / "a.xlsx", [*MOVES, "从事职业及月收入"], [*AWAY, "木工 6000"]), "moves"
    )
    assert [(c.heading, to) for _, c, to in listed.mapping][-1] == ("从事职业及月收入", None)


@pytest.mark.parametrize(
    ("heading", "said", "words"),
    [("年收入（美元）", 50_000, "50000（外币）"), ("年收入", "5万美元", "5万美元")],
)
def test_an_income_in_another_currency_is_kept_in_words(
    tmp_path: Path, heading: str, said: Any, words: str
) -> None:
    (row,) = read(save(tmp_path / "a.xlsx", [*MOVES, heading], [*AWAY, said]), "moves").rows
    assert (row.values["annual_income_yuan"], row.values["income_words"]) == (None, words)
    assert [(f.code, f.why) for f in row.faults] == [("income_unclear", "money_foreign")]


WAN, YUAN, BARE = [*AID, "金额（万元）"], [*AID, "金额（元）"], [*AID, "金额"]
LATER = "二、困难救助（单位：元）"


@pytest.mark.parametrize(
    ("rows", "fen"),
    [
        ([WAN, [*GRANT, 1.5], [LATER], [*GRANT, 800]], [1_500_000, 80_000]),
        ([YUAN, [*GRANT, 800], ["（单位：万元）"], [*GRANT, 1.5]], [80_000, 1_500_000]),
        ([WAN, [*GRANT, 1.5], [LATER], WAN, [*GRANT, 0.8]], [1_500_000, 800_000]),
        ([WAN, [*GRANT, 1.5], [LATER], BARE, [*GRANT, 800]], [1_500_000, 80_000]),
        ([WAN, [LATER], ["1", "2", "3", "4", "5", "6"], [*GRANT, 800]], [80_000]),
        ([YUAN, [*GRANT, 800], ["小计（万元）", "", "", "", "", 3.5], [*GRANT, 900]],
         [80_000, 90_000]),
        ([["单位：千元"], BARE, [*GRANT, "¥800"], [*GRANT, "0.8"]], [80_000, 80_000]),
        ([WAN, [*GRANT, "￥5,000.00"]], [500_000]),
    ],
)  # fmt: skip
def test_the_nearest_word_about_the_unit_counts(
    tmp_path: Path, rows: list[list[Any]], fen: list[int]
) -> None:
    listed = read(save(tmp_path / "a.xlsx", *rows), "aid")
    assert [row.values["amount_fen"] for row in listed.rows] == fen
    assert [fault.code for row in listed.rows for fault in row.faults] == []


@pytest.mark.parametrize(
    ("heading", "said", "faults"),
    [
        ("金额（万元）", 30_000, ["money_implausible"]),
        ("金额（万元）", 300, ["money_implausible"]),
        ("金额（万元）", 100, []),
        ("金额", 1_000_001, ["money_implausible"]),
        ("金额", "150万元", []),
        ("金额（万元）", "¥1.5", ["money_implausible"]),
        ("金额", "¥1.5", []),
    ],
)
def test_an_amount_that_nobody_gives_one_person_is_flagged(
    tmp_path: Path, heading: str, said: Any, faults: list[str]
) -> None:
    (row,) = read(save(tmp_path / "a.xlsx", [*AID, heading], [*GRANT, said]), "aid").rows
    assert [fault.why for fault in row.faults] == faults
    assert not row.rejected


@pytest.mark.parametrize(
    ("returned", "remark", "flagged"),
    [
        ("是", "", ["returned"]),
        ("否", "已返还", ["remark"]),
        ("", "未领取", ["remark"]),
        ("", "本人未到", []),
        ("否", "重病", []),
    ],
)
def test_money_that_came_back_is_flagged(
    tmp_path: Path, returned: str, remark: str, flagged: list[str]
) -> None:
    head = [*AID, "金额", "是否返还", "备注"]
    (row,) = read(save(tmp_path / "a.xlsx", head, [*GRANT, 500, returned, remark]), "aid").rows
    assert [fault.field for fault in row.faults] == flagged
    assert {fault.why for fault in row.faults} <= {"aid_came_back"}
