"""``contact paste``: matched to the branch, shown, written once and together, or given back."""

from __future__ import annotations

import sqlite3
import sys
from contextlib import closing
from typing import TYPE_CHECKING, Any

import pexpect
import pytest
from typer.testing import CliRunner

from tests.conftest import TOWN, Ran
from tests.people import add_words

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

PASTE = ("contact", "paste", "calls.txt", "--org", "金叶社区")
PEOPLE = (("张三", "13800138123"), ("李四", "13800134567"), ("欧阳贵忠", "13900130001"),
          ("王明", "13900131111"), ("王明", "13900132222"))  # fmt: skip


@pytest.fixture(scope="module")
def made() -> dict[str, bytes]:
    """The registry, made by the first test that needs it."""
    return {}


@pytest.fixture
def branch(run: Any, path: Path, made: dict[str, bytes]) -> Any:
    """Five of one branch (M1 to M5, two of one name), one of another; M3 is not away."""
    if not made:
        run("init", "--division", TOWN)
        for number, (name, phone) in enumerate(PEOPLE, start=1):
            run(*add_words(name, number), "--mobile", phone)
        run(*add_words("赵六", 6, "雨柏村"))
        for number in (1, 2, 4, 5):
            run("move", "out", f"M{number}", "--to", "广东深圳", "--on", "2026-03-05")
        made["registry"] = path.read_bytes()
    path.write_bytes(made["registry"])
    path.chmod(0o600)
    return run


@pytest.fixture
def put(tmp_path: Path) -> Callable[[str | bytes], None]:
    def write(text: str | bytes) -> None:
        content = text if isinstance(text, bytes) else text.encode()
        (tmp_path / "calls.txt").write_bytes(content)

    return write


def contacts(folder: Path) -> list[tuple[Any, ...]]:
    query = 'SELECT member_id, "on", method, outcome, notes, by FROM contact ORDER BY id'
    with closing(sqlite3.connect(folder / "registry.db")) as connection:
        return connection.execute(query).fetchall()


def entries(folder: Path) -> int:
    with closing(sqlite3.connect(folder / "registry.db")) as connection:
        return int(connection.execute("SELECT count(*) FROM journal_entry").fetchone()[0])


THREE = "张三 已联系 微信 想回乡开店\n\n# 下午\n11月20日，李四，未接通\n欧阳贵忠　空号\n"


def test_written_together_in_one_entry(branch: Any, put: Any, tmp_path: Path) -> None:
    put(THREE)
    before = entries(tmp_path)
    ran = branch("--clerk", "韦光明", *PASTE, "--yes", "--format", "json")
    assert contacts(tmp_path) == [
        (1, "2026-11-28", "wechat", "reached", "想回乡开店", "韦光明"),
        (2, "2026-11-20", "phone", "no_answer", None, "韦光明"),
        (3, "2026-11-28", "phone", "wrong_number", None, "韦光明"),
    ]
    assert entries(tmp_path) == before + 1
    assert {k: v for k, v in ran.json.items() if k != "lines"} == {
        "new": 0, "known": 0, "given_back": 0, "recorded": 3, "written": True,
    }  # fmt: skip
    assert [line["line"] for line in ran.json["lines"]] == [1, 4, 5]
    assert [line["doubts"] for line in ran.json["lines"]] == [[], [], ["not_away"]]


def test_the_same_lines_again_write_nothing(branch: Any, put: Any, tmp_path: Path) -> None:
    put(THREE + THREE)
    first = branch(*PASTE, "--yes", "--format", "json").json
    assert (first["recorded"], first["known"]) == (3, 3)
    before = entries(tmp_path)
    again = branch(*PASTE, "--format", "json").json
    assert (again["recorded"], again["known"], again["written"]) == (0, 6, False)
    assert len(contacts(tmp_path)) == 3
    assert entries(tmp_path) == before


def test_without_a_yes_it_shows_and_says_how(branch: Any, put: Any, tmp_path: Path) -> None:
    put(THREE)
    ran = branch(*PASTE, exit=2)
    assert "想回乡开店" in ran.out
    assert "--yes" in ran.err
    assert contacts(tmp_path) == []
    ran = branch(*PASTE, "--format", "json", exit=2)
    assert [line["state"] for line in ran.json["lines"]] == ["new"] * 3
    assert contacts(tmp_path) == []


def test_the_day_and_who_called_may_be_given_for_all(branch: Any, put: Any, tmp_path: Path) -> None:
    put("张三 已联系\n昨天 李四 已联系")
    branch(*PASTE, "--on", "2026-11-03", "--by", "李国", "--yes")
    assert [(row[1], row[5]) for row in contacts(tmp_path)] == [
        ("2026-11-03", "李国"),
        ("2026-11-27", "李国"),
    ]


@pytest.mark.parametrize(
    ("line", "code", "candidates"),
    [
        ("没有人 已联系", "member_not_found", []),
        ("王明 已联系", "member_ambiguous", ["M4 王明 金叶社区党支部", "M5 王明 金叶社区党支部"]),
        ("王 已联系", "member_ambiguous", ["M4 王明 金叶社区党支部", "M5 王明 金叶社区党支部"]),
        ("赵六 已联系", "paste_elsewhere", ["M6 赵六 雨柏村党支部"]),
        ("M6 已联系", "paste_elsewhere", ["M6 赵六 雨柏村党支部"]),
        ("张三 4567 已联系", "paste_contradiction", ["M1 张三 金叶社区党支部"]),
        ("张三", "paste_no_outcome", []),
        ("已联系 电话", "paste_nobody", []),
        ("2026-11-29 张三 已联系", "date_future", []),
        ("2026-02-30 张三 已联系", "date_invalid", []),
        ("张三 已联系 \u202e", "text_unsafe", []),
    ],
)
def test_what_is_given_back(
    branch: Any, put: Any, tmp_path: Path, line: str, code: str, candidates: list[str]
) -> None:
    put(line)
    ran = branch(*PASTE, "--yes", "--format", "json", exit=5)
    (given,) = ran.json["lines"]
    assert (given["state"], given["code"], given["candidates"]) == ("given_back", code, candidates)
    assert given["reason"]
    assert contacts(tmp_path) == []
    put(f"李四 未接通\n{line}")
    branch(*PASTE, "--yes", exit=3)
    assert [row[0] for row in contacts(tmp_path)] == [2]
    branch(*PASTE, "--yes", exit=3)
    assert len(contacts(tmp_path)) == 1


@pytest.mark.parametrize(
    ("who", "number", "doubts"),
    [
        ("M1", 1, []), ("8123", 1, []), ("13800138123", 1, []), ("张三 8123", 1, []),
        ("王明 2222", 5, []), ("王明 M4", 4, []), ("zs", 1, ["name_differs"]),
        ("三", 1, ["name_differs"]), ("欧阳", 3, ["name_differs", "not_away"]),
    ],
)  # fmt: skip
def test_who_is_meant(
    branch: Any, put: Any, tmp_path: Path, who: str, number: int, doubts: list[str]
) -> None:
    put(f"{who} 已联系")
    ran = branch(*PASTE, "--yes", "--format", "json")
    assert contacts(tmp_path)[0][0] == number
    assert ran.json["lines"][0]["doubts"] == doubts


def test_somebody_whose_membership_ended(branch: Any, put: Any, tmp_path: Path) -> None:
    branch("member", "end", "M4", "--as", "死亡", "--on", "2026-11-01")
    put("M4 已联系")
    ran = branch(*PASTE, "--yes", "--format", "json", exit=5)
    assert ran.json["lines"][0]["code"] == "member_ended"
    put("王明 已联系")
    branch(*PASTE, "--yes")
    assert [row[0] for row in contacts(tmp_path)] == [5]


def test_a_phone_on_a_line_given_back_is_masked(branch: Any, put: Any) -> None:
    put("没有人 13800138123 已联系")
    ran = branch(*PASTE, exit=5)
    assert "13800138123" not in ran.out + ran.err


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_files_as_editors_save_them(branch: Any, put: Any, tmp_path: Path, encoding: str) -> None:
    put("张三 已联系 想回乡开店\r\n李四 未接通\r\n".encode(encoding))
    branch(*PASTE, "--yes")
    assert [row[4] for row in contacts(tmp_path)] == ["想回乡开店", None]


@pytest.mark.parametrize(
    ("content", "words", "exit_code", "code"),
    [
        ("", PASTE, 5, "paste_empty"),
        ("\n# 无\n", PASTE, 5, "paste_empty"),
        (b"\xff\xfe\x00", PASTE, 5, "text_unreadable"),
        (b"PK\x03\x04\x00\x00", PASTE, 5, "text_unreadable"),
        ("张" * 400_000, PASTE, 5, "text_too_long"),
        ("张三 已联系", ("contact", "paste", "no.txt", "--org", "金叶社区"), 5, "file_missing"),
        ("张三 已联系", ("contact", "paste", ".", "--org", "金叶社区"), 21, "file_not_readable"),
        ("张三 已联系", ("contact", "paste", "calls.txt", "--org", "没有村"), 6, "org_not_found"),
        ("张三 已联系", (*PASTE, "--on", "2026-11-29"), 5, "date_future"),
        ("张三 已联系", ("contact", "paste", "calls.txt"), 2, "usage"),
    ],
)  # fmt: skip
def test_nothing_is_written(
    branch: Any, put: Any, tmp_path: Path, content: Any, words: tuple[str, ...], exit_code: int,
    code: str,
) -> None:  # fmt: skip
    put(content)
    ran = branch(*words, "--yes", "--format", "json", exit=exit_code)
    assert ran.error["code"] == code
    assert contacts(tmp_path) == []


@pytest.mark.parametrize("file", [(), ("-",)])
def test_lines_through_a_pipe(branch: Any, tmp_path: Path, file: tuple[str, ...]) -> None:
    from flowparty.cli.root import app

    words = ["contact", "paste", *file, "--org", "金叶社区"]
    shown = CliRunner().invoke(app, words, input=THREE)
    assert shown.exit_code == 2
    assert contacts(tmp_path) == []
    done = CliRunner().invoke(app, [*words, "--yes"], input=THREE)
    assert Ran(done.exit_code, done.stdout, done.stderr).exit == 0
    assert len(contacts(tmp_path)) == 3


def test_the_records_changed_meanwhile(
    branch: Any, put: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from flowparty.cli import contact_paste as command

    def meanwhile(_question: str) -> bool:
        branch("contact", "add", "M2", "--outcome", "未接通", "--on", "2026-11-20")
        return True

    monkeypatch.setattr(command, "may_ask", lambda *_: True)
    monkeypatch.setattr(command, "confirmed", meanwhile)
    put(THREE)
    ran = branch(*PASTE, exit=16)
    assert "paste_changed" in ran.err
    assert len(contacts(tmp_path)) == 1


def terminal(folder: Path, *words: str) -> Any:
    environment: Any = {
        "LANG": "C.UTF-8", "TERM": "xterm", "NO_COLOR": "1", "HOME": str(folder),
        "FLOWPARTY_TODAY": "2026-11-28", "FLOWPARTY_DB": str(folder / "registry.db"),
    }  # fmt: skip
    return pexpect.spawn(
        sys.executable, ["-m", "flowparty", *words], env=environment, cwd=str(folder),
        dimensions=(50, 90), encoding="utf-8", timeout=60,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("answer", "exit_code", "written"),
    [("是\n", 0, 3), ("y\n", 0, 3), ("\n", 0, 0), ("否\n", 0, 0), ("yep\n", 0, 0),
     ("\x04", 130, 0), ("\x03", 130, 0)],
)  # fmt: skip
def test_asked_at_a_terminal(
    branch: Any, put: Any, tmp_path: Path, answer: str, exit_code: int, written: int
) -> None:
    put(THREE)
    child = terminal(tmp_path, *PASTE)
    child.expect("写入 3 行.*吗？")
    child.send(answer)
    child.expect(pexpect.EOF)
    child.close()
    assert (child.exitstatus, len(contacts(tmp_path))) == (exit_code, written)
    assert "Traceback" not in str(child.before)


def test_typed_at_a_terminal(branch: Any, tmp_path: Path) -> None:
    child = terminal(tmp_path, "contact", "paste", "--org", "金叶社区")
    child.expect("Ctrl-D")
    child.send("张三 已联系 想回乡\n李四 未接通\n\x04")
    child.expect("写入 2 行")
    child.send("是\n")
    child.expect(pexpect.EOF)
    child.close()
    assert child.exitstatus == 0
    assert [row[4] for row in contacts(tmp_path)] == ["想回乡", None]


def test_no_input_asks_nothing(branch: Any, put: Any, tmp_path: Path) -> None:
    put(THREE)
    child = terminal(tmp_path, "--no-input", *PASTE)
    child.expect(pexpect.EOF)
    child.close()
    assert (child.exitstatus, contacts(tmp_path)) == (2, [])
    child = terminal(tmp_path, "--no-input", "contact", "paste", "--org", "金叶社区")
    child.expect("paste_no_input")
    child.expect(pexpect.EOF)
    child.close()
    assert child.exitstatus == 2
