"""The guide has every command, and the README's quick start names only commands that exist."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from typer.main import get_command

from flowparty.cli.root import NOUNS, app

PROJECT = Path(__file__).parents[1]


def commands() -> set[str]:
    """Every noun and verb, as one writes it."""
    root = get_command(app)
    found = set()
    with root.make_context("flowparty", ["demo"], resilient_parsing=True) as ctx:
        for noun in NOUNS:
            command = root.get_command(ctx, noun)  # type: ignore[attr-defined]
            found |= _below(noun, command)
    return found


def _below(name: str, command: Any) -> set[str]:
    verbs = getattr(command, "commands", None)
    if not verbs:
        return {name}
    return {found for verb, under in verbs.items() for found in _below(f"{name} {verb}", under)}


def test_the_guide_has_every_command_and_no_other() -> None:
    guide = (PROJECT / "docs" / "guide.md").read_text(encoding="utf-8")
    listed = set(re.findall(r"^\| `flowparty ([a-z -]+)`", guide, re.MULTILINE))
    assert listed == commands()


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
