"""Dues on a real file: paid through, consents, advance payment, reversal, at the host, by branch."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from flowparty.repository.registry import Registry
from tests.conftest import ACTOR, now
from tests.people import NAMES, add_words

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def payers(town: Any) -> Any:
    """M1 and M2 of 金叶, M3 of 雨柏, all with 0.2 yuan a month since 2026-01; a guest beside."""
    town(*add_words(NAMES[0], 1))
    town(*add_words(NAMES[1], 2))
    town(*add_words(NAMES[2], 3, "雨柏村"))
    town(*add_words("罗客", 7), "--guest")
    for branch in ("金叶社区", "雨柏村"):
        town("dues", "standard", "--org", branch, "--since", "2026-01")
    return town


def stands(run: Any, day: str = "2026-11-28", member: str = "M1") -> tuple[Any, ...]:
    one = run("dues", "show", member, "--as-of", day, "--format", "json").json
    return one["state"], one["paid_to"], one["months"], one["due"]


def test_paid_through_follows_from_the_payments(payers: Any) -> None:
    assert stands(payers, "2026-01-31") == ("paid", None, 0, "2026-01-31")
    assert stands(payers, "2026-02-01") == ("overdue", None, 1, "2026-01-31")
    payers("dues", "pay", "M1", "--months", "3", "--on", "2026-03-10")
    assert stands(payers, "2026-03-09") == ("overdue", None, 2, "2026-01-31")
    assert stands(payers, "2026-03-10") == ("paid", "2026-03", 0, "2026-04-30")
    assert stands(payers, "2026-05-01") == ("overdue", "2026-03", 1, "2026-04-30")


def test_quarterly(payers: Any) -> None:
    payers("dues", "consent", "M1", "--kind", "按季", "--since", "2026-01", "--until", "2026-06")
    assert stands(payers, "2026-03-31") == ("deferred", None, 2, "2026-03-31")
    assert stands(payers, "2026-04-01") == ("overdue", None, 3, "2026-03-31")
    payers("dues", "pay", "M1", "--months", "6", "--on", "2026-06-30")
    assert stands(payers, "2026-07-31")[0] == "paid"
    assert stands(payers, "2026-08-01") == ("overdue", "2026-06", 1, "2026-07-31")


def test_afterwards_within_six_months(payers: Any) -> None:
    payers("dues", "consent", "M1", "--kind", "补交", "--since", "2026-01", "--until", "2026-12")
    assert stands(payers, "2026-07-31") == ("deferred", None, 6, "2026-07-31")
    assert stands(payers, "2026-08-01") == ("overdue", None, 7, "2026-07-31")


def test_by_another_person_with_consent(payers: Any) -> None:
    words = ("dues", "pay", "M1", "--months", "2", "--on", "2026-03-10", "--person", "李嫂")
    refused = payers(*words, "--format", "json", exit=16)
    assert refused.error["code"] == "dues_no_consent"
    payers("dues", "consent", "M1", "--kind", "代交", "--person", "李嫂", "--since", "2026-01",
           "--until", "2026-02")  # fmt: skip
    (paid,) = payers(*words, "--format", "json").json
    assert (paid["since"], paid["until"], paid["amount_fen"], paid["person"]) == (
        "2026-01", "2026-02", 40, "李嫂",
    )  # fmt: skip
    again = payers("dues", "pay", "M1", "--person", "李嫂", "--format", "json", exit=16)
    assert again.error["code"] == "dues_no_consent"


def test_in_advance_only_where_the_town_allows_it(payers: Any, path: Path) -> None:
    words = ("dues", "pay", "M1", "--months", "12", "--on", "2026-11-28", "--format", "json")
    assert payers(*words, exit=16).error["code"] == "dues_ahead"
    with Registry.open(path, actor=ACTOR, command="test", now=now) as registry, registry.write():
        registry.insert_raw("setting", {"name": "dues_ahead", "value": "yes"})
    payers(*words)
    assert stands(payers)[:2] == ("paid", "2026-12")


def test_a_payment_is_reversed_never_edited(payers: Any) -> None:
    payers("dues", "pay", "M1", "--months", "3", "--on", "2026-03-10")
    payers("dues", "pay", "M1", "--months", "3", "--on", "2026-06-10")
    refused = payers("dues", "reverse", "F1", "--reason", "登错", "--format", "json", exit=16)
    assert refused.error["payments"] == ["F2"]
    payers("dues", "reverse", "F2", "--reason", "登错", "--on", "2026-08-01")
    assert "Already recorded" in payers("dues", "reverse", "F2", "--reason", "登错").err
    assert stands(payers, "2026-07-31")[1] == "2026-06"
    assert stands(payers, "2026-08-01")[1] == "2026-03"
    payers("dues", "pay", "M1", "--months", "3", "--on", "2026-08-02")
    assert stands(payers, "2026-08-02")[1] == "2026-06"


def test_at_the_host_on_showing_a_card_in_use(payers: Any) -> None:
    words = ("dues", "pay", "M1", "--host", "东莞支部", "--format", "json")
    payers("card", "issue", "M1", "--number", "1", "--on", "2026-03-01")
    payers("card", "lost", "1", "--on", "2026-06-01")
    assert payers(*words, "--on", "2026-02-28", exit=16).error["code"] == "dues_host_card"
    (paid,) = payers(*words, "--on", "2026-05-31").json
    assert paid["host_org"] == "东莞支部"
    assert payers(*words, "--on", "2026-06-01", exit=16).error["code"] == "dues_host_card"


def test_status_by_branch(payers: Any) -> None:
    payers("dues", "pay", "M1", "--months", "10", "--on", "2026-10-10")
    payers("dues", "consent", "M2", "--kind", "补交", "--since", "2026-01", "--until", "2026-12")
    payers("dues", "pay", "M2", "--months", "6", "--on", "2026-06-10")
    payers(*add_words("覃勇东", 13))
    found = payers("dues", "status", "--format", "json").json
    keys = ("people", "paid", "deferred", "overdue", "no_standard")
    assert {one["name"]: tuple(one[key] for key in keys) for one in found} == {
        "金叶社区党支部": (3, 1, 1, 0, 1), "雨柏村党支部": (1, 0, 0, 1, 0), "": (4, 1, 1, 1, 1),
    }  # fmt: skip
    named = payers("dues", "status", "--people", "--format", "json").json
    assert [(one["member_number"], one["state"], one["owed_fen"]) for one in named] == [
        ("M2", "deferred", 80), ("M3", "overdue", 200),
    ]  # fmt: skip


def test_a_whole_branch_pays_in_one_write_or_not_at_all(payers: Any) -> None:
    payers("dues", "pay", "M1", "--months", "11", "--on", "2026-11-10")
    refused = payers("dues", "pay", "--org", "金叶社区", "--format", "json", exit=16)
    assert refused.error["code"] == "dues_ahead"
    assert stands(payers, member="M2")[1] is None
    payers("dues", "pay", "--org", "雨柏村", "--months", "11")
    assert stands(payers, member="M3")[:2] == ("paid", "2026-11")
