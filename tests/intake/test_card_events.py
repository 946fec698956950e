"""What remarks in registers of cards say happened to a card."""

from __future__ import annotations

import pytest

from flowparty.intake.card_events import CardRemark, read_card_remark


@pytest.mark.parametrize(
    ("remark", "event", "on"),
    [
        ("2026.9交回", "hand_in", "2026.9"),
        ("已于2026年9月10日交回", "hand_in", "2026年9月10日"),
        ("遗失于2023年3月", "lost", "2023年3月"),
        ("丢失（2023.3登报）", "lost", "2023.3"),
        ("2026年10月，已注销", "void", "2026年10月"),
        ("20260910收回", "hand_in", "20260910"),
        ("2023.3遗失，2024.5补发", "reissue", "2024.5"),
        ("2021.4发证，已交回", "hand_in", None),
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
    ["未按规定交回", "无故丢失", "没找到，未听说遗失", "申请补办", "应本人要求注销", "补办中"],
)
def test_what_may_not_have_happened_is_unclear(remark: str) -> None:
    assert read_card_remark(remark, "003") == CardRemark(unclear=True)


def test_an_unclear_word_leaves_the_sure_one() -> None:
    read = read_card_remark("2025年3月遗失，已申请补办", "003")
    assert read == CardRemark("lost", "2025年3月", unclear=True)  # type: ignore[arg-type]


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
