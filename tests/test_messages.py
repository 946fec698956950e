"""The Chinese catalogue is complete and compiled; every code has words and an exit."""

from __future__ import annotations

import ast
import io
import re
import string
import sys
from pathlib import Path

import pytest
from babel.messages.mofile import read_mo, write_mo

from flowparty import language
from flowparty.domain import errors as problems
from flowparty.domain.errors import BadKey, Conflict
from flowparty.errors import EXIT_OF, Exit, explain
from flowparty.messages import MESSAGES
from flowparty.messages.intake import FAULTS

PROJECT = Path(__file__).parents[1]
SOURCE = PROJECT / "src" / "flowparty"
sys.path.insert(0, str(PROJECT / "tools"))

import messages as tool  # noqa: E402 - the tool that keeps the catalogue


def test_every_message_is_translated() -> None:
    missing = [message.id for message in tool.catalogue() if message.id and not message.string]
    assert missing == []


def test_the_catalogue_holds_what_the_program_says() -> None:
    fresh = io.BytesIO()
    write_mo(fresh, tool.catalogue())
    assert tool.PO.with_suffix(".mo").read_bytes() == fresh.getvalue(), "run: make messages"


def test_translations_keep_their_placeholders() -> None:
    with tool.PO.with_suffix(".mo").open("rb") as stream:
        catalogue = read_mo(stream)
    for message in catalogue:
        if message.id and not str(message.id).startswith("["):
            assert _fields(str(message.id)) == _fields(str(message.string)), message.id


def _fields(text: str) -> set[str | None]:
    return {field for _, field, _, _ in string.Formatter().parse(text) if field is not None}


def raised_codes() -> dict[str, str]:
    """Every code raised anywhere: the first argument of a problem's constructor."""
    kinds = {kind.__name__ for kind in EXIT_OF}
    found = {}
    for path in SOURCE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                first = node.args[0] if node.args else None
                if node.func.id in kinds and isinstance(first, ast.Constant):
                    found[str(first.value)] = path.name
    return found


def test_every_code_raised_has_words() -> None:
    assert set(raised_codes()) <= set(MESSAGES) | set(FAULTS)


def test_every_text_belongs_to_a_code_raised() -> None:
    assert set(MESSAGES) <= set(raised_codes())


def test_every_fault_of_an_import_has_words() -> None:
    found = set()
    for path in (SOURCE / "intake").glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                found.add(node.value)
    readme = (PROJECT / "tests" / "data" / "fault_codes.txt").read_text(encoding="utf-8").split()
    used = set(readme) & found
    assert len(used) > 25
    assert used <= set(FAULTS)


def test_one_exit_for_each_kind_of_problem() -> None:
    kinds = {
        kind
        for kind in vars(problems).values()
        if isinstance(kind, type) and issubclass(kind, problems.Problem)
    } - {problems.Problem}
    assert kinds == set(EXIT_OF)
    assert len(set(EXIT_OF.values())) == len(EXIT_OF)


@pytest.mark.parametrize("code", list(Exit))
def test_the_guide_has_every_exit_code(code: Exit) -> None:
    guide = (PROJECT / "docs" / "guide.md").read_text(encoding="utf-8")
    assert re.search(rf"^\| {int(code)} \|", guide, re.MULTILINE), code


@pytest.mark.parametrize(
    ("division", "shown"),
    [("522325107", "522325107"), ("522325107203", "522325107203"), ("13800138000", "138001"),
     ("522325198001010011", "522325")],
)  # fmt: skip
def test_a_division_is_shown_whole_and_nothing_longer(division: str, shown: str) -> None:
    told = explain(BadKey("key_above_missing", division=division))
    assert shown in told.message
    assert (division in told.message) == (division == shown)
    assert (told.params["division"] == division) == (division == shown)


@pytest.mark.parametrize(
    ("rule", "word"),
    [("on", "截止日"), ("threshold_months", "外出月数"), ("group_size", "成组人数")],
)
def test_a_rule_of_a_month_is_told_in_words(rule: str, word: str) -> None:
    language.use("zh_CN")
    problem = Conflict("package_rules_differ", period="2026-11", rule=rule, ours=6, theirs=3)
    assert word in explain(problem).message
