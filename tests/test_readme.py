"""The README's quick start is run to the letter."""

from __future__ import annotations

import re
import shlex
import shutil
from pathlib import Path
from typing import Any

PROJECT = Path(__file__).parents[1]
FINDINGS = {"import": 3}
"""The sample list has faulty rows, so both imports end with 3."""


def quick_start() -> list[list[str]]:
    """The command lines of the blocks under Quick start, without their comments."""
    return [
        shlex.split(re.sub(r"\s#.*", "", line))[1:]
        for line in section("## Quick start").splitlines()
        if line.startswith("    flowparty")
    ]


def section(heading: str) -> str:
    """A chapter of the README."""
    readme = (PROJECT / "README.md").read_text(encoding="utf-8")
    return readme.split(heading)[1].split("\n## ")[0]


def test_the_quick_start(run: Any, tmp_path: Path) -> None:
    sample = PROJECT / "tests" / "data" / "samples" / "members_summary.xlsx"
    shutil.copy(sample, tmp_path / "党员基本信息汇总表.xlsx")
    (tmp_path / "联系记录.txt").write_text("王小明 未接通\n", encoding="utf-8")
    lines = quick_start()
    assert len(lines) > 35
    for words in lines:
        run(*words, exit=FINDINGS.get(words[0], 0))
    assert (tmp_path / "上报" / "流动党员台账_2026-11.xlsx").exists()
    for printed in ("议题表", "函", "介绍信"):
        assert (tmp_path / f"{printed}.xlsx").exists()
    assert run("member", "find", "wxm", "--format", "json").json


def test_the_chinese_quick_start_names_commands_that_exist(run: Any) -> None:
    quoted = re.findall(r"`(?:flowparty )?([a-z]+) ([a-z-]+)", section("## 快速上手"))
    verbs = [words for words in quoted if words[0] not in ("init", "flowparty")]
    assert len(verbs) > 25
    for words in verbs:
        assert "Usage:" in run(*words, "--help").out
