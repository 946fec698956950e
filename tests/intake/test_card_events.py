"""What remarks in registers of cards say happened to a card."""

from __future__ import annotations

import pytest

from flowparty.intake.card_events import CardRemark, read_card_remark, read_loss


@pytest.mark.parametrize(
    ("remark", "event", "on"),
    [
        ("2026.9交回", "hand_in", "2026.9"),
        ("已于2026年9月10日交回", "hand_in", "2026年9月10日"),
        ("遗失于2023年3月", "lost", "2023年3月"),
        ("丢失（2023.3登报）", "lost", "2023.3"),
        ("2026年10月，已注销", "void", "2026年10月"),
        ("20260910收回", "hand_in", "20260910"),
        ("2021.4发证，已交回", "hand_in", None),
        ("2025.3换发", "reissue", "2025.3"),
        ("遗失；2025.5.2", "lost", "2025.5.2"),
        ("2026.3、2026.9交回", "hand_in", None),
        ("不慎遗失", "lost", None),
        ("没带回来，已上交", "hand_in", None),
        ("遗失，已补发", "reissue", None),
        ("遗失，2026.2补发", "reissue", "2026.2"),
        ("卡在家中，没有丢失", None, None),
        ("尚未交回", None, None),
        ("未及时上交", None, None),
        ("未曾遗失", None, None),
        ("拟注销", None, None),
        ("已遗失，正在补办", "lost", None),
        ("遗失补办中", "lost", None),
        ("遗失，补办手续办理中", "lost", None),
        ("遗失，正在办理补证", "lost", None),
        ("首批", None, None),
        ("", None, None),
    ],
)
def test_what_happened_and_when(remark: str, event: str | None, on: str | None) -> None:
    assert read_card_remark(remark, "003") == CardRemark(event, on)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "remark",
    [
        "未按规定交回", "无故丢失", "没找到，未听说遗失", "申请补办", "应本人要求注销", "补办中",
        "未领取", "未发", "待领", "持证人已去世", "证件破损", "10月查验", "今年已年审", "应于2026.2年审",
    ],
)  # fmt: skip
def test_what_may_not_have_happened_is_unclear(remark: str) -> None:
    assert read_card_remark(remark, "003") == CardRemark(unclear=True)


@pytest.mark.parametrize(
    ("remark", "event", "on"),
    [
        ("2025年3月遗失，已申请补办", "lost", "2025年3月"),
        ("损坏2025.3换发", "reissue", "2025.3"),
        ("已补发(作废)", "reissue", None),
        ("2023.3遗失，2024.5补发", "reissue", "2024.5"),
        ("2026年3月遗失，5月补发", "reissue", None),
        ("遗失于2026年3月，已补发", "reissue", None),
        ("遗失补办", "reissue", None),
    ],
)
def test_an_unclear_word_leaves_the_sure_one(remark: str, event: str, on: str | None) -> None:
    read = read_card_remark(remark, "003")
    assert read == CardRemark(event, on, unclear=True)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("remark", "checks"),
    [
        ("2026年2月年审", [("review", "2026年2月")]),
        ("已于2026.2.3年审合格", [("review", "2026.2.3")]),
        ("2025年度年审", [("review", "2025年")]),
        ("2025.1、2026.2年审，2026.9查验", [("review", "2025.1"), ("review", "2026.2"),
                                     ("verify", "2026.9")]),
        ("未年审", []),
    ],
)  # fmt: skip
def test_checks_with_their_days(remark: str, checks: list[tuple[str, str]]) -> None:
    assert read_card_remark(remark, "003") == CardRemark(checks=tuple(checks))  # type: ignore[arg-type]


def test_a_check_leaves_the_day_of_an_end_alone() -> None:
    read = read_card_remark("2024.2年审，2025.3交回", "003")
    assert (read.event, read.on, read.checks) == ("hand_in", "2025.3", (("review", "2024.2"),))


@pytest.mark.parametrize(
    ("remark", "event", "new"),
    [
        ("2025年3月遗失，已补发005号", "lost", "005"),
        ("遗失，补办新证编号：黔贞0005", "lost", "黔贞0005"),
        ("遗失，2025.4补发", "reissue", None),
        ("补发（原001号）", "reissue", None),
        ("遗失，补发003号", "reissue", None),
    ],
)
def test_another_number_took_its_place(remark: str, event: str, new: str | None) -> None:
    read = read_card_remark(remark, "003")
    assert (read.event, read.replaced_by) == (event, new)


@pytest.mark.parametrize(
    ("remark", "on"),
    [
        ("原证001遗失，补发", None),
        ("补发（原证001遗失）", None),
        ("黔贞001号2026年3月丢失，2026.5补发", "2026年3月"),
        ("旧证遗失，补发", None),
    ],
)
def test_the_loss_of_the_card_before(remark: str, on: str | None) -> None:
    assert read_loss(remark, "黔贞001") == CardRemark("lost", on)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "remark",
    [
        "补发",
        "补发（原001号）",
        "遗失，补发",
        "原证003遗失，补发",
        "原证001未遗失",
        "原证0010遗失",
        "2001年遗失",
    ],
)
def test_no_loss_of_the_card_before(remark: str) -> None:
    assert read_loss(remark, "黔贞001") is None
