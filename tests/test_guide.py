"""The guide has every command, and the README's quick start names only commands that exist."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from typer.main import get_command

from flowparty.cli.root import NOUNS, app
from flowparty.repository.codes import load_tables

PROJECT = Path(__file__).parents[1]


def commands() -> dict[str, Any]:
    """Every noun and verb, as one writes it."""
    root = get_command(app)
    found: dict[str, Any] = {}
    with root.make_context("flowparty", ["demo"], resilient_parsing=True) as ctx:
        for noun in NOUNS:
            command = root.get_command(ctx, noun)  # type: ignore[attr-defined]
            found |= _below(noun, command)
    return found


def _below(name: str, command: Any) -> dict[str, Any]:
    verbs = getattr(command, "commands", None)
    if not verbs:
        return {name: command}
    return {
        line: found
        for verb, under in verbs.items()
        for line, found in _below(f"{name} {verb}", under).items()
    }


def test_the_guide_has_every_command_and_no_other() -> None:
    guide = (PROJECT / "docs" / "guide.md").read_text(encoding="utf-8")
    listed = set(re.findall(r"^\| `flowparty ([a-z -]+)`", guide, re.MULTILINE))
    assert listed == commands().keys()


def test_no_help_shows_a_code_as_what_is_taken_where_an_option_is_left_out() -> None:
    codes = {code for table in load_tables().values() for code in table.codes}
    shown = [
        (line, option.opts, option.default)
        for line, command in commands().items()
        for option in command.params
        if type(option.default) is str and option.default in codes
    ]
    assert shown == []


def test_the_guide_has_every_key_of_the_status(town: Any) -> None:
    guide = (PROJECT / "docs" / "guide.md").read_text(encoding="utf-8")
    listed = guide.split("## The keys of")[1].split("## Money")[0]
    keys = set(town("status", "--format", "json").json)
    assert set(re.findall(r"`([a-z_]+)`", listed)) == keys


def test_contributing_shows_a_duty_as_it_stands() -> None:
    shown = (PROJECT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    source = PROJECT / "src" / "flowparty"
    files = [*(source / "domain" / "duties").glob("*.py"), source / "service" / "duty_table.py",
             source / "repository" / "duties" / "people.py",
             PROJECT / "tests" / "domain" / "duties" / "cases.py"]  # fmt: skip
    known = {line.strip() for path in files for line in path.read_text("utf-8").splitlines()}
    blocks = re.findall(r"```(?:python|text)\n(.+?)```", shown, re.DOTALL)
    lines = [re.sub(r"\s*# .*", "", line).strip() for line in "\n".join(blocks).splitlines()]
    assert len(blocks) > 3
    assert {line for line in lines if line} <= known


def test_the_readme_names_only_commands_that_exist() -> None:
    readme = (PROJECT / "README.md").read_text(encoding="utf-8")
    known = commands()
    for first, second in re.findall(r"flowparty ([a-z]+) ?([a-z-]*)", readme):
        assert first in known or f"{first} {second}" in known, f"{first} {second}"
