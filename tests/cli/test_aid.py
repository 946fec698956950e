"""Aid by the command line: pots, allocations, payments, and every refusal."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from openpyxl import load_workbook

from tests.people import NAMES, add_words, id_number

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def aid(town: Any) -> Any:
    """Two people and a pot of 10 000 yuan."""
    for number in (1, 2):
        town(*add_words(NAMES[number], number), "--mobile", f"1380000000{number}")
    town("aid", "pot", "创业资金", "--source", "县委组织部", "--amount", "1万",
         "--since", "2026-01-01", "--until", "2026-12-31",
         "--document", "贞组通〔2026〕1号")  # fmt: skip
    return town


def allocate(run: Any, member: str, amount: str, *words: str, exit: int = 0) -> Any:  # noqa: A002
    return run(
        "aid", "allocate", member, "--pot", "创业资金", "--amount", amount,
        "--on", "2026-05-01", *words, "--format", "json", exit=exit,
    )  # fmt: skip


def pay(run: Any, verb: str, grant: str, amount: str, *words: str, exit: int = 0) -> Any:  # noqa: A002
    return run(
        "aid", verb, grant, "--amount", amount, "--on", "2026-06-01", *words, "--format", "json",
        exit=exit,
    )  # fmt: skip


def left(run: Any) -> int:
    (pot,) = run("aid", "pot", "--format", "json").json
    return int(pot["left_fen"])


def test_money_goes_in_as_people_write_it_and_out_as_fen(aid: Any) -> None:
    made = allocate(aid, "M1", "4,000.50", "--project", "养鸡场").json
    assert made["amount_fen"] == 400_050
    assert left(aid) == 599_950
    shown = aid("aid", "show", "A1")
    assert "4,000.50" in shown.out


def test_a_pot_is_never_over_allocated(aid: Any) -> None:
    allocate(aid, "M1", "6000")
    refused = allocate(aid, "M2", "4000.01", exit=16)
    assert refused.error["code"] == "aid_pot_exceeded"
    assert refused.error["left"] == "4,000.00"
    allocate(aid, "M2", "4000")
    assert left(aid) == 0


def test_an_allocation_is_never_over_paid(aid: Any) -> None:
    allocate(aid, "M1", "5000")
    pay(aid, "pay", "A1", "3000", "--voucher", "1")
    assert pay(aid, "pay", "A1", "2000.01", exit=16).error["code"] == "aid_overpaid"
    assert pay(aid, "return", "A1", "3000.01", exit=16).error["code"] == "aid_overreturned"
    pay(aid, "return", "A1", "1000")
    pay(aid, "pay", "A1", "3000", "--voucher", "2")
    assert aid("aid", "show", "A1", "--format", "json").json["left_fen"] == 0


def test_the_same_again_is_recorded_already_a_different_one_needs_again(aid: Any) -> None:
    allocate(aid, "M1", "1000")
    assert "Already recorded" in allocate(aid, "M1", "1000").err
    assert allocate(aid, "M1", "2000", exit=16).error["code"] == "aid_second_grant"
    allocate(aid, "M1", "2000", "--again")
    assert left(aid) == 700_000


@pytest.mark.parametrize(
    ("words", "exit_code", "code"),
    [
        (("--amount", "-5"), 5, "money_invalid"),
        (("--amount", "1.005"), 5, "money_invalid"),
        (("--amount", "一万"), 5, "money_invalid"),
        (("--amount", "0"), 5, "aid_amount_missing"),
        (("--amount", "1", "--on", "2025-12-31"), 16, "aid_pot_period"),
        (("--amount", "1", "--on", "2026-12-01"), 5, "date_future"),
        (("--amount", "1", "--pot", "没有"), 6, "aid_pot_not_found"),
        (("--amount", "1", "--kind", "礼品"), 5, "value_unrecognised"),
    ],
)
def test_wrong_allocations_write_nothing(
    aid: Any, words: tuple[str, ...], exit_code: int, code: str
) -> None:
    base = ["aid", "allocate", "M1", "--format", "json", "--on", "2026-05-01"]
    if "--pot" not in words:
        base += ["--pot", "创业资金"]
    assert aid(*base, *words, exit=exit_code).error["code"] == code
    assert aid("aid", "list", "--format", "json").json == []


def test_a_pot_without_an_end_is_told_to_have_none(aid: Any) -> None:
    aid("aid", "pot", "新资金", "--source", "县委", "--amount", "100", "--since", "2026-09-01")
    words = ["aid", "allocate", "M1", "--pot", "新资金", "--amount", "1", "--on", "2026-05-01"]
    error = aid(*words, "--format", "json", exit=16).error
    assert error["code"] == "aid_pot_early"
    assert "from 2026-09-01 on, not on 2026-05-01" in error["message"]


def test_money_needs_a_pot_a_policy_needs_neither(aid: Any) -> None:
    words = ("aid", "allocate", "M1", "--on", "2026-05-01", "--format", "json")
    assert aid(*words, "--amount", "5", exit=5).error["code"] == "aid_pot_missing"
    made = aid(*words, "--kind", "政策", "--project", "担保贷款").json
    assert (made["kind"], made["amount_fen"], made["pot"]) == ("policy", 0, None)


def test_a_payment_before_its_allocation_is_refused(aid: Any) -> None:
    allocate(aid, "M1", "1000")
    early = aid("aid", "pay", "A1", "--amount", "1", "--on", "2026-04-30", "--format", "json",
                exit=5)  # fmt: skip
    assert early.error["code"] == "aid_before_allocation"


def test_ending_frees_what_was_not_paid(aid: Any) -> None:
    allocate(aid, "M1", "6000")
    pay(aid, "pay", "A1", "2000")
    aid("aid", "end", "A1", "--on", "2026-07-01", "--note", "停业")
    assert left(aid) == 800_000
    assert pay(aid, "pay", "A1", "1", exit=16).error["code"] == "aid_grant_ended"
    pay(aid, "return", "A1", "500")
    assert left(aid) == 850_000


def test_a_mistake_is_reversed_with_a_reason(aid: Any) -> None:
    allocate(aid, "M1", "6000")
    pay(aid, "pay", "A1", "2000")
    words = ("aid", "reverse", "A1", "--format", "json")
    assert aid(*words, exit=5).error["code"] == "reversal_needs_reason"
    assert aid(*words, "--reason", "登错", exit=16).error["code"] == "aid_reverse_paid"
    aid("aid", "reverse", "Y1", "--reason", "登错")
    aid(*words, "--reason", "登错")
    assert left(aid) == 1_000_000
    assert aid("status", "--format", "json").json["aid_recipients"] == 0
    assert aid("aid", "reverse", "X9", "--reason", "x", "--format", "json", exit=6).error[
        "code"
    ] == ("aid_record_unknown")


def test_follow_up_and_status(aid: Any) -> None:
    allocate(aid, "M1", "6000", "--project", "养鸡场")
    allocate(aid, "M2", "1000", "--purpose", "困难")
    aid("aid", "follow-up", "A1", "--months", "6", "--trading", "是", "--result", "带动三户")
    (look,) = aid("aid", "show", "A1", "--format", "json").json["follow_ups"]
    assert (look["months"], look["trading"]) == (6, "yes")
    lines = aid("aid", "status", "--by", "purpose", "--format", "json").json
    assert [(line["name"], line["allocated_fen"], line["people"]) for line in lines] == [
        ("startup", 600_000, 1),
        ("hardship", 100_000, 1),
        ("", 700_000, 2),
    ]


def test_as_of_a_day_counts_what_was_so_then(aid: Any) -> None:
    allocate(aid, "M1", "6000")
    pay(aid, "pay", "A1", "2000")
    before = aid("status", "--as-of", "2026-05-15", "--format", "json").json
    assert (before["aid_allocated_fen"], before["aid_paid_fen"]) == (600_000, 0)
    assert aid("status", "--format", "json").json["aid_paid_fen"] == 200_000
    assert aid("status", "--as-of", "2026-04-30", "--format", "json").json["aid_grants"] == 0


def test_the_public_notice_leaves_the_private_out(aid: Any, tmp_path: Path) -> None:
    allocate(aid, "M1", "6000", "--project", "白血病治疗")
    aid("aid", "notice", "--period", "2026-05", "--output", "公示.xlsx")
    sheet: Any = load_workbook(tmp_path / "公示.xlsx").active
    text = "\n".join(str(cell.value) for row in sheet.rows for cell in row if cell.value)
    assert NAMES[1] in text
    assert "6,000.00" in text
    for private in (id_number(1), "13800000001", "白血病"):
        assert private not in text
    assert "=" not in {str(c.value)[0] for row in sheet.rows for c in row if c.value}


def test_a_pot_is_recorded_once(aid: Any) -> None:
    words = ("aid", "pot", "创业资金", "--source", "县委组织部", "--since", "2026-01-01",
             "--until", "2026-12-31", "--document", "贞组通〔2026〕1号",
             "--format", "json")  # fmt: skip
    assert "Already recorded" in aid(*words, "--amount", "10000").err
    assert aid(*words, "--amount", "2万", exit=16).error["code"] == "aid_pot_exists"
