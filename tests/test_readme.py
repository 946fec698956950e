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
    """The command lines of the block under Quick start, without their comments."""
    readme = (PROJECT / "README.md").read_text(encoding="utf-8")
    block = readme.split("## Quick start")[1].split("\n\n")[1]
    return [
        shlex.split(re.sub(r"\s#.*", "", line))[1:]
        for line in block.splitlines()
        if line.strip().startswith("flowparty")
    ]


def test_the_quick_start(run: Any, tmp_path: Path) -> None:
    sample = PROJECT / "tests" / "data" / "samples" / "members_summary.xlsx"
    shutil.copy(sample, tmp_path / "党员基本信息汇总表.xlsx")
    lines = quick_start()
    assert len(lines) > 15
    for words in lines:
        run(*words, exit=FINDINGS.get(words[0], 0))
    assert (tmp_path / "上报" / "流动党员台账_2026-11.xlsx").exists()
    assert run("member", "find", "wxm", "--format", "json").json
