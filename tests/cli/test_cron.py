"""``cron print``: every line parses against the program and runs as cron would run it."""

from __future__ import annotations

import re
import shlex
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from typing import TYPE_CHECKING, Any

import pytest
from typer.main import get_command

from flowparty.cli.cron import WHY
from flowparty.cli.root import NOUNS, app
from flowparty.domain.crontab import JOBS
from tests.cron import as_shell_gets_it
from tests.people import add_words

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PROGRAM = [sys.executable, "-P", "-m", "flowparty"]
JOB_LINE = re.compile(r"((?:\S+ ){5})(.+)")
ODD = 'it\'s 50% "of" 我的 $HOME'


def jobs(crontab: str) -> Iterator[tuple[str, str]]:
    """The times and commands of a crontab, as cron reads them."""
    for line in crontab.splitlines():
        if line and line[0].isdigit():
            found = JOB_LINE.fullmatch(line)
            assert found, line
            yield found[1].strip(), as_shell_gets_it(found[2])


def environment(crontab: str) -> list[str]:
    """The settings of a crontab; cron takes quotes around a value away."""
    found = re.findall(r"^([A-Z_]+)=(.*)$", crontab, re.MULTILINE)
    return [f"{name}={value.strip(chr(34))}" for name, value in found]


def parse(words: list[str]) -> None:
    """Parse a command line down to its verb without running it."""
    group: Any = get_command(app)
    ctx = group.make_context("flowparty", list(words))
    while getattr(group, "commands", None) is not None:
        name, command, rest = group.resolve_command(ctx, [*ctx._protected_args, *ctx.args])  # noqa: SLF001 - no other way
        ctx = command.make_context(name, rest, parent=ctx)
        group = command


def test_every_line_parses_against_the_program(town: Any, path: Path) -> None:
    found = list(jobs(town("--clerk", "韦 光明", "cron", "print").out))
    assert len(found) == len(JOBS)
    for _, command in found:
        words = shlex.split(command)
        assert words[: len(PROGRAM)] == PROGRAM
        assert words[words.index("--db") + 1] == str(path)
        assert words[words.index("--clerk") + 1] == "韦 光明"
        assert "--no-input" in words
        parse(words[len(PROGRAM) :])


def test_every_job_is_a_command_of_the_program_and_explained() -> None:
    assert {job.words[0] for job in JOBS} <= set(NOUNS)
    assert [job.name for job in JOBS] == list(WHY)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_line_runs_with_nothing_around_it(
    town: Any, path: Path, tmp_path: Path, language: str
) -> None:
    town(*add_words())
    town("move", "out", "M1", "--to", "广东深圳", "--on", "2026-01-05")
    home = tmp_path / ODD
    home.mkdir()
    shutil.move(path, home / "登 记%册.db")
    printed = town("--lang", language, "--db", str(home / "登 记%册.db"), "cron", "print").out
    for _, command in jobs(printed):
        done = subprocess.run(
            ["/usr/bin/env", "-i", *environment(printed), "/bin/sh", "-c", command],
            cwd="/", stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=120,
            check=False,
        )  # fmt: skip
        assert done.returncode in (0, 3), (command, done.stderr)
        assert "Traceback" not in done.stderr
        if "db check" in command:
            assert done.stdout + done.stderr == ""
    written = list((home / "上报").iterdir())
    assert len(written) == 2
    assert all(file.name.startswith("流动党员") for file in written)


def test_words_of_the_language_that_is_spoken(town: Any) -> None:
    chinese = town("--lang", "zh", "cron", "print").out
    assert "FLOWPARTY_LANG=" in chinese
    comments = [line for line in town("cron", "print").out.splitlines() if line.startswith("# ")]
    assert len(comments) == 6 + len(JOBS)


def test_the_day_follows_the_setting(town: Any, path: Path) -> None:
    assert [when for when, command in jobs(town("cron", "print").out) if "export" in command] == [
        "20 7 28 * *"
    ]
    for day, expected in (("20", ["20 7 21 * *"]), ("28", ["20 7 29 * *", "20 7 1 3 *"])):
        with closing(sqlite3.connect(path)) as connection, connection:
            connection.execute("DELETE FROM setting")
            connection.execute("INSERT INTO setting (name, value) VALUES ('cutoff_day', ?)", (day,))
        printed = jobs(town("cron", "print").out)
        assert [when for when, command in printed if "export" in command] == expected


def test_another_folder_for_the_returns(town: Any, tmp_path: Path) -> None:
    (export,) = [c for _, c in jobs(town("cron", "print", "--output", "a b").out) if "export" in c]
    assert shlex.split(export)[-2:] == ["--output", str(tmp_path / "a b")]


def test_the_path_of_an_installed_program(town: Any, tmp_path: Path, monkeypatch: Any) -> None:
    script = tmp_path / "bin" / "flowparty"
    script.parent.mkdir()
    script.write_text("")
    monkeypatch.setattr(sys, "argv", ["bin/flowparty", "cron", "print"])
    for _, command in jobs(town("cron", "print").out):
        assert shlex.split(command)[0] == str(script)


def test_a_relative_registry_is_named_in_full(town: Any, path: Path) -> None:
    for _, command in jobs(town("--db", "registry.db", "cron", "print").out):
        assert str(path) in shlex.split(command)


@pytest.mark.parametrize(
    ("words", "exit_code"),
    [(("--db", "no.db", "cron", "print"), 10), (("cron", "print", "x"), 2)],
)
def test_nothing_is_printed_when_it_cannot_be(
    town: Any, words: tuple[str, ...], exit_code: int
) -> None:
    assert town(*words, exit=exit_code).out == ""


def test_a_line_break_in_a_path(town: Any, path: Path) -> None:
    odd = path.with_name("a\nb.db")
    shutil.move(path, odd)
    ran = town("--db", str(odd), "cron", "print", exit=5)
    assert ran.out == ""
    assert "cron_word_unsafe" in ran.err


def test_check_speaks_when_something_is_wrong(town: Any, path: Path) -> None:
    quiet = ("db", "check", "--quiet")
    assert town(*quiet).out + town(*quiet).err == ""
    assert town(*quiet, "--format", "json").out == ""
    path.chmod(0o644)
    ran = town(*quiet, exit=3)
    assert "file_readable" in ran.out
