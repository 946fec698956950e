"""The wheel carries its data: built, installed into a clean environment, and run elsewhere."""

from __future__ import annotations

import os
import subprocess
import sys
import venv
from pathlib import Path

PROJECT = Path(__file__).parents[1]


def test_the_demo_runs_from_an_installed_wheel(tmp_path: Path) -> None:
    build = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(tmp_path)]
    subprocess.run([*build, str(PROJECT)], check=True, capture_output=True, timeout=120)
    (wheel,) = tmp_path.glob("*.whl")
    home = tmp_path / "clean"
    venv.create(home, with_pip=True)
    python = home / "bin" / "python"
    pip = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    constraints = str(PROJECT / "constraints.txt")
    subprocess.run(
        [*pip, "--constraint", constraints, str(wheel)],
        check=True,
        capture_output=True,
        timeout=240,
    )
    environment = {"PATH": os.environ["PATH"], "HOME": str(tmp_path)}
    done = subprocess.run(
        [str(home / "bin" / "flowparty"), "demo", "made"],
        cwd=tmp_path,
        env=environment,
        check=True,
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert "流动党员台账_2026-11.xlsx" in done.stderr
    made = {path.name for path in (tmp_path / "made").iterdir()}
    assert made == {
        "registry.db",
        "流动党员台账_2026-11.xlsx",
        "流动党员持活动证情况统计表_2026-11.xlsx",
    }
    where = [str(python), "-c", "import flowparty; print(flowparty.__file__)"]
    shown = subprocess.run(where, cwd=tmp_path, check=True, capture_output=True, text=True)
    assert str(home) in shown.stdout
