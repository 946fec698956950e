"""Notices on a real file: unanswered is known, ours beside theirs, agreeing writes the movement."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from flowparty.repository.registry import Registry
from tests.conftest import ACTOR, now
from tests.people import NAMES, add_words

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def sent(town: Any) -> tuple[Any, str]:
    town(*add_words(NAMES[0], 1))
    town("move", "out", "M1", "--to", "广东东莞", "--on", "2026-03-01", "--occupation", "电工",
         "--host", "东莞支部")  # fmt: skip
    letter = town(
        "notice", "send", "M1", "--kind", "查询", "--on", "2026-10-01", "--format", "json"
    )
    return town, letter.json["code"]


def state(run: Any, day: str) -> str:
    (one,) = run("notice", "list", "--as-of", day, "--format", "json").json
    return str(one["state"])


def fields(run: Any, code: str) -> dict[str, tuple[Any, ...]]:
    shown = run("notice", "show", code, "--format", "json").json
    return {f["field"]: (f["ours"], f["theirs"], f["agreed"]) for f in shown["fields"]}


def move(run: Any) -> Any:
    return run("move", "show", "M1", "--format", "json").json


def test_unanswered_is_known_the_day_after(sent: tuple[Any, str], path: Path) -> None:
    run, _ = sent
    assert state(run, "2026-10-31") == "waiting"
    assert state(run, "2026-11-01") == "overdue"
    with Registry.open(path, actor=ACTOR, command="test", now=now) as registry, registry.write():
        registry.insert_raw("setting", {"name": "notice_days", "value": "15"})
    assert state(run, "2026-10-16") == "waiting"
    assert state(run, "2026-10-17") == "overdue"
    assert run("status", "--format", "json").json["notices_unanswered"] == 1


def test_alike_is_agreed_at_once_and_the_rest_waits(sent: tuple[Any, str]) -> None:
    run, code = sent
    run("notice", "reply", code, "--on", "2026-10-20", "--occupation", "电工", "--host", "长安支部",
        "--arrived", "2026-03-05")  # fmt: skip
    assert fields(run, code) == {
        "occupation": ("电工", "电工", "电工"), "host_org": ("东莞支部", "长安支部", None),
        "arrived_on": (None, "2026-03-05", None),
    }  # fmt: skip
    assert move(run)["host_org"] == "东莞支部"
    assert state(run, "2026-11-28") == "differing"
    run("notice", "agree", code, "--take", "ours", "--field", "流入地党组织", "--on", "2026-10-21")
    run("notice", "agree", code, "--take", "theirs", "--on", "2026-10-22")
    assert state(run, "2026-10-21") == "differing"
    assert state(run, "2026-10-22") == "settled"
    assert (move(run)["host_org"], move(run)["arrived_on"]) == ("东莞支部", "2026-03-05")
    assert move(run)["state"] == "arrived"
    assert [one["notice"] for one in move(run)["sources"]] == [code]


def test_days_that_hang_together_are_written_together(sent: tuple[Any, str]) -> None:
    run, code = sent
    run("notice", "reply", code, "--left", "2026-02-10", "--arrived", "2026-02-12")
    run("notice", "agree", code, "--take", "theirs")
    assert (move(run)["left_on"], move(run)["arrived_on"]) == ("2026-02-10", "2026-02-12")


def test_an_arrival_before_leaving_is_not_agreed_on(sent: tuple[Any, str], path: Path) -> None:
    run, code = sent
    run("notice", "reply", code, "--arrived", "2026-02-12", "--occupation", "焊工")
    before = path.read_bytes()
    refused = run("notice", "agree", code, "--take", "theirs", "--format", "json", exit=5)
    assert refused.error["code"] == "move_before_leaving"
    assert path.read_bytes() == before
    run("notice", "agree", code, "--take", "theirs", "--field", "从事职业")
    run("notice", "agree", code, "--take", "ours", "--field", "arrived_on")
    assert (move(run)["occupation"], move(run)["arrived_on"]) == ("焊工", None)


def test_agreed_otherwise_is_no_repetition(sent: tuple[Any, str]) -> None:
    run, code = sent
    run("notice", "reply", code, "--occupation", "焊工")
    words = ("notice", "agree", code, "--field", "occupation", "--take")
    run(*words, "theirs")
    assert "Already recorded" in run(*words, "theirs").err
    assert run(*words, "ours", "--format", "json", exit=16).error["code"] == "notice_agreed"


def test_a_movement_that_is_over_is_not_written(sent: tuple[Any, str]) -> None:
    run, code = sent
    run("notice", "reply", code, "--occupation", "焊工", "--on", "2026-10-20")
    run("move", "return", "M1", "--on", "2026-10-25")
    run("move", "out", "M1", "--to", "浙江宁波", "--on", "2026-11-01")
    words = ("notice", "agree", code, "--format", "json", "--take")
    assert run(*words, "theirs", exit=16).error["code"] == "notice_movement_over"
    run(*words, "ours")


def test_a_place_is_compared_by_what_it_means(sent: tuple[Any, str]) -> None:
    run, code = sent
    run("notice", "reply", code, "--to", "东莞市", "--text", "已报到", "--by", "陈书记")
    shown = run("notice", "show", code, "--format", "json").json
    assert shown["state"] == "settled"
    assert (shown["reply"], shown["replied_by"]) == ("已报到", "陈书记")
