"""Start-up: what a command must not load, and that the table of nouns is true."""

from __future__ import annotations

import subprocess
import sys

import pytest
from typer.main import get_command

HEAVY = ("sqlite_utils", "rich", "openpyxl", "pypinyin", "python_calamine", "babel", "pydantic",
         "cryptography")  # fmt: skip


def loaded(code: str) -> set[str]:
    """The heavy packages in ``sys.modules`` after some code ran in a new interpreter."""
    script = f"{code}\nimport sys\nprint([m for m in {HEAVY!r} if m in sys.modules])"
    done = subprocess.run(
        [sys.executable, "-c", script], check=True, capture_output=True, text=True, timeout=60
    )
    return set(eval(done.stdout.splitlines()[-1]))  # noqa: S307 - our own list


def test_the_root_loads_nothing_heavy() -> None:
    assert loaded("import flowparty.cli.root") == set()


@pytest.mark.parametrize(
    "noun",
    ["member", "card", "move", "contact", "org", "ledger", "history", "report", "key", "conflict"],
)
def test_a_noun_loads_nothing_heavy(noun: str) -> None:
    assert loaded(f"import flowparty.cli.{noun}") == set()


def test_a_read_command_needs_no_schema_tools(town: object, path: object) -> None:
    code = (
        "import sys; sys.argv = ['flowparty', '--db', r'" + str(path) + "', 'member', 'list',"
        " '--format', 'json']\n"
        "from flowparty.__main__ import main\n"
        "try:\n    main()\nexcept SystemExit as end:\n    assert not end.code, end.code"
    )
    assert loaded(code) == set()


def test_every_noun_of_the_table_loads_and_has_help() -> None:
    from flowparty.cli.root import NOUNS, app

    root = get_command(app)
    with root.make_context("flowparty", ["--lang", "en", "demo"], resilient_parsing=True) as ctx:
        for noun in NOUNS:
            command = root.get_command(ctx, noun)  # type: ignore[attr-defined]
            assert command is not None, noun
            assert command.help, noun
            for verb in getattr(command, "commands", {}).values():
                assert verb.help, f"{noun} {verb.name}"
                for parameter in verb.params:
                    assert getattr(parameter, "help", None), f"{noun} {verb.name} {parameter.name}"
