"""Every exit code by a real process: no environment, LANG=C, no terminal, no input."""

from __future__ import annotations

import ctypes
import json
import os
import resource
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from flowparty.repository.journal import Actor
from flowparty.repository.registry import Registry
from tests.people import add_words, id_number

LIST = Path(__file__).parent / "data" / "samples" / "members_summary.xlsx"
PR_CAPBSET_DROP, CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH = 24, 1, 2


def flowparty(*words: str, **settings: Any) -> subprocess.CompletedProcess[str]:
    """Run the program as cron would, with nothing around it."""
    # Byte code is not written: a run without room would leave Python a cut-off cache.
    quiet = {"LANG": "C", "HOME": "/nonexistent", "PYTHONDONTWRITEBYTECODE": "1"}
    settings.setdefault("env", quiet)
    settings.setdefault("stdout", subprocess.PIPE)
    settings.setdefault("stdin", subprocess.DEVNULL)
    command = [sys.executable, "-m", "flowparty", *words]
    done: subprocess.CompletedProcess[str] = subprocess.run(
        command, stderr=subprocess.PIPE, text=True, timeout=60, check=False, **settings
    )
    assert "Traceback" not in done.stderr
    return done


@pytest.fixture
def db(tmp_path: Path) -> list[str]:
    path = str(tmp_path / "real.db")
    assert flowparty("--db", path, "init", "--division", "522325107").returncode == 0
    return ["--db", path]


def contents(db: list[str]) -> str:
    return flowparty(*db, "history", "M1", "--format", "json").stdout


def test_0_and_chinese_when_nothing_says_otherwise(db: list[str]) -> None:
    done = flowparty(*db, *add_words())
    assert done.returncode == 0
    assert done.stderr == "已登记。\n"
    assert "姓名" in done.stdout


def test_1_a_fault_of_ours_shows_no_data(db: list[str], tmp_path: Path) -> None:
    flowparty(*db, *add_words())
    (tmp_path / "sitecustomize.py").write_text(
        "import flowparty.repository.members as m\n"
        "def broken(*a, **k): raise KeyError('522325' + '197001010012')\n"
        "m.list_members = broken\n"
    )
    environment = {"LANG": "C", "HOME": "/nonexistent", "PYTHONPATH": str(tmp_path)}
    for debug in ([], ["--debug"]):
        done = subprocess.run(
            [sys.executable, "-m", "flowparty", *db, *debug, "member", "list"],
            env=environment, capture_output=True, text=True, timeout=60, check=False,
        )  # fmt: skip
        assert done.returncode == 1
        assert "KeyError" in done.stderr
        assert "522325197001010012" not in done.stderr


@pytest.mark.parametrize(
    "words",
    [("nonsense",), ("member", "add"), ("member", "show"), ("--bogus",), ("member", "list", "x"),
     ("member", "show", "M1", "--unmask"), ("member", "list", "--limit", "0")],
)  # fmt: skip
def test_2_usage(db: list[str], words: tuple[str, ...]) -> None:
    flowparty(*db, *add_words())
    done = flowparty(*db, *words, "--format", "json")
    assert done.returncode == 2
    assert json.loads(done.stderr)["error"]["exit"] == 2


def test_3_and_5_an_import_with_bad_rows(db: list[str], tmp_path: Path) -> None:
    copy = str(shutil.copy(LIST, tmp_path))
    assert flowparty(*db, "import", "members", copy).returncode == 5
    assert flowparty(*db, "import", "members", copy, "--skip-bad").returncode == 3


def test_5_a_value_wrong_in_itself(db: list[str]) -> None:
    words = add_words()
    words[5] = words[5][:-1] + ("0" if words[5][-1] != "0" else "1")
    done = flowparty(*db, *words, "--format", "json")
    assert done.returncode == 5
    error = json.loads(done.stderr)["error"]
    assert (error["code"], error["written"]) == ("id_checksum", False)
    assert words[5] not in done.stderr


def test_6_no_such_thing_or_several(db: list[str]) -> None:
    assert flowparty(*db, "member", "show", "无此人").returncode == 6
    for number in (1, 3):
        flowparty(*db, *add_words("李安", number))
    done = flowparty(*db, "member", "show", "李安")
    assert done.returncode == 6
    assert "M1 李安" in done.stderr
    assert "M2 李安" in done.stderr


def test_10_no_registry(tmp_path: Path) -> None:
    assert flowparty("--db", str(tmp_path / "none.db"), "member", "list").returncode == 10
    assert not (tmp_path / "none.db").exists()


def test_11_busy(db: list[str]) -> None:
    holder = sqlite3.connect(db[1], isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    assert flowparty(*db, "--wait", "0.3", *add_words()).returncode == 11
    assert flowparty(*db, "member", "list").returncode == 0
    holder.execute("ROLLBACK")
    holder.close()


def test_12_a_passphrase_that_nobody_can_be_asked_for(db: list[str], tmp_path: Path) -> None:
    assert flowparty(*db, "key", "init").returncode == 12
    words = tmp_path / "words"
    words.write_text("八个字以上的口令", encoding="utf-8")
    secret = ("--passphrase-file", str(words))
    assert flowparty(*db, "key", "init", *secret).returncode == 0
    words.write_text("另一个八字口令呀", encoding="utf-8")
    card = tmp_path / "card"
    done = flowparty(*db, "key", "show", "--output", str(card), *secret)
    assert done.returncode == 12
    assert not card.exists()
    assert flowparty(*db, "db", "check").returncode == 0


def test_15_what_nobody_signed(db: list[str], tmp_path: Path) -> None:
    words, file = tmp_path / "words", tmp_path / "a.flowpkg"
    words.write_text("八个字以上的口令", encoding="utf-8")
    file.write_bytes(b"flowpkg\n" + bytes(500))
    secret = ("--passphrase-file", str(words))
    assert flowparty(*db, "key", "init", *secret).returncode == 0
    assert flowparty(*db, "report", "receive", str(file), *secret).returncode == 15
    assert flowparty(*db, "key", "trust", str(file)).returncode == 15
    assert not file.with_suffix(".receipt").exists()


def test_13_not_ours_or_damaged(db: list[str], tmp_path: Path) -> None:
    text, empty, other = (tmp_path / name for name in ("text.db", "empty.db", "other.db"))
    text.write_text("这不是登记册" * 1000, encoding="utf-8")
    empty.touch()
    foreign = sqlite3.connect(other)
    foreign.execute("CREATE TABLE moz_places (id)")
    foreign.close()
    for path in (text, empty, other):
        before = path.read_bytes()
        assert flowparty("--db", str(path), *add_words()).returncode == 13
        assert path.read_bytes() == before
    cut = tmp_path / "cut.db"
    cut.write_bytes(Path(db[1]).read_bytes()[:8192])
    assert flowparty("--db", str(cut), "member", "list").returncode == 13


def test_13_edited_from_outside(db: list[str]) -> None:
    flowparty(*db, *add_words())
    outside = sqlite3.connect(db[1])
    outside.execute("UPDATE member SET mobile = '13900000000'")
    outside.commit()
    outside.close()
    assert flowparty(*db, "db", "check").returncode == 13
    assert flowparty(*db, "member", "edit", "M1", "--post", "村医").returncode == 13


def test_14_newer(db: list[str]) -> None:
    newer = sqlite3.connect(db[1])
    newer.execute("PRAGMA user_version = 99")
    newer.close()
    assert flowparty(*db, "member", "list").returncode == 14


def test_16_the_records_forbid_it(db: list[str]) -> None:
    assert flowparty(*db, "init", "--division", "522325107").returncode == 16
    flowparty(*db, *add_words())
    assert flowparty(*db, "card", "issue", "M1", "--number", "1").returncode == 0
    before = contents(db)
    assert flowparty(*db, "card", "issue", "M1", "--number", "2").returncode == 16
    assert contents(db) == before


def _no_room() -> None:
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))


def test_20_no_space(db: list[str], tmp_path: Path) -> None:
    flowparty(*db, *add_words())
    before = Path(db[1]).read_bytes()
    assert flowparty(*db, *add_words("韦安", 3), preexec_fn=_no_room).returncode == 20
    target = str(tmp_path / "a.xlsx")
    done = flowparty(*db, "member", "card", "M1", "--output", target, preexec_fn=_no_room)
    assert done.returncode == 20
    assert sorted(p.name for p in tmp_path.iterdir()) == ["real.db"]
    assert flowparty(*db, "member", "list").returncode == 0
    assert Path(db[1]).read_bytes() == before


def test_17_a_clock_behind_the_journal(db: list[str]) -> None:
    later = Registry.open(
        Path(db[1]), actor=Actor("tester"), command="test",
        now=lambda: datetime(2099, 1, 1, tzinfo=UTC),
    )  # fmt: skip
    with later, later.write():
        later.insert("org", {"kind": "office", "name": "派出所"})
    done = flowparty(*db, "report", "close", "--period", "2025-06")
    assert done.returncode == 17
    assert "clock_behind" in done.stderr
    assert flowparty(*db, "report", "list", "--format", "json").stdout == "[]\n"


def test_20_output_that_is_lost(db: list[str]) -> None:
    with open("/dev/full", "w", encoding="utf-8") as full:  # noqa: PTH123
        assert flowparty(*db, "org", "list", stdout=full).returncode == 20


def test_20_after_the_record_was_made_does_not_deny_it(db: list[str]) -> None:
    with open("/dev/full", "w", encoding="utf-8") as full:  # noqa: PTH123
        done = flowparty(*db, *add_words(), "--format", "json", stdout=full)
    assert done.returncode == 20
    error = json.loads(done.stderr.splitlines()[-1])["error"]
    assert (error["code"], error["written"]) == ("disk_full", True)
    assert flowparty(*db, "member", "show", id_number(1)).returncode == 0


def _bound_by_modes() -> None:
    """Root passes over file modes by two capabilities; without them it is bound like anybody."""
    if os.getuid() == 0:
        for capability in (CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH):
            assert ctypes.CDLL(None).prctl(PR_CAPBSET_DROP, capability, 0, 0, 0) == 0


def test_21_a_folder_that_may_not_be_written(db: list[str], tmp_path: Path) -> None:
    flowparty(*db, *add_words())
    Path(db[1]).chmod(0o444)
    tmp_path.chmod(0o555)
    try:
        done = flowparty(*db, *add_words("韦安", 3), preexec_fn=_bound_by_modes)
        assert done.returncode == 21
        assert flowparty(*db, "member", "list", preexec_fn=_bound_by_modes).returncode == 0
        new = str(tmp_path / "new.db")
        made = flowparty("--db", new, "init", "--division", "522325107", preexec_fn=_bound_by_modes)
        assert made.returncode == 21
    finally:
        tmp_path.chmod(0o755)


def _has_open(process: int, path: str) -> bool:
    opened = Path(f"/proc/{process}/fd").iterdir()
    return any(os.path.realpath(one) == os.path.realpath(path) for one in opened)


@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_130_and_143_stopped_while_waiting(db: list[str], number: int, code: int) -> None:
    holder = sqlite3.connect(db[1], isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    words = [sys.executable, "-m", "flowparty", *db, *add_words()]
    running = subprocess.Popen(words, env={"LANG": "C"}, stderr=subprocess.PIPE, text=True)
    while running.poll() is None and not _has_open(running.pid, db[1]):
        time.sleep(0.01)
    running.send_signal(number)
    _, said = running.communicate(timeout=20)
    holder.close()
    assert running.returncode == code
    assert "Traceback" not in said
    assert said.count("\n") == 1


def test_141_nobody_reads(db: list[str]) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    with os.fdopen(writing, "w") as closed:
        assert flowparty(*db, "org", "list", stdout=closed).returncode == 141


@pytest.mark.parametrize("channels", ["", "2>&1", "2>&1 >/dev/null"])
@pytest.mark.parametrize("words", ["import members {list} --dry-run --format json", "--help"])
def test_141_nobody_reads_what_is_longer_than_a_buffer(
    db: list[str], words: str, channels: str
) -> None:
    listed = Path(__file__).parent / "data" / "samples" / "members_summary.xlsx"
    line = f"--db {db[1]} {words.format(list=listed)} {channels}"
    script = f'{sys.executable} -m flowparty {line} | true; echo "${{PIPESTATUS[0]}}"'
    done = subprocess.run(
        ["bash", "-c", script], env={"LANG": "C"}, check=False, timeout=60,
        capture_output=True, text=True,
    )  # fmt: skip
    silent = words == "--help" and channels.endswith("null")
    assert done.stdout.split() == ["0" if silent else "141"]


@pytest.mark.parametrize("most", [8, 16])
def test_few_descriptors_never_cost_data(db: list[str], most: int) -> None:
    def few() -> None:
        resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))

    done = flowparty(*db, *add_words(), preexec_fn=few)
    assert done.returncode in {0, 20}
    known = flowparty(*db, "member", "show", id_number(1)).returncode
    assert known == (0 if done.returncode == 0 else 6)
    assert flowparty(*db, "db", "check").returncode == 0


def test_closed_channels_never_reach_the_registry(db: list[str]) -> None:
    script = f"{sys.executable} -m flowparty --db {db[1]} {' '.join(add_words())} 0<&- 1>&- 2>&-"
    subprocess.run(["sh", "-c", script], env={"LANG": "C"}, check=False, timeout=60)
    assert flowparty(*db, "db", "check").returncode == 0
    assert flowparty(*db, "member", "show", id_number(1)).returncode == 0
