"""``today``: what it shows, its exit codes, that it writes nothing, that its commands exist."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from typer.main import get_command

from flowparty.cli.root import app
from flowparty.domain.duties.duty import Ask, Kind
from flowparty.service.duty_table import TABLE
from tests.domain.duties.cases import CASES
from tests.domain.duties.test_duties import judged
from tests.people import NAMES, add_words


@pytest.fixture
def away(town: Any) -> Any:
    """Two of 金叶社区 and one of 甘田村 are away; the first two are owed a contact in November."""
    for number, branch in enumerate(("金叶社区", "金叶社区", "甘田村"), start=1):
        town(*add_words(NAMES[number - 1], number, branch))
        town("move", "out", f"M{number}", "--to", "广东深圳龙岗", "--on", "2026-09-01")
        town("move", "arrive", f"M{number}", "--on", "2026-09-05", "--host", "龙岗街道党工委")
    town("contact", "add", "M3", "--on", "2026-11-03")
    return town


def identities(run: Any, *words: str) -> list[str]:
    return [duty["identity"] for duty in run("today", "--format", "json", *words).json]


def test_a_duty_says_who_since_when_why_and_the_command(away: Any) -> None:
    (first, second) = away("today", "--kind", "contact_owed", "--format", "json").json
    assert first | {"title": "", "why": "", "source": "", "detail": ""} == {
        "identity": "contact_owed/M1/2026-11", "urgency": "near", "kind": "contact_owed",
        "title": "", "since": "2026-11-01", "by": "2026-11-30", "subject": "M1", "who": "王小明",
        "branch": "金叶社区党支部", "detail": "", "why": "", "source": "",
        "command": "flowparty contact add M1 --notes TEXT",
    }  # fmt: skip
    assert first["why"]
    assert first["source"]
    assert second["who"] == NAMES[1]


def test_the_screen_has_the_same_and_the_days_to_the_cut_off(away: Any) -> None:
    ran = away("today")
    assert "flowparty contact add M1 --notes TEXT" in ran.out
    assert "29 days to the cut-off of 2026-12" in ran.err


def test_the_command_settles_it_and_next_month_it_is_owed_again(away: Any) -> None:
    before = identities(away, "--kind", "contact")
    away("contact", "add", "M1", "--notes", "想回乡开店")
    assert identities(away, "--kind", "contact") == before[1:]
    assert "contact_owed/M1/2026-12" in identities(away, "--kind", "contact", "--on", "2026-12-01")


def test_check_and_quiet(away: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    away("today", "--check", exit=3)
    away("today", "--check", "--quiet", "--kind", "contact_owed", "--limit", "1", exit=3)
    for kind in ("need", "dues_overdue"):
        silent = away("today", "--check", "--quiet", "--kind", kind)
        assert (silent.out, silent.err) == ("", "")
        assert "Nothing is owed" in away("today", "--check", "--kind", kind).err
    for fmt in ("json", "csv", "plain"):
        assert away("today", "--quiet", "--kind", "need", "--format", fmt).out == ""


def test_by_organization_kind_and_number(away: Any) -> None:
    away("org", "edit", "甘田村", "--secretary", "韦光明")
    everything = identities(away, "--on", "2026-12-02")
    (one,) = identities(away, "--on", "2026-12-02", "--org", "甘田村")
    assert one == "contact_owed/M3/2026-12"
    assert one in everything
    assert len(identities(away, "--limit", "1")) == 1
    assert identities(away, "--kind", "Contact owed this month") == identities(
        away, "--kind", "contact"
    )


def test_an_unknown_kind_lists_those_there_are(away: Any) -> None:
    ran = away("today", "--kind", "nothing", "--format", "json", exit=5)
    assert ran.error["code"] == "duty_unknown"
    assert len(ran.error["known"]) == len(Kind)


def test_asking_writes_nothing(away: Any, path: Path) -> None:
    before = path.read_bytes()
    for words in ((), ("--on", "2027-02-28"), ("--format", "json"), ("--check", "--quiet")):
        away("today", *words, exit=3 if "--check" in words else 0)
    assert path.read_bytes() == before
    assert [one.name for one in path.parent.iterdir()] == [path.name]


@pytest.mark.parametrize("zone", ["UTC", "America/New_York", "Asia/Shanghai", "Nowhere/At_All"])
def test_the_machines_zone_does_not_matter(away: Any, path: Path, zone: str) -> None:
    here = away("today", "--on", "2028-02-29", "--format", "json").out
    environment = {**os.environ, "TZ": zone, "FLOWPARTY_TODAY": "2026-11-28"}
    words = ["--lang", "en", "today", "--on", "2028-02-29", "--format", "json"]
    command = [sys.executable, "-m", "flowparty", *words]
    done = subprocess.run(
        command, env=environment, check=True, capture_output=True, text=True, timeout=60
    )
    assert done.stdout == here
    del environment["FLOWPARTY_TODAY"]
    code = "from flowparty import clock; print(clock.today() - (clock.now() + clock.CHINA).date())"
    command = [sys.executable, "-c", code]
    assert (
        "0:00:00"
        in subprocess.run(
            command, env=environment, check=True, capture_output=True, text=True, timeout=60
        ).stdout
    )


def commands() -> list[tuple[str, ...]]:
    """Every command that a duty of the table of cases names, once by its shape."""
    found: dict[tuple[str, ...], tuple[str, ...]] = {}
    for kind, cases in CASES.items():
        for facts, on, _ in cases:
            for duty in judged(kind, facts, on):
                shape = (*duty.command[:2], *(w for w in duty.command if w.startswith("--")))
                found[shape] = duty.command
    return list(found.values())


@pytest.mark.parametrize("words", commands(), ids=" ".join)
def test_every_command_a_duty_names_exists(words: tuple[str, ...]) -> None:
    root = get_command(app)
    with root.make_context("flowparty", ["demo"], resilient_parsing=True) as ctx:
        noun = root.get_command(ctx, words[0])  # type: ignore[attr-defined]
        verb = noun.commands[words[1]]
        options = {name for parameter in verb.params for name in parameter.opts}
        assert {word for word in words if word.startswith("--")} <= options
        needed = [p for p in verb.params if p.required and p.opts[0].startswith("--")]
        assert {parameter.opts[0] for parameter in needed} <= set(words)


def test_a_command_can_be_pasted_into_a_shell() -> None:
    from flowparty.cli.today_view import command
    from flowparty.service.duties import Item

    for kind, cases in CASES.items():
        line = next(line for line in TABLE if line.kind is kind)
        for facts, on, _ in cases:
            for duty in judged(kind, facts, on):
                said = command(Item(duty, line, duty.urgency(date.fromisoformat(on), 7)))
                assert shlex.split(said) == ["flowparty", *duty.command]


def test_the_guide_names_every_word_in_capitals() -> None:
    guide = (Path(__file__).parents[2] / "docs" / "guide.md").read_text(encoding="utf-8")
    told = guide.split("## Today")[1].split("## The month")[0]
    assert set(re.findall("`([A-Z]+)`", told)) == {str(ask) for ask in Ask}
